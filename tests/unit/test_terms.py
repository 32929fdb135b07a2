"""The terms of a stock in their parts."""

import pytest

from components.record.model import Record
from components.record.vocabulary import STATUSES
from components.summaries.terms import NOT_STATED, Terms, terms_of


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        (
            "State: blocked; release: a licence; or court order; condition: peace; none else; note: see 2024",
            Terms("blocked", "a licence; or court order", "peace; none else", "see 2024"),
        ),
        ("State: blocked; release: nobody", Terms("blocked", "nobody", NOT_STATED, "")),
        ("Same state, release and condition", Terms("Same state, release and condition", NOT_STATED, NOT_STATED, "")),
        ("", Terms(NOT_STATED, NOT_STATED, NOT_STATED, "")),
    ],
)
def test_a_cell_has_parts_and_what_it_does_not_say_is_not_stated(cell: str, parts: Terms) -> None:
    assert terms_of(cell) == parts


def test_a_stock_of_the_record_that_is_in_no_other_says_all_of_it(shipped: Record) -> None:
    stocks = shipped.funds[shipped.funds["status"].map(lambda code: STATUSES[code].group == "stock")]
    told = stocks[(stocks["part_of"] == "") & stocks["terms"].str.startswith("State:")]
    assert len(told) > 20
    for cell in told["terms"]:
        assert terms_of(cell).release != NOT_STATED and "condition: " in cell
        assert not any(f"{part}:" in text for part in ("release", "condition", "note") for text in terms_of(cell))
