"""What holds on a day, worked out row by row without the code that it holds to account: for any record."""

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from components.record.check.cells import parse_date
from components.record.model import Record
from components.record.vocabulary import LEVELS, STANCES
from components.record.wording import long_date
from tests.random_records import (
    BODIES,
    COUNTRIES,
)

RECOGNISED = ("recognition", "supportive", "recognition")
WITHDREW = ("withdrawal", "opposed", "none")
SUPPORTS = ("statement", "supportive", "presence")
REFUSES = ("statement", "opposed", "none")
ENGAGES = ("mission_opened", "engaging", "presence")
NOTHING = ("review", "none", "none")
DATE = r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}(?![-\d])"
LABELS = "|".join(term.label for term in (*STANCES.values(), *LEVELS.values()))
FACT = re.compile(rf"(recognises(?: again)?|{LABELS}) since ({DATE})", re.IGNORECASE)
Known = dict[str, Any]  # a row of the record, as it is typed


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


def withdrew_on(record: Record, actor_id: str, day: dt.date) -> str:
    """The date, as written, of the withdrawal that stands on the day; "" for none."""
    return withdrawal_in([row for row in rows_of(record)[actor_id] if row["date"] <= pd.Timestamp(day)])


def withdrawal_in(rows: list[Known]) -> str:
    """The date, as written, of the withdrawal that stands after the last of these rows of an actor; "" for none."""
    return ["", *withdrawals_in(rows)][-1]


def withdrawals_in(rows: list[Known]) -> Iterator[str]:
    """The date of the withdrawal that stands after each of these rows of an actor; "" for none."""
    found = ""
    for row, following in itertools.zip_longest(rows, rows[1:]):
        is_taken_back = following and following["date"] == row["date"] and following["change"] != "world"
        if not is_taken_back and row["recognition_level"] == "recognition":
            found = ""
        elif not is_taken_back and row["act"] == "withdrawal":
            found = row["date_text"]
        yield found


def facts_of(record: Record, actor_id: str, day: dt.date) -> set[tuple[str, str]]:
    """What may be said of an actor with “since”, each with its date in words; nothing where it is not coded."""
    rows = ends_of_days(record, actor_id, day)
    if not rows:
        return set()
    stance, level = rows[-1]["stance"], rows[-1]["recognition_level"]
    known = [row for row in rows_of(record)[actor_id] if row["date"] <= pd.Timestamp(day)]
    recognises = "recognises again" if any(withdrawals_in(known)) else "recognises"
    said = recognises if level == "recognition" else LEVELS[level].label.lower()
    found = {(STANCES[stance].label.lower(), long_date(first_of_run(rows, "stance")))} if stance != "none" else set()
    return {*found, (said, long_date(first_of_run(rows, "recognition_level")))}


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
    """An actor's rows of the world, oldest first, each as corrected on its own day, with what held before it.

    `withdrew` is the date of a withdrawal that stood then.
    """
    came: list[Known] = []
    before = None
    rows = rows_of(record)[actor_id]
    for place, row in enumerate(rows):
        if row["change"] == "world":
            came.append({**row, "before": before, "withdrew": withdrawal_in(rows[:place])})
        elif came and came[-1]["date"] == row["date"]:
            came[-1] = {**row, "before": came[-1]["before"], "withdrew": came[-1]["withdrew"]}
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
            acts.add("again" if row["withdrew"] else "recognised")
        if not now and row["act"] == "withdrawal":
            acts.add("withdrew")
    return acts
