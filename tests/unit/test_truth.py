"""What is true of any record: a date stands with its own fact, counts add up, nothing is said of days to come.

Each property is worked out anew here, row by row, without the code that it holds to account.
"""

import datetime as dt
import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.history import History
from components.figures.stance_map import StanceMap
from components.figures.standing import Standings
from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.check.cells import parse_date
from components.record.filters import Filters, passing
from components.record.model import Record
from components.record.vocabulary import LEVELS, STANCES
from components.record.wording import day_in_words, long_date
from components.summaries import changes, conditions, countries, levers, stances
from components.summaries.colouring import modes
from components.summaries.standing import standings_on
from components.summaries.time import (
    BY_LEVEL,
    BY_STANCE,
    count_steps,
    month_ends,
    moved,
    stances_at,
    standing_bands,
)
from tests.random_records import (
    BODIES,
    COUNTRIES,
    END,
    START,
    SUBJECT,
    days,
    filters,
    lever_row,
    record_of,
    records,
    stance_row,
)

SOME = settings(deadline=None, max_examples=25, derandomize=True)
BEFORE = START - dt.timedelta(days=1)
RECOGNISED = ("recognition", "supportive", "recognition")
SUPPORTS = ("statement", "supportive", "presence")
REFUSES = ("statement", "opposed", "none")
ENGAGES = ("mission_opened", "engaging", "presence")
NOTHING = ("review", "none", "none")
DATE = r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}(?![-\d])"
STANCE_WORDS = "|".join(term.label for term in STANCES.values())
FACT = re.compile(rf"(recognises|level: [\w ]+?|{STANCE_WORDS}) since ({DATE})", re.IGNORECASE)
OF_STANCES = ("map", "tiles", "counts", "history", "matrix")


Known = dict[str, Any]  # a row of the record, as it is typed


# What holds, worked out row by row


@functools.lru_cache(maxsize=1)
def rows_of(record: Record) -> dict[str, list[Known]]:
    """The rows of each actor, oldest first, those of a day by id."""
    rows = sorted(record.stances.to_dict("records"), key=lambda row: (row["date"], row["id"]))
    return {actor_id: [row for row in rows if row["actor_id"] == actor_id] for actor_id in (*COUNTRIES, *BODIES)}


def ends_of_days(record: Record, actor_id: str, day: dt.date) -> list[Known]:
    """The rows of an actor that held at the end of a day, up to this one, oldest first."""
    last = {row["date"]: row for row in rows_of(record)[actor_id]}
    return [row for moment, row in last.items() if moment <= pd.Timestamp(day)]


def first_of_run(rows: list[Known], column: str) -> str:
    """The date, as written, of the first of the last rows that say the same."""
    run = itertools.takewhile(lambda row: row[column] == rows[-1][column], reversed(rows))
    return str(list(run)[-1]["date_text"])


def facts_of(record: Record, actor_id: str, day: dt.date) -> set[tuple[str, str]]:
    """What may be said of an actor with “since”, each with its date in words; nothing where it is not coded."""
    rows = ends_of_days(record, actor_id, day)
    if not rows:
        return set()
    stance, level = rows[-1]["stance"], rows[-1]["recognition_level"]
    said = "recognises" if level == "recognition" else f"level: {LEVELS[level].label.lower()}"
    return {
        (STANCES[stance].label.lower(), long_date(first_of_run(rows, "stance"))),
        (said, long_date(first_of_run(rows, "recognition_level"))),
    }


def listed(names: list[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])


def told_facts(text: str) -> set[tuple[str, str]]:
    return {(fact.lower(), date) for fact, date in FACT.findall(text)}


def assert_tells(text: str, facts: set[tuple[str, str]]) -> None:
    """Every “since” is one of the facts, and each fact is told; that it is supportive follows from recognition."""
    told = told_facts(text)
    assert text.count(" since ") == len(told)
    assert told <= facts
    assert {fact for fact, _ in facts - told} <= ({"supportive"} if "recognises" in text.lower() else set())
    dates = {date for _, date in facts}
    assert len(dates) == 1 or {date for _, date in told} == dates


def dates_in(text: str) -> Iterator[dt.date]:
    """The first day of every date in a text, in words or as written."""
    for date in re.findall(rf"\b{DATE}", text):
        *first, year = date.split()
        month = dt.datetime.strptime(first[-1], "%B").month if first else 1
        yield dt.date(int(year), month, int(first[0]) if len(first) == 2 else 1)
    for date in re.findall(r"\d{4}-\d{2}(?:-\d{2})?", text):
        yield parse_date(date) or dt.date.max


def as_it_came(record: Record, actor_id: str) -> list[Known]:
    """An actor's rows of the world, oldest first, each as corrected on its own day, with what held before it."""
    came: list[Known] = []
    before = None
    for row in rows_of(record)[actor_id]:
        if row["change"] == "world":
            came.append({**row, "before": before})
        elif came and came[-1]["date"] == row["date"]:
            came[-1] = {**row, "before": came[-1]["before"]}
        before = row
    return came


def recognitions(record: Record, actor_id: str, since: dt.date, until: dt.date) -> set[str]:
    """What an actor did about recognition after `since` up to `until`."""
    acts = set()
    for row in as_it_came(record, actor_id):
        if not pd.Timestamp(since) < row["date"] <= pd.Timestamp(until):
            continue
        was = row["before"] and row["before"]["recognition_level"]
        now = row["recognition_level"] == "recognition"
        if now and (row["act"] == "recognition" or was not in {None, "recognition"}):
            acts.add("recognised")
        if not now and (row["act"] == "withdrawal" or was == "recognition"):
            acts.add("withdrew")
    return acts


# Standings


@given(records(), days())
@SOME
def test_each_fact_stands_with_its_own_date(record: Record, day: dt.date) -> None:
    standings = standings_on(record, day)
    for actor_id in (*COUNTRIES, *BODIES):
        rows = ends_of_days(record, actor_id, day)
        assert (actor_id in standings) == bool(rows)
        headline = countries.country_headline(record, actor_id, day)
        assert headline.startswith(f"{record.actors.at[actor_id, 'name']}: ")
        if not rows:
            assert headline.endswith(f": not coded on {day_in_words(day)}")
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
        assert headline.endswith(f" – as of {day_in_words(day)}")


@given(records(), days(), st.data())
@SOME
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


# Counts


@given(records(), days(), filters())
@SOME
def test_counts_add_up_to_the_countries_shown(record: Record, day: dt.date, chosen: Filters) -> None:
    shown = passing(record, day, chosen)
    ids = [actor_id for actor_id in COUNTRIES if shown is None or actor_id in shown]
    held = {actor_id: ends_of_days(record, actor_id, day)[-1:] for actor_id in ids}
    stance = Counter(rows[0]["stance"] if rows else "not_coded" for rows in held.values())
    level = Counter(rows[0]["recognition_level"] if rows else "not_coded" for rows in held.values())
    for column, counts in ((BY_STANCE, stance), (BY_LEVEL, level)):
        steps = count_steps(record, day, shown, column).set_index("date")
        assert (steps.to_numpy() >= 0).all()
        assert (steps.sum(axis=1) == len(ids)).all()
        assert steps.index[0] == pd.Timestamp(START) and steps.index[-1] == pd.Timestamp(day)
        assert steps.index.is_monotonic_increasing and steps.index.is_unique
        assert {code: number for code, number in steps.iloc[-1].items() if number} == counts
        assert set(moved(record, day, shown, column)["actor_id"]) <= set(ids)
    headline = stances.headline(record, day, shown)
    numbers = re.search(r"(\d+) (?:is|are) supportive short of that, (\d+) engaging, (\d+) opposed", headline)
    if not ids or set(stance) <= {"not_coded"}:
        empty = "no country matches the filters" if shown is not None and not ids else "nothing is recorded by this day"
        assert headline.endswith(f": {empty}")
        return
    assert numbers
    short, engaging, opposed = map(int, numbers.groups())
    recognise = sorted(record.actors.at[actor_id, "name"] for actor_id, rows in held.items()
                       if rows and rows[0]["recognition_level"] == "recognition")  # fmt: skip
    assert (short, engaging, opposed) == (stance["supportive"] - len(recognise), stance["engaging"], stance["opposed"])
    who = listed(recognise) if 0 < len(recognise) <= 3 else str(len(recognise))
    assert f": {who} recognise{'s' if len(recognise) == 1 else ''} the council, " in headline


@given(records(), days())
@SOME
def test_what_is_drawn_over_time_is_what_held_and_ends_at_the_day(record: Record, day: dt.date) -> None:
    ids = [*COUNTRIES, *BODIES]
    asked = month_ends(record, day)
    assert asked[-1] == day
    months = stances_at(record, asked)
    for moment in asked:
        assert moment <= day
        for actor_id, code in months[moment].drop(SUBJECT, errors="ignore").items():
            rows = ends_of_days(record, str(actor_id), moment)
            assert code == (rows[-1]["stance"] if rows else "not_coded")
    bands = standing_bands(record, ids, day)
    for actor_id, own in bands.groupby("actor_id"):
        assert own["end"].iloc[-1] == pd.Timestamp(day) + pd.Timedelta(days=1)
        for band in own.itertuples():
            rows = ends_of_days(record, str(actor_id), band.start.date())
            assert band.stance == (rows[-1]["stance"] if rows else "not_coded")
            assert band.since == (first_of_run(rows, "stance") if rows else START.isoformat())
            later = ends_of_days(record, str(actor_id), band.end.date())
            ended = band.end <= pd.Timestamp(day)
            assert band.until == (first_of_run(later, "stance") if ended else day.isoformat())


@given(records(), days(), filters())
@SOME
def test_no_picture_speaks_of_days_to_come(record: Record, day: dt.date, chosen: Filters) -> None:
    shown = passing(record, day, chosen)
    later = record.stances[record.stances["date"] > pd.Timestamp(day)]
    for name, own in {
        **dict.fromkeys(OF_STANCES, Options(passing=shown)), "standing": Options(actor_ids=COUNTRIES),
    }.items():  # fmt: skip
        figure = FIGURES[name].build(record, day, own)
        table = figure.table()
        texts = [figure.finding(), figure.alt(), *figure.notes(), *(key.text for key in figure.legend())]
        texts += [str(cell) for cell in (*table.columns, *table.to_numpy().ravel())]
        for text in texts:
            assert all(date <= day for date in dates_in(text)), (name, text)
            assert not any(summary in text for summary in later["summary"])
        numbers = [int(number) for number in re.findall(r"-?\d+(?= (?:countr|actor))", " ".join(texts))]
        assert all(number >= 0 for number in numbers)


@given(records(), days())
@SOME
def test_bands_and_dots_say_the_dates_of_their_rows(record: Record, day: dt.date) -> None:
    standings = Standings.build(record, day, Options(actor_ids=COUNTRIES))
    history = History.build(record, day, Options(everyone=True))
    written: dict[str, set[str]] = {actor_id: set() for actor_id in (*COUNTRIES, *BODIES)}
    for actor_id, known in rows_of(record).items():
        written[actor_id] |= {long_date(row["date_text"]) for row in known if row["date"] <= pd.Timestamp(day)}
    ends = {day_in_words(START), day_in_words(day)}
    for trace in (*standings.draw(Look()).data, *history.draw(Look()).data):
        for actor_id, text in zip(trace.customdata or (), trace.hovertext or (), strict=False):
            dates = re.findall(DATE, text.partition("<br>What")[0])
            assert dates and set(dates) <= written[str(actor_id)] | ends


# Changes


SPANS = st.tuples(days(), days()).map(sorted).map(lambda pair: (pair[0] - dt.timedelta(days=1), pair[1]))


@given(records(), SPANS, filters())
@SOME
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
@SOME
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


@given(records(), days())
@SOME
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


# By hand


def since_and_until(*rows: dict[str, str]) -> str:
    return changes.headline(record_of(rows), BEFORE, END).partition(": ")[2]


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
        "BBB": "Engaging since 2 March 2020; level: chargé since May 2020",
        "CCC": "Recognises since 1 February 2020",
        "DDD": "No public position found since 1 February 2020; level: no contact since 1 February 2020",
    }
    assert countries.country_headline(record, "AAA", END) == (
        "Land AAA: recognises since 15 June 2020; supportive since March 2020 – as of 31 December 2020"
    )
    assert countries.country_headline(record, "AAA", dt.date(2020, 6, 14)) == (
        "Land AAA: supportive since March 2020; level: presence since March 2020 – as of 14 June 2020"
    )
    found = StanceMap.build(record, END, Options())
    assert found.hovers(found.coloured.frame.loc[["AAA", "EEE"]])["hovertext"] == [
        "Recognises since 15 June 2020<br>supportive since March 2020<br>What AAA did in 2020-07-01.<br>The Paper",
        "Not coded",
    ]
    by_level = StanceMap.build(record, END, Options(colour="level"))
    assert by_level.hovers(by_level.coloured.frame.loc[["DDD"]])["hovertext"] == [
        "No contact<br>No public position found since 1 February 2020<br>level: no contact since 1 February 2020"
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
        "Engaging since 10 January 2020; level: presence since 10 January 2020",
        "Recognises since 15 June 2020; supportive since 10 January 2020",
    ]
    assert changes.headline(record, BEFORE, dt.date(2020, 3, 1)).endswith(
        "no country changed its stance; 2 were coded for the first time"
    )
    assert stances.recognising(record, dt.date(2020, 3, 1)) == []


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
        ([("2020-01-10", ("review", "supportive", "recognition"))], "no country changed its stance; 1 was coded"),
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
    assert since_and_until(*rows) == (told if told.startswith("Land") else f"no country changed its stance; {told}")


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


def test_actors_of_one_name_are_two() -> None:
    record = record_of(
        [stance_row("AAA", "2020-01-10", RECOGNISED), stance_row("BBB", "2020-01-10", REFUSES)],
        names={"AAA": "Twinland", "BBB": "Twinland"},
    )
    assert stances.headline(record, END).endswith(
        ": Twinland recognises the council, 0 are supportive short of that, 0 engaging, 1 opposed"
    )
    assert stances.headline(record, END, {"BBB"}).endswith(
        ": 0 recognise the council, 0 are supportive short of that, 0 engaging, 1 opposed"
    )
    assert stances.recognising(record, END) == ["AAA"]
    assert changes.headline(record, BEFORE, END, {"BBB"}).endswith("coded for the first time")
    assert count_steps(record, END, {"BBB"}).iloc[-1].drop("date").to_dict() == {
        "supportive": 0, "engaging": 0, "opposed": 1, "none": 0, "not_coded": 0,
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_those_that_recognise_are_named_where_they_are_few(number: int) -> None:
    record = record_of([stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in COUNTRIES[:number]])
    who = {
        1: "Land AAA recognises",
        2: "Land AAA and Land BBB recognise",
        3: "Land AAA, Land BBB and Land CCC recognise",
    }
    assert f": {who.get(number, '4 recognise')} the council, 0 are" in stances.headline(record, END)


@pytest.mark.parametrize("name", OF_STANCES)
@pytest.mark.parametrize(
    ("day", "shown", "said"),
    [
        (END, frozenset(), "No {who} matches the filters"),
        (START, None, "Nothing is recorded by this day"),
        (START, frozenset({"AAA"}), "Nothing is recorded by this day, among those shown"),
    ],
)
def test_an_empty_picture_says_what_is_empty(name: str, day: dt.date, shown: frozenset[str] | None, said: str) -> None:
    record = record_of([stance_row("AAA", "2020-01-10", RECOGNISED)])
    filtered = "" if shown is None else "Only some"
    picture = picture_of(record, name, day, Options(passing=shown), filtered)
    who = "actor" if name in {"history", "matrix"} else "country"
    assert picture.title == f"{said.format(who=who)}, {day_in_words(day)}"
    assert "recognises" not in picture.alt


def test_an_empty_headline_says_what_is_empty() -> None:
    record = record_of([stance_row("AAA", "2020-01-10", RECOGNISED)])
    nobody: frozenset[str] = frozenset()
    assert stances.headline(record, END, nobody) == "As of 31 December 2020: no country matches the filters"
    assert stances.headline(record, END, {"BNK"}) == "As of 31 December 2020: no country matches the filters"
    assert stances.headline(record, START) == "As of 1 January 2020: nothing is recorded by this day"
    assert stances.headline(record, END, {"BBB"}) == (
        "As of 31 December 2020, among those shown: nothing is recorded by this day"
    )
    assert levers.matrix_headline(record, END, nobody) == "As of 31 December 2020: no actor matches the filters"
    assert levers.matrix_headline(record, END) == "As of 31 December 2020: nobody holds a lever"
    span = "Between 31 December 2019 and 31 December 2020"
    assert changes.headline(record, BEFORE, END, nobody) == f"{span}: no country matches the filters"
    assert (
        changes.headline(record, BEFORE, END, {"BBB"}) == f"{span}, among those shown: nothing is recorded by this day"
    )
    assert changes.headline(record, END, END, {"AAA"}).endswith(", among those shown: no country changed its stance")
    listed = countries.overview(record, END, nobody)
    assert countries.overview_headline(record, END, listed, filtered=True) == (
        "As of 31 December 2020: no actor matches the filters"
    )
    whole = countries.overview(record, START, None)
    assert countries.overview_headline(record, START, whole).endswith(": nothing is recorded by this day")
