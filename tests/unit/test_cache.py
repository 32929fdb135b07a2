"""What a record remembers: worked out once, also for many at once; its callers' own; and freed with it."""

import datetime as dt
import gc
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from components.record import cache
from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import stances_on
from components.record.reading import read
from components.summaries.stances import map_frame
from components.summaries.time import stances_at

APRIL, END = dt.date(2020, 4, 1), dt.date(2020, 12, 31)
READERS = 8


class Crowd:
    """A key that eight threads ask for; `all_wait` once seven have found that it is being worked out by the eighth."""

    def __init__(self) -> None:
        self.all_wait = threading.Event()
        self.found: set[int] = set()
        self.worked_out = 0

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        """Is asked by the cache, under its lock, of whoever comes second."""
        self.found.add(threading.get_ident())
        if len(self.found) == READERS - 1:
            self.all_wait.set()
        return isinstance(other, Same)

    def begin(self) -> None:
        """Work out: that is, wait for the others, who must not do the same."""
        self.worked_out += 1
        if self.worked_out > 1:
            self.all_wait.set()
        self.all_wait.wait()


@dataclass(frozen=True, eq=False)
class Same:
    """One of eight keys that are one: a key that is the same object would be found without being compared."""

    crowd: Crowd

    def __hash__(self) -> int:
        return hash(self.crowd)

    def __eq__(self, other: object) -> bool:
        return self.crowd == other


def ask_at_once(ask: Callable[[Same], Any], crowd: Crowd) -> list[Any]:
    """What eight threads get that ask at once: the answer or the exception."""

    def one(_number: int) -> Any:
        try:
            return ask(Same(crowd))
        except ValueError as error:
            return error

    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(one, range(READERS)))


def test_what_eight_ask_at_once_is_worked_out_by_one(folder: Path) -> None:
    crowd, record = Crowd(), read(folder)

    @remembered(most=2)
    def answer(_record: Record, key: Same) -> list[int]:
        key.crowd.begin()
        return [1, 2]

    got = ask_at_once(lambda key: answer(record, key), crowd)
    assert got == [[1, 2]] * READERS
    assert len({id(own) for own in got}) == READERS
    assert crowd.worked_out == 1


def test_an_exception_reaches_all_that_wait_and_is_not_kept(folder: Path) -> None:
    crowd, record = Crowd(), read(folder)

    @remembered(most=2)
    def answer(_record: Record, key: Same) -> int:
        key.crowd.begin()
        if key.crowd.worked_out == 1:
            raise ValueError("No.")
        return 7

    got = ask_at_once(lambda key: answer(record, key), crowd)
    assert [str(error) for error in got] == ["No."] * READERS
    assert crowd.worked_out == 1
    assert answer(record, Same(crowd)) == 7
    assert answer(record, Same(crowd)) == 7
    assert crowd.worked_out == 2


def test_an_answer_is_worked_out_once_whichever_way_it_is_asked(small: Record) -> None:
    asked: list[tuple[int, str]] = []

    @remembered(most=2)
    def answer(record: Record, number: int, word: str = "none") -> str:
        asked.append((number, word))
        return f"{number} {word} of {record.tracker.title}"

    first = answer(small, 1)
    assert {answer(small, 1, "none"), answer(small, number=1), answer(small, word="none", number=1)} == {first}
    assert asked == [(1, "none")]
    assert answer(small, 1, "other") != first


def test_the_oldest_answer_goes_first_and_what_cannot_be_hashed_is_asked_anew(small: Record) -> None:
    asked: list[int] = []

    @remembered(most=2)
    def size(_record: Record, numbers: tuple[int, ...] | list[int]) -> int:
        asked.append(len(numbers))
        return len(numbers)

    for numbers in ((1,), (1, 1), (1,), (1, 1, 1), (1,), (1, 1)):
        size(small, numbers)
    assert asked == [1, 2, 3, 2]
    size(small, [1])
    size(small, [1])
    assert asked == [1, 2, 3, 2, 1, 1]


def test_of_answers_with_many_rows_fewer_are_kept(small: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_ROWS", 10)
    asked: list[int] = []

    @remembered(most=9)
    def rows(_record: Record, number: int, size: int) -> list[int]:
        asked.append(number)
        return [number] * size

    for number in (1, 2, 1):
        rows(small, number, 5)
    assert asked == [1, 2]
    rows(small, 3, 6)  # with it there are more than ten rows, until the oldest and the next are gone
    rows(small, 1, 5)
    assert asked == [1, 2, 3, 1]
    rows(small, 4, 99)  # the latest stays, however large it is
    rows(small, 4, 99)
    assert asked == [1, 2, 3, 1, 4]


def test_a_record_made_from_another_has_its_own_answers(small: Record) -> None:
    @remembered(most=2)
    def title(record: Record) -> str:
        return record.tracker.title

    assert title(small) == "Small Tracker"
    other = replace(small, tracker=replace(small.tracker, title="Another"))
    assert (title(other), title(small)) == ("Another", "Small Tracker")
    assert other.answers is not small.answers


@dataclass(frozen=True)
class Shown:
    frame: pd.DataFrame
    names: dict[str, str]
    inner: tuple[str, ...] = ()


MADE: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {
    "frame": (lambda: pd.DataFrame({"a": [1, 2]}), lambda own: own.__setitem__("a", 0)),
    "cell": (lambda: pd.DataFrame({"a": [1, 2]}), lambda own: own.loc.__setitem__((0, "a"), 9)),
    "series": (lambda: pd.Series([1, 2]), lambda own: own.__setitem__(0, 9)),
    "list": (lambda: [1, 2], lambda own: own.append(3)),
    "dict": (lambda: {"a": 1}, lambda own: own.clear()),
    "frame of a dataclass": (
        lambda: Shown(pd.DataFrame({"a": [1, 2]}), {"a": "b"}),
        lambda own: own.frame.loc.__setitem__((1, "a"), 9),
    ),
    "dict of a dataclass": (
        lambda: Shown(pd.DataFrame({"a": [1, 2]}), {"a": "b"}),
        lambda own: own.names.update(a="c"),
    ),
}


@pytest.mark.parametrize("kind", list(MADE))
def test_what_a_caller_changes_stays_as_it_was_for_others(folder: Path, kind: str) -> None:
    make, change = MADE[kind]

    @remembered(most=2)
    def answer(_record: Record) -> Any:
        return make()

    record = read(folder)
    before = repr(make())
    change(answer(record))
    assert repr(answer(record)) == before


def test_a_frame_of_a_summary_is_its_callers_own(small: Record) -> None:
    first = stances_on(small, APRIL)
    first["stance"] = "changed"
    assert stances_on(small, APRIL).at["AAA", "stance"] == "engaging"


def test_a_record_is_freed_with_its_answers(folder: Path) -> None:
    @remembered(most=2)
    def answer(_record: Record) -> Crowd:
        return Crowd()

    record = read(folder)
    known: list[weakref.ref[object]] = [weakref.ref(record), weakref.ref(answer(record))]
    gc.collect()
    assert None not in [reference() for reference in known]
    del record
    gc.collect()
    assert [reference() for reference in known] == [None, None]


def test_the_film_leaves_what_readers_days_have_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(folder)
    first = map_frame(record, APRIL)
    stances_at(record, list(pd.date_range("2020-01-01", END).date))
    monkeypatch.setattr("components.summaries.stances.standings_on", None)
    pd.testing.assert_frame_equal(map_frame(record, APRIL), first)
