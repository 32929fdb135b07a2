"""How many changes of each tier came in each month, or in longer parts of a longer span, and who recognised then."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
# Months in a column, what these are called, and the most columns whose labels a phone has room for.
LENGTHS = (
    (1, "month", 13),
    (3, "quarter", 13),
    (12, "year", 13),
    (60, "five years", 8),
    (120, "decade", 13),
    (600, "fifty years", 6),
)


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
    first = since + dt.timedelta(days=1)
    begins, ends = _month(first), _month(max(first, until))
    months, of = _length(begins, ends)
    parts = range(begins // months, ends // months + 1)
    at = (rows["date"].dt.year * 12 + rows["date"].dt.month - 1) // months
    counts = {
        tier: [int(count) for count in at[rows["kind"].isin(kinds)].value_counts().reindex(parts, fill_value=0)]
        for tier, kinds in TIERS.items()
        if rows["kind"].isin(kinds).any()
    }
    named = [_acts(record, rows[(at == part) & (rows["kind"] == "Recognition")]) for part in parts]
    columns = _in_years(parts, months // 12, begins // 12, ends // 12) if months >= 12 else _in_months(parts, months)
    return Ribbon(columns, counts, named, of)


def _month(day: dt.date) -> int:
    """Its month, counted from that of the first year of all."""
    return day.year * 12 + day.month - 1


def _length(begins: int, ends: int) -> tuple[int, str]:
    """The months of a column and what these are called: the fewest that make few enough columns."""
    fitting = ((months, of) for months, of, most in LENGTHS if ends // months - begins // months < most)
    return next(fitting, LENGTHS[-1][:2])


def _in_months(parts: Sequence[int], months: int) -> list[Column]:
    days = [dt.date(part * months // 12, part * months % 12 + 1, 1) for part in parts]
    columns = [_of_months(day, months) for day in days]
    same = [place > 0 and days[place - 1].year == day.year for place, day in enumerate(days)]
    return [replace(column, year="") if again else column for column, again in zip(columns, same, strict=True)]


def _of_months(first: dt.date, months: int) -> Column:
    """The column of the month or the quarter that begins on a day."""
    quarter = (first.month - 1) // 3 + 1
    if months > 1:
        return Column(f"Q{quarter}", f"{quarter}", f"{first:%Y}", f"quarter {quarter} of {first:%Y}")
    return Column(f"{first:%b}", f"{first:%b}"[:1], f"{first:%Y}", f"{first:%B %Y}")


def _in_years(parts: Sequence[int], years: int, first: int, last: int) -> list[Column]:
    """Columns of so many years, of which none is said to go beyond the first or the last year of all."""
    ends = [(max(part * years, first), min((part + 1) * years - 1, last)) for part in parts]
    if years == 10:
        return [Column(f"{part}0s", f"{part}0s"[2:], "", f"the {part}0s") for part in parts]
    return [_of_years(*of_part, short=years < 50) for of_part in ends]


def _of_years(first: int, last: int, *, short: bool) -> Column:
    """The column of the years from the first to the last; a `short` label leaves out the century."""
    label = f"{first}" if first == last else f"{first}–{last % 100:02}"
    words = f"{first}" if first == last else f"{first} to {last}"
    return Column(label, label[2:] if short else label, "", words)


def _acts(record: Record, rows: pd.DataFrame) -> list[str]:
    """“Alphaland”, “Alphaland withdrew” or “Alphaland again”."""
    changes = stance_changes(record).set_index("id")
    acts = changes["withdrew"].map({True: " withdrew", False: ""}).mask(changes["again"], " again")
    return [f"{row.name}{acts[row.row_id]}" for row in rows.itertuples(index=False)]
