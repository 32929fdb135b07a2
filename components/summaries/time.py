"""How stances moved: counts by day, quarters of each actor, spans and rows of a few, the map month by month.

Belongs here: frames over time. Does not belong here: what holds on a day (as_of), and changes in words (changes).
"""

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import stance_history
from components.record.vocabulary import LEVELS, NOT_APPLICABLE, NOT_CODED
from components.summaries.stances import CLASSES, map_frame

COUNTED = [term.code for term in CLASSES if term.code != NOT_APPLICABLE.code]
BY_STANCE, BY_LEVEL = "stance", "recognition_level"


def count_steps(record: Record, actor_ids: Collection[str] | None = None, column: str = BY_STANCE) -> pd.DataFrame:
    """Countries in each class of COUNTED, or at each level, on every day on which one moved, and on the first and last.

    Columns: `date`, then one of counts for each code; in order of days. The subject is not counted, nor is anybody
    outside `actor_ids`, where it is given.
    """
    return _count_steps(record, None if actor_ids is None else frozenset(actor_ids), column)


@remembered(most=8)
def _count_steps(record: Record, actor_ids: frozenset[str] | None, column: str) -> pd.DataFrame:
    start, end = pd.Timestamp(record.tracker.start), pd.Timestamp(record.tracker.data_until)
    countries = _countries(record, actor_ids)
    moves = moved(record, actor_ids, column)
    codes = COUNTED if column == BY_STANCE else [*LEVELS, NOT_CODED.code]
    days = moves["date"].clip(lower=start)  # a coarse date may begin before the record does
    came = pd.crosstab(days, moves["after"]).reindex(columns=codes, fill_value=0)
    went = pd.crosstab(days, moves["before"]).reindex(columns=codes, fill_value=0)
    steps = (came - went).reindex(sorted({*days, start, end}), fill_value=0)
    counts = steps.cumsum()
    counts[NOT_CODED.code] += len(countries)
    return counts.astype(int).rename_axis(index="date", columns=None).reset_index()


def moved(record: Record, actor_ids: Collection[str] | None = None, column: str = BY_STANCE) -> pd.DataFrame:
    """One row for each day on which a country's stance, or level, became another, by date and actor_id.

    Columns: `date`, `actor_id`, `name`, `before` and `after` (class codes; not coded before the first row), and `id` of
    the row that says so. Of two rows on one day the later one counts, as in `as_of`.
    """
    return _moved(record, None if actor_ids is None else frozenset(actor_ids), column)


@remembered(most=8)
def _moved(record: Record, actor_ids: frozenset[str] | None, column: str) -> pd.DataFrame:
    moves = _moves(record, column)
    moves = moves[moves["actor_id"].isin(_countries(record, actor_ids))]
    moves = moves.assign(name=record.actors["name"].reindex(moves["actor_id"]).to_numpy())
    columns = ["date", "actor_id", "name", "before", "after", "id"]
    return moves.sort_values(["date", "actor_id"], kind="stable", ignore_index=True)[columns]


def history(record: Record, day: dt.date, rows_in_order: list[str]) -> pd.DataFrame:
    """The class of each actor at the end of every quarter of the record, in the running one on the day.

    Indexed by actor_id in the order given, a column for each quarter as a Period; "" in quarters after the day.
    """
    moment = pd.Timestamp(day)
    quarters = pd.period_range(record.tracker.start, record.tracker.data_until, freq="Q")
    moves = _moves(record)[["actor_id", "date", "after"]]
    moves = moves[(moves["date"] <= moment) & moves["actor_id"].isin(rows_in_order)]
    cells = np.full((len(rows_in_order), len(quarters)), None, dtype=object)
    cells[:, 0] = [_uncoded(record, actor_id) for actor_id in rows_in_order]
    # In order of days, so that the last of a quarter stays.
    rows = pd.Index(rows_in_order, dtype=object).get_indexer(moves["actor_id"])
    cells[rows, quarters.end_time.searchsorted(moves["date"])] = moves["after"]
    frame = pd.DataFrame(cells, rows_in_order, quarters).ffill(axis=1).rename_axis(index="actor_id")
    frame.loc[:, quarters.start_time > moment] = ""
    return frame


def standing_bands(record: Record, actor_ids: Sequence[str], day: dt.date) -> pd.DataFrame:
    """The spans of one class of each actor, in the order given, from the record's first day up to the day.

    Columns: `actor_id`, `start`, `end` (the first day without it; the day after `day` where it still holds), `stance`.
    """
    first, moment = pd.Timestamp(record.tracker.start), pd.Timestamp(day)
    moves = _moves(record)
    moves = moves[moves["date"] <= moment]
    spans = []
    for actor_id in actor_ids:
        own = moves[moves["actor_id"] == actor_id]
        starts = [first, *own["date"].clip(lower=first)]
        ends = [*starts[1:], moment + pd.Timedelta(days=1)]
        stances = [_uncoded(record, actor_id), *own["after"]]
        spans += [
            (actor_id, start, end, stance)
            for start, end, stance in zip(starts, ends, stances, strict=True)
            if start < end
        ]
    return pd.DataFrame(spans, columns=["actor_id", "start", "end", "stance"])


def standing_rows(record: Record, actor_ids: Sequence[str], day: dt.date) -> pd.DataFrame:
    """The dated rows of each actor up to the day, in the order given, oldest first.

    Columns: `id`, `actor_id`, `date`, `date_text`, `act`, `stance`, `level`, `summary`; codes as in the record.
    """
    rows = stance_history(record).rename(columns={"recognition_level": "level"})
    rows = rows[rows["actor_id"].isin(actor_ids) & (rows["date"] <= pd.Timestamp(day))]
    order = {actor_id: place for place, actor_id in enumerate(actor_ids)}
    rows = rows.sort_values("actor_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)
    return rows[["id", "actor_id", "date", "date_text", "act", "stance", "level", "summary"]]


def monthly_frames(record: Record) -> list[tuple[dt.date, pd.DataFrame]]:
    """The map frame (see `summaries.stances`) of each month's last day and of the record's last day, in order."""
    start, end = record.tracker.start, record.tracker.data_until
    days = sorted({*(moment.date() for moment in pd.date_range(start, end, freq="ME")), end})
    return [(day, map_frame(record, day)) for day in days]


@remembered(most=4)
def _moves(record: Record, column: str = BY_STANCE) -> pd.DataFrame:
    """The rows that made an actor's stance, or level, another one at the end of a day, with `before` and `after`."""
    rows = stance_history(record)
    last = rows.groupby(["actor_id", "date"])[column].transform("last")
    rows = rows[rows[column] == last].drop_duplicates(["actor_id", "date"])
    before = rows.groupby("actor_id")[column].shift().fillna(NOT_CODED.code)
    rows = rows.assign(before=before, after=rows[column])
    return rows[rows["before"] != rows["after"]]


def _countries(record: Record, actor_ids: Collection[str] | None) -> pd.Index:
    actors = record.actors.drop(index=record.tracker.subject)
    countries = actors.index[actors["kind"] == "country"]
    return countries if actor_ids is None else countries[countries.isin(actor_ids)]


def _uncoded(record: Record, actor_id: str) -> str:
    """The class of an actor before its first row."""
    return NOT_APPLICABLE.code if actor_id == record.tracker.subject else NOT_CODED.code
