"""The ledger of a day: the pools of money held back, what is known of their insides, and the totals of each group."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from components.record.model import Record
from components.summaries.funds import GROUPS, stock_frame, stock_parts, stock_totals, stocks_and_more
from components.summaries.money import Total
from components.summaries.units import PLAIN, Unit, units


@dataclass(frozen=True, slots=True)
class Ledger:
    """`frame` as from `funds.stock_frame`, `parts` as from `funds.stock_parts`, the total of each group, the unit.

    `headings` say the totals in words, and `apart` of a group what its total leaves out, if anything. `among_others`:
    whether the record has money too that no total may be added to.
    """

    frame: pd.DataFrame
    parts: pd.DataFrame
    totals: dict[str, Total]
    headings: dict[str, str]
    apart: dict[str, str]
    unit: Unit
    among_others: bool


def ledger(record: Record, day: dt.date, actor_ids: Collection[str] | None = None, unit: str = PLAIN) -> Ledger:
    """The ledger of a day, of the holders in `actor_ids` or of all; a unit that cannot be had is the currency's."""
    frame = stock_frame(record, day, actor_ids)
    known = units(record, day)
    shown = known.get(unit, known[PLAIN])
    totals = stock_totals(record, frame)
    headings = {
        group: f"{GROUPS[group]}: {found.without_others('pool', spelt=shown.text)}" for group, found in totals.items()
    }
    apart = {
        group: f"Not added: {found.as_stated()}"
        for group, found in totals.items()
        if found.value is not None and found.others
    }
    among_others = stocks_and_more(record)
    return Ledger(frame, stock_parts(record, day, frame), totals, headings, apart, shown, among_others)
