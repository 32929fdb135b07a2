"""What tests do to a data folder: change it, harm it as disks and people do, and read what the check says of it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from components.record.check import Problem
from components.record.model import UNREADABLE, InvalidData
from components.record.reading import LARGEST_FILE, read


def edit(path: Path, before: str, after: str) -> None:
    """Put one text in the place of another that stands in the file, once."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def rewrite(folder: Path, table: str, change: Callable[[list[list[str]]], object]) -> None:
    """Change the rows of a file, the header first."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def emptied(folder: Path) -> Path:
    """The folder with its actors alone: no other table has a row."""
    for name in ("stances", "levers", "funds", "sources"):
        rewrite(folder, name, lambda rows: rows.__delitem__(slice(1, None)))
    return folder


def in_currency(folder: Path, code: str, times: int = 1) -> Path:
    """The folder with all sums in one currency, so many times as large, and no column in US dollars."""

    def stated(rows: list[list[str]]) -> None:
        rows[0][4:9] = ["amount", "currency", "low", "high"]
        for row in rows[1:]:
            amount, low, high = (cell and str(int(cell) * times) for cell in (row[4], *row[7:9]))
            row[4:9] = [amount, code, low, high]

    rewrite(folder, "funds", stated)
    return folder


def quoting(folder: Path, **cells: str) -> Path:
    """The folder with one quoted figure, which has these cells."""
    told = {"what": "All of it.", "includes": "Both.", "wrong_sum": "Adding the trust.", "source_ids": "gov-1"}
    row = {"id": "r", "figure": "€900", **cells, "fund_ids": "BNK-frozen-2020-01-01", **told}
    (folder / "reconciliation.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    return folder


def problems(folder: Path) -> str:
    """What is wrong with a folder that must be refused, a line each."""
    with pytest.raises(InvalidData) as caught:
        read(folder)
    assert all(isinstance(problem, Problem) for problem in caught.value.problems)
    return "\n".join(map(str, caught.value.problems))


def half_written(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def locked(path: Path) -> None:
    """A folder in its place: nobody can read that, not even who may read everything."""
    path.unlink()
    path.mkdir()


def deleted(path: Path) -> None:
    path.unlink()


def page_of_html(path: Path) -> None:
    path.write_text("<!doctype html>\n<html><body><p>502, Bad Gateway</p></body></html>\n", "utf-8")


def wrong_encoding(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("met", "métro"), "latin-1")


def far_too_large(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)


FAULTS: list[tuple[Callable[[Path], None], str]] = [
    (half_written, "stances.csv"),
    (locked, UNREADABLE),
    (deleted, "file is missing"),
    (page_of_html, "column"),
    (wrong_encoding, "byte 0xe9 is not UTF-8"),
    (far_too_large, f"file is larger than {LARGEST_FILE:,} bytes"),
]


def mend(path: Path, content: bytes) -> None:
    """Put a file, whole, in the place of what a fault left."""
    if path.is_dir():
        path.rmdir()
    path.write_bytes(content)
