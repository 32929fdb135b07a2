"""Every country as a square of the same size, about where it lies: the world in which small states count as much."""

from collections.abc import Collection
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.stance_map import counts_in_words, fills, hovers, legend_keys
from components.figures.theme import SMALL_SIZE, Frame, Style, Trace, framed, trace
from components.summaries.colouring import Colouring, unmuted

SIDE = 0.92  # of a cell; the rest is the gap between squares
NAME_SIDE = 1.2  # of a cell, for names: Plotly keeps three pixels free around a text inside a bar
DARK_INK, LIGHT_INK = "#101418", "#FFFFFF"


def draw_tile_map(
    coloured: Colouring, points: pd.DataFrame, words: Frame, style: Style, *, muted: Collection[str] = ()
) -> go.Figure:
    """The tile map of a colouring; it fills the height that it is given.

    `points` has a row for each shape, indexed by its id: `column` and `row` of its square from the upper left corner,
    blank where it has none. The id stands in the square where there is room for it at a size that can be read.
    `muted` are actor_ids drawn as land that says nothing and left out of the counts. Clicking a square gives its
    actor_id as `customdata`.
    """
    placed = points.dropna(subset=["column", "row"])
    shown = unmuted(coloured, muted).join(placed, how="inner")
    rest = placed.loc[placed.index.difference(shown.index)]
    colours = fills(coloured, style)
    squares = [colours[code] for code in shown["class"]]
    traces = [
        trace("bar", **_squares(rest, style.palette.land, style.palette.rule), hoverinfo="skip"),
        trace(
            "bar",
            **_squares(shown, squares, style.palette.outline),
            customdata=list(shown.index),
            **hovers(shown, coloured),
            textposition="none",
        ),
        _names(shown, squares),
    ]
    legend = legend_keys(coloured, style, muted)
    return framed(traces, _layout(placed), words, style, legend=legend, aside="column" if style.wide else "")


def tile_map_alt(coloured: Colouring, words: Frame, *, muted: Collection[str] = ()) -> str:
    """What the tile map shows, in words."""
    return f"Tile map, one square for each country. {words.title}. {counts_in_words(coloured, muted)}."


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read better on a colour written as #RRGGBB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return DARK_INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else LIGHT_INK


def _squares(members: pd.DataFrame, colour: str | list[str], outline: str) -> dict[str, Any]:
    """Bars of one height: unlike markers they grow with the picture, and unlike a heatmap they can be clicked."""
    return {**_placed(members, SIDE), "marker": {"color": colour, "line": {"width": 0.5, "color": outline}}}


def _names(members: pd.DataFrame, squares: list[str]) -> Trace:
    """The names alone, in bars that nobody sees and that let the mouse through."""
    return trace(
        "bar",
        **_placed(members, NAME_SIDE),
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        text=list(members.index),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": SMALL_SIZE, "color": [ink_on(colour) for colour in squares]},
        unselected={"marker": {"opacity": 1}},  # a click fades the squares it did not pick, and not their names
        hoverinfo="skip",
    )


def _placed(members: pd.DataFrame, side: float) -> dict[str, Any]:
    return {
        "x": members["column"],
        "y": [side] * len(members),
        "base": members["row"] - side / 2,
        "width": side,
    }


def _layout(placed: pd.DataFrame) -> dict[str, Any]:
    """Cells are square at every size, as many as the tiles need, from the top."""
    columns, rows = (placed[axis].max() + 1 if len(placed) else 1 for axis in ("column", "row"))
    common = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return {
        "barmode": "overlay",
        "bargap": 0,
        # Names in squares too small for them are left out, not shrunk.
        "uniformtext": {"mode": "hide", "minsize": SMALL_SIZE},
        "xaxis": {**common, "range": [-0.5, columns - 0.5], "constraintoward": "center"},
        "yaxis": {
            **common,
            "range": [rows - 0.5, -0.5],
            "scaleanchor": "x",
            "scaleratio": 1,
            "constraintoward": "top",
        },
    }
