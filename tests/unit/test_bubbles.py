"""Money by lever and stance: whose it is, what is not known of it, and how it is drawn."""

import datetime as dt
from dataclasses import replace

import pytest

from components.figures.bubbles import NARROW, Bubbles
from components.figures.figure import Options
from components.figures.theme import Look
from components.record.model import Record
from tests.fund_records import BN, END, record_of

HELD, GIVEN = Options(measure="held"), Options(measure="given")


def test_a_circle_is_the_money_of_those_who_hold_the_lever() -> None:
    record = record_of({"usd": 5 * BN}, {"actor_id": "AAA", "status": "suspended", "usd": 1 * BN})
    built = Bubbles.build(record, END, HELD)
    assert built.finding() == "Largest sum held back: $5.0bn, by holders of reserves (not coded)"
    assert built.alt().endswith("Reserves: $5.0bn not coded; Aid: $1.0bn supportive.")
    assert built.table().to_numpy().tolist() == [
        ["Reserves", "Not coded", 5000.0, "$5.0bn", "The Bank"], ["Aid", "Supportive", 1000.0, "$1.0bn", "Alphaland"],
    ]  # fmt: skip
    drawn = {trace.customdata[0]: trace for trace in built.draw(Look()).data if trace.customdata}
    assert set(drawn) == {"reserves:not_coded", "aid:supportive"}
    areas = [(drawn[cell].marker.size[0]) ** 2 for cell in ("reserves:not_coded", "aid:supportive")]
    assert areas[0] / areas[1] == pytest.approx(5)
    assert [drawn[cell].text[0] for cell in drawn] == ["$1.0bn", "$5.0bn"]


def test_what_has_no_figure_is_said_and_not_drawn() -> None:
    record = record_of({"amount": 5 * BN, "currency": "EUR"}, {"actor_id": "AAA", "usd": 1 * BN})
    built = Bubbles.build(record, END, HELD)
    assert list(built.cells.index) == ["aid"]
    assert built.notes()[-1] == "Not drawn, without a dollar figure: The Bank EUR 5.0bn."
    nothing = Bubbles.build(record_of({"amount": 5 * BN, "currency": "EUR"}, currency="USD"), END, HELD)
    assert nothing.finding() == "No dollar figure is recorded for those who hold a lever"
    assert nothing.notes() == ["Not drawn, without a dollar figure: The Bank EUR 5.0bn."]
    assert Bubbles.build(record, END, replace(HELD, passing=frozenset())).finding() == "No actor matches the filters"


def test_sums_in_another_currency_stand_without_its_code() -> None:
    built = Bubbles.build(record_of({"amount": 5 * BN, "currency": "EUR"}), END, HELD)
    circle = next(trace for trace in built.draw(Look()).data if trace.text)
    assert circle.text == ("5.0bn",)
    assert circle.hovertext[0].startswith("<b>Reserves</b> · Not coded · EUR 5.0bn<br>")
    assert built.notes()[0].endswith("rows are not to be added. Sums in euros.")


def test_sums_stand_below_their_circles_where_there_may_be_little_room(shipped: Record) -> None:
    built = Bubbles.build(shipped, shipped.tracker.data_until, GIVEN)
    for width, place in ((0, "bottom center"), (NARROW - 1, "bottom center"), (NARROW, "middle right")):
        places = {place for trace in built.draw(Look(width=width)).data for place in trace.textposition or ()}
        assert places == {place}


def test_a_shape_says_of_the_levers_left_out_that_they_are_no_larger(shipped: Record) -> None:
    built = Bubbles.build(shipped, shipped.tracker.data_until, HELD)
    figure = built.draw(Look(width=600, height=150))
    assert [annotation.text for annotation in figure.layout.annotations] == ["and 6 more levers, with $3.5bn or less"]
    assert list(figure.layout.yaxis.ticktext) == ["Reserves", "Aid", "Sanctions"]


def test_the_money_of_one_actor_is_said_of_all_of_its_levers(shipped: Record) -> None:
    built = Bubbles.build(shipped, dt.date(2026, 6, 30), replace(HELD, passing=frozenset({"USA"})))
    assert built.finding() == "Largest sum held back: $3.5bn, by holders of reserves, aid and 6 more (opposed)"
    assert set(built.source_ids) <= set(Bubbles.build(shipped, dt.date(2026, 6, 30), HELD).source_ids)
