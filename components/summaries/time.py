"""How stances moved: counts by day, spans and rows of a few, all on given days.

Belongs here: frames over time. Does not belong here: what holds on a day (on_day), and changes in words (changes).
"""

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import positions, stance_history
from components.record.vocabulary import LEVELS, NOT_APPLICABLE, NOT_CODED
from components.summaries.standing import class_codes

BY_STANCE, BY_POSITION, BY_LEVEL, BY_CLASS = "stance", "position", "recognition_level", "stance_class"


def count_steps(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, column: str = BY_POSITION
) -> pd.DataFrame:
    """Countries in each of the record's positions, or at each level, from its first day up to a day of it.

    Columns: `date`, then one of counts for each code; a row for these two days and each on which one moved, in order.
    The subject is not counted, nor is anybody outside `actor_ids`, where it is given.
    """
    steps = _all_steps(record, None if actor_ids is None else frozenset(actor_ids), column)
    end = pd.Timestamp(day)
    known = steps["date"].searchsorted(end, side="right")
    if steps["date"].iloc[known - 1] == end:
        return steps.iloc[:known]
    ended = steps.take([*range(known), known - 1]).reset_index(drop=True)
    ended.loc[known, "date"] = end
    return ended


@remembered(most=8)
def _all_steps(record: Record, actor_ids: frozenset[str] | None, column: str) -> pd.DataFrame:
    start = pd.Timestamp(record.tracker.start)
    countries = _countries(record, actor_ids)
    moves = _moved(record, actor_ids, column)
    codes = [*(LEVELS if column == BY_LEVEL else positions(record)), NOT_CODED.code]
    days = moves["date"].clip(lower=start)  # a coarse date may begin before the record does
    came = pd.crosstab(days, moves["after"]).reindex(columns=codes, fill_value=0)
    went = pd.crosstab(days, moves["before"]).reindex(columns=codes, fill_value=0)
    steps = (came - went).reindex(sorted({*days, start}), fill_value=0)
    counts = steps.cumsum()
    counts[NOT_CODED.code] += len(countries)
    return counts.astype(int).rename_axis(index="date", columns=None).reset_index()


def moved(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, column: str = BY_STANCE
) -> pd.DataFrame:
    """One row for each day, up to `day`, on which a country's stance, or level, became another, by date and actor_id.

    Columns: `date`, `date_text`, `actor_id`, `name`, `before` and `after` (class codes; not coded before the first
    row), and `id` of the row that says so. Of two rows on one day the later one counts, as in `on_day`.
    """
    moves = _moved(record, None if actor_ids is None else frozenset(actor_ids), column)
    return moves.iloc[: moves["date"].searchsorted(pd.Timestamp(day), side="right")]


@remembered(most=8)
def _moved(record: Record, actor_ids: frozenset[str] | None, column: str) -> pd.DataFrame:
    moves = all_moves(record, column)
    moves = moves[moves["actor_id"].isin(_countries(record, actor_ids))]
    moves = moves.assign(name=record.actors["name"].reindex(moves["actor_id"]).to_numpy())
    columns = ["date", "date_text", "actor_id", "name", "before", "after", "id"]
    return moves.sort_values(["date", "actor_id"], kind="stable", ignore_index=True)[columns]


def stances_at(
    record: Record, days: Sequence[dt.date], actor_ids: Sequence[str] | None = None, column: str = BY_STANCE
) -> pd.DataFrame:
    """The class of each country, or of each of `actor_ids`, at the end of each of these days, which stand in order.

    Indexed by actor_id in the order given, a column for each day.
    """
    if actor_ids is None:
        actor_ids = list(record.actors.index[record.actors["kind"] == "country"])
    moves = all_moves(record, column)
    # The first of the days that each move is seen on: one after the last of them is on none.
    places = pd.DatetimeIndex(days).searchsorted(moves["date"])
    seen = (moves["actor_id"].isin(actor_ids) & (places < len(days))).to_numpy()
    cells = np.full((len(actor_ids), len(days)), None, dtype=object)
    cells[:, 0] = [_uncoded(record, actor_id) for actor_id in actor_ids]
    rows = pd.Index(actor_ids, dtype=object).get_indexer(moves["actor_id"][seen])
    cells[rows, places[seen]] = moves["after"][seen]  # they stand in order of days, so that the last between two stays
    return pd.DataFrame(cells, actor_ids, list(days)).ffill(axis=1).rename_axis(index="actor_id")


def month_ends(record: Record, day: dt.date) -> list[dt.date]:
    """Each month's last day from the record's first day up to the day, and the day, in order."""
    return sorted({*(moment.date() for moment in pd.date_range(record.tracker.start, day, freq="ME")), day})


def standing_bands(record: Record, actor_ids: Sequence[str], day: dt.date, column: str = BY_STANCE) -> pd.DataFrame:
    """The spans of one class of each actor, in the order given, from the record's first day up to the day.

    Columns: `actor_id`, `start`, `end` (the first day without it; the day after `day` where it still holds), `stance`
    (or `recognition_level`, where that is the `column`), and `since` and `until`, the dates of the rows that began and
    ended it, as written: of the first and last span those of the record and the day.
    """
    first, moment = pd.Timestamp(record.tracker.start), pd.Timestamp(day)
    moves = all_moves(record, column)
    moves = moves[(moves["date"] <= moment) & moves["actor_id"].isin(actor_ids)]
    moves = moves.assign(date=moves["date"].clip(lower=first))
    columns = moves.groupby("actor_id")[["date", "after", "since"]].agg(list).to_dict("index")
    spans = []
    for actor_id in actor_ids:
        own = columns.get(actor_id, {"date": [], "after": [], "since": []})
        starts = [first, *own["date"]]
        ends = [*starts[1:], moment + pd.Timedelta(days=1)]
        stances = [_uncoded(record, actor_id), *own["after"]]
        texts = [first.date().isoformat(), *own["since"], day.isoformat()]
        spans += [
            (actor_id, start, end, stance, since, until)
            for start, end, stance, since, until in zip(starts, ends, stances, texts, texts[1:], strict=False)
            if start < end
        ]
    return pd.DataFrame(spans, columns=["actor_id", "start", "end", column, "since", "until"])


def position_bands(record: Record, actor_ids: Sequence[str], day: dt.date) -> pd.DataFrame:
    """The same of positions: `stance` is that of the actor or, where it took its recognition back, WITHDREW."""
    return standing_bands(record, actor_ids, day, BY_POSITION).rename(columns={BY_POSITION: BY_STANCE})


def standing_rows(record: Record, actor_ids: Sequence[str], day: dt.date) -> pd.DataFrame:
    """The dated rows of each actor up to the day, in the order given, oldest first.

    Columns: `id`, `actor_id`, `date`, `date_text`, `act`, `stance`, `level`, `summary`, codes as in the record, and
    `undone` as in `on_day.stance_history`.
    """
    rows = stance_history(record).rename(columns={"recognition_level": "level"})
    rows = rows[rows["actor_id"].isin(actor_ids) & (rows["date"] <= pd.Timestamp(day))]
    order = {actor_id: place for place, actor_id in enumerate(actor_ids)}
    rows = rows.sort_values("actor_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)
    return rows[["id", "actor_id", "date", "date_text", "act", "stance", "level", "summary", "undone"]]


@remembered(most=4)
def all_moves(record: Record, column: str = BY_STANCE) -> pd.DataFrame:
    """The rows that made an actor's stance, or level, another one at the end of a day, by actor and date.

    With `before` and `after`, and `since`: the date, as written, of the row that holds at the end of that day.
    """
    rows = stance_history(record)
    rows = rows.assign(**{BY_CLASS: class_codes(rows)})
    last = rows.groupby(["actor_id", "date"])[[column, "date_text"]].transform("last")
    rows = rows.assign(since=last["date_text"])[rows[column] == last[column]].drop_duplicates(["actor_id", "date"])
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
