"""Sums in other currencies: at which rate they are converted, and that whoever reads one can tell."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from components.figures.figure import Options
from components.figures.stocks import Stocks
from components.figures.theme import Look
from components.publish import rows
from components.publish.cards import Cards
from components.publish.picture import picture_of
from components.record.model import InvalidData, Record
from components.record.reading import read
from components.summaries import flows, funds, plans
from components.summaries.currency import converted_in, with_values
from components.summaries.fund_rows import all_figures
from components.summaries.money import total
from tests.fund_records import BN, END, plan, rated, record_of

EUROS = {"amount": 2 * BN, "currency": "EUR"}
POUNDS = {"amount": 1 * BN, "currency": "GBP"}
RATES = {"EUR_2020": 1.25, "EUR_2020_03": 1.1, "GBP_2020": 1.5}


def given(actor_id: str, status: str, **figure: Any) -> dict[str, Any]:
    return {"actor_id": actor_id, "owner": actor_id, "status": status, **figure}


def values(record: Record) -> list[tuple[Any, str]]:
    frame = with_values(record, record.funds)
    return list(zip(frame["value"], frame["rate_on"], strict=True))


@pytest.mark.parametrize(
    ("date", "worth", "period"),
    [("2020-03-09", 1.1, "2020-03"), ("2020-03", 1.1, "2020-03"), ("2020-04-01", 1.25, "2020"), ("2020", 1.25, "2020")],
)
def test_a_month_comes_before_its_year(date: str, worth: float, period: str) -> None:
    record = rated(record_of({**EUROS, "date_text": date}, currency="USD"), **RATES)
    assert values(record) == [(pytest.approx(2 * BN * worth), period)]


def test_what_has_no_rate_stands_apart_and_is_never_nothing() -> None:
    other_year, unknown = {**EUROS, "date_text": "2019-12-31"}, {**EUROS, "currency": "CHF"}
    record = rated(record_of(EUROS, other_year, unknown, {"usd": 1 * BN}), **RATES)
    frame = with_values(record, record.funds)
    assert frame["value"].isna().tolist() == [False, True, True, False]
    assert total(record, frame).in_words() == "$3.5bn in 2 sums, besides CHF 2.0bn, €2.0bn"
    assert frame["source_ids"].tolist() == [("gov-1", "gov-1"), ("gov-1",), ("gov-1",), ("gov-1",)]


def test_a_row_that_states_dollars_keeps_them() -> None:
    both = {**EUROS, "amount_usd": 9 * BN, "low_usd": 8 * BN, "high_usd": 10 * BN}
    record = rated(record_of(both), **RATES)
    assert values(record) == [(9 * BN, "")]
    assert all_figures(record)["figure"].tolist() == ["$8.0–10.0bn"]
    assert converted_in(record, all_figures(record)).note == ""


def test_a_record_in_euros_converts_pounds_and_the_range_of_dollars() -> None:
    dollars = {"actor_id": "CCC", "low_usd": 1.0 * BN, "high_usd": 1.5 * BN}
    record = rated(record_of(EUROS, POUNDS, dollars, currency="EUR"), **RATES)
    frame = with_values(record, record.funds)
    assert frame["value"].tolist() == [2 * BN, pytest.approx(1.2 * BN), pytest.approx(1.0 * BN)]
    assert frame[["low", "high"]].iloc[2].tolist() == [pytest.approx(0.8 * BN), pytest.approx(1.2 * BN)]
    assert sorted(all_figures(record)["figure"]) == [
        "$1.0–1.5bn (about €800m–1.2bn at the mean rate of 2020)",
        "£1.0bn (about €1.2bn at the mean rate of 2020)",
        "€2.0bn",
    ]
    march = {**POUNDS, "date_text": "2020-03-01"}  # pounds have no mean of March: both are taken of the year
    assert values(rated(record_of(EUROS, march, currency="EUR"), **RATES))[1] == (pytest.approx(1.2 * BN), "2020")


def test_without_rates_all_is_as_stated() -> None:
    record = record_of(EUROS, {"usd": 1 * BN})
    frame = with_values(record, record.funds)
    assert frame["value"].isna().tolist() == [True, False] and not frame["rate_on"].any()
    assert funds.funds_headline(record, END) == "$1.0bn frozen or in trust, besides €2.0bn"


def test_a_sum_says_about_where_all_of_it_is_converted() -> None:
    alone, both = (rated(record_of(*some, currency="USD"), **RATES) for some in ([EUROS], [EUROS, {"usd": 1 * BN}]))
    assert funds.funds_headline(alone, END) == "About $2.5bn frozen or in trust"
    assert funds.funds_headline(both, END) == "$3.5bn frozen or in trust"
    titles = [picture_of(alone, name, END).finding for name in ("stocks", "reserves", "pool_flow")]
    assert titles == ["About $2.5bn frozen or in trust", "Still about $2.5bn held back", "Still about $2.5bn in 1 pool"]
    assert "about $2.5bn stays with The Bank" in picture_of(alone, "pool_flow", END).alt


def test_every_chart_with_converted_sums_says_so_and_names_who_states_the_rates() -> None:
    some = [
        EUROS,
        {**EUROS, "status": "suspended", "actor_id": "AAA", "date_text": "2020-03-02"},
        given("AAA", "pledged", **POUNDS),
        plan("required", 2020, "2020-01-10", **EUROS),
    ]
    record = rated(record_of(*some, currency="USD"), **RATES)
    year = "Euros are converted at the mean rate of their year (Government of Alphaland)."
    yearly = "Other currencies at yearly averages (Government of Alphaland)."
    for name, note, short in (
        ("stocks", "Euros are converted at the mean rate of their month or year (Government of Alphaland).", ""),
        ("reserves", year, yearly),
        ("pool_flow", year, yearly),
        ("plans", year, yearly),
        (
            "suspended",
            "Euros are converted at the mean rate of their month (Government of Alphaland).",
            "monthly averages",
        ),
        ("pledges", "Pounds sterling are converted at the mean rate of their year (Government of Alphaland).", ""),
        ("held_and_promised", "Euros and pounds sterling are converted at the mean rate of their month or year", ""),
    ):
        picture = picture_of(record, name, END)
        assert note in " ".join(picture.notes) and short in picture.foot.note, name
        assert picture_of(record_of(*some, currency="USD"), name, END).foot.note.count("Other currencies") == 0
    many = [{**EUROS, "currency": code} for code in ("EUR", "GBP", "CHF")]
    record = rated(record_of(*many, currency="USD"), EUR_2020=1.0, GBP_2020=1.0, CHF_2020=1.0)
    assert converted_in(record, all_figures(record)).note.startswith("Sums in 3 other currencies are converted at")


def test_a_row_says_from_what_and_at_which_rate_it_is_converted() -> None:
    record = rated(record_of({**EUROS, "date_text": "2020-03-02"}, currency="USD"), **RATES)
    said = "€2.0bn (about $2.2bn at the mean rate of March 2020)"
    row = rows.of(rows.money(record, END))[0]
    assert row.figure == said and (row.short, row.stated) == ("about $2.2bn", "€2.0bn")
    assert said in str(Cards(record, END).sum(row))
    stocks = Stocks.build(record, END, Options())
    assert stocks.table()[["Amount", "As stated"]].iloc[0].tolist() == [said, "€2.0bn"]
    assert "€2.0bn at the mean rate of March 2020" in str(stocks.draw(Look()).data[0].hovertext)


def test_a_rate_that_moved_is_no_part_of_a_share_or_of_what_is_missing() -> None:
    later: dict[str, Any] = {"amount": 0.5 * BN, "currency": "EUR", "date_text": "2021-02-01"}
    moved = {"EUR_2020": 1.25, "EUR_2021": 1.0}
    asked = [plan("required", 2020, "2020-01-10", **EUROS), plan("received", 2020, **{**later, "date_text": "2021"})]
    made = plans.plan_years(rated(record_of(*asked, currency="USD"), **moved), END.replace(year=2021)).iloc[0]
    assert made["share"].in_words() == "25%" and made["unmet"] == pytest.approx(1.5 * BN * 1.25)
    flow = [given("AAA", "pledged", **EUROS), given("AAA", "disbursed", **later)]
    frame = flows.flow_frame(rated(record_of(*flow, currency="USD"), **moved), END.replace(year=2021))
    assert frame.loc["AAA", ["pledged", "disbursed", "gap"]].tolist() == pytest.approx([2.5e9, 0.5e9, 1.875e9])
    assert frame.loc["AAA", ["pledged_about", "pledged_stated"]].tolist() == [True, "€2.0bn"]
    mixed = [given("AAA", "pledged", usd=1 * BN), given("AAA", "disbursed", **later)]
    frame = flows.flow_frame(rated(record_of(*mixed), **moved), END.replace(year=2021))
    assert pd.isna(frame.at["AAA", "gap"])


def test_a_part_in_another_currency_is_not_added_to_its_whole() -> None:
    part = {**EUROS, "id": "part", "part_of": "row-0"}
    record = rated(record_of({"usd": 3 * BN}, part), **RATES)
    frame = funds.stock_frame(record, END)
    assert total(record, frame).value == 3 * BN
    assert funds.stock_parts(record, END, frame)["value"].tolist() == [2.5 * BN]


@pytest.mark.parametrize(
    ("child", "parent", "usd", "found"),
    [
        ("300", ("", "", "500"), "", ""),  # without a rate it cannot be compared
        ("300", ("", "", "500"), "1.5", ""),
        ("300", ("", "", "500"), "1.9", ""),  # as far off as the mean of a year may be
        ("300", ("", "", "500"), "2", "its parts come to 600, more than its own 500"),
        ("300", ("290", "GBP", ""), "", "amount: its parts come to 300, more than its own 290"),
        ("300", ("300", "GBP", "500"), "9", ""),  # in one currency no rate is asked
    ],
)
def test_parts_are_compared_with_their_whole(
    folder: Path, child: str, parent: tuple[str, str, str], usd: str, found: str
) -> None:
    table = pd.read_csv(folder / "funds.csv", dtype=str, keep_default_na=False).set_index("id", drop=False)
    cells = ["amount", "currency", "amount_usd", "low_usd", "high_usd"]
    table.loc["AAA-pledged-2020-07-01", cells] = [child, "GBP", "", "", ""]
    table.loc["ALL-pledged-2020-07-01", cells] = [*parent, "", ""]
    table.to_csv(folder / "funds.csv", index=False)
    row = f"GBP-2020,GBP,2020,{usd},gov-1\n" if usd else ""
    (folder / "rates.csv").write_text(f"id,currency,date,usd,source_id\n{row}", "utf-8")
    try:
        read(folder)
    except InvalidData as refused:
        assert found and found in "; ".join(map(str, refused.problems))
    else:
        assert not found
