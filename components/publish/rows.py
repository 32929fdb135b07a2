"""Which rows stand behind what brief and site say, as frames whose rows `cards` draws; each up to the day.

With an actor_id only that actor's. Does not belong here: how a row looks (cards), and where it stands.
"""

import datetime as dt
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import levers_until, stance_history, stances_on
from components.summaries.changes import changes_between, corrections_between
from components.summaries.flows import flow_rows
from components.summaries.fund_rows import with_figures
from components.summaries.funds import stock_frame, superseded_stocks
from components.summaries.time import BY_POSITION, moved


def of(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, to be read by their columns' names."""
    return list(frame.itertuples(index=False))


def stances(record: Record, day: dt.date, actor_id: str = "") -> pd.DataFrame:
    """Every row of stances, newest first."""
    known = stance_history(record)
    return _newest_first(_of_actor(known[known["date"] <= pd.Timestamp(day)], actor_id))


def held(record: Record, day: dt.date) -> pd.DataFrame:
    """The row of each actor that holds on the day, newest first."""
    return _newest_first(stances_on(record, day))


def moves(record: Record, day: dt.date) -> pd.DataFrame:
    """The rows by which a country's position became another one, newest first."""
    known = stances(record, day)
    return known[known["id"].isin(moved(record, day, column=BY_POSITION)["id"])]


def levers(record: Record, day: dt.date, actor_id: str = "") -> pd.DataFrame:
    """Every lever, those that are still held first, newest first."""
    known = _of_actor(levers_until(record, day), actor_id)
    return known.sort_values(["held", "from", "id"], ascending=False, kind="stable")


def money(record: Record, day: dt.date, actor_id: str = "") -> pd.DataFrame:
    """Every row of money, newest first, also other readings and what has ended."""
    return _of_actor(_money(record, day), actor_id)


@remembered(most=4)
def _money(record: Record, day: dt.date) -> pd.DataFrame:
    return _newest_first(with_figures(record, record.funds[record.funds["date"] <= pd.Timestamp(day)]))


def stocks(record: Record, day: dt.date) -> pd.DataFrame:
    """The money held back on the day, largest first."""
    return stock_frame(record, day)


def stocks_and_other_readings(record: Record, day: dt.date) -> pd.DataFrame:
    """The same, and after it what other readings say of that money."""
    return pd.concat([stock_frame(record, day), superseded_stocks(record, day)])


def flows(record: Record, day: dt.date) -> pd.DataFrame:
    """What was promised and paid, newest first."""
    return flow_rows(record, day)


def changes(record: Record, since: dt.date, day: dt.date, actor_id: str = "") -> pd.DataFrame:
    """What happened in the world after `since`, newest first."""
    return changes_between(record, since, day, [actor_id] if actor_id else None)


def corrections(record: Record, since: dt.date, day: dt.date, actor_id: str = "") -> pd.DataFrame:
    """What was coded anew after `since`, newest first.

    The record is coded after its last day, so that this one leaves the days of coding open.
    """
    until = dt.date.max if day == record.tracker.data_until else day
    return corrections_between(record, since, until, [actor_id] if actor_id else None)


def _of_actor(frame: pd.DataFrame, actor_id: str) -> pd.DataFrame:
    return frame[frame["actor_id"] == actor_id] if actor_id else frame


def _newest_first(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["date", "id"], ascending=False, kind="stable")
