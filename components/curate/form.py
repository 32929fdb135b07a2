"""The form of a folder's CSV files: UTF-8, LF, few quotes, columns and rows in order. Cells are never changed."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from components.curate.editing import SORTED_BY, Refused, locked, records, write_files
from components.record.check.cells import check_header
from components.record.schema import TABLES, Table

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
