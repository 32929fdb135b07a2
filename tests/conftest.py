"""What the tests share: their markers, the shipped record, and a small valid one to break."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from components.record.model import Record
from components.record.reading import read

HERE = Path(__file__).parent
ROOT, SMALL = HERE.parent, HERE / "small"

# Properties of any record: a few cases each, and more for the slow tests; the same in every run.
settings.register_profile("few", deadline=None, max_examples=6, derandomize=True)
settings.register_profile("many", deadline=None, max_examples=40, derandomize=True, print_blob=True)
settings.load_profile("few")

Change = Callable[[str, str, str, str], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder of a test says how long it takes and what it needs: it is its marker."""
    for item in items:
        item.add_marker(item.path.relative_to(HERE).parts[0])


@pytest.fixture(scope="session")
def shipped() -> Record:
    return read(ROOT / "data")


@pytest.fixture(scope="session")
def small() -> Record:
    return read(SMALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small valid record."""
    return Path(shutil.copytree(SMALL, tmp_path / "record"))


@pytest.fixture
def change(folder: Path) -> Change:
    """Write one cell of the copy: `change(table, key of the row, column, value)`; returns the folder."""

    def write(table: str, key: str, column: str, value: str) -> Path:
        path = folder / f"{table}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        row = next(row for row in rows if row[0] == key)
        row[rows[0].index(column)] = value
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return folder

    return write
