"""Rules of figures of money wherever they stand: ranges and currencies; quoted figures and rates.

Does not belong here: which sum is inside or instead of which (money).
"""

import re
from collections.abc import Iterator

import pandas as pd

from components.record.check.cells import NUMBER_PATTERN, Row, parse_date, rows_of
from components.record.check.problems import Problem, quoted, visible
from components.record.check.rows import Fault

CURRENCY = re.compile(r"[A-Z]{3}")  # an ISO 4217 code


def number_in(row: Row, *columns: str) -> float | None:
    """The first of these columns that holds a number."""
    cells = (row[column] for column in columns)
    return next((float(cell) for cell in cells if NUMBER_PATTERN.fullmatch(cell)), None)


def ends_faults(row: Row, low_column: str, high_column: str, column: str = "") -> Iterator[Fault]:
    """Half of a range, and one that ends below its beginning or does not hold the amount in a column."""
    low, high = number_in(row, low_column), number_in(row, high_column)
    amount = number_in(row, column) if column else None
    if bool(row[low_column]) != bool(row[high_column]):
        blank = high_column if row[low_column] else low_column
        allowed = f"both {low_column} and {high_column}, or neither"
        yield blank, "half of a range", allowed, "fill in the other end or remove both"
    elif low is not None and high is not None and not low <= (low if amount is None else amount) <= high:
        found = f"range {low:.0f} to {high:.0f} does not hold {low if amount is None else amount:.0f}"
        yield low_column, found, "low ≤ amount ≤ high", "mend it"


def code_faults(row: Row) -> Iterator[Fault]:
    """A currency that is no code."""
    if row["currency"] and not CURRENCY.fullmatch(row["currency"]):
        yield "currency", quoted(row["currency"]), "an ISO 4217 code such as EUR", "mend it"


def dollar_faults(row: Row, *columns: str) -> Iterator[Fault]:
    """Figures in US dollars that are stated in both forms and differ."""
    for column in columns if row["currency"] == "USD" else ():
        stated, dollars = number_in(row, column), number_in(row, f"{column}_usd")
        if stated is not None and dollars is not None and stated != dollars:
            allowed = f"{visible(row[column])}, as in {column}"
            yield f"{column}_usd", quoted(row[f"{column}_usd"]), allowed, "write the same figure"


def check_reconciliation(numbers: pd.DataFrame) -> list[Problem]:
    """Quoted figures without one whole range, in their currency or in US dollars, or with two that differ."""
    faults = [(line, fault) for line, row in rows_of(numbers) for fault in _quoted_faults(row)]
    return [Problem("reconciliation.csv", line, *fault) for line, fault in faults]


def _quoted_faults(row: Row) -> Iterator[Fault]:
    yield from ends_faults(row, "low", "high")
    yield from ends_faults(row, "low_usd", "high_usd")
    yield from code_faults(row)
    yield from dollar_faults(row, "low", "high")
    if bool(row["low"]) != bool(row["currency"]):
        yield "currency", "low and currency do not go together", "both or neither", "fill in the other"
    if not (row["low"] or row["low_usd"]):
        allowed = "low, high and currency, or low_usd and high_usd"
        yield "low", "no range", allowed, "fill in both ends, which may be the same"


def check_rates(rates: pd.DataFrame) -> list[Problem]:
    """Rates of one currency and period that differ, of no currency, of a day, or of nothing."""
    return [Problem("rates.csv", line, *fault) for line, row in rows_of(rates) for fault in _rate_faults(row)]


def _rate_faults(row: Row) -> Iterator[Fault]:
    if row["id"] != f"{row['currency']}-{row['date']}":
        yield "id", quoted(row["id"]), visible(f"{row['currency']}-{row['date']}"), "rename it to match its row"
    yield from code_faults(row)
    if parse_date(row["date"]) and len(row["date"]) > len("2022-03"):
        yield "date", quoted(row["date"]), "a year or a month", "write the period of which it is the mean"
    if not row["usd"].strip("0."):
        yield "usd", quoted(row["usd"]), "more than zero", "mend it"
