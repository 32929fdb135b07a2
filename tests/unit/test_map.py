"""The map: its classes and legend, its zooms, the muted, and what its hovers tell."""

import datetime as dt

import pandas as pd
import pytest

from components.figures import stance_map
from components.figures.figure import Options
from components.figures.stance_map import ZOOMS, StanceMap
from components.figures.theme import Look, Theme
from components.record.model import Record
from components.record.reading import read
from components.record.shapes import load_points
from components.summaries.colouring import modes
from components.summaries.standing import standings_on
from tests.conftest import Change

JUNE, END = dt.date(2020, 6, 1), dt.date(2020, 12, 31)
SEPTEMBER = dt.date(2021, 9, 27)


def test_every_country_is_on_the_map_once_and_without_its_shape(shipped: Record) -> None:
    figure = StanceMap.build(shipped, SEPTEMBER, Options()).draw(Look())
    places = [place for trace in figure.data if trace.type == "choropleth" for place in trace.locations]
    assert len(places) == len(set(places)) == len(load_points())
    assert len(figure.to_json()) < 46_000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_mode_has_its_whole_legend(shipped: Record, theme: Theme) -> None:
    for mode in modes(shipped):
        found = StanceMap.build(shipped, shipped.tracker.data_until, Options(colour=mode))
        keys = found.legend()
        held = set(found.coloured.frame["class"])
        assert [key.text for key in keys] == [s.label for s in found.coloured.classes if s.code in held]
        assert sum(key.count or 0 for key in keys) == len(found.coloured.frame)
        assert len(found.draw(Look(theme)).to_json()) < 75_000


def test_it_says_its_classes_with_their_counts(small: Record) -> None:
    found = StanceMap.build(small, JUNE, Options())
    assert found.alt() == (
        "World map. Recognises: 1 country; Engaging: 0 countries; Opposed: 0 countries; "
        "No public position found: 1 country; Not coded: 1 country; Not applicable: 1 country."
    )
    assert found.notes() == ["Counted and not drawn, for want of a shape: Alphaland, Betaland, Gammaland, Subland."]
    assert [key.count for key in StanceMap.build(small, small.tracker.start, Options()).legend()] == [3, 1]


@pytest.mark.parametrize(
    ("day", "colour", "finding"),
    [
        ("2020-12-31", "lever:aid", "Aid: 1 pulls"),
        ("2020-01-10", "stance", "No country recognises the council"),
        ("2020-12-31", "stance", "Only Alphaland recognises the council"),
        ("2020-12-31", "level", "Level of contact: 1 at recognition"),
    ],
)
def test_the_verb_of_a_finding_agrees_with_its_number(small: Record, day: str, colour: str, finding: str) -> None:
    assert StanceMap.build(small, dt.date.fromisoformat(day), Options(colour=colour)).finding() == finding


def test_a_zoom_moves_the_view_and_nothing_else(shipped: Record) -> None:
    world = StanceMap.build(shipped, END, Options()).draw(Look())
    for zoom in ZOOMS:
        figure = StanceMap.build(shipped, END, Options(zoom=zoom)).draw(Look())
        assert figure.data == world.data
        assert (figure.layout.geo == world.layout.geo) == (zoom == "world")
    assert StanceMap.build(shipped, END, Options(zoom="africa")).alt().startswith("World map, zoomed to Africa. ")
    with pytest.raises(KeyError):
        StanceMap.build(shipped, END, Options(zoom="moon")).draw(Look())


def test_neighbours_are_found_by_their_points(shipped: Record, small: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    near = Options(zoom="neighbours")
    points, subject = load_points(), shipped.tracker.subject
    geo = StanceMap.build(shipped, END, near).draw(Look()).layout.geo
    for axis, span in (("lon", geo.lonaxis.range), ("lat", geo.lataxis.range)):
        assert span[0] < points.at[subject, axis] < span[1]
        assert span[1] - span[0] < 45
    nowhere = StanceMap.build(small, JUNE, near)
    assert nowhere.draw(Look()).layout.geo.projection.type == "natural earth"
    here = pd.DataFrame({"lon": [10.0], "lat": [20.0], "small": [False]}, index=["SUB"])
    monkeypatch.setattr(stance_map, "load_points", lambda: here)
    geo = nowhere.draw(Look()).layout.geo
    assert (sum(geo.lonaxis.range) / 2, sum(geo.lataxis.range) / 2) == (10, 20)


def test_the_muted_are_land_without_a_word(shipped: Record) -> None:
    shown = {"FRA", "MCO"}
    found = StanceMap.build(shipped, shipped.tracker.data_until, Options(passing=frozenset(shown)))
    land, shapes, markers = found.draw(Look()).data
    assert set(shapes.locations) == shown | {shipped.tracker.subject}
    assert list(markers.customdata) == ["MCO"]
    assert land.hoverinfo == "skip" and set(land.locations).isdisjoint(shapes.locations)
    assert len(land.locations) + len(shapes.locations) == len(load_points())
    assert standings_on(shipped, shipped.tracker.data_until)["FRA"].stance.code == "opposed"
    assert "Opposed in its own words: 1 country" in found.alt()


def test_names_are_drawn_as_text(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(change("actors", "AAA", "name", "<b>Al</b><a href='https://evil.example'>pha"))
    here = pd.DataFrame({"lon": 1.0, "lat": 1.0, "small": True}, index=["AAA"])
    monkeypatch.setattr(stance_map, "load_points", lambda: here)
    drawn = StanceMap.build(record, JUNE, Options()).draw(Look()).to_json()
    assert "&lt;a href" in drawn.replace("\\u003c", "<") and "<a href" not in drawn.replace("\\u003c", "<")
