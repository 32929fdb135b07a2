"""Changes to the files of a data folder: rows put in byte by byte, tried before they are written, saved whole.

Belongs here: ids, splicing, the lock, the atomic write. Does not belong here: widgets, and what a change means.
"""

import contextlib
import csv
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from components.curate.edits import Edit, Overtaken, Refused
from components.curate.tracker_rows import rows_of_part, with_row
from components.record.check import Problem
from components.record.check.cells import Row, check_header
from components.record.model import InvalidData, Record
from components.record.reading import LARGEST_FILE, checked, read_text
from components.record.schema import TABLES, TRACKER_FILE, Column, Table

# What the id of a row is made of, where it is made, and by what the rows of a file are sorted, where they are.
STEMS = {
    "stances": ("actor_id", "date"),
    "levers": ("actor_id", "lever", "from"),
    "funds": ("actor_id", "status", "date"),
}
SORTED_BY = {
    "stances": ("actor_id", "date", "id"),
    "levers": ("actor_id", "from", "id"),
    "funds": ("actor_id", "date", "id"),
    "sources": ("id",),
}
FILES = (*(table.file for table in TABLES.values()), TRACKER_FILE)
SUFFIXES = ("", *"bcdefghijklmnopqrstuvwxyz")
LOCK_FILE = ".editing.lock"
TRIES, PAUSE = 200, 0.05  # a lock is held for as long as a few small files take to be written

Contents = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Trial:
    """A folder as it was read: its text tables and tracker, its record where it has no problems, else the problems."""

    tables: dict[str, pd.DataFrame]
    tracker: dict[str, Any]
    record: Record | None
    problems: list[Problem]


def read_contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file that a data folder has. Raises Refused where one, or the folder, cannot be read."""
    try:
        there = {path.name for path in folder.iterdir()}
    except OSError as error:
        told = f"The folder {folder.resolve().name} cannot be read ({error.strerror})"
        raise Refused(f"{told}: put it back or mend its permissions.") from error
    return {name: _bytes_of(folder / name) for name in FILES if name in there}


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size <= LARGEST_FILE:
            return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}): mend its permissions or replace it.") from error
    raise Refused(f"{path.name} is larger than {LARGEST_FILE:,} bytes: restore it, or take rows out of it.")


def require_tables(trial: Trial) -> None:
    """Raise Refused, with the place and the remedy, where a table is missing or is no table of its own columns.

    Rows of any other folder can be edited, whatever else is wrong with it.
    """
    for table in TABLES.values():
        if table.name in trial.tables:
            problems = check_header(table, list(trial.tables[table.name]))
        else:
            problems = [problem for problem in trial.problems if problem.file == table.file]
        if table.key in {problem.column for problem in problems}:  # so it is another file altogether
            raise Refused(f"{table.file}, line 1: no column {table.key} in the header row; restore the file.")
        for problem in problems:
            column = "" if problem.column == "-" else f", column {problem.column}"
            raise Refused(f"{table.file}, line {problem.line}{column}: {problem.found}; {problem.remedy}.")


def records(content: bytes) -> list[tuple[str, list[str]]]:
    """Each record of a CSV file, the header first, as it is written and as cells; a BOM belongs to no record.

    Joined, the written parts are the file without its BOM. Raises Refused for what is not UTF-8 or not CSV.
    """
    try:
        lines = io.StringIO(content.decode("utf-8-sig"), newline="").readlines()
        reader = csv.reader(lines, strict=True)
        found, start = [], 0
        for cells in reader:
            found.append(("".join(lines[start : reader.line_num]), cells))
            start = reader.line_num
    except UnicodeDecodeError as error:
        raise Refused(f"byte {error.start + 1:,} is not UTF-8; save the file as UTF-8") from error
    except csv.Error as error:
        raise Refused(f"it cannot be read as CSV near line {reader.line_num} ({error})") from error
    return found


def rows_of_file(table: Table, contents: Contents) -> dict[str, Row]:
    """The rows of a table by key, in the order of its file."""
    (_, header), *rest = records(contents[table.file])
    rows = [dict(zip(header, cells, strict=True)) for _, cells in rest if len(cells) == len(header)]
    return {row[table.key]: row for row in rows}


def rows_of(table: Table, contents: Contents) -> dict[str, Row]:
    """The rows of a table, or of a part of tracker.toml, by key, in the order of the file."""
    if table.name in TABLES:
        return rows_of_file(table, contents)
    return rows_of_part(table.name, contents.get(TRACKER_FILE, b""))


def header_of(table: Table, contents: Contents) -> list[str]:
    """The columns of a file; none of one that a folder does not have."""
    return records(contents[table.file])[0][1] if table.file in contents else []


def columns_of(table: Table, contents: Contents) -> list[Column]:
    """The columns of a table that its file has; all of a part of tracker.toml."""
    if table.name not in TABLES:
        return list(table.columns)
    header = header_of(table, contents)
    return [column for column in table.columns if column.name in header]


def next_id(table: Table, row: Row, texts: Iterable[str]) -> str:
    """The id of a new row: its stem, or the stem and the letter after the last one that any of the texts names.

    A letter once taken is passed over as long as any text still speaks of it, for an id is never reused.
    """
    stem = "-".join(row[name] for name in STEMS[table.name])
    pattern = re.compile(rf"(?<![\w.-]){re.escape(stem)}([b-z]?)(?![\w-])")
    taken = {letter for text in texts for letter in pattern.findall(text)}
    place = max((SUFFIXES.index(letter) + 1 for letter in taken), default=0)
    if place == len(SUFFIXES):
        raise Refused(f"No letter is left for another row {stem}.")
    return stem + SUFFIXES[place]


def texts_of(folder: Path, contents: Contents) -> list[str]:
    """Every text that may speak of an id: the files of the record, and what else lies beside them as CSV or text."""
    beside = [path for path in sorted(folder.glob("*.*")) if path.suffix in {".csv", ".md"} and path.name not in FILES]
    contents_beside = [_bytes_of(path) for path in beside if path.is_file()]
    return [content.decode("utf-8", "replace") for content in (*contents.values(), *contents_beside)]


def with_edits(contents: Contents, edits: Iterable[Edit]) -> dict[str, bytes]:
    """The files with the rows put in, every other byte as it was.

    Raises Overtaken where a row is not, or no longer, what the edit was made from.
    """
    changed = dict(contents)
    for edit in edits:
        if edit.table in TABLES:
            table = TABLES[edit.table]
            changed[table.file] = _spliced(table, changed[table.file], edit)
        else:
            changed[TRACKER_FILE] = with_row(changed.get(TRACKER_FILE, b""), edit)
    return changed


def rebased(edits: Sequence[Edit], contents: Contents, texts: Sequence[str]) -> list[Edit]:
    """The same edits for files that somebody else has written: a new row whose id is taken gets the next one."""
    moved: list[Edit] = []
    renamed: dict[tuple[str, str], str] = {}
    for edit in edits:
        if edit.table not in TABLES:
            moved.append(edit)
            continue
        table = TABLES[edit.table]
        refers_to = {column.name: column.refers_to for column in table.columns}
        after = {name: renamed.get((refers_to[name], cell), cell) for name, cell in edit.after.items()}
        key = edit.key
        if edit.before is None and table.name in STEMS and key in rows_of_file(table, contents):
            key = next_id(table, after, [*texts, *(other.key for other in (*edits, *moved))])
            renamed[table.name, edit.key] = key
        moved.append(replace(edit, key=key, after={**after, table.key: key}))
    with_edits(contents, moved)
    return moved


def tried(folder: Path) -> Trial:
    """A folder as it is."""
    written = read_text(folder)
    try:
        return Trial(written.frames, written.tracker or {}, checked(written), [])
    except InvalidData as invalid:
        return Trial(written.frames, written.tracker or {}, None, invalid.problems)


def tried_contents(contents: Contents) -> Trial:
    """A folder as it would be with these files: they are written apart, and read as any folder is.

    Raises Refused where there is no room for them.
    """
    try:
        with tempfile.TemporaryDirectory() as place:
            for name, content in contents.items():
                (Path(place) / name).write_bytes(content)
            return tried(Path(place))
    except OSError as error:
        raise Refused(f"The record cannot be tried out ({error.strerror}): make room on the disk.") from error


def save(folder: Path, expected: Contents, wanted: Contents) -> list[str]:
    """Write what differs and return the names of those files, provided that the folder still is what was expected.

    All or nothing as far as a file system can: every file lies complete beside its place before the first is put
    into it. Raises Overtaken where anybody has written since, OSError where the disk refuses.
    """
    with locked(folder):
        now = read_contents(folder)
        if changed := [name for name in FILES if now.get(name) != expected.get(name)]:
            raise Overtaken(f"{', '.join(changed)} changed on disk since this was begun; nothing was written.")
        names = [name for name in wanted if wanted[name] != now.get(name)]
        write_files(folder, {name: wanted[name] for name in names})
    return names


def write_files(folder: Path, contents: Contents) -> None:
    """Put files in place of others: written beside, forced to the disk, then renamed. Call it inside `locked`."""
    places = {name: (folder / name).resolve() for name in contents}
    beside: dict[str, Path] = {}
    try:
        for name, content in contents.items():
            handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".new", dir=places[name].parent)
            beside[name] = Path(path)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if places[name].exists():
                beside[name].chmod(places[name].stat().st_mode & 0o7777)
        for name in contents:
            beside.pop(name).replace(places[name])
    finally:
        for left in beside.values():
            left.unlink(missing_ok=True)
    _settle(folder)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one at a time, among threads and processes: a lock file that lasts for the moment of writing.

    The system frees the lock of a process that dies. Raises Refused where it stays taken.
    """
    path = folder / LOCK_FILE
    for _ in range(TRIES):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        # Whoever had the lock removes its file: a lock on a file that has gone is no lock.
        if _take(handle) and _lies_at(path, handle):
            break
        os.close(handle)
        time.sleep(PAUSE)
    else:
        raise Refused(f"{folder} is being written by somebody else; try again in a moment.")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # some systems keep an open file; the next writer reuses it
            path.unlink()
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is only one of the two

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lies_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _settle(folder: Path) -> None:
    """Force the names to the disk too, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _spliced(table: Table, content: bytes, edit: Edit) -> bytes:
    """A file with one row put in its sorted place, or in place of the row with its key."""
    (head, header), *rest = records(content)
    parts = [written for written, _ in rest]
    end = _line_end(head) or "\n"
    rows = [dict(zip(header, cells, strict=False)) for _, cells in rest]
    place = next((number for number, row in enumerate(rows) if row.get(table.key) == edit.key), None)
    if edit.before is None:
        if place is not None:
            raise Overtaken(f"{edit.key} stands already in {table.file}; a new row needs an id of its own.")
        place = _place(table, rows, edit.after)
        if place == len(parts):
            *earlier, last = [head, *parts]
            last += "" if _line_end(last) else end
            head, *parts = [*earlier, last]
        parts.insert(place, _written(header, edit.after, end))
    else:
        if place is None or rows[place] != edit.before:
            raise Overtaken(f"{edit.key} of {table.file} is no longer what this change was made from.")
        if edit.after != edit.before:
            parts[place] = _written(header, edit.after, _line_end(parts[place]))
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join([head, *parts]).encode()


def _place(table: Table, rows: list[dict[str, str]], row: Row) -> int:
    """Before the first row that is sorted after it; at the end of a file that is not sorted."""
    names = SORTED_BY.get(table.name, ())
    own = [row[name] for name in names]
    later = (number for number, other in enumerate(rows) if other and [other.get(name, "") for name in names] > own)
    return next(later, len(rows))


def _written(header: list[str], row: Row, end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerow([row[name] for name in header])
    return text.getvalue()


def _line_end(written: str) -> str:
    return written[len(written.rstrip("\r\n")) :]
