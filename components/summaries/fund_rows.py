"""Rows of funds.csv with what is shown of each: names, figures and words.

Does not belong here: which of them are shown together (funds, flows, plans, pools), and what they come to (money).
"""

import datetime as dt
import math
from collections.abc import Collection

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import plans_until
from components.record.vocabulary import STATUSES
from components.record.wording import about, long_date, money
from components.summaries.currency import currency_of, figure_in, with_values


def with_figures(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of funds with what is shown of them, by status and, within it, largest first.

    `holder` and `owner_name` (names), the columns of `currency.with_values`, `since`; and in words `stated`, `short`,
    in the record's currency, and `figure`, the same with what was stated and the rate where it is converted.
    """
    names, currency = record.actors["name"], currency_of(record)
    frame = with_values(record, rows).assign(
        holder=names.reindex(rows["actor_id"]).to_numpy(),
        owner_name=names.reindex(rows["owner"]).to_numpy(),
        since=rows["date_text"].map(long_date),
    )
    columns = (frame[name].tolist() for name in ("stated_low", "stated_high", "stated_in"))
    frame["stated"] = [money(*stated) for stated in zip(*columns, strict=True)]
    columns = (frame[name].tolist() for name in ("stated", "low", "high", "rate_on"))
    frame["short"] = [
        f"{stated} (no {figure_in(currency)})"
        if math.isnan(low)
        else about(money(low, high, currency), is_so=bool(rate_on))
        for stated, low, high, rate_on in zip(*columns, strict=True)
    ]
    columns = (frame[name].tolist() for name in ("stated", "short", "rate_on"))
    frame["figure"] = [
        f"{stated} ({short} at the mean rate of {long_date(rate_on)})" if rate_on else short
        for stated, short, rate_on in zip(*columns, strict=True)
    ]
    return largest_first(frame)


def largest_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by status and, within it, the largest first; last those without a figure."""
    keys = pd.DataFrame({"rank": frame["status"].map(list(STATUSES).index), "value": frame["value"]})
    return frame.loc[keys.sort_values(["rank", "value"], ascending=[True, False], kind="stable").index]


def figures_of(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """What `with_figures` gives of rows of the record in its own order; its words are made once for all days."""
    figured = all_figures(record)
    return figured[figured.index.isin(rows.index)]


@remembered(most=4)
def all_figures(record: Record) -> pd.DataFrame:
    """Every row of the record, with the columns and in the order of `with_figures`."""
    return with_figures(record, record.funds)


def of_actors(rows: pd.DataFrame, actor_ids: Collection[str] | None) -> pd.DataFrame:
    """The rows of these actors, or all of them."""
    return rows if actor_ids is None else rows[rows["actor_id"].isin(actor_ids)]


@remembered(most=32)
def plan_rows(record: Record, day: dt.date) -> pd.DataFrame:
    """Every plan, and what it had received, by the day in its newest reading, with the columns of `with_figures`."""
    return figures_of(record, plans_until(record, day))
