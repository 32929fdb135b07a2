"""Levers against stances: how many actors of each stance hold each lever, as circles with their number."""

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.matrix import heading
from components.figures.theme import SMALL_SIZE, TEXT_SIZE, Frame, Pieces, Style, Trace, framed, plain, trace, wrapped
from components.figures.tile_map import ink_on
from components.record.vocabulary import LEVER_FAMILIES, LEVERS, Term
from components.record.wording import enumerated, money
from components.summaries.crosstab import COLUMNS
from components.summaries.currency import DOLLARS

ROW, MONEY_ROW = 34, 54  # sums stand below their circles
LEFT = 142
HEADER = 3  # rows that the names of the stances take, which stand upright
NAME_CHARACTERS = 18  # of a stance's name in one line
LARGEST, MONEY_LARGEST = 30, 26  # pixels across, for the largest number of a picture
ROOM_FOR_NUMBER = 19  # pixels across; in smaller circles the number stands beside
TIGHT_ROW, TIGHT_LARGEST, TIGHT_LINE = 24, 22, 16  # pixels, in a shape, whose header lies
TIGHT_CHARACTER = 6.4  # pixels of a character of the header
MOST_NAMES = 12
HOVER_CHARACTERS = 48


@dataclass(frozen=True, slots=True)
class Crosstab:
    """`cells` as from `summaries.crosstab` and the name of each actor_id; where `amounts` are given, in `currency`."""

    cells: pd.DataFrame
    names: Mapping[str, str]
    amounts: pd.DataFrame | None = None
    currency: str = DOLLARS

    @property
    def sizes(self) -> pd.DataFrame:
        """What the area of each circle is."""
        return (self.cells.map(len) if self.amounts is None else self.amounts).astype(float)

    def text(self, size: float) -> str:
        """Such a size in words."""
        return f"{size:.0f}" if self.amounts is None else money(size, currency=self.currency)


def draw_crosstab(data: Crosstab, words: Frame, style: Style) -> go.Figure:
    """The cross-tab, levers under their families.

    The area of a circle is the number of actors or, where amounts are given, their money. A click gives lever and
    stance as `customdata`, with a colon between.
    """
    frame, amounts = data.cells, data.amounts
    lines = _lines(frame, style)
    levers = [y for y, line in lines.items() if line in frame.index]
    families = [y for y, line in lines.items() if line in LEVER_FAMILIES]
    bottom = _header_rows(style) + len(lines)
    traces = [
        _rules(levers, style.palette.rule, 0.5),
        _rules(families, style.palette.quiet, 1.2),
        *(_circles(data, lines, x, term, style) for x, term in enumerate(COLUMNS)),
    ]
    axis: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}
    layout = {
        "xaxis": {**axis, "range": [-0.5, len(COLUMNS) - 0.5], "showticklabels": False},
        "yaxis": {
            **axis,
            "range": [bottom - 0.5, -0.5],
            "tickvals": levers,
            "ticktext": [LEVERS[lines[y]].label for y in levers],
        },
        "margin": {"l": LEFT, "r": 4, "t": 0, "b": 0},
    }
    labels = [_header(x, style) for x in range(len(COLUMNS))]
    labels += [heading(y, f"<b>{plain(LEVER_FAMILIES[lines[y]].label)}</b>", LEFT, style) for y in families]
    row = TIGHT_ROW if style.shaped else ROW if amounts is None else MONEY_ROW
    return framed(traces, layout, words, style, labels=labels, height=max(bottom, _header_rows(style) + 1) * row)


def crosstab_pieces(data: Crosstab, room: int, style: Style) -> Pieces:
    """The levers that most actors hold, as many as there is room for."""
    kept = _most(data.cells.map(len).sum(axis=1), room, style)
    return [(replace(data, cells=data.cells.loc[kept]), _left_out(kept, data.cells, "held by most actors"))]


def bubbles_pieces(data: Crosstab, room: int, style: Style) -> Pieces:
    """The levers of the largest circles, as many as there is room for."""
    kept = _most(data.sizes.max(axis=1), room, style)
    piece = replace(data, cells=data.cells.loc[kept], amounts=data.sizes.loc[kept])
    return [(piece, _left_out(kept, data.cells, "with the largest sums"))]


def _most(sizes: pd.Series, room: int, style: Style) -> list[str]:
    """The rows that fit under a header: all of them in their order, or the largest, the largest first."""
    places = max(room // TIGHT_ROW - _header_rows(style), 1)
    if len(sizes) <= places:
        return list(sizes.index)
    return list(sizes.sort_values(ascending=False, kind="stable").index[:places])


def _left_out(kept: list[str], frame: pd.DataFrame, which: str) -> str:
    return f"Shown: the {len(kept)} of {len(frame)} levers {which}" if len(kept) < len(frame) else ""


def _column(style: Style) -> float:
    """The width of a column in a shape."""
    return (style.width - 2 * style.edge - LEFT - 4) / len(COLUMNS)


def _names(style: Style) -> list[list[str]]:
    """The lines of the names of the stances above their columns."""
    characters = int(_column(style) / TIGHT_CHARACTER) if style.shaped else NAME_CHARACTERS
    return [textwrap.wrap(f"{term.symbol} {term.label}", characters) for term in COLUMNS]


def _header_rows(style: Style) -> int:
    """How many rows the names of the stances take."""
    if not style.shaped:
        return HEADER
    return math.ceil((max(map(len, _names(style))) * TIGHT_LINE + 6) / TIGHT_ROW)


def crosstab_alt(data: Crosstab, words: Frame) -> str:
    """What the cross-tab shows, in words."""
    rows = []
    for lever, cells in data.sizes.iterrows():
        counts = [f"{data.text(cells[term.code])} {term.label.lower()}" for term in COLUMNS if cells[term.code] > 0]
        rows.append(f"{LEVERS[str(lever)].label}: {', '.join(counts) or 'nobody'}")
    return f"Table of levers by stance of those who hold them. {words.title}. {'; '.join(rows) or 'No lever is held'}."


def _lines(frame: pd.DataFrame, style: Style) -> dict[int, str]:
    """What stands on each row below the header: codes of levers in use, and before those of a family its code.

    A shape has no room for families.
    """
    header = _header_rows(style)
    if style.shaped:
        return dict(enumerate(map(str, frame.index), start=header))
    lines: list[str] = []
    for family in LEVER_FAMILIES:
        members = [str(code) for code in frame.index if LEVERS[str(code)].group == family]
        lines += [family, *members] if members else []
    return dict(enumerate(lines, start=header))


def _circles(data: Crosstab, lines: dict[int, str], x: int, term: Term, style: Style) -> Trace:
    """One stance's column."""
    frame, amounts, sizes = data.cells, data.amounts, data.sizes
    most = max(float(sizes.max().max()), 1.0) if sizes.size else 1.0
    cells = {y: line for y, line in lines.items() if line in frame.index and sizes.at[line, term.code] > 0}
    values = [float(sizes.at[line, term.code]) for line in cells.values()]
    widest = TIGHT_LARGEST if style.shaped else LARGEST if amounts is None else MONEY_LARGEST
    across = [widest * (value / most) ** 0.5 for value in values]
    texts = [data.text(value) for value in values]
    inside = [size >= ROOM_FOR_NUMBER and amounts is None for size in across]
    under = amounts is not None and not style.shaped
    beside = "bottom center" if under else "middle right"
    placed = ["middle center" if within else beside for within in inside]
    colour = style.stance_colour(term.code, term.colour)
    return trace(
        "scatter",
        x=[x] * len(cells),
        y=list(cells),
        mode="markers+text",
        cliponaxis=False,
        marker={"size": across, "color": colour, "opacity": 1, "line": {"width": 0.8, "color": style.palette.outline}},
        text=[text if within or under else f" {text}" for text, within in zip(texts, inside, strict=True)],
        textposition=placed,
        textfont={
            "size": TEXT_SIZE if amounts is None and not style.shaped else SMALL_SIZE,
            "color": [ink_on(colour) if within else style.palette.ink for within in inside],
        },
        customdata=[f"{line}:{term.code}" for line in cells.values()],
        hovertext=[
            _hover(LEVERS[line], term, [data.names[actor_id] for actor_id in frame.at[line, term.code]], text)
            for line, text in zip(cells.values(), texts, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(lever: Term, stance: Term, names: list[str], size: str) -> str:
    listed = "<br>".join(wrapped(enumerated(names, MOST_NAMES), HOVER_CHARACTERS))
    return f"<b>{lever.label}</b> · {stance.label} · {size}<br>{listed}"


def _rules(ys: list[int], colour: str, width: float) -> Trace:
    """A line under each of these rows, all in one trace."""
    return trace(
        "scatter",
        x=[x for _ in ys for x in (-0.5, len(COLUMNS) - 0.5, None)],
        y=[end for y in ys for end in (y + 0.5, y + 0.5, None)],
        mode="lines",
        line={"width": width, "color": colour},
        hoverinfo="skip",
    )


def _header(x: int, style: Style) -> dict[str, Any]:
    """A stance's name above its column, upright but in a shape, because five of them stand side by side on a phone."""
    return {
        "text": "<br>".join(_names(style)[x]),
        "x": x,
        "y": _header_rows(style) - 0.6,
        "textangle": 0 if style.shaped else -90,
        "xanchor": "center",
        "yanchor": "bottom",
        "align": "center" if style.shaped else "left",
        "showarrow": False,
        "font": {"size": SMALL_SIZE + 1, "color": style.palette.ink},
    }
