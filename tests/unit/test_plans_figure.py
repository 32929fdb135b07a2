"""Each year's plan as a bar, what came in inside it, and the share of it."""

import datetime as dt
from typing import Any

import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.plans import Plans
from components.figures.theme import Look
from components.record.model import Record
from tests.fund_records import BN, plan, record_of

LATER = dt.date(2026, 6, 30)
ASKED = plan("required", 2020, "2020-01-10", usd=3 * BN)


def built(*rows: dict[str, Any]) -> Plans:
    return Plans.build(record_of(*rows), LATER, Options())


def words(figure: go.Figure) -> list[str]:
    return [annotation.text.replace("\N{NO-BREAK SPACE}", " ") for annotation in figure.layout.annotations]


@pytest.mark.parametrize(
    ("date_text", "shape", "said"), [("2020-10-27", "/", "40% by 27 Oct"), ("2020-12-31", "", "40%")]
)
def test_a_year_that_was_not_over_is_hatched_and_dated(date_text: str, shape: str, said: str) -> None:
    plans = built(ASKED, plan("received", 2020, date_text, usd=1.2 * BN))
    figure = plans.draw(Look(width=1152))
    assert list(figure.data[0].marker.pattern.shape) == [shape]
    assert words(figure) == [said]
    assert plans.notes() == (["Hatched: the year was not over when last reported."] if shape else [])
    when = " by 27 October 2020" if shape else ""
    assert plans.finding() == f"40% of the plan for 2020 received{when}"


def test_what_has_no_share_says_so_or_nothing_where_it_finds_no_room() -> None:
    years = [plan("required", year, f"{year}-01-10", usd=BN) for year in range(2016, 2026)]
    some = [
        plan("received", 2016, "2016-12-31", usd=0.5 * BN),
        plan("received", 2017, "2017-12-31", amount=1.0, currency="EUR"),
    ]
    wide, narrow = (built(*years, *some).draw(Look(width=width)) for width in (1152, 358))
    assert words(wide)[:3] == ["50%", "share not known", "not reported"]
    assert words(narrow) == ["50%"]


def test_a_record_without_plans_says_so() -> None:
    nothing = built({"usd": BN})
    assert (nothing.finding(), nothing.alt()) == ("No plan is recorded", "It is empty.")
    assert not nothing.legend() and not nothing.draw(Look()).data and not len(nothing.table())
    assert built(ASKED).finding() == "No payment into a plan is recorded"


def test_the_table_has_all_that_is_drawn(shipped: Record) -> None:
    plans = Plans.build(shipped, shipped.tracker.data_until, Options())
    table = plans.table()
    assert set(table["What"]) == {"Required", "Received"}
    for row in plans.plans[plans.plans["received_on"] != ""].itertuples():
        assert table.loc[table["When"] == str(row.year), "$m"].tolist() == [round(row.required / 1e6, 1)]
        got = table.loc[table["When"] == f"{row.year}, {row.by}", "$m"].tolist()
        assert got == [round(row.received / 1e6, 1)]
    held = shipped.funds[shipped.funds["id"].isin(plans.plans["row_ids"].explode())]
    assert set(held["source_ids"].explode()) <= set(plans.source_ids)
