"""What the charts of money share: rows measured in pixels, their axis, and labels above bars."""

from dataclasses import replace
from typing import Any

import pandas as pd

from components.figures.theme import SMALL_LINE, SMALL_SIZE, TEXT_LINE, TEXT_SIZE, Style, plain, wrapped
from components.summaries.units import Unit

AXIS_ROOM = 34  # pixels below the picture, for the numbers of its axis
TIGHT_ROW, TIGHT_SMALL = 36, 18  # pixels of a row in a shape, and from its top to its second line
NAME_CHARACTER, BOLD_CHARACTER = 5.8, 7.0  # pixels of a character left of the bars: small, and of a name
NAMES = 0.5  # of the width of a shape, for the words left of the bars


def bar_label(name: str, note: str, style: Style) -> str:
    """A bold name and as much of a note as one line holds."""
    room = room_beside(name, style)
    cut = note if len(note) <= room else note[: max(room - 1, 0)].rstrip() + "…" if room > 8 else ""
    return f"<b>{plain(name)}</b>" + (f"  {plain(cut)}" if cut else "")


def room_beside(name: str, style: Style) -> int:
    """How many characters one line holds right of a bold name."""
    return round(style.characters * SMALL_SIZE / TEXT_SIZE) - len(name) - 2


def label(text: str, y: float, style: Style) -> dict[str, Any]:
    """Text whose upper edge is `y` pixels below the top; `text` is escaped already."""
    return _placed(text, y, TEXT_SIZE, style.palette.ink, style)


def small_print(text: str, y: float, style: Style, most: int) -> list[dict[str, Any]]:
    """Text in small lines of their own, at the most so many, the first `y` pixels below the top."""
    lines = wrapped(text, style.characters)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: style.characters - 1].rstrip() + "…"]
    return [_placed(line, y + SMALL_LINE * at, SMALL_SIZE, style.palette.quiet, style) for at, line in enumerate(lines)]


def tight_label(name: str, figure: str, note: str, y: float, style: Style) -> list[dict[str, Any]]:
    """Two lines left of a bar, the first `y` pixels below the top: a bold name and a figure, and a note, all cut."""
    narrow = replace(style, characters=int(style.inside * NAMES / NAME_CHARACTER))
    room = int(style.inside * NAMES / BOLD_CHARACTER) - len(figure)
    bold = plain(name if len(name) <= room else name[: max(room - 1, 1)].rstrip() + "…") + plain(figure)
    return [label(f"<b>{bold}</b>", y, style), *small_print(note, y + TIGHT_SMALL, narrow, 1)]


def heading(text: str, y: float, style: Style) -> dict[str, Any]:
    """The heading of a group of rows; `text` is plain."""
    return _placed(f"<b>{plain(text)}</b>", y, TEXT_SIZE + 1, style.palette.ink, style)


def bars_layout(height: float, largest: float, unit: Unit, style: Style) -> dict[str, Any]:
    """A layout with an axis from zero to the largest amount, and rows that count pixels from the top."""
    palette = style.palette
    top = largest / unit.divisor if pd.notna(largest) and largest > 0 else 1.0
    return {
        "xaxis": {
            "range": [0, top * 1.04],
            "domain": [NAMES + 0.01 if style.shaped else 0, 1],
            "tickprefix": unit.prefix,
            "ticksuffix": unit.suffix,
            "exponentformat": "none",
            "gridcolor": palette.rule,
            "zeroline": True,
            "zerolinecolor": palette.quiet,
            "fixedrange": True,
            "nticks": 6,
        },
        "yaxis": {"range": [max(height, TEXT_LINE), 0], "visible": False, "fixedrange": True},
        "barmode": "overlay",
        "bargap": 0,
        "margin": {"l": 4, "r": 24, "t": 0, "b": AXIS_ROOM},
    }


def greys(style: Style) -> tuple[str, str, str]:
    """The greys of money from the strongest to the faintest, on the paper of the theme."""
    light, middle, dark = style.palette.greys
    return dark, middle, light


def _placed(text: str, y: float, size: int, colour: str, style: Style) -> dict[str, Any]:
    """Text on a ground of paper, so that no line of the grid runs through it."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "yref": "y",
        "yanchor": "top",
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "bgcolor": style.palette.paper,
        "text": text,
        "font": {"size": size, "color": colour},
    }
