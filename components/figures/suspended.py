"""What was suspended and when: one line of all sums that were, with its readings named and dated."""

import datetime as dt
import math
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self

import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Click, Figure, Options
from components.figures.money_bars import money_axis
from components.figures.money_columns import ROOMY
from components.figures.readings import ASIDE, CLEAR, Reading, words_with_room
from components.figures.theme import (
    FAINT,
    INK,
    SMALL_LINE,
    Look,
    Trace,
    drawing,
    label,
    plain,
    trace,
    wrapped,
)
from components.figures.timeline import AXIS, time_axis
from components.figures.upright import until_unknown
from components.record.model import Record
from components.record.vocabulary import MONEY
from components.record.wording import about, counted, money, sign
from components.summaries.currency import Converted, converted_in, currency_name, currency_of, figure_in
from components.summaries.money import Total
from components.summaries.sources import source_ids
from components.summaries.suspended import span_in_words, suspended_rows, suspended_steps

HEIGHT = 205  # px of the drawing
OVER, RIGHT = SMALL_LINE + 8, 10  # px above the line, for the words of its highest reading, and right of it
FIRST_DAY = 24  # px left of the axis at the least, for half of the label of its first day
SMALLEST = 0.05  # of the highest sum: what moved less has no words in the drawing
Label = dict[str, Any]
SHORT_SPAN = pd.Timedelta(days=40)


@dataclass(frozen=True)
class Suspended(Figure):
    """The sums of each day: `steps` as from `suspended.suspended_steps`, in `currency`.

    `apart` are, in words, the rows without a figure in it, which are not in the line; `converted` as from
    `currency.converted_in`.
    """

    name: ClassVar[str] = "suspended"
    label: ClassVar[str] = MONEY["suspended"].label
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    statuses: ClassVar[tuple[str, ...]] = ("suspended",)
    heights: ClassVar[tuple[int, int]] = (HEIGHT, HEIGHT)
    click: ClassVar[Click] = ""
    turns: ClassVar[int] = ROOMY

    steps: pd.DataFrame
    apart: tuple[str, ...]
    start: pd.Timestamp
    day: pd.Timestamp
    currency: str
    unmatched: str
    converted: Converted

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """What was suspended on each day up to this one."""
        rows = suspended_rows(record, day, options.passing)
        return cls(
            tuple(source_ids(rows)),
            suspended_steps(record, day, options.passing),
            tuple(
                f"{row.holder} {row.stated}, {span_in_words(row)}" for row in rows.itertuples() if math.isnan(row.value)
            ),
            pd.Timestamp(record.tracker.start),
            pd.Timestamp(day),
            currency_of(record),
            options.unmatched,
            converted_in(record, rows),
        )

    def about(self) -> str:
        """Which money it is."""
        return "Suspended over time"

    def subtitle(self) -> str:
        """The measure, the unit and what it covers."""
        return f"All sums suspended on each day, whoever owns them, {currency_name(self.currency)}"

    def finding(self) -> str:
        """The highest sum with its day, and the sum of the day."""
        if self.unmatched or not self._any():
            return self.unmatched or "No sum is recorded as suspended"
        last = self.steps["total"].iloc[-1]
        if self._peak is None or (last.value is not None and last.value >= self.steps.at[self._peak, "value"]):
            return last.amounts("suspended") if last.rows else "No sum is suspended any more"
        before = self.steps.loc[self._peak]
        highest = _sum(before)
        now = last.amounts() if last.rows else "none"
        if last.rows and not (last.high is not None and last.high < before["low"]):  # it may not have fallen
            return f"At most {highest} suspended, on {before['when']}; {now} now"
        return f"Suspended sums fell from {highest} on {before['when']} to {now}"

    def alt(self) -> str:
        """Each day on which the sum changed, and how."""
        told = [f"{row.When}: {row.Sum}{f' ({row.Change})' if row.Change else ''}" for row in self.table().itertuples()]
        return f"Step line. {'; '.join(told) or 'It is empty'}."

    def table(self) -> pd.DataFrame:
        """One row for each day on which the sum changed: the sum in words and in millions, and what changed."""
        rows = [row for row in self.steps.itertuples() if row.change or not math.isnan(row.value)]
        millions = pd.Series([row.value / 1e6 for row in rows], dtype=float).round(1)
        return pd.DataFrame(
            {
                "When": [row.when for row in rows],
                "Sum": [row.total.in_words() for row in rows],
                f"{sign(self.currency)}m": millions,
                "Change": [row.change for row in rows],
            }
        )

    def notes(self) -> list[str]:
        """What a fall means, and what is not in the line."""
        if not self._any():
            return []
        apart = f"Not in the line, without a {figure_in(self.currency)}: {'; '.join(self.apart)}." if self.apart else ""
        fall = "A fall is not always a release: sums also leave when they are cancelled or the years they were for end."
        return [note for note in (fall, self.converted.note, apart) if note]

    def note(self) -> str:
        """What is converted, and how many sums are not in the line."""
        number = counted(len(self.apart), "sum")
        apart = f"Not in the line: {number} without a {figure_in(self.currency)}." if self.apart else ""
        return f"{self.converted.short} {apart}".strip()

    def draw(self, look: Look) -> go.Figure:
        """The line over its ground, and the words of as many readings as have room, the most telling first."""
        end = max(self.day + pd.Timedelta(days=1), self.start + SHORT_SPAN)
        known = self.steps[self.steps["value"].notna()]
        largest = known["value"].max() if len(known) else math.nan
        spelt = partial(money, currency=self.currency)
        sums = max(look.px(spelt(largest)) + ASIDE if largest >= 0 else 0, FIRST_DAY)
        high = (look.height or HEIGHT) - OVER - AXIS
        layout: dict[str, Any] = {
            "xaxis": time_axis(self.start, end, look),
            "yaxis": {
                **money_axis(largest, look, spelt, most=min(max(high // (2 * SMALL_LINE), 0), 4)),
                "range": [0, largest if largest > 0 else 1],
            },
            "margin": {"l": sums, "r": RIGHT, "t": OVER, "b": AXIS},
        }
        width = look.room - sums - RIGHT
        across, up = width / (end - self.start).days, high / (largest if largest > 0 else 1)
        places = [((row.date - self.start).days * across, row.value * up) for row in known.itertuples()]
        labels = self._labels(known, places, width, look) if len(known) else []
        return drawing(self._line(look), layout, look, labels=labels, height=HEIGHT)

    def _any(self) -> bool:
        return bool(self.steps["total"].map(lambda total: total.rows).any())

    @property
    def _peak(self) -> Any:
        """The row of the highest sum; None where no sum is known."""
        return self.steps["value"].idxmax() if self.steps["value"].notna().any() else None

    def _line(self, look: Look) -> list[Trace]:
        ended = until_unknown(self.steps, self.day + pd.Timedelta(days=1))
        texts = [
            "<br>".join([f"<b>{row.when}</b>", *wrapped(row.total.in_words()), *wrapped(row.change)])
            for row in ended.itertuples()
        ]
        return [
            trace(
                "scatter",
                x=ended["date"].tolist(),
                y=ended["value"].tolist(),
                mode="lines",
                line={"shape": "hv", "width": 2.2, "color": look.of(INK)},
                fill="tozeroy",
                fillcolor=look.of(FAINT),
                hovertext=texts,
                hoverinfo="text",
                cliponaxis=False,
            )
        ]

    def _labels(self, known: pd.DataFrame, places: list[tuple[float, float]], width: float, look: Look) -> list[Label]:
        """The words of the highest sum, of the last and of those after which it was another by most."""
        rows, moves = list(known.itertuples()), known["value"].diff().abs().fillna(known["value"]).tolist()
        least, last = SMALLEST * known["value"].max(), len(rows) - 1
        order = sorted(
            (at for at, move in enumerate(moves) if move >= least or at == last),
            key=lambda at: (rows[at].Index != self._peak, at != last, -moves[at]),
        )
        readings = [
            Reading(*places[at], _texts(rows[at], is_last=rows[at].Index == self.steps.index[-1]), rows[at])
            for at in order
        ]
        return [
            label(
                plain(words.text),
                look,
                x=words.reading.entry.date,
                y=words.reading.entry.value,
                xanchor=words.anchor,
                yanchor="bottom",
                xshift=ASIDE if words.anchor == "left" else -ASIDE,
                yshift=CLEAR,
            )
            for words in words_with_room(readings, places, width, look)
        ]


def _texts(row: Any, *, is_last: bool) -> list[str]:
    """What may be said of a reading, longest first; of the last its sum, whose day is the picture's."""
    sums = _sum(row)
    dated = f"{row.when}: {sums}"
    return [*([f"{dated} – {row.change}"] if row.change else []), sums if is_last else dated]


def _sum(row: Any) -> str:
    """The sum of a row of `steps`, which is known."""
    total: Total = row.total
    return about(money(row.low, row.high, total.currency), is_so=total.is_converted)
