"""What is suspended from day to day, and in words what came, changed or ended. Sums are those of `summaries.money`."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import day_in_words, long_date
from components.summaries.pools import Pools, held_over_time, suspended_through


@remembered(most=16)
def suspended_steps(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each day on which what is suspended changed, up to the day, and for the day itself.

    The columns of `pools.held_over_time`; `when`, the day in words, as coarse as it is known; and `change`: what came,
    changed or ended then, in words.
    """
    pools = suspended_through(record, day, actor_ids)
    told = _changes(pools)
    return held_over_time(pools).assign(when=[when for when, _ in told], change=[change for _, change in told])


def suspended_rows(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Every row that has been suspended by the day and lay in no other, oldest first."""
    pools = suspended_through(record, day, actor_ids)
    places = sorted({place for _, found in pools.days for place in found.tolist()})
    return pools.stocks.frame.iloc[places].sort_values(["date", "id"])


def span_in_words(row: Any) -> str:
    """When a row held: “21 August 2021 to 1 January 2026”, or “since 23 August 2021”."""
    return f"{row.since} to {long_date(row.until_text)}" if row.until_text else f"since {row.since}"


def _changes(pools: Pools) -> list[tuple[str, str]]:
    """For each day when it was, and what changed, in words."""
    told, before = list[tuple[str, str]](), set[int]()
    columns = ["id", "holder", "since", "short", "value", "supersedes"]
    rows = list(pools.stocks.frame[columns].itertuples(index=False))
    for moment, places in pools.days:
        now = set(places.tolist())
        came, went = sorted(now - before), sorted(before - now)
        dated = {rows[place].since for place in came if rows[place].since} if not went else set()
        when = dated.pop() if len(dated) == 1 else day_in_words(moment)
        told.append((when, _change([rows[place] for place in came], [rows[place] for place in went])))
        before = now
    return told


def _change(came: list[Any], went: list[Any]) -> str:
    """“World Bank $1.5bn became $1.2bn, United States $2.9bn ended”, the largest first."""
    new, old = ({row.id: row for row in rows} for rows in (came, went))
    became = {row.supersedes: row for row in new.values() if row.supersedes in old}
    told = [(old[key], f"{row.holder} {old[key].short} became {row.short}") for key, row in became.items()]
    told += [(row, f"{row.holder} {row.short} ended") for key, row in old.items() if key not in became]
    told += [(row, f"{row.holder} {row.short} began") for row in new.values() if row.supersedes not in old]
    return ", ".join(words for row, words in sorted(told, key=_largest_first))


def _largest_first(entry: tuple[Any, str]) -> tuple[float, str]:
    row, words = entry
    return (-row.value if row.value >= 0 else 0.0, words)
