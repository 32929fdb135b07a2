"""How a stance is chosen: what the check refuses, what the log of recodings must say, and what is left to a coder."""

import csv
from pathlib import Path

import pytest

from components.curate import doubts
from components.record.on_day import stance_history
from components.record.reading import read
from components.record.schema import STANCES
from tests.folders import problems

Row = tuple[str, str, str, str, str, str]  # date, act, stance, level, envoy received, envoy sent
FIRST: Row = ("2020-01-10", "statement", "opposed", "none", "", "")
LOGGED = ["id", "row_id", "date", "change", "column", "old", "new", "why"]


def judged(folder: Path, *rows: Row, confidence: str = "medium", cited: str = "press-1") -> Path:
    """The folder with these rows of one actor and no others."""
    path = folder / "stances.csv"
    header = STANCES.column_names
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for date, *codes in rows:
            told = ["A sentence.", "", cited, confidence, "2020-12-01", "2020-12-01", "world"]
            writer.writerow([f"AAA-{date}", "AAA", date, *codes, *told])
    return folder


def logged(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    """The folder with a log: row_id, column, old and new of each entry."""
    with (folder / "recodings.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LOGGED)
        for number, (row_id, column, old, new) in enumerate(rows):
            writer.writerow([f"r{number}", row_id, "2020-12-05", "recode", column, old, new, "The rule changed."])
    return folder


def test_engaging_needs_contact(folder: Path) -> None:
    found = problems(judged(folder, ("2020-01-10", "review", "engaging", "none", "", "")))
    assert "stances.csv:2:stance: “engaging” without contact; allowed: engaging from level contact up" in found


@pytest.mark.parametrize("act", ["visit", "talks", "agreement"])
@pytest.mark.parametrize("held", ["opposed", "supportive"])
def test_no_talking_ends_what_stands(folder: Path, act: str, held: str) -> None:
    first = ("2020-01-10", "statement", held, "contact", "", "")
    found = problems(judged(folder, first, ("2020-03", act, "engaging", "contact", "", "")))
    assert f"stances.csv:3:stance: “engaging” by {act} alone, after {held} in “AAA-2020-01-10”" in found


@pytest.mark.parametrize(
    "second",
    [
        ("2020-03", "statement", "engaging", "contact", "", ""),
        ("2020-03", "visit", "engaging", "presence", "", ""),
        ("2020-03", "talks", "opposed", "contact", "", ""),
    ],
)
def test_words_deeds_and_what_goes_on_pass(folder: Path, second: Row) -> None:
    assert len(read(judged(folder, ("2020-01-10", "statement", "opposed", "contact", "", ""), second)).stances) == 2


def test_an_envoy_of_that_rank_makes_the_level_and_the_stance(folder: Path) -> None:
    none = problems(judged(folder, ("2020-01-10", "ambassador", "supportive", "ambassador", "charge", "none")))
    assert "recognition_level: “ambassador” without an envoy of that rank" in none
    accepted = problems(judged(folder, ("2020-01-10", "ambassador", "engaging", "ambassador", "ambassador", "")))
    assert "stance: “engaging” where an envoy at ambassador rank was accepted; allowed: supportive" in accepted
    low = problems(judged(folder, ("2020-01-10", "charge", "engaging", "presence", "staff", "")))
    assert "envoy_received: “staff”; allowed: a level from charge up" in low
    sent = judged(folder, ("2020-01-10", "ambassador", "engaging", "ambassador", "none", "ambassador"))
    assert read(sent).stances["envoy_sent"].tolist() == ["ambassador"]


def test_a_record_that_tells_no_envoys_may_have_ambassadors(folder: Path) -> None:
    assert len(read(judged(folder, ("2020-01-10", "ambassador", "supportive", "ambassador", "", ""))).stances) == 1


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        ("The Other Paper,", False),
        ("The Paper,", True),
        ("The Other Paper,The Paper", True),
        ("The Other Paper,A Mirror", False),
    ],
)
def test_two_links_to_one_newsroom_are_one_source(folder: Path, second: str, refused: bool) -> None:
    (folder / "sources.csv").write_text(
        "id,title,publisher,via,date,url,archive_url,kind,language\n"
        "press-1,A report,The Paper,A Mirror,2020-01-11,https://paper.example/1,,press,en\n"
        f"press-2,Another report,{second},,https://other.example/2,,press,en\n"
        "gov-1,A release,Government of Alphaland,,2020-06-01,https://gov.example/r,,official,en\n",
        "utf-8",
    )
    judged(folder, FIRST, confidence="high", cited="press-1;press-2")
    if refused:
        assert "stances.csv:2:confidence: “high” on links to one newsroom that is not official" in problems(folder)
    else:
        assert read(folder).sources.at["press-1", "via"] == "A Mirror"


def test_an_id_keeps_the_day_that_it_was_made_with(folder: Path) -> None:
    judged(folder, FIRST)
    text = (folder / "stances.csv").read_text("utf-8").replace("AAA,2020-01-10", "AAA,2020-01-09")
    (folder / "stances.csv").write_text(text, "utf-8")
    assert "stances.csv:2:id: “AAA-2020-01-10”; allowed: AAA-2020-01-09, or with one letter" in problems(folder)
    assert len(read(logged(folder, ("AAA-2020-01-10", "date", "2020-01-10", "2020-01-09"))).recodings) == 1


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (("nowhere", "stance", "none", "opposed"), r"row_id: “nowhere” is not known; allowed: an id that stands in"),
        (("AAA-2020-01-10", "colour", "red", "blue"), "column: “colour”; allowed: id, actor_id"),
        (("AAA-2020-01-10", "stance", "none", "engaging"), "new: “engaging” is the log’s last word"),
        (("AAA-2020-01-10", "stance", "opposed", "opposed"), "new: “opposed” as before"),
        (("AAA-2020-01-10", "", "A row.", ""), "column: “AAA-2020-01-10” has not been dropped"),
    ],
)
def test_the_log_tells_what_stands(folder: Path, entry: tuple[str, str, str, str], message: str) -> None:
    assert message in problems(logged(judged(folder, FIRST), entry))


def test_the_last_of_several_entries_counts_and_a_dropped_row_may_be_told(folder: Path) -> None:
    judged(folder, FIRST)
    cell = ("AAA-2020-01-10", "stance")
    logged(folder, (*cell, "none", "engaging"), (*cell, "engaging", "opposed"), ("AAA-2020-02", "", "A row.", ""))
    assert len(read(folder).recodings) == 3


def test_rates_are_of_a_currency_and_a_period(folder: Path) -> None:
    rates = folder / "rates.csv"
    rates.write_text("currency,date,usd,source_id\nEUR,2020,1.1422,gov-1\nJPY,2020-03,0.0093,gov-1\n", "utf-8")
    found = read(folder).rates
    assert found["id"].tolist() == ["EUR-2020", "JPY-2020-03"] and found["usd"].tolist() == [1.1422, 0.0093]
    rates.write_text(
        "id,currency,date,usd,source_id\nEUR-2020,EUR,2020,0.0,gov-1\nE,euro,2020-01-01,1.1.4,nobody\n", "utf-8"
    )
    found_out = problems(folder)
    for message in (
        "rates.csv:2:usd: “0.0”; allowed: more than zero",
        "rates.csv:3:id: “E”; allowed: euro-2020-01-01",
        "rates.csv:3:currency: “euro”; allowed: an ISO 4217 code such as EUR",
        "rates.csv:3:date: “2020-01-01”; allowed: a year or a month",
        "rates.csv:3:usd: “1.1.4” is not a number",
        "rates.csv:3:source_id: “nobody” is not known",
    ):
        assert message in found_out


def test_a_stance_rests_on_a_joint_text_until_words_of_its_own(folder: Path) -> None:
    joint = ("2020-01-10", "joint_statement", "opposed", "none", "", "")
    met = ("2020-02", "talks", "opposed", "contact", "", "")
    said = ("2020-03", "statement", "opposed", "contact", "", "")
    again = ("2020-04", "joint_statement", "opposed", "contact", "", "")
    found = stance_history(read(judged(folder, joint, met, said, again)))
    assert found["joint_only"].tolist() == [True, True, False, False]


def test_what_a_coder_must_judge_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [FIRST, ("2020-03", "statement", "engaging", "presence", "", "none")]
    assert doubts.main([str(judged(folder, *rows))]) == 0
    told = capsys.readouterr().out.splitlines()
    place = told.index("Did this end the refusal before it: 1 row")
    assert told[place + 1] == "  AAA-2020-03 statement, engaging, medium: A sentence."
    assert "Which envoys are there: 1 row" in told and "Was this a break that ends support: 0 rows" in told
    (folder / "stances.csv").unlink()
    assert doubts.main([str(folder)]) == 1
