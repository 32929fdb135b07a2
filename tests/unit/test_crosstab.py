"""Levers against stances: who holds what, and the drawing of it."""

import datetime as dt

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.crosstab import MOST_NAMES, Crosstab
from components.figures.figure import Options
from components.figures.theme import Look
from components.record.model import Record
from components.record.vocabulary import LEVER_FAMILIES, LEVERS, STANCES
from components.summaries.crosstab import crosstab

JUNE = dt.date(2020, 6, 1)


def rows(figure: go.Figure) -> list[str]:
    return [str(text) for text in figure.layout.yaxis.ticktext]


def test_the_cells_are_those_who_hold_a_lever_by_stance(small: Record) -> None:
    columns = [*STANCES, "not_coded"]
    before = pd.DataFrame(
        [[(), (), (), (), ("BNK",)], [(), ("AAA",), (), (), ()]], index=["reserves", "aid"], columns=columns
    )
    pd.testing.assert_frame_equal(crosstab(small, dt.date(2020, 5, 31)), before, check_index_type=False)
    only = crosstab(small, JUNE, {"AAA"})
    assert list(only.index) == ["reserves", "aid"]
    assert only.loc["aid", "supportive"] == ("AAA",)
    assert set(only.loc["reserves"]) == {()}


def test_it_is_told_in_words(small: Record) -> None:
    whole = Crosstab.build(small, JUNE, Options())
    assert whole.finding() == "No lever is held by more than one actor"
    assert whole.table().iloc[1].tolist() == ["Aid", "Alphaland", "", "", "", ""]
    only = Crosstab.build(small, JUNE, Options(passing=frozenset({"AAA"})))
    assert only.alt() == (
        "Table of levers by stance of those who hold them. Reserves: nobody shown; Aid: 1 supportive."
    )
    nobody = Crosstab.build(small, JUNE, Options(passing=frozenset()))
    assert nobody.finding() == "No actor matches the filters"
    assert not nobody.notes() and not nobody.source_ids


def test_a_finding_names_the_lever_held_most_often(shipped: Record) -> None:
    last = Crosstab.build(shipped, shipped.tracker.data_until, Options())
    assert last.finding() == "Held most often: missions, by 34 actors, 16 of them opposed"
    nobody_coded = Crosstab.build(shipped, shipped.tracker.start, Options()).finding()
    assert "opposed" not in nobody_coded and nobody_coded.endswith(" actors")
    few = Options(passing=frozenset({"DEU", "FRA", "IMF", "JPN"}))
    assert Crosstab.build(shipped, shipped.tracker.data_until, few).finding() == (
        "Held most often: aid, courts and missions, by 2 actors each"
    )


def test_each_holder_is_counted_once(shipped: Record) -> None:
    frame = crosstab(shipped, shipped.tracker.data_until)
    assert list(frame.index) == [code for code in LEVERS if code in frame.index]
    held = shipped.levers[shipped.levers["until"].isna()]
    for lever, cells in frame.iterrows():
        ids = [actor_id for cell in cells for actor_id in cell]
        assert len(ids) == len(set(ids)) == held.loc[held["lever"] == lever, "actor_id"].nunique()


def test_circles_have_their_number_as_area_and_few_names(shipped: Record) -> None:
    built = Crosstab.build(shipped, shipped.tracker.data_until, Options())
    figure = built.draw(Look())
    drawn = [int(text) for trace in figure.data for text in trace.text]
    assert sorted(drawn) == sorted(len(cell) for column in built.cells for cell in built.cells[column] if cell)
    areas = [
        size**2 / int(text) for trace in figure.data for text, size in zip(trace.text, trace.marker.size, strict=True)
    ]
    assert np.ptp(areas) < 1e-6
    hovers = " ".join(text for trace in figure.data for text in trace.hovertext)
    assert max(drawn) > MOST_NAMES and f"and {max(drawn) - MOST_NAMES} more" in hovers.replace("<br>", " ")
    families = {f"<b>{LEVER_FAMILIES[LEVERS[code].group].label}</b>" for code in built.cells.index}
    assert set(rows(figure)) == {LEVERS[code].label for code in built.cells.index} | families


def test_a_click_gives_lever_and_stance_and_bleaches_none(shipped: Record) -> None:
    built = Crosstab.build(shipped, shipped.tracker.data_until, Options())
    for trace in built.draw(Look()).data:
        cells = [cell.split(":") for cell in trace.customdata]
        assert [len(built.cells.at[lever, stance]) for lever, stance in cells] == [int(text) for text in trace.text]
        assert trace.unselected.marker.opacity == 1


@pytest.mark.parametrize(("height", "most"), [(150, 5), (230, 9), (2000, 21)])
def test_a_shape_shows_what_most_hold_and_says_what_it_leaves_out(shipped: Record, height: int, most: int) -> None:
    built = Crosstab.build(shipped, shipped.tracker.data_until, Options())
    figure = built.draw(Look(width=600, height=height))
    shown = len(rows(figure))
    assert 1 < shown <= most
    said = [annotation.text for annotation in figure.layout.annotations]
    if shown == len(built.cells):
        assert not said
    else:
        holders = sorted(built.cells.map(len).sum(axis=1), reverse=True)
        assert said == [f"and {21 - shown} more levers, each held by {holders[shown]} actors or fewer"]
        assert rows(figure)[0] == "Missions"


def test_a_shape_of_few_actors_counts_no_lever_that_none_of_them_holds(shipped: Record) -> None:
    built = Crosstab.build(shipped, shipped.tracker.data_until, Options(passing=frozenset({"IMF"})))
    figure = built.draw(Look(width=600, height=90))
    assert [annotation.text for annotation in figure.layout.annotations] == ["and 20 more levers, held by nobody shown"]


def test_an_empty_one_draws_no_names_of_stances(small: Record) -> None:
    built = Crosstab.build(small, dt.date(2018, 1, 1), Options())
    assert built.cells.empty
    assert built.finding() == "Nobody holds a lever"
    assert built.alt().endswith("It is empty.")
    assert not built.draw(Look("dark")).layout.xaxis.visible
