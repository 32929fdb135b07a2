"""What was pledged and paid: by how many, and never as two sums of different givers side by side."""

import math

import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.pledges import Pledges
from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.model import Record
from components.summaries import flows
from components.summaries.funds import funds_headline
from tests.fund_records import END, record_of


def flow(actor_id: str, status: str, **figure: object) -> dict[str, object]:
    return {"actor_id": actor_id, "owner": actor_id, "status": status, **figure}


def words(*rows: dict[str, object]) -> str:
    return flows.pledges_on(record_of(*rows), END).in_words()


LOOK = Look()
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
            "4 givers pledged $550m, besides €5.0bn; payments are on record for none of them",
        ),
        ([flow("AAA", "committed", usd=9e9)], "3 givers pledged $550m; payments are on record for none of them"),
    ],
)
def test_a_sentence_has_one_sum_and_for_how_many_payments_are_on_record(
    more: list[dict[str, object]], said: str
) -> None:
    assert words(*PLEDGED, *more) == said
    record = record_of(*PLEDGED, *more)
    givers, told = said.split(maxsplit=1)[0], said.split()[-3]
    paying = {"none": "0", "all": givers}.get(told, told)
    assert funds_headline(record, END) == f"Payments are on record for {paying} of {givers} givers"
    title = funds_headline(record, END) if "besides" in said else said  # of which one sum is not all
    assert picture_of(record, "pledges", END).title == f"{title}, 31 December 2020"


def test_one_giver_and_none() -> None:
    assert words(PLEDGED[0]) == "1 giver pledged $300m; no payment is on record"
    assert words(PLEDGED[0], flow("AAA", "disbursed", usd=1.0)) == "1 giver pledged $300m; a payment is on record"
    assert words(flow("AAA", "committed", usd=1.0)) == "no pledge is recorded"
    assert words(flow("AAA", "pledged", amount=5e9, currency="EUR"), flow("BBB", "pledged", usd=1e6)) == (
        "2 givers pledged $1.0m, besides €5.0bn; payments are on record for none of them"
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
    title = picture_of(record, "pledges", END, Options(unit="head")).title
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
    assert {giver: total.amounts() for giver, total in found.items()} == {"AAA": "$7", "BBB": "€9.0bn"}


def drawn(
    *rows: dict[str, object], look: Look = LOOK, unit: str = "plain", conference: str = ""
) -> tuple[Pledges, go.Figure]:
    built = Pledges.build(record_of(*rows), END, Options(unit=unit, conference=conference))
    return built, built.draw(look)


def test_stages_lie_inside_each_other_and_what_is_not_known_is_in_words() -> None:
    rows = [
        flow("AAA", "pledged", usd=300e6), flow("AAA", "committed", usd=200e6), flow("AAA", "disbursed", usd=50e6),
        flow("BBB", "pledged", amount=5e6, currency="EUR", covers="region"),
    ]  # fmt: skip
    built, figure = drawn(*rows)
    assert [list(trace.x) for trace in figure.data] == [[50e6, 300e6, None], [300e6], [200e6], [50e6]]
    assert [annotation.text for annotation in figure.layout.annotations] == [
        "<b>Alphaland</b><br>pledged $300m, committed $200m, disbursed $50m",
        "<b>Betaland</b>  pledged €5.0m, no payment recorded",
    ]  # fmt: skip
    assert {trace.unselected.marker.opacity for trace in figure.data} == {1}
    assert figure.data[1].customdata == ("AAA",)
    assert figure.data[1].hovertext[0] == (
        "<b>Alphaland</b><br>Pledged $300m<br>$250m of the promise not reported as used"
    )
    assert built.alt() == (
        "Bar chart of 2 givers. Alphaland: pledged $300m, committed $200m, disbursed $50m; Betaland: pledged €5.0m, "
        "no payment recorded."
    )
    table = built.table().set_index("Giver")
    assert table.loc["Alphaland", "Not reported as used, $m"] == 250
    assert table.loc["Betaland", ["Covers", "Not converted"]].tolist() == [
        "for the region", "1 sum in EUR without a dollar figure",
    ]  # fmt: skip
    assert [key.text for key in built.legend()] == ["Pledged", "Committed", "Disbursed"]


def test_a_low_shape_names_the_largest_stage_and_what_it_leaves_out() -> None:
    rows = [*PLEDGED, flow("AAA", "disbursed", usd=900e6), flow("BNK", "pledged", amount=5e9, currency="EUR")]
    _, figure = drawn(*rows, look=Look(width=600, height=70))
    assert [annotation.text for annotation in figure.layout.annotations] == [
        "<b>Alphaland</b>  disbursed $900m", "and 3 more givers, 1 of them without a dollar figure",
    ]  # fmt: skip
    assert [list(trace.x) for trace in figure.data[1:]] == [[300e6], [], [900e6]]
    unknown = flow("BNK", "pledged", amount=5e9, currency="EUR")
    _, alone = drawn({"usd": 1.0}, unknown, look=Look(width=600, height=90))
    assert [annotation.text for annotation in alone.layout.annotations] == [
        "<b>The Bank</b><br>pledged €5.0bn, no payment recorded"
    ]
    assert not alone.layout.xaxis.ticktext


def test_one_conference_is_named_and_one_that_was_not_held_is_as_none() -> None:
    rows = [
        flow("ALL", "pledged", usd=500e6, id="conference"),
        flow("AAA", "pledged", usd=300e6, part_of="conference"),
        flow("BBB", "pledged", usd=100e6),
    ]
    built, figure = drawn(*rows, conference="conference")
    assert built.about() == "Pledged to paid: the conference of 1 January 2020"
    assert built.finding() == "The conference of 1 January 2020: 1 giver pledged $300m; no payment is on record"
    assert list(figure.data[1].x) == [300e6]
    for unknown in ("", "row-2", "nonsense"):
        every, _ = drawn(*rows, conference=unknown)
        assert (every.about(), len(every.frame)) == ("Pledged to paid", 2)


def test_without_pledges_nothing_is_drawn_or_explained() -> None:
    built, figure = drawn({"usd": 1e9})
    assert built.finding() == "no pledge is recorded"
    assert (built.notes(), built.legend(), len(figure.layout.annotations)) == ([], [], 0)
    assert Pledges.build(record_of(*PLEDGED), END, Options(passing=frozenset())).finding() == (
        "No actor matches the filters"
    )


def test_as_stated_names_say_the_currency_and_bars_are_dollars() -> None:
    stated = flow("AAA", "pledged", amount=5e6, currency="EUR", amount_usd=6e6)
    built, figure = drawn(stated, unit="stated")
    assert figure.layout.annotations[0].text == "<b>Alphaland</b>  pledged €5.0m, no payment recorded"
    assert (list(figure.data[1].x), figure.layout.xaxis.ticktext[-1]) == ([6e6], "$6.0m")
    assert "in which they were stated" in built.notes()[-1]
