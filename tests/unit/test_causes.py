"""One cause behind many problems is said once: break one thing in a record of many rows, and read the only line."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from components.record.model import Record
from components.record.vocabulary import CONDITIONS, LEVERS, STANCES
from tests.folders import edit, problems

Break = Callable[[Path], None]
Row = dict[str, str]


def rows(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def saved(folder: Path, name: str, kept: list[Row], header: list[str]) -> None:
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def each(name: str, change: Callable[[Row], Row | None]) -> Break:
    """Change every row of a table, or leave it out."""

    def broken(folder: Path) -> None:
        before = rows(folder, name)
        saved(folder, name, [after for row in before if (after := change(row)) is not None], [*before[0]])

    return broken


def cells(name: str, column: str, change: Callable[[str], str]) -> Break:
    return each(name, lambda row: {**row, column: change(row[column]) if row[column] else ""})


def twice(name: str) -> Break:
    def broken(folder: Path) -> None:
        before = rows(folder, name)
        saved(folder, name, before + before, [*before[0]])

    return broken


def toml(before: str, after: str) -> Break:
    return lambda folder: edit(folder / "tracker.toml", before, after)


def headless(folder: Path) -> None:
    path = folder / "stances.csv"
    path.write_text(path.read_text("utf-8").partition("\n")[2], "utf-8")


def without_blocs(folder: Path) -> None:
    path = folder / "tracker.toml"
    path.write_text(path.read_text("utf-8").partition("[blocs]")[0] + "[blocs]\n", "utf-8")


def in_words(cell: str) -> str:
    return f"the {int(cell[8:])}th, {cell[:7]}" if len(cell) == 10 else cell


# What is broken, the place of the only problem, what it says, and what to do.
ONE: list[tuple[Break, str, str, str]] = [
    (
        toml("start = 2021-08-15", "start = 2025-08-15"),
        "tracker.toml:1:start",
        r"2025-08-15, and \d{3} dates lie before it: stances.csv, lines 2, 3, 4, 5, 6, … .*: 2021-08-15 or earlier",
        "mend `start`, or those dates if they are wrong",
    ),
    (
        toml("data_until = 2026-06-30", "data_until = 2022-06-30"),
        "tracker.toml:1:data_until",
        r"2022-06-30, and \d{3} dates lie after it: levers.csv, lines .*; stances.csv, .*: 2026-06-\d\d or later",
        "mend `data_until`, or those dates if they are wrong",
    ),
    (
        toml('subject = "AFG"', 'subject = "RUS"'),
        "tracker.toml:1:subject",
        r"“RUS” has \d\d rows of its own: levers.csv, lines .*; stances.csv, lines ",
        "name the actor that the record is about, or remove those rows",
    ),
    (
        each("actors", lambda row: None if row["actor_id"] == "RUS" else row),
        "actors.csv:1:actor_id",
        r"“RUS” is not known, and \d\d cells use it: levers.csv, lines .*; stances.csv, lines ",
        "add its row, which may have been removed or renamed; or mend those cells",
    ),
    (
        cells("actors", "actor_id", lambda cell: "RU" if cell == "RUS" else cell),
        "actors.csv:1:actor_id",
        "“RUS” is not known, .*; “RU” is there and used by none",
        "add its row, which may have been removed or renamed; or mend those cells",
    ),
    (
        cells("actors", "actor_id", str.lower),
        "actors.csv:1:actor_id",
        r"“ADB”, .* of \d{3} ids in use stand in no row of it: funds.csv, .*; tracker.toml, line 1",
        "restore `actor_id` and its rows, or undo what changed the cells that use it",
    ),
    (
        each("sources", lambda row: None if row["id"] == "ausfm-2021-08-joint" else row),
        "sources.csv:1:id",
        r"“ausfm-2021-08-joint” is not known, and \d\d cells use it: stances.csv, lines ",
        "add its row, which may have been removed or renamed; or mend those cells",
    ),
    (
        cells("stances", "source_ids", lambda cell: cell.replace(";", ",")),
        "stances.csv:3:source_ids",
        r"“.*” and \d{3} more cells are no ids: .*; allowed: ids, and `;` between them where there may be several",
        "write them so",
    ),
    (
        toml('NATO = "', 'NAOT = "'),
        "tracker.toml:1:blocs",
        r"“NATO” is not in \[blocs\], and 32 actors bear it: actors.csv, lines .*; borne by none, though there: “NAOT”",
        "add it there, or mend its name there; or take it from those actors",
    ),
    (
        without_blocs,
        "tracker.toml:1:blocs",
        r"“ASEAN”, “BRICS”, .* \(14 in all\) are not in \[blocs\], and actors bear them: actors.csv, lines ",
        "restore them there",
    ),
    (
        cells("stances", "stance", lambda cell: STANCES[cell].label),
        "stances.csv:2:stance",
        r"“No public position found”, and likewise \d{3} more cells of this column, in lines 2, 3, 4, 5, 6, … ",
        "write codes as they stand in the list: none for “No public position found”",
    ),
    (
        cells("stances", "recognition_level", str.upper),
        "stances.csv:2:recognition_level",
        r"“NONE”, and likewise \d{3} more cells of this column",
        "write codes as they stand in the list: none for “NONE”",
    ),
    (
        cells("stances", "condition", lambda cell: ";".join(CONDITIONS[code].label for code in cell.split(";"))),
        "stances.csv:48:condition",
        r"“Inclusive government”, and likewise \d\d more cells of this column",
        "write codes as they stand in the list: inclusive_government for “Inclusive government”",
    ),
    (
        cells("levers", "lever", lambda cell: LEVERS[cell].label),
        "levers.csv:2:lever",
        r"“Financing”, and likewise \d{3} more cells",
        "write codes as they stand in the list: financing for “Financing”",
    ),
    (
        cells("funds", "status", str.title),
        "funds.csv:2:status",
        r"“Committed”, and likewise \d{3} more cells",
        "write codes as they stand in the list: committed for “Committed”",
    ),
    (
        cells("sources", "kind", str.title),
        "sources.csv:2:kind",
        r"“Press”, and likewise 1,\d{3} more cells",
        "write codes as they stand in the list: press for “Press”",
    ),
    (
        cells("stances", "date", in_words),
        "stances.csv:2:date",
        r"“the 15th, 2021-08” is not a date, and likewise \d{3} more cells of this column",
        "undo what changed them all, if one thing did; else write a day that exists",
    ),
    (
        cells("stances", "date", lambda cell: f"{int(cell[:4]) - 100}{cell[4:]}"),
        "stances.csv:2:id",
        r"“ADB-2021-08-15” and \d{3} more ids do not match their rows",
        "undo what changed `date`; rename nothing, because readers cite these ids",
    ),
    (
        cells("stances", "actor_id", lambda cell: cell.lower()),
        "stances.csv:2:id",
        r"“ADB-2021-08-15” and \d{3} more ids do not match their rows",
        "undo what changed `actor_id`; rename nothing, because readers cite these ids",
    ),
    (
        cells("levers", "id", str.lower),
        "levers.csv:2:id",
        r"“adb-financing-2021-08-15” and \d{3} more ids do not match their rows",
        "undo what changed the ids; rename nothing, because readers cite these ids",
    ),
    (
        cells("stances", "checked_on", lambda cell: ""),
        "stances.csv:2:checked_on",
        r"cell is blank, and likewise \d{3} more cells of this column",
        "undo what changed them all, if one thing did; else fill it in: When someone last verified",
    ),
    (
        twice("actors"),
        "actors.csv:224:actor_id",
        "“AFG” stands already in line 2, and likewise 221 more cells of this column",
        "remove the rows that were put in twice; a row that is another one gets an id of its own",
    ),
    (
        each("stances", lambda row: None),
        "recodings.csv:2:row_id",
        r"“.*” is not known, and likewise \d{3} more cells of this column",
        "restore those rows; or log that they were dropped, each with its reason",
    ),
    (
        headless,
        "stances.csv:1:id",
        "every column is missing: the first line is “ADB-2021-08-15,ADB,",
        "put the header row back above the first row",
    ),
]  # fmt: skip


@pytest.fixture
def many(shipped: Record, tmp_path: Path) -> Path:
    """A copy of the shipped record."""
    return Path(shutil.copytree(shipped.folder, tmp_path / "many"))


@pytest.mark.parametrize(("broken", "place", "found", "remedy"), ONE)
def test_one_cause_is_one_problem(many: Path, broken: Break, place: str, found: str, remedy: str) -> None:
    broken(many)
    (told,) = problems(many).splitlines()
    assert told.startswith(f"{place}: ")
    assert re.search(found, told)
    assert f"; {remedy}" in told
    assert len(told) < 1_000


def test_tables_that_were_exchanged_are_named(many: Path) -> None:
    stances, levers = (many / "stances.csv").read_bytes(), (many / "levers.csv").read_bytes()
    (many / "stances.csv").write_bytes(levers)
    (many / "levers.csv").write_bytes(stances)
    first, second = problems(many).splitlines()
    assert first.startswith("levers.csv:1:-: the file has the columns of stances.csv; allowed: id, actor_id, lever")
    assert second.startswith("stances.csv:1:-: the file has the columns of levers.csv; allowed: id, actor_id, date")


def test_two_causes_are_two_problems(many: Path) -> None:
    cells("stances", "stance", str.upper)(many)
    cells("stances", "recognition_level", str.upper)(many)
    toml("start = 2021-08-15", "start = 2025-08-15")(many)
    cells("levers", "direction", str.upper)(many)
    told = problems(many).splitlines()
    assert [line.split(": ")[0] for line in told] == [
        "levers.csv:2:direction",
        "stances.csv:2:recognition_level",
        "stances.csv:2:stance",
    ]
    cells("stances", "stance", str.lower)(many)
    cells("stances", "recognition_level", str.lower)(many)
    assert [line.split(": ")[0] for line in problems(many).splitlines()] == [
        "levers.csv:2:direction",
        "tracker.toml:1:start",
    ]


def test_a_few_wrong_cells_are_told_one_by_one(many: Path) -> None:
    lines = iter(range(1_000))
    cells("stances", "stance", lambda cell: "friendly" if next(lines) < 4 else cell)(many)
    told = problems(many).splitlines()
    assert [line.split(":")[1] for line in told] == ["2", "3", "4", "5"]
    assert all("“friendly”" in line for line in told)


def test_another_form_of_one_row_does_not_rename_its_id(folder: Path) -> None:
    edit(folder / "stances.csv", "AAA-2020-03,AAA,2020-03", "AAA-2020-03,AAA,2020-04")
    assert problems(folder).endswith("log a new date in recodings.csv; another id only for a row that is new")
