"""The tracker: what is particular to a subject, and a message for each value that would break a page."""

import re
from pathlib import Path

import pytest

from components.record.model import InvalidData
from components.record.reading import read
from components.summaries.currency import currency_of
from tests.folders import edit, problems

TRACKER = [
    ('title = "Small Tracker"', "", r"tracker.toml:1:title: missing; allowed: text"),
    ("start = 2020-01-01", 'start = "soon"', r"start: “soon”; allowed: a day, YYYY-MM-DD"),
    ("data_until = 2020-12-31", "data_until = 2019-12-31", r"data_until: “2019-12-31”; allowed: 2020-01-01 or later"),
    ('subject = "SUB"', 'subject = "NOB"', r"subject: “NOB” is not known"),
    ('joint = ["ALL"]', 'joint = ["NOB"]', r"joint: “NOB” is not known"),
    ('joint = ["ALL"]', 'joint = "ALL"', r"joint: “ALL”; allowed: a list of texts"),
    ('opposed = "Against."', 'hostile = "Against."', r"stances: .*; allowed: supportive, engaging, opposed, none"),
    ("[blocs]", "[gangs]", r"“gangs”: unknown key"),
    ('question = "', 'question = ', r"tracker.toml:2:-: cannot be read as TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "message"), TRACKER)
def test_a_broken_tracker_is_named(folder: Path, before: str, after: str, message: str) -> None:
    edit(folder / "tracker.toml", before, after)
    assert re.search(message, problems(folder))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x = " + "9" * 5_000, "cannot be read as TOML"),
        ("x = " + "[" * 5_000, "cannot be read as TOML"),
        ('repository = "javascript:alert(1)"', "allowed: http:// or https:// and a host"),
        ('repository = "https://a.example/> [x](javascript:alert(1))"', "allowed: http:// or https:// and a host"),
        ('title = "a\\u202eb"', r"hidden character U+202E in “a\u202eb”"),
        ('title = "' + "x" * 2_001 + '"', "2,001 characters; allowed: at most 2,000"),
        ("start = 0001-01-01", "start: “0001-01-01”"),
        ("data_until = 9999-12-31", "data_until: “9999-12-31”"),
        ('joint = ["ALL", "\\u200b"]', "hidden character U+200B"),
        ("joint = -1", "joint: “-1”; allowed: a list of texts"),
    ],
)
def test_a_value_of_the_tracker_that_would_break_a_page_is_named(folder: Path, line: str, message: str) -> None:
    name = line.split(" = ", maxsplit=1)[0]
    path = folder / "tracker.toml"
    kept = [text for text in path.read_text("utf-8").splitlines() if not text.startswith(f"{name} =")]
    path.write_text("\n".join([line, *kept]), "utf-8")
    assert message in problems(folder)


@pytest.mark.parametrize("bloc", ["", " CLUB", "A;B", "=A", "A\\u202e"])
def test_a_bloc_that_no_cell_could_hold_is_named(folder: Path, bloc: str) -> None:
    edit(folder / "tracker.toml", "[blocs]", f'[blocs]\n"{bloc}" = "Members"')
    assert "tracker.toml:1:" in problems(folder)


@pytest.mark.parametrize("population", ['{people = 1, year = 2020, source_id = ["gov-1"]}', "{people = 1}", "[1]"])
def test_a_population_of_another_form_is_named(folder: Path, population: str) -> None:
    edit(folder / "tracker.toml", "joint", f"population = {population}\njoint")
    assert "tracker.toml:1:population" in problems(folder)


def test_blocs_that_are_not_there_are_said_to_be_none(folder: Path) -> None:
    path = folder / "tracker.toml"
    path.write_text(path.read_text("utf-8").replace('CLUB = "Members of the club"', ""), "utf-8")
    assert "actors.csv:3:blocs: “CLUB”; allowed: none;" in problems(folder)


@pytest.mark.parametrize("value", ['"euro"', '""', '"eur"', "1", '["EUR"]', '"EUR\\n"'])
def test_a_currency_of_another_form_is_named(folder: Path, value: str) -> None:
    with pytest.raises(InvalidData) as found:
        read(with_currency(folder, value))
    named = [(problem.column, problem.allowed) for problem in found.value.problems]
    assert ("currency", "an ISO 4217 code such as EUR") in named


def test_a_currency_is_read(folder: Path) -> None:
    assert currency_of(read(with_currency(folder, '"EUR"'))) == "EUR"


def with_currency(folder: Path, value: str) -> Path:
    path = folder / "tracker.toml"
    path.write_text(f"currency = {value}\n{path.read_text('utf-8')}", "utf-8")
    return folder
