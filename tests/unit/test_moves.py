"""Who recognised, withdrew or moved between two days, and which way; recognition first, corrections apart."""

import datetime as dt
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.record.filters import Filters, passing
from components.record.model import Record
from components.record.wording import spelled
from components.summaries import changes, moves
from tests.by_hand import ENGAGES, NOTHING, RECOGNISED, REFUSES, SUPPORTS, WITHDREW, as_it_came, dates_in, recognitions
from tests.random_records import (
    BEFORE,
    BODIES,
    COUNTRIES,
    END,
    days,
    filters,
    lever_row,
    record_of,
    records,
    stance_row,
)

SPANS = st.tuples(days(), days()).map(sorted).map(lambda pair: (pair[0] - dt.timedelta(days=1), pair[1]))


@given(records(), SPANS, filters())
def test_moves_say_who_recognised_and_which_way_others_went(
    record: Record, span: tuple[dt.date, dt.date], chosen: Filters
) -> None:
    since, until = span
    shown = passing(record, until, chosen)
    ids = [actor_id for actor_id in COUNTRIES if shown is None or actor_id in shown]
    acts = {actor_id: recognitions(record, actor_id, since, until) for actor_id in ids}
    found = moves.moves_between(record, since, until, shown)
    for act in moves.ACTS:
        names = sorted(record.actors.at[actor_id, "name"] for actor_id in ids if act in acts[actor_id])
        assert list(getattr(found, act)) == names
    turned, first = set(), set()
    for actor_id in [actor_id for actor_id in ids if not acts[actor_id]]:
        rows = [row for row in as_it_came(record, actor_id) if pd.Timestamp(since) < row["date"] <= pd.Timestamp(until)]
        name = record.actors.at[actor_id, "name"]
        first |= {name for row in rows if not row["before"]}
        turned |= {name for row in rows if row["before"] and row["before"]["stance"] != row["stance"]}
    ways = {way: list(names) for way, names in found.ways.items() if way != moves.FIRST}
    assert sorted(name for names in ways.values() for name in names) == sorted(turned)
    assert set(found.ways.get(moves.FIRST, ())) == first
    nearness = {"opposed": 0, "engaging": 1, "supportive": 2}
    for name in ways.get(moves.AWAY, []):
        own = as_it_came(record, record.actors.index[record.actors["name"] == name][0])
        assert nearness[[row["stance"] for row in own if row["date"] <= pd.Timestamp(until)][-1]] < 2


@given(records(), SPANS, filters())
def test_a_headline_is_short_and_leaves_nothing_out_that_no_other_sentence_says(
    record: Record, span: tuple[dt.date, dt.date], chosen: Filters
) -> None:
    shown = passing(record, span[1], chosen)
    headline, others = moves.headline(record, *span, shown), moves.others(record, *span, shown)
    assert len(headline.split()) <= moves.MOST_WORDS or ";" not in headline
    assert not re.search(r"\b(0|none|zero)\b|  |; ;", f"{headline} {others}")
    found = moves.moves_between(record, *span, shown)
    told = f"{headline}; {others}".lower()
    for way, names in found.ways.items():
        did = "coded for the first time" if way == moves.FIRST else moves.TURNS[way].split(" {")[0]
        assert did in told
        assert len(names) > 3 or spelled(len(names)) in told or all(name.lower() in told for name in names)


@given(records(), SPANS)
def test_recognition_stands_before_others_of_its_day_and_no_correction_among_them(
    record: Record, span: tuple[dt.date, dt.date]
) -> None:
    since, until = span
    frame = changes.changes_between(record, since, until)
    assert set(frame["kind"]) <= set(changes.KINDS)
    assert ((frame["date"] > pd.Timestamp(since)) & (frame["date"] <= pd.Timestamp(until))).all()
    assert frame["date"].is_monotonic_decreasing
    weights = frame["kind"].map(list(changes.KINDS).index)
    assert all(own.is_monotonic_increasing for _, own in weights.groupby(frame["date"]))
    world = set(record.stances.loc[record.stances["change"] == "world", "id"])
    assert set(frame.loc[frame["kind"].isin(["Recognition", "Stance", "Act"]), "row_id"]) <= world
    for row in frame[frame["kind"] == "Recognition"].itertuples():
        assert recognitions(record, row.actor_id, row.date.date() - dt.timedelta(days=1), row.date.date())
    acted = {actor_id for actor_id in (*COUNTRIES, *BODIES) if recognitions(record, actor_id, since, until)}
    assert set(frame.loc[frame["kind"] == "Recognition", "actor_id"]) == acted
    assert all(date <= until for text in frame["what"] for date in dates_in(text))


def told(*rows: dict[str, str]) -> tuple[str, str]:
    """The headline and what it leaves out, of the whole record."""
    record = record_of(rows)
    return moves.headline(record, BEFORE, END), moves.others(record, BEFORE, END)


def test_a_record_that_begins_with_recognitions_says_so() -> None:
    few = [stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in COUNTRIES[:3]]
    assert told(*few[:1])[0] == "Land AAA recognised the council"
    assert told(*few)[0] == "Land AAA, Land BBB and Land CCC recognised the council"
    all_of_them = [stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in COUNTRIES]
    assert told(*all_of_them)[0] == "Six countries recognised the council"


def test_recognition_counts_beside_the_moves_of_stance_and_other_first_rows() -> None:
    assert told(
        stance_row("AAA", "2020-01-10", RECOGNISED),
        stance_row("BBB", "2020-01-10", REFUSES),
        stance_row("BBB", "2020-03-01", ENGAGES),
        stance_row("CCC", "2020-01-10", SUPPORTS),
        stance_row("CCC", "2020-06-15", RECOGNISED),
    ) == (
        "Land AAA and Land CCC recognised the council",
        "Land BBB moved towards it; Land BBB was coded for the first time.",
    )


def test_those_for_whom_no_room_is_left_are_named_in_the_next_sentence() -> None:
    rows = [stance_row(actor_id, "2020-01-10", REFUSES) for actor_id in COUNTRIES[1:5]]
    rows += [stance_row(actor_id, "2020-03-01", ENGAGES) for actor_id in COUNTRIES[1:5]]
    assert told(stance_row("AAA", "2020-01-10", RECOGNISED), *rows) == (
        "Land AAA recognised the council; four countries moved towards it",
        "Four countries were coded for the first time.",
    )


def test_a_withdrawal_is_a_move_whatever_row_it_is() -> None:
    withdrew = ("withdrawal", "engaging", "presence")
    assert told(stance_row("AAA", "2020-01-10", withdrew))[0] == "Land AAA withdrew its recognition"
    both = told(
        stance_row("AAA", "2020-01-10", RECOGNISED),
        stance_row("AAA", "2020-03-01", withdrew),
        stance_row("BBB", "2020-01-10", withdrew),
    )
    assert both == ("Land AAA recognised the council; two countries withdrew their recognition", "")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("2020-01-10", ("review", "supportive", "recognition"))], "No country changed its stance"),
        ([("2020-01-10", SUPPORTS), ("2020-03-01", ("vote", "supportive", "recognition"))], "Land AAA recognised"),
        ([("2020-01-10", RECOGNISED), ("2020-03-01", WITHDREW)], "Land AAA recognised the council; Land AAA withdrew"),
        ([("2020-01-10", RECOGNISED), ("2020-03-01", REFUSES)], "Land AAA recognised the council"),
        ([("2020-01-10", WITHDREW), ("2020-03-01", RECOGNISED)], "Land AAA came back to recognising the council"),
        ([("2020-01-10", NOTHING), ("2020-03-01", REFUSES)], "Land AAA came out against recognition"),
        ([("2020-01-10", NOTHING), ("2020-03-01", ENGAGES)], "Land AAA began to engage"),
        ([("2020-01-10", NOTHING), ("2020-03-01", SUPPORTS)], "Land AAA came out for recognition"),
        ([("2020-01-10", NOTHING), ("2020-03-01", ENGAGES), ("2020-06-15", REFUSES)], "Land AAA moved away from recog"),
        ([("2020-01-10", REFUSES), ("2020-03-01", ENGAGES)], "Land AAA moved towards recognition"),
        ([("2020-01-10", ENGAGES), ("2020-03-01", NOTHING)], "Land AAA fell back to no position"),
        ([("2020-01-10", NOTHING), ("2020-03-01", REFUSES), ("2020-06-15", NOTHING)], "Land AAA moved and came back"),
        ([("2020-01-10", REFUSES), ("2020-03-01", NOTHING), ("2020-06-15", REFUSES)], "Land AAA moved and came back"),
    ],
)
def test_a_move_is_said_as_it_was(rows: list[tuple[str, tuple[str, str, str]]], said: str) -> None:
    assert told(*(stance_row("AAA", date, outcome) for date, outcome in rows))[0].startswith(said)


@pytest.mark.parametrize(
    ("written", "corrected", "recognised"),
    [
        (RECOGNISED, ("statement", "supportive", "recognition"), False),
        (RECOGNISED, SUPPORTS, False),
        (("statement", "supportive", "recognition"), RECOGNISED, True),
        (WITHDREW, REFUSES, False),
    ],
)
def test_a_first_row_does_what_its_correction_says(
    written: tuple[str, str, str], corrected: tuple[str, str, str], recognised: bool
) -> None:
    rows = [
        stance_row("AAA", "2020-01-10", written),
        stance_row("AAA", "2020-01-10", corrected, "b", change="correction"),
    ]
    first = ("No country changed its stance", "Land AAA was coded for the first time.")
    assert told(*rows) == (("Land AAA recognised the council", "") if recognised else first)


def test_recognition_is_listed_first_of_its_day() -> None:
    record = record_of(
        [
            stance_row("AAA", "2020-03-01", RECOGNISED),
            stance_row("BBB", "2020-03-01", WITHDREW),
            stance_row("CCC", "2020-03-01", REFUSES),
        ],
        [lever_row("DDD", "aid", "pressure", "2020-03-01")],
    )
    frame = changes.changes_between(record, BEFORE, END)
    assert frame[["actor_id", "kind", "what"]].to_numpy().tolist() == [
        ["BBB", "Recognition", "Withdrawal of recognition: · Not coded → ○ Opposed, level no contact"],
        ["AAA", "Recognition", "Recognition: · Not coded → ● Supportive, level recognition"],
        ["CCC", "Stance", "Statement: · Not coded → ○ Opposed, level no contact"],
        ["DDD", "Lever", "Began: ■ Aid, pressure"],
    ]
