"""One actor on a day: its money. Where it stands is in standing."""

import datetime as dt

import pandas as pd

from components.record.model import Record
from components.summaries.flows import flow_rows
from components.summaries.funds import stock_frame, superseded_stocks


def actor_money(record: Record, day: dt.date, actor_id: str) -> pd.DataFrame:
    """The stocks an actor holds, other readings of them, and its flows by the day; columns as `funds.stock_frame`."""
    frames = [stock_frame(record, day), superseded_stocks(record, day), flow_rows(record, day)]
    return pd.concat([frame[frame["actor_id"] == actor_id] for frame in frames])
