"""What holds on a day, at the edges: first day, last day, coarse dates, two rows of one day."""

import datetime as dt

import pytest

from components.record import on_day as as_of
from components.record.model import Record
from components.record.reading import read
from components.summaries.stances import headline
from tests.conftest import Change


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "row"),
    [
        ("2020-01-09", None),
        ("2020-01-10", "AAA-2020-01-10"),
        ("2020-02-29", "AAA-2020-01-10"),
        ("2020-03-01", "AAA-2020-03"),
        ("2020-05-31", "AAA-2020-03"),
        ("2020-06-01", "AAA-2020-06-01b"),
        ("2020-12-31", "AAA-2020-06-01b"),
    ],
)
def test_a_stance_holds_from_its_date_until_the_next_row(small: Record, on: str, row: str | None) -> None:
    held = as_of.stances_on(small, day(on))
    assert held["id"].get("AAA") == row


def test_the_whole_row_holds_and_never_a_mixture(small: Record) -> None:
    held = as_of.stances_on(small, day("2020-04-01")).loc["AAA"]
    assert (held["stance"], held["condition"], held["summary"]) == ("engaging", (), "Envoys met.")


def test_since_when_a_stance_has_held_does_not_move_with_later_rows(small: Record) -> None:
    assert as_of.stances_on(small, day("2020-12-31")).at["AAA", "stance_since"] == "2020-06-01"
    assert as_of.stances_on(small, day("2020-04-01")).at["AAA", "stance_since"] == "2020-03"


def test_stance_and_level_have_held_since_days_of_their_own(change: Change) -> None:
    change("stances", "AAA-2020-06-01", "stance", "engaging")
    change("stances", "AAA-2020-06-01", "recognition_level", "contact")
    change("stances", "AAA-2020-06-01", "act", "talks")
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    record = read(change("stances", "AAA-2020-06-01b", "recognition_level", "charge"))
    held = as_of.stances_on(record, day("2020-12-31")).loc["AAA"]
    assert (held["stance_since"], held["level_since"]) == ("2020-03", "2020-06-01")


def test_a_row_that_is_taken_back_on_its_day_neither_starts_nor_breaks_a_run(change: Change) -> None:
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    record = read(change("stances", "AAA-2020-06-01b", "change", "correction"))
    history = as_of.stance_history(record).set_index("id")
    columns = ["stance_since", "level_since", "undone"]
    assert history.loc["AAA-2020-06-01b", columns].tolist() == ["2020-03", "2020-03", ""]
    assert history.loc["AAA-2020-06-01", columns].tolist() == ["", "", "correction"]


def test_a_lever_holds_from_inclusive_until_exclusive(small: Record) -> None:
    before = as_of.levers_until(small, day("2020-05-31")).set_index("id")["held"]
    after = as_of.levers_until(small, day("2020-06-01")).set_index("id")["held"]
    assert before.to_dict() == {"AAA-aid-2020-01-10": True, "BNK-reserves-2019": True}
    assert after.to_dict() == {"AAA-aid-2020-01-10": False, "AAA-aid-2020-06-01": True, "BNK-reserves-2019": True}


def test_a_stock_holds_until_its_end_or_its_later_reading(small: Record) -> None:
    def held(on: str) -> set[str]:
        return set(as_of.stocks_on(small, day(on))["id"])

    assert held("2020-01-09") == {"BNK-frozen-2020-01-01"}
    assert held("2020-03-01") == {"BNK-frozen-2020-01-01", "AAA-suspended-2020-01-10", "BNK-in_trust-2020-03-01"}
    assert held("2020-05-01") == {"BNK-frozen-2020-01-01", "AAA-suspended-2020-01-10", "BNK-in_trust-2020-05-01"}
    assert held("2020-06-01") == {"BNK-frozen-2020-01-01", "BNK-in_trust-2020-05-01"}


def test_flows_and_plans_keep_apart(small: Record) -> None:
    assert set(as_of.flows_until(small, day("2020-07-01"))["status"]) == {"pledged"}
    assert list(as_of.plans_until(small, day("2020-12-31"))["id"]) == ["ALL-required-2020-01-15"]


def test_change_days_are_those_of_the_record_in_order(small: Record) -> None:
    days = as_of.change_days(small)
    assert days == sorted(set(days))
    assert days[0] == day("2020-01-01")
    assert days[-1] == day("2020-09-01")
    assert day("2019-01-01") not in days


@pytest.mark.parametrize("day", [dt.date.min, dt.date(2019, 12, 31), dt.date(2021, 1, 1), dt.date.max])
def test_on_a_day_outside_the_record_its_rows_hold_or_none(small: Record, day: dt.date) -> None:
    assert list(as_of.stances_on(small, day).index) == ([] if day.year < 2020 else ["AAA", "BBB"])
    said = headline(small, day)
    assert (
        said == "Nothing is recorded by this day"
        if day.year < 2020
        else said.startswith("Only Alphaland recognises the council")
    )
