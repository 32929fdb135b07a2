"""What was suspended and when: its sums, what each fall was, and words that the line does not run through."""

import datetime as dt
from typing import Any

from components.figures.figure import Options
from components.figures.readings import Reading, words_with_room
from components.figures.suspended import Suspended
from components.figures.theme import Look
from components.record.model import Record
from components.record.wording import money
from components.summaries.funds import stock_frame, stock_totals
from components.summaries.suspended import suspended_steps
from tests.fund_records import BN, END, RECORD, record_of


def stopped(actor_id: str, usd: float | None, date_text: str, until: str = "", **more: Any) -> dict[str, Any]:
    sums = {"usd": usd} if usd is not None else {}
    row = {"actor_id": actor_id, "owner": actor_id, "status": "suspended", "date_text": date_text, **sums, **more}
    return {**row, **({"until": until, "until_text": until} if until else {})}


ROWS = [
    stopped("AAA", 3 * BN, "2020-02-01", "2020-03-01"),
    stopped("BBB", 2 * BN, "2020-02-10", id="first"),
    stopped("BBB", 1 * BN, "2020-05", supersedes="first"),
    stopped("CCC", None, "2020-02-20", amount=5e6, currency="EUR"),
    {"usd": 9 * BN},  # frozen, which is never in it
]


def test_each_day_has_its_sum_and_says_what_changed() -> None:
    steps = suspended_steps(record_of(*ROWS), END)
    assert list(zip(steps["when"], steps["value"] / BN, steps["change"], strict=True)) == [
        ("1 February 2020", 3, "Alphaland $3.0bn began"),
        ("10 February 2020", 5, "Betaland $2.0bn began"),
        ("20 February 2020", 5, "Gammaland €5.0m (no dollar figure) began"),
        ("1 March 2020", 2, "Alphaland $3.0bn ended"),
        ("1 May 2020", 1, "Betaland $2.0bn became $1.0bn"),
        ("31 December 2020", 1, ""),
    ]
    assert suspended_steps(record_of(*ROWS), END, frozenset({"AAA"}))["value"].tolist() == [3 * BN, 0, 0]


def test_a_coarse_date_stays_as_coarse_as_it_is() -> None:
    record = record_of(stopped("AAA", BN, "2020-03"))
    assert suspended_steps(record, END)["when"].tolist()[0] == "March 2020"


def test_the_finding_has_both_sums_and_never_says_that_a_fall_was_a_release() -> None:
    built = Suspended.build(record_of(*ROWS), END, Options())
    assert built.finding() == ("Suspended sums fell from $5.0bn on 10 February 2020 to $1.0bn, besides €5.0m")
    assert "not always a release" in built.notes()[0]
    assert built.notes()[1] == "Not in the line, without a dollar figure: Gammaland €5.0m, since 20 February 2020."
    early = Suspended.build(record_of(*ROWS), dt.date(2020, 2, 11), Options())
    assert early.finding() == "$5.0bn suspended"
    ended = Suspended.build(record_of(ROWS[0]), END, Options())
    assert ended.finding() == "Suspended sums fell from $3.0bn on 1 February 2020 to none"
    euros = Suspended.build(record_of(*ROWS[3:]), END, Options())
    assert euros.finding() == "€5.0m suspended" and not euros.draw(Look(width=880)).layout.annotations
    nothing = Suspended.build(record_of({"usd": BN}), END, Options())
    assert (nothing.finding(), nothing.notes()) == ("No sum is recorded as suspended", [])


def test_the_line_of_the_shipped_record_falls_to_what_the_ledger_has(shipped: Record) -> None:
    built = Suspended.build(shipped, shipped.tracker.data_until, Options())
    steps = built.steps.set_index("when")
    ends = steps.loc[[steps["value"].idxmax(), steps.index[-1]]]
    assert ends["value"].tolist() == [total.value for total in ends["total"]]
    highest, last = (money(row.low, row.high) for row in ends.itertuples())
    assert built.finding() == f"Suspended sums fell from {highest} on {ends.index[0]} to {last}"
    ledger = stock_frame(shipped, shipped.tracker.data_until)
    assert last == stock_totals(shipped, ledger)["suspended"].amounts()
    texts = [words.text for words in built.draw(Look(width=880)).layout.annotations]
    assert f"{highest} – " in " ".join(texts) and last in texts
    assert RECORD.tracker.currency or built.currency == "USD"


def test_words_lie_beside_the_line_and_each_other_or_are_left_out() -> None:
    line = [(0.0, 100.0), (50.0, 20.0), (300.0, 60.0), (320.0, 20.0)]
    look = Look(width=400)
    readings = [Reading(*line[0], ["first and long", "first"], 0), Reading(*line[1], ["second"], 1)]
    found = words_with_room([*readings, Reading(*line[2], ["third, too long for the right"], 2)], line, 400, look)
    assert [(words.text, words.anchor) for words in found] == [
        ("first and long", "left"), ("second", "left"), ("third, too long for the right", "right"),
    ]  # fmt: skip
    again = words_with_room([readings[1], Reading(60.0, 20.0, ["meets the second", "so"], 3)], line, 400, look)
    assert [words.text for words in again] == ["second"]
    through = words_with_room([Reading(50.0, 20.0, ["w" * 60, "short"], 4)], line, 400, look)
    assert [words.text for words in through] == ["short"]
