"""Rules of funds.csv: ranges, currencies, and what is inside or instead of what."""

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

import pandas as pd

from components.record.check.cells import Row, parse_date, rows_of
from components.record.check.figures import code_faults, dollar_faults, ends_faults, number_in
from components.record.check.problems import Problem, quoted, visible
from components.record.check.recodings import Moved
from components.record.check.rows import Fault, id_faults, order_faults
from components.record.vocabulary import STATUSES

ROUNDING = 1.005  # sources round to two or three digits: children may exceed their parent by that
OFF_MEAN = 1.15  # where one of them is converted, by this: the rate of a day is so far from the mean of its year
Worth = Mapping[tuple[str, str], float]
Size = Callable[[Row, str], float | None]  # of a row, at the `low` or the `high` end of its range


def check_funds(funds: pd.DataFrame, rates: pd.DataFrame, moved: Moved) -> list[Problem]:
    """What a funds row must satisfy beyond its single cells; `moved` as from `days_moved`."""
    lines = list(rows_of(funds))
    rows = {row["id"]: row for _, row in lines}
    rules: tuple[Callable[[Row, Mapping[str, Row]], Iterator[Fault]], ...] = (
        functools.partial(_own_faults, moved),
        _range_faults,
        _currency_faults,
        _year_faults,
        _parent_faults,
        _reading_faults,
    )
    problems = [
        Problem("funds.csv", line, *fault) for line, row in lines for rule in rules for fault in rule(row, rows)
    ]
    return [*problems, *_overfull_parents(lines, rows, _worth(rates)), *_twice_superseded(funds)]


def _family(row: Row) -> str:
    status = STATUSES.get(row["status"])
    return status.group if status else ""


def _own_faults(moved: Moved, row: Row, _rows: Mapping[str, Row]) -> Iterator[Fault]:
    yield from id_faults(row["id"], f"{row['actor_id']}-{row['status']}-", row["date"], moved)
    yield from order_faults(row, "until", "date", strictly=True)
    if row["until"] and _family(row) not in {"", "stock"}:
        yield (
            "until",
            quoted(row["until"]),
            "blank for a flow or a plan, which happen on one day",
            "remove it",
        )


def _range_faults(row: Row, _rows: Mapping[str, Row]) -> Iterator[Fault]:
    yield from ends_faults(row, "low", "high", "amount")
    yield from ends_faults(row, "low_usd", "high_usd", "amount_usd")
    if not any(row[name] for name in ("amount", "amount_usd", "low", "low_usd")):
        yield "amount", "no figure at all", "amount, amount_usd or a range", "fill one in or remove the row"


def _currency_faults(row: Row, _rows: Mapping[str, Row]) -> Iterator[Fault]:
    if bool(row["amount"] or row["low"]) != bool(row["currency"]):
        allowed = "both or neither; a range in low and high goes with its currency too"
        yield "currency", "amount and currency do not go together", allowed, "fill in the other"
    yield from code_faults(row)
    yield from dollar_faults(row, "amount", "low", "high")
    if row["currency"] == "USD" and row["amount"] and not row["amount_usd"]:
        yield "amount_usd", "blank", f"{visible(row['amount'])}, as in amount", "write the same figure"


def _year_faults(row: Row, _rows: Mapping[str, Row]) -> Iterator[Fault]:
    if row["year"] and _family(row) not in {"", "plan"}:
        yield "year", quoted(row["year"]), "blank for a stock or a flow", "remove it"
    elif row["year"] and not re.fullmatch(r"(19|20)\d{2}", row["year"]):
        yield "year", quoted(row["year"]), "a year of four digits", "mend it"


def _parent_faults(row: Row, rows: Mapping[str, Row]) -> Iterator[Fault]:
    parent = rows.get(row["part_of"])
    if parent is None:
        return
    if _family(parent) != _family(row) and _family(parent) and _family(row):
        yield (
            "part_of",
            f"a {_family(row)} inside a {_family(parent)}",
            "stock in stock, flow in flow",
            "mend it",
        )
    if _leads_back(row["id"], "part_of", rows):
        yield "part_of", "the row is inside itself", "a chain that ends", "break the circle"


def _reading_faults(row: Row, rows: Mapping[str, Row]) -> Iterator[Fault]:
    earlier = rows.get(row["supersedes"])
    if earlier is None:
        return
    new, old = parse_date(row["date"]), parse_date(earlier["date"])
    if new and old and new < old:
        yield (
            "supersedes",
            f"reads {quoted(earlier['id'])}, which is later",
            "an earlier reading",
            "mend date or id",
        )
    if earlier["status"] != row["status"]:
        yield "supersedes", f"a reading of status {quoted(earlier['status'])}", visible(row["status"]), "mend it"
    if _leads_back(row["id"], "supersedes", rows):
        yield "supersedes", "the row supersedes itself", "a chain that ends", "break the circle"


def _leads_back(start: str, column: str, rows: Mapping[str, Row]) -> bool:
    seen: set[str] = set()
    at = start
    while at in rows and at not in seen:
        seen.add(at)
        at = rows[at][column]
    return at == start


def _worth(rates: pd.DataFrame) -> Worth:
    """By currency and period what one unit is worth in US dollars; what is no number is a problem of its own."""
    cells = ((row["currency"], row["date"], row["usd"]) for _, row in rows_of(rates))
    return {(code, period): float(usd) for code, period, usd in cells if re.fullmatch(r"\d+(\.\d+)?", usd)}


def _overfull_parents(funds: list[tuple[int, Row]], rows: Mapping[str, Row], worth: Worth) -> Iterator[Problem]:
    """A parent whose children of one status, on the day when one of them begins, hold more than it does.

    Where all state one currency they are compared in it, else in US dollars, all at the rate of the parent's date: a
    rate that moved since is no fault.
    """
    lines = {row["id"]: line for line, row in funds}
    inside: dict[str, list[Row]] = defaultdict(list)
    for _, row in funds:
        inside[row["part_of"]].append(row)
    for parent_id in sorted(inside.keys() & rows.keys()):
        parent, children = rows[parent_id], inside[parent_id]
        column, size, slack = _measure(parent, children, worth)
        most = size(parent, "high")
        if most is None:
            continue
        held = max(_held_at_once(children, size), default=0.0)
        if held > most * slack:
            found = f"its parts come to {held:.0f}, more than its own {most:.0f}"
            allowed = f"at most {most:.0f}"
            yield Problem("funds.csv", lines[parent_id], column, found, allowed, "mend part_of or amounts")


def _measure(parent: Row, children: list[Row], worth: Worth) -> tuple[str, Size, float]:
    """The column that rows are compared by, the size of a row by it, and how many times as large children may be."""
    code, period = parent["currency"], parent["date"]
    if code not in ("", "USD") and all(row["currency"] == code for row in children):
        return "amount", lambda row, end: number_in(row, end, "amount"), ROUNDING

    def size(row: Row, end: str) -> float | None:
        stated, own = _in_dollars(row, end), number_in(row, end, "amount")
        rate = worth.get((row["currency"], period[:7]), worth.get((row["currency"], period[:4])))
        return stated if stated is not None or own is None or rate is None else own * rate

    is_converted = any(_in_dollars(row, "high") is None for row in (parent, *children))
    return "amount_usd", size, OFF_MEAN if is_converted else ROUNDING


def _in_dollars(row: Row, end: str) -> float | None:
    """What a row states in US dollars at the end of its range, else in one figure."""
    own = [end] if row["currency"] == "USD" else []
    return number_in(row, f"{end}_usd", *own, "amount_usd")


def _held_at_once(rows: list[Row], size: Size) -> Iterator[float]:
    """What children of one status, or all that are stocks, hold together after each day on which that changes."""
    superseded = {row["supersedes"]: parse_date(row["date"]) for row in rows if row["supersedes"]}
    steps: dict[str, dict[dt.date, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        begin, held = parse_date(row["date"]), size(row, "low")
        end = min(filter(None, (parse_date(row["until"]), superseded.get(row["id"]))), default=None)
        if begin is None or held is None or (end and end <= begin):
            continue
        days = steps["stock" if _family(row) == "stock" else row["status"]]
        days[begin] += held
        if end:
            days[end] -= held
    for days in steps.values():
        yield from accumulate(days[day] for day in sorted(days))


def _twice_superseded(funds: pd.DataFrame) -> Iterator[Problem]:
    readings = funds[funds["supersedes"] != ""]
    for line, row in rows_of(readings[readings["supersedes"].duplicated()]):
        found = f"{quoted(row['supersedes'])} has a later reading already"
        yield Problem("funds.csv", line, "supersedes", found, "one later reading each", "supersede the newest reading")
