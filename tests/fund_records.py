"""Records made of rows of money, for tests: by hand, and at random."""

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from components.record.model import Record
from components.record.reading import read
from components.record.vocabulary import STATUSES
from tests.conftest import SMALL

RECORD = read(SMALL)
START, MOVE, END = dt.date(2020, 1, 1), dt.date(2020, 6, 1), dt.date(2020, 12, 31)
BN = 1e9
UNKNOWN = float("nan")
CURRENCIES = ("USD", "EUR", "GBP")
ACTORS = ("AAA", "BBB", "CCC", "BNK", "ALL")


def rows_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of funds as the loader types them; what is not given is as in a plain frozen stock of the subject's.

    A row with `usd` states that many US dollars; else `amount` and `currency` are as given, without dollars.
    """
    usual = {
        "actor_id": "BNK", "owner": "SUB", "status": "frozen", "amount": UNKNOWN, "currency": "", "amount_usd": UNKNOWN,
        "low": UNKNOWN, "high": UNKNOWN, "low_usd": UNKNOWN, "high_usd": UNKNOWN,
        "date_text": START.isoformat(), "until": pd.NaT, "until_text": "",
        "part_of": "", "supersedes": "", "covers": "country", "year": UNKNOWN, "channel": "", "terms": "",
        "summary": "A sum.", "source_ids": ("gov-1",), "confidence": "high",
    }  # fmt: skip
    frame = pd.DataFrame([{"id": f"row-{place}", **usual, **_in_dollars(row)} for place, row in enumerate(rows)])
    frame["date"] = pd.to_datetime(frame["date_text"], format="ISO8601")
    frame["until"] = pd.to_datetime(frame["until"])
    return frame.assign(**{name: frame[name].astype(float) for name in ("amount", "amount_usd", "low", "high", "year")})


def _in_dollars(row: dict[str, Any]) -> dict[str, Any]:
    row = dict(row)
    usd = row.pop("usd", None)
    return row if usd is None else {"amount": usd, "currency": "USD", "amount_usd": usd, **row}


def record_of(*rows: dict[str, Any], **tracker: Any) -> Record:
    """The small record with these rows of money instead of its own, and what is given of its tracker."""
    return replace(RECORD, funds=rows_of(*rows), tracker=replace(RECORD.tracker, **tracker))


def rated(record: Record, **usd: float) -> Record:
    """The record with rates by currency and period: `rated(record, EUR_2020=1.2, EUR_2020_06=1.1)`."""
    rows = []
    for name, worth in usd.items():
        currency, period = name[:3], name[4:].replace("_", "-")
        rows.append((f"{currency}-{period}", currency, period, worth, "gov-1"))
    columns = ["id", "currency", "date_text", "usd", "source_id"]
    return replace(record, rates=pd.DataFrame(rows, columns=columns).astype({"usd": float}))


def figures_in(rows: pd.DataFrame, currency: str) -> list[float]:
    """What rows state in a currency, worked out row by row and by another way than the summaries do."""
    found = []
    for row in rows.itertuples():
        if currency != "USD":
            middle = 0.5 * row.low + 0.5 * row.high if math.isnan(row.amount) else row.amount
            found.append(middle if row.currency == currency else math.nan)
        elif pd.notna(row.amount_usd):
            found.append(row.amount_usd)
        else:
            found.append(0.5 * row.low_usd + 0.5 * row.high_usd)
    return [float(figure) for figure in found if pd.notna(figure)]


def plan(status: str, year: int, date_text: str, **figure: Any) -> dict[str, Any]:
    """A row of a yearly plan of the joint actor."""
    return {"actor_id": "ALL", "owner": "ALL", "status": status, "year": year, "date_text": date_text, **figure}


@st.composite
def figures(draw: st.DrawFn, least: int) -> dict[str, Any]:
    """What one row states: an amount in a currency, in dollars or not, with a range or not."""
    amount = float(draw(st.integers(least, 10 ** draw(st.sampled_from([1, 4, 7, 10, 13])))))
    currency = draw(st.sampled_from(("", *CURRENCIES)))
    in_dollars = currency == "USD" or draw(st.booleans()) or not currency
    ranged = in_dollars and draw(st.booleans())
    ends = {"low_usd": amount * 0.75, "high_usd": amount * 1.25} if ranged else {}
    if currency not in ("", "USD") and draw(st.booleans()):
        ends |= {"low": amount * 0.75, "high": amount * 1.25}
    usd = {"amount_usd": amount} if in_dollars and not (ranged and not currency) else {}
    return {**({"amount": amount, "currency": currency} if currency else {}), **usd, **ends}


@st.composite
def random_records(draw: st.DrawFn, *, may_convert: bool = False) -> Record:
    """A record with up to twelve sums of all families, some inside others of theirs, in every second none of zero.

    Where it `may_convert`, every second one has rates.
    """
    rows: list[dict[str, Any]] = []
    least = draw(st.sampled_from([0, 1]))
    for place in range(draw(st.integers(0, 12))):
        status = draw(st.sampled_from(list(STATUSES)))
        family = STATUSES[status].group
        actor_id = draw(st.sampled_from(ACTORS))
        inside = ["", *(row["id"] for row in rows if STATUSES[row["status"]].group == family)]
        day = START + dt.timedelta(days=draw(st.integers(0, 400)))
        ends = day + dt.timedelta(days=100) if family == "stock" and draw(st.booleans()) else None
        rows.append(
            {
                "id": f"row-{place}",
                "actor_id": actor_id,
                "owner": "SUB" if family == "stock" else actor_id,
                "status": status,
                "date_text": day.isoformat(),
                "until": pd.Timestamp(ends) if ends else pd.NaT,
                "part_of": draw(st.sampled_from(inside)),
                "year": float(draw(st.sampled_from([2019, 2020, 2021]))) if family == "plan" else UNKNOWN,
                "channel": draw(st.sampled_from(["", "interest"])) if family == "stock" else "",
                **draw(figures(least)),
            }
        )
    funds = rows_of(*rows) if rows else RECORD.funds.iloc[:0]
    people = draw(st.sampled_from([{}, {"people": 100, "year": 2020}, {"people": 42_000_000, "year": 2020}]))
    tracker = replace(RECORD.tracker, currency=draw(st.sampled_from(("", *CURRENCIES))), population=people)
    record = replace(RECORD, funds=funds, tracker=tracker)
    if not (may_convert and draw(st.booleans())):
        return record
    return rated(record, EUR_2020=1.2, EUR_2020_03=1.1, GBP_2020=1.3, GBP_2021=1.4)
