"""What spreadsheets make of a record: saved as CSV it loads again, or one sentence says what to do, and that helps."""

import csv
import datetime as dt
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from components.curate.edits import Refused
from components.curate.form import fix_format
from components.curate.restored import restored
from components.publish import bundle
from components.record.check.respelled import dates_meant, number_meant
from components.record.model import Record
from components.record.reading import read
from components.record.schema import ACTORS, FUNDS, LEVERS, SOURCES, STANCES
from tests.conftest import ROOT, SMALL
from tests.folders import edit, problems

Sheets = dict[str, list[tuple[object, ...]]]

DATES: dict[str, Callable[[dt.datetime], str]] = {
    "as shown": lambda day: f"{day:%Y-%m-%d}",
    "with the hour": lambda day: f"{day:%Y-%m-%d %H:%M:%S}",
    "United Kingdom": lambda day: f"{day:%d/%m/%Y}",
    "United States": lambda day: f"{day.month}/{day.day}/{day.year}",
    "Germany": lambda day: f"{day:%d.%m.%Y}",
    "with names": lambda day: f"{day:%d-%b-%y}",
    "serial": lambda day: f"{(day - dt.datetime(1899, 12, 30)).days}",
}
NUMBERS: dict[str, Callable[[float], str]] = {
    "plain": lambda number: f"{number:.0f}",
    "commas": lambda number: f"{number:,.0f}",
    "point": lambda number: f"{number:.1f}",
    "blanks": lambda number: f"{number:,.0f}".replace(",", "\u202f"),
}
FORMS = [(date, "plain") for date in DATES] + [("as shown", number) for number in NUMBERS]


def sheets(record: Record) -> Sheets:
    book = openpyxl.load_workbook(io.BytesIO(bundle.workbook(record)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def of_small() -> Sheets:
    return sheets(read(SMALL))


@pytest.fixture(scope="module")
def of_shipped(shipped: Record) -> Sheets:
    return sheets(shipped)


def saved(found: Sheets, folder: Path, tracker: Path, date: str, number: str, delimiter: str = ",") -> Path:
    """The sheets as CSV, as Excel saves them: a byte order mark, CRLF, cells as they are shown in that place."""

    def shown(cell: object) -> str:
        if isinstance(cell, dt.datetime):
            return DATES[date](cell)
        if isinstance(cell, float) and cell % 1:  # a rate, with the sign of that place
            return f"{cell:.9f}".rstrip("0").replace(".", "," if number == "blanks" else ".")
        return NUMBERS[number](cell) if isinstance(cell, int | float) else str(cell or "")

    folder.mkdir()
    shutil.copy(tracker, folder)
    for name, rows in found.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([shown(cell) for cell in row] for row in rows)
    return folder


def same(folder: Path, original: Path) -> bool:
    return all((folder / path.name).read_bytes() == path.read_bytes() for path in original.glob("[a-ce-z]*.csv"))


@pytest.mark.parametrize(("date", "number"), FORMS)
def test_a_workbook_saved_as_csv_is_the_record_again(of_small: Sheets, tmp_path: Path, date: str, number: str) -> None:
    folder = saved(of_small, tmp_path / "saved", SMALL / "tracker.toml", date, number)
    original = Path(shutil.copytree(SMALL, tmp_path / "original"))
    for place in (folder, original):
        assert fix_format(place)[1]
    assert same(folder, original)


def test_what_the_workbook_shows_loads_as_it_is(of_shipped: Sheets, shipped: Record, tmp_path: Path) -> None:
    folder = saved(of_shipped, tmp_path / "saved", ROOT / "data" / "tracker.toml", "as shown", "plain")
    loaded = read(folder)
    assert len(loaded.stances) == len(shipped.stances)
    assert loaded.funds["amount"].equals(shipped.funds["amount"])


@pytest.mark.parametrize("date", ["United States", "United Kingdom"])
def test_thousands_of_rewritten_cells_are_one_sentence(of_shipped: Sheets, tmp_path: Path, date: str) -> None:
    folder = saved(of_shipped, tmp_path / "saved", ROOT / "data" / "tracker.toml", date, "commas")
    (told,) = problems(folder).splitlines()
    assert re.search(
        "“405,000,000” and [0-9],[0-9]{3} more cells are written as a spreadsheet writes dates and numbers, in", told
    )
    assert told.endswith("run the check with --fix-format, which writes them back")
    assert fix_format(folder)[1]
    assert same(folder, ROOT / "data")


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_signs_between_cells_are_named_and_mended(of_small: Sheets, tmp_path: Path, sign: str, name: str) -> None:
    folder = saved(of_small, tmp_path / "saved", SMALL / "tracker.toml", "as shown", "plain", sign)
    told = problems(folder).splitlines()
    assert len(told) == 5
    assert all(f"cells are separated by {name}; allowed: commas" in line and "--fix-format" in line for line in told)
    assert "actors.csv: commas put between cells, byte order mark removed" in fix_format(folder)[0]
    read(folder)


def test_the_hint_of_excel_is_named_and_taken_out(folder: Path) -> None:
    path = folder / "stances.csv"
    before = path.read_text("utf-8")
    path.write_text(f"sep=,\n{before}", "utf-8")
    assert problems(folder).startswith("stances.csv:1:-: “sep=,” stands before the header row")
    fix_format(folder)
    assert path.read_text("utf-8") == before


def test_rows_and_columns_without_anything_are_passed_over(folder: Path) -> None:
    before = read(folder)
    path = folder / "levers.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*(f"{line},," for line in lines), "," * 11, ""]), "utf-8")
    assert read(folder).levers.equals(before.levers)
    assert any(line.startswith("levers.csv: blank columns removed") for line in fix_format(folder)[0])
    assert path.read_text("utf-8").splitlines() == lines


def test_other_rows_keep_their_own_problems(folder: Path) -> None:
    edit(folder / "stances.csv", "AAA-2020-01-10,AAA,2020-01-10", "AAA-2020-01-10,AAA,10/01/2020")
    edit(folder / "stances.csv", "talks", "chats")
    told = problems(folder).splitlines()
    assert len(told) == 2
    assert "“10/01/2020” is written as a spreadsheet writes dates and numbers, in stances.csv" in told[0]
    assert "“chats”" in told[1]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("15/08/2021", {"2021-08-15"}),
        ("8/15/2021", {"2021-08-15"}),
        ("08/09/2021", {"2021-09-08", "2021-08-09"}),
        ("8/8/21", {"2021-08-08"}),
        ("08.09.2021", {"2021-09-08"}),
        ("2021/8/5", {"2021-08-05"}),
        ("2021-08-15T00:00:00", {"2021-08-15"}),
        ("15-Aug-21", {"2021-08-15"}),
        ("Aug-21", {"2021-08"}),
        ("August 2021", {"2021-08"}),
        ("2021.0", {"2021"}),
        ("44423", {"2021-08-15"}),
        ("31/31/2021", set()),
        ("2021-08-15 12:30:00", set()),
        ("2020–06–02", set()),
        ("soon", set()),
        ("Augh", set()),
    ],
)
def test_what_a_date_may_have_been(cell: str, meant: set[str]) -> None:
    assert set(dates_meant(cell).values()) == meant


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("1,234", "1234"), ("1,234.00", "1234"), ("1 234 567", "1234567"), ("1'234", "1234"), ("1234.0", "1234"),
        ("7,0", "7"), ("0.0", "0"), ("1.234", ""), ("700.000", ""), ("1,23", ""), ("12,34,567", ""), ("1,5", ""),
        ("1234.5", ""), ("9E+08", ""), ("-1,234", ""), ("$60", ""), ("1,234 567", ""), ("9,999,999,999,999,999", ""),
    ],
)  # fmt: skip
def test_what_a_number_was(cell: str, meant: str) -> None:
    assert number_meant(cell) == meant


def rows(*cells: str) -> list[list[str]]:
    return [cell.split(";") for cell in cells]


def test_an_id_says_which_day_is_meant() -> None:
    header = ["id", "actor_id", "date", "coded_on"]
    made, count = restored(STANCES, header, rows("AAA-2021-08-09b;AAA;9/8/2021;1/2/2022"))
    assert made == rows("AAA-2021-08-09b;AAA;2021-08-09;2022-02-01")
    assert count == 2
    lever = restored(LEVERS, ["id", "actor_id", "lever", "from"], rows("AAA-aid-2021-08;AAA;aid;01/08/2021"))[0]
    assert lever == rows("AAA-aid-2021-08;AAA;aid;2021-08")
    fund = restored(FUNDS, ["id", "actor_id", "status", "date"], rows("AAA-frozen-2021-08-01;AAA;frozen;Aug-21"))[0]
    assert fund == rows("AAA-frozen-2021-08-01;AAA;frozen;2021-08-01")


def test_a_day_that_nothing_tells_is_refused() -> None:
    with pytest.raises(Refused, match=r"a, date: “1/2/2022” may be 2022-02-01 or 2022-01-02; write the dates as YYYY"):
        restored(SOURCES, ["id", "date"], rows("a;1/2/2022"))
    told = restored(SOURCES, ["id", "date"], rows("a;1/2/2022", "b;13/2/2022"))[0]
    assert told == rows("a;2022-02-01", "b;2022-02-13")
    with pytest.raises(Refused):
        restored(SOURCES, ["id", "date"], rows("a;1/2/2022", "b;13/2/2022", "c;2/13/2022"))


def test_no_other_cell_changes() -> None:
    table = rows("AAA;1,000;15/08/2021")
    assert restored(ACTORS, ["actor_id", "name", "region"], table) == (table, 0)
