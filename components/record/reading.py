"""The only reader of a data folder: text in, one Record out, or InvalidData with every problem.

Belongs here: files, encodings, types. Does not belong here: rules (check) and what holds on a day (on_day).
"""

import csv
import datetime as dt
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from components.record.check import Problem, check_record, find_warnings
from components.record.check.beside import warnings_of_codings, warnings_of_texts
from components.record.check.cells import parse_date, split_list
from components.record.check.problems import visible
from components.record.codebook import README_FILE, no_own, stale
from components.record.model import UNREADABLE, InvalidData, Record, Tracker
from components.record.schema import (
    TABLES,
    TRACKER_FILE,
    Column,
    Table,
)
from components.record.second_coding import check_second_coding, second_coding
from components.record.separators import separation
from components.record.wording import counted

DEFAULT_FOLDER = Path(__file__).parents[2] / "data"
SECOND_CODING_FILE = "double_coding.csv"
BESIDE = (README_FILE, SECOND_CODING_FILE)  # they belong to a record, but it is whole without them
MISSING = "file is missing"
MOST_UNEVEN = 1_000  # rows of another length than the header's, after which a file is taken for something else
LARGEST_FILE = 40_000_000  # bytes; more than a hundred records of the size of the shipped one


@dataclass(frozen=True, slots=True)
class FolderText:
    """A data folder as it is written.

    `fingerprint`: of before the first file was read; `frames`: each table that can be read, of text, indexed by line;
    `tracker`: tracker.toml, None where it cannot be read; `texts`: tracker.toml and what lies beside the tables, by
    file name; `problems`: what could not be read.
    """

    folder: Path
    fingerprint: str
    frames: dict[str, pd.DataFrame]
    tracker: dict[str, Any] | None
    texts: dict[str, str]
    problems: list[Problem]


def fingerprint(folder: Path) -> str:
    """A short text that changes when any file of the folder's form does: of names, sizes and times, not contents."""
    digest = hashlib.sha256(str(folder.resolve()).encode())
    for name in _file_names():
        try:
            status = (folder / name).stat()
            # The time of its status too: a file whose permissions are mended keeps its size and the other time.
            digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns};".encode())
        except OSError:
            digest.update(f"{name}:missing;".encode())
    return digest.hexdigest()[:16]


def read(folder: Path = DEFAULT_FOLDER) -> Record:
    """Read, check and type a folder. Raises InvalidData with every problem at once."""
    return checked(read_text(folder))


def checked(written: FolderText) -> Record:
    """Check and type a folder as it is written. Raises InvalidData with every problem at once."""
    codings = second_coding(written.texts.get(SECOND_CODING_FILE, ""))
    beside = check_second_coding(SECOND_CODING_FILE, codings)
    problems = sorted([*written.problems, *check_record(written.frames, written.tracker), *beside])
    if problems or written.tracker is None:
        raise InvalidData(written.folder, problems)
    typed = {name: _typed(TABLES[name], frame) for name, frame in written.frames.items()}
    tracker = _tracker(written.tracker)
    record = Record(written.folder, written.fingerprint, tracker, written.texts, **typed)
    return replace(record, warnings=tuple(sorted(_warnings(written, record, codings))))


def _warnings(written: FolderText, record: Record, codings: pd.DataFrame | None) -> Iterator[Problem]:
    """What may be meant so in a folder without problems, in its tables and beside them."""
    yield from find_warnings(written.frames, written.tracker or {})
    foreign = no_own(record)
    yield from foreign or stale(record)
    names = (TRACKER_FILE, *([] if foreign else [README_FILE]))  # where ids may be spoken of
    yield from warnings_of_texts({name: written.texts.get(name, "") for name in names}, written.frames)
    yield from warnings_of_codings(SECOND_CODING_FILE, codings, written.frames)


def read_text(folder: Path) -> FolderText:
    """A folder as it is written, without a check of its rules."""
    mark = fingerprint(folder)
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    for table in TABLES.values():
        found: list[Problem] = []
        text = _read(folder / table.file, found)
        if table.optional and any(problem.found == MISSING for problem in found):
            frames[table.name] = pd.DataFrame(columns=table.column_names, dtype=str)
            continue
        problems += found
        frame = _parse_csv(table, text, problems) if text is not None else None
        if frame is not None:
            frames[table.name] = frame
    beside = {name: _read(folder / name, []) for name in BESIDE}
    beside[TRACKER_FILE] = _read(folder / TRACKER_FILE, problems)
    texts = {name: text for name, text in beside.items() if text is not None}
    tracker = _parse_toml(texts[TRACKER_FILE], problems) if TRACKER_FILE in texts else None
    return FolderText(folder, mark, frames, tracker, texts, problems)


def _file_names() -> list[str]:
    return [*(table.file for table in TABLES.values()), TRACKER_FILE, *BESIDE]


def _read(path: Path, problems: list[Problem]) -> str | None:
    try:
        # At most one byte too many is read, so that no size of file takes the memory or the time of a page.
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        problems.append(Problem(path.name, 1, "-", MISSING, "a file of this name", "add it to the folder"))
        return None
    except OSError as error:
        found = f"{UNREADABLE} ({error.strerror})"
        problems.append(Problem(path.name, 1, "-", found, "a readable file", "mend its permissions or replace it"))
        return None
    if len(content) > LARGEST_FILE:
        size = counted(LARGEST_FILE, "byte")
        found, allowed = f"file is larger than {size}", f"at most {size}"
        problems.append(Problem(path.name, 1, "-", found, allowed, "restore the file, or take rows out of it"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        problems.append(Problem(path.name, line, "-", found, "UTF-8 text", "save the file as UTF-8"))
        return None


def _parse_csv(table: Table, text: str, problems: list[Problem]) -> pd.DataFrame | None:
    if wrong := separation(table, text):
        remedy = "run the check with --fix-format, or save the file with commas"
        problems.append(Problem(table.file, 1, "-", wrong, "commas, and the header row in the first line", remedy))
        return None
    frame = _parse_even_csv(text)
    if frame is None:
        frame = _parse_by_line(table, text, problems)
    if frame is None:
        return None
    frame = _without_blanks(frame)
    absent = [column for column in table.columns if column.extra and column.name not in frame]
    for column in absent if frame.columns.is_unique else ():
        before = table.column_names[: table.column_names.index(column.name)]
        frame.insert(sum(name in before for name in frame), column.name, _made(column, frame))
    return frame


def _made(column: Column, frame: pd.DataFrame) -> pd.Series | str:
    """The cells of a column that a file does not have: blank, or what it is made of."""
    if not column.made_of or not set(column.made_of) <= set(frame.columns):
        return ""
    return frame[list(column.made_of)].agg("-".join, axis=1)


def _without_blanks(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without rows and columns that hold nothing at all, which spreadsheets leave at the ends of a table."""
    if "" in frame.columns:
        frame = frame.loc[:, (frame.columns != "") | (frame != "").any()]
    if len(frame.columns) and (frame.iloc[:, 0] == "").any():
        frame = frame[(frame != "").any(axis=1)]
    return frame


def _parse_even_csv(text: str) -> pd.DataFrame | None:
    """The frame of a file whose every line is a row as long as its header, at twice the speed; None of any other."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *rows = reader
    except (csv.Error, ValueError):
        return None
    if not header or reader.line_num != len(rows) + 1 or set(map(len, rows)) - {len(header)}:
        return None
    return pd.DataFrame(rows, index=range(2, len(rows) + 2), columns=header, dtype=str)


def _parse_by_line(table: Table, text: str, problems: list[Problem]) -> pd.DataFrame | None:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[int, list[str]] = {}
    header: list[str] = []
    line, uneven = 1, 0
    try:
        header = next(reader, [])
        line = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                uneven += 1
                if uneven > MOST_UNEVEN:
                    found, remedy = "too many rows of another length; the rest was not read", "restore the file"
                    problems.append(Problem(table.file, line, "-", found, "rows as long as the header", remedy))
                    return None
                found, remedy = counted(len(row), "cell"), "add or remove commas, or quote the cell that has one"
                problems.append(Problem(table.file, line, "-", found, f"{len(header)}, as in the header", remedy))
            elif row:
                rows[line] = row
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "mend the quotes near this line"
        problems.append(
            Problem(table.file, line, "-", f"cannot be read as CSV ({error})", "comma-separated rows", remedy)
        )
        return None
    if not header:
        found = "first line is blank" if text.strip() else "file is empty"
        problems.append(Problem(table.file, 1, "-", found, "a header row", "restore the file"))
        return None
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=header, dtype=str)


def _parse_toml(text: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of thousands of digits, and of thousands of brackets
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else 1
        found = f"cannot be read as TOML ({visible(str(error))})"
        problems.append(Problem(TRACKER_FILE, line, "-", found, "TOML", "mend that line"))
        return None


def _typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    # Text as plain objects, which lie in one block: rows are picked from a table far more often than cells compared.
    typed = frame.astype(object)
    for column in table.columns:
        cells = typed[column.name]
        if column.kind == "date":
            typed[f"{column.name}_text"] = cells
            days = {cell: parse_date(cell) for cell in set(cells.tolist())}
            typed[column.name] = pd.to_datetime(cells.map(days))
        elif column.kind in {"number", "decimal"}:
            typed[column.name] = pd.to_numeric(cells)
        elif column.kind in {"codes", "references"} or column.name == "aliases":
            typed[column.name] = cells.map(lambda cell: tuple(split_list(cell)))
    typed = typed.copy()  # which puts the columns that were added in the same block
    if table.name in {"actors", "sources"}:
        return typed.set_index(table.key, drop=False)
    return typed.reset_index(drop=True)


def _tracker(tracker: Mapping[str, Any]) -> Tracker:
    days = {key: dt.date.fromisoformat(str(tracker[key])) for key in ("start", "data_until")}
    return Tracker(**{**tracker, **days})
