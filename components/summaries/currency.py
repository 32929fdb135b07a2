"""The currency in which a record is counted, and what its rows state in it. Nothing is converted.

Does not belong here: sums (money), and how a figure is rounded and spelt (wording).
"""

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record

DOLLARS = "USD"
NAMES = {
    "CHF": "Swiss francs",
    "CNY": "Chinese yuan",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "JPY": "Japanese yen",
    DOLLARS: "US dollars",
}
ENDS = ("value", "low", "high")


def sign(currency: str) -> str:
    """What stands before an amount: “$” or “EUR ”."""
    return "$" if currency == DOLLARS else f"{currency} "


def currency_name(currency: str) -> str:
    """A currency in words, or its code where it has no name here."""
    return NAMES.get(currency, currency)


def figure_in(currency: str) -> str:
    """What a row lacks that states nothing in a currency: “dollar figure” or “figure in EUR”."""
    return "dollar figure" if currency == DOLLARS else f"figure in {currency}"


@remembered(most=1)
def currency_of(record: Record) -> str:
    """What charts of money are in: what tracker.toml says, else US dollars where any row states them.

    Else the currency that most rows state, of equals the first by its code; US dollars where there are no rows.
    """
    if record.tracker.currency:
        return record.tracker.currency
    stated = sorted(code for code in record.funds["currency"].tolist() if code)
    if not stated or in_currency(record.funds, DOLLARS)["value"].notna().any():
        return DOLLARS
    return max(dict.fromkeys(stated), key=stated.count)


def in_currency(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """`value`, `low` and `high` of rows of funds in a currency; NaN where they state nothing in it.

    US dollars are `amount_usd`, else the middle of the range. `low` and `high` are the value where there is no range.
    """
    value = rows["amount"].astype(float).where(rows["currency"] == currency)
    if currency != DOLLARS:
        return pd.DataFrame({"value": value, "low": value, "high": value})
    low, high = rows["low_usd"].astype(float), rows["high_usd"].astype(float)
    value = rows["amount_usd"].astype(float).fillna((low + high) / 2).fillna(value)
    return pd.DataFrame({"value": value, "low": low.fillna(value), "high": high.fillna(value)})


def with_values(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of funds with `value`, `low` and `high` in the record's currency, as from `in_currency`, and as stated.

    As stated: `stated_in`, the code, and `stated_value`, `stated_low` and `stated_high`; a row without an amount of
    its own is stated in US dollars.
    """
    usd = in_currency(rows, DOLLARS)
    in_dollars = rows["currency"].isin(["", DOLLARS])
    stated = {f"stated_{end}": usd[end].where(in_dollars, rows["amount"]) for end in ENDS}
    own = in_currency(rows, currency_of(record))
    return rows.assign(**own, **stated, stated_in=rows["currency"].mask(in_dollars, DOLLARS))
