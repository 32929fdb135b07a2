"""What the charts of bars of money share: rows of words and bars measured in px from the upper edge, and their axis.

Does not belong here: which rows there are, and what their bars mean.
"""

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import plotly.graph_objects as go

from components.figures.figure import Figure
from components.figures.theme import (
    FAINT,
    INK,
    LINE,
    MIDDLE,
    PAPER,
    QUIET,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    STRONG,
    TEXT_SIZE,
    Look,
    Trace,
    drawing,
    label,
    wrapped,
)
from components.figures.timeline import plain_axis
from components.record.wording import counted
from components.summaries.currency import Converted, currency_name, figure_in
from components.summaries.units import PLAIN, Unit

BAR, GAP, CLEAR = 16, 11, 3  # px of a bar, from a row to the next, and from words to the bar below them
TIGHT_BAR, TIGHT_GAP, MOST_GAP = 11, 2, 40  # the same where words stand left of their bar, and the gap at the most
AXIS, RIGHT = (
    26,
    40,
)  # px below the rows, for the numbers of the axis, and right of them, for its last one, at the least
SHARE, MOST_BAR = 0.5, 26  # of a row that has more room, its bar, and its px at the most
MOST_STEPS, STEP = 4, 70  # of an axis of money, and px that one needs
STOCK_PAINTS = {"frozen": STRONG, "in_trust": MIDDLE, "suspended": FAINT}


def money_axis(
    largest: float, look: Look, text: Callable[[float], str], one: float = 1, most: int = MOST_STEPS
) -> dict[str, Any]:
    """An axis of money but its range: a line at round numbers of `one` up to the largest sum, which `text` spells.

    So many of them at the `most` beside zero, but two at the least; without any room the last one alone. There are
    none where the largest sum is not known or nothing.
    """
    steps = []
    if largest > 0:
        least = largest / one / max(most, 2)
        power = 10 ** math.floor(math.log10(least))
        step = next(power * factor for factor in (1, 2, 4, 5, 10) if power * factor >= least * (1 - 1e-9))
        steps = [step * one * place for place in range(int(largest / one / step + 1e-9) + 1)]
        steps = steps if most else steps[-1:]
    return {
        **plain_axis(),
        "showgrid": True,
        "gridcolor": look.of(RULE),
        "tickvals": steps,
        "ticktext": [text(step) for step in steps],
    }


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row before it is placed: its name, its amount, in few words for where there is little room, and what is drawn.

    `size` is the longest of its bars, NaN where it is not known; then it has none.
    """

    kind: Literal["heading", "bars", "rest"]
    name: str
    amount: str = ""
    short: str = ""
    size: float = math.nan
    entry: Any = None

    def lines(self, characters: int, *, short: bool) -> list[str]:
        """Its words in lines of so many characters, as Plotly may draw them."""
        name, amount = wrapped(self.name, characters), self.short if short else self.amount
        name = name if self.kind == "rest" else [f"<b>{line}</b>" for line in name]
        fits = len(self.name) + 2 + len(amount) <= characters
        return ["  ".join([*name, *wrapped(amount, characters)])] if fits else [*name, *wrapped(amount, characters)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its lines of words, where it begins, where the middle of its bars lies and where it ends, in px."""

    row: BarRow
    lines: list[str]
    top: float
    middle: float
    bottom: float


@dataclass(frozen=True)
class MoneyBars(Figure):
    """Rows of horizontal bars from zero, in `unit`; `currency` is the record's.

    `unmatched` as from the options, `converted` as from `currency.converted_in`.
    """

    one: ClassVar[str]  # what a row stands for
    names: ClassVar[float] = 0.5  # of the width, for words left of the bars

    unit: Unit
    currency: str
    unmatched: str
    converted: Converted

    def in_unit(self) -> str:
        """The unit as a subtitle ends with it."""
        return currency_name(self.currency) if self.unit.code == PLAIN else self.unit.label.lower()

    @abstractmethod
    def rows(self) -> list[BarRow]:
        """All rows, in order."""

    def every_row(self) -> list[BarRow]:
        """Also those that stay folded on a page."""
        return self.rows()

    def rank(self, row: BarRow) -> tuple[int, float]:
        """By what rows are left out that have no room: first those whose size is not known, then the smallest."""
        return 0, -1.0 if math.isnan(row.size) else row.size

    @abstractmethod
    def bars(self, placed: list[Placed], thickness: int, look: Look) -> list[Trace]:
        """The bars of the rows that have any, in the currency."""

    def draw(self, look: Look) -> go.Figure:
        """Words above their bars or, where a height is given, left of them."""
        above = _placed(self.rows(), look)
        beside = bool(look.height and above)
        placed = self._that_fit(look) if beside else above
        bottom = placed[-1].bottom if placed else LINE
        known = [each for each in placed if each.row.size >= 0]
        largest = max((each.row.size for each in known), default=math.nan)
        right = max(RIGHT, look.px(self.unit.tick(largest)) if largest >= 0 else 0)
        span = (look.room - right) * (1 - self.names if beside else 1)
        most = min(int(span / STEP), MOST_STEPS)
        layout = {
            "xaxis": {
                **money_axis(largest, look, self.unit.tick, self.unit.one, most),
                "tickangle": 0,
                "range": [0, largest * 1.04 if largest > 0 else 1],
                "domain": [self.names if beside else 0, 1],
                "ticklabelposition": "outside right",
                "zeroline": bool(known),
                "zerolinecolor": look.of(QUIET),
            },
            "yaxis": {**plain_axis(), "range": [bottom, 0], "visible": False},
            "barmode": "overlay",
            "bargap": 0,
            "margin": {"l": 1, "r": right, "b": max(AXIS, look.height - round(bottom))},
        }
        each = min((row.bottom - row.top for row in known), default=0) * SHARE
        traces = self.bars(known, max(TIGHT_BAR, min(round(each), MOST_BAR)) if beside else BAR, look)
        labels = [_label(each, look, beside=beside) for each in placed]
        return drawing(traces, layout, look, labels=labels, height=round(bottom) + AXIS)

    def _that_fit(self, look: Look) -> list[Placed]:
        """The largest rows that there is room for, in order and without headings, and what is left out."""
        rows = [row for row in self.every_row() if row.kind == "bars"]
        ranked = sorted(rows, key=self.rank)
        room = look.height - AXIS
        for number in range(len(rows)):
            left, kept = ranked[:number], [row for row in rows if row not in ranked[:number]]
            shown = [*kept, *self._rest(left, ranked[number])]
            placed = _placed(shown, look, TIGHT_GAP, self.names)
            if placed[-1].bottom <= room or number == len(rows) - 1:
                spare = max(room - placed[-1].bottom, 0) // len(shown)
                return _placed(shown, look, min(TIGHT_GAP + spare, MOST_GAP), self.names)
        return []

    def _rest(self, left: Sequence[BarRow], last: BarRow) -> list[BarRow]:
        """What is said of the rows that are left out below the last one shown."""
        if not left:
            return []
        unknown = sum(math.isnan(row.size) for row in left)
        without = f"without a {figure_in(self.currency)}"
        if unknown == len(left):
            return [BarRow("rest", f"and {counted(unknown, self.one)} {without}")]
        which = "smaller" if not unknown and left[-1].size < last.size else "more"
        besides = f", {unknown} of them {without}" if unknown else ""
        return [BarRow("rest", f"and {counted(len(left), f'{which} {self.one}')}{besides}")]


def horizontal(rows: Sequence[tuple[float, float]], thickness: float) -> dict[str, Any]:
    """Bars of these lengths at these heights, which stay as they are when one of them is clicked."""
    return {
        "orientation": "h",
        "x": [length for length, _ in rows],
        "y": [at for _, at in rows],
        "width": thickness,
        "hoverinfo": "text",
    }


def _placed(rows: Sequence[BarRow], look: Look, beside: float = 0, share: float = 1) -> list[Placed]:
    """Rows one below the other; with words `beside` their bars, in smaller type, that is the px between them.

    Such words have a `share` of the width.
    """
    found = list[Placed]()
    names = look.characters((look.room - RIGHT) * share - TIGHT_GAP, SMALL_SIZE + 1) if beside else look.characters()
    for row in rows:
        top = found[-1].bottom if found else 0.0
        lines = row.lines(names if row.kind == "bars" else look.characters(), short=bool(beside))
        words = (SMALL_LINE if beside else LINE) * len(lines)
        bar = BAR if row.size >= 0 and not beside else 0
        words += CLEAR if bar else 0
        middle = top + (words / 2 if beside else words + bar / 2)
        found.append(Placed(row, lines, top, middle, top + words + bar + (beside or GAP)))
    return found


def _label(placed: Placed, look: Look, *, beside: bool) -> dict[str, Any]:
    """The words of a row on a ground of paper, so that no line of the grid runs through them."""
    kind = placed.row.kind
    sizes = {"heading": TEXT_SIZE + 1, "bars": SMALL_SIZE + 1 if beside else TEXT_SIZE, "rest": SMALL_SIZE}
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": placed.top, "yref": "y", "yanchor": "top"}
    paint = QUIET if kind == "rest" else INK
    return label("<br>".join(placed.lines), look, size=sizes[kind], paint=paint, bgcolor=look.of(PAPER), **place)
