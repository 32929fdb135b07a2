"""One actor on a day: its standing in words and its money."""

import datetime as dt

import pandas as pd

from components.record.model import Record
from components.record.vocabulary import LEVELS, STANCES
from components.record.wording import long_date
from components.summaries.flows import flow_rows
from components.summaries.funds import stock_frame, superseded_stocks


def standing(row: pd.Series) -> str:
    """Symbol, stance, level and since when, from a row of `as_of.stance_history`."""
    stance = STANCES[row["stance"]]
    return (
        f"{stance.symbol} **{stance.label}** since {long_date(row['stance_since'])} · "
        f"level: {LEVELS[row['recognition_level']].label.lower()}"
    )


def actor_money(record: Record, day: dt.date, actor_id: str) -> pd.DataFrame:
    """The stocks an actor holds, other readings of them, and its flows by the day; columns as `funds.stock_frame`."""
    frames = [stock_frame(record, day), superseded_stocks(record, day), flow_rows(record, day)]
    return pd.concat([frame[frame["actor_id"] == actor_id] for frame in frames])
