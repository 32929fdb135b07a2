"""Who of each stance holds each lever: “who is against, and could release or pay?”"""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from components.as_of import levers_until, stances_on
from components.load import Dataset
from components.vocabulary import LEVERS, NOT_CODED, STANCES, Term

COLUMNS: tuple[Term, ...] = (*STANCES.values(), NOT_CODED)


def crosstab(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each lever that anybody holds on the day, indexed by its code; one column for each stance class.

    A cell is the names of the actors of that stance that hold the lever, countries and bodies, in whichever direction
    they push, each once and in alphabetical order: its length is their number. Of all actors only those in
    `actor_ids`, where it is given; the rows stay the same, so that nobody is seen to hold what others do.
    """
    levers = levers_until(dataset, day)
    levers = levers[levers["held"] & (levers["actor_id"] != dataset.tracker.subject)]
    used = [code for code in LEVERS if code in set(levers["lever"])]
    if actor_ids is not None:
        levers = levers[levers["actor_id"].isin(actor_ids)]
    stances = stances_on(dataset, day)["stance"].reindex(levers["actor_id"]).fillna(NOT_CODED.code)
    names = dataset.actors["name"].reindex(levers["actor_id"])
    cells: dict[tuple[str, str], set[str]] = {}
    for lever, stance, name in zip(levers["lever"], stances, names, strict=True):
        cells.setdefault((lever, stance), set()).add(name)
    table = {term.code: [tuple(sorted(cells.get((code, term.code), ()))) for code in used] for term in COLUMNS}
    return pd.DataFrame(table, index=pd.Index(used, dtype=object), columns=[term.code for term in COLUMNS])
