"""What a cell may hold: break one in a valid record and read the message."""

import re

import pytest

from tests.conftest import Change
from tests.folders import problems

CELLS = [
    ("stances", "AAA-2020-03", "summary", "", r"stances.csv:3:summary: cell is blank; allowed: a value; fill it in"),
    ("stances", "AAA-2020-03", "summary", " Envoys met.", r"blanks around it"),
    ("stances", "AAA-2020-03", "summary", "=HYPERLINK(1)", r"begins like a formula"),
    ("stances", "AAA-2020-03", "summary", "-1+2", r"begins like a formula"),
    ("stances", "AAA-2020-03", "summary", "@SUM(1)", r"begins like a formula"),
    ("stances", "AAA-2020-03", "summary", "abc \u202e txt", r"hidden character U\+202E"),
    ("stances", "AAA-2020-03", "summary", "two\nlines", r"stances.csv:3:summary: hidden character U\+000A"),
    ("stances", "AAA-2020-03", "summary", "x" * 2001, r"2,001 characters; allowed: at most 2,000"),
    (
        "stances",
        "AAA-2020-03",
        "date",
        "2020-02-30",
        r"“2020-02-30” is not a date; allowed: YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    ("stances", "AAA-2020-03", "date", "03/2020", r"is not a date"),
    ("stances", "AAA-2020-03", "date", "٢٠٢٠", r"is not a date"),
    (
        "stances",
        "AAA-2020-03",
        "stance",
        "friendly",
        r"stances.csv:3:stance: “friendly”; allowed: supportive, engaging",
    ),
    ("stances", "AAA-2020-03", "act", "war", r"stances.csv:3:act: “war”; allowed: recognition, withdrawal"),
    ("stances", "AAA-2020-03", "condition", "money", r"condition: “money”; allowed: womens_rights"),
    ("stances", "AAA-2020-03", "condition", "never;never", r"“never” stands twice"),
    ("stances", "AAA-2020-03", "source_ids", "press-1;;press-2", r"an empty part between separators"),
    (
        "stances",
        "AAA-2020-03",
        "source_ids",
        "press-9",
        r"source_ids: “press-9” is not known; allowed: an id that stands",
    ),
    ("stances", "AAA-2020-03", "actor_id", "ZZZ", r"actor_id: “ZZZ” is not known"),
    ("actors", "AAA", "actor_id", "A A", r"actors.csv:3:actor_id: “A A”; allowed: letters, digits"),
    ("actors", "AAA", "blocs", "GANG", r"actors.csv:3:blocs: “GANG”; allowed: CLUB"),
    ("actors", "BBB", "actor_id", "AAA", r"actors.csv:4:actor_id: “AAA” stands already in line 3"),
    ("sources", "gov-1", "url", "javascript:alert(1)", r"sources.csv:4:url: .* is not a web address"),
    ("sources", "gov-1", "url", "https://gov.example/<b>", r"is not a web address"),
    ("sources", "gov-1", "url", "https://[bad", r"is not a web address"),
    ("sources", "gov-1", "archive_url", "gov.example", r"archive_url: .* is not a web address"),
    ("funds", "AAA-pledged-2020-07-01b", "amount", "1e3", r"amount: “1e3” is not a number; allowed: digits"),
    ("funds", "AAA-pledged-2020-07-01b", "amount", "1,000", r"is written as a spreadsheet writes"),
]

NUMBERS = [
    ("1,5", r"“1,5” is not a number; allowed: digits, at most 15, no point and no sign; write it in whole units"),
    ("1 000", r"“1 000” is written as a spreadsheet writes dates and numbers, in funds.csv; .* --fix-format"),
    ("1.000,50", r"“1.000,50” is not a number"),
    (".5", r"“.5” is not a number"),
    ("700.000", r"“700.000” is not in whole units; .*; write 700000 if that was meant, with a dot that groups digits"),
    ("1.234.567", r"“1.234.567” is not in whole units; .*; write 1234567 if that was meant"),
    ("700.5", r"“700.5” is not in whole units; .* no sign; round it"),
    ("1000.00", r"“1000.00” is written as a spreadsheet writes dates and numbers"),
    ("0.900", r"“0.900” is not in whole units; .* no sign; round it"),
    ("999.999.999.999.999.999", r"is not in whole units; .* no sign; round it"),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "message"), CELLS)
def test_a_broken_cell_is_named(change: Change, table: str, key: str, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change(table, key, column, value)))


@pytest.mark.parametrize("column", ["amount", "amount_usd", "low_usd", "high_usd"])
@pytest.mark.parametrize(("value", "message"), NUMBERS)
def test_what_is_not_in_whole_units_is_named(change: Change, column: str, value: str, message: str) -> None:
    found = problems(change("funds", "BNK-frozen-2020-01-01", column, value)).splitlines()
    assert any(re.match(rf"funds.csv:2:{column}: ", line) and re.search(message, line) for line in found)


def test_lines_are_those_of_the_file_also_after_a_cell_of_two_lines(change: Change) -> None:
    change("stances", "AAA-2020-01-10", "summary", "two\nlines")
    found = problems(change("stances", "AAA-2020-03", "act", "war"))
    assert "stances.csv:4:act: “war”" in found


@pytest.mark.parametrize("number", ["9" * 16, "9" * 400, "0." + "0" * 10])
def test_a_number_beyond_counting_is_named(change: Change, number: str) -> None:
    assert "digits, at most 15," in problems(change("funds", "BNK-frozen-2020-01-01", "high_usd", number))


@pytest.mark.parametrize("date", ["0001-01-01", "1677", "9999-12-31", "9999"])
def test_a_date_beyond_the_calendar_of_a_page_is_named(change: Change, date: str) -> None:
    assert "from 1800 to 2199" in problems(change("levers", "BNK-reserves-2019", "from", date))


def test_signs_that_break_a_line_are_hidden_ones(change: Change) -> None:
    found = problems(change("stances", "AAA-2020-03", "summary", "two\u2028lines"))
    assert r"hidden character U+2028 in “two\u2028lines”" in found


def test_a_message_shows_no_hidden_sign_and_has_an_end(change: Change) -> None:
    change("actors", "AAA", "actor_id", "x" * 1_500 + "\u202e")
    found = problems(change("stances", "AAA-2020-03", "actor_id", "y" * 1_500 + "\u202e"))
    assert "\u202e" not in found
    assert max(map(len, found.splitlines())) < 400


def test_a_list_of_many_parts_is_refused_at_once(change: Change) -> None:
    found = problems(change("stances", "AAA-2020-03", "source_ids", "press-1" + ";press-1" * 10_000))
    assert found == "stances.csv:3:source_ids: 80,007 characters; allowed: at most 2,000; shorten it"
