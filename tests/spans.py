"""Records of other lengths: a folder whose days are drawn apart, so that it begins earlier and ends as before."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

from components.record.check.cells import parse_date
from components.record.reading import read
from tests.folders import edit

Row = dict[str, str]
# The columns with days of each table whose rows move; how an id is made of a row; the columns that name other rows.
MOVING: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "stances": (("date",), "{actor_id}-{date}", ()),
    "levers": (("from", "until"), "{actor_id}-{lever}-{from}", ()),
    "funds": (("date", "until"), "{actor_id}-{status}-{date}", ("part_of", "supersedes")),
}
KEPT = ("actors.csv", "sources.csv", "tracker.toml", "README.md")


def stretched(source: Path, target: Path, start: dt.date) -> Path:
    """Write a copy of a valid folder that begins on `start` and ends as before; gives it back.

    Every day of the record is so many times as far from its end, and those before it as far from its first day as they
    were; a coarse one becomes a day. Optional tables stay behind.
    """
    target.mkdir(parents=True)
    for name in KEPT:
        if (source / name).exists():
            shutil.copy(source / name, target)
    tracker = read(source).tracker
    began, end = tracker.start, tracker.data_until
    edit(target / "tracker.toml", f"start = {began}", f"start = {start}")
    times = (end - start) / (end - began)

    def moved(text: str) -> str:
        day = parse_date(text)
        if day is None or day >= end:
            return text
        return (end - (end - day) * times if day >= began else day - (began - start)).isoformat()

    for table, (days, stem, links) in MOVING.items():
        rows = _read(source / f"{table}.csv")
        _write(target / f"{table}.csv", _renamed(_moved(rows, days, moved), stem, links))
    return target


def _moved(rows: list[Row], columns: tuple[str, ...], moved: Callable[[str], str]) -> list[Row]:
    return [{**row, **{name: moved(row[name]) for name in columns}} for row in rows]


def _renamed(rows: list[Row], stem: str, links: tuple[str, ...]) -> list[Row]:
    """The rows with ids that say their days, a letter after those that an earlier row has too."""
    names: dict[str, str] = {}
    for row in rows:
        name = stem.format(**row)
        same = sum(other.rstrip("bcdefghijklmnopqrstuvwxyz") == name for other in names.values())
        names[row["id"]] = name + ("abcdefghijklmnopqrstuvwxyz"[same] if same else "")
    return [{**row, "id": names[row["id"]], **{link: names.get(row[link], "") for link in links}} for row in rows]


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
