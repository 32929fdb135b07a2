"""Who stands in the table of a brief, and what it says of each: every fact with its own date.

Belongs here: whom a reader looks for first, and whose peer somebody is. Does not belong here: markup.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from components.publish import rows
from components.record.model import Record
from components.record.on_day import levers_until
from components.record.vocabulary import DIRECTIONS, NOT_CODED, ONLY_JOINTLY, STANCES, Term
from components.record.wording import long_date
from components.summaries.standing import NONE, standings_on

BY_WEIGHT, DOWN = ["recognises", "supports", "levers", "name"], [False, False, False, True]


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor: its stance and level with the days since when they hold, when it withdrew, its latest act, its levers.

    Days are in words, "" where none is known: of what was not found there is no day since when it was not.
    """

    actor_id: str
    name: str
    stance: Term
    stance_since: str
    withdrew: str
    level: str
    level_since: str
    act: str
    acted_on: str
    levers: str


def known_best(record: Record, day: dt.date) -> list[str]:
    """The actor_ids of those that are coded or hold a lever, in the order in which a reader looks for them."""
    weights = _weights(record, day)
    return list(weights[weights["said"] | (weights["levers"] > 0)].index)


def peers_of(record: Record, day: dt.date, actor_id: str) -> list[str]:
    """The actor, then all others that share a bloc or its region with it, those first that share most of them."""
    weights = _weights(record, day)
    own, blocs = record.actors.loc[actor_id], record.actors["blocs"]
    shared = blocs.map(lambda members: len({*members} & {*own["blocs"]}) + (actor_id in members))
    shared += record.actors["region"] == own["region"]
    near = weights.assign(shared=shared)[lambda frame: (frame["shared"] > 0) & (frame.index != actor_id)]
    return [actor_id, *near.sort_values("shared", ascending=False, kind="stable").index]


def table_rows(record: Record, day: dt.date, actor_ids: Sequence[str]) -> list[Entry]:
    """What the table says of these actors, in their order."""
    return [_entry(record, day, actor_id) for actor_id in actor_ids]


def _weights(record: Record, day: dt.date) -> pd.DataFrame:
    """Every actor but the subject, in order of weight: who recognises, who supports, by number of levers, by name."""
    actors, standings = record.actors.drop(index=record.tracker.subject), standings_on(record, day)
    known = [standings.get(actor_id) for actor_id in actors.index]
    weights = pd.DataFrame(
        {
            "recognises": [bool(now and now.recognised_since) for now in known],
            "supports": [bool(now and now.stance.code == "supportive") for now in known],
            "levers": _held(record, day).groupby("actor_id").size().reindex(actors.index, fill_value=0),
            "name": actors["name"],
            "said": [bool(now and now.stance.code != NONE) for now in known],
        },
        index=actors.index,
    )
    return weights.sort_values(BY_WEIGHT, ascending=DOWN, kind="stable")


def _held(record: Record, day: dt.date) -> pd.DataFrame:
    levers = levers_until(record, day)
    return levers[levers["held"]]


def _entry(record: Record, day: dt.date, actor_id: str) -> Entry:
    name, ways = str(record.actors.at[actor_id, "name"]), _held(record, day).query("actor_id == @actor_id")["direction"]
    counts = {way.symbol: int((ways == code).sum()) for code, way in DIRECTIONS.items()}
    levers = " ".join(f"{symbol}\N{NO-BREAK SPACE}{count}" for symbol, count in counts.items() if count)
    now = standings_on(record, day).get(actor_id)
    if now is None:
        return Entry(actor_id, name, NOT_CODED, "", "", "", "", "", "", levers)
    since = "" if now.stance.code == NONE else now.stance.since_in_words()
    since += f", {ONLY_JOINTLY}" if now.joint else ""
    latest = next(row for row in rows.of(rows.stances(record, day, actor_id)) if row.id == now.row_id)
    return Entry(
        actor_id=actor_id,
        name=name,
        stance=STANCES[now.stance.code],
        stance_since=since,
        level=record.words.levels[now.level.code].label,
        withdrew=long_date(now.withdrew),
        level_since="" if now.level.code == NONE else now.level.since_in_words(),
        act=record.words.acts[latest.act].label,
        acted_on=long_date(now.date),
        levers=levers,
    )
