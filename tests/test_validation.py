"""Each rule of the check: break one thing in a valid record and read the message."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from components.record.check import Problem
from components.record.model import InvalidData
from components.record.reading import read
from tests.conftest import ROOT, Change

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
    ("funds", "AAA-pledged-2020-07-01b", "amount", "1,000", r"is not a number"),
]

NUMBERS = [
    ("1,5", r"“1,5” is not a number; allowed: digits, at most 15, no point and no sign; write it in whole units"),
    ("1 000", r"“1 000” is not a number"),
    ("1.000,50", r"“1.000,50” is not a number"),
    (".5", r"“.5” is not a number"),
    ("700.000", r"“700.000” is not in whole units; .*; write 700000 if that was meant, with a dot that groups digits"),
    ("1.234.567", r"“1.234.567” is not in whole units; .*; write 1234567 if that was meant"),
    ("700.5", r"“700.5” is not in whole units; .* no sign; round it"),
    ("1000.00", r"“1000.00” is not in whole units; .* no sign; round it"),
    ("0.900", r"“0.900” is not in whole units; .* no sign; round it"),
    ("999.999.999.999.999.999", r"is not in whole units; .* no sign; round it"),
]

NAMES = [
    ("name", "Alphaland", r"actors.csv:4:name: “Alphaland” is the name of AAA in line 3 too; allowed: a name that no"),
    ("name", "ALPHA LAND", r"actors.csv:4:name: “ALPHA LAND” is the name of AAA in line 3 too"),
    ("name", "Alpha", r"actors.csv:3:aliases: “Alpha” is the name of BBB in line 4; .*; remove it, or rename"),
    ("name", "land of\u00a0a", r"actors.csv:3:aliases: “Land of A” is the name of BBB in line 4"),
    ("aliases", "Beta;alphaland", r"actors.csv:4:aliases: “alphaland” is the name of AAA in line 3"),
    ("aliases", "The bank", r"actors.csv:4:aliases: “The bank” is the name of BNK in line 6"),
]

ROWS = [
    ("stances", "AAA-2020-03", "id", "AAA-2020-04", r"id: “AAA-2020-04”; allowed: AAA-2020-03, or with one letter"),
    ("stances", "AAA-2020-06-01b", "id", "AAA-2020-06-01bb", r"allowed: AAA-2020-06-01, or with one letter b–z"),
    ("stances", "BBB-2020-02-01", "actor_id", "SUB", r"actor_id: “SUB” is the subject"),
    ("stances", "AAA-2020-03", "date", "2019-03", r"date: “2019-03” is before the record begins"),
    ("stances", "AAA-2020-03", "date", "2021-03", r"date: “2021-03” is after `data_until`"),
    ("stances", "AAA-2020-03", "coded_on", "2020-02-01", r"coded_on: “2020-02-01” does not come on or after `date`"),
    ("stances", "AAA-2020-03", "checked_on", "2020-03-15", r"checked_on: .* does not come on or after `coded_on`"),
    (
        "stances",
        "AAA-2020-06-01b",
        "stance",
        "engaging",
        r"stance: “engaging”; allowed: supportive, at level recognition",
    ),
    ("stances", "AAA-2020-06-01", "recognition_level", "ambassador", r"allowed: recognition, after act recognition"),
    (
        "stances",
        "AAA-2020-06-01b",
        "act",
        "withdrawal",
        r"“recognition”; allowed: any lower level, after act withdrawal",
    ),
    ("stances", "BBB-2020-02-01", "condition", "never", r"condition: “never”; allowed: blank where no position"),
    ("stances", "BBB-2020-02-01", "confidence", "high", r"confidence: “high” on one source that is not official"),
    ("levers", "AAA-aid-2020-01-10", "confidence", "high", r"levers.csv:2:confidence: “high” on one source"),
    ("levers", "AAA-aid-2020-01-10", "until", "2020-01-10", r"until: “2020-01-10” does not come after `from`"),
    ("levers", "AAA-aid-2020-06-01", "checked_on", "2020-05-01", r"checked_on: .* does not come on or after `from`"),
    ("levers", "AAA-aid-2020-01-10", "lever", "veto", r"id: .*; allowed: AAA-veto-2020-01-10"),
    ("levers", "AAA-aid-2020-06-01", "actor_id", "SUB", r"levers.csv:3:actor_id: “SUB” is the subject"),
    ("levers", "AAA-aid-2020-06-01", "from", "2021-06-01", r"from: “2021-06-01” is after `data_until`"),
]

FUNDS = [
    ("ALL-pledged-2020-07-01", "until", "2020-08-01", r"until: “2020-08-01”; allowed: blank for a flow or a plan"),
    ("AAA-suspended-2020-01-10", "until", "2020-01-09", r"until: .* does not come after `date`"),
    ("BNK-frozen-2020-01-01", "high_usd", "", r"funds.csv:2:high_usd: half of a range"),
    ("BNK-frozen-2020-01-01", "low_usd", "", r"funds.csv:2:low_usd: half of a range"),
    ("BNK-frozen-2020-01-01", "low_usd", "950", r"low_usd: range 950 to 1000 does not hold 900"),
    ("AAA-suspended-2020-01-10", "amount", "", r"amount: no figure at all"),
    ("AAA-suspended-2020-01-10", "currency", "", r"currency: amount and currency do not go together"),
    ("AAA-suspended-2020-01-10", "currency", "euro", r"currency: “euro”; allowed: an ISO 4217 code"),
    ("BNK-in_trust-2020-03-01", "amount_usd", "401", r"amount_usd: “401”; allowed: 400, as in amount"),
    ("BBB-pledged-2020-07-02", "part_of", "ALL-required-2020-01-15", r"part_of: a flow inside a plan"),
    ("ALL-pledged-2020-07-01", "part_of", "AAA-pledged-2020-07-01", r"part_of: the row is inside itself"),
    ("ALL-pledged-2020-07-01", "part_of", "nowhere", r"part_of: “nowhere” is not known"),
    ("BNK-in_trust-2020-03-01", "supersedes", "BNK-in_trust-2020-05-01", r"supersedes: reads .*, which is later"),
    ("BNK-in_trust-2020-05-01", "supersedes", "BNK-frozen-2020-01-01", r"supersedes: a reading of status “frozen”"),
    ("BNK-frozen-2020-01-01", "supersedes", "BNK-frozen-2020-01-01", r"supersedes: the row supersedes itself"),
    ("AAA-pledged-2020-07-01", "amount_usd", "600", r"its parts come to 600, more than its own 500"),
]

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

FILES = [
    ("stances", "act,stance", "act", r"stances.csv:1:stance: column is missing; allowed: id, actor_id"),
    ("stances", "act,stance", "act,mood,stance", r"stances.csv:1:“mood”: unknown column"),
    ("stances", "act,stance", "act,act", r"stances.csv:1:act: column stands twice"),
    ("levers", ",press-1,medium", ",press-1", r"levers.csv:2:-: 9 cells; allowed: 10, as in the header"),
    ("levers", "Aid was stopped.", '"Aid was" stopped.', r"levers.csv:2:-: cannot be read as CSV"),
    ("levers", "Aid was stopped.", "Aid\0was stopped.", r"levers.csv:2:"),
]

# Two ways to write one name: composed and decomposed letters, apostrophes, and signs of the full width.
SAME = [
    ("Côte d'Ivoire", "Co\u0302te d’Ivoire"),
    ("Türkiye", "TU\u0308RKIYE"),
    ("Ｂｅｔａ", "Beta"),
    ("Großland", "GROSSLAND"),
]


def problems(folder: Path) -> str:
    with pytest.raises(InvalidData) as caught:
        read(folder)
    assert all(isinstance(problem, Problem) for problem in caught.value.problems)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(("table", "key", "column", "value", "message"), CELLS + ROWS)
def test_a_broken_cell_is_named(change: Change, table: str, key: str, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change(table, key, column, value)))


@pytest.mark.parametrize("column", ["amount", "amount_usd", "low_usd", "high_usd"])
@pytest.mark.parametrize(("value", "message"), NUMBERS)
def test_what_is_not_in_whole_units_is_named(change: Change, column: str, value: str, message: str) -> None:
    found = problems(change("funds", "BNK-frozen-2020-01-01", column, value)).splitlines()
    assert any(re.match(rf"funds.csv:2:{column}: ", line) and re.search(message, line) for line in found)


@pytest.mark.parametrize(("column", "value", "message"), NAMES)
def test_a_name_of_two_actors_is_named(change: Change, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change("actors", "BBB", column, value)))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_written_in_two_ways_is_one_name(change: Change, one: str, other: str) -> None:
    change("actors", "AAA", "name", one)
    found = problems(change("actors", "BBB", "name", other))
    assert f"actors.csv:4:name: “{other}” is the name of AAA in line 3 too" in found


def test_actors_may_share_an_alias_and_repeat_their_own_name(change: Change) -> None:
    change("actors", "BBB", "aliases", "Alpha;Beta land")
    assert list(read(change("actors", "CCC", "name", "Gamma")).actors["name"])[2:4] == ["Betaland", "Gamma"]


@pytest.mark.parametrize(("key", "column", "value", "message"), FUNDS)
def test_broken_money_is_named(change: Change, key: str, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change("funds", key, column, value)))


def test_one_reading_cannot_be_superseded_twice(change: Change) -> None:
    change("funds", "BNK-in_trust-2020-05-01", "supersedes", "")
    change("funds", "BNK-in_trust-2020-03-01", "supersedes", "BNK-in_trust-2020-03-01")
    found = problems(change("funds", "BNK-in_trust-2020-05-01", "supersedes", "BNK-in_trust-2020-03-01"))
    assert "has a later reading already" in found


@pytest.mark.parametrize(("before", "after", "message"), TRACKER)
def test_a_broken_tracker_is_named(folder: Path, before: str, after: str, message: str) -> None:
    edit(folder / "tracker.toml", before, after)
    assert re.search(message, problems(folder))


@pytest.mark.parametrize(("table", "before", "after", "message"), FILES)
def test_a_broken_file_is_named(folder: Path, table: str, before: str, after: str, message: str) -> None:
    edit(folder / f"{table}.csv", before, after)
    assert re.search(message, problems(folder))


def test_all_problems_come_at_once_and_in_order(change: Change) -> None:
    change("stances", "AAA-2020-03", "act", "war")
    change("levers", "AAA-aid-2020-01-10", "direction", "up")
    found = problems(change("stances", "AAA-2020-01-10", "stance", "cross")).splitlines()
    assert [line.split(": ")[0] for line in found] == [
        "levers.csv:2:direction",
        "stances.csv:2:stance",
        "stances.csv:3:act",
    ]


def test_lines_are_those_of_the_file_also_after_a_cell_of_two_lines(change: Change) -> None:
    change("stances", "AAA-2020-01-10", "summary", "two\nlines")
    found = problems(change("stances", "AAA-2020-03", "act", "war"))
    assert "stances.csv:4:act: “war”" in found


def test_the_command_prints_problems_and_exits_with_1(change: Change) -> None:
    done = run_check(change("stances", "AAA-2020-03", "act", "war"))
    assert done.returncode == 1
    assert done.stdout.startswith("stances.csv:3:act: “war”; allowed: ")
    assert "1 problem" in done.stderr


def test_the_command_says_nothing_of_warnings_while_there_are_problems(folder: Path) -> None:
    edit(folder / "stances.csv", ",talks,", ",war,")
    assert "warning" not in run_check(folder).stdout


def run_check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "components.validation", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
