"""What holds on a day: the only module that decides it. It is given the day and never asks the clock.

A stance holds from its date until the actor's next row; a lever or stock from its first day until, and without, its
last. Before an actor's first row nothing holds. Two rows of one actor on one day are ordered by id.

One page asks the same of one day many times over, so that the last answers are kept (see `kept`).
"""

import datetime as dt
import functools
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from components.load import Dataset
from components.vocabulary import STATUSES

P = ParamSpec("P")
T = TypeVar("T")
MOST_ROWS = 100_000
OfRecord = Callable[Concatenate[Dataset, P], T]


def kept(most: int) -> Callable[[OfRecord[P, T]], OfRecord[P, T]]:
    """Keep the last `most` answers of a function of a dataset and of what can be hashed, and ask anew for all else.

    Of a large record fewer are kept, of MOST_ROWS together.
    A dataset never changes, so that its identity stands for its content; it is kept with its answers, so that no other
    takes its identity meanwhile. Of a frame or list each caller gets a copy of its own (frames share cells until one
    writes); anything else is to be read only.
    """

    def keeping(function: OfRecord[P, T]) -> OfRecord[P, T]:
        signature = inspect.signature(function)
        answers: OrderedDict[Any, tuple[Dataset, T]] = OrderedDict()
        lock = threading.Lock()

        @functools.wraps(function)
        def asked(dataset: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> T:
            call = signature.bind(dataset, *args, **kwargs)
            call.apply_defaults()  # the same is asked where an argument is left out as where its default is given
            key = (id(dataset), *list(call.arguments.values())[1:])
            try:
                hash(key)
            except TypeError:
                return function(dataset, *args, **kwargs)
            with lock:
                found = answers.pop(key, None)
            answer = function(dataset, *args, **kwargs) if found is None else found[1]
            with lock:
                answers[key] = dataset, answer
                while len(answers) > 1 and (len(answers) > most or _rows(answers.values()) > MOST_ROWS):
                    answers.popitem(last=False)
            return _own(answer)

        return asked

    return keeping


def _rows(answers: Iterable[tuple[Dataset, Any]]) -> int:
    return sum(len(answer) for _, answer in answers if isinstance(answer, pd.DataFrame | list | dict))


def _own(answer: Any) -> Any:
    if isinstance(answer, pd.DataFrame):
        return answer.copy(deep=False)
    return answer.copy() if isinstance(answer, list) else answer


@kept(most=32)
def stances_on(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """The latest whole row of each actor, indexed by actor_id, with `stance_since` (see stance_history)."""
    rows, moment = stance_history(dataset), pd.Timestamp(day)
    return rows[(rows["date"] <= moment) & ~(_followed_on(dataset) <= moment)].set_index("actor_id", drop=False)


@kept(most=4)
def _followed_on(dataset: Dataset) -> pd.Series:
    """For each row of the history the date of the actor's next one; NaT for its last."""
    return stance_history(dataset).groupby("actor_id")["date"].shift(-1)


@kept(most=4)
def stance_history(dataset: Dataset) -> pd.DataFrame:
    """Every stance row by actor, date and id, with `stance_since`: the date, as written, since when it has held."""
    rows = dataset.stances.sort_values(["actor_id", "date", "id"], kind="stable")
    changed = (rows["actor_id"] != rows["actor_id"].shift()) | (rows["stance"] != rows["stance"].shift())
    return rows.assign(stance_since=rows["date_text"].where(changed).ffill())


@kept(most=4)
def newest_first(dataset: Dataset) -> pd.DataFrame:
    """The `date` and `actor_id` of every row of the history, newest first, of one day by id; its index is theirs."""
    rows = stance_history(dataset).sort_values(["date", "id"], ascending=False, kind="stable")
    return rows[["date", "actor_id"]]


@kept(most=32)
def levers_until(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    """Every lever that began by the day, with `held`: whether it is still held on it."""
    moment = pd.Timestamp(day)
    rows = dataset.levers[dataset.levers["from"] <= moment]
    return rows.assign(held=rows["until"].isna() | (rows["until"] > moment))


@kept(most=64)
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


@kept(most=4)
def replaced_on(dataset: Dataset) -> pd.Series:
    """For each row of funds the first day on which another reading takes its place; NaT for none."""
    anew = dataset.funds.groupby("supersedes")["date"].min().drop("", errors="ignore")
    return anew.reindex(dataset.funds["id"]).set_axis(dataset.funds.index)


@kept(most=4)
def change_days(dataset: Dataset) -> list[dt.date]:
    """The days on which something in the record begins or ends, within the record, in order."""
    columns = (
        dataset.stances["date"],
        *(dataset.levers[name] for name in ("from", "until")),
        *(dataset.funds[name] for name in ("date", "until")),
    )
    days = {moment.date() for column in columns for moment in column.dropna().unique()}
    return sorted(day for day in days if dataset.tracker.start <= day <= dataset.tracker.data_until)


@kept(most=64)
def _known_funds(dataset: Dataset, day: dt.date, family: str) -> pd.DataFrame:
    funds, moment = dataset.funds, pd.Timestamp(day)
    in_family = funds["status"].isin([code for code, term in STATUSES.items() if term.group == family])
    return funds[in_family & (funds["date"] <= moment) & ~(replaced_on(dataset) <= moment)]
