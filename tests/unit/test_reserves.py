"""What is held back over time: a line up to the day, and what turned it named on it where there is room."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.reserves import Reserves
from components.figures.theme import Look
from components.record.model import Record
from tests.fund_records import BN, END, MOVE, START, record_of

MOVED = MOVE.isoformat()
RULING = "A court ruled that all of it, to the last coin, must stay where it is until another court rules, if it does."
POOLS = (
    {"id": "old", "usd": 9 * BN, "until": MOVED},
    {"id": "new", "actor_id": "AAA", "usd": 8 * BN, "low_usd": 7 * BN, "high_usd": 9 * BN, "date_text": MOVED},
    {"id": "ruled", "actor_id": "AAA", "usd": 8 * BN, "date_text": "2020-09-01", "supersedes": "new",
     "summary": RULING},
)  # fmt: skip


def built(*rows: dict[str, Any], day: Any = END) -> Reserves:
    return Reserves.build(record_of(*rows), day, Options())


def words(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations if annotation.text]


def test_changes_of_pools_are_named_on_the_line_and_all_events_stand_in_the_table() -> None:
    reserves = built(*POOLS)
    assert words(reserves.draw(Look(width=900, height=300))) == [
        "<b>1 June 2020</b><br>Alphaland $7.0–9.0bn frozen",
        "<b>1 January 2020</b><br>The Bank $9.0bn frozen",
    ]
    assert reserves.finding() == "$8.0bn held back, $9.0bn at first"
    assert reserves.table()["In words"].iloc[-1] == RULING.removesuffix(".")  # in full
    assert reserves.alt().startswith("Step line of what is held back: $8.0bn in 1 pool at its end. 1 January 2020: ")


@pytest.mark.parametrize(("height", "named"), [(300, 2), (110, 1), (60, 0)])
def test_words_that_have_no_room_are_left_out(height: int, named: int) -> None:
    assert len(words(built(*POOLS).draw(Look(width=900, height=height)))) == named


def test_words_stand_above_a_line_that_falls() -> None:
    fallen = built({"usd": 9 * BN, "until": MOVED}, {"actor_id": "AAA", "usd": BN, "date_text": MOVED})
    figure = fallen.draw(Look(width=900, height=300))
    assert figure.layout.yaxis.range[1] > 10 * BN
    assert min(label.y for label in figure.layout.annotations if label.text) > 9 * BN


def test_the_line_ends_with_the_day_and_is_not_drawn_where_nothing_is_known() -> None:
    line = built(*POOLS, day=MOVE).draw(Look()).data[2]
    assert (line.x[-1], list(line.y)) == (pd.Timestamp("2020-06-02"), [9 * BN, 8 * BN, 8 * BN])
    first = built(*POOLS, day=START).draw(Look()).data[2]
    assert first.x[-1] - first.x[0] == pd.Timedelta(days=1)
    ended = built({"usd": 9 * BN, "date_text": "2020-02-01", "until": MOVED})
    assert list(ended.draw(Look()).data[2].y) == [9 * BN, 0, 0, 0]
    assert ended.finding() == "Nothing is held back any more, $9.0bn at first"
    unknown = Reserves.build(record_of({"amount": BN, "currency": "EUR"}, currency="USD"), END, Options())
    figure = unknown.draw(Look())
    assert pd.isna(list(figure.data[2].y)).all()
    assert not figure.layout.yaxis.ticktext


def test_a_record_without_pools_says_so() -> None:
    nothing = built({"status": "pledged", "owner": "BNK", "usd": 1.0})
    assert (nothing.finding(), nothing.alt()) == ("No sum is recorded as held back", "It is empty.")
    assert not nothing.draw(Look()).data and not len(nothing.table())


def test_the_table_has_all_that_is_drawn(shipped: Record) -> None:
    reserves = Reserves.build(shipped, shipped.tracker.data_until, Options())
    table = reserves.table()
    assert set(table["What"]) == {"Held back", "Event"}
    assert (table["What"] == "Event").sum() == len(reserves.events)
    assert not any("…" in text for text in table["In words"])
