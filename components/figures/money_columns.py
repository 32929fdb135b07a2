"""Bars of money with their words on one line with them, in columns on one scale: for a room that is wide enough.

Belongs here: where names, bars and amounts lie. Does not belong here: what is drawn (the figures), and words above
their bars, for a narrow room (money_bars).
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go

from components.figures.money_bars import AXIS, BarRow, MoneyBars, Placed, money_axis
from components.figures.theme import (
    INK,
    PAPER,
    QUIET,
    SMALL_LINE,
    SMALL_SIZE,
    TEXT_SIZE,
    Look,
    Trace,
    drawing,
    label,
    plain,
)
from components.figures.timeline import plain_axis

ROOMY = 880  # px of width from which on words stand beside their bars
ROW, AROUND, ABOVE = 26, 8, 6  # px of a row at the least, around words of several lines, and above a heading
BAR, END = 14, 11  # px of a bar, and from its end to its amount
SIZE = SMALL_SIZE + 1
MOST_STRETCHED = 1.5  # times as high as its rows need
WORDS = 130  # px at the least from the end of the longest bar of a column to the end of the column
BEYOND = 1.03  # of the largest sum, to which an axis reaches


@dataclass(frozen=True, slots=True)
class Column:
    """Rows one below the other, and where their names and bars begin and their words end, in shares of the width."""

    rows: Sequence[BarRow]
    left: float
    bars: float
    right: float


@dataclass(frozen=True, slots=True)
class _Room:
    """The look, the share of its width that the bars of a column have, and the largest sum, NaN where none is known."""

    look: Look
    span: float
    largest: float

    def px(self, size: float) -> float:
        """How long a bar is."""
        return size / (self.largest * BEYOND) * self.span * self.look.width if self.largest > 0 <= size else 0.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A placed row, whose lines are those of its name, and the lines of its amount."""

    placed: Placed
    amount: list[str]

    def stretched(self, factor: float) -> "_Line":
        """The same, so many times as far down."""
        at = self.placed
        moved = replace(at, top=at.top * factor, middle=at.middle * factor, bottom=at.bottom * factor)
        return replace(self, placed=moved)


def in_columns(figure: MoneyBars, columns: Sequence[Column], span: float, look: Look) -> go.Figure | None:
    """The drawing, or None where the look is not wide or high enough for it."""
    if look.width < ROOMY:
        return None
    look = replace(look, width=ROOMY)  # in all wider rooms lines of words end where they do in this one
    known = [row.size for column in columns for row in column.rows if row.size >= 0]
    largest = max(known, default=math.nan)
    room = _Room(look, min(span, *(_longest(column, largest, look) for column in columns)), largest)
    placed = [_placed(column, room) for column in columns]
    needed = max((lines[-1].placed.bottom for lines in placed if lines), default=ROW)
    if look.height and needed > look.height - AXIS:
        return None
    factor = min((look.height - AXIS) / needed, MOST_STRETCHED) if look.height else 1.0
    bottom = needed * factor
    layout: dict[str, Any] = {
        "yaxis": {**plain_axis(), "range": [bottom, 0], "visible": False},
        "barmode": "overlay",
        "bargap": 0,
        "margin": {"l": 1, "b": max(AXIS, look.height - round(bottom))},
    }
    traces, labels = list[Trace](), list[dict[str, Any]]()
    for number, (column, lines) in enumerate(zip(columns, placed, strict=True), start=1):
        axis = "" if number == 1 else str(number)
        stretched = [line.stretched(factor) for line in lines]
        bars = figure.bars([line.placed for line in stretched if line.placed.row.size >= 0], BAR, look)
        traces += [{**each, "xaxis": f"x{axis}", "yaxis": "y"} for each in bars]
        labels += [words for line in stretched for words in _words(line, column, f"x{axis}", look)]
        layout[f"xaxis{axis}"] = _axis(figure, column, room)
    return drawing(traces, layout, look, labels=labels, height=round(bottom) + AXIS)


def _longest(column: Column, largest: float, look: Look) -> float:
    """The share of the width that the largest sum of all may have, so that words have room in this column."""
    own = max((row.size for row in column.rows if row.size >= 0), default=math.nan)
    share = own / largest if largest > 0 <= own else 0.0
    return (column.right - column.bars - WORDS / look.width) / share if share > 0 else 1.0


def _axis(figure: MoneyBars, column: Column, room: _Room) -> dict[str, Any]:
    """The axis of a column, which has the length of all others and reaches as far."""
    end = room.largest * BEYOND if room.largest > 0 else 1
    return {
        **money_axis(room.largest, room.look, figure.unit.tick, figure.unit.one),
        "range": [0, end],
        "domain": [column.bars, column.bars + room.span],
        "anchor": "y",
        "zeroline": room.largest >= 0,
        "zerolinecolor": room.look.of(QUIET),
    }


def _placed(column: Column, room: _Room) -> list[_Line]:
    """The rows one below the other, each as high as its words or its bar."""
    lines = list[_Line]()
    look, width = room.look, room.look.width
    for row in column.rows:
        above = lines[-1].placed.bottom if lines else 0.0
        names_px = (column.bars - column.left) * width - END / 2
        if row.kind == "bars":
            ends = column.bars * width + room.px(row.size) + END
            names, amount = _wrapped(row.name, names_px, look), _wrapped(row.amount, column.right * width - ends, look)
            height = max(ROW, SMALL_LINE * max(len(names), len(amount)) + AROUND)
        else:
            above += ABOVE if row.kind == "heading" and lines else 0
            size = TEXT_SIZE if row.kind == "heading" else SMALL_SIZE
            names, amount = _wrapped(row.name, (column.right - column.left) * width, look, size), []
            height = SMALL_LINE * len(names) + AROUND
        lines.append(_Line(Placed(row, names, above, above + height / 2, above + height), amount))
    return lines


def _wrapped(text: str, px: float, look: Look, size: int = SIZE) -> list[str]:
    return textwrap.wrap(text, look.characters(max(px, 1), size), break_long_words=False, break_on_hyphens=False)


def _words(line: _Line, column: Column, axis: str, look: Look) -> list[dict[str, Any]]:
    """The name of a row, and its amount at the end of its bar, on a ground of paper that no grid runs through."""
    placed, row = line.placed, line.placed.row
    is_rest = row.kind == "rest"
    text = "<br>".join(plain(words) if is_rest else f"<b>{plain(words)}</b>" for words in placed.lines)
    across: dict[str, Any] = {"x": column.left, "xref": "paper", "xanchor": "left"}
    along: dict[str, Any] = {"y": placed.middle, "yref": "y", "yanchor": "middle"}
    size = TEXT_SIZE if row.kind == "heading" else SMALL_SIZE if is_rest else SIZE
    ground: dict[str, Any] = {"bgcolor": look.of(PAPER)}
    found = [label(text, look, size=size, paint=QUIET if is_rest else INK, **ground, **across, **along)]
    if line.amount:
        across = {"x": row.size if row.size >= 0 else 0, "xref": axis, "xanchor": "left", "xshift": END}
        amount = "<br>".join(map(plain, line.amount))
        found.append(label(amount, look, size=SIZE, **ground, **across, **along))
    return found
