"""Rules between the cells of a row and between rows: break one and read the message."""

import re
from pathlib import Path

import pytest

from components.record.reading import read
from tests.conftest import Change
from tests.folders import in_currency, problems, quoting, rewrite

ROWS = [
    ("stances", "AAA-2020-03", "id", "AAA-2020-04", r"id: “AAA-2020-04”; allowed: AAA-2020-03, or with one letter"),
    ("stances", "AAA-2020-06-01b", "id", "AAA-2020-06-01bb", r"allowed: AAA-2020-06-01, or with one letter b–z"),
    ("stances", "BBB-2020-02-01", "actor_id", "SUB", r"actor_id: “SUB” is the subject"),
    ("stances", "AAA-2020-03", "date", "2019-03", r"date: “2019-03” is before the record begins"),
    ("stances", "AAA-2020-03", "date", "2021-03", r"date: “2021-03” is after `data_until`"),
    ("stances", "AAA-2020-03", "coded_on", "2020-02-01", r"coded_on: “2020-02-01” does not come on or after `date`"),
    ("stances", "AAA-2020-03", "checked_on", "2020-03-15", r"checked_on: .* does not come on or after `coded_on`"),
    (
        "stances",
        "AAA-2020-06-01b",
        "stance",
        "engaging",
        r"stance: “engaging”; allowed: supportive, at level recognition",
    ),
    ("stances", "AAA-2020-06-01", "recognition_level", "ambassador", r"allowed: recognition, after act recognition"),
    (
        "stances",
        "AAA-2020-06-01b",
        "act",
        "withdrawal",
        r"“recognition”; allowed: any lower level, after act withdrawal",
    ),
    ("stances", "BBB-2020-02-01", "condition", "never", r"condition: “never”; allowed: blank where no position"),
    ("stances", "BBB-2020-02-01", "confidence", "high", r"confidence: “high” on one source that is not official"),
    ("levers", "AAA-aid-2020-01-10", "confidence", "high", r"levers.csv:2:confidence: “high” on one source"),
    ("levers", "AAA-aid-2020-01-10", "until", "2020-01-10", r"until: “2020-01-10” does not come after `from`"),
    ("levers", "AAA-aid-2020-06-01", "checked_on", "2020-05-01", r"checked_on: .* does not come on or after `from`"),
    ("levers", "AAA-aid-2020-01-10", "lever", "veto", r"id: .*; allowed: AAA-veto-2020-01-10"),
    ("levers", "AAA-aid-2020-06-01", "actor_id", "SUB", r"levers.csv:3:actor_id: “SUB” is the subject"),
    ("levers", "AAA-aid-2020-06-01", "from", "2021-06-01", r"from: “2021-06-01” is after `data_until`"),
]
FUNDS = [
    ("ALL-pledged-2020-07-01", "until", "2020-08-01", r"until: “2020-08-01”; allowed: blank for a flow or a plan"),
    ("AAA-suspended-2020-01-10", "until", "2020-01-09", r"until: .* does not come after `date`"),
    ("BNK-frozen-2020-01-01", "high_usd", "", r"funds.csv:2:high_usd: half of a range"),
    ("BNK-frozen-2020-01-01", "low_usd", "", r"funds.csv:2:low_usd: half of a range"),
    ("BNK-frozen-2020-01-01", "low_usd", "950", r"low_usd: range 950 to 1000 does not hold 900"),
    ("AAA-suspended-2020-01-10", "amount", "", r"amount: no figure at all"),
    ("AAA-suspended-2020-01-10", "currency", "", r"currency: amount and currency do not go together"),
    ("AAA-suspended-2020-01-10", "currency", "euro", r"currency: “euro”; allowed: an ISO 4217 code"),
    ("BNK-in_trust-2020-03-01", "amount_usd", "401", r"amount_usd: “401”; allowed: 400, as in amount"),
    ("BBB-pledged-2020-07-02", "part_of", "ALL-required-2020-01-15", r"part_of: a flow inside a plan"),
    ("ALL-pledged-2020-07-01", "part_of", "AAA-pledged-2020-07-01", r"part_of: the row is inside itself"),
    ("ALL-pledged-2020-07-01", "part_of", "nowhere", r"part_of: “nowhere” is not known"),
    ("BNK-in_trust-2020-03-01", "supersedes", "BNK-in_trust-2020-05-01", r"supersedes: reads .*, which is later"),
    ("BNK-in_trust-2020-05-01", "supersedes", "BNK-frozen-2020-01-01", r"supersedes: a reading of status “frozen”"),
    ("BNK-frozen-2020-01-01", "supersedes", "BNK-frozen-2020-01-01", r"supersedes: the row supersedes itself"),
    ("AAA-pledged-2020-07-01", "amount_usd", "600", r"its parts come to 600, more than its own 500"),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "message"), ROWS)
def test_a_broken_row_is_named(change: Change, table: str, key: str, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change(table, key, column, value)))


@pytest.mark.parametrize(("key", "column", "value", "message"), FUNDS)
def test_broken_money_is_named(change: Change, key: str, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change("funds", key, column, value)))


IN_EUROS = [
    ("high", "", r"funds.csv:2:high: half of a range"),
    ("low", "950", r"funds.csv:2:low: range 950 to 1000 does not hold 900"),
    ("currency", "", r"funds.csv:2:currency: amount and currency do not go together"),
    ("high", "300", r"funds.csv:2:low: range 800 to 300"),
]


@pytest.mark.parametrize(("column", "value", "message"), IN_EUROS)
def test_a_broken_range_in_another_currency_is_named(
    folder: Path, change: Change, column: str, value: str, message: str
) -> None:
    in_currency(folder, "EUR")
    assert re.search(message, problems(change("funds", "BNK-frozen-2020-01-01", column, value)))


def test_parts_are_compared_with_the_upper_end_of_their_whole(folder: Path, change: Change) -> None:
    in_currency(folder, "EUR")
    read(change("funds", "BNK-in_trust-2020-05-01", "amount", "1000"))
    found = problems(change("funds", "BNK-in_trust-2020-05-01", "amount", "1100"))
    assert "funds.csv:2:amount: its parts come to 1100, more than its own 1000" in found


def test_a_range_in_dollars_is_the_same_in_both_forms(folder: Path) -> None:
    def with_both(rows: list[list[str]]) -> None:
        ends = [["low", "high"], ["800", "1000"]]
        for row in rows:
            row.extend(ends.pop(0) if ends else ["", ""])

    rewrite(folder, "funds", with_both)
    assert read(folder).funds["low"].tolist()[:1] == [800]
    rewrite(folder, "funds", lambda rows: rows[1].__setitem__(-1, "1001"))
    assert "high_usd: “1000”; allowed: 1001, as in high" in problems(folder)


QUOTED = [
    ({"low": "800", "high": "1000", "currency": "EUR"}, ""),
    ({"low_usd": "800", "high_usd": "1000"}, ""),
    ({"low": "800", "high": "1000", "currency": "EUR", "low_usd": "900", "high_usd": "1100"}, ""),
    ({"low": "800", "high": "1000", "currency": "USD", "low_usd": "800", "high_usd": "1000"}, ""),
    ({}, "low: no range; allowed: low, high and currency, or low_usd and high_usd"),
    ({"low": "800", "high": "1000"}, "currency: low and currency do not go together"),
    ({"low": "800", "currency": "EUR"}, "high: half of a range"),
    ({"low": "1000", "high": "800", "currency": "EUR"}, "low: range 1000 to 800"),
    ({"low": "800", "high": "1000", "currency": "euro"}, "currency: “euro”; allowed: an ISO 4217 code"),
    ({"low": "800", "high": "1000", "currency": "USD", "low_usd": "801", "high_usd": "1000"}, "as in low"),
]


@pytest.mark.parametrize(("cells", "message"), QUOTED)
def test_a_quoted_figure_has_a_range_in_its_currency_or_in_dollars(
    folder: Path, cells: dict[str, str], message: str
) -> None:
    if message:
        assert message in problems(quoting(folder, **cells))
    else:
        assert len(read(quoting(folder, **cells)).reconciliation) == 1


def test_one_reading_cannot_be_superseded_twice(change: Change) -> None:
    change("funds", "BNK-in_trust-2020-05-01", "supersedes", "")
    change("funds", "BNK-in_trust-2020-03-01", "supersedes", "BNK-in_trust-2020-03-01")
    found = problems(change("funds", "BNK-in_trust-2020-05-01", "supersedes", "BNK-in_trust-2020-03-01"))
    assert "has a later reading already" in found


def test_all_problems_come_at_once_and_in_order(change: Change) -> None:
    change("stances", "AAA-2020-03", "act", "war")
    change("levers", "AAA-aid-2020-01-10", "direction", "up")
    found = problems(change("stances", "AAA-2020-01-10", "stance", "cross")).splitlines()
    assert [line.split(": ")[0] for line in found] == [
        "levers.csv:2:direction",
        "stances.csv:2:stance",
        "stances.csv:3:act",
    ]


def test_parts_that_follow_each_other_are_not_added(change: Change) -> None:
    """One ends on the day on which the next begins, written as a month."""
    change("funds", "BNK-in_trust-2020-03-01", "until", "2020-05-01")
    change("funds", "BNK-in_trust-2020-05-01", "supersedes", "")
    change("funds", "BNK-in_trust-2020-05-01", "date", "2020-05")
    change("funds", "BNK-in_trust-2020-05-01", "amount", "999")
    change("funds", "BNK-in_trust-2020-05-01", "amount_usd", "999")
    assert len(read(change("funds", "BNK-in_trust-2020-05-01", "id", "BNK-in_trust-2020-05")).funds) == 11
