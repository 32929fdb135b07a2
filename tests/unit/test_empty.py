"""What an empty picture, page or headline says: who is missing, and why."""

import datetime as dt

import pytest

from components.figures.figure import Options
from components.publish.picture import picture_of
from components.record.wording import day_in_words
from components.summaries import countries, funds, levers, moves, stances
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
    no_country, no_actor, nothing = (
        "No country matches the filters", "No actor matches the filters", "Nothing is recorded by this day",
    )  # fmt: skip
    assert stances.headline(record, END, nobody) == stances.headline(record, END, {"BNK"}) == no_country
    assert stances.headline(record, START) == stances.headline(record, END, {"BBB"}) == nothing
    assert levers.matrix_headline(record, END, nobody) == no_actor
    assert levers.matrix_headline(record, END) == "Nobody holds a lever"
    assert funds.funds_headline(record, END, nobody) == no_actor
    assert funds.funds_headline(record, END) == "No sum is recorded"
    assert moves.headline(record, BEFORE, END, nobody) == no_country
    assert moves.headline(record, BEFORE, END, {"BBB"}) == nothing
    assert moves.headline(record, END, END, {"AAA"}) == "No country changed its stance"
    assert countries.overview_headline(countries.overview(record, END, nobody), filtered=True) == no_actor
    assert countries.overview_headline(countries.overview(record, START, None)) == nothing
