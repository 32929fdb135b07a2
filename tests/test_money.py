"""Sums of money: properties that hold for any record, headline totals of the shipped one, and its reconciliation."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.record.model import Record
from components.record.reading import read
from components.record.vocabulary import STATUSES
from components.record.wording import money
from components.summaries import funds, plans, pools
from components.summaries.crosstab import amounts, crosstab
from components.summaries.ledger import ledger
from components.summaries.units import units
from tests.conftest import SMALL

RECORD = read(SMALL)
START, MOVE, END = dt.date(2020, 1, 1), dt.date(2020, 6, 1), dt.date(2020, 12, 31)
BN = 1e9
SOME = settings(deadline=None, max_examples=40, derandomize=True)
AMOUNTS = st.integers(1, 10**12)
# Ten at the most, each inside an earlier one or in none: any forest can be made so.
PARENTS = st.lists(st.integers(-1, 8), min_size=1, max_size=10)


def rows_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of funds as the loader types them; what is not given is as in a plain frozen stock of the subject's."""
    usual = {
        "actor_id": "BNK", "owner": "SUB", "status": "frozen", "currency": "USD", "low_usd": float("nan"),
        "high_usd": float("nan"), "date": pd.Timestamp(START), "date_text": START.isoformat(), "until": pd.NaT,
        "until_text": "", "part_of": "", "supersedes": "", "covers": "country", "year": float("nan"), "channel": "",
        "terms": "", "summary": "A sum.", "source_ids": ("gov-1",), "confidence": "high",
    }  # fmt: skip
    frame = pd.DataFrame([{**usual, "amount": row["amount_usd"], **row} for row in rows])
    for column in ("date", "until"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def record_with(frame: pd.DataFrame) -> Record:
    return replace(RECORD, funds=frame)


def forest(parents: list[int], sums: list[int]) -> pd.DataFrame:
    rows = []
    for place, (parent, usd) in enumerate(zip(parents, sums, strict=True)):
        inside = f"row-{parent % place}" if parent >= 0 and place else ""
        rows.append({"id": f"row-{place}", "amount_usd": float(usd), "part_of": inside})
    return rows_of(*rows)


@st.composite
def forests(draw: st.DrawFn) -> pd.DataFrame:
    parents = draw(PARENTS)
    return forest(parents, draw(st.lists(AMOUNTS, min_size=len(parents), max_size=len(parents))))


@given(forests())
@SOME
def test_no_sum_lies_inside_another_that_is_added(frame: pd.DataFrame) -> None:
    rows = funds.with_figures(RECORD, frame)
    roots = rows[rows["part_of"] == ""]
    assert funds.total(rows).usd == roots["usd"].sum()
    for start in rows["id"]:
        part = rows[rows["id"] >= start]
        counted = set(funds.outermost(part)["id"])
        parents = dict(zip(part["id"], part["part_of"], strict=True))
        for row_id in parents:
            above = []
            at = row_id
            while at:
                above.append(at)
                at = parents.get(at, "")
            assert len(counted & set(above)) == 1


@given(forests(), st.sampled_from(list(STATUSES)), st.sampled_from(list(STATUSES)))
@SOME
def test_a_stock_a_flow_and_a_plan_are_never_added(frame: pd.DataFrame, one: str, other: str) -> None:
    mixed = pd.concat([frame.assign(status=one), frame.assign(status=other, id="other-" + frame["id"], part_of="")])
    rows = funds.with_figures(RECORD, mixed)
    if STATUSES[one].group == STATUSES[other].group:
        assert funds.total(rows).rows > 0
    else:
        with pytest.raises(ValueError, match="never added"):
            funds.total(rows)


@given(forests(), st.lists(st.sampled_from(funds.STOCK_STATUSES), min_size=10, max_size=10))
@SOME
def test_totals_are_the_sums_of_what_is_listed(frame: pd.DataFrame, statuses: list[str]) -> None:
    record = record_with(frame.assign(status=statuses[: len(frame)]))
    shown = funds.stock_frame(record, END)
    for group, found in funds.stock_totals(shown).items():
        listed = shown[shown["money_group"] == group]
        assert found.usd == listed["usd"].sum()
        assert found.rows == len(listed)
    assert sum(found.rows for found in funds.stock_totals(shown).values()) == len(shown)
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
            "amount_usd": share,
            "date": pd.Timestamp(MOVE),
            "date_text": MOVE.isoformat(),
            **({told: "old"} if told == "part_of" or (told and place == 0) else {}),
        }
        for place, share in enumerate(shares)
    ]
    record = record_with(rows_of({"id": "old", "amount_usd": float(usd), "until": pd.Timestamp(MOVE)}, *moved))
    held = pools.held_over_time(pools.pools_through(record, END))
    assert held["usd"].tolist() == pytest.approx([usd] * len(held))
    flow = pools.pool_flow(record, END)
    for _, stage in flow.nodes.groupby("day"):
        assert stage["usd"].sum() == pytest.approx(usd)
    out = flow.links.groupby(flow.links["source"].map(flow.nodes["day"]))["usd"].sum()
    assert out.tolist() == pytest.approx([usd] * len(out))


@given(st.lists(st.tuples(st.sampled_from(funds.FLOW_STAGES), AMOUNTS), min_size=1, max_size=6))
@SOME
def test_a_giver_is_counted_once_for_each_stage(given_sums: list[tuple[str, int]]) -> None:
    rows = [
        {"id": f"row-{place}", "actor_id": "AAA", "owner": "AAA", "status": stage, "amount_usd": float(usd)}
        for place, (stage, usd) in enumerate(given_sums)
    ]
    frame = funds.flow_frame(record_with(rows_of(*rows)), END)
    for stage in funds.FLOW_STAGES:
        reported = [usd for told, usd in given_sums if told == stage]
        assert (frame.at["AAA", stage] == sum(reported)) if reported else pd.isna(frame.at["AAA", stage])
    missing = funds.gap(frame.loc["AAA"])
    assert pd.isna(missing) or 0 <= missing <= frame.at["AAA", "pledged"]


def test_no_part_is_larger_than_what_it_lies_in(shipped: Record) -> None:
    rows = funds.with_figures(shipped, shipped.funds).set_index("id")
    parts = rows[(rows["part_of"] != "") & rows["usd"].notna()]
    whole = rows.loc[parts["part_of"], "high"]
    assert (parts["low"].to_numpy() <= whole.to_numpy() * 1.005)[whole.notna().to_numpy()].all()


@pytest.mark.parametrize("day", ["2021-08-15", "2022-02-11", "2022-09-14", "2026-06-30"])
def test_the_reserves_never_jump_but_by_interest(shipped: Record, day: str) -> None:
    held = pools.held_over_time(pools.pools_through(shipped, dt.date.fromisoformat(day)))
    steps = held["usd"].diff().dropna()
    assert held["usd"].iloc[0] == 9.0 * BN
    assert (steps.abs() < 0.2 * BN).all()
    assert (held["usd"] >= 9.0 * BN).all()


def test_the_ledger_says_what_is_inside(shipped: Record) -> None:
    made = ledger(shipped, dt.date(2022, 3, 1))
    halves = made.parts[made.parts["part_of"] == "USA-frozen-2022-02-11"]
    assert halves["usd"].tolist() == [3.5 * BN, 3.5 * BN]
    assert made.headings["held"] == "Frozen or in trust: $9.0–9.1bn in 2 pools"
    late = ledger(shipped, dt.date(2025, 3, 1))
    trust = late.frame.set_index("actor_id").loc["AFGFUND"]
    interest = late.parts[late.parts["channel"] == funds.INTEREST]["usd"].sum()
    assert trust["usd"] - interest == 3.5 * BN


@pytest.mark.parametrize(
    ("year", "required", "received"),
    [(2021, 1.475, 1.506), (2022, 4.44, 3.2), (2023, 3.23, 1.47), (2024, 3.06, 1.14), (2025, 2.42, 0.895)],
)
def test_plans_are_required_and_received_as_stated(
    shipped: Record, year: int, required: float, received: float
) -> None:
    found = plans.plan_years(shipped, shipped.tracker.data_until).set_index("year").loc[year]
    assert found["required"] == pytest.approx(required * BN)
    assert found["received"] == pytest.approx(received * BN)
    assert found["unmet"] == pytest.approx(max(required - received, 0) * BN)
    assert found["over"]


def test_a_year_under_way_is_not_over_and_nothing_reported_is_no_zero(shipped: Record) -> None:
    found = plans.plan_years(shipped, shipped.tracker.data_until).set_index("year").loc[2026]
    assert not found["over"]
    assert pd.isna(found["received"])
    assert pd.isna(found["unmet"])


def test_every_headline_number_is_made_of_its_rows(shipped: Record) -> None:
    rows = funds.with_figures(shipped, shipped.funds).set_index("id", drop=False)
    quoted = " ".join(shipped.reconciliation["figure"])
    for number in ("9.5", "9.4", "9.0", "7.0", "3.5", "4.0", "1.2", "2.44", "4.44", "17", "21", "3.8"):
        assert f"${number} " in quoted or f"{number} " in quoted, number
    made = shipped.reconciliation[shipped.reconciliation["fund_ids"].map(len) > 0]
    assert len(made) > 25
    for entry in made.itertuples():
        found = funds.total(rows.loc[list(entry.fund_ids)])
        assert found.unstated == 0, entry.id
        assert found.low <= entry.high_usd * 1.005, entry.id
        assert found.high >= entry.low_usd * 0.995, entry.id


def test_units_say_their_denominators(shipped: Record) -> None:
    known = units(shipped, dt.date(2022, 12, 31), 2022)
    assert known["usd"].text(7.0 * BN, 7.1 * BN) == "$7.0–7.1bn"
    assert known["head"].text(42_647_492.0) == "$1.0 a head"
    assert known["plan"].text(2.22 * BN) == "50% of the plan"
    assert "42.6 million" in known["head"].note
    assert "2022" in known["plan"].note
    assert set(units(RECORD, START)) == {"usd", "stated"}


def test_money_stands_in_each_row_whose_lever_its_actor_holds(shipped: Record) -> None:
    day = dt.date(2021, 9, 27)
    cells = crosstab(shipped, day)
    held = amounts(shipped, day, cells, "held")
    assert held.at["reserves", "opposed"] >= 7.0 * BN
    assert "United States" in cells.at["sanctions", "opposed"]
    assert held.at["sanctions", "opposed"] >= 7.0 * BN
    assert pd.isna(held.at["aviation", "opposed"]) if "aviation" in held.index else True
    assert money(7.0 * BN) == "$7.0bn"
