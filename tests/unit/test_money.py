"""Sums of money: properties that hold for any record, headline totals of the shipped one, and its reconciliation."""

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.record.model import Record
from components.record.vocabulary import STATUSES
from components.summaries import flows, funds, money, plans, pools
from components.summaries.currency import currency_of
from components.summaries.fund_rows import all_figures, with_figures
from tests.fund_records import END, figures_in, random_records, record_of

AMOUNTS = st.integers(1, 10**12)
# Ten at the most, each inside an earlier one or in none: any forest can be made so.
PARENTS = st.lists(st.integers(-1, 8), min_size=1, max_size=10)


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


@given(random_records())
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


@given(forests())
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
def test_a_stock_a_flow_and_a_plan_are_never_added(rows: list[dict[str, Any]], one: str, other: str) -> None:
    others = [{**row, "status": other, "id": f"other-{row['id']}", "part_of": ""} for row in rows]
    record = record_of(*({**row, "status": one} for row in rows), *others)
    if STATUSES[one].group == STATUSES[other].group:
        assert money.total(record, all_figures(record)).rows > 0
    else:
        with pytest.raises(ValueError, match="never added"):
            money.total(record, all_figures(record))


@given(forests(), st.lists(st.sampled_from(funds.STOCK_STATUSES), min_size=10, max_size=10))
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


@given(st.lists(st.tuples(st.sampled_from(flows.FLOW_STAGES), AMOUNTS), min_size=1, max_size=6))
def test_a_giver_is_counted_once_for_each_stage(given_sums: list[tuple[str, int]]) -> None:
    rows = [{"actor_id": "AAA", "owner": "AAA", "status": stage, "usd": float(usd)} for stage, usd in given_sums]
    frame = flows.flow_frame(record_of(*rows), END)
    for stage in flows.FLOW_STAGES:
        reported = [usd for told, usd in given_sums if told == stage]
        assert (frame.at["AAA", stage] == sum(reported)) if reported else pd.isna(frame.at["AAA", stage])
    missing = frame.at["AAA", "gap"]
    assert pd.isna(missing) or 0 <= missing <= frame.at["AAA", "pledged"]


def test_no_part_is_larger_than_what_it_lies_in(any_record: Record) -> None:
    rows = with_figures(any_record, any_record.funds).set_index("id")
    parts = rows[(rows["part_of"] != "") & rows["value"].notna()]
    whole = rows.loc[parts["part_of"], "high"]
    assert (parts["low"].to_numpy() <= whole.to_numpy() * 1.005)[whole.notna().to_numpy()].all()


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
