"""Each fact with its own date: stance, recognition and level, of any record and by hand."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.figures.figure import Options
from components.figures.stance_map import StanceMap
from components.record.model import Record
from components.record.vocabulary import LEVELS
from components.record.wording import long_date
from components.summaries import conditions, countries, moves, stances
from components.summaries.colouring import modes
from components.summaries.standing import standings_on
from components.summaries.time import (
    count_steps,
)
from tests.by_hand import (
    ENGAGES,
    NOTHING,
    RECOGNISED,
    REFUSES,
    SUPPORTS,
    assert_tells,
    ends_of_days,
    facts_of,
    first_of_run,
)
from tests.random_records import (
    BEFORE,
    BODIES,
    COUNTRIES,
    END,
    days,
    record_of,
    records,
    stance_row,
)


@given(records(), days())
def test_each_fact_stands_with_its_own_date(record: Record, day: dt.date) -> None:
    standings = standings_on(record, day)
    for actor_id in (*COUNTRIES, *BODIES):
        rows = ends_of_days(record, actor_id, day)
        assert (actor_id in standings) == bool(rows)
        headline = countries.country_headline(record, actor_id, day)
        assert headline.startswith(f"{record.actors.at[actor_id, 'name']}: ")
        if not rows:
            assert headline.endswith(": not coded on this day")
            continue
        now = standings[actor_id]
        assert (now.stance.code, now.stance.since) == (rows[-1]["stance"], first_of_run(rows, "stance"))
        assert (now.level.code, now.level.since) == (
            rows[-1]["recognition_level"], first_of_run(rows, "recognition_level"),
        )  # fmt: skip
        assert (now.row_id, now.date, now.summary) == (rows[-1]["id"], rows[-1]["date_text"], rows[-1]["summary"])
        assert now.recognised_since == (now.level.since if now.level.code == "recognition" else "")
        facts = facts_of(record, actor_id, day)
        assert_tells(now.in_words(), facts)
        assert_tells(headline, facts)


@given(records(), days(), st.data())
def test_maps_and_tables_tell_of_each_country_its_own_facts(record: Record, day: dt.date, data: st.DataObject) -> None:
    found = StanceMap.build(record, day, Options(colour=data.draw(st.sampled_from(list(modes(record))))))
    told = dict(zip(found.coloured.frame.index, found.hovers(found.coloured.frame)["hovertext"], strict=True))
    table = found.table()
    listed = countries.overview(record, day, None)
    for actor_id in COUNTRIES:
        facts = facts_of(record, actor_id, day)
        assert_tells(told[actor_id], facts)
        rows = ends_of_days(record, actor_id, day)
        since = {column: first_of_run(rows, column) if rows else "" for column in ("stance", "recognition_level")}
        assert table.loc[actor_id, ["Stance since", "Level since"]].tolist() == [*map(long_date, since.values())]
        assert listed.loc[actor_id, ["Stance since", "Level since"]].tolist() == [*since.values()]
        assert table.at[actor_id, "Level"] == (LEVELS[rows[-1]["recognition_level"]].label if rows else "")


@given(records(), days())
def test_a_condition_stands_with_the_row_that_states_it(record: Record, day: dt.date) -> None:
    said = conditions.conditions_on(record, day)
    rows = record.stances.set_index("id")
    for entry in said.itertuples():
        row = rows.loc[entry.row_id]
        assert (row["actor_id"], row["date_text"], row["condition"]) == (
            entry.actor_id, entry.date_text, entry.conditions,
        )  # fmt: skip
        assert row["date"] <= pd.Timestamp(day)
        now = ends_of_days(record, entry.actor_id, day)[-1]
        assert now["recognition_level"] != "recognition"
    assert said["actor_id"].is_unique


def test_recognition_and_stance_have_their_own_dates_in_every_text() -> None:
    record = record_of(
        [
            stance_row("AAA", "2020-01-10", REFUSES),
            stance_row("AAA", "2020-03", SUPPORTS),
            stance_row("AAA", "2020-06-15", RECOGNISED),
            stance_row("AAA", "2020-07-01", ("talks", "supportive", "recognition")),
            stance_row("BBB", "2020-03-02", ENGAGES),
            stance_row("BBB", "2020-05", ("charge", "engaging", "charge")),
            stance_row("CCC", "2020-02-01", RECOGNISED),
            stance_row("DDD", "2020-02-01", NOTHING),
        ]
    )
    words = {actor_id: now.in_words() for actor_id, now in standings_on(record, END).items()}
    assert words == {
        "AAA": "Recognises since 15 June 2020; supportive since March 2020",
        "BBB": "Envoy accepted since May 2020; engaging since 2 March 2020",
        "CCC": "Recognises since 1 February 2020",
        "DDD": "No contact since 1 February 2020; no public position found",
    }
    assert countries.country_headline(record, "AAA", END) == (
        "Land AAA: recognises since 15 June 2020; supportive since March 2020"
    )
    assert countries.country_headline(record, "AAA", dt.date(2020, 6, 14)) == (
        "Land AAA: presence since March 2020; supportive since March 2020"
    )
    found = StanceMap.build(record, END, Options())
    assert found.hovers(found.coloured.frame.loc[["AAA", "EEE"]])["hovertext"] == [
        "Recognises since 15 June 2020<br>supportive since March 2020<br>What AAA did in 2020-07-01.<br>The Paper",
        "Not coded",
    ]
    by_level = StanceMap.build(record, END, Options(colour="level"))
    assert by_level.hovers(by_level.coloured.frame.loc[["DDD"]])["hovertext"] == [
        "No contact<br>No contact since 1 February 2020<br>no public position found"
    ]
    assert found.table().loc["AAA"].tolist() == [
        "Land AAA", "Supportive", "March 2020", "Recognition", "15 June 2020", "What AAA did in 2020-07-01.",
    ]  # fmt: skip
    assert by_level.table().columns.tolist()[1:4] == ["Level of contact", "Stance", "Stance since"]


def test_a_row_that_another_of_its_day_overtakes_neither_starts_nor_breaks_a_run() -> None:
    corrected = {"change": "correction"}
    record = record_of(
        [
            stance_row("AAA", "2020-01-10", ENGAGES),
            stance_row("AAA", "2020-03-01", RECOGNISED),
            stance_row("AAA", "2020-03-01", ENGAGES, "b", **corrected),
            stance_row("BBB", "2020-01-10", RECOGNISED),
            stance_row("BBB", "2020-01-10", SUPPORTS, "b", **corrected),
            stance_row("BBB", "2020-06-15", RECOGNISED),
        ]
    )
    assert [now.in_words() for now in standings_on(record, END).values()] == [
        "Presence since 10 January 2020; engaging since 10 January 2020",
        "Recognises since 15 June 2020; supportive since 10 January 2020",
    ]
    assert moves.headline(record, BEFORE, dt.date(2020, 3, 1)) == ("No country changed its stance")
    assert moves.others(record, BEFORE, dt.date(2020, 3, 1)) == "Land AAA and Land BBB were coded for the first time."
    assert stances.recognising(record, dt.date(2020, 3, 1)) == []


def test_actors_of_one_name_are_two() -> None:
    record = record_of(
        [stance_row("AAA", "2020-01-10", RECOGNISED), stance_row("BBB", "2020-01-10", REFUSES)],
        names={"AAA": "Twinland", "BBB": "Twinland"},
    )
    assert stances.headline(record, END) == "Only Twinland recognises the council; Twinland refuses"
    assert (
        stances.headline(record, END, {"BBB"})
        == "Among those shown, no country recognises the council; Twinland refuses"
    )
    assert stances.recognising(record, END) == ["AAA"]
    assert moves.headline(record, BEFORE, END, {"BBB"}).endswith("coded for the first time")
    assert count_steps(record, END, {"BBB"}).iloc[-1].drop("date").to_dict() == {
        "supportive": 0, "engaging": 0, "opposed": 1, "none": 0, "not_coded": 0,
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_those_that_recognise_are_named_where_they_are_few(number: int) -> None:
    record = record_of([stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in COUNTRIES[:number]])
    who = {
        1: "Only Land AAA recognises",
        2: "Land AAA and Land BBB recognise",
        3: "Land AAA, Land BBB and Land CCC recognise",
    }
    assert stances.headline(record, END) == f"{who.get(number, '4 countries recognise')} the council"
