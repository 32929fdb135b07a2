"""Money through time: two panels that share their days alone, with marks at events and shares of plans."""

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.money_time import STACKED, STOCK, YEARS, MoneyTime
from components.figures.theme import Look
from components.record.model import Record
from tests.fund_records import BN, END, MOVE, START, plan, record_of

LATER = dt.date(2026, 6, 30)
MOVED = MOVE.isoformat()
ASKED = plan("required", 2020, "2020-01-10", usd=3 * BN)
RULING = "A court ruled that all of it, to the last coin, must stay where it is until another court rules, if it does."
POOLS = (
    {"id": "old", "usd": 9 * BN, "until": MOVED},
    {"id": "new", "actor_id": "AAA", "usd": 8 * BN, "low_usd": 7 * BN, "high_usd": 9 * BN, "date_text": MOVED},
    {"id": "ruled", "actor_id": "AAA", "usd": 8 * BN, "date_text": "2020-09-01", "supersedes": "new",
     "summary": RULING},
)  # fmt: skip


def built(*rows: dict[str, Any], day: dt.date = END) -> MoneyTime:
    return MoneyTime.build(record_of(*rows), day, Options())


def received(date_text: str, **figure: Any) -> dict[str, Any]:
    return plan("received", 2020, date_text, **figure)


def words(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def marks(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "scatter" and "markers" in trace.mode]


def test_changes_of_pools_are_numbered_and_other_events_are_dots() -> None:
    money = built(*POOLS)
    numbered, dots = marks(money.draw(Look()))
    assert (list(numbered.text), list(numbered.x)) == (["1", "2"], [pd.Timestamp(START), pd.Timestamp(MOVE)])
    assert (list(dots.x), list(dots.y)) == ([pd.Timestamp("2020-09-01")], [8 * BN])
    assert "court ruled" in dots.hovertext[0]
    assert money.notes()[0] == (
        "(1) 1 January 2020: The Bank $9.0bn frozen; (2) 1 June 2020: Alphaland $7.0–9.0bn frozen."
    )
    assert money.table()["In words"].iloc[-1] == RULING.removesuffix(".")  # in full
    assert [key.text for key in money.legend()] == ["Change of pools", "Other event"]
    assert money.alt().startswith("Step line of what is held back: $8.0bn in 1 pool at its end. 1 January 2020: ")


def test_numbers_that_are_close_stand_one_above_the_other() -> None:
    days = ("2020-01-01", "2020-01-05", "2020-12-01")
    rows = [
        {"actor_id": name, "usd": BN, "date_text": day} for name, day in zip(("AAA", "BBB", "CCC"), days, strict=True)
    ]
    numbered = marks(built(*rows).draw(Look()))[0]
    assert numbered.y[0] > numbered.y[1] and numbered.y[0] == numbered.y[2]
    assert numbered.y[1] > 3 * BN  # above the line


def test_the_line_ends_with_the_day_and_is_not_drawn_where_nothing_is_known() -> None:
    line = built(*POOLS, day=MOVE).draw(Look()).data[2]
    assert (line.x[-1], list(line.y)) == (pd.Timestamp("2020-06-02"), [9 * BN, 8 * BN, 8 * BN])
    first = built(*POOLS, day=START).draw(Look()).data[2]
    assert first.x[-1] - first.x[0] == pd.Timedelta(days=1)
    ended = built({"usd": 9 * BN, "date_text": "2020-02-01", "until": MOVED}).draw(Look()).data[2]
    assert list(ended.y) == [9 * BN, 0, 0, 0]
    unknown = MoneyTime.build(record_of({"amount": BN, "currency": "EUR"}, currency="USD"), END, Options())
    figure = unknown.draw(Look())
    assert set(figure.data[2].y) == {None} or pd.isna(list(figure.data[2].y)).all()
    assert not figure.layout.yaxis.ticktext


@pytest.mark.parametrize(
    ("date_text", "shape", "said"), [("2020-10-27", "/", "40% by 27 Oct"), ("2020-12-31", "", "40%")]
)
def test_a_year_that_was_not_over_is_hatched_and_dated(date_text: str, shape: str, said: str) -> None:
    money = built(ASKED, received(date_text, usd=1.2 * BN), day=LATER)
    figure = money.draw(Look(width=1152))
    assert list(figure.data[0].marker.pattern.shape) == [shape]
    assert said in words(figure)
    hatched = "Hatched: not the whole year (2020 by 27 October 2020)."
    assert (hatched in money.notes()[0]) == bool(shape)
    when = " by 27 October 2020" if shape else ""
    assert money.finding() == f"40% of the plan for 2020 received{when}"


def test_what_has_no_share_says_so_or_nothing_where_it_finds_no_room() -> None:
    years = [plan("required", year, f"{year}-01-10", usd=BN) for year in range(2016, 2026)]
    some = [
        plan("received", 2016, "2016-12-31", usd=0.5 * BN),
        plan("received", 2017, "2017-12-31", amount=1.0, currency="EUR"),
    ]
    wide, narrow = (built(*years, *some, day=LATER).draw(Look(width=width)) for width in (1152, 358))
    assert words(wide)[1:4] == ["50%", "share not known", "not reported"]
    assert words(narrow)[1:] == ["50%"]


def test_panels_stand_below_each_other_or_side_by_side_and_only_where_they_have_something() -> None:
    rows = [*POOLS, ASKED, received("2020-12-31", usd=BN)]
    stacked = built(*rows).draw(Look(width=540, height=STACKED)).layout
    beside = built(*rows).draw(Look(width=600, height=STACKED - 1)).layout
    assert stacked.yaxis2.domain[1] < stacked.yaxis.domain[0] and stacked.xaxis.domain == stacked.xaxis2.domain
    assert beside.xaxis.domain[1] < beside.xaxis2.domain[0] and beside.yaxis.domain == beside.yaxis2.domain
    assert stacked.xaxis.range == stacked.xaxis2.range
    assert words(built(*POOLS).draw(Look())) == [f"<b>{STOCK}</b>"]
    assert words(built(ASKED).draw(Look()))[0] == f"<b>{YEARS}</b>"
    nothing = built({"status": "pledged", "owner": "BNK", "usd": 1.0})
    assert (nothing.finding(), nothing.alt(), words(nothing.draw(Look()))) == ("No sum is recorded", "It is empty.", [])
    assert not nothing.notes() and not nothing.legend() and not len(nothing.table())


def test_the_table_has_all_that_is_drawn(shipped: Record) -> None:
    money = MoneyTime.build(shipped, shipped.tracker.data_until, Options())
    table = money.table()
    assert set(table["What"]) == {"Held back", "Required", "Received", "Event"}
    assert (table["What"] == "Event").sum() == len(money.events)
    assert table.loc[table["When"] == "2022", "$m"].tolist() == [4440.0]
    assert table.loc[table["When"] == "2024, by 27 October 2024", "$m"].tolist() == [1140.0]
    assert not any("…" in text for text in table["In words"])
    held = shipped.funds[shipped.funds["id"].isin(money.plans["row_ids"].explode())]
    assert set(held["source_ids"].explode()) <= set(money.source_ids)
