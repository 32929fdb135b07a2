"""Who of each stance holds each lever: “who is against, and could release or pay?”"""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import levers_until, positions_taken, stances_on
from components.record.vocabulary import NOT_CODED
from components.summaries.flows import largest_stages
from components.summaries.funds import stock_frame
from components.summaries.money import Total, totals_by

MEASURES = {"held": "Money held back", "given": "Money promised or paid"}


@remembered(most=32)
def crosstab(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each lever that anybody holds on the day, indexed by its code; one column for each position taken.

    A cell is the actor_ids of those of that stance that hold the lever, countries and bodies, in whichever direction
    they push, each once and in the order of their names: its length is their number. Of all actors only those in
    `actor_ids`, where it is given; the rows stay the same, so that nobody is seen to hold what others do.
    """
    levers = levers_until(record, day)
    levers = levers[levers["held"] & (levers["actor_id"] != record.tracker.subject)]
    known = set(levers["lever"].unique())
    used = [code for code in record.words.levers if code in known]
    if actor_ids is not None:
        levers = levers[levers["actor_id"].isin(actor_ids)]
    stances = stances_on(record, day)["position"].reindex(levers["actor_id"]).fillna(NOT_CODED.code)
    names = record.actors["name"].reindex(levers["actor_id"])
    cells: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for lever, stance, name, actor_id in zip(levers["lever"], stances, names, levers["actor_id"], strict=True):
        cells.setdefault((lever, stance), set()).add((name, actor_id))
    ids = {cell: tuple(actor_id for _, actor_id in sorted(found)) for cell, found in cells.items()}
    columns = [*positions_taken(record), NOT_CODED.code]
    table = {term: [ids.get((code, term), ()) for code in used] for term in columns}
    return pd.DataFrame(table, index=pd.Index(used, dtype=object), columns=list(table))


def money_of_actors(record: Record, day: dt.date, measure: str) -> dict[str, Total]:
    """The money of each actor that has any, by actor_id and MEASURES.

    What is held are stocks; what is given is, for each giver, the largest stage that it reported.
    """
    if measure == "held":
        return {str(key): found for (key,), found in totals_by(record, stock_frame(record, day), "actor_id").items()}
    return largest_stages(record, day)
