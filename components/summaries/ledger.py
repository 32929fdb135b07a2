"""The ledger of a day: the pools of money held back, what is known of their insides, and the totals of each group."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from components.record.model import Record
from components.record.wording import counted
from components.summaries.funds import GROUPS, stock_frame, stock_parts, stock_totals
from components.summaries.units import USD, Unit, units


@dataclass(frozen=True, slots=True)
class Ledger:
    """`frame` as from `funds.stock_frame`, `parts` as from `funds.stock_parts`, a heading for each group, the unit.

    `apart` says of a group what its total leaves out, if anything.
    """

    frame: pd.DataFrame
    parts: pd.DataFrame
    headings: dict[str, str]
    apart: dict[str, str]
    unit: Unit


def ledger(record: Record, day: dt.date, actor_ids: Collection[str] | None = None, unit: str = USD) -> Ledger:
    """The ledger of a day, of the holders in `actor_ids` or of all; a unit that cannot be had is US dollars."""
    frame = stock_frame(record, day, actor_ids)
    known = units(record, day)
    shown = known.get(unit, known[USD])
    totals = stock_totals(frame)
    headings = {
        group: f"{GROUPS[group]}: {shown.text(found.low, found.high)} in {counted(found.rows - found.unstated, 'pool')}"
        for group, found in totals.items()
    }
    apart = {
        group: f"Not added: {counted(found.unstated, 'sum')} without a dollar figure"
        for group, found in totals.items()
        if found.unstated
    }
    return Ledger(frame, stock_parts(record, day, frame), headings, apart, shown)
