"""Stocks and flows of a record: each sum once, other readings kept, and the two never met."""

import datetime as dt

import pandas as pd

from components.record.model import Record
from components.summaries import flows, funds
from components.summaries.actors import actor_money
from components.summaries.money import Total

END = dt.date(2020, 12, 31)


def test_stocks_count_a_part_once(small: Record) -> None:
    frame = funds.stock_frame(small, dt.date(2020, 5, 1))
    assert list(frame["id"]) == ["BNK-frozen-2020-01-01", "AAA-suspended-2020-01-10"]
    totals = funds.stock_totals(small, frame)
    assert totals["held"] == Total("USD", 900, 800, 1000, 1)
    assert totals["suspended"] == Total("USD", None, None, None, 1, (Total("EUR", 50, 50, 50, 1),))
    assert list(funds.stock_parts(small, dt.date(2020, 5, 1), frame)["id"]) == ["BNK-in_trust-2020-05-01"]
    assert frame["figure"].tolist() == ["$800–1,000", "€50 (no dollar figure)"]


def test_other_readings_are_kept(small: Record) -> None:
    money = actor_money(small, dt.date(2020, 5, 1), "BNK")
    assert list(money["id"]) == ["BNK-frozen-2020-01-01"]


def test_flows_are_a_givers_own_and_counted_once(small: Record) -> None:
    frame = flows.flow_frame(small, END)
    assert list(frame["holder"]) == ["Alphaland", "Betaland"]
    assert frame.loc["AAA", ["pledged", "disbursed"]].tolist() == [300, 120]
    assert pd.isna(frame.at["AAA", "committed"])
    assert pd.isna(frame.at["BBB", "pledged"])
    assert frame.at["BBB", "unconverted"] == "1 sum in EUR without a dollar figure"


def test_what_is_not_drawn_is_listed_with_its_reason(small: Record) -> None:
    listed = flows.listed_flows(small, END).set_index("id")["reason"].to_dict()
    assert listed == {"ALL-pledged-2020-07-01": "Total of several givers", "BBB-pledged-2020-08": "Investment, not aid"}


def test_stocks_and_flows_never_meet(small: Record) -> None:
    assert set(funds.stock_frame(small, END)["status"]) <= {"frozen", "suspended", "in_trust"}
    assert set(flows.flow_rows(small, END)["status"]) <= {"pledged", "committed", "disbursed"}
