"""What holds on a day: the only module that decides it. It is given the day and never asks the clock.

A stance holds from its date until the actor's next row; a lever or stock from its first day until, and without, its
last. Before an actor's first row nothing holds. Two rows of one actor on one day are ordered by id.
"""

import datetime as dt

import pandas as pd

from components.load import Dataset
from components.vocabulary import STATUSES


def stances_on(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """The latest whole row of each actor, indexed by actor_id, with `stance_since` (see stance_history)."""
    rows = stance_history(dataset)
    rows = rows[rows["date"] <= pd.Timestamp(day)]
    return rows.groupby("actor_id", sort=False).tail(1).set_index("actor_id", drop=False)


def stance_history(dataset: Dataset) -> pd.DataFrame:
    """Every stance row by actor, date and id, with `stance_since`: the date, as written, since when it has held."""
    rows = dataset.stances.sort_values(["actor_id", "date", "id"], kind="stable")
    changed = (rows["actor_id"] != rows["actor_id"].shift()) | (rows["stance"] != rows["stance"].shift())
    return rows.assign(stance_since=rows["date_text"].where(changed).ffill())


def levers_until(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """Every lever that began by the day, with `held`: whether it is still held on it."""
    moment = pd.Timestamp(day)
    rows = dataset.levers[dataset.levers["from"] <= moment]
    return rows.assign(held=rows["until"].isna() | (rows["until"] > moment))


def stocks_on(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """The stocks that hold on the day, each in its newest reading."""
    rows = _known_funds(dataset, day, "stock")
    return rows[rows["until"].isna() | (rows["until"] > pd.Timestamp(day))]


def flows_until(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """The flows that happened by the day, each in its newest reading."""
    return _known_funds(dataset, day, "flow")


def plans_until(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """The plans made, and what they had received, by the day, each in its newest reading."""
    return _known_funds(dataset, day, "plan")


def change_days(dataset: Dataset) -> list[dt.date]:
    """The days on which something in the record begins or ends, within the record, in order."""
    columns = (
        dataset.stances["date"],
        *(dataset.levers[name] for name in ("from", "until")),
        *(dataset.funds[name] for name in ("date", "until")),
    )
    days = {moment.date() for column in columns for moment in column.dropna()}
    return sorted(day for day in days if dataset.tracker.start <= day <= dataset.tracker.data_until)


def _known_funds(dataset: Dataset, day: dt.date, family: str) -> pd.DataFrame:
    rows = dataset.funds[dataset.funds["date"] <= pd.Timestamp(day)]
    replaced = set(rows["supersedes"]) - {""}
    in_family = rows["status"].map(lambda status: STATUSES[status].group == family).astype(bool)
    return rows[in_family & ~rows["id"].isin(replaced)]
