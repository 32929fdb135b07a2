"""The matrix of levers: who has a row, where marks stand, and what a shape has room for."""

import datetime as dt

import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.matrix import APART, FULL, MANY, LeverMatrix
from components.figures.rows import ROW
from components.figures.theme import Look
from components.record.model import Record
from components.record.reading import read
from components.record.vocabulary import LEVER_FAMILIES
from tests.conftest import Change

MAY, JUNE = dt.date(2020, 5, 31), dt.date(2020, 6, 1)
SEPTEMBER = dt.date(2021, 9, 27)


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def marks(figure: go.Figure) -> list[tuple[str, float, float, str]]:
    """Each mark: whose, where, and what it tells."""
    return [mark for trace in figure.data for mark in zip(trace.customdata, trace.x, trace.y, trace.text, strict=True)]


def test_marks_stand_at_their_lever_in_the_row_of_their_actor(small: Record) -> None:
    matrix = LeverMatrix.build(small, JUNE, Options())
    figure = matrix.draw(Look())
    alpha, bank = figure.layout.yaxis.tickvals
    assert marks(figure) == [
        ("BNK:reserves", 0, bank, "<b>The Bank</b> · Reserves<br>Pressure"),
        ("AAA:aid", 1, alpha - APART, "<b>Alphaland</b> · Aid<br>Pressure, ended"),
        ("AAA:aid", 1, alpha + APART, "<b>Alphaland</b> · Aid<br>Incentive"),
    ]
    assert {"Reserves", "Aid"} <= set(texts(figure))
    assert matrix.finding() == "Alphaland and The Bank hold 1 lever each"
    assert matrix.alt() == "Matrix of 3 actors and the levers they hold. Aid: Alphaland; Reserves: The Bank."
    assert [key.text for key in matrix.legend()][:4] == ["Pressure", "Incentive", "Pressure, ended", "Incentive, ended"]
    assert [key.text for key in LeverMatrix.build(small, MAY, Options()).legend()][:2] == ["Pressure", "Incentive"]


def test_those_that_hold_most_are_named(shipped: Record) -> None:
    matrix = LeverMatrix.build(shipped, shipped.tracker.data_until, Options())
    numbers = matrix.cells[matrix.cells["held"]].groupby("actor_id").size()
    most = sorted(matrix.rows.loc[numbers.index[numbers == numbers.max()], "name"])
    others = len(numbers) - len(most)
    assert matrix.finding() == f"{' and '.join(most)} hold most levers, {numbers.max()} each; {others} others hold some"


def test_those_without_a_lever_are_counted_unless_everyone_is_asked_for(small: Record, shipped: Record) -> None:
    figure = LeverMatrix.build(small, JUNE, Options()).draw(Look())
    assert [name.split(" <")[0] for name in figure.layout.yaxis.ticktext] == ["Alphaland", "The Bank"]
    (silent,) = [text for text in texts(figure) if text.startswith("<b>No public position found</b>")]
    assert "1 <span" in silent and "holds no recorded lever" in silent
    everyone = LeverMatrix.build(shipped, shipped.tracker.data_until, Options(everyone=True)).draw(Look())
    assert len(everyone.layout.yaxis.ticktext) == len(shipped.actors) - 1
    assert texts(everyone).count("Terror listing") > 3
    by_region = LeverMatrix.build(shipped, shipped.tracker.data_until, Options(everyone=True, group_by="region"))
    assert [text for text in texts(by_region.draw(Look())) if text.startswith("<b>Africa</b>  5")]


def test_of_many_those_that_hold_one_lever_are_counted(shipped: Record) -> None:
    day = shipped.tracker.data_until
    figure = LeverMatrix.build(shipped, day, Options()).draw(Look())
    found = LeverMatrix.build(shipped, day, Options(everyone=True))
    numbers = found.cells[found.cells["held"]].groupby("actor_id").size()
    assert len(figure.layout.yaxis.ticktext) == (numbers >= MANY).sum() < FULL < len(numbers)
    counted = [int(text.split()[1]) for text in texts(figure) if text.endswith("more hold one lever or none")]
    assert sum(counted) == len(LeverMatrix.build(shipped, day, Options()).rows) - (numbers >= MANY).sum()


def test_each_lever_names_its_holders_by_the_way_they_use_it(small: Record) -> None:
    assert LeverMatrix.build(small, JUNE, Options()).holders() == [
        ("Reserves", {"Pressure": ["The Bank"], "Incentive": []}),
        ("Aid", {"Pressure": [], "Incentive": ["Alphaland"]}),
    ]


def test_it_says_how_it_is_grouped_and_sorted(shipped: Record) -> None:
    matrix = LeverMatrix.build(shipped, SEPTEMBER, Options(group_by="SCO", sort="name"))
    assert matrix.notes() == ["Grouped by: SCO members.", "Sorted by: name."]
    assert [text for text in texts(matrix.draw(Look())) if text.startswith("<b>SCO members</b>  10")]
    assert LeverMatrix.build(shipped, SEPTEMBER, Options()).notes() == []


@pytest.mark.parametrize(("height", "by_family"), [(160, True), (230, True), (400, False)])
def test_a_shape_shows_those_that_hold_most_and_counts_the_rest(shipped: Record, height: int, by_family: bool) -> None:
    matrix = LeverMatrix.build(shipped, shipped.tracker.data_until, Options())
    figure = matrix.draw(Look(width=900, height=height))
    numbers = matrix.cells[matrix.cells["held"]].groupby("actor_id").size()
    shown = {mark[0].split(":")[0] for mark in marks(figure)}
    assert len(shown) == len(figure.layout.yaxis.ticktext)
    left = numbers.drop(list(shown))
    assert numbers[list(shown)].min() >= left.max()
    assert f"and {len(left)} more that hold {left.max()} levers or fewer" in texts(figure)
    assert max(figure.layout.yaxis.tickvals) + ROW / 2 + ROW <= height == figure.layout.yaxis.range[0]
    families = {term.label for term in LEVER_FAMILIES.values()}
    assert (families <= set(texts(figure))) == by_family


def test_marks_of_a_family_stand_side_by_side_within_it(shipped: Record) -> None:
    matrix = LeverMatrix.build(shipped, shipped.tracker.data_until, Options())
    figure = matrix.draw(Look(width=600, height=230))
    places = [(whose, x) for whose, x, _, _ in marks(figure)]
    assert len(set(places)) == len(places)
    assert all(abs(x - round(x)) < 0.5 for _, x in places)
    shown = matrix.cells[matrix.cells["actor_id"].isin({whose.split(":")[0] for whose, _ in places})]
    assert len(places) == len(shown)


def test_on_a_phone_levers_stand_by_family(shipped: Record) -> None:
    figure = LeverMatrix.build(shipped, shipped.tracker.data_until, Options()).draw(Look(width=358))
    assert "Diplomacy" in texts(figure)
    assert "Terror listing" not in texts(figure)


def test_the_table_says_which_way_and_what_ended(small: Record) -> None:
    table = LeverMatrix.build(small, JUNE, Options()).table().set_index("Actor")
    assert table.loc["Alphaland"].tolist() == ["Supportive", "", "Incentive, Pressure (ended)"]
    assert table.loc["The Bank"].tolist() == ["Not coded", "Pressure", ""]


def test_it_rests_on_the_sources_of_those_shown(small: Record) -> None:
    alone = LeverMatrix.build(small, JUNE, Options(passing=frozenset({"BNK"})))
    reserves = small.levers[small.levers["actor_id"] == "BNK"]
    assert set(alone.source_ids) == {key for keys in reserves["source_ids"] for key in keys}
    assert alone.finding() == "The Bank holds 1 lever"
    nobody = LeverMatrix.build(small, JUNE, Options(passing=frozenset({"BBB"})))
    assert nobody.finding() == "Nobody holds a lever"


def test_two_actors_of_one_name_keep_their_rows(change: Change) -> None:
    record = read(change("actors", "BNK", "name", "Alphaland Bank"))
    figure = LeverMatrix.build(record, JUNE, Options()).draw(Look())
    assert len({(whose, y) for whose, _, y, _ in marks(figure)}) == 3
