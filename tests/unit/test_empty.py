"""What an empty picture, page or headline says: who is missing, and why."""

import datetime as dt

import pytest

from components.figures.figure import Options
from components.publish.picture import picture_of
from components.record.wording import day_in_words
from components.summaries import changes, countries, levers, stances
from tests.by_hand import RECOGNISED
from tests.random_records import (
    BEFORE,
    END,
    START,
    record_of,
    stance_row,
)


@pytest.mark.parametrize("name", ["map", "tiles", "counts", "history", "matrix"])
@pytest.mark.parametrize(
    ("day", "shown", "said"),
    [
        (END, frozenset(), "No {who} matches the filters"),
        (START, None, "Nothing is recorded by this day"),
        (START, frozenset({"AAA"}), "Nothing is recorded by this day, among those shown"),
    ],
)
def test_an_empty_picture_says_what_is_empty(name: str, day: dt.date, shown: frozenset[str] | None, said: str) -> None:
    record = record_of([stance_row("AAA", "2020-01-10", RECOGNISED)])
    filtered = "" if shown is None else "Only some"
    picture = picture_of(record, name, day, Options(passing=shown), filtered)
    who = "actor" if name in {"history", "matrix"} else "country"
    assert picture.title == f"{said.format(who=who)}, {day_in_words(day)}"
    assert "recognises" not in picture.alt


def test_an_empty_headline_says_what_is_empty() -> None:
    record = record_of([stance_row("AAA", "2020-01-10", RECOGNISED)])
    nobody: frozenset[str] = frozenset()
    assert stances.headline(record, END, nobody) == "As of 31 December 2020: no country matches the filters"
    assert stances.headline(record, END, {"BNK"}) == "As of 31 December 2020: no country matches the filters"
    assert stances.headline(record, START) == "As of 1 January 2020: nothing is recorded by this day"
    assert stances.headline(record, END, {"BBB"}) == (
        "As of 31 December 2020, among those shown: nothing is recorded by this day"
    )
    assert levers.matrix_headline(record, END, nobody) == "As of 31 December 2020: no actor matches the filters"
    assert levers.matrix_headline(record, END) == "As of 31 December 2020: nobody holds a lever"
    span = "Between 31 December 2019 and 31 December 2020"
    assert changes.headline(record, BEFORE, END, nobody) == f"{span}: no country matches the filters"
    assert (
        changes.headline(record, BEFORE, END, {"BBB"}) == f"{span}, among those shown: nothing is recorded by this day"
    )
    assert changes.headline(record, END, END, {"AAA"}).endswith(", among those shown: no country changed its stance")
    listed = countries.overview(record, END, nobody)
    assert countries.overview_headline(record, END, listed, filtered=True) == (
        "As of 31 December 2020: no actor matches the filters"
    )
    whole = countries.overview(record, START, None)
    assert countries.overview_headline(record, START, whole).endswith(": nothing is recorded by this day")
