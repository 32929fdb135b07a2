"""Plans by year: what is required and received, which years may still move, and shares that cannot be worked out."""

import datetime as dt

import pandas as pd
import pytest

from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.model import Record
from components.summaries import plans
from components.summaries.money import Total
from components.summaries.shares import Share, share
from tests.fund_records import BN, END, plan, record_of

LATER = dt.date(2026, 6, 30)
ASKED = plan("required", 2020, "2020-01-10", usd=3 * BN)


def received(date_text: str, **figure: object) -> dict[str, object]:
    return plan("received", 2020, date_text, **figure)


@pytest.mark.parametrize(
    ("year", "required", "received", "is_open"),
    [
        (2021, 1.475, 1.506, False), (2022, 4.44, 3.2, False), (2023, 3.23, 1.47, False),
        (2025, 2.42, 0.895, False),
    ],
)  # fmt: skip
def test_plans_are_required_and_received_as_stated(
    shipped: Record, year: int, required: float, received: float, is_open: bool
) -> None:
    found = plans.plan_years(shipped, shipped.tracker.data_until).set_index("year").loc[year]
    assert found["required"] == pytest.approx(required * BN)
    assert found["received"] == pytest.approx(received * BN)
    assert found["unmet"] == pytest.approx(max(required - received, 0) * BN)
    assert found["open"] == is_open


def test_nothing_reported_is_no_zero(shipped: Record) -> None:
    found = plans.plan_years(shipped, shipped.tracker.data_until).set_index("year").loc[2026]
    assert found["open"]
    assert pd.isna(found["received"])
    assert pd.isna(found["unmet"])
    assert found["words"] == "2026: required $1.7bn, nothing reported as received"


@pytest.mark.parametrize(
    ("date_text", "is_open", "by"),
    [
        ("2020-10-27", True, "by 27 October 2020"),
        ("2020-12-30", True, "by 30 December 2020"),
        ("2020-12", True, "by December 2020"),  # which counts from its first day
        ("2020", True, "in 2020"),
        ("2020-12-31", False, "by 31 December 2020"),
        ("2021-01", False, "by January 2021"),
    ],
)
def test_a_year_is_complete_once_a_figure_of_its_last_day_is_known(date_text: str, is_open: bool, by: str) -> None:
    """Also when the day that is looked at is years later."""
    record = record_of(ASKED, received(date_text, usd=1.2 * BN))
    for day in (dt.date(2021, 2, 1), LATER):
        row = plans.plan_years(record, day).iloc[0]
        assert (row["open"], row["by"], row["received_on"]) == (is_open, by, date_text)
        before = ", before the year was over" if is_open else ""
        assert row["words"] == f"2020: required $3.0bn, received $1.2bn {by}{before}"


def test_a_year_is_as_old_as_its_oldest_figure() -> None:
    parts = [received("2020-10-27", usd=1 * BN), received("2021-01-04", usd=0.2 * BN)]
    assert plans.plan_years(record_of(ASKED, *parts), LATER).iloc[0]["open"]


@pytest.mark.parametrize(
    ("asked", "got", "words"),
    [
        ({"usd": 3 * BN}, {"usd": 1.2 * BN}, "40%"),
        ({"amount": 3 * BN, "currency": "EUR"}, {"amount": 1.2 * BN, "currency": "EUR"}, "40%"),
        (
            {"amount": 3 * BN, "currency": "EUR"},
            {"usd": 1.2 * BN},
            "share not known: required in EUR, received in USD",
        ),
        (
            {"usd": 3 * BN},
            {"amount": 1.2 * BN, "currency": "EUR"},
            "share not known: required in USD, received in EUR",
        ),
        ({"usd": 0.0}, {"usd": 1.2 * BN}, "share not known: $0 required"),
        ({"usd": 0.0}, {"usd": 0.0}, "share not known: $0 required"),
        ({"usd": 3 * BN}, {"usd": 0.0}, "0%"),
        ({"usd": 3 * BN}, {"usd": 1.0}, "under 0.1%"),
    ],
)
def test_a_share_that_cannot_be_worked_out_is_said_in_words(
    asked: dict[str, object], got: dict[str, object], words: str
) -> None:
    record = record_of(plan("required", 2020, "2020-01-10", **asked), received("2020-12-31", **got), currency="USD")
    row = plans.plan_years(record, END).iloc[0]
    assert row["share"].in_words() == words
    assert row["words"].endswith(f"; {words}") == (row["share"].value is None)
    picture = picture_of(record, "plans", END)
    said = f"plan for 2020: {words}" if row["share"].value is None else f"{words} of the plan for 2020 received"
    assert picture.title == f"{said[:1].upper()}{said[1:]}, 31 December 2020"
    assert "Infinity" not in picture.figure.draw(Look()).to_json()


def test_a_share_of_sums_in_several_currencies() -> None:
    def of(value: float | None, *others: Total) -> Total:
        return Total("USD", value, value, value, 1 + len(others), others)

    euros = Total("EUR", 5.0, 5.0, 5.0, 1)
    nothing = Total("USD", None, None, None, 0)
    assert share(of(1.0, euros), of(4.0), "paid", "asked") == Share(0.25, at_least=True)
    assert share(of(1.0, euros), of(4.0), "paid", "asked").in_words() == "at least 25%"
    assert share(of(1.0), of(4.0, euros), "paid", "asked").in_words() == (
        "share not known: asked in USD and EUR, paid in USD"
    )
    assert share(nothing, of(4.0), "paid", "asked").in_words() == "share not known: nothing reported as paid"
    assert share(of(4.0), nothing, "paid", "asked").in_words() == "share not known: nothing reported as asked"


def test_plans_are_those_of_whoever_asks_most_with_what_those_received() -> None:
    other = {"actor_id": "BNK", "owner": "BNK"}
    record = record_of(
        {**ASKED, "id": "large"},
        {**plan("required", 2020, "2020-01-10", usd=1 * BN), **other, "id": "small"},
        received("2020-12-31", usd=1.2 * BN, part_of="large"),
        received("2020-12-31", usd=0.5 * BN, part_of="small"),
        {**received("2020-12-31", usd=0.3 * BN), "id": "loose"},
    )
    row = plans.plan_years(record, END).iloc[0]
    assert (row["required"], row["received"]) == (3 * BN, 1.5 * BN)
    assert set(row["row_ids"]) == {"large", "row-2", "loose"}


def test_a_plan_in_another_currency_is_not_the_smallest_by_being_unknown() -> None:
    """Nobody knows which is larger: the one that states its currency is taken, and no sum of the other is zero."""
    euros = {**plan("required", 2020, "2020-01-10", amount=9 * BN, currency="EUR"), "actor_id": "BNK"}
    assert plans.plan_years(record_of(euros), END).iloc[0]["required"] == 9 * BN
    row = plans.plan_years(record_of(euros, currency="USD"), END).iloc[0]
    assert pd.isna(row["required"])
    assert row["words"] == "2020: required €9.0bn, nothing reported as received"
    assert plans.plan_years(record_of(euros, ASKED), END).iloc[0]["required"] == 3 * BN
