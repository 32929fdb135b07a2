"""What the tests share: their markers, the records that they run on, and a small valid one to break.

`shipped` is the record in data/: who asks for it, or for a server that shows it, knows its facts. These tests are left
out where data/ is another subject's. `any_record` is each record in turn, with the one that `--data` names.
"""

import csv
import functools
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from components.record.chosen import VARIABLE
from components.record.model import Record
from components.record.reading import read

HERE = Path(__file__).parent
ROOT, SMALL, SAMPLE = HERE.parent, HERE / "small", HERE / "kosovo"
SHIPPED = ROOT / "data"
SHIPPED_TITLE = "Taliban Recognition Tracker"  # of the record whose facts the tests know
OF_SHIPPED = {"shipped", "server"}  # fixtures
NAMED = os.environ.pop(VARIABLE, "")  # otherwise it would choose the folder of every command that is tested

_read = functools.cache(read)

# Properties of any record: a few cases each, and more for the slow tests; the same in every run.
settings.register_profile("few", deadline=None, max_examples=6, derandomize=True)
settings.register_profile("many", deadline=None, max_examples=40, derandomize=True, print_blob=True)
settings.load_profile("few")

Change = Callable[[str, str, str, str], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    told = f"a record for the tests of any record, beside those that are here (default: {VARIABLE})"
    parser.addoption("--data", default=NAMED, metavar="FOLDER", help=told)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever holds for any record is tested on each."""
    if "any_folder" in metafunc.fixturenames:
        named = metafunc.config.getoption("--data")
        folders = [SMALL, SAMPLE, SHIPPED, *([ROOT / named] if named else [])]
        metafunc.parametrize("any_folder", folders, ids=lambda folder: folder.name, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The folder of a test says how long it takes and what it needs, and its fixtures which record: its markers."""
    for item in items:
        item.add_marker(item.path.relative_to(HERE).parts[0])
        if OF_SHIPPED & set(getattr(item, "fixturenames", ())):
            item.add_marker("shipped")
    if subject() != SHIPPED_TITLE:
        left_out = [item for item in items if item.get_closest_marker("shipped")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("shipped")]


def pytest_report_header() -> list[str]:
    told = f"data/ is “{subject()}”: tests of the facts of “{SHIPPED_TITLE}” are left out"
    return [told] if subject() != SHIPPED_TITLE else []


@functools.cache
def subject() -> str:
    """The title of the record in data/, also where that has to be mended."""
    return str(tomllib.loads((SHIPPED / "tracker.toml").read_text(encoding="utf-8")).get("title"))


@pytest.fixture(scope="session")
def shipped() -> Record:
    return _read(SHIPPED)


@pytest.fixture(scope="session")
def small() -> Record:
    return _read(SMALL)


@pytest.fixture(scope="session")
def sample() -> Record:
    """Another subject than the shipped one."""
    return _read(SAMPLE)


@pytest.fixture(scope="session")
def any_record(any_folder: Path) -> Record:
    return _read(any_folder)


def first_coded(record: Record, number: int) -> tuple[str, ...]:
    """Actors of a record that take a stance in it."""
    return tuple(dict.fromkeys(record.stances["actor_id"]))[:number]


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
