"""The world in stance colours, small states as markers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.theme import Frame, Key, Style, framed, plain
from components.phrasing import counted
from components.summaries.stances import CLASSES, class_counts

# Latitudes that hold every country; the rest is ice and sea.
HOVER = "%{text}<br><i>Click for the evidence</i><extra></extra>"
SOUTH, NORTH = -57.0, 84.0
SEAM_AWAY = 11  # degrees; the map is cut in the Bering Strait and not through Russia


def draw_stance_map(frame: pd.DataFrame, points: pd.DataFrame, words: Frame, style: Style) -> go.Figure:
    """The map of a map frame (see `summaries.stances`).

    `points` has a row for each shape, indexed by its id: `lon` and `lat` in degrees, and whether it is `small`.
    Clicking a country gives its actor_id as `location`, clicking a marker as `customdata`.
    """
    palette = style.palette
    colours = {term.code: style.stance_colour(term.code, term.colour) for term in CLASSES}
    counts = class_counts(frame).set_index("code")["count"]
    small = frame.join(points)
    figure = go.Figure(
        [
            _land(list(points.index.difference(frame.index)), style),
            _shapes(frame, colours, style),
            _markers(small[small["small"].astype(bool)], colours, palette.outline),
        ]
    )
    figure.update_geos(
        visible=False,
        fitbounds=False,
        projection={"type": "natural earth", "rotation": {"lon": SEAM_AWAY}},
        lataxis={"range": [SOUTH, NORTH]},
        bgcolor=palette.sea,
    )
    legend = [Key(f"{term.label} {counts[term.code]}", colours[term.code]) for term in CLASSES]
    return framed(figure, words, style, legend=legend)


def stance_map_alt(frame: pd.DataFrame, words: Frame) -> str:
    """What the map shows, in words, for those who cannot see it."""
    counts = class_counts(frame)
    listed = "; ".join(
        f"{label}: {counted(count, 'country', 'countries')}"
        for label, count in zip(counts["label"], counts["count"], strict=True)
    )
    return f"World map. {words.title}. {listed}."


def _land(ids: list[str], style: Style) -> go.Choropleth:
    fill = {"z": [0] * len(ids), "colorscale": [[0, style.palette.land], [1, style.palette.land]]}
    return go.Choropleth(**_outlined(ids, 0.3, style), **fill, hoverinfo="skip")


def _shapes(frame: pd.DataFrame, colours: Mapping[str, str], style: Style) -> go.Choropleth:
    """All countries in one trace: the class is a number, and the colour scale has a step for each."""
    classes = list(colours)
    ends = [(step / len(classes), (step + 1) / len(classes)) for step in range(len(classes))]
    scale = [[end, colours[code]] for code, pair in zip(classes, ends, strict=True) for end in pair]
    return go.Choropleth(
        **_outlined(list(frame.index), 0.5, style),
        z=[classes.index(code) for code in frame["stance"]],
        zmin=-0.5,
        zmax=len(classes) - 0.5,
        colorscale=scale,
        text=_hover(frame),
        hovertemplate=HOVER,
    )


def _outlined(ids: list[str], width: float, style: Style) -> dict[str, Any]:
    line = {"width": width, "color": style.palette.outline}
    return {"geojson": style.shapes, "locations": ids, "showscale": False, "marker": {"line": line}}


def _markers(members: pd.DataFrame, colours: Mapping[str, str], outline: str) -> go.Scattergeo:
    fill = [colours[code] for code in members["stance"]]
    return go.Scattergeo(
        lon=members["lon"],
        lat=members["lat"],
        customdata=list(members.index),
        text=_hover(members),
        hovertemplate=HOVER,
        mode="markers",
        marker={"size": 8, "color": fill, "line": {"width": 0.8, "color": outline}},
        showlegend=False,
    )


def _hover(members: pd.DataFrame) -> list[str]:
    labels = {term.code: term.label for term in CLASSES}
    return [
        f"<b>{plain(name)}</b><br>{labels[stance]}{_held(level, since)}"
        for name, stance, level, since in members[["name", "stance", "level", "since"]].itertuples(index=False)
    ]


def _held(level: str, since: str) -> str:
    return f" · {level}<br>since {since}" if level else ""
