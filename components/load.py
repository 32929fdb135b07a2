"""The only reader of a data folder: text in, one frozen Dataset out, or InvalidData with every problem.

Belongs here: files, encodings, types. Does not belong here: rules (validation) and what holds on a day (as_of).
"""

import csv
import datetime as dt
import functools
import hashlib
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from components.schema import TABLES, TRACKER_FILE, Table
from components.validation import Problem, check_record
from components.validation.cells import parse_date, split_list

DEFAULT_FOLDER = Path(__file__).parent.parent / "data"
SHAPES_FILE = Path(__file__).parent.parent / "static" / "world.geojson"


@dataclass(frozen=True, slots=True)
class Tracker:
    """What is particular to one subject, as tracker.toml states it."""

    title: str
    question: str
    object: str
    subject: str
    start: dt.date
    data_until: dt.date
    licence: str
    citation: str
    repository: str
    names_and_borders: str
    joint: Sequence[str]
    stances: Mapping[str, str]
    blocs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One checked data folder.

    Each frame has the columns of its table, typed: dates as datetime64 with the text as written in `<name>_text`,
    numbers as float, lists as tuples of text, all else as text with "" for a blank. `actors` and `sources` are
    indexed by their key. `fingerprint` changes whenever a file does.
    """

    folder: Path
    fingerprint: str
    tracker: Tracker
    actors: pd.DataFrame
    stances: pd.DataFrame
    levers: pd.DataFrame
    funds: pd.DataFrame
    sources: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        """The typed frame of a table of the schema."""
        frame: pd.DataFrame = getattr(self, name)
        return frame


class InvalidData(Exception):  # noqa: N818 - the name says what is wrong, not that something is
    """A folder that cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        """Keep the folder and its problems."""
        super().__init__(f"{folder}: {len(problems)} problem{'s' if len(problems) != 1 else ''}")
        self.folder = folder
        self.problems = problems


def fingerprint(folder: Path) -> str:
    """A short text that changes when any file of the folder's form does: of names, sizes and times, not contents."""
    digest = hashlib.sha256(str(folder.resolve()).encode())
    for name in _file_names():
        try:
            status = (folder / name).stat()
            digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns};".encode())
        except OSError:
            digest.update(f"{name}:missing;".encode())
    return digest.hexdigest()[:16]


def load_dataset(folder: Path = DEFAULT_FOLDER) -> Dataset:
    """Read, check and type a folder. Raises InvalidData with every problem at once."""
    mark = fingerprint(folder)
    frames, tracker, problems = read_text(folder)
    problems = sorted([*problems, *check_record(frames, tracker)])
    if problems or tracker is None:
        raise InvalidData(folder, problems)
    typed = {name: _typed(TABLES[name], frame) for name, frame in frames.items()}
    return Dataset(folder, mark, _tracker(tracker), **typed)


@functools.cache
def load_shapes() -> dict[str, Any]:
    """The world's shapes as GeoJSON, each feature's id an actor_id; the same for every data folder."""
    shapes: dict[str, Any] = json.loads(SHAPES_FILE.read_text(encoding="utf-8"))
    return shapes


@functools.cache
def load_points() -> pd.DataFrame:
    """A row for each shape, indexed by its id: `lon` and `lat` of a point inside it, in degrees, and `small`."""
    features = load_shapes()["features"]
    return pd.DataFrame([feature["properties"] for feature in features], index=[feature["id"] for feature in features])


def read_text(folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Any] | None, list[Problem]]:
    """Every table of the folder as a frame of text indexed by line, tracker.toml, and what could not be read."""
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    for table in TABLES.values():
        text = _read(folder / table.file, problems)
        frame = _parse_csv(table, text, problems) if text is not None else None
        if frame is not None:
            frames[table.name] = frame
    text = _read(folder / TRACKER_FILE, problems)
    return frames, _parse_toml(text, problems) if text is not None else None, problems


def _file_names() -> list[str]:
    return [*(table.file for table in TABLES.values()), TRACKER_FILE]


def _read(path: Path, problems: list[Problem]) -> str | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(path.name, 1, "-", "file is missing", "a file of this name", "add it to the folder"))
        return None
    except OSError as error:
        found = f"file cannot be read ({error.strerror})"
        problems.append(Problem(path.name, 1, "-", found, "a readable file", "mend its permissions or replace it"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        problems.append(Problem(path.name, line, "-", found, "UTF-8 text", "save the file as UTF-8"))
        return None


def _parse_csv(table: Table, text: str, problems: list[Problem]) -> pd.DataFrame | None:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[int, list[str]] = {}
    header: list[str] = []
    line = 1
    try:
        header = next(reader, [])
        line = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                found, remedy = f"{len(row)} cells", "add or remove commas, or quote the cell that has one"
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
        problems.append(Problem(table.file, 1, "-", "file is empty", "a header row", "restore the file"))
        return None
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=header, dtype=str)


def _parse_toml(text: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(TRACKER_FILE, 1, "-", f"cannot be read as TOML ({error})", "TOML", "mend that line"))
        return None


def _typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    typed = frame.copy()
    for column in table.columns:
        cells = frame[column.name]
        if column.kind == "date":
            typed[f"{column.name}_text"] = cells
            typed[column.name] = pd.to_datetime(cells.map(parse_date))
        elif column.kind == "number":
            typed[column.name] = pd.to_numeric(cells)
        elif column.kind in {"codes", "references"} or column.name == "aliases":
            typed[column.name] = cells.map(lambda cell: tuple(split_list(cell)))
    if table.name in {"actors", "sources"}:
        return typed.set_index(table.key, drop=False)
    return typed.reset_index(drop=True)


def _tracker(tracker: Mapping[str, Any]) -> Tracker:
    days = {key: dt.date.fromisoformat(str(tracker[key])) for key in ("start", "data_until")}
    return Tracker(**{**tracker, **days})
