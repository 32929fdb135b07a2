"""The ledger of money held back: its bars, what is inside them, its words, and what a low shape leaves out."""

import datetime as dt
from typing import Any

import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.money_bars import AXIS, money_axis
from components.figures.stocks import Stocks
from components.figures.theme import ACCENT, STRONG, Look
from components.record.model import Record
from components.record.wording import money
from tests.fund_records import BN, END, record_of

MARCH = dt.date(2022, 3, 1)
LOW = Look(width=600, height=100)


def pool(actor_id: str, usd: float, **more: Any) -> dict[str, Any]:
    return {"actor_id": actor_id, "usd": usd, **more}


def words(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_each_pool_stands_under_the_total_of_its_group() -> None:
    record = record_of(
        pool("BNK", 5 * BN, low_usd=4.9 * BN, high_usd=5.2 * BN), pool("AAA", 1 * BN, status="suspended"),
        {"actor_id": "CCC", "amount": 2 * BN, "currency": "EUR"},
    )  # fmt: skip
    built = Stocks.build(record, END, Options())
    figure = built.draw(Look())
    assert words(figure) == [
        "<b>Frozen or in trust: $4.9–5.2bn in 1 pool</b>", "<b>The Bank</b>  $4.9–5.2bn",
        "<b>Gammaland</b>  €2.0bn (no dollar figure)", "<b>Suspended: $1.0bn in 1 pool</b>",
        "<b>Alphaland</b>  $1.0bn",
    ]  # fmt: skip
    bars, ranges = figure.data
    assert (list(bars.x), list(bars.customdata)) == ([5 * BN, 1 * BN], ["BNK", "AAA"])  # and none of what is not known
    assert list(ranges.x[:2]) == [4.9 * BN, 5.2 * BN]
    assert ranges.y[0] > bars.y[0] + bars.width / 2
    assert built.finding() == "$4.9–5.2bn frozen or in trust, besides €2.0bn; $1.0bn suspended"
    assert built.notes() == [
        "Line below a bar: lowest to highest figure.",
        "Frozen or in trust, not added: €2.0bn.",
    ]
    assert [key.text for key in built.legend()] == ["Frozen", "Suspended"]
    assert built.alt() == (
        "Bar chart of 3 pools. Frozen or in trust: $4.9–5.2bn in 1 pool. The Bank: $4.9–5.2bn, frozen, owner Subland. "
        "Gammaland: €2.0bn (no dollar figure), frozen, owner Subland. Suspended: $1.0bn in 1 pool. "
        "Alphaland: $1.0bn, suspended, owner Subland."
    )
    assert built.table()["Amount"].tolist() == ["$4.9–5.2bn", "€2.0bn (no dollar figure)", "$1.0bn"]


def test_what_is_inside_a_pool_is_apart_and_interest_last() -> None:
    record = record_of(
        pool("BNK", 9 * BN, id="whole", terms="State: blocked; release: nobody", channel="A vault"),
        pool("BNK", 1 * BN, part_of="whole", channel="interest", summary="It earned."),
        pool("BNK", 3 * BN, part_of="whole", summary="Gold."),
    )
    built = Stocks.build(record, END, Options())
    bars = built.draw(Look()).data[0]
    assert (list(bars.base), list(bars.x)) == ([0, 5 * BN, 8 * BN], [5 * BN, 3 * BN, 1 * BN])
    assert list(bars.marker.color) == [STRONG.light, STRONG.light, ACCENT.light]
    assert list(bars.hovertext) == [
        "<b>The Bank</b><br>The rest of $9.0bn<br>frozen, owner Subland, since 1 January 2020<br>"
        "owner Subland, A vault<br>State: blocked; release: nobody",
        "<b>The Bank</b><br>Of it $3.0bn, since 1 January 2020<br>Gold.",
        "<b>The Bank</b><br>Interest $1.0bn, since 1 January 2020<br>It earned.",
    ]
    assert [key.text for key in built.legend()] == ["Frozen", "Interest inside it"]


def test_a_low_shape_shows_the_largest_and_says_what_is_left_out() -> None:
    pools = [pool(f"{letter * 3}", size * BN) for letter, size in zip("ABC", (3, 2, 1), strict=True)]
    unknown = [{"actor_id": "ALL", "amount": 9 * BN, "currency": "EUR"}]
    whole = Stocks.build(record_of(pool("BNK", 9 * BN), *pools), END, Options())
    assert len(words(whole.draw(LOW))) == 4  # all of them, left of their bars, without the total of their group
    assert whole.draw(LOW).layout.xaxis.domain[0] > 0
    assert words(whole.draw(Look(width=600, height=90)))[-1] == "and 2 smaller pools"
    more = Stocks.build(record_of(pool("BNK", 9 * BN), *pools, *unknown), END, Options())
    assert words(more.draw(LOW))[-1] == "and 2 more pools, 1 of them without a dollar figure"
    dark = [{"actor_id": name, "amount": 9 * BN, "currency": "EUR"} for name in ("ALL", "CCC", "BBB")]
    without = Stocks.build(record_of(pool("BNK", 9 * BN), pool("AAA", 1 * BN), *dark), END, Options())
    assert words(without.draw(Look(width=600, height=90)))[-1] == "and 3 pools without a dollar figure"
    equal = Stocks.build(record_of(*(pool(name, BN) for name in ("AAA", "BBB", "CCC", "BNK", "ALL"))), END, Options())
    assert words(equal.draw(LOW))[-1] == "and 2 more pools"


@pytest.mark.parametrize("height", [60, 90, 120, 160, 300, 900])
def test_a_shape_is_kept_whatever_its_height(shipped: Record, height: int) -> None:
    built = Stocks.build(shipped, dt.date(2021, 9, 27), Options())
    figure = built.draw(Look(width=600, height=height))
    assert figure.layout.height == height
    bottom, top = figure.layout.yaxis.range
    plot = height - figure.layout.margin.b
    assert top == 0
    assert bottom == pytest.approx(plot, abs=1) or height == 60  # so that rows are measured in px
    assert max(label.y for label in figure.layout.annotations) < bottom


def test_a_bar_grows_with_its_unit_on_an_axis_of_that_unit(shipped: Record) -> None:
    plain, head, plan = (Stocks.build(shipped, MARCH, Options(unit=unit)) for unit in ("plain", "head", "plan"))
    assert plain.draw(Look()).data[0].x == head.draw(Look()).data[0].x == plan.draw(Look()).data[0].x
    assert head.draw(Look()).layout.xaxis.ticktext[:2] == ("$0", "$50")
    assert plan.draw(Look()).layout.xaxis.ticktext[:2] == ("0%", "40%")
    assert "per head" in head.notes()[-1].lower() and "plan" in plan.notes()[-1]
    assert Stocks.build(shipped, MARCH, Options(unit="mood")).finding() == plain.finding()


def test_sources_are_those_of_the_pools_and_of_their_insides(shipped: Record) -> None:
    built = Stocks.build(shipped, MARCH, Options())
    drawn = {*built.ledger.frame["id"], *built.ledger.parts["id"]}
    cited = shipped.funds.loc[shipped.funds["id"].isin(drawn), "source_ids"].explode()
    rates = shipped.rates["source_id"]
    assert set(built.source_ids) - set(rates) == set(cited) - set(rates) and len(built.ledger.parts)


def test_nothing_held_and_nobody_shown(small: Record) -> None:
    nothing = Stocks.build(small, dt.date(2019, 1, 1), Options())
    assert nothing.finding() == "No sum is recorded as held back"
    assert not nothing.notes() and not nothing.legend() and not words(nothing.draw(LOW))
    assert Stocks.build(small, END, Options(passing=frozenset())).finding() == "No actor matches the filters"


@pytest.mark.parametrize(
    ("largest", "said"),
    [
        (4.2e9, ["$0", "$2.0bn", "$4.0bn"]),
        (9.7e9, ["$0", "$4.0bn", "$8.0bn"]),
        (1000, ["$0", "$400", "$800"]),
        (1, ["$0", "$0.40", "$0.80"]),
        (5e8, ["$0", "$200m", "$400m"]),
        (float("nan"), []),
        (0, []),
    ],
)
def test_an_axis_of_money_has_round_steps(largest: float, said: list[str]) -> None:
    axis = money_axis(largest, Look(), money)
    assert axis["ticktext"] == said
    for most in (0, 1, 2, 7):
        steps = money_axis(largest, Look(), money, most=most)["tickvals"]
        assert not said or 1 <= len(steps) <= (max(most, 2) + 1 if most else 1)
        assert all(step <= largest for step in steps)


def test_rows_end_above_the_axis(shipped: Record) -> None:
    figure = Stocks.build(shipped, MARCH, Options()).draw(Look())
    assert figure.layout.height == figure.layout.yaxis.range[0] + AXIS
