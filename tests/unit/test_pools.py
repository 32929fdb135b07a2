"""Pools: money that moves keeps its total, parts lie inside, and the reserves never jump but by interest."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.record.model import Record
from components.summaries import funds, pools
from components.summaries.ledger import ledger
from tests.fund_records import BN, END, MOVE, record_of


@given(
    st.integers(1, 10**12),
    st.lists(st.integers(1, 10), min_size=1, max_size=3),
    st.sampled_from(["part_of", "supersedes", ""]),
)
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
