"""Who recognised, withdrew or moved between two days, and which way; recognition first, corrections apart."""

import datetime as dt
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.record.filters import Filters, passing
from components.record.model import Record
from components.summaries import changes
from tests.by_hand import ENGAGES, NOTHING, RECOGNISED, REFUSES, SUPPORTS, as_it_came, dates_in, listed, recognitions
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
def test_changes_say_who_recognised_and_which_way_others_moved(
    record: Record, span: tuple[dt.date, dt.date], chosen: Filters
) -> None:
    since, until = span
    shown = passing(record, until, chosen)
    ids = [actor_id for actor_id in COUNTRIES if shown is None or actor_id in shown]
    acts = {actor_id: recognitions(record, actor_id, since, until) for actor_id in ids}
    headline = changes.headline(record, since, until, shown)
    for act in ("recognised", "withdrew"):
        names = sorted(record.actors.at[actor_id, "name"] for actor_id in ids if act in acts[actor_id])
        did = "recognised the council" if act == "recognised" else "withdrew its recognition"
        did = did.replace("its", "their") if len(names) > 1 else did
        if len(names) > 3:
            assert f"{len(names)} countries {did} ({', '.join(names[:3])} and {len(names) - 3} more)" in headline
        else:
            assert (f"{listed(names)} {did}" in headline) if names else (act not in headline)
    ways = [int(number) for number in re.findall(
        r"(\d+) (?:towards recognition|away|there and back|from no position|to no position)", headline)]  # fmt: skip
    told = re.search(r"(\d+) countr(?:y|ies) changed", headline)
    assert sum(ways) == (int(told.group(1)) if told else 0)
    changed, away = 0, 0
    for actor_id in ids:
        steps = [
            (row["before"]["stance"], row["stance"])
            for row in as_it_came(record, actor_id)
            if row["before"] and pd.Timestamp(since) < row["date"] <= pd.Timestamp(until)
            and row["before"]["stance"] != row["stance"]
        ]  # fmt: skip
        nearness = ("opposed", "engaging", "supportive")
        places = [nearness.index(code) for step in steps for code in step if code in nearness]
        changed += bool(steps)
        away += bool(steps) and steps[-1][1] in nearness and places[-1] < max(places)
    assert (int(told.group(1)) if told else 0) == changed
    found = re.search(r"(\d+) away", headline)
    assert (int(found.group(1)) if found else 0) <= away


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


def since_and_until(*rows: dict[str, str]) -> str:
    return changes.headline(record_of(rows), BEFORE, END)


def test_a_record_that_begins_with_recognitions_says_so() -> None:
    few = [stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in COUNTRIES[:3]]
    assert since_and_until(*few[:1]) == "Land AAA recognised the council"
    assert since_and_until(*few) == "Land AAA, Land BBB and Land CCC recognised the council"
    assert since_and_until(*(stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in COUNTRIES)) == (
        "6 countries recognised the council (Land AAA, Land BBB, Land CCC and 3 more)"
    )


def test_recognition_counts_beside_the_moves_of_stance_and_other_first_rows() -> None:
    told = since_and_until(
        stance_row("AAA", "2020-01-10", RECOGNISED),
        stance_row("BBB", "2020-01-10", REFUSES),
        stance_row("BBB", "2020-03-01", ENGAGES),
        stance_row("CCC", "2020-01-10", SUPPORTS),
        stance_row("CCC", "2020-06-15", RECOGNISED),
    )
    assert told == (
        "Land AAA and Land CCC recognised the council; 1 country changed its stance, 1 towards recognition, 0 away; "
        "2 were coded for the first time"
    )


def test_a_withdrawal_is_a_move_whatever_row_it_is() -> None:
    withdrew = ("withdrawal", "engaging", "presence")
    assert since_and_until(stance_row("AAA", "2020-01-10", withdrew)) == "Land AAA withdrew its recognition"
    told = since_and_until(
        stance_row("AAA", "2020-01-10", RECOGNISED),
        stance_row("AAA", "2020-03-01", withdrew),
        stance_row("BBB", "2020-01-10", withdrew),
    )
    assert told == (
        "Land AAA recognised the council; Land AAA and Land BBB withdrew their recognition; "
        "1 country changed its stance, 0 towards recognition, 1 away"
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("2020-01-10", ("review", "supportive", "recognition"))], "No country changed its stance; 1 was coded"),
        ([("2020-01-10", SUPPORTS), ("2020-03-01", ("vote", "supportive", "recognition"))], "Land AAA recognised"),
        ([("2020-01-10", RECOGNISED), ("2020-03-01", REFUSES)], "Land AAA withdrew its recognition; 1 country"),
        (
            [("2020-01-10", NOTHING), ("2020-03-01", REFUSES)],
            "0 towards recognition, 0 away, 1 from no position to opp",
        ),
        (
            [("2020-01-10", NOTHING), ("2020-03-01", ENGAGES)],
            "0 towards recognition, 0 away, 1 from no position to eng",
        ),
        ([("2020-01-10", NOTHING), ("2020-03-01", ENGAGES), ("2020-06-15", REFUSES)], "0 towards recognition, 1 away;"),
        ([("2020-01-10", ENGAGES), ("2020-03-01", NOTHING)], "0 towards recognition, 0 away, 1 to no position"),
        ([("2020-01-10", NOTHING), ("2020-03-01", REFUSES), ("2020-06-15", NOTHING)], "1 there and back"),
        ([("2020-01-10", REFUSES), ("2020-03-01", NOTHING), ("2020-06-15", REFUSES)], "1 there and back"),
    ],
)
def test_a_move_is_said_as_it_was(rows: list[tuple[str, tuple[str, str, str]]], told: str) -> None:
    assert told in f"{since_and_until(*(stance_row('AAA', date, outcome) for date, outcome in rows))};"


@pytest.mark.parametrize(
    ("written", "corrected", "told"),
    [
        (RECOGNISED, ("statement", "supportive", "recognition"), "1 was coded for the first time"),
        (RECOGNISED, SUPPORTS, "1 was coded for the first time"),
        (("statement", "supportive", "recognition"), RECOGNISED, "Land AAA recognised the council"),
        (("withdrawal", "opposed", "none"), REFUSES, "1 was coded for the first time"),
    ],
)
def test_a_first_row_does_what_its_correction_says(
    written: tuple[str, str, str], corrected: tuple[str, str, str], told: str
) -> None:
    rows = [
        stance_row("AAA", "2020-01-10", written),
        stance_row("AAA", "2020-01-10", corrected, "b", change="correction"),
    ]
    assert since_and_until(*rows) == (told if told.startswith("Land") else f"No country changed its stance; {told}")


def test_recognition_is_listed_first_of_its_day() -> None:
    record = record_of(
        [
            stance_row("AAA", "2020-03-01", RECOGNISED),
            stance_row("BBB", "2020-03-01", ("withdrawal", "opposed", "none")),
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
