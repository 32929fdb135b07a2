"""Sums of money that no chart can show, on whatever day: they may be meant so, and nobody would miss them on a page."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.record.check.cells import Row, parse_date, rows_of
from components.record.check.problems import Problem, quoted
from components.record.currency import DOLLARS, counted_in
from components.record.schema import FUNDS, TRACKER_CURRENCY, TRACKER_FILE
from components.record.vocabulary import STATUSES

COLUMNS = [
    *("id", "status", "currency", "amount_usd", "low_usd", "date", "until", "part_of", "supersedes", "covers", "year"),
]
Fault = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Money:
    """What a row of funds.csv must be looked at with."""

    start: dt.date
    data_until: dt.date
    currency: str
    rates: set[tuple[str, str]]
    rows: Mapping[str, Row]
    replaced: set[str]
    asked: set[str]  # years for which a plan for the country asks


def unseen_sums(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> list[Problem]:
    """A warning for each sum that no chart can show; one in place of all where none is in the record's currency."""
    lines = [*rows_of(frames["funds"][COLUMNS])]
    money = _money(lines, frames["rates"], tracker)
    apart = [(line, fault) for line, row in lines for fault in _without_rate(row, money)]
    told = [
        Problem(FUNDS.file, line, *fault)
        for line, row in lines
        for fault in (*_on_no_day(row, money), *_in_no_plan(row, money))
    ]
    if apart and len(apart) == len(lines):
        found = f"no sum is in {money.currency} or has a rate to it, so charts of money have no bar"
        allowed, remedy = (
            "a currency that sums state, or that rates lead to",
            "mend it, or add rates with their sources",
        )
        return [*told, Problem(TRACKER_FILE, 1, TRACKER_CURRENCY, found, allowed, remedy)]
    return [*told, *(Problem(FUNDS.file, line, *fault) for line, fault in apart)]


def _money(lines: list[tuple[int, Row]], rates: pd.DataFrame, tracker: Mapping[str, Any]) -> _Money:
    rows = [row for _, row in lines]
    has_dollars = any(row["amount_usd"] or row["low_usd"] or row["currency"] == DOLLARS for row in rows)
    named = str(tracker.get(TRACKER_CURRENCY) or "")
    return _Money(
        start=dt.date.fromisoformat(str(tracker["start"])),
        data_until=dt.date.fromisoformat(str(tracker["data_until"])),
        currency=counted_in(named, (row["currency"] for row in rows), has_dollars=has_dollars),
        rates=set(zip(rates["currency"].tolist(), rates["date"].tolist(), strict=True)),
        rows={row["id"]: row for row in rows},
        replaced={row["supersedes"] for row in rows},
        asked={row["year"] for row in rows if row["status"] == "required" and row["covers"] != "region"},
    )


def _without_rate(row: Row, money: _Money) -> Iterator[Fault]:
    """A sum that states nothing in the record's currency, in a month and year without a rate to it."""
    own = row["currency"] or DOLLARS
    in_dollars = money.currency == DOLLARS and (row["amount_usd"] or row["low_usd"])
    if own == money.currency or in_dollars:
        return
    needed = [code for code in (own, money.currency) if code != DOLLARS]
    if any(all((code, row["date"][:length]) in money.rates for code in needed) for length in (7, 4)):
        return
    year = row["date"][:4]
    found = f"{quoted(own)} has no rate to {money.currency} in {year}, so this sum stands apart and in no bar or total"
    add = " and ".join(f"{code}-{year}" for code in needed)
    allowed = f"a sum in {money.currency}, or a rate of its month or year in rates.csv"
    yield "currency", found, allowed, f"add {add} to rates.csv with the source, or leave the sum as it is stated"


def _on_no_day(row: Row, money: _Money) -> Iterator[Fault]:
    """A sum of after the record, a stock that ended before it, and a stock inside one that lies inside another."""
    begin, end = parse_date(row["date"]), parse_date(row["until"])
    if begin and begin > money.data_until:
        found = f"{quoted(row['date'])} is after `data_until`, so this sum is shown on no day"
        yield "date", found, f"{money.data_until} or earlier", "mend it or `data_until`, or leave it for later"
    if end and end <= money.start:
        found = f"{quoted(row['until'])} does not come after `start`, so this stock is shown on no day"
        yield "until", found, f"after {money.start}", "mend it or `start`, or remove the row"
    parent = money.rows.get(row["part_of"], {})
    above = money.rows.get(parent.get("part_of", ""))
    if above and STATUSES[row["status"]].group == "stock" and above["id"] not in money.replaced and _spans(above, row):
        found = f"the row lies inside {quoted(parent['id'])}, which lies inside {quoted(above['id'])}: it is in no list"
        yield "part_of", found, "a row that lies inside no other", "write the outermost row, or leave it as a record"


def _spans(outer: Row, inner: Row) -> bool:
    """Whether a stock holds on every day on which another does."""
    ends = outer["until"] == "" or (inner["until"] != "" and outer["until"] >= inner["until"])
    return ends and outer["date"] <= inner["date"]


def _in_no_plan(row: Row, money: _Money) -> Iterator[Fault]:
    """A plan without a year, and what was received in a year for which no plan asks."""
    if STATUSES[row["status"]].group != "plan" or row["covers"] == "region":
        return
    if not row["year"]:
        found = "a plan without a year is in no chart"
        yield "year", found, "the year of a yearly plan", "write it, or leave the plan among those without a chart"
    elif row["year"] not in money.asked:
        found = f"no plan of {quoted(row['year'])} asks for money, so no chart shows what it received"
        yield "year", found, "a year with a row at status required", "add what the plan asks for, or mend the year"
