"""Who of each stance holds each lever: “who is against, and could release or pay?”"""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.vocabulary import LEVERS, NOT_CODED, STANCES, Term
from components.summaries.funds import FLOW_STAGES, flow_frame, stock_frame

MEASURES = {"held": "Money held back", "given": "Money promised or paid"}
COLUMNS: tuple[Term, ...] = (*STANCES.values(), NOT_CODED)


@remembered(most=32)
def crosstab(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each lever that anybody holds on the day, indexed by its code; one column for each stance class.

    A cell is the names of the actors of that stance that hold the lever, countries and bodies, in whichever direction
    they push, each once and in alphabetical order: its length is their number. Of all actors only those in
    `actor_ids`, where it is given; the rows stay the same, so that nobody is seen to hold what others do.
    """
    levers = levers_until(record, day)
    levers = levers[levers["held"] & (levers["actor_id"] != record.tracker.subject)]
    known = set(levers["lever"].unique())
    used = [code for code in LEVERS if code in known]
    if actor_ids is not None:
        levers = levers[levers["actor_id"].isin(actor_ids)]
    stances = stances_on(record, day)["stance"].reindex(levers["actor_id"]).fillna(NOT_CODED.code)
    names = record.actors["name"].reindex(levers["actor_id"])
    cells: dict[tuple[str, str], set[str]] = {}
    for lever, stance, name in zip(levers["lever"], stances, names, strict=True):
        cells.setdefault((lever, stance), set()).add(name)
    table = {term.code: [tuple(sorted(cells.get((code, term.code), ()))) for code in used] for term in COLUMNS}
    return pd.DataFrame(table, index=pd.Index(used, dtype=object), columns=[term.code for term in COLUMNS])


def amounts(record: Record, day: dt.date, cells: pd.DataFrame, measure: str) -> pd.DataFrame:
    """For each cell of `crosstab` the money of its actors in US dollars, by MEASURES; NaN where they have none.

    An actor's money stands in every row whose lever it holds, so that rows are never added.
    """
    money = money_of_actors(record, day, measure).dropna()
    by_name = money.rename(index=record.actors["name"].to_dict()).to_dict()

    def of(names: tuple[str, ...]) -> float:
        sums = [by_name[name] for name in names if name in by_name]
        return sum(sums) if sums else float("nan")

    return cells.map(of)


def money_of_actors(record: Record, day: dt.date, measure: str) -> pd.Series:
    """US dollars by actor_id, of those who have any, by MEASURES.

    What is held are stocks; what is given is, for each giver, the largest stage that it reported.
    """
    if measure == "held":
        return stock_frame(record, day).groupby("actor_id")["usd"].sum(min_count=1)
    return flow_frame(record, day).set_index("actor_id")[FLOW_STAGES].max(axis=1)
