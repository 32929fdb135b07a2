"""Bars with their words on one line with them: panels on one scale, or the other arrangement where room is short."""

import datetime as dt
import re

import pytest

from components.figures.figure import Options
from components.figures.held_and_promised import HeldAndPromised
from components.figures.money_columns import ROOMY
from components.figures.pledges import Pledges
from components.figures.theme import Look
from components.publish.templates import unbroken
from components.record.model import Record
from tests.fund_records import BN, END, plan, record_of

PAGE, PHONE = Look(width=ROOMY), Look()
HELD = {"actor_id": "BNK", "usd": 4 * BN, "low_usd": 4 * BN, "high_usd": 5 * BN, "date_text": "2020-03"}
PLANS = [
    plan("required", 2019, "2019-02-01", usd=4 * BN), plan("received", 2019, "2020-01-05", usd=3 * BN),
    plan("required", 2020, "2020-02-01", usd=2 * BN), plan("received", 2020, "2020-10-27", usd=1 * BN),
]  # fmt: skip
GIVERS = [
    {"actor_id": giver, "owner": giver, "status": "pledged", "usd": usd, "date_text": "2020-02-01"}
    for giver, usd in (("AAA", 2 * BN), ("BBB", 1 * BN))
]


def built(*rows: dict[str, object]) -> HeldAndPromised:
    return HeldAndPromised.build(record_of(*rows), END, Options())


def test_two_panels_stand_side_by_side_on_one_scale() -> None:
    figure = built(HELD, *PLANS, *GIVERS).draw(PAGE)
    left, right = figure.layout.xaxis, figure.layout.xaxis2
    assert left.range == right.range and left.tickvals == right.tickvals
    length = [axis.domain[1] - axis.domain[0] for axis in (left, right)]
    assert length[0] == pytest.approx(length[1]) and left.domain[1] < 0.5 < right.domain[0]
    assert {trace.xaxis for trace in figure.data} == {"x", "x2"}
    texts = [words.text for words in figure.layout.annotations]
    for text in (
        "<b>The Bank</b>", "<b>2019</b>", "<b>Pledged by 2 givers since 1 January 2020</b>", "<b>Pledges</b>", "$3.0bn",
        "Payments are on record for none of them",
    ):  # fmt: skip
        assert text in texts, texts
    amounts = " ".join(text.replace("<br>", " ") for text in texts)
    assert "$4.0–5.0bn, as of March 2020" in amounts
    assert "asked $4.0bn, received $3.0bn (75%)" in amounts
    assert "asked $2.0bn, received $1.0bn (50%) by 27 October 2020" in amounts  # a year that was not over is dated
    assert "Hatched: " in built(HELD, *PLANS).notes()[0] and "Hatched" not in built(HELD, *PLANS[:2]).notes()[0]


def test_name_bar_and_amount_are_in_one_line() -> None:
    figure = built(HELD, *PLANS, *GIVERS).draw(PAGE)
    words = {annotation.text: annotation for annotation in figure.layout.annotations}
    pools = next(trace for trace in figure.data if trace.xaxis == "x" and trace.type == "bar" and len(trace.y))
    name = words["<b>The Bank</b>"]
    amount = next(words[text] for text in words if text.startswith("$4.0–5.0bn"))
    assert name.y == amount.y == pools.y[0]
    assert amount.x == 5 * BN and amount.xref == "x"


@pytest.mark.parametrize("look", [PHONE, Look(width=ROOMY - 1), Look(width=1152, height=120)])
def test_where_there_is_no_room_the_panels_are_stacked(look: Look) -> None:
    figure = built(HELD, *PLANS, *GIVERS).draw(look)
    assert "xaxis2" not in figure.layout.to_plotly_json()


def test_a_height_is_filled_and_kept() -> None:
    figure = built(HELD, *PLANS, *GIVERS).draw(Look(width=1152, height=500))
    assert figure.layout.height == 500 and figure.layout.xaxis2.domain


def test_a_panel_without_rows_leaves_its_room_to_the_other(shipped: Record) -> None:
    first = HeldAndPromised.build(shipped, dt.date(2021, 8, 15), Options()).draw(PAGE)
    assert "xaxis2" not in first.layout.to_plotly_json() and first.layout.xaxis.domain[1] > 0.4


@pytest.mark.parametrize("day", [dt.date(2021, 8, 15), dt.date(2021, 9, 27), dt.date(2026, 6, 30)])
def test_words_keep_room_whichever_sum_is_the_largest(shipped: Record, day: dt.date) -> None:
    figure = HeldAndPromised.build(shipped, day, Options()).draw(PAGE)
    assert max(annotation.text.count("<br>") for annotation in figure.layout.annotations) <= 2
    assert figure.layout.height < 500


def test_ten_givers_have_a_low_row_each(shipped: Record) -> None:
    built = Pledges.build(shipped, shipped.tracker.data_until, Options())
    figure = built.draw(PAGE)
    assert figure.layout.height < 11 * 30 + 30
    assert re.match(rf"and {len(built.frame) - 10} (smaller|more) givers", figure.layout.annotations[-1].text)


def test_a_range_is_not_broken_and_nothing_becomes_markup() -> None:
    assert unbroken("From $9.0–9.1bn – now <b>$440–455m</b>") == (
        'From <span class="unbroken">$9.0–9.1bn</span> – now <span class="unbroken">&lt;b&gt;$440–455m&lt;/b&gt;</span>'
    )
    assert unbroken("2021 – a year") == "2021 – a year"
