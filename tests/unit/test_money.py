"""Sums of money: properties that hold for any record, headline totals of the shipped one, and its reconciliation."""

import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.figures.figure import Options
from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.model import Record
from components.record.vocabulary import STATUSES
from components.record.wording import percent
from components.summaries import flows, funds, money, plans, pools
from components.summaries.changes import changes_between
from components.summaries.crosstab import MEASURES, amounts, crosstab, money_of_actors
from components.summaries.currency import currency_of
from components.summaries.fund_rows import all_figures, with_figures
from components.summaries.ledger import ledger
from components.summaries.units import units
from tests.fund_records import BN, CURRENCIES, END, MOVE, START, random_records, record_of

SOME = settings(deadline=None, max_examples=40, derandomize=True)
FEW = settings(SOME, max_examples=12)
AMOUNTS = st.integers(1, 10**12)
# Ten at the most, each inside an earlier one or in none: any forest can be made so.
PARENTS = st.lists(st.integers(-1, 8), min_size=1, max_size=10)
LOOKS = Look(), Look(width=600, height=120), Look("dark", 540, 400)
CHARTS_OF_MONEY = ("stocks", "pool_flow", "money_time", "pledges", "bubbles")
NO_NUMBER = re.compile(r"\b(nan|NaN|inf|NaT|None)\b|\de\+|(?<![\w–])[-−]\d")
NOTHING = re.compile(r"(?:\$|\b(?:USD|EUR|GBP) )0(?:\.0+)?(?![\d.,])")


def forest(parents: list[int], sums: list[int]) -> list[dict[str, Any]]:
    return [
        {"id": f"row-{at}", "usd": float(usd), "part_of": f"row-{parent % at}" if parent >= 0 and at else ""}
        for at, (parent, usd) in enumerate(zip(parents, sums, strict=True))
    ]


@st.composite
def forests(draw: st.DrawFn) -> list[dict[str, Any]]:
    parents = draw(PARENTS)
    return forest(parents, draw(st.lists(AMOUNTS, min_size=len(parents), max_size=len(parents))))


def above(record: Record, row_id: str) -> list[str]:
    """The rows in which a row lies, nearest first."""
    parents = dict(zip(record.funds["id"], record.funds["part_of"], strict=True))
    found = []
    while row_id := parents.get(row_id, ""):
        found.append(row_id)
    return found


def figures_in(rows: pd.DataFrame, currency: str) -> list[float]:
    """What rows state in a currency, worked out row by row and by another way than the summaries do."""
    found = []
    for row in rows.itertuples():
        if currency != "USD":
            found.append(row.amount if row.currency == currency else math.nan)
        elif pd.notna(row.amount_usd):
            found.append(row.amount_usd)
        else:
            found.append(0.5 * row.low_usd + 0.5 * row.high_usd)
    return [float(figure) for figure in found if pd.notna(figure)]


def texts(record: Record, day: dt.date) -> Iterable[str]:
    """Everything that the summaries say of money on a day."""
    yield funds.funds_headline(record, day)
    stocks, givers = funds.stock_frame(record, day), flows.flow_frame(record, day)
    for frame in (stocks, flows.flow_rows(record, day), funds.superseded_stocks(record, day)):
        yield from [*frame["figure"], *frame["stated"]]
    yield from [
        *givers["unconverted"],
        *givers["reach"],
        *(text for name in givers.filter(like="_stated") for text in givers[name]),
    ]
    for unit in units(record, day).values():
        yield unit.note
        shown = ledger(record, day, unit=unit.code)
        yield from [*shown.headings.values(), *shown.apart.values()]
        yield flows.pledges_on(record, day).in_words(unit.text)
        yield from (unit.text(row.low, row.high) for row in stocks.itertuples() if pd.notna(row.value))
    for row in plans.plan_years(record, day).itertuples():
        yield from (row.words, row.share.in_words(), row.asked.in_words(), row.given.in_words())
    yield from (text for *_, text in pools.events(pools.pools_through(record, day)))
    yield from (found.in_words("pool") for found in pools.pool_flow(record, day).totals)
    yield from (found.in_words("pool") for found in pools.held_over_time(pools.pools_through(record, day))["total"])
    yield from (found.in_words() for measure in MEASURES for found in money_of_actors(record, day, measure).values())
    yield from changes_between(record, START - dt.timedelta(days=1), day)["what"]


@given(random_records())
@SOME
def test_no_text_says_what_is_not_a_number(record: Record) -> None:
    states_nothing = any(0 in figures_in(record.funds, code) for code in CURRENCIES)
    for day in (MOVE, END + dt.timedelta(days=365)):
        for text in texts(record, day):
            assert not NO_NUMBER.search(text), text
            assert states_nothing or not NOTHING.search(text), text


@given(random_records())
@SOME
def test_no_currency_becomes_another(record: Record) -> None:
    """A text has a sign of a currency only where rows state sums in it; euros never become dollars."""
    stated = {code for code in CURRENCIES if figures_in(record.funds, code)}
    signs = {"USD": r"\$\d", "EUR": r"EUR \d", "GBP": r"GBP \d"}
    for text in texts(record, END):
        assert not [code for code in signs if code not in stated and re.search(signs[code], text)], text
    assert record.tracker.currency or currency_of(record) in (stated or {"USD"})


@given(random_records())
@SOME
def test_a_total_is_the_sum_of_the_rows_that_lie_in_no_other(record: Record) -> None:
    rows = all_figures(record)
    currency = currency_of(record)
    for family in {term.group for term in STATUSES.values()}:
        own = rows[rows["status"].isin([code for code, term in STATUSES.items() if term.group == family])]
        outer = own[own["id"].isin([row_id for row_id in own["id"] if not {*above(record, row_id)} & {*own["id"]}])]
        found = money.total(record, own)
        assert (found.rows, found.unstated) == (len(outer), outer["value"].isna().sum())
        assert (found.value or 0.0) == pytest.approx(math.fsum(figures_in(outer, currency)), rel=1e-12)
        assert (found.value is None) == (not figures_in(outer, currency))
        for end in ("value", "low", "high"):
            assert (getattr(found, end) or 0.0) == pytest.approx(math.fsum(outer[end].dropna()), rel=1e-12)
        without = outer[outer["value"].isna()]
        for other in found.others:
            assert other.currency != currency and not other.others
            stated = figures_in(without[without["stated_in"] == other.currency], other.currency)
            assert other.rows == len(stated)
            assert other.value == pytest.approx(math.fsum(stated))
        assert sum(other.rows for other in found.others) == found.unstated


@given(random_records())
@SOME
def test_what_is_drawn_is_never_more_than_its_rows(record: Record) -> None:
    rows = all_figures(record)
    most = rows["high"].sum()
    for name in ("pledged", "committed", "disbursed"):
        stage = rows[rows["status"] == name]
        assert flows.flow_frame(record, END)[name].sum() <= stage["value"].sum() * (1 + 1e-9)
        assert stage["value"].notna().any() or flows.flow_frame(record, END)[name].isna().all()
    held = pools.held_over_time(pools.pools_through(record, END))
    assert (held["high"].dropna() <= most * (1 + 1e-9)).all()
    for found in held.itertuples():
        known = found.total.value is not None or (found.total.rows == 0 and found.value == 0)
        assert known == pd.notna(found.value)
    flow = pools.pool_flow(record, END)
    for target, into in flow.links.groupby("target"):
        assert into["value"].sum() <= flow.nodes.at[target, "value"] * (1 + 1e-9)
    assert flow.nodes["value"].notna().all()
    plan_frame = plans.plan_years(record, END)
    for row in plan_frame.itertuples():
        assert (row.share.value is not None) == ("%" in row.share.in_words())
        assert row.share.value is None or (row.asked.rows and row.given.rows)
        assert pd.isna(row.unmet) or 0 <= row.unmet <= row.required


@given(random_records())
@FEW
def test_every_chart_of_money_is_drawn_of_any_record(record: Record) -> None:
    options = [*(Options(unit=unit) for unit in units(record, END)), Options(measure="given")]
    for name, option in itertools.product(CHARTS_OF_MONEY, options):
        picture = picture_of(record, name, END, option)
        for text in (picture.title, picture.alt, *picture.figure.notes()):
            assert not NO_NUMBER.search(text), text
        for look in LOOKS:
            assert not re.search("Infinity|NaN|nan", picture.figure.draw(look).to_json())
        picture.figure.table()


@given(forests())
@SOME
def test_no_sum_lies_inside_another_that_is_added(rows: list[dict[str, Any]]) -> None:
    record = record_of(*rows)
    figured = all_figures(record)
    assert money.total(record, figured).value == figured.loc[figured["part_of"] == "", "value"].sum()
    for start in figured["id"]:
        part = figured[figured["id"] >= start]
        counted = set(money.outermost(record, part)["id"])
        for row_id in part["id"]:
            way = {row_id, *above(record, row_id)} & set(part["id"])
            assert len(counted & way) == 1


@given(forests(), st.sampled_from(list(STATUSES)), st.sampled_from(list(STATUSES)))
@SOME
def test_a_stock_a_flow_and_a_plan_are_never_added(rows: list[dict[str, Any]], one: str, other: str) -> None:
    others = [{**row, "status": other, "id": f"other-{row['id']}", "part_of": ""} for row in rows]
    record = record_of(*({**row, "status": one} for row in rows), *others)
    if STATUSES[one].group == STATUSES[other].group:
        assert money.total(record, all_figures(record)).rows > 0
    else:
        with pytest.raises(ValueError, match="never added"):
            money.total(record, all_figures(record))


@given(forests(), st.lists(st.sampled_from(funds.STOCK_STATUSES), min_size=10, max_size=10))
@SOME
def test_totals_are_the_sums_of_what_is_listed(rows: list[dict[str, Any]], statuses: list[str]) -> None:
    record = record_of(*({**row, "status": status} for row, status in zip(rows, statuses, strict=False)))
    shown = funds.stock_frame(record, END)
    totals = funds.stock_totals(record, shown)
    for group, found in totals.items():
        listed = shown[shown["money_group"] == group]
        assert found.value == listed["value"].sum()
        assert found.rows == len(listed)
    assert sum(found.rows for found in totals.values()) == len(shown)
    assert set(funds.stock_parts(record, END, shown)["part_of"]) <= set(shown["id"])


@given(AMOUNTS, st.lists(st.integers(1, 10), min_size=1, max_size=3), st.sampled_from(["part_of", "supersedes", ""]))
@SOME
def test_money_that_moves_between_pools_keeps_its_total(usd: int, weights: list[int], told: str) -> None:
    """Whether the new rows say where they come from or not, as long as the old pool ends when they begin."""
    shares = [usd * weight / sum(weights) for weight in weights]
    moved = [
        {
            "id": f"new-{place}",
            "actor_id": ("AAA", "BBB", "CCC")[place],
            "status": "in_trust",
            "usd": share,
            "date_text": MOVE.isoformat(),
            **({told: "old"} if told == "part_of" or (told and place == 0) else {}),
        }
        for place, share in enumerate(shares)
    ]
    record = record_of({"id": "old", "usd": float(usd), "until": pd.Timestamp(MOVE)}, *moved)
    held = pools.held_over_time(pools.pools_through(record, END))
    assert held["value"].tolist() == pytest.approx([usd] * len(held))
    flow = pools.pool_flow(record, END)
    for _, stage in flow.nodes.groupby("day"):
        assert stage["value"].sum() == pytest.approx(usd)
    out = flow.links.groupby(flow.links["source"].map(flow.nodes["day"]))["value"].sum()
    assert out.tolist() == pytest.approx([usd] * len(out))


@given(st.lists(st.tuples(st.sampled_from(flows.FLOW_STAGES), AMOUNTS), min_size=1, max_size=6))
@SOME
def test_a_giver_is_counted_once_for_each_stage(given_sums: list[tuple[str, int]]) -> None:
    rows = [{"actor_id": "AAA", "owner": "AAA", "status": stage, "usd": float(usd)} for stage, usd in given_sums]
    frame = flows.flow_frame(record_of(*rows), END)
    for stage in flows.FLOW_STAGES:
        reported = [usd for told, usd in given_sums if told == stage]
        assert (frame.at["AAA", stage] == sum(reported)) if reported else pd.isna(frame.at["AAA", stage])
    missing = frame.at["AAA", "gap"]
    assert pd.isna(missing) or 0 <= missing <= frame.at["AAA", "pledged"]


def test_a_part_of_a_part_is_inside_the_whole() -> None:
    """Also where the row between the two holds no more."""
    record = record_of(
        {"id": "whole", "usd": 9 * BN},
        {"id": "part", "usd": 5 * BN, "part_of": "whole", "until": pd.Timestamp(MOVE)},
        {"id": "inner", "usd": 2 * BN, "part_of": "part"},
    )
    assert list(funds.stock_frame(record, END)["id"]) == ["whole"]
    assert pools.held_over_time(pools.pools_through(record, END))["value"].tolist() == [9 * BN] * 3


def test_an_end_of_all_pools_is_nothing_held_and_a_time_before_them_is_not_known() -> None:
    record = record_of(
        {"id": "gift", "status": "pledged", "actor_id": "AAA", "owner": "SUB", "usd": 1.0},
        {"id": "pool", "usd": 9 * BN, "date_text": "2020-02-01", "until": pd.Timestamp(MOVE)},
    )
    held = pools.held_over_time(pools.pools_through(record, END))
    assert held["value"].isna().tolist() == [True, False, False, False]
    assert held["value"].tolist()[1:] == [9 * BN, 0.0, 0.0]
    assert held["total"].iloc[-1].in_words("pool") == "no pool"


def test_interest_is_as_much_as_is_stated() -> None:
    earned = {"part_of": "new", "channel": "interest", "date_text": "2020-06-01"}
    rows = [
        {"id": "old", "usd": 3 * BN, "until": pd.Timestamp(MOVE)},
        {"id": "new", "actor_id": "AAA", "usd": 5 * BN, "date_text": "2020-06-01", "part_of": "old"},
    ]
    flow = pools.pool_flow(record_of(*rows, {"id": "earned", "usd": 0.5 * BN, **earned}), END)
    assert flow.nodes.set_index("status").loc["interest", "value"] == 0.5 * BN
    unknown = record_of(*rows, {"id": "earned", "amount": 0.5 * BN, "currency": "EUR", **earned})
    assert "interest" not in set(pools.pool_flow(unknown, END).nodes["status"])


def test_no_part_is_larger_than_what_it_lies_in(shipped: Record) -> None:
    rows = with_figures(shipped, shipped.funds).set_index("id")
    parts = rows[(rows["part_of"] != "") & rows["value"].notna()]
    whole = rows.loc[parts["part_of"], "high"]
    assert (parts["low"].to_numpy() <= whole.to_numpy() * 1.005)[whole.notna().to_numpy()].all()


@pytest.mark.parametrize("day", ["2021-08-15", "2022-02-11", "2022-09-14", "2026-06-30"])
def test_the_reserves_never_jump_but_by_interest(shipped: Record, day: str) -> None:
    held = pools.held_over_time(pools.pools_through(shipped, dt.date.fromisoformat(day)))
    steps = held["value"].diff().dropna()
    assert held["value"].iloc[0] == 9.0 * BN
    assert (steps.abs() < 0.2 * BN).all()
    assert (held["value"] >= 9.0 * BN).all()


def test_the_ledger_says_what_is_inside(shipped: Record) -> None:
    made = ledger(shipped, dt.date(2022, 3, 1))
    halves = made.parts[made.parts["part_of"] == "USA-frozen-2022-02-11"]
    assert halves["value"].tolist() == [3.5 * BN, 3.5 * BN]
    assert made.headings["held"] == "Frozen or in trust: $9.0–9.1bn in 2 pools"
    late = ledger(shipped, dt.date(2025, 3, 1))
    trust = late.frame.set_index("actor_id").loc["AFGFUND"]
    interest = late.parts[late.parts["channel"] == funds.INTEREST]["value"].sum()
    assert trust["value"] - interest == 3.5 * BN


def test_every_headline_number_is_made_of_its_rows(shipped: Record) -> None:
    rows = all_figures(shipped).set_index("id", drop=False)
    quoted = " ".join(shipped.reconciliation["figure"])
    for number in ("9.5", "9.4", "9.0", "7.0", "3.5", "4.0", "1.2", "2.44", "4.44", "17", "21", "3.8"):
        assert f"${number} " in quoted or f"{number} " in quoted, number
    made = shipped.reconciliation[shipped.reconciliation["fund_ids"].map(len) > 0]
    assert len(made) > 25
    for entry in made.itertuples():
        found = money.total(shipped, rows.loc[list(entry.fund_ids)])
        assert found.low is not None and found.high is not None and not found.unstated, entry.id
        assert found.low <= entry.high_usd * 1.005, entry.id
        assert found.high >= entry.low_usd * 0.995, entry.id


def test_money_stands_in_each_row_whose_lever_its_actor_holds(shipped: Record) -> None:
    day = dt.date(2021, 9, 27)
    cells = crosstab(shipped, day)
    held = amounts(shipped, day, cells, "held")
    assert held.at["reserves", "opposed"].value >= 7.0 * BN
    assert "USA" in cells.at["sanctions", "opposed"]
    assert held.at["sanctions", "opposed"].value >= 7.0 * BN
    assert held.at["mediation", "engaging"].value is None


def test_a_small_share_is_not_nothing() -> None:
    assert [percent(share) for share in (0, 0.0004, 0.004, 0.374, 1.02)] == ["0%", "under 0.1%", "0.4%", "37%", "102%"]
