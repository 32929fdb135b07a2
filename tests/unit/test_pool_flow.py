"""Where the reserves went: pools and passages in words, and a diagram whose names never meet."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from components.figures.figure import Options
from components.figures.pool_flow import APART, FOOT, HEADER, PoolFlow
from components.figures.theme import ACCENT, MIDDLE, STRONG, Look
from components.record.model import Record
from tests.fund_records import BN, END, MOVE, record_of

MOVED = MOVE.isoformat()
SPLIT = (
    {"id": "old", "usd": 3 * BN, "until": MOVED},
    {"id": "new", "actor_id": "AAA", "status": "in_trust", "usd": 3.5 * BN, "date_text": MOVED, "part_of": "old"},
    {"id": "earned", "actor_id": "AAA", "status": "in_trust", "usd": 0.5 * BN, "date_text": MOVED, "part_of": "new",
     "channel": "interest"},
    {"id": "stays", "actor_id": "BBB", "usd": 1 * BN},
)  # fmt: skip


def built(*rows: dict[str, Any], day: dt.date = END) -> PoolFlow:
    return PoolFlow.build(record_of(*rows), day, Options())


def words(figure: Any) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_money_that_moves_is_told_from_day_to_day() -> None:
    flow = built(*SPLIT)
    assert flow.finding() == "From $4.0bn in 2 pools to $4.5bn in 2 pools"
    assert flow.alt() == (
        "Flow diagram of pools. 1 January 2020: The Bank $3.0bn, Betaland $1.0bn; 1 June 2020: $3.0bn from The Bank to "
        "Alphaland, $1.0bn stays with Betaland, $500m of interest to Alphaland; 31 December 2020: $3.5bn stays with "
        "Alphaland, $1.0bn stays with Betaland."
    )
    assert flow.table().to_numpy().tolist()[1:3] == [
        ["", "Betaland", "1 January 2020", 1000.0], ["The Bank", "Alphaland", "1 June 2020", 3000.0],
    ]  # fmt: skip
    assert [key.text for key in flow.legend()] == ["Frozen", "In trust", "Interest"]
    assert flow.notes() == ["Height of a band: the sum. Interest earned between two days comes in beside its pool."]
    figure = flow.draw(Look())
    node, link = figure.data[0].node, figure.data[0].link
    paints = (STRONG, ACCENT, STRONG, MIDDLE, STRONG, MIDDLE, STRONG)
    assert list(node.color) == [paint.light for paint in paints]
    assert list(link.value) == pytest.approx([value / (3.5 * BN) for value in flow.flow.links["value"]])
    assert "<b>1 June<br>2020</b>" in words(figure) and "Betaland <b>$1.0bn</b>" in words(figure)


def test_before_anything_moved_the_pools_stand_alone() -> None:
    flow = built({"usd": 3 * BN}, {"actor_id": "AAA", "usd": 1 * BN}, day=dt.date(2020, 1, 1))
    assert flow.finding() == "$4.0bn in 2 pools"
    assert flow.alt() == "Flow diagram of pools. 1 January 2020: The Bank $3.0bn, Alphaland $1.0bn."
    figure = flow.draw(Look())
    assert [trace.type for trace in figure.data] == ["scatter", "scatter"]
    assert words(figure)[1:] == ["The Bank <b>$3.0bn</b>", "Alphaland <b>$1.0bn</b>"]
    assert built({"usd": 3 * BN}).finding() == "Still $3.0bn in 1 pool"


def test_without_a_figure_there_is_nothing_to_draw() -> None:
    nothing = built({"status": "pledged", "owner": "BNK", "usd": 1.0})
    assert (nothing.finding(), nothing.alt()) == ("No pool is recorded", "Flow diagram of pools. It is empty.")
    assert not nothing.notes() and not nothing.legend() and not nothing.source_ids
    unknown = PoolFlow.build(record_of({"amount": 5 * BN, "currency": "EUR"}, currency="USD"), END, Options())
    assert unknown.finding() == "Still no dollar figure for the pool (€5.0bn as stated)"
    for flow in (nothing, unknown):
        for look in (Look(), Look(width=600, height=120)):
            assert not words(flow.draw(look))


@pytest.mark.parametrize("look", [Look(), Look(width=600, height=190), Look(width=540, height=400), Look(width=1152)])
def test_names_stand_whole_and_below_each_other(shipped: Record, look: Look) -> None:
    flow = PoolFlow.build(shipped, shipped.tracker.data_until, Options())
    height = (look.height or 420) - HEADER - FOOT
    nodes, _ = flow._nodes(look, height)
    for upper, lower in pairwise(nodes):
        if upper.row.day == lower.row.day:
            assert lower.middle - upper.middle >= (upper.words + lower.words) / 2 + APART - 1e-6
            assert lower.middle - upper.middle >= (upper.height + lower.height) / 2
    assert max(node.bottom for node in nodes) <= height + FOOT
    told = " ".join(words(flow.draw(look))).replace("<br>", " ").replace("\N{NO-BREAK SPACE}", " ")
    assert "Custodians outside the United States" in told and "Fund for the Afghan People" in told


def test_where_names_find_no_room_bodies_go_by_their_acronym_then_sums_stand_alone(shipped: Record) -> None:
    flow = PoolFlow.build(shipped, shipped.tracker.data_until, Options())
    short, sums, bare = (words(flow.draw(Look(width=300, height=height))) for height in (250, 130, 60))
    assert any(text.startswith("BIS") for text in short) and not any("Settlements" in text for text in short)
    assert "<b>$700m</b>" in sums and not any("BIS" in text for text in sums)
    assert len(bare) == 4  # the days
    assert all("2021" in text or "2022" in text or "2026" in text for text in bare)


def test_many_days_are_months(shipped: Record) -> None:
    moves = [
        {"id": f"p{at}", "actor_id": ("AAA", "BBB")[at % 2], "usd": BN, "date_text": f"2020-0{at + 1}-01",
         "supersedes": f"p{at - 1}" if at else "", "until": f"2020-0{at + 2}-01" if at < 6 else None}
        for at in range(7)
    ]  # fmt: skip
    assert "<b>Mar<br>2020</b>" in words(built(*moves).draw(Look()))
    assert "<b>15 August<br>2021</b>" in words(
        PoolFlow.build(shipped, shipped.tracker.data_until, Options()).draw(Look())
    )


def test_sources_are_those_of_the_pools_shown_and_of_their_interest(shipped: Record) -> None:
    flow = PoolFlow.build(shipped, shipped.tracker.data_until, Options())
    shown = set(flow.flow.nodes["id"])
    interest = shipped.funds["part_of"].isin(shown) & (shipped.funds["channel"] == "interest")
    rows = shipped.funds[shipped.funds["id"].isin(shown) | interest]
    assert set(flow.source_ids) == set(rows["source_ids"].explode()) and interest.any()
