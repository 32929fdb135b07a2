"""How many changes of each tier came in each month, or in longer parts of a longer span, and who recognised then."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components.record.model import Record
from components.summaries.changes import stance_changes

TIERS: Mapping[str, tuple[str, ...]] = {
    "Recognition": ("Recognition",),
    "Rank": ("Rank",),
    "Stance or contact": ("Stance",),
    "Money": ("Money",),
    "Other": ("Act", "Lever"),
}
MOST = 13  # columns that a phone has room for


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the span: its label, a shorter one, its year where the column before has another, and its words."""

    label: str
    short: str
    year: str
    words: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The columns, the counts of each tier that has any, and by column who recognised or withdrew in it."""

    columns: Sequence[Column]
    counts: Mapping[str, Sequence[int]]
    named: Sequence[Sequence[str]]
    of: str


def ribbon_of(record: Record, rows: pd.DataFrame, since: dt.date, until: dt.date) -> Ribbon:
    """The ribbon of a frame of changes after `since` up to and including `until`."""
    freq = _length(since, until)
    first = pd.Timestamp(since) + pd.Timedelta(days=1)
    periods = pd.period_range(first, max(first, pd.Timestamp(until)), freq=freq)
    at = rows["date"].dt.to_period(freq)
    counts = {
        tier: [int(count) for count in at[rows["kind"].isin(kinds)].value_counts().reindex(periods, fill_value=0)]
        for tier, kinds in TIERS.items()
        if rows["kind"].isin(kinds).any()
    }
    named = [_acts(record, rows[(at == period) & (rows["kind"] == "Recognition")]) for period in periods]
    return Ribbon(_columns(periods, freq), counts, named, {"M": "month", "Q": "quarter", "Y": "year"}[freq])


def _length(since: dt.date, until: dt.date) -> str:
    """The shortest part of which there are few enough; years where there are too many of all."""
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    return "M" if months <= MOST else "Q" if months <= 3 * MOST - 3 else "Y"


def _columns(periods: pd.PeriodIndex, freq: str) -> list[Column]:
    labels = [{"M": f"{part:%b}", "Q": f"Q{part.quarter}", "Y": f"{part:%Y}"}[freq] for part in periods]
    short = [{"M": label[:1], "Q": label[1:], "Y": label[2:]}[freq] for label in labels]
    words = [
        {"M": f"{part:%B %Y}", "Q": f"quarter {part.quarter} of {part:%Y}", "Y": f"{part:%Y}"}[freq] for part in periods
    ]
    years = ["" if freq == "Y" else f"{part:%Y}" for part in periods]
    changed = [year if place == 0 or years[place - 1] != year else "" for place, year in enumerate(years)]
    return [Column(*parts) for parts in zip(labels, short, changed, words, strict=True)]


def _acts(record: Record, rows: pd.DataFrame) -> list[str]:
    """“Alphaland”, or “Alphaland withdrew”."""
    changes = stance_changes(record)
    withdrew = set(changes.loc[changes["withdrew"], "id"])
    return [f"{row.name} withdrew" if row.row_id in withdrew else str(row.name) for row in rows.itertuples(index=False)]
