"""The currency in which a record is counted, what its rows state in it, and what other sums come to by rates.csv.

A sum that states nothing in that currency is converted at the mean rate of its month, else of its year; where rates.csv
has neither it stands apart. Does not belong here: sums (money), and how a figure is rounded and spelt (wording).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.currency import DOLLARS, counted_in
from components.record.model import Record
from components.record.wording import enumerated, sentence
from components.summaries.sources import publishers_of

NAMES = {
    "AUD": "Australian dollars",
    "CAD": "Canadian dollars",
    "CHF": "Swiss francs",
    "CNY": "Chinese yuan",
    "DKK": "Danish kroner",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "INR": "Indian rupees",
    "JPY": "Japanese yen",
    "KRW": "South Korean won",
    "NOK": "Norwegian kroner",
    "SEK": "Swedish kronor",
    DOLLARS: "US dollars",
}
ENDS = ("value", "low", "high")
NAMED = 2  # currencies that a note of conversion names; of more it says how many
Rates = Mapping[tuple[str, str], tuple[float, str]]
Conversion = tuple[float, str, tuple[str, ...]]
DOLLAR = (1.0, "")
NO_RATE: Conversion = (math.nan, "", ())


def currency_name(currency: str) -> str:
    """A currency in words, or its code where it has no name here."""
    return NAMES.get(currency, currency)


def figure_in(currency: str) -> str:
    """What a row lacks that states nothing in a currency: “dollar figure” or “figure in EUR”."""
    return "dollar figure" if currency == DOLLARS else f"figure in {currency}"


@remembered(most=1)
def currency_of(record: Record) -> str:
    """What charts of money are in."""
    has_dollars = bool(in_currency(record.funds, DOLLARS)["value"].notna().any())
    return counted_in(record.tracker.currency, record.funds["currency"].tolist(), has_dollars=has_dollars)


def in_currency(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """`value`, `low` and `high` of rows of funds in a currency; NaN where they state nothing in it.

    It is the amount, else the middle of the range; US dollars also those of the columns `…_usd`. `low` and `high` are
    the value where there is no range.
    """
    own = _stated(rows).where(rows["currency"] == currency)
    if currency != DOLLARS:
        return own
    low, high = (rows[f"{end}_usd"].astype(float).fillna(own[end]) for end in ENDS[1:])
    value = rows["amount_usd"].astype(float).fillna(own["value"]).fillna((low + high) / 2)
    return pd.DataFrame({"value": value, "low": low.fillna(value), "high": high.fillna(value)})


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    """The same of each row in the currency that its `currency` says."""
    amount, low, high = (rows[name].astype(float) for name in ("amount", "low", "high"))
    value = amount.fillna((low + high) / 2)
    return pd.DataFrame({"value": value, "low": low.fillna(value), "high": high.fillna(value)})


def with_values(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of funds with `value`, `low` and `high` in the record's currency, stated or converted, and as stated.

    As stated: `stated_in`, the code, and `stated_value`, `stated_low` and `stated_high`; a row without a currency of
    its own is stated in US dollars. `rate_on` is the month or year at whose mean rate a row is converted, as rates.csv
    writes it, "" for one that is not; `rate_ids` are the sources of that rate, which are among its `source_ids` too.
    """
    usd, other, currency = in_currency(rows, DOLLARS), _stated(rows), currency_of(record)
    in_dollars = rows["currency"].isin(["", DOLLARS])
    stated = {f"stated_{end}": usd[end].where(in_dollars, other[end]) for end in ENDS}
    codes = rows["currency"].mask(in_dollars, DOLLARS)
    own, rates = in_currency(rows, currency), _rates(record)
    cells = zip(own["value"].tolist(), codes.tolist(), rows["date_text"].tolist(), strict=True)
    found = [
        _conversion(rates, code, currency, date) if rates and math.isnan(value) else NO_RATE
        for value, code, date in cells
    ]
    factor = np.array([worth for worth, *_ in found], dtype=float)
    return rows.assign(
        **{end: own[end].fillna(stated[f"stated_{end}"] * factor) for end in ENDS},
        **stated,
        stated_in=codes,
        rate_on=[period for _, period, _ in found],
        rate_ids=[ids for *_, ids in found],
        source_ids=[(*keys, *ids) for keys, (*_, ids) in zip(rows["source_ids"], found, strict=True)],
    )


@dataclass(frozen=True, slots=True)
class Converted:
    """What must be said of sums that are converted: in `note`, and in `short` where a line is all there is; "" of none.

    “Euros and pounds sterling are converted at the mean rate of their year (Federal Reserve Board).” and “Other
    currencies at yearly averages (Federal Reserve Board).”
    """

    note: str = ""
    short: str = ""


def converted_in(record: Record, *frames: pd.DataFrame) -> Converted:
    """What must be said of rows of funds, each with the columns of `with_values`, that stand in one picture or sum."""
    columns = ("stated_in", "rate_on", "rate_ids")
    rows = [row for frame in frames for row in zip(*(frame[name].tolist() for name in columns), strict=True) if row[1]]
    if not rows:
        return Converted()
    codes = _by_frequency(code for code, *_ in rows)
    many = len(codes) > NAMED
    what = f"sums in {len(codes)} other currencies" if many else enumerated([*map(currency_name, codes)], NAMED)
    lengths = {len(period) for _, period, _ in rows}
    periods = [name for name, text in (("month", "2022-03"), ("year", "2022")) if len(text) in lengths]
    publishers = _by_frequency(publishers_of(record)[key] for *_, ids in rows for key in ids)
    mostly = "mostly " if len(publishers) > 1 else ""
    return Converted(
        f"{sentence(what)} are converted at the mean rate of their {' or '.join(periods)} "
        f"({enumerated(publishers, NAMED)}).",
        f"Other currencies at {' or '.join(f'{period}ly' for period in periods)} averages ({mostly}{publishers[0]}).",
    )


def _by_frequency(words: Iterable[str]) -> list[str]:
    """Each word once, the most frequent first and of equals the first of them."""
    return [word for word, _ in Counter(words).most_common()]


@remembered(most=1)
def _rates(record: Record) -> dict[tuple[str, str], tuple[float, str]]:
    """By currency and month or year what one unit was worth in US dollars, and the source that says so."""
    columns = ("currency", "date_text", "usd", "source_id")
    rows = zip(*(record.rates[name].tolist() for name in columns), strict=True)
    return {(currency, period): (usd, key) for currency, period, usd, key in rows}


def _conversion(rates: Rates, stated_in: str, currency: str, date: str) -> Conversion:
    """What one unit is worth in a currency by the mean of a date's month, else of its year; which, and who says so.

    Both currencies are taken from the same period; a US dollar is one of itself in any.
    """
    for period in (date[: len("2022-03")], date[: len("2022")]):
        one, other = (DOLLAR if code == DOLLARS else rates.get((code, period)) for code in (stated_in, currency))
        if one and other:
            return one[0] / other[0], period, tuple(key for key in dict.fromkeys((one[1], other[1])) if key)
    return NO_RATE
