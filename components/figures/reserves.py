"""What is held back through time, all pools together: a step line in its range, with what turned it named on it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Click, Figure, Options
from components.figures.theme import (
    ACCENT,
    FAINT,
    INK,
    LINE,
    PAPER,
    SMALL_LINE,
    SMALL_SIZE,
    Look,
    Trace,
    drawing,
    label,
    trace,
    wrapped,
)
from components.figures.timeline import days_height, time_axis
from components.figures.upright import EDGE, in_millions, sums_axis, sums_room, until_unknown
from components.record.model import Record
from components.record.vocabulary import MONEY
from components.record.wording import day_in_words
from components.summaries.currency import Converted, converted_in, currency_name, currency_of
from components.summaries.pools import events, has_pools, held_over_time, pools_through, turns
from components.summaries.sources import source_ids

NAMED = 3  # events that are told on the drawing
BESIDE = 6  # px from the line of an event to its words, and between two of them
HEADROOM = 1.05  # of the largest sum, to which the axis reaches
MOSTLY = 0.5  # of the largest sum; where less was never held, the room below the line is for words
LEFT = 0.55  # of the days; the words of an event after that end at it, all others begin at it


class Event(NamedTuple):
    """What happened to the pools: the moment, its date in words as coarse as it is known, and what, in words."""

    moment: pd.Timestamp
    when: str
    what: str


Told = tuple[Event, list[str]]


@dataclass(frozen=True)
class Reserves(Figure):
    """The line: `held` as from `pools.held_over_time`, in `currency`; `named` are those to be told on it.

    `converted` as from `currency.converted_in`.
    """

    name: ClassVar[str] = "reserves"
    label: ClassVar[str] = MONEY["reserves"].label
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    heights: ClassVar[tuple[int, int]] = (340, 340)
    click: ClassVar[Click] = ""
    whole: ClassVar[bool] = True

    held: pd.DataFrame
    events: tuple[Event, ...]
    named: tuple[Event, ...]
    day: pd.Timestamp
    currency: str
    converted: Converted

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """Whether there ever was a pool."""
        return has_pools(record)

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The pools through all days up to this one."""
        pools = pools_through(record, day)
        turning = {pd.Timestamp(moment) for moment, _ in turns(pools)}
        told, held = tuple(Event(*event) for event in events(pools)), held_over_time(pools)
        places = sorted({place for _, found in pools.days for place in found.tolist()})
        rows = pools.stocks.frame.iloc[places]
        named = _largest([event for event in told if event.moment in turning], held)
        chosen = pd.Timestamp(day), currency_of(record), converted_in(record, rows)
        return cls(tuple(source_ids(rows)), held, told, named, *chosen)

    def about(self) -> str:
        """Which money it is."""
        return "Money held back over time"

    def finding(self) -> str:
        """What was held back at first and is now."""
        known = [total for total in self.held["total"] if total.rows]
        if not known:
            return "No sum is recorded as held back"
        first, last = known[0].amounts(), self.held["total"].iloc[-1]
        if not last.rows:
            return f"Nothing is held back any more, {first} at first"
        if len(known) == 1:
            return f"{first} held back"
        now = last.amounts()
        return f"Still {first} held back" if first == now else f"{now} held back, {first} at first"

    def subtitle(self) -> str:
        """The measure, the unit and what it covers."""
        return f"Money frozen or in trust, all pools, {currency_name(self.currency)}"

    def alt(self) -> str:
        """What is held at the end, and what happened."""
        if not self._has_pools():
            return "It is empty."
        line = f"Step line of what is held back: {self.held['total'].iloc[-1].in_words('pool')} at its end."
        return " ".join([line, *(f"{event.when}: {event.what}." for event in self.events)])

    def table(self) -> pd.DataFrame:
        """What was held from each day on, and the events."""
        rows = [
            ("Held back", f"from {day_in_words(row.date.date())}", row.value, row.total.in_words("pool"))
            for row in self.held.itertuples()
            if row.total.rows or row.value == 0
        ]
        rows += [("Event", event.when, np.nan, event.what) for event in self.events]
        return in_millions(rows, self.currency)

    def notes(self) -> list[str]:
        """How to read the line."""
        return [note for note in (self._ranged(), self.converted.note) if note]

    def note(self) -> str:
        """The same in one line."""
        return f"{self._ranged()} {self.converted.short}".strip()

    def _ranged(self) -> str:
        is_ranged = (self.held["high"] > self.held["low"]).any()
        return "Grey around the line: lowest to highest figure." if is_ranged else ""

    def draw(self, look: Look) -> go.Figure:
        """The line, and the words of its events in the room that it leaves."""
        begin, foot = self.held["date"].iloc[0], days_height(self.held["date"].iloc[0], self._over())
        high = (look.height or self.heights[0]) - foot
        largest = float(self.held["high"].max())
        reach = largest if largest > 0 else 1.0
        lowest = float(self.held["value"].min())
        below = lowest >= MOSTLY * largest
        above = high * (1 - lowest / (reach * HEADROOM)) + LINE if below else 0.0
        left = sums_room(largest, self.currency, look)
        told = self._told(look.room - left - EDGE, high - above if below else high / 2, look)
        top = reach * (HEADROOM if below else high / (high - _height(told)))
        layout = {
            "xaxis": time_axis(begin, self._over(), look),
            "yaxis": sums_axis(largest, top, high, self.currency, look),
            "margin": {"l": left, "r": EDGE, "t": 0, "b": foot},
        }
        labels = self._labels(told, above, top / high, top, look)
        return drawing(self._lines(look) if self._has_pools() else [], layout, look, labels=labels)

    def _has_pools(self) -> bool:
        return bool(self.held["total"].map(lambda total: total.rows).any())

    def _over(self) -> pd.Timestamp:
        """When the day is over, so that its line has a length on the first day too."""
        return self.day + pd.Timedelta(days=1)

    def _told(self, wide: int, high: float, look: Look) -> list[Told]:
        """The words of as many named events as so many px hold, in lines that end with the drawing, latest first."""
        begin, end = self.held["date"].iloc[0], self._over()
        told = list[Told]()
        for event in self.named:
            room = wide * max((end - event.moment) / (end - begin), 1 - LEFT) - BESIDE
            lines = [f"<b>{event.when}</b>", *wrapped(event.what, look.characters(room, SMALL_SIZE))]
            if _height([*told, (event, lines)]) <= high:
                told.append((event, lines))
        return sorted(told, key=lambda pair: pair[0].moment, reverse=True)

    def _labels(self, told: list[Told], above: float, px: float, top: float, look: Look) -> list[dict[str, Any]]:
        """The words of each event below those of the next, so that the lines to them cross none."""
        found: list[dict[str, Any]] = []
        begin = self.held["date"].iloc[0]
        last = begin + (self._over() - begin) * LEFT
        for event, lines in told:
            across = {"xanchor": "left", "xshift": BESIDE} if event.moment <= last else {"xanchor": "right"}
            place = {"x": event.moment, "y": top - above * px, "yanchor": "top", "bgcolor": look.of(PAPER), **across}
            stem = {"x": event.moment, "y": self._held_on(event), "showarrow": True, "text": "", "arrowhead": 0}
            end = {"axref": "x", "ayref": "y", "ax": event.moment, "ay": top - (above + SMALL_LINE) * px}
            found = [
                {**stem, **end, "arrowcolor": look.of(ACCENT), "arrowwidth": 1},
                *found,
                label("<br>".join(lines), look, **place),
            ]
            above += len(lines) * SMALL_LINE + BESIDE
        return found

    def _lines(self, look: Look) -> list[Trace]:
        """The range from lowest to highest figure and, in it, the step line of the figure shown."""
        held = until_unknown(self.held, self._over())
        texts = [
            "<br>".join([f"<b>{day_in_words(row.date.date())}</b>", *wrapped(row.total.in_words("pool"))])
            for row in held.itertuples()
        ]
        common: dict[str, Any] = {"x": held["date"].tolist(), "mode": "lines"}
        edge = {"line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
        lowest, value, highest = (held[end].tolist() for end in ("low", "value", "high"))
        shown = {"line": {"shape": "hv", "width": 2.4, "color": look.of(INK)}, "hovertext": texts}
        return [
            trace("scatter", **common, **edge, y=lowest),
            trace("scatter", **common, **edge, y=highest, fill="tonexty", fillcolor=look.of(FAINT)),
            trace("scatter", **common, **shown, y=value, hoverinfo="text"),
        ]

    def _held_on(self, event: Event) -> float:
        """What was held then; nothing where it is not known."""
        held = float(self.held.loc[self.held["date"] <= event.moment, "value"].iloc[-1])
        return 0.0 if np.isnan(held) else held


def _largest(turning: list[Event], held: pd.DataFrame) -> tuple[Event, ...]:
    """Of the events that turned the pools those with the largest change of the sum; of equal ones the latest."""
    change = held.set_index("date")["value"].fillna(0).diff().abs().fillna(np.inf)
    ranked = sorted(turning, key=lambda event: (change.get(event.moment, 0.0), event.moment), reverse=True)
    return tuple(ranked[:NAMED])


def _height(told: Sequence[Told]) -> int:
    """The px that words take one below the other."""
    return sum(len(lines) * SMALL_LINE + BESIDE for _, lines in told)
