"""Records made of rows, written by hand or drawn by chance: small, valid, and awkward where real ones are.

What is drawn passes the real check. Names are given afterwards, as the check may refuse those that look alike.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd
from hypothesis import strategies as st

from components.record.check.cells import parse_date
from components.record.filters import Filters
from components.record.model import Record
from components.record.reading import checked, read_text
from components.record.schema import TABLES
from tests.conftest import SMALL

Row = dict[str, str]

WRITTEN = read_text(SMALL)
START, END = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
BEFORE = START - dt.timedelta(days=1)
COUNTRIES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
BODIES = ("BNK", "ALL")
SUBJECT = "SUB"
REGIONS = ("Europe", "Africa", "Africa", "Europe", "East Asia", "Oceania")
# One name twice, and others that only a machine tells from it: a Cyrillic letter, small letters, a space.
NAMES = ("Alphaland", "Alphaland", "\N{CYRILLIC CAPITAL LETTER A}lphaland", "alphaland", "Alpha land", "Betaland")
# Act, stance and level of rows that may stand anywhere.
OUTCOMES = (
    ("recognition", "supportive", "recognition"),
    ("statement", "supportive", "recognition"),
    ("review", "supportive", "recognition"),
    ("withdrawal", "opposed", "none"),
    ("withdrawal", "engaging", "presence"),
    ("statement", "supportive", "presence"),
    ("charge", "supportive", "charge"),
    ("charge", "engaging", "charge"),
    ("mission_opened", "engaging", "presence"),
    ("statement", "opposed", "none"),
    ("statement", "opposed", "contact"),
    ("joint_statement", "opposed", "none"),
    ("joint_statement", "supportive", "presence"),
    ("review", "none", "none"),
)
# Coarse dates beside the days that they count from, and days on which several rows are likely to meet.
DATES = ("2020", "2020-01", "2020-01-01", "2020-03", "2020-03-01", "2020-03-02", "2020-06-15", "2020-12", "2020-12-31")


def stance_row(actor_id: str, date: str, outcome: tuple[str, str, str], letter: str = "", **cells: str) -> Row:
    """A row of stances.csv; `outcome` is act, stance and level, `letter` follows the date in its id."""
    act, stance, level = outcome
    usual = {
        "id": f"{actor_id}-{date}{letter}", "actor_id": actor_id, "date": date, "act": act, "stance": stance,
        "recognition_level": level, "summary": f"What {actor_id} did in {date}{letter}.", "condition": "",
        "source_ids": "press-1", "confidence": "medium", "coded_on": "2021-02-01", "checked_on": "2021-02-01",
        "change": "world",
    }  # fmt: skip
    return {**usual, **cells}


def lever_row(actor_id: str, lever: str, direction: str, began: str, ended: str = "") -> Row:
    """A row of levers.csv."""
    return {
        "id": f"{actor_id}-{lever}-{began}", "actor_id": actor_id, "lever": lever, "direction": direction,
        "summary": f"What {actor_id} holds.", "from": began, "until": ended, "source_ids": "press-1",
        "confidence": "medium", "checked_on": "2021-02-01",
    }  # fmt: skip


def record_of(stances: Iterable[Row], levers: Iterable[Row] = (), names: Mapping[str, str] | None = None) -> Record:
    """A record of these rows, checked: the subject, six countries and two bodies, and no money.

    Raises InvalidData where a row is against a rule.
    """
    actors = [
        {"actor_id": actor_id, "name": f"Land {actor_id}", "kind": "country", "region": region, "blocs": "CLUB"}
        for actor_id, region in zip((*COUNTRIES, SUBJECT), (*REGIONS, "South Asia"), strict=True)
    ]
    actors += [
        {"actor_id": actor_id, "name": f"Body {actor_id}", "kind": "body", "region": "International"}
        for actor_id in BODIES
    ]
    tables = {"actors": actors, "stances": list(stances), "levers": list(levers), "funds": []}
    frames = {**WRITTEN.frames, **{name: _written(name, rows) for name, rows in tables.items()}}
    cited = {key for rows in tables.values() for row in rows for key in row.get("source_ids", "").split(";")}
    sources = WRITTEN.frames["sources"]
    frames["sources"] = sources[sources["id"].isin(cited)]
    record = checked(replace(WRITTEN, frames=frames))
    called = record.actors["name"].to_dict() | dict(names or {})
    return replace(record, actors=record.actors.assign(name=[called[actor_id] for actor_id in record.actors.index]))


def _written(name: str, rows: list[Row]) -> pd.DataFrame:
    """Rows as they are read from a file; cells that are not given are blank."""
    columns = TABLES[name].column_names
    cells = [[row.get(column, "") for column in columns] for row in rows]
    return pd.DataFrame(cells, range(2, len(rows) + 2), columns, dtype=str)


@st.composite
def stance_rows(draw: st.DrawFn, actor_id: str) -> list[Row]:
    """Up to five rows of an actor: several on a day, corrections among them, whatever comes first."""
    dates = draw(st.lists(st.sampled_from(DATES), max_size=5))
    rows = []
    for place, date in enumerate(dates):
        again = dates[:place].count(date)
        outcome = draw(st.sampled_from(OUTCOMES))
        change = draw(st.sampled_from(("world", "world", "world", "correction", "recode")))
        condition = draw(st.sampled_from(("", "never"))) if outcome[1] != "none" else ""
        rows.append(stance_row(actor_id, date, outcome, " bcde"[again].strip(), change=change, condition=condition))
    return rows


@st.composite
def lever_rows(draw: st.DrawFn, actor_id: str) -> list[Row]:
    """Up to two levers of an actor, of which one may have ended, or pushed both ways."""
    ends = ("", "2020-06-15", "2020-12-31")
    ways = draw(st.lists(st.sampled_from(("pressure", "incentive")), max_size=2))
    kinds = draw(st.permutations(("aid", "sanctions")))
    return [
        lever_row(actor_id, kind, way, draw(st.sampled_from(("2019", "2020-03"))), draw(st.sampled_from(ends)))
        for kind, way in zip(kinds, ways, strict=False)
    ]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A valid record whose actors have names that look alike, of which some are one name."""
    stances, levers = [], []
    for actor_id in (*COUNTRIES, BODIES[0]):
        stances += draw(stance_rows(actor_id))
        levers += draw(lever_rows(actor_id))
    names = dict(zip(COUNTRIES, draw(st.permutations(NAMES)), strict=True))
    return record_of(stances, levers, names)


def days() -> st.SearchStrategy[dt.date]:
    """Days of the record: those on which rows begin to hold, the days before them, and any others."""
    marked = {day for date in DATES if (day := parse_date(date))}
    edges = sorted({*marked, *(day - dt.timedelta(days=1) for day in marked), END} - {START - dt.timedelta(days=1)})
    return st.sampled_from(edges) | st.dates(START, END)


def filters() -> st.SearchStrategy[Filters]:
    """Filters that let everybody, some or nobody pass."""
    return st.sampled_from(
        (
            Filters(),
            Filters(region=("Africa",)),
            Filters(region=("International",)),
            Filters(region=("Middle East",)),
            Filters(stance=("not_coded",)),
            Filters(stance=("supportive", "opposed")),
            Filters(stance=("withdrew", "none")),
            Filters(level=("recognition",)),
            Filters(lever=("aid",)),
            Filters(bloc=("CLUB",), confidence=("medium",)),
        )
    )
