"""The world in the colours of a colouring, small states as markers; whole, or one part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import plotly.graph_objects as go

from components.figures.classes import Classes
from components.figures.theme import (
    INK,
    LAND,
    OUTLINE,
    SEA,
    SMALL_SIZE,
    Look,
    Trace,
    drawing,
    ink_on,
    plain,
    still,
    trace,
)
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.shapes import load_points
from components.record.used import used
from components.summaries.colouring import unmuted
from components.summaries.stances import NAMED

CLEAR = "rgba(0,0,0,0)"
WORLD_RATIO = 2.21  # of the width to the height of the world in its projection
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
NEAR = "neighbours"  # the zoom that needs members of their bloc
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
WORLD_LATITUDES = (-56.0, 78.0)  # they hold every country; the rest is ice and sea
_MARGIN = 5.0  # degrees around the points of neighbours
_REACH = (18.0, 11.0)  # degrees of longitude and latitude that this map goes from the subject at the most


def zooms(record: Record) -> dict[str, str]:
    """The parts of the world that a map of the record can show, with their labels."""
    near = record.tracker.neighbours in used(record, "actors", "blocs")
    return {code: label for code, label in ZOOMS.items() if code != NEAR or near}


@dataclass(frozen=True)
class StanceMap(Classes):
    """The map. A click on a country gives its actor_id as `location`, one on a marker as `customdata`."""

    name: ClassVar[str] = "map"
    label: ClassVar[str] = "Map"
    place: ClassVar[tuple[str, dict[str, str]]] = ("map", {})
    heights: ClassVar[tuple[int, int]] = (330, 190)
    grows: ClassVar[bool] = True

    @property
    def has_player(self) -> bool:
        """It does where its colours are stances."""
        return self.coloured.mode == "stance"

    @property
    def inset(self) -> bool:
        """It does where the Pacific is empty there."""
        return self.zoom == "world"

    def alt(self) -> str:
        """What the map shows."""
        kind = "World map" if self.zoom == "world" else f"World map, zoomed to {ZOOMS[self.zoom]}"
        return f"{kind}. {self.counts_in_words()}."

    def notes(self) -> list[str]:
        """Who is counted and has no shape to be drawn."""
        return self.not_drawn(load_points().index)

    def note(self) -> str:
        """Who is not drawn, and whose borders these are."""
        return " ".join([*self.notes(), "Borders: Natural Earth; we take no position on any."])

    def draw(self, look: Look) -> go.Figure:
        """Land that says nothing, the countries, and a marker for each small state."""
        points = load_points()
        shown = _like_by_like(unmuted(self.coloured, self.muted))
        shown = shown[shown.index.isin(points.index)]
        colours = self.fills(look)
        traces = [
            _land(list(points.index.difference(shown.index)), look),
            self._shapes(shown, colours, look),
            self._markers(shown, colours, look),
            *self._names(shown, points, look),
            *self._outline(points, look),
        ]
        return drawing(traces, {"geo": self._view(points, look)}, look, ground=SEA)

    def _shapes(self, shown: pd.DataFrame, colours: Mapping[str, str], look: Look) -> Trace:
        """All countries in one trace: the class is a number, and the colour scale has a step for each."""
        classes = list(colours)
        ends = [(step / len(classes), (step + 1) / len(classes)) for step in range(len(classes))]
        scale = [[end, colours[code]] for code, pair in zip(classes, ends, strict=True) for end in pair]
        return trace(
            "choropleth",
            **_outlined(list(shown.index), 0.5, look),
            z=[classes.index(code) for code in shown["class"]],
            zmin=-0.5,
            zmax=len(classes) - 0.5,
            colorscale=scale,
            **self.hovers(shown),
        )

    def _markers(self, shown: pd.DataFrame, colours: Mapping[str, str], look: Look) -> Trace:
        points = load_points()
        places = points.loc[points["small"].astype(bool), ["lon", "lat"]]
        members = shown[shown.index.isin(places.index)]
        places = places.loc[members.index]
        return trace(
            "scattergeo",
            lon=places["lon"],
            lat=places["lat"],
            customdata=list(members.index),
            **self.hovers(members),
            mode="markers",
            marker={
                "size": 8,
                "color": [colours[code] for code in members["class"]],
                "line": {"width": 0.8, "color": look.of(OUTLINE)},
            },
            showlegend=False,
        )

    def _names(self, shown: pd.DataFrame, points: pd.DataFrame, look: Look) -> list[Trace]:
        """Those that recognise by name, and since when, while they are few."""
        named = shown[shown["class"] == RECOGNITION]
        if not 0 < len(named) <= NAMED:
            return []
        places = points.loc[named.index]
        ink = ink_on(self.fills(look)[RECOGNITION])
        between = " " if look.height else "<br>"  # only a shape is known to have room for both in a line
        words = [
            f"<b>{plain(name)}</b>{between}{since}"
            for name, since in zip(named["name"], named["level_since"], strict=True)
        ]
        return [
            trace(
                "scattergeo",
                **still(ink),
                lon=places["lon"],
                lat=places["lat"],
                customdata=list(named.index),
                mode="text",
                text=words,
                textfont={"size": SMALL_SIZE, "color": ink, "shadow": "auto"},
                hoverinfo="skip",
                showlegend=False,
            )
        ]

    def _outline(self, points: pd.DataFrame, look: Look) -> list[Trace]:
        """A line around each that is picked: on its shape, or around the marker of a small state."""
        found = points.loc[points.index.intersection(list(self.picked))]
        line = {"width": 3, "color": look.of(INK)}
        shapes, small = found[~found["small"].astype(bool)], found[found["small"].astype(bool)]
        rings = {"lon": small["lon"], "lat": small["lat"], "mode": "markers", "hoverinfo": "skip"}
        drawn = []
        if len(shapes):
            clear = {"z": [0] * len(shapes), "colorscale": [[0, CLEAR], [1, CLEAR]], "hoverinfo": "skip"}
            drawn.append(
                trace("choropleth", **{**_outlined(list(shapes.index), 3, look), "marker": {"line": line}}, **clear)
            )
        if len(small):
            drawn.append(trace("scattergeo", **rings, marker={"size": 14, "color": CLEAR, "line": line}))
        return drawn

    def _view(self, points: pd.DataFrame, look: Look) -> dict[str, Any]:
        """The sea and the projection: the whole world in one that bends its edges, a part as flat as from above it."""
        sea = {"visible": False, "fitbounds": False, "bgcolor": look.of(SEA)}
        window = _WINDOWS.get(self.zoom)
        if window is None and ZOOMS[self.zoom] and self.zoom != "world":
            window = _around_subject(self.coloured.frame, points)
        if window is None:
            projection: dict[str, Any] = {"type": "natural earth", "rotation": {"lon": SEAM_AWAY}}
            return {**sea, "projection": projection, "lataxis": {"range": WORLD_LATITUDES}, **_to_the_right(look)}
        (west, east), (south, north) = window
        middle = {"lon": (west + east) / 2, "lat": (south + north) / 2}
        return {
            **sea,
            "projection": {"type": "azimuthal equal area", "rotation": middle},
            "center": middle,
            "lonaxis": {"range": [west, east]},
            "lataxis": {"range": [south, north]},
        }


def _to_the_right(look: Look) -> dict[str, Any]:
    """Where the drawing is wider than the world, this at its right edge: what is left of it is for the legend."""
    if not (look.height and look.width):
        return {}
    return {"domain": {"x": [max(1 - WORLD_RATIO * look.height / look.width, 0), 1]}}


def _like_by_like(shown: pd.DataFrame) -> pd.DataFrame:
    """The countries of a class that tell the same together: so what is sent is packed a tenth smaller."""
    alike = list(zip(shown["class"].tolist(), shown["standing"].tolist(), strict=True))
    return shown.iloc[sorted(range(len(shown)), key=alike.__getitem__)]


def _around_subject(frame: pd.DataFrame, points: pd.DataFrame) -> Window | None:
    """A window that holds the points of the subject and its neighbours; None where no shape is among them.

    Large neighbours have their points far away, so that it goes no further than `_REACH` from the subject.
    """
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


def _land(ids: list[str], look: Look) -> Trace:
    land = look.of(LAND)
    return trace(
        "choropleth",
        **_outlined(ids, 0.3, look),
        z=[0] * len(ids),
        colorscale=[[0, land], [1, land]],
        hoverinfo="skip",
    )


def _outlined(ids: list[str], width: float, look: Look) -> dict[str, Any]:
    line = {"width": width, "color": look.of(OUTLINE)}
    return {"geojson": look.shapes, "locations": ids, "showscale": False, "marker": {"line": line}}
