"""The turning points of the record: on which days countries recognised, changed the rank of envoys or their stance.

Belongs here: which days these are, how much each weighs, and who did what in words. Does not belong here: which way
countries went between two days as a whole (moves), and every change there is (changes).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import WORLD
from components.record.vocabulary import LEVELS, NOT_CODED, STANCES
from components.record.wording import enumerated, long_date
from components.summaries.changes import stance_changes
from components.summaries.moves import AGAIN, LOST, TURNS
from components.summaries.standing import NONE

NAMED = 3  # at the most, of those who did one thing on one day
WEIGHTS = RECOGNITION, RANK, STANCE = range(3)  # how much a turning point weighs, the weightiest first
RISEN = {"ambassador": "moved up to ambassador rank", "charge": "accepted envoys below ambassador rank"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What countries did on one day, in `words` that name them; `date` is the day as the record writes it."""

    day: dt.date
    date: str
    weight: int
    words: str

    def dated(self) -> str:
        """“Alphaland recognised the council, 1 June 2020”."""
        return f"{self.words}, {long_date(self.date)}"


@remembered(most=4)
def turns(record: Record) -> tuple[Turn, ...]:
    """All of them in order, the weightiest of a day first; to be coded for the first time is none."""
    rows = _turning(record)
    told = []
    for (day, date), of_day in rows.groupby(["date", "date_text"]):
        clauses = [
            f"{enumerated(list(dict.fromkeys(those['name'])), NAMED)} {did}"
            for did, those in of_day.groupby("did", sort=False)
        ]
        told.append(Turn(day.date(), date, int(of_day["weight"].min()), "; ".join(clauses)))
    return tuple(told)


def _turning(record: Record) -> pd.DataFrame:
    """The rows of countries that turned, with `name`, `weight` and what each `did`, the weightiest first."""
    rows = stance_changes(record)
    countries = record.actors[record.actors["kind"] == "country"].drop(index=record.tracker.subject, errors="ignore")
    rows = rows[(rows["change"] == WORLD) & rows["actor_id"].isin(countries.index)]
    acts = rows["recognised"] | rows["withdrew"]
    moved = (rows["before_stance"] != rows["after_stance"]) & (rows["before_stance"] != NOT_CODED.code)
    weight = pd.Series(STANCE, rows.index).mask(rows["ranked"], RANK).mask(acts, RECOGNITION)
    rows = rows.assign(weight=weight, name=countries["name"].reindex(rows["actor_id"]).to_numpy())
    rows = rows[acts | rows["ranked"] | moved]
    rows = rows.assign(did=[_did(record, row) for row in rows.itertuples(index=False)])
    return rows.sort_values(["weight", "name"], kind="stable")


def _did(record: Record, row: Any) -> str:
    """What a country did: its act where it recognised or withdrew, else what became of its envoys, else its stance."""
    if row.weight == RECOGNITION:
        came = AGAIN if row.again else "recognised {}"
        return came.format(record.tracker.object) if row.recognised else "withdrew recognition"
    if row.weight == RANK:
        levels, names = list(LEVELS), record.words.levels
        risen = levels.index(row.after_level) > levels.index(row.before_level)
        return RISEN[row.after_level] if risen else f"moved down to the level {names[row.after_level].lowered}"
    if NONE in {row.before_stance, row.after_stance}:
        return TURNS[LOST if row.after_stance == NONE else row.after_stance].format("recognition")
    before, after = (STANCES[code].label.lower() for code in (row.before_stance, row.after_stance))
    return f"turned from {before} to {after}"
