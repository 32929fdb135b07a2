"""In which currency a record is counted, and what is said of sums in others."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from components.figures.figure import Options
from components.figures.stocks import Stocks
from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.model import InvalidData, Record
from components.record.reading import read
from components.summaries import flows, funds, pools
from components.summaries.crosstab import crosstab, money_of_actors
from components.summaries.currency import currency_of
from components.summaries.ledger import ledger
from components.summaries.money import Total, total
from components.summaries.plans import plan_years
from components.summaries.units import units
from tests.conftest import Change
from tests.fund_records import BN, END, MOVE, START, plan, record_of

EUROS = (
    {"amount": 5 * BN, "currency": "EUR"},
    {"status": "suspended", "actor_id": "AAA", "amount": 300e6, "currency": "EUR"},
    {"status": "pledged", "actor_id": "AAA", "owner": "AAA", "amount": 40e6, "currency": "EUR"},
    {"status": "disbursed", "actor_id": "AAA", "owner": "AAA", "amount": 10e6, "currency": "EUR"},
    plan("required", 2020, "2020-01-10", amount=2 * BN, currency="EUR"),
    plan("received", 2020, "2020-12-31", amount=0.8 * BN, currency="EUR"),
)
POUNDS = {"actor_id": "CCC", "amount": 1 * BN, "currency": "GBP"}


def euros(*more: dict[str, object], currency: str = "") -> Record:
    return record_of(*EUROS, *more, currency=currency)


def test_the_currency_is_the_one_stated_else_dollars_else_that_of_most_rows(small: Record) -> None:
    assert currency_of(small) == "USD"
    assert currency_of(euros()) == "EUR"
    assert currency_of(euros(POUNDS, {**POUNDS, "actor_id": "BBB"})) == "EUR"
    assert currency_of(euros({"usd": 1.0})) == "USD"
    assert currency_of(euros({"low_usd": 1.0, "high_usd": 2.0})) == "USD"
    assert currency_of(euros({"usd": 1.0}, currency="EUR")) == "EUR"
    assert currency_of(record_of(POUNDS, EUROS[0])) == "EUR"  # of equals the first by its code


def test_a_figure_in_euros_is_the_one_stated_in_euros() -> None:
    both = {"amount": 5 * BN, "currency": "EUR", "amount_usd": 6 * BN, "low_usd": 5.9 * BN, "high_usd": 6.1 * BN}
    dollars = {"actor_id": "CCC", "low_usd": 1.0 * BN, "high_usd": 1.2 * BN}
    for currency, figures in (
        ("EUR", ["€5.0bn", "$1.0–1.2bn (no figure in EUR)"]),
        ("USD", ["$5.9–6.1bn", "$1.0–1.2bn"]),
        ("GBP", ["€5.0bn (no figure in GBP)", "$1.0–1.2bn (no figure in GBP)"]),
    ):
        frame = funds.stock_frame(record_of(both, dollars, currency=currency), END)
        assert frame["figure"].tolist() == figures
        assert frame["stated"].tolist() == ["€5.0bn", "$1.0–1.2bn"]


def test_a_record_in_euros_is_counted_in_euros() -> None:
    record = euros(POUNDS)
    assert funds.funds_headline(record, END) == (
        "€5.0bn frozen or in trust, besides £1.0bn; payments are on record for 1 of 1 giver"
    )
    made = ledger(record, END)
    assert made.headings == {
        "held": "Frozen or in trust: €5.0bn in 1 pool",
        "suspended": "Suspended: €300m in 1 pool",
    }
    assert made.apart == {"held": "Not added: £1.0bn"}
    assert made.frame["figure"].tolist() == ["€5.0bn", "£1.0bn (no figure in EUR)", "€300m"]
    held = pools.held_over_time(pools.pools_through(record, END)).iloc[-1]
    assert (held["value"], held["low"], held["high"]) == (5 * BN, 5 * BN, 5 * BN)
    assert held["total"].in_words("pool") == "€5.0bn in 1 pool, besides £1.0bn"
    frame = flows.flow_frame(record, END)
    assert frame.loc["AAA", ["pledged", "disbursed", "gap"]].tolist() == [40e6, 10e6, 30e6]
    row = plan_years(record, END).iloc[0]
    assert (row["required"], row["received"], row["unmet"]) == (2 * BN, 0.8 * BN, 1.2 * BN)
    assert row["share"].in_words() == "40%"


def test_pictures_of_a_record_in_euros_are_in_euros() -> None:
    pictures = {
        name: picture_of(euros(), name, END) for name in ("stocks", "pool_flow", "reserves", "plans", "pledges")
    }
    assert [picture.title for picture in pictures.values()] == [
        "€5.0bn frozen or in trust; €300m suspended, 31 December 2020",
        "Still €5.0bn in 1 pool, 31 December 2020",
        "Still €5.0bn held back, 31 December 2020",
        "40% of the plan for 2020 received, 31 December 2020",
        "1 giver pledged €40m; a payment is on record, 31 December 2020",
    ]
    figures = {name: picture.figure.draw(Look()) for name, picture in pictures.items()}
    assert figures["stocks"].layout.xaxis.ticktext == ("€0", "€2.0bn", "€4.0bn")
    assert figures["plans"].layout.yaxis.ticktext == ("€0", "€500m", "€1.0bn", "€1.5bn", "€2.0bn")
    assert list(figures["pledges"].data[1].x) == [40e6]
    for name, picture in pictures.items():
        assert "$" not in picture.alt + figures[name].to_json() + picture.figure.table().to_csv()


def test_a_record_in_euros_drawn_in_dollars_says_that_it_has_none() -> None:
    record = euros(currency="USD")
    stocks = ledger(record, END)
    titles = [picture_of(record, name, END).title for name in ("stocks", "pool_flow", "reserves", "plans")]
    assert stocks.headings["held"] == "Frozen or in trust: no dollar figure for the pool (€5.0bn as stated)"
    assert titles == [
        "€5.0bn frozen or in trust; €300m suspended, 31 December 2020",
        "Still no dollar figure for the pool (€5.0bn as stated), 31 December 2020",
        "Still €5.0bn held back, 31 December 2020",
        "40% of the plan for 2020 received, 31 December 2020",
    ]
    assert pd.isna(pools.held_over_time(pools.pools_through(record, END))["value"]).all()
    assert pools.pool_flow(record, END).nodes.empty
    assert set(units(record, END)) == {"plain", "stated"}


def test_a_total_says_what_it_leaves_out() -> None:
    pools_of = [{"usd": 9.5 * BN}, {"low_usd": 0.0, "high_usd": 0.2 * BN}, {"usd": 1.0}]
    for more, words in (
        ((), "$9.5–9.7bn in 3 pools"),
        ((EUROS[0],), "$9.5–9.7bn in 3 pools, besides €5.0bn"),
        ((EUROS[0], POUNDS, EUROS[0]), "$9.5–9.7bn in 3 pools, besides €10.0bn, £1.0bn"),
        (
            (EUROS[0], POUNDS, {**POUNDS, "currency": "CHF"}),
            "$9.5–9.7bn in 3 pools, besides sums in 3 other currencies",
        ),
    ):
        record = record_of(*pools_of, *more)
        assert total(record, funds.stock_frame(record, END)).in_words("pool") == words
    only = record_of(EUROS[0], POUNDS, currency="USD")
    found = total(only, funds.stock_frame(only, END))
    assert found.in_words() == "no dollar figure for any of 2 sums (€5.0bn, £1.0bn as stated)"
    assert found.amounts("frozen") == "€5.0bn, £1.0bn frozen"
    assert (found.value, found.unstated, [(other.currency, other.value, other.rows) for other in found.others]) == (
        None, 2, [("EUR", 5 * BN, 1), ("GBP", 1 * BN, 1)],
    )  # fmt: skip
    assert total(only, funds.stock_frame(only, END).iloc[:0]) == Total("USD", None, None, None, 0)
    assert total(only, funds.stock_frame(only, END).iloc[:0]).in_words() == "no sum"


def test_a_stated_zero_is_a_zero() -> None:
    record = record_of({"usd": 0.0})
    assert funds.funds_headline(record, END) == "$0 frozen or in trust"
    assert pools.held_over_time(pools.pools_through(record, END))["value"].tolist() == [0.0, 0.0]


def test_units_say_their_denominators(shipped: Record, small: Record) -> None:
    known = units(shipped, END.replace(year=2022), 2022)
    assert known["plain"].label == "US dollars"
    assert known["plain"].text(7.0 * BN, 7.1 * BN) == "$7.0–7.1bn"
    assert known["head"].text(42_647_492.0) == "$1.0 a head"
    assert known["head"].text(1_000.0) == "under $0.01 a head"
    assert known["plan"].text(2.22 * BN) == "50% of the plan"
    assert "42.6 million" in known["head"].note
    assert "2022" in known["plan"].note
    assert set(units(small, START)) == {"plain", "stated"}


def test_units_of_a_record_in_euros_are_euros() -> None:
    people = {"people": 1_000_000, "year": 2020, "source_id": "gov-1"}
    known = units(record_of(*EUROS, population=people), END)
    assert [unit.label for unit in known.values()] == ["Euros", "Per head", "Share of the plan"]
    assert known["head"].text(5e6) == "€5.0 a head"
    assert known["head"].tick(known["head"].one) == "€1"
    assert known["plan"].text(0.2 * BN) == "10% of the plan"
    assert known["plan"].note == "Share of the plan: of the €2.0bn that the plan for 2020 required."
    assert (
        units(record_of(POUNDS, {**POUNDS, "currency": "PLN"}, {**POUNDS, "currency": "PLN"}), END)["plain"].label
        == "PLN"
    )


def test_large_sums_per_head_have_no_exponent() -> None:
    people = {"people": 42_000_000, "year": 2020, "source_id": "gov-1"}
    rials = {"low": 399e12, "high": 407e12, "currency": "IRR"}
    head = units(record_of(rials, population=people), END)["head"]
    assert head.text(399e12, 407e12) == "IRR 9.5–9.7m a head"
    stocks = Stocks.build(record_of(rials, population=people), END, Options(unit="head"))
    assert stocks.draw(Look(width=760)).layout.xaxis.ticktext == ("IRR 0", "IRR 4.0m", "IRR 8.0m")
    assert stocks.finding() == "IRR 9.5–9.7m a head frozen or in trust"


def test_sums_are_offered_as_stated_only_where_any_is_stated_otherwise() -> None:
    assert "stated" not in units(record_of(*EUROS), END)
    assert "stated" in units(record_of(*EUROS, POUNDS, currency="EUR"), END)


def test_a_fall_is_told_in_one_currency_alone() -> None:
    ended = {"status": "suspended", "actor_id": "AAA", "until": MOVE, "until_text": MOVE.isoformat()}
    rows = {**ended, "amount": 4 * BN, "currency": "EUR"}, {**POUNDS, "status": "suspended"}
    finding = picture_of(record_of(*rows, currency="EUR"), "suspended", END).finding
    assert finding == "At most €4.0bn suspended, on 1 January 2020; £1.0bn now"
    ranged = {**ended, "amount": 4 * BN, "low": 1 * BN, "high": 4 * BN, "currency": "EUR"}
    later = {"status": "suspended", "actor_id": "AAA", "amount": 2 * BN, "currency": "EUR", "date_text": "2020-06"}
    finding = picture_of(record_of(ranged, later), "suspended", END).finding
    assert finding == "At most €1.0–4.0bn suspended, on 1 January 2020; €2.0bn now"


def test_a_line_ends_where_no_sum_is_known_any_more() -> None:
    ended = {"amount": 4 * BN, "currency": "EUR", "until": MOVE, "until_text": MOVE.isoformat()}
    for name, status, line in (("suspended", "suspended", 0), ("reserves", "frozen", 2)):
        rows = {**ended, "status": status}, {**POUNDS, "status": status, "date_text": "2020-06"}
        drawn = picture_of(record_of(*rows, currency="EUR"), name, END).figure.draw(Look()).data[line]
        known = [pd.Timestamp(day) for day, value in zip(drawn.x, drawn.y, strict=True) if value and value > 0]
        assert max(known) == pd.Timestamp(MOVE)


def test_a_record_of_plans_alone_speaks_of_plans() -> None:
    record = record_of(*EUROS[-2:])
    assert funds.funds_headline(record, END) == "40% of the plan for 2020 received"
    picture = picture_of(record, "held_and_promised", END)
    assert picture.finding == "40% of the plan for 2020 received"
    assert picture.alt.startswith("Money asked. ") and "pledge" not in f"{picture.alt}{picture.notes}"
    assert [key.text for key in picture.figure.legend()] == ["Asked", "Received"]


def test_nothing_is_divided_by_nobody_or_by_a_plan_that_is_not_known_in_full() -> None:
    nobody = {"people": 0, "year": 2020, "source_id": "gov-1"}
    assert set(units(record_of({"usd": 1.0}, population=nobody), END)) == {"plain"}
    asked = plan("required", 2020, "2020-01-10", usd=2 * BN)
    assert "plan" in units(record_of(asked), END)
    assert "plan" not in units(record_of(plan("required", 2020, "2020-01-10", usd=0.0)), END)
    part = plan("required", 2020, "2020-01-11", amount=1 * BN, currency="EUR")
    assert "plan" not in units(record_of(asked, part), END)


def test_money_of_actors_of_one_name_is_kept_apart(change: Change) -> None:
    """Cells hold ids: two actors of one name are two, each with its own money."""
    change("levers", "BNK-reserves-2019", "lever", "aid")
    record = read(change("levers", "BNK-reserves-2019", "id", "BNK-aid-2019"))
    names = record.actors["name"].replace("The Bank", "Alphaland")  # which the check refuses in a folder
    record = replace(record, actors=record.actors.assign(name=names))
    cells = crosstab(record, END)
    assert cells.loc["aid", "supportive"] == ("AAA",)
    assert cells.loc["aid", "not_coded"] == ("BNK",)
    held = money_of_actors(record, END, "held")
    assert held["BNK"].value == 900 and "AAA" not in held
    assert money_of_actors(record, END, "given")["AAA"].value == 300


def test_a_sum_in_another_currency_is_not_no_sum(small: Record) -> None:
    may = END.replace(month=5)
    assert money_of_actors(small, may, "held")["AAA"].amounts("held back") == "€50 held back"
    assert money_of_actors(small, END, "given")["BBB"].amounts() == "€7"


@pytest.mark.parametrize("value", ['"euro"', '""', '"eur"', "1", '["EUR"]', '"EUR\\n"'])
def test_a_currency_of_another_form_is_named(folder: Path, value: str) -> None:
    with pytest.raises(InvalidData) as found:
        read(with_currency(folder, value))
    named = [(problem.column, problem.allowed) for problem in found.value.problems]
    assert ("currency", "an ISO 4217 code such as EUR") in named


def test_a_currency_is_read(folder: Path) -> None:
    assert currency_of(read(with_currency(folder, '"EUR"'))) == "EUR"


def with_currency(folder: Path, value: str) -> Path:
    path = folder / "tracker.toml"
    path.write_text(f"currency = {value}\n{path.read_text('utf-8')}", "utf-8")
    return folder
