"""Whom filters let pass, and how they read."""

import datetime as dt

import pytest

from components.record.filters import Filters, choices, in_words, passing
from components.record.model import Record

JUNE = dt.date(2020, 6, 1)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(stance=("supportive",)), {"AAA"}),
        (Filters(stance=("none", "not_coded")), {"BBB", "CCC", "BNK", "ALL"}),
        (Filters(level=("recognition",)), {"AAA"}),
        (Filters(region=("Africa",)), {"BBB", "CCC"}),
        (Filters(region=("Africa",), stance=("none",)), {"BBB"}),
        (Filters(bloc=("CLUB",)), {"AAA"}),
        (Filters(lever=("aid",)), {"AAA"}),
        (Filters(direction=("pressure",)), {"BNK"}),
        (Filters(lever=("aid",), direction=("pressure",)), set()),
        (Filters(confidence=("medium",)), {"BBB"}),
        (Filters(freshness=("fresh",)), {"AAA", "BBB"}),
    ],
)
def test_filters_let_pass_whoever_has_one_of_each(small: Record, filters: Filters, expected: set[str]) -> None:
    assert set(passing(small, JUNE, filters) or ()) == expected


def test_rows_grow_stale(small: Record) -> None:
    assert set(passing(small, dt.date(2020, 12, 31), Filters(freshness=("ageing",))) or ()) == {"AAA", "BBB"}
    assert set(passing(small, dt.date(2022, 1, 1), Filters(freshness=("stale",))) or ()) == {"AAA", "BBB"}


def test_no_filter_is_not_a_filter_that_nobody_passes(small: Record) -> None:
    assert passing(small, JUNE, Filters()) is None
    assert in_words(small, Filters()) == ""


def test_filters_read_as_a_line(small: Record) -> None:
    filters = Filters(stance=("opposed",), region=("Europe", "Africa"))
    assert in_words(small, filters) == "Only: Stance Opposed; Region Europe or Africa"


def test_every_field_has_choices(small: Record) -> None:
    assert all(label and codes for label, codes in choices(small).values())
