"""What a record remembers: worked out once, its callers' own, and freed with it."""

import datetime as dt

from components.record import on_day as as_of
from components.record.cache import remembered
from components.record.model import Record

APRIL = dt.date(2020, 4, 1)


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
    def size(_dataset: Record, numbers: tuple[int, ...] | list[int]) -> int:
        asked.append(len(numbers))
        return len(numbers)

    for numbers in ((1,), (1, 1), (1,), (1, 1, 1), (1,), (1, 1)):
        size(small, numbers)
    assert asked == [1, 2, 3, 2]
    size(small, [1])
    size(small, [1])
    assert asked == [1, 2, 3, 2, 1, 1]


def test_a_frame_that_a_caller_writes_into_stays_as_it_was_for_others(small: Record) -> None:
    first = as_of.stances_on(small, APRIL)
    first["stance"] = "changed"
    assert as_of.stances_on(small, APRIL).at["AAA", "stance"] == "engaging"
