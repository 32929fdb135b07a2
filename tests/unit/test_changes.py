"""What changed between two days, our corrections apart, and what countries say it would take."""

import csv
import datetime as dt
import io

import pandas as pd
import pytest

from components.record.model import Record
from components.record.reading import read
from components.summaries import changes, changes_text, conditions, moves
from components.summaries.tables import as_csv
from tests.conftest import Change

BEFORE, END = dt.date(2019, 12, 31), dt.date(2020, 12, 31)
FEBRUARY, JUNE = dt.date(2020, 2, 1), dt.date(2020, 6, 1)


def said(frame: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    return list(frame[["date_text", "name", "kind", "what"]].itertuples(index=False, name=None))


def test_a_span_lists_every_kind_newest_first_without_its_first_day(small: Record) -> None:
    frame = changes.changes_between(small, FEBRUARY, JUNE)
    assert said(frame) == [
        (
            "2020-06-01",
            "Alphaland",
            "Recognition",
            "Recognition: ◐ Engaging → ● Supportive, level contact → recognition",
        ),
        ("2020-06-01", "Alphaland", "Act", "Statement: still ● Supportive, level recognition"),
        ("2020-06-01", "Alphaland", "Lever", "Began: □ Aid, incentive"),
        ("2020-06-01", "Alphaland", "Lever", "Ended: ■ Aid, pressure"),
        ("2020-05-01", "The Bank", "Money", "$420 in trust, part of a larger sum, new reading"),
        ("2020-03", "Alphaland", "Stance", "Talks: ○ Opposed → ◐ Engaging, level no contact → contact"),
        ("2020-03-01", "The Bank", "Money", "$400 in trust, part of a larger sum, since replaced by another reading"),
    ]
    assert list(frame.columns) == changes.COLUMNS
    assert set(frame["kind"]) == set(changes.KINDS) - {"Rank"}
    assert set(frame["change"]) == {"world"}
    assert frame.loc[5, ["actor_id", "summary", "row_id", "source_ids"]].tolist() == [
        "AAA", "Envoys met.", "AAA-2020-03", ("press-1", "press-2"),
    ]  # fmt: skip


def test_to_be_coded_first_comes_from_not_coded(small: Record) -> None:
    frame = changes.changes_between(small, BEFORE, FEBRUARY)
    stances = frame[frame["kind"] == "Stance"]
    assert said(stances) == [
        ("2020-02-01", "Betaland", "Stance", "Review: · Not coded → – No public position found, level no contact"),
        ("2020-01-10", "Alphaland", "Stance", "Statement: · Not coded → ○ Opposed, level no contact"),
    ]


def test_money_is_named_with_its_figure_and_plans_are_left_out(small: Record) -> None:
    frame = changes.changes_between(small, BEFORE, END)
    money = frame[frame["kind"] == "Money"].set_index("row_id")["what"]
    assert money["BNK-frozen-2020-01-01"] == "$800–1,000 frozen"
    assert money["BBB-pledged-2020-07-02"] == "€7 (no dollar figure) pledged"
    assert "ALL-required-2020-01-15" not in money
    assert len(money) == len(small.funds) - 1


def test_a_reading_is_replaced_only_once_another_is_known(small: Record) -> None:
    april = changes.changes_between(small, FEBRUARY, dt.date(2020, 4, 1)).set_index("row_id")["what"]
    assert april["BNK-in_trust-2020-03-01"] == "$400 in trust, part of a larger sum"


def test_only_the_actors_asked_for(small: Record) -> None:
    assert set(changes.changes_between(small, BEFORE, END, {"BBB"})["actor_id"]) == {"BBB"}
    assert changes.changes_between(small, BEFORE, END, frozenset()).empty


@pytest.mark.parametrize(("since", "until"), [(END, BEFORE), (JUNE, JUNE), (END, dt.date.max)])
def test_an_empty_span_keeps_its_columns(small: Record, since: dt.date, until: dt.date) -> None:
    frame = changes.changes_between(small, since, until)
    assert frame.empty
    assert list(frame.columns) == changes.COLUMNS
    assert changes_text.as_markdown(frame, small) == ""
    assert changes.corrections_between(small, since, until).empty


def test_a_rank_of_envoys_is_a_kind_of_its_own(change: Change) -> None:
    for row in ("AAA-2020-06-01", "AAA-2020-06-01b"):
        change("stances", row, "act", "charge")
        change("stances", row, "stance", "engaging")
        folder = change("stances", row, "recognition_level", "charge")
    frame = changes.changes_between(read(folder), dt.date(2020, 3, 1), JUNE).set_index("row_id")
    assert frame.loc["AAA-2020-06-01", ["kind", "what"]].tolist() == [
        "Rank",
        "Chargé: ◐ Engaging, level contact → envoy accepted",
    ]
    assert frame.at["AAA-2020-06-01b", "kind"] == "Act"


def test_the_headline_counts_countries_once(small: Record) -> None:
    assert moves.headline(small, BEFORE, END) == (
        "Alphaland recognised the council; Betaland was coded for the first time"
    )
    assert moves.others(small, BEFORE, END) == "2 levers began, 1 ended."
    assert moves.headline(small, FEBRUARY, JUNE, {"BBB"}) == "No country changed its stance"
    assert moves.headline(small, END, dt.date(2021, 1, 1)) == "No country changed its stance"
    assert moves.others(small, END, dt.date(2021, 1, 1)) == ""


@pytest.mark.parametrize(("stance", "told"), [("none", "fell back to no position"), ("opposed", "moved and came back")])
def test_the_headline_says_which_way(change: Change, stance: str, told: str) -> None:
    """From opposed by way of engaging: where no position was found none is nearer; opposed again is there and back."""
    for row in ("AAA-2020-06-01", "AAA-2020-06-01b"):
        change("stances", row, "act", "statement")
        change("stances", row, "recognition_level", "none")
        folder = change("stances", row, "stance", stance)
    assert moves.headline(read(folder), BEFORE, END).startswith(f"Alphaland {told}")


def test_a_move_away_is_said(change: Change) -> None:
    for row in ("AAA-2020-06-01", "AAA-2020-06-01b"):
        change("stances", row, "act", "statement")
        change("stances", row, "recognition_level", "none")
        folder = change("stances", row, "stance", "opposed")
    since = dt.date(2020, 3, 1)
    assert moves.headline(read(folder), since, END) == "Alphaland moved away from recognition"


@pytest.fixture
def corrected(change: Change) -> Record:
    """The record in which the recognition of 1 June turned out to be a mission only."""
    change("stances", "AAA-2020-06-01b", "act", "mission_opened")
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    change("stances", "AAA-2020-06-01b", "recognition_level", "presence")
    change("stances", "AAA-2020-06-01b", "coded_on", "2021-02-03")
    change("stances", "AAA-2020-06-01b", "checked_on", "2021-02-03")
    return read(change("stances", "AAA-2020-06-01b", "change", "correction"))


def test_corrections_come_apart_by_the_day_of_coding(corrected: Record) -> None:
    frame = changes.corrections_between(corrected, dt.date(2021, 2, 2), dt.date(2021, 2, 3))
    words = "● Supportive → ◐ Engaging, level recognition → presence, from 1 June 2020 on"
    assert said(frame) == [("2021-02-03", "Alphaland", "Correction", words)]
    assert list(frame.columns) == changes.COLUMNS
    assert list(frame["change"]) == ["correction"]
    assert changes.corrections_between(corrected, dt.date.min, dt.date(2021, 2, 2)).empty
    assert changes.corrections_between(corrected, dt.date.min, dt.date.max, {"BBB"}).empty


def test_our_mistake_does_not_count_as_a_change_of_the_world(corrected: Record) -> None:
    frame = changes.changes_between(corrected, dt.date(2020, 5, 31), JUNE)
    stances = frame[frame["kind"] == "Stance"].set_index("row_id")["what"]
    assert stances.to_dict() == {"AAA-2020-06-01": "Recognition: ◐ Engaging, level contact → presence, since corrected"}
    assert "No country changed its stance" in moves.headline(corrected, dt.date(2020, 5, 31), JUNE)


def test_the_markdown_list_links_its_sources(small: Record) -> None:
    frame = changes.changes_between(small, dt.date(2020, 2, 28), dt.date(2020, 3, 1), {"AAA"})
    assert changes_text.as_markdown(frame, small) == (
        "- March 2020, **Alphaland**, stance: Talks: ○ Opposed → ◐ Engaging, level no contact → contact. Envoys met. "
        "([The Paper, 11 January 2020](<https://paper.example/1>); [The Other Paper](<https://other.example/2>); "
        "row AAA-2020-03)"
    )


def test_no_cell_becomes_markup(change: Change) -> None:
    hostile = "<b>x</b> [a](javascript:alert(1)) **b** `c` $d$ ~~e~~ &lt; https://f.example www.g.example"
    escaped = (
        r"\<b\>x\</b\> \[a\](javascript\:alert(1)) \*\*b\*\* \`c\` \$d\$ \~\~e\~\~ \&lt; "
        r"https\://f.example www\.g.example"
    )
    change("stances", "AAA-2020-03", "summary", hostile)
    change("sources", "press-1", "publisher", "](<x>) [y")
    record = read(change("actors", "AAA", "name", "*_Alpha_*"))
    line = changes_text.as_markdown(
        changes.changes_between(record, dt.date(2020, 2, 28), dt.date(2020, 3, 1), {"AAA"}), record
    )
    assert r"**\*\_Alpha\_\***" in line
    assert escaped in line
    assert r"[\](\<x\>) \[y, 11 January 2020](<https://paper.example/1>)" in line


def test_changes_leave_as_csv(small: Record) -> None:
    frame = changes.changes_between(small, FEBRUARY, JUNE)
    rows = list(csv.DictReader(io.StringIO(as_csv(changes_text.as_text(frame)).decode())))
    assert len(rows) == len(frame)
    assert rows[-2] == {
        "date": "2020-03", "actor_id": "AAA", "name": "Alphaland", "kind": "Stance", "act": "talks",
        "what": "Talks: ○ Opposed → ◐ Engaging, level no contact → contact", "summary": "Envoys met.",
        "row_id": "AAA-2020-03", "source_ids": "press-1;press-2", "confidence": "high",
        "change": "world",
    }  # fmt: skip


def test_a_whole_record_is_a_sum_of_its_parts(any_record: Record) -> None:
    start, end = any_record.tracker.start, any_record.tracker.data_until
    middle = start + (end - start) / 2
    whole = changes.changes_between(any_record, start, end)
    halves = [changes.changes_between(any_record, middle, end), changes.changes_between(any_record, start, middle)]
    assert len(whole) == sum(map(len, halves))
    assert list(whole["row_id"]) == list(pd.concat(halves)["row_id"])


def test_a_condition_holds_until_recognition(small: Record) -> None:
    may = conditions.conditions_on(small, dt.date(2020, 5, 31))
    assert may.to_dict("records") == [
        {
            "actor_id": "AAA", "name": "Alphaland", "conditions": ("womens_rights",), "date_text": "2020-01-10",
            "row_id": "AAA-2020-01-10", "source_ids": ("press-1",),
        }
    ]  # fmt: skip
    assert conditions.conditions_on(small, JUNE).empty
    assert conditions.conditions_on(small, BEFORE).empty
    assert conditions.conditions_on(small, dt.date(2020, 5, 31), {"BBB"}).empty


def test_the_latest_row_that_states_any_condition_counts(change: Change) -> None:
    change("stances", "AAA-2020-03", "condition", "never;counter_terrorism")
    change("stances", "BBB-2020-02-01", "stance", "opposed")
    record = read(change("stances", "BBB-2020-02-01", "condition", "never"))
    counts = conditions.condition_counts(record, dt.date(2020, 5, 31))
    assert counts.to_dict("index") == {
        "womens_rights": {"countries": 0, "CLUB": 0},
        "counter_terrorism": {"countries": 1, "CLUB": 1},
        "never": {"countries": 2, "CLUB": 1},
    }
    assert list(conditions.conditions_on(record, END)["actor_id"]) == ["BBB"]


def test_a_condition_after_recognition_was_withdrawn_counts_again(change: Change) -> None:
    change("stances", "AAA-2020-06-01b", "recognition_level", "none")
    change("stances", "AAA-2020-06-01b", "stance", "opposed")
    record = read(change("stances", "AAA-2020-06-01b", "condition", "never"))
    assert list(conditions.conditions_on(record, JUNE)["conditions"]) == [("never",)]


def test_what_we_took_back_states_no_condition_and_ends_none(change: Change) -> None:
    """The condition of 10 January outlives a recognition that was none; the one beside it counts for nothing."""
    change("stances", "AAA-2020-06-01", "condition", "never")
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    record = read(change("stances", "AAA-2020-06-01b", "change", "correction"))
    said = conditions.conditions_on(record, JUNE)
    assert said[["conditions", "row_id"]].to_numpy().tolist() == [[("womens_rights",), "AAA-2020-01-10"]]


def test_bodies_state_no_conditions_of_countries(change: Change) -> None:
    record = read(change("actors", "AAA", "kind", "body"))
    assert conditions.conditions_on(record, dt.date(2020, 5, 31)).empty
    assert conditions.condition_counts(record, END).to_numpy().sum() == 0
