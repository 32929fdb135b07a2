"""Every country as a square of the same size, about where it lies: the world in which small states count as much."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import plotly.graph_objects as go

from components.figures.classes import Classes
from components.figures.theme import LAND, OUTLINE, RULE, SMALL_SIZE, Look, Trace, drawing, ink_on, still, trace
from components.figures.timeline import plain_axis
from components.record.shapes import load_points
from components.summaries.colouring import unmuted

SIDE = 0.92  # of a cell; the rest is the gap between squares
NAME_SIDE = 1.2  # of a cell, for names: Plotly keeps three px free around a text inside a bar


@dataclass(frozen=True)
class TileMap(Classes):
    """The tiles. The id stands in a square where there is room for it at a size that can be read."""

    name: ClassVar[str] = "tiles"
    label: ClassVar[str] = "Tiles"
    place: ClassVar[tuple[str, dict[str, str]]] = ("map", {"shape": "tiles"})
    heights: ClassVar[tuple[int, int]] = (480, 250)
    grows: ClassVar[bool] = True
    leaves: ClassVar[bool] = False  # their names would be too small

    def alt(self) -> str:
        """What the tiles show."""
        return f"Tile map, one square for each country. {self.counts_in_words()}."

    def notes(self) -> list[str]:
        """Who is counted and has no square."""
        return self.not_drawn(_places().index)

    def draw(self, look: Look) -> go.Figure:
        """Squares that say nothing, those of the countries shown, and their names."""
        places = _places()
        shown = unmuted(self.coloured, self.muted).join(places, how="inner")
        rest = places.loc[places.index.difference(shown.index)]
        fills = self.fills(look)
        colours = [fills[code] for code in shown["class"]]
        squares = {**_bars(shown, SIDE), "marker": _filled(colours, look.of(OUTLINE)), **self.hovers(shown)}
        traces = [
            trace("bar", **_bars(rest, SIDE), marker=_filled(look.of(LAND), look.of(RULE)), hoverinfo="skip"),
            trace("bar", **squares, customdata=list(shown.index), textposition="none"),
        ]
        inks = shown["class"].map(lambda code: ink_on(fills[code]))
        names = [_names(shown[inks == ink], ink) for ink in sorted(set(inks))]
        return drawing([*traces, *names], _layout(places), look)


def _places() -> pd.DataFrame:
    """The `column` and `row` of each square, from the upper left corner, by the id of its country."""
    return load_points().dropna(subset=["column", "row"])


def _bars(members: pd.DataFrame, side: float) -> dict[str, Any]:
    """Bars of one height: unlike markers they grow with the picture, and unlike a heatmap they can be clicked."""
    return {
        "x": members["column"],
        "y": [side] * len(members),
        "base": members["row"] - side / 2,
        "width": side,
    }


def _filled(colour: str | list[str], outline: str) -> dict[str, Any]:
    return {"color": colour, "line": {"width": 0.5, "color": outline}}


def _names(members: pd.DataFrame, ink: str) -> Trace:
    """The names alone, in bars that nobody sees and that let the mouse through."""
    return trace(
        "bar",
        **still(ink),
        **_bars(members, NAME_SIDE),
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        text=list(members.index),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": SMALL_SIZE, "color": ink},
        hoverinfo="skip",
    )


def _layout(places: pd.DataFrame) -> dict[str, Any]:
    """Cells are square at every size, as many as the tiles need, from the top."""
    columns, rows = (places[axis].max() + 1 if len(places) else 1 for axis in ("column", "row"))
    common = {**plain_axis(), "visible": False, "constrain": "domain"}
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
