"""What was pledged and paid: by how many, and never as two sums of different givers side by side."""

import math

import pytest

from components.figures.catalogue import Options, draw_picture
from components.figures.theme import Style
from components.record.model import Record
from components.summaries import flows
from components.summaries.funds import funds_headline
from tests.fund_records import END, record_of


def flow(actor_id: str, status: str, **figure: object) -> dict[str, object]:
    return {"actor_id": actor_id, "owner": actor_id, "status": status, **figure}


def words(*rows: dict[str, object]) -> str:
    return flows.pledges_on(record_of(*rows), END).in_words()


PLEDGED = [flow("AAA", "pledged", usd=300e6), flow("BBB", "pledged", usd=200e6), flow("CCC", "pledged", usd=50e6)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "3 givers pledged $550m; payments are on record for none of them"),
        ([flow("AAA", "disbursed", usd=900e6)], "3 givers pledged $550m; payments are on record for 1 of them"),
        (  # a payment in another currency is one, and one of somebody who pledged nothing is none of theirs
            [flow("AAA", "disbursed", amount=1.0, currency="EUR"), flow("BNK", "disbursed", usd=9e9)],
            "3 givers pledged $550m; payments are on record for 1 of them",
        ),
        (
            [flow(giver, "disbursed", usd=1e6) for giver in ("AAA", "BBB", "CCC")],
            "3 givers pledged $550m; payments are on record for all of them",
        ),
        (
            [flow("BNK", "pledged", amount=5e9, currency="EUR")],
            "4 givers pledged $550m, besides EUR 5.0bn; payments are on record for none of them",
        ),
        ([flow("AAA", "committed", usd=9e9)], "3 givers pledged $550m; payments are on record for none of them"),
    ],
)
def test_a_sentence_has_one_sum_and_for_how_many_payments_are_on_record(
    more: list[dict[str, object]], said: str
) -> None:
    assert words(*PLEDGED, *more) == said
    record = record_of(*PLEDGED, *more)
    assert funds_headline(record, END) == f"As of 31 December 2020: {said}"
    assert draw_picture("pledges", record, END, Style()).title == f"{said}, 31 December 2020"


def test_one_giver_and_none() -> None:
    assert words(PLEDGED[0]) == "1 giver pledged $300m; no payment is on record"
    assert words(PLEDGED[0], flow("AAA", "disbursed", usd=1.0)) == "1 giver pledged $300m; a payment is on record"
    assert words(flow("AAA", "committed", usd=1.0)) == "no pledge is recorded"
    assert words(flow("AAA", "pledged", amount=5e9, currency="EUR"), flow("BBB", "pledged", usd=1e6)) == (
        "2 givers pledged $1.0m, besides EUR 5.0bn; payments are on record for none of them"
    )


def test_the_sentence_of_the_shipped_record(shipped: Record) -> None:
    found = flows.pledges_on(shipped, shipped.tracker.data_until)
    frame = flows.flow_frame(shipped, shipped.tracker.data_until)
    pledged = frame[frame["pledged_stated"] != ""]
    assert found.givers == len(pledged)
    assert found.paying == (pledged["disbursed_stated"] != "").sum()
    assert 0 < found.paying < found.givers
    assert found.total.value == pytest.approx(pledged["pledged"].sum())


def test_the_sentence_follows_the_unit_and_the_filter() -> None:
    people = {"people": 1_000_000, "year": 2020, "source_id": "gov-1"}
    record = record_of(*PLEDGED, population=people)
    title = draw_picture("pledges", record, END, Style(), Options(unit="head")).title
    assert title.startswith("3 givers pledged $550 a head; payments")
    assert flows.pledges_on(record, END, frozenset({"BBB"})).in_words() == (
        "1 giver pledged $200m; no payment is on record"
    )


def test_a_gap_is_known_only_where_both_of_its_ends_are() -> None:
    def gap(*rows: dict[str, object]) -> float:
        return float(flows.flow_frame(record_of(*rows), END).at["AAA", "gap"])

    assert gap(PLEDGED[0], flow("AAA", "disbursed", usd=100e6)) == 200e6
    assert gap(PLEDGED[0], flow("AAA", "disbursed", usd=400e6)) == 0
    assert gap(PLEDGED[0], flow("AAA", "committed", usd=100e6)) == 200e6
    paid = flow("AAA", "disbursed", amount=200e6, currency="GBP")
    usd = flow("AAA", "disbursed", usd=100e6)
    promised = flow("AAA", "pledged", amount=200e6, currency="GBP")
    for rows in ([PLEDGED[0]], [PLEDGED[0], paid], [PLEDGED[0], paid, usd], [PLEDGED[0], promised, usd], [paid]):
        assert math.isnan(gap(*rows))
    assert math.isnan(gap(PLEDGED[0], flow("AAA", "committed", usd=100e6), paid))


def test_a_sum_of_several_givers_stays_one_whoever_is_shown() -> None:
    rows = [
        flow("BNK", "pledged", usd=500e6, id="whole"),
        flow("BNK", "pledged", usd=300e6, id="half", part_of="whole"),
        flow("AAA", "pledged", usd=200e6, id="inner", part_of="half"),
    ]
    record = record_of(*rows)
    assert flows.pledges_on(record, END).in_words() == "1 giver pledged $200m; no payment is on record"
    for shown in (None, frozenset({"BNK"})):
        listed = flows.listed_flows(record, END, shown)
        assert set(listed["id"]) == {"whole", "half"}
        assert set(listed["reason"]) == {"Total of several givers"}


def test_the_largest_stage_of_a_giver_is_the_largest_that_is_known() -> None:
    record = record_of(
        flow("AAA", "pledged", amount=9e9, currency="EUR"),
        flow("AAA", "committed", usd=5.0),
        flow("AAA", "disbursed", usd=7.0),
        flow("BBB", "pledged", amount=9e9, currency="EUR"),
    )
    found = flows.largest_stages(record, END)
    assert {giver: total.amounts() for giver, total in found.items()} == {"AAA": "$7", "BBB": "EUR 9.0bn"}
