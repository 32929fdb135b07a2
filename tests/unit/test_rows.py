"""Which rows stand behind what brief and site say."""

import datetime as dt
from dataclasses import replace

import pandas as pd

from components.publish import rows
from components.record.model import Record

END = dt.date(2020, 12, 31)
BEFORE = dt.date(2019, 12, 31)


def ids(frame: pd.DataFrame) -> list[str]:
    return [row.id for row in rows.of(frame)]


def test_rows_are_those_of_the_day_newest_first(small: Record) -> None:
    day = dt.date(2020, 3, 31)
    assert ids(rows.stances(small, day)) == ["AAA-2020-03", "BBB-2020-02-01", "AAA-2020-01-10"]
    assert ids(rows.stances(small, day, "AAA")) == ["AAA-2020-03", "AAA-2020-01-10"]
    assert ids(rows.held(small, day)) == ["AAA-2020-03", "BBB-2020-02-01"]
    assert ids(rows.moves(small, END)) == ["AAA-2020-06-01", "AAA-2020-03", "BBB-2020-02-01", "AAA-2020-01-10"]


def test_levers_that_are_held_stand_first(small: Record) -> None:
    assert ids(rows.levers(small, END)) == ["AAA-aid-2020-06-01", "BNK-reserves-2019", "AAA-aid-2020-01-10"]
    assert ids(rows.levers(small, END, "BNK")) == ["BNK-reserves-2019"]


def test_money_of_an_actor_has_other_readings_and_what_has_ended(small: Record) -> None:
    assert ids(rows.money(small, END, "BNK")) == [
        "BNK-in_trust-2020-05-01", "BNK-in_trust-2020-03-01", "BNK-frozen-2020-01-01",
    ]  # fmt: skip
    assert "AAA-suspended-2020-01-10" in ids(rows.money(small, END, "AAA"))
    assert ids(rows.money(small, dt.date(2020, 2, 1), "BNK")) == ["BNK-frozen-2020-01-01"]


def test_stocks_lie_there_on_the_day_and_have_other_readings_after_them(small: Record) -> None:
    newer = small.funds["id"] == "BNK-in_trust-2020-05-01"
    changed = {"part_of": "", "supersedes": "BNK-frozen-2020-01-01"}
    funds = small.funds.assign(**{name: small.funds[name].mask(newer, cell) for name, cell in changed.items()})
    record = replace(small, funds=funds)
    stocks = ["BNK-in_trust-2020-05-01", "BNK-in_trust-2020-03-01"]
    assert ids(rows.stocks(record, END)) == stocks
    assert ids(rows.stocks_and_other_readings(record, END)) == [*stocks, "BNK-frozen-2020-01-01"]


def test_corrections_have_an_open_end_on_the_last_day_only(small: Record) -> None:
    """The record is coded after its last day."""
    corrected = small.stances.assign(
        change=small.stances["change"].mask(small.stances["id"] == "AAA-2020-06-01b", "correction"),
        coded_on=small.stances["coded_on"] + dt.timedelta(days=365),
    )
    record = replace(small, stances=corrected)
    assert [row.row_id for row in rows.of(rows.corrections(record, BEFORE, END))] == ["AAA-2020-06-01b"]
    assert rows.of(rows.corrections(record, BEFORE, dt.date(2020, 12, 30))) == []
    assert rows.of(rows.corrections(record, BEFORE, END, "BBB")) == []


def test_changes_are_those_after_the_first_day(small: Record) -> None:
    told = rows.of(rows.changes(small, dt.date(2020, 3, 1), END, "AAA"))
    assert [row.row_id for row in told if row.kind in {"Stance", "Recognition", "Act"}] == [
        "AAA-2020-06-01", "AAA-2020-06-01b",
    ]  # fmt: skip
