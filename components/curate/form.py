"""The form of a folder's files: CSV in UTF-8, commas, LF, few quotes, columns and rows in order; the codebook's tables.

Cells stay as they are, but for dates and numbers that a spreadsheet rewrote (restored).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from components.curate.editing import SORTED_BY, locked, records, write_files
from components.curate.edits import Refused
from components.curate.restored import order_of, restored
from components.record.check.cells import check_header
from components.record.codebook import README_FILE, stale, with_codebook
from components.record.model import InvalidData
from components.record.reading import read
from components.record.schema import TABLES, Table
from components.record.separators import with_commas
from components.record.wording import counted

BOM = b"\xef\xbb\xbf"


def fix_format(folder: Path) -> tuple[list[str], bool]:
    """Put the CSV files of a folder into their form; what was done to each, and whether none was refused.

    Changes form only, what a spreadsheet rewrote, and the codebook's tables in its README. Raises Refused where
    somebody else is writing, OSError where the disk refuses.
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
            except OSError as error:
                lines.append(f"{table.file}: left as it is: it cannot be read ({error.strerror})")
                clean = False
        usual = _usual_order(before)
        for name, content in before.items():
            try:
                wanted[name], done = canonical(TABLES[name.removesuffix(".csv")], content, usual)
                lines.append(f"{name}: {', '.join(done) or 'nothing to do'}")
            except Refused as refused:
                lines.append(f"{name}: left as it is: {refused}")
                clean = False
        write_files(folder, {name: made for name, made in wanted.items() if made != before[name]})
    return [*lines, *fix_codebook(folder)], clean


def fix_codebook(folder: Path) -> list[str]:
    """Write the tables of the codebook anew, where they stand in the folder's README and are out of date.

    Raises Refused where somebody else is writing, OSError where the disk refuses.
    """
    with locked(folder):
        try:
            record = read(folder)
        except InvalidData:  # whose words may be wrong too
            return []
        if not stale(record):
            return []
        text = record.texts[README_FILE].replace("\r\n", "\n")
        write_files(folder, {README_FILE: with_codebook(text, record.words).encode()})
    return [f"{README_FILE}: tables of the codebook made anew"]


def canonical(table: Table, content: bytes, usual: str = "") -> tuple[bytes, list[str]]:
    """A file in its form, and in words what that took: UTF-8, LF, columns of the schema, sorted, quotes where needed.

    `usual` is the order of day and month in other files. Raises Refused where the file cannot be read, its header is
    wrong, or its cells would not survive.
    """
    separated = with_commas(table, content)
    found = records(separated)
    header, cells = _table(table, found)
    columns = [name for name in table.column_names if name in header]
    order = [header.index(name) for name in columns]
    rows, respelled = restored(table, columns, [[row[place] for place in order] for row in cells], usual)
    names = [columns.index(name) for name in SORTED_BY.get(table.name, ())]
    made = [columns, *sorted(rows, key=lambda row: [row[place] for place in names])]
    result = _as_csv(made)
    if [row for _, row in records(result)] != made:
        raise Refused("a cell holds a line end that would not survive; remove it")
    steps = {
        "commas put between cells": separated != content,
        f"{counted(respelled, 'date or number', 'dates and numbers')} written back": respelled > 0,
        "blank columns removed": len(header) < len(found[0][1]),
    }
    done = _done(content, found, rows != made[1:], header != columns)
    return result, [*(words for words, needed in steps.items() if needed), *done]


def _usual_order(contents: Mapping[str, bytes]) -> str:
    """Whether the day or the month comes first in the dates of a folder; "" where its files do not show it."""
    shown = set()
    for name, content in contents.items():
        table = TABLES[name.removesuffix(".csv")]
        with suppress(Refused):
            shown.add(order_of(table, *_table(table, records(with_commas(table, content)))))
    told = shown - {""}
    return told.pop() if len(told) == 1 else ""


def _table(table: Table, found: list[tuple[str, list[str]]]) -> tuple[list[str], list[list[str]]]:
    """The header of a file and its rows. Raises Refused where they are not those of the table."""
    header, rows = _without_blanks(found[0][1] if found else [], [row for _, row in found[1:]])
    if faults := check_header(table, header):
        raise Refused(f"{faults[0].column}: {faults[0].found}" if header else "it is empty")
    if any(len(row) != len(header) for row in rows):
        raise Refused(f"a row does not have {len(header)} cells, as the header does")
    return header, rows


def _without_blanks(header: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """A table without rows and last columns in which nothing stands."""
    rows = [row for row in rows if any(row)]
    while header[-1:] == [""] and not any("".join(row[len(header) - 1 :]) for row in rows):
        header, rows = header[:-1], [row[: len(header) - 1] for row in rows]
    return header, rows


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
        "blank lines removed": any(not any(cells) for _, cells in found),
        "columns put in order": moved,
        "rows sorted": resorted,
        "quotes made minimal": any(_as_csv([cells]).decode() != f"{written}\n" for written, cells in bare),
    }
    return [words for words, needed in steps.items() if needed]
