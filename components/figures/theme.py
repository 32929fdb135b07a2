"""The look of every figure: palettes, type, and the frame of title, question and footer around each picture.

Page and export call the same functions, so that they cannot differ.
"""

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go
import plotly.io

plotly.io.templates.default = None  # all of the look is here; the library's own would only add bytes

FONT_FAMILY = "Source Sans, sans-serif"
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 17, 14, 12
TITLE_LINE, TEXT_LINE, SMALL_LINE, LEGEND_LINE = 23, 19, 17, 24  # pixels from one line to the next
CHARACTER = 6.0  # pixels that a character of small text takes at the most, on average
MEASURED = 5.5  # pixels that it takes where the font is known, and lines may be as long as a shape is wide
SWATCH = 14
EDGE = 12
STRETCH = 1.5  # times its own height that a picture is drawn to fill a shape; the rest stays empty
COLUMN_GAP = 16  # pixels between a legend in a column and the picture
WIDE = 1.3  # times as wide as high: from there on a shape has more room beside a picture than above it


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that are not a stance's: they differ between the light and the dark theme."""

    paper: str
    ink: str
    quiet: str
    rule: str
    land: str
    sea: str
    outline: str
    accent: str
    greys: tuple[str, str, str]


PALETTES: dict[str, Palette] = {
    "light": Palette(
        paper="#FFFFFF",
        ink="#1B1F24",
        quiet="#5A6169",
        rule="#D9DCE0",
        land="#F7F7F5",
        sea="#EAEFF3",
        outline="#4A4F55",
        accent="#8A4B08",
        greys=("#C9CDD2", "#8A9097", "#3C4248"),
    ),
    "dark": Palette(
        paper="#14171A",
        ink="#ECEDEE",
        quiet="#A6ADB4",
        rule="#343A40",
        land="#20242A",
        sea="#1B2127",
        outline="#0B0D0F",
        accent="#E0A458",
        greys=("#4A5158", "#868D95", "#D5D8DB"),
    ),
}

# Stance colours keep their hue in the dark theme and gain the lightness that a dark ground takes away.
DARK_STANCES = {
    "supportive": "#5B9BD5",
    "engaging": "#DDAA33",
    "opposed": "#D0707E",
    "none": "#7E878F",
    "not_coded": "#3A4047",
    "not_applicable": "#D5D8DB",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a figure is to be drawn.

    `characters` is the longest line of the frame: short where the width is not known. `edge` is the empty space
    left and right of everything, in pixels. `shapes` is the GeoJSON of the world, or where a browser finds it.
    `width` and `height` are those of the whole figure where it has to fill a shape, else 0; `room` is what of that
    height its frame leaves for the picture, 0 until that is known.
    """

    theme: Literal["light", "dark"] = "light"
    characters: int = 58
    edge: int = 2
    shapes: str | dict[str, Any] = "app/static/world.geojson"
    width: int = 0
    height: int = 0
    room: int = 0

    @property
    def shaped(self) -> bool:
        """Whether the figure has to fill a shape, and not to be as high as its picture needs."""
        return self.height > 0

    @property
    def inside(self) -> float:
        """The width between the edges, in pixels; what is safe to count on where it is not known."""
        return self.width - 2 * self.edge if self.shaped else self.characters * CHARACTER

    @property
    def wide(self) -> bool:
        """Whether it has to fill a shape that is much wider than high."""
        return self.shaped and self.width > WIDE * self.height

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return PALETTES[self.theme]

    def stance_colour(self, code: str, colour: str) -> str:
        """The colour of a stance class in this theme."""
        return DARK_STANCES[code] if self.theme == "dark" else colour


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around a picture: it travels alone, so they stand inside it."""

    title: str
    question: str
    footer: tuple[str, ...]


Trace = dict[str, Any]
Pieces = list[tuple[Any, str]]  # data of a chart cut to what a shape has room for, each with a line on what is left out


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a square of `size` pixels and its words; `line` is the colour of an own outline."""

    text: str
    fill: str
    line: str = ""
    line_width: float = 1
    size: int = SWATCH


def plain(text: str) -> str:
    """Text of the record as Plotly may draw it: its own markup cannot be reached."""
    return html.escape(text, quote=False)


def wrapped(text: str, characters: int) -> list[str]:
    """Lines of text for Plotly, each escaped."""
    return [plain(line) for line in textwrap.wrap(text, characters)]


def trace(kind: str, **properties: Any) -> Trace:
    """A trace as its figure takes it, which checks it: the library's own objects would be checked twice."""
    return {"type": kind, **properties}


def framed(  # noqa: PLR0913
    traces: Sequence[Trace],
    layout: dict[str, Any],
    frame: Frame,
    style: Style,
    *,
    legend: Sequence[Key] = (),
    labels: Sequence[dict[str, Any]] = (),
    height: int = 0,
    aside: Literal["", "column", "corner"] = "",
    frames: Sequence[dict[str, Any]] = (),
) -> go.Figure:
    """A figure with title, question and legend above and the footer below it, in the type and colours of the theme.

    `layout` is its own: its margins count from the picture; `labels` are its annotations; `height` is the picture's, 0
    where it fills what it is given. The legend is above the picture or, with `aside`, a column left of it, or one in
    its left margin. `frames` are those of a film.
    """
    palette = style.palette
    title = wrapped(frame.title, round(style.characters * SMALL_SIZE / TITLE_SIZE))
    question = wrapped(frame.question, round(style.characters * SMALL_SIZE / TEXT_SIZE))
    footer = [line for text in frame.footer for line in wrapped(text, style.characters)]
    rows = _legend_rows(legend, style, one_each=bool(aside))
    left, right, above, below = (layout.get("margin", {}).get(side, 0) for side in "lrtb")
    if aside:
        column = round(max((_key_width(key, style) for key in legend), default=0)) + COLUMN_GAP
        left = left + column if aside == "column" else max(left, column)
    margins = {"l": left + style.edge, "r": right + style.edge}
    question_at = EDGE + TITLE_LINE * len(title)
    legend_at = question_at + TEXT_LINE * len(question) + 10
    top = legend_at + (0 if aside else LEGEND_LINE * len(rows) + (8 if rows else 0)) + above
    below += max(style.room - round(height * STRETCH), 0) if height else 0
    gap = 10 if style.shaped else 6
    bottom = below + SMALL_LINE * len(footer) + EDGE + gap
    heading = "<br>".join(f"<b>{line}</b>" for line in title)
    annotations = [
        *labels,
        _text(heading, -left, top - EDGE, TITLE_SIZE, palette.ink),
        _text("<br>".join(question), -left, top - question_at, TEXT_SIZE, palette.quiet),
        {**_text("<br>".join(footer), -left, -below - gap, SMALL_SIZE, palette.quiet), "y": 0},
    ]
    shapes = []
    for line, row in enumerate(rows):
        for x, key in row:
            y = top - legend_at - LEGEND_LINE * line
            shapes.append(_swatch(key, x - left, y, palette))
            annotations.append(_text(plain(key.text), x - left + SWATCH + 7, y, TEXT_SIZE, palette.ink))
    whole = {
        **layout,
        "font": {"family": FONT_FAMILY, "size": SMALL_SIZE + 1, "color": palette.ink},
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "margin": {**margins, "t": top, "b": bottom, "pad": 0},
        "hoverlabel": {"font": {"family": FONT_FAMILY, "size": 14}, "align": "left", "bgcolor": palette.paper},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "height": style.height if style.room else height + top + bottom if height else None,
        "annotations": annotations,
        "shapes": shapes,
    }
    # Put together at once: the library checks whatever is added or updated later anew.
    return go.Figure({"data": list(traces), "layout": whole, "frames": list(frames)})


def _text(text: str, x: float, y: float, size: int, colour: str) -> dict[str, Any]:
    """Text whose upper left corner lies x and y pixels right of and above the picture's upper left corner."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "top",
        "yshift": y,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": size, "color": colour},
    }


def _key_width(key: Key, style: Style) -> float:
    return SWATCH + 8 + (MEASURED if style.shaped else CHARACTER) * TEXT_SIZE / SMALL_SIZE * len(key.text)


def _legend_rows(legend: Sequence[Key], style: Style, *, one_each: bool) -> list[list[tuple[float, Key]]]:
    """The keys in rows that fit the width, or one in each, with the pixels to the left of every key."""
    rows: list[list[tuple[float, Key]]] = []
    x = 0.0
    for key in legend:
        needed = _key_width(key, style)
        if not rows or one_each or x + needed > style.inside:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key))
        x += needed + 18
    return rows


def _swatch(key: Key, x: float, y: float, palette: Palette) -> dict[str, Any]:
    inset = (SWATCH - key.size) / 2
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 1,
        "x0": x + inset,
        "x1": x + SWATCH - inset,
        "y0": y - 4 - inset,
        "y1": y - 4 - SWATCH + inset,
        "fillcolor": key.fill,
        "line": {"color": key.line or palette.outline, "width": key.line_width},
    }
