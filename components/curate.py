"""What curators do to a whole folder: put its files into their form, compare it with another, report its coverage.

The command is `python -m components.validation` with `--fix-format`, `--diff` or `--report`; here are its sentences.
"""

import csv
import io
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from components.as_of import levers_until, stances_on
from components.editing import FILES, SORTED_BY, Refused, Trial, locked, records, tried, write_files
from components.load import Dataset
from components.phrasing import counted, day_in_words
from components.schema import TABLES, Table
from components.summaries.differences import changed_picture, changed_rows
from components.validation.cells import check_header
from components.vocabulary import NOT_CODED, REGIONS, SOURCE_KINDS

BOM = b"\xef\xbb\xbf"


def fix_format(folder: Path) -> tuple[list[str], bool]:
    """Put the CSV files of a folder into their form; what was done to each, and whether none was refused.

    Changes form only, never a cell. Raises Refused where somebody else is writing, OSError where the disk refuses.
    """
    lines, clean = [], True
    before: dict[str, bytes] = {}
    wanted: dict[str, bytes] = {}
    if not folder.is_dir():
        return [f"{folder}: there is no such folder"], False
    with locked(folder):
        for table in TABLES.values():
            if table.optional and not (folder / table.file).exists():
                continue
            try:
                before[table.file] = (folder / table.file).read_bytes()
                wanted[table.file], done = canonical(table, before[table.file])
                lines.append(f"{table.file}: {', '.join(done) or 'nothing to do'}")
            except Refused as refused:
                lines.append(f"{table.file}: left as it is: {refused}")
                clean = False
            except OSError as error:
                lines.append(f"{table.file}: left as it is: it cannot be read ({error.strerror})")
                clean = False
        write_files(folder, {name: made for name, made in wanted.items() if made != before[name]})
    return lines, clean


def canonical(table: Table, content: bytes) -> tuple[bytes, list[str]]:
    """A file in its form, and in words what that took: UTF-8, LF, columns of the schema, sorted, quotes where needed.

    Raises Refused where the file cannot be read, its header is wrong, or its cells would not survive.
    """
    found = records(content)
    header = found[0][1] if found else []
    if faults := check_header(table, header):
        raise Refused(f"{faults[0].column}: {faults[0].found}" if header else "it is empty")
    cells = [row for _, row in found[1:] if row]
    if any(len(row) != len(header) for row in cells):
        raise Refused(f"a row does not have {len(header)} cells, as the header does")
    columns = [name for name in table.column_names if name in header]
    order = [header.index(name) for name in columns]
    rows = [[row[place] for place in order] for row in cells]
    names = [columns.index(name) for name in SORTED_BY.get(table.name, ())]
    made = [columns, *sorted(rows, key=lambda row: [row[place] for place in names])]
    result = _as_csv(made)
    if [row for _, row in records(result)] != made:
        raise Refused("a cell holds a line end that would not survive; remove it")
    return result, _done(content, found, rows != made[1:], header != columns)


def _as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _done(content: bytes, found: list[tuple[str, list[str]]], resorted: bool, moved: bool) -> list[str]:
    """What it takes to bring a file into its form, in words."""
    ends = {written[len(written.rstrip("\r\n")) :] for written, cells in found if cells}
    bare = [(written.rstrip("\r\n"), cells) for written, cells in found if cells]
    steps = {
        "byte order mark removed": content.startswith(BOM),
        "line ends made LF": ends != {"\n"},
        "blank lines removed": any(not cells for _, cells in found),
        "columns put in order": moved,
        "rows sorted": resorted,
        "quotes made minimal": any(_as_csv([cells]).decode() != f"{written}\n" for written, cells in bare),
    }
    return [words for words, needed in steps.items() if needed]


def diff(old: str, new: Path) -> tuple[list[str], bool]:
    """What lies between two folders, a finding a line, and whether both are without problems.

    `old` is a folder, or a revision of the git repository in which `new` lies. Raises Refused where it is neither.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(old)
        if not folder.is_dir():
            folder = Path(place)
            _check_out(old, new, folder)
        before = tried(folder)
    after = tried(new)
    lines = changed_rows(before.tables, after.tables)
    if before.dataset and after.dataset:
        lines += changed_picture(before.dataset, after.dataset) if lines or _differs(before, after) else []
        return lines or ["No difference."], True
    for name, trial in ((old, before), (new, after)):
        if trial.problems:
            lines.append(
                f"{name}: {counted(len(trial.problems), 'problem')}; what moves is not known until it is mended"
            )
    return lines, False


def _differs(before: Trial, after: Trial) -> bool:
    return bool(before.dataset and after.dataset and before.dataset.tracker != after.dataset.tracker)


def _check_out(revision: str, new: Path, place: Path) -> None:
    """The files of the folder as they were at a revision; one that was not there yet is missing."""
    for name in FILES:
        command = ["git", "-C", str(new), "show", "--end-of-options", f"{revision}:./{name}"]
        try:
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own command
        except OSError as error:
            raise Refused(f"{revision} is no folder, and git cannot be run ({error.strerror})") from error
        if done.returncode == 0:
            (place / name).write_bytes(done.stdout)
    if not any(place.iterdir()):
        raise Refused(f"{revision} is neither a folder nor a revision in which {new} has files")


def report(dataset: Dataset) -> list[str]:
    """How far the record reaches, as lines of aligned text."""
    return [
        f"{dataset.tracker.title}: coverage on {day_in_words(dataset.tracker.data_until)}",
        "",
        *_by_region(dataset),
        "",
        *_by_year(dataset),
        "",
        *_by_kind(dataset),
        "",
        *_unchecked(dataset),
    ]


def _by_region(dataset: Dataset) -> list[str]:
    """Actors, the subject apart, by region and by what is known of them."""
    actors = dataset.actors.drop(index=dataset.tracker.subject)
    stance = stances_on(dataset, dataset.tracker.data_until)["stance"].reindex(actors.index).fillna(NOT_CODED.code)
    rows: list[list[str | int]] = []
    for region in [*(name for name in REGIONS if (actors["region"] == name).any()), None]:
        here = stance if region is None else stance[actors["region"] == region]
        none, unknown = int((here == "none").sum()), int((here == NOT_CODED.code).sum())
        rows.append([region or "All", len(here) - none - unknown, none, unknown, len(here)])
    return _aligned(["Actors by region", "coded", "none", "not coded", "all"], rows)


def _by_year(dataset: Dataset) -> list[str]:
    """Rows by the year in which they begin."""
    counts = {
        "stances": Counter(dataset.stances["date"].dt.year),
        "levers": Counter(dataset.levers["from"].dt.year),
        "funds": Counter(dataset.funds["date"].dt.year),
    }
    years = sorted({year for count in counts.values() for year in count})
    rows: list[list[str | int]] = [[str(year), *(count[year] for count in counts.values())] for year in years]
    rows.append(["All", *(sum(count.values()) for count in counts.values())])
    return _aligned(["Rows by year", *counts], rows)


def _by_kind(dataset: Dataset) -> list[str]:
    counts = Counter(dataset.sources["kind"])
    rows: list[list[str | int]] = [[term.label, counts[code]] for code, term in SOURCE_KINDS.items()]
    rows.append(["All", len(dataset.sources)])
    return _aligned(["Sources by kind", "sources"], rows)


def _unchecked(dataset: Dataset) -> list[str]:
    """Stances and levers that hold on the last day and that nobody has checked for a year.

    The year ends on the record's last day, or on the day of the last check where that is later.
    """
    until = dataset.tracker.data_until
    levers = levers_until(dataset, until)
    held = {"stances": stances_on(dataset, until), "levers": levers[levers["held"]]}
    end = max([pd.Timestamp(until), *(rows["checked_on"].max() for rows in held.values() if len(rows))])
    old = {name: rows[rows["checked_on"] < end - pd.DateOffset(years=1)] for name, rows in held.items()}
    title = f"Unchecked for a year on {day_in_words(end.date())}"
    lines = _aligned([title, "rows", "of those that hold"], [[name, len(old[name]), len(held[name])] for name in held])
    listed = [pair for rows in old.values() for pair in zip(rows["id"], rows["checked_on_text"], strict=True)]
    return [*lines, *(f"  {key}, checked {day}" for key, day in listed)]


def _aligned(header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> list[str]:
    """A table as lines: the first column to the left, numbers to the right."""
    cells = [list(header), *([str(row[0]), *(f"{number:,}" for number in row[1:])] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(header))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    ]
