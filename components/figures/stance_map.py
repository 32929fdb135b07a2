"""The world in the colours of a colouring, small states as markers; whole, or one part of it."""

import functools
from collections.abc import Collection, Mapping
from textwrap import shorten
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.theme import Frame, Key, Style, Trace, framed, plain, trace, wrapped
from components.record.wording import counted
from components.summaries.colouring import Colouring, Shade, class_counts, of_stances, unmuted

TOLD = 80  # characters of what happened in a hover text
WITH_POSITION = {"supportive", "engaging", "opposed"}
# plotly.js would fetch its own borders before it draws ours; this answers it without the network.
NO_TOPOLOGY = 'data:application/json,{"type":"Topology","objects":{},"arcs":[]}#'
# What is the same in every hover text stands here once: there are two hundred of them in each picture that is sent.
HOVER = "<b>%{text}</b><br>%{hovertext}<br><i>Click for the evidence</i><extra></extra>"
SEAM_AWAY = 11  # degrees; the map is cut in the Bering Strait and not through Russia

ZOOMS = {
    "world": "World",
    "neighbours": "Neighbours",
    "central_south_asia": "Central and South Asia",
    "middle_east": "Middle East",
    "europe": "Europe",
    "africa": "Africa",
    "asia_pacific": "Asia and Pacific",
    "americas": "Americas",
}
Window = tuple[tuple[float, float], tuple[float, float]]
# West and east, south and north of each part, in degrees: wide, as the frame is on a page, on a phone and in an image.
# Neighbours are found by their points.
_WINDOWS: Mapping[str, Window] = {
    "central_south_asia": ((28, 116), (4, 54)),
    "middle_east": ((17, 71), (11, 43)),
    "europe": ((-27, 57), (34, 71)),
    "africa": ((-46, 82), (-36, 38)),
    "asia_pacific": ((62, 206), (-48, 53)),
    "americas": ((-138, -26), (-56, 62)),
}
_WORLD_LATITUDES = (-57.0, 84.0)  # they hold every country; the rest is ice and sea
_MARGIN = 5.0  # degrees around the points of neighbours
_REACH = (18.0, 11.0)  # degrees of longitude and latitude that this map goes from the subject at the most


def draw_stance_map(  # noqa: PLR0913
    coloured: Colouring | pd.DataFrame,
    points: pd.DataFrame,
    words: Frame,
    style: Style,
    *,
    zoom: str = "world",
    muted: Collection[str] = (),
) -> go.Figure:
    """The map of a colouring, or of a map frame in the colours of its stances.

    `points` has a row for each shape, indexed by its id: `lon` and `lat` in degrees, and whether it is `small`.
    `zoom` is a code of ZOOMS; it moves the view, and the legend still counts the whole world. `muted` are actor_ids
    drawn as land that says nothing and left out of the counts (see `summaries.colouring.unmuted`). Clicking a country
    gives its actor_id as `location`, clicking a marker as `customdata`. Raises KeyError for a zoom that is not listed.
    """
    coloured = _as_colouring(coloured)
    traces = map_traces(coloured, points, style, muted)
    layout = {"geo": map_view(zoom, coloured, points, style)}
    legend = legend_keys(coloured, style, muted)
    return framed(traces, layout, words, style, legend=legend, aside="column" if style.wide else "")


def map_traces(
    coloured: Colouring, points: pd.DataFrame, style: Style, muted: Collection[str] = ()
) -> tuple[Trace, Trace, Trace]:
    """Land that says nothing, the countries, and a marker for each small state; see `draw_stance_map`."""
    shown = _like_by_like(unmuted(coloured, muted))
    colours = fills(coloured, style)
    places = points.loc[points["small"].astype(bool), ["lon", "lat"]]
    small = shown[shown.index.isin(places.index)]
    small = small.assign(**places.loc[small.index])
    return (
        _land(list(points.index.difference(shown.index)), style),
        _shapes(shown, coloured, colours, style),
        _markers(small, coloured, colours, style.palette.outline),
    )


def _like_by_like(shown: pd.DataFrame) -> pd.DataFrame:
    """The countries of a class that tell the same together: so what is sent is packed a tenth smaller."""
    alike = list(zip(shown["class"].tolist(), shown["standing"].tolist(), strict=True))
    return shown.iloc[sorted(range(len(shown)), key=alike.__getitem__)]


def stance_map_alt(
    coloured: Colouring | pd.DataFrame, words: Frame, *, zoom: str = "world", muted: Collection[str] = ()
) -> str:
    """What the map shows, in words, for those who cannot see it."""
    kind = "World map" if zoom == "world" else f"World map, zoomed to {ZOOMS[zoom]}"
    return f"{kind}. {words.title}. {counts_in_words(_as_colouring(coloured), muted)}."


def fills(coloured: Colouring, style: Style) -> dict[str, str]:
    """The colour of each class in the theme."""
    return {shade.code: shade_colour(shade, style) for shade in coloured.classes}


def legend_keys(coloured: Colouring, style: Style, muted: Collection[str] = ()) -> list[Key]:
    """A key for each class with its count, also where it is empty."""
    counts, colours = class_counts(coloured, muted), fills(coloured, style)
    return [Key(f"{shade.label} {counts[shade.code]}", colours[shade.code]) for shade in coloured.classes]


def counts_in_words(coloured: Colouring, muted: Collection[str] = ()) -> str:
    """“Supportive: 1 country; …”: every class with its count."""
    counts = class_counts(coloured, muted)
    return "; ".join(
        f"{shade.label}: {counted(counts[shade.code], 'country', 'countries')}" for shade in coloured.classes
    )


def hovers(members: pd.DataFrame, coloured: Colouring) -> dict[str, Any]:
    """What a trace tells of each country: its name, class, stance and level each since when, what happened, from whom.

    What happened is told of countries with a position only: a hundred others would double what is sent.
    """
    labels = {shade.code: shade.label for shade in coloured.classes}
    by_stance = coloured.mode == "stance"
    columns = ["class", "stance", "standing", "summary", "source"]
    held = [
        f"{_held('' if by_stance and standing else labels[code], standing)}"
        f"{_told(summary, source) if stance in WITH_POSITION else ''}"
        for code, stance, standing, summary, source in zip(
            *(members[column].tolist() for column in columns), strict=True
        )
    ]
    return {"text": [plain(name) for name in members["name"]], "hovertext": held, "hovertemplate": HOVER}


@functools.lru_cache(maxsize=10_000)  # the same row is told on every day on which it holds
def _told(summary: str, source: str) -> str:
    lines = "<br>".join(wrapped(shorten(summary, TOLD, placeholder=" …"), 56))
    return f"<br>{lines}<br>{plain(source)}"


def _as_colouring(coloured: Colouring | pd.DataFrame) -> Colouring:
    return coloured if isinstance(coloured, Colouring) else of_stances(coloured)


def shade_colour(shade: Shade, style: Style) -> str:
    """The colour of a class in the theme."""
    if style.theme == "dark" and shade.dark:
        return shade.dark
    return shade.colour if style.theme == "light" else style.stance_colour(shade.code, shade.colour)


def map_view(zoom: str, coloured: Colouring, points: pd.DataFrame, style: Style) -> dict[str, Any]:
    """The sea and the projection: the whole world in one that bends its edges, a part as flat as from above it."""
    sea = {"visible": False, "fitbounds": False, "bgcolor": style.palette.sea}
    window = _WINDOWS.get(zoom) or (_around_subject(coloured, points) if ZOOMS[zoom] and zoom != "world" else None)
    if window is None:
        projection: dict[str, Any] = {"type": "natural earth", "rotation": {"lon": SEAM_AWAY}}
        return {**sea, "projection": projection, "lataxis": {"range": _WORLD_LATITUDES}}
    (west, east), (south, north) = window
    middle = {"lon": (west + east) / 2, "lat": (south + north) / 2}
    return {
        **sea,
        "projection": {"type": "azimuthal equal area", "rotation": middle},
        "center": middle,
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
    }


def _around_subject(coloured: Colouring, points: pd.DataFrame) -> Window | None:
    """A window that holds the points of the subject and its neighbours; None where no shape is among them.

    Large neighbours have their points far away, so that it goes no further than `_REACH` from the subject.
    """
    frame = coloured.frame
    near = points.reindex(frame.index[frame["near"].astype(bool)]).dropna(subset=["lon", "lat"])
    if near.empty:
        return None
    subject = near[near.index.isin(frame.index[frame["class"] == "not_applicable"])]
    sides = []
    for axis, reach in zip(("lon", "lat"), _REACH, strict=True):
        middle = float((near if subject.empty else subject)[axis].mean())
        low, high = float(near[axis].min()) - _MARGIN, float(near[axis].max()) + _MARGIN
        if len(near) == 1:
            low, high = middle - reach, middle + reach
        sides.append((max(low, middle - reach), min(high, middle + reach)))
    return sides[0], sides[1]


def _land(ids: list[str], style: Style) -> Trace:
    fill = {"z": [0] * len(ids), "colorscale": [[0, style.palette.land], [1, style.palette.land]]}
    return trace("choropleth", **_outlined(ids, 0.3, style), **fill, hoverinfo="skip")


def _shapes(shown: pd.DataFrame, coloured: Colouring, colours: Mapping[str, str], style: Style) -> Trace:
    """All countries in one trace: the class is a number, and the colour scale has a step for each."""
    classes = list(colours)
    ends = [(step / len(classes), (step + 1) / len(classes)) for step in range(len(classes))]
    scale = [[end, colours[code]] for code, pair in zip(classes, ends, strict=True) for end in pair]
    return trace(
        "choropleth",
        **_outlined(list(shown.index), 0.5, style),
        z=[classes.index(code) for code in shown["class"]],
        zmin=-0.5,
        zmax=len(classes) - 0.5,
        colorscale=scale,
        **hovers(shown, coloured),
    )


def _outlined(ids: list[str], width: float, style: Style) -> dict[str, Any]:
    line = {"width": width, "color": style.palette.outline}
    return {"geojson": style.shapes, "locations": ids, "showscale": False, "marker": {"line": line}}


def _markers(members: pd.DataFrame, coloured: Colouring, colours: Mapping[str, str], outline: str) -> Trace:
    return trace(
        "scattergeo",
        lon=members["lon"],
        lat=members["lat"],
        customdata=list(members.index),
        **hovers(members, coloured),
        mode="markers",
        marker={
            "size": 8,
            "color": [colours[code] for code in members["class"]],
            "line": {"width": 0.8, "color": outline},
        },
        showlegend=False,
    )


def _held(label: str, standing: str) -> str:
    """The class, where it says more than the standing, and each fact of that on a line of its own."""
    return "<br>".join(part for part in (label, *standing.split("; ")) if part)
