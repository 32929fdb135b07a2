"""Sums of money: the only module that adds them.

Belongs here: what rows of money come to, and what a sum leaves out. Does not belong here: which rows are shown
together (funds, flows, plans, pools), in which currency a record is counted (currency), and what is not money.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.vocabulary import STATUSES
from components.record.wording import about, counted, money
from components.summaries.currency import ENDS, currency_of, figure_in

NAMED = 2  # sums in so many other currencies are named in a sentence; of more, only how many currencies
ROW = ("id", *ENDS, "rate_on", "stated_in", *(f"stated_{end}" for end in ENDS))
Spelt = Callable[[float, float], str]
Key = tuple[Any, ...]
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Total:
    """What rows of one family (stock, flow or plan) come to in a currency, with what they state in others.

    `value`, `low` and `high` are None where no row has a figure in the currency: unknown is never 0. `rows` counts all
    of them. `others`: what those without such a figure state, one total for each currency, never added to it.
    `converted`: what those state, likewise, that are in it at a mean rate.
    """

    currency: str
    value: float | None
    low: float | None
    high: float | None
    rows: int
    others: tuple["Total", ...] = ()
    converted: tuple["Total", ...] = ()

    @property
    def unstated(self) -> int:
        """How many rows have no figure in the currency."""
        return sum(other.rows for other in self.others)

    @property
    def is_converted(self) -> bool:
        """Whether no row states any of it in the currency: then it is “about” so much."""
        return self.value is not None and sum(part.rows for part in self.converted) == self.rows - self.unstated

    @property
    def number(self) -> float:
        """The value for a frame or a chart, NaN where it is not known."""
        return math.nan if self.value is None else self.value

    def in_words(self, one: str = "sum", many: str = "") -> str:
        """“$9.5–9.7bn in 3 pools, besides €5.0bn”: with all that it leaves out."""
        besides = "" if self.value is None else self.besides()
        return self.without_others(one, many) + (f", besides {besides}" if besides else "")

    def without_others(self, one: str = "sum", many: str = "", spelt: Spelt | None = None) -> str:
        """“$9.5–9.7bn in 3 pools”, or that there is no figure, which is not zero; `spelt` as `Unit.text`."""
        if not self.rows:
            return f"no {one}"
        if self.value is not None:
            return f"{self._spelt(spelt)} in {counted(self.rows - self.unstated, one, many)}"
        which = f"any of {counted(self.rows, one, many)}" if self.rows > 1 else f"the {one}"
        return f"no {figure_in(self.currency)} for {which} ({self.as_stated()} as stated)"

    def amounts(self, what: str = "", spelt: Spelt | None = None) -> str:
        """All that is stated, of `what`: “$9.5–9.7bn frozen, besides €5.0bn”; "" of no rows."""
        if self.value is None:
            return f"{self.as_stated()} {what}".strip()
        known, besides = f"{self._spelt(spelt)} {what}".strip(), self.besides()
        return f"{known}, besides {besides}" if besides else known

    def besides(self) -> str:
        """What a sentence says of other currencies: “€5.0bn, £1.0bn”, or of many how many they are; or ""."""
        few = len(self.others) <= NAMED
        return self.as_stated() if few else f"sums in {len(self.others)} other currencies"

    def as_stated(self) -> str:
        """What is stated in other currencies, all of it: “€5.0bn, £1.0bn”; "" where nothing is."""
        return ", ".join(other.amounts() for other in self.others)

    def _spelt(self, spelt: Spelt | None) -> str:
        low, high = (math.nan if end is None else end for end in (self.low, self.high))
        return about(spelt(low, high) if spelt else money(low, high, self.currency), is_so=self.is_converted)


def total(record: Record, rows: pd.DataFrame) -> Total:
    """The sum of rows of funds, each with the columns of `currency.with_values`, in the record's currency.

    A row inside another of them is not added to it. Raises ValueError for rows of more than one family.
    """
    return totals_by(record, rows).get((), merged([], currency_of(record)))


def totals_by(record: Record, rows: pd.DataFrame, *columns: str) -> dict[Key, Total]:
    """The same for each combination of cells of these columns; a row inside one of another combination counts too."""
    currency = currency_of(record)
    found = of_rows(rows, currency)
    return {key: merged((found[row_id] for row_id in ids), currency) for key, ids in _outer_by(record, rows, columns)}


def as_stated_by(record: Record, rows: pd.DataFrame, *columns: str) -> dict[Key, Total]:
    """As `totals_by`, all in `others`: as stated, also of rows that state the record's currency too."""
    found = of_rows(rows, "")
    return {key: merged((found[row_id] for row_id in ids), "") for key, ids in _outer_by(record, rows, columns)}


def of_rows(rows: pd.DataFrame, currency: str) -> dict[str, Total]:
    """Each row by its id as a total of one row: in the currency, which is that of `value`, or as stated in another."""
    found = {}
    for row_id, *ends, rate_on, stated_in, value, low, high in zip(*(rows[name].tolist() for name in ROW), strict=True):
        stated = (Total(stated_in, value, low, high, 1),)
        if currency and not math.isnan(ends[0]):
            found[row_id] = Total(currency, ends[0], ends[1], ends[2], 1, converted=stated if rate_on else ())
        else:
            found[row_id] = Total(currency, None, None, None, 1, stated)
    return found


def merged(totals: Iterable[Total], currency: str) -> Total:
    """The sum of totals in a currency that share no row, and none of whose rows lies inside another's."""
    totals = list(totals)
    others = _by_currency(part for found in totals for part in found.others)
    converted = _by_currency(part for found in totals for part in found.converted)
    value, low, high = (_added([getattr(part, end) for part in totals]) for end in ENDS)
    return Total(currency, value, low, high, sum(part.rows for part in totals), others, converted)


def _by_currency(totals: Iterable[Total]) -> tuple[Total, ...]:
    """One total for each currency, that of most rows first."""
    apart: dict[str, list[Total]] = {}
    for found in totals:
        apart.setdefault(found.currency, []).append(found)
    return tuple(sorted((merged(found, code) for code, found in apart.items()), key=_most_rows_first))


def _most_rows_first(found: Total) -> tuple[int, str]:
    return -found.rows, found.currency


def _added(amounts: Sequence[float | None]) -> float | None:
    """The sum of those that are known; None where none is."""
    known = [amount for amount in amounts if amount is not None]
    return math.fsum(known) if known else None


def sums_at(places: Numbers, amounts: Numbers, size: int) -> Numbers:
    """The sum of the amounts at each of so many places; NaN at a place that has none, or one that is not known."""
    sums = np.full(size, np.nan)
    sums[places] = 0.0
    np.add.at(sums, places, amounts)
    return sums


def end_to_end(whole: float, parts: Sequence[float]) -> tuple[float, list[float]]:
    """What is left of a sum beside its known parts, and where each part begins that follows it in one bar."""
    rest = max(whole - math.fsum(parts), 0.0)
    return rest, [*accumulate(parts, initial=rest)][:-1]


def outermost(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that lie inside no other of the rows, at whatever depth."""
    return rows[rows["id"].isin(_outer(rows["id"].tolist(), _parents(record)))]


def _outer_by(record: Record, rows: pd.DataFrame, columns: Sequence[str]) -> Iterable[tuple[Key, list[str]]]:
    """For each combination of cells the ids of its rows that lie inside no other of them."""
    keys = zip(*(rows[name].tolist() for name in columns), strict=True) if columns else [()] * len(rows)
    groups: dict[Key, list[tuple[str, str]]] = {}
    for key, row_id, status in zip(keys, rows["id"].tolist(), rows["status"].tolist(), strict=True):
        groups.setdefault(key, []).append((row_id, STATUSES[status].group))
    parents = _parents(record)
    for key, members in groups.items():
        families = {family for _, family in members}
        if len(families) > 1:
            raise ValueError(f"sums of {' and '.join(sorted(families))} are never added")
        yield key, _outer([row_id for row_id, _ in members], parents)


def _outer(ids: Collection[str], parents: Mapping[str, str]) -> list[str]:
    """Those ids whose row lies inside no other of them, in their order."""
    among = set(ids)
    inside = {"": False}  # for each row met on a way up whether it lies in one of them
    for row_id in ids:
        way = [row_id]
        while way[-1] not in inside:
            parent = parents.get(way[-1], "")
            if parent in among:
                inside[way[-1]] = True
            else:
                way.append(parent)
        inside.update(dict.fromkeys(way, inside[way[-1]]))
    return [row_id for row_id in ids if not inside[row_id]]


@remembered(most=1)
def _parents(record: Record) -> dict[str, str]:
    """For each row of funds that lies in another the one in which it does."""
    pairs = zip(record.funds["id"].tolist(), record.funds["part_of"].tolist(), strict=True)
    return {row_id: parent for row_id, parent in pairs if parent}
