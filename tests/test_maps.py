"""What colours maps, and the maps, tiles and cross-tab drawn from it: on the small record and on the shipped one."""

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from shapely import LinearRing, Point, get_parts
from shapely.geometry import shape

from components.curate.make_shapes import _cheapest
from components.figures.crosstab import MOST_NAMES, Crosstab, crosstab_alt, draw_crosstab
from components.figures.stance_map import ZOOMS, draw_stance_map, fills, stance_map_alt
from components.figures.theme import SMALL_SIZE, Frame, Style
from components.figures.tile_map import draw_tile_map, ink_on, tile_map_alt
from components.record.check.actors import comparable
from components.record.model import Record
from components.record.reading import read
from components.record.shapes import load_names, load_points, load_shapes
from components.record.vocabulary import LEVELS, LEVERS, STANCES
from components.summaries.colouring import (
    EXPECTED,
    class_counts,
    colouring,
    mode_title,
    modes,
    rows_behind,
    say_do,
    unmuted,
)
from components.summaries.crosstab import COLUMNS, crosstab
from components.summaries.stances import map_frame
from tests.conftest import Change

JUNE = dt.date(2020, 6, 1)
END = dt.date(2020, 12, 31)
WORDS = Frame("A title", "A question?", ("A footer",))
REST = {"CCC": "not_coded", "SUB": "not_applicable"}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ON_SMALL = {
    "stance": {"AAA": "supportive", "BBB": "none"},
    "level": {"AAA": "recognition", "BBB": "none"},
    "gap": {"AAA": "in_line", "BBB": "in_line"},
    "freshness": {"AAA": "ageing", "BBB": "ageing"},
    "lever:aid": {"AAA": "incentive", "BBB": "none"},
    "lever:reserves": {"AAA": "none", "BBB": "none"},
}


def texts(figure: go.Figure) -> str:
    return "\n".join(annotation.text for annotation in figure.layout.annotations)


def lightness(colour: str) -> float:
    """L* of CIELAB, 0 to 100: how light a colour is in grey."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def hue(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "green" if green == max(red, green, blue) else "other"


def test_modes_are_the_four_and_the_levers_of_the_record(small: Record) -> None:
    assert list(modes(small)) == ["stance", "level", "gap", "freshness", "lever:reserves", "lever:aid"]
    assert set(modes(small)) == set(ON_SMALL)
    assert mode_title(small, "lever:aid") == "Lever: Aid"
    for wrong in ("lever:veto", "mood", ""):
        with pytest.raises(KeyError):
            colouring(small, END, wrong)


@pytest.mark.parametrize("mode", list(ON_SMALL))
def test_every_mode_classes_the_small_record(small: Record, mode: str) -> None:
    coloured = colouring(small, END, mode)
    assert coloured.frame["class"].to_dict() == {**ON_SMALL[mode], **REST}


def test_a_lever_presses_then_pulls_then_ends(change: Change) -> None:
    change("levers", "AAA-aid-2020-01-10", "until", "2020-07-01")
    record = read(change("levers", "AAA-aid-2020-06-01", "until", "2020-08-01"))
    days = {"2020-01-09": "not_coded", "2020-01-10": "pressure", "2020-06-01": "both", "2020-07-01": "incentive"}
    for day, code in {**days, "2020-08-01": "ended"}.items():
        assert colouring(record, dt.date.fromisoformat(day), "lever:aid").frame.at["AAA", "class"] == code


def test_freshness_counts_from_the_latest_row(small: Record) -> None:
    for day, code in {
        "2020-11-30": "fresh",
        "2020-12-01": "ageing",
        "2021-11-30": "ageing",
        "2021-12-01": "stale",
    }.items():
        assert colouring(small, dt.date.fromisoformat(day), "freshness").frame.at["AAA", "class"] == code


@pytest.mark.parametrize(
    ("stance", "level", "code"),
    [
        ("supportive", "presence", "says_more"),
        ("supportive", "charge", "in_line"),
        ("supportive", "recognition", "in_line"),
        ("engaging", "none", "says_more"),
        ("engaging", "contact", "in_line"),
        ("engaging", "ambassador", "does_more"),
        ("opposed", "none", "in_line"),
        ("opposed", "contact", "in_line"),
        ("opposed", "presence", "does_more"),
        ("none", "contact", "does_more"),
    ],
)
def test_words_are_held_against_acts(stance: str, level: str, code: str) -> None:
    assert say_do(stance, level) == code


def test_the_gap_speaks_of_every_stance_and_only_of_coded_countries(shipped: Record) -> None:
    assert set(EXPECTED) == set(STANCES)
    coloured = colouring(shipped, shipped.tracker.data_until, "gap").frame
    assert (coloured["class"] == "not_coded").equals(coloured["stance"] == "not_coded")


def test_classes_are_complete_and_counts_leave_the_muted_out(small: Record) -> None:
    coloured = colouring(small, JUNE, "level")
    assert [shade.code for shade in coloured.classes] == [*LEVELS, "not_coded", "not_applicable"]
    counts = dict.fromkeys([*LEVELS, "not_coded", "not_applicable"], 0)
    assert class_counts(coloured) == {**counts, "none": 1, "recognition": 1, "not_coded": 1, "not_applicable": 1}
    assert class_counts(coloured, {"AAA", "SUB"}) == {**counts, "none": 1, "not_coded": 1, "not_applicable": 1}
    assert set(unmuted(coloured, ["AAA", "SUB"]).index) == {"SUB", "BBB", "CCC"}


def test_a_mode_names_the_rows_it_rests_on(small: Record) -> None:
    assert list(rows_behind(small, END, "lever:aid")["id"]) == ["AAA-aid-2020-01-10", "AAA-aid-2020-06-01"]
    assert set(rows_behind(small, END, "gap")["id"]) == {"AAA-2020-06-01b", "BBB-2020-02-01"}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", ["level", "gap", "freshness", "lever:aid"])
def test_classes_differ_in_grey_and_borrow_no_stance_colour(small: Record, mode: str, theme: Any) -> None:
    style = Style(theme)
    colours = fills(colouring(small, END, mode), style)
    steps = np.diff(sorted(lightness(colour) for colour in colours.values()))
    assert steps.min() > 6
    own = {colour for code, colour in colours.items() if code not in {"not_coded", "not_applicable"}}
    assert own.isdisjoint({style.stance_colour(term.code, term.colour) for term in STANCES.values()})
    if mode == "level":
        ladder = [lightness(colours[code]) for code in LEVELS]
        assert ladder == sorted(ladder, reverse=theme == "light")
        assert {hue(colours[code]) for code in LEVELS} == {"green"}


def test_ink_can_be_read_on_every_colour(shipped: Record) -> None:
    for theme, mode in itertools.product(THEMES, modes(shipped)):
        for colour in fills(colouring(shipped, END, mode), Style(theme)).values():
            light, dark = sorted((lightness(colour), lightness(ink_on(colour))), reverse=True)
            assert light - dark > 39, (theme, mode, colour)


@pytest.mark.parametrize("theme", THEMES)
def test_every_mode_draws_a_map_with_its_whole_legend(shipped: Record, theme: Any) -> None:
    for mode in modes(shipped):
        coloured = colouring(shipped, shipped.tracker.data_until, mode)
        figures = [
            draw_stance_map(coloured, load_points(), WORDS, Style(theme)),
            draw_tile_map(coloured, load_points(), WORDS, Style(theme)),
        ]
        counts = class_counts(coloured)
        assert sum(counts.values()) == len(coloured.frame)
        for figure in figures:
            assert all(f"{shade.label} {counts[shade.code]}" in texts(figure) for shade in coloured.classes)
            assert len(figure.to_json()) < 75_000


def test_a_map_frame_is_drawn_in_the_colours_of_its_stances(small: Record) -> None:
    frame = map_frame(small, JUNE)
    plain, coloured = (draw_stance_map(data, load_points(), WORDS, Style()) for data in (frame, colouring(small, JUNE)))
    assert plain.to_json() == coloured.to_json()
    assert stance_map_alt(frame, WORDS) == (
        "World map. A title. Supportive: 1 country; Engaging: 0 countries; Opposed: 0 countries; "
        "No public position found: 1 country; Not coded: 1 country; Not applicable: 1 country."
    )


def test_a_zoom_moves_the_view_and_nothing_else(shipped: Record) -> None:
    coloured = colouring(shipped, shipped.tracker.data_until)
    world = draw_stance_map(coloured, load_points(), WORDS, Style())
    for zoom in ZOOMS:
        figure = draw_stance_map(coloured, load_points(), WORDS, Style(), zoom=zoom)
        assert figure.data == world.data
        assert (figure.layout.geo == world.layout.geo) == (zoom == "world")
    assert stance_map_alt(coloured, WORDS, zoom="africa").startswith("World map, zoomed to Africa. A title. ")
    with pytest.raises(KeyError):
        draw_stance_map(coloured, load_points(), WORDS, Style(), zoom="moon")


def test_neighbours_are_found_by_their_points(shipped: Record, small: Record) -> None:
    points, subject = load_points(), shipped.tracker.subject
    geo = draw_stance_map(colouring(shipped, END), points, WORDS, Style(), zoom="neighbours").layout.geo
    for axis, span in (("lon", geo.lonaxis.range), ("lat", geo.lataxis.range)):
        assert span[0] < points.at[subject, axis] < span[1]
        assert span[1] - span[0] < 45
    nowhere = draw_stance_map(colouring(small, JUNE), points, WORDS, Style(), zoom="neighbours").layout.geo
    assert nowhere.projection.type == "natural earth"
    alone = colouring(small, JUNE)
    here = pd.DataFrame({"lon": [10.0], "lat": [20.0], "small": [False]}, index=["SUB"])
    geo = draw_stance_map(alone, here, WORDS, Style(), zoom="neighbours").layout.geo
    assert (sum(geo.lonaxis.range) / 2, sum(geo.lataxis.range) / 2) == (10, 20)


def test_the_muted_are_land_without_a_word(shipped: Record) -> None:
    coloured = colouring(shipped, shipped.tracker.data_until)
    shown = {"FRA", "MCO", shipped.tracker.subject}
    muted = set(coloured.frame.index) - shown
    land, shapes, markers = draw_stance_map(coloured, load_points(), WORDS, Style(), muted=muted).data
    assert set(shapes.locations) == shown
    assert list(markers.customdata) == ["MCO"]
    assert land.hoverinfo == "skip" and set(land.locations).isdisjoint(shown)
    assert len(land.locations) + len(shapes.locations) == len(load_points())
    tiles = draw_tile_map(coloured, load_points(), WORDS, Style(), muted=muted)
    assert set(tiles.data[1].customdata) == set(tiles.data[2].text) == shown
    assert tiles.data[0].hoverinfo == "skip" and len(tiles.data[0].x) == len(coloured.frame) - 3
    assert "Engaging: 0 countries" in tile_map_alt(coloured, WORDS, muted=muted | {"MCO", "FRA"})


def test_every_country_has_a_square_of_its_own(shipped: Record) -> None:
    figure = draw_tile_map(colouring(shipped, END), load_points(), WORDS, Style())
    squares = figure.data[1]
    assert set(squares.customdata) == set(shipped.actors.index[shipped.actors["kind"] == "country"])
    cells = set(zip(squares.x, squares.base, strict=True))
    assert len(cells) == len(squares.customdata) == 197
    assert set(squares.y) == {squares.width} and squares.width < 1
    assert figure.layout.yaxis.scaleanchor == "x" and figure.layout.yaxis.scaleratio == 1
    assert max(squares.x) + 1 <= 390 / 9 * squares.width  # nine pixels wide at least on a phone
    assert figure.layout.uniformtext.minsize == figure.data[2].insidetextfont.size == SMALL_SIZE
    assert figure.data[2].hoverinfo == "skip"


def test_tiles_lie_about_where_the_countries_do(shipped: Record) -> None:
    points = load_points()
    assert {feature["id"] for feature in load_shapes()["features"]} == set(points.index)
    countries = points.join(shipped.actors["region"], how="inner").dropna(subset=["column"])
    assert countries[["column", "row"]].min().tolist() == [0, 0]
    away = countries[countries["region"] != "Oceania"]  # it is not torn at the date line
    assert away["column"].rank().corr(away["lon"].rank()) > 0.95
    assert countries["row"].rank().corr(countries["lat"].rank()) < -0.95
    for region in set(away["region"]) - {"Northern America"}:
        own = away.loc[away["region"] == region, ["column", "row"]].to_numpy()
        apart = np.abs(own[:, None] - own[None, :]).max(axis=2)
        assert (np.sort(apart, axis=1)[:, 1] <= 2).all(), region


def test_western_sahara_begins_at_its_border_and_is_one_piece() -> None:
    shapes = {feature["id"]: shape(feature["geometry"]) for feature in load_shapes()["features"]}
    morocco, sahara = shapes["MAR"], shapes["ESH"]
    assert morocco.bounds[1] == sahara.bounds[3] == 27.67
    assert 20.7 < sahara.bounds[1] < 21
    assert len(get_parts(sahara)) == len(get_parts(morocco)) == 1
    assert all(sahara.contains(Point(lon, lat)) for lon, lat in [(-13, 24), (-13.2, 27.1), (-15.9, 23.5), (-9, 27.5)])
    assert all(morocco.contains(Point(lon, lat)) for lon, lat in [(-7.6, 33.5), (-12, 28), (-9, 27.8)])
    points = load_points()
    for code, found in (("MAR", morocco), ("ESH", sahara)):
        assert found.contains(Point(points.at[code, "lon"], points.at[code, "lat"]))
        assert found.area > 10 and not points.at[code, "small"]
    for code in ("DZA", "MRT", "ESP"):
        assert shapes[code].intersection(morocco.union(sahara)).area < 0.05, code


def test_every_outline_runs_the_way_that_a_map_of_the_sphere_needs() -> None:
    for feature in load_shapes()["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            assert not LinearRing(polygon[0]).is_ccw, feature["id"]


def test_a_name_of_a_shape_means_one_country(shipped: Record) -> None:
    names = load_names()
    assert set(names) == set(shipped.actors.index[shipped.actors["kind"] == "country"])
    codes = pd.Series({(code, comparable(name)): code for code, known in names.items() for name in known})
    assert codes.groupby(level=1).nunique().max() == 1
    assert names["ROU"] == ["Romania"] and "Kosova" in names["XKX"]


def test_the_cheapest_assignment_is_the_cheapest() -> None:
    costs = np.random.default_rng(7).integers(0, 50, (5, 7)).astype(float)
    chosen = _cheapest(costs)
    assert len(set(chosen)) == 5
    least = min(costs[range(5), order].sum() for order in itertools.permutations(range(7), 5))
    assert costs[range(5), chosen].sum() == least


def test_a_record_without_places_still_has_its_words(small: Record) -> None:
    figure = draw_tile_map(colouring(small, JUNE), load_points().iloc[:0], WORDS, Style())
    assert "Supportive 1" in texts(figure)
    assert len(draw_tile_map(colouring(small, JUNE), load_points(), WORDS, Style()).data[1].customdata or ()) == 0


def named(record: Record, cells: pd.DataFrame) -> Crosstab:
    return Crosstab(cells, record.actors["name"].to_dict())


def test_the_crosstab_has_holders_by_stance(small: Record) -> None:
    columns = [*STANCES, "not_coded"]
    assert [term.code for term in COLUMNS] == columns
    before = pd.DataFrame(
        [[(), (), (), (), ("BNK",)], [(), ("AAA",), (), (), ()]], index=["reserves", "aid"], columns=columns
    )
    pd.testing.assert_frame_equal(crosstab(small, dt.date(2020, 5, 31)), before, check_index_type=False)
    only = crosstab(small, JUNE, {"AAA"})
    assert list(only.index) == ["reserves", "aid"]
    assert only.loc["aid", "supportive"] == ("AAA",)
    assert set(only.loc["reserves"]) == {()}
    assert crosstab_alt(named(small, only), WORDS).endswith("A title. Reserves: nobody; Aid: 1 supportive.")


def test_the_crosstab_counts_each_holder_once(shipped: Record) -> None:
    frame = crosstab(shipped, shipped.tracker.data_until)
    assert list(frame.index) == [code for code in LEVERS if code in frame.index]
    held = shipped.levers[shipped.levers["until"].isna()]
    for lever, cells in frame.iterrows():
        ids = [actor_id for cell in cells for actor_id in cell]
        assert len(ids) == len(set(ids)) == held.loc[held["lever"] == lever, "actor_id"].nunique()


def test_the_crosstab_draws_each_number_and_few_names(shipped: Record) -> None:
    frame = crosstab(shipped, shipped.tracker.data_until)
    figure = draw_crosstab(named(shipped, frame), WORDS, Style())
    circles = figure.data[2:]
    drawn = [int(text) for trace in circles for text in trace.text]
    assert sorted(drawn) == sorted(len(cell) for column in frame for cell in frame[column] if cell)
    for trace in circles:
        areas = {int(text): size**2 / int(text) for text, size in zip(trace.text, trace.marker.size, strict=True)}
        assert np.ptp(list(areas.values()) or [0]) < 1e-6
    hovers = " ".join(text for trace in circles for text in trace.hovertext)
    most = max(drawn)
    assert most > MOST_NAMES and f"and {most - MOST_NAMES} more" in hovers.replace("<br>", " ")
    assert all(LEVERS[code].label in figure.layout.yaxis.ticktext for code in frame.index)
    assert all(f"<b>{family}</b>" in texts(figure) for family in ("Money", "Law", "Diplomacy", "Flow", "Security"))


def test_an_empty_crosstab_still_draws(small: Record) -> None:
    frame = crosstab(small, dt.date(2018, 1, 1))
    assert frame.empty
    assert "A question?" in texts(draw_crosstab(named(small, frame), WORDS, Style("dark")))
    assert crosstab_alt(named(small, frame), WORDS).endswith("No lever is held.")


def test_markup_of_names_is_drawn_as_text(change: Change) -> None:
    folder: Path = change("actors", "AAA", "name", "<b>Al</b><a href='https://evil.example'>pha")
    record = read(folder)
    points = pd.DataFrame({"lon": 1.0, "lat": 1.0, "small": True, "column": 0, "row": 0}, index=["AAA"])
    coloured = colouring(record, JUNE)
    for figure in (
        draw_stance_map(coloured, points, WORDS, Style()),
        draw_tile_map(coloured, points, WORDS, Style()),
        draw_crosstab(named(record, crosstab(record, JUNE)), WORDS, Style()),
    ):
        drawn = json.dumps(json.loads(figure.to_json()))
        assert "&lt;a href" in drawn and "<a href" not in drawn
