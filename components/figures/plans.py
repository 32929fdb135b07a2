"""Each year's plan: what it required and, inside it, what it received."""

import datetime as dt
import textwrap
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Click, Figure, Key, Options
from components.figures.theme import (
    FAINT,
    LINE,
    OUTLINE,
    SMALL_SIZE,
    STRONG,
    TEXT_SIZE,
    Look,
    Trace,
    drawing,
    label,
    trace,
    wrapped,
)
from components.figures.timeline import plain_axis
from components.figures.upright import EDGE, in_millions, sums_axis, sums_room
from components.record.model import Record
from components.record.vocabulary import MONEY
from components.summaries.currency import Converted, converted_in, currency_name, currency_of
from components.summaries.plans import newest_in_words, plan_years, rows_of_plans
from components.summaries.sources import source_ids

FOOT = 26  # px of the years below the bars
WIDE, NARROW = 0.76, 0.42  # of a year: the bar of what was required, and the one inside it


@dataclass(frozen=True)
class Plans(Figure):
    """The bars: `plans` as from `plans.plan_years`, in `currency`; `converted` as from `currency.converted_in`.

    `noun` is what the subject calls a plan.
    """

    name: ClassVar[str] = "plans"
    label: ClassVar[str] = MONEY["plans"].label
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    heights: ClassVar[tuple[int, int]] = (300, 280)
    click: ClassVar[Click] = ""
    whole: ClassVar[bool] = True

    plans: pd.DataFrame
    currency: str
    converted: Converted
    noun: str

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """Whether any year has a plan."""
        return not plan_years(record, record.tracker.data_until).empty

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The plans known by the day."""
        rows = rows_of_plans(record, day)
        told = converted_in(record, rows)
        return cls(
            tuple(source_ids(rows)), plan_years(record, day), currency_of(record), told, record.words.money["plan"]
        )

    def about(self) -> str:
        """Which money it is."""
        return "Asked for and received"

    def finding(self) -> str:
        """How far the newest plan with a figure got."""
        return newest_in_words(self.plans, self.noun)

    def subtitle(self) -> str:
        """The measure, the unit and what it covers."""
        return f"What each year’s {self.noun} required and received, {currency_name(self.currency)}"

    def alt(self) -> str:
        """Each year's plan."""
        return f"Bars of each year’s plan. {'; '.join(self.plans['words'])}." if len(self.plans) else "It is empty."

    def table(self) -> pd.DataFrame:
        """Each plan with what it got."""
        rows = []
        for plan in self.plans.itertuples():
            rows.append(("Required", str(plan.year), plan.required, plan.asked.in_words()))
            if plan.given.rows:
                rows.append(("Received", f"{plan.year}, {plan.by}", plan.received, plan.given.in_words()))
        return in_millions(rows, self.currency)

    def legend(self) -> list[Key]:
        """What of it is drawn."""
        keys = [("required", Key("Required", FAINT)), ("received", Key("Received", STRONG))]
        return [key for column, key in keys if self.plans[column].notna().any()]

    def notes(self) -> list[str]:
        """How to read the bars."""
        hatched = ["Hatched: the year was not over when last reported."] if self.plans["open"].any() else []
        return [*hatched, *filter(None, [self.converted.note])]

    def note(self) -> str:
        """The same in one line."""
        hatched = "Hatched: year not over." if self.plans["open"].any() else ""
        return f"{hatched} {self.converted.short}".strip()

    def draw(self, look: Look) -> go.Figure:
        """The bars, with the share that came in above each."""
        high = (look.height or self.heights[0]) - FOOT
        largest = self.plans[["required", "received"]].max().max()
        left = sums_room(largest, self.currency, look)
        wide = look.room - left - EDGE
        labels = self._shares(self._px(wide), look)
        above = LINE * max((text["text"].count("<br>") + 1 for text in labels), default=0.5)
        reach = largest if largest > 0 else 1.0
        top = reach * high / max(high - above, LINE)
        layout = {
            "barmode": "overlay",
            "xaxis": self._years(wide, look),
            "yaxis": sums_axis(largest, top, high, self.currency, look),
            "margin": {"l": left, "r": EDGE, "t": 0, "b": FOOT},
        }
        return drawing(self._bars(look) if len(self.plans) else [], layout, look, labels=labels)

    def _years(self, wide: int, look: Look) -> dict[str, Any]:
        """All years or, where they have no room, as many as the browser has room for."""
        years = self.plans["year"].tolist() or [0]
        each = {"tickvals": years, "ticktext": [str(year) for year in years]}
        ticks = each if self._px(wide) > look.px("2020") else {"tickformat": "d", "ticklabeloverflow": "hide past div"}
        shown = {"range": [min(years) - 0.5, max(years) + 0.5], "visible": len(self.plans) > 0}
        return {**plain_axis(), **shown, **ticks, "ticklabelstandoff": 4}

    def _px(self, wide: int) -> float:
        """The px of a year."""
        years = self.plans["year"]
        return wide / (years.max() - years.min() + 1) if len(years) else wide

    def _bars(self, look: Look) -> list[Trace]:
        common: dict[str, Any] = {
            "x": self.plans["year"].tolist(),
            "hovertext": ["<br>".join(wrapped(text)) for text in self.plans["words"]],
            "hoverinfo": "text",
        }
        shape = ["/" if is_open else "" for is_open in self.plans["open"]]
        hatched = {"shape": shape, "fillmode": "overlay", "fgcolor": look.of(STRONG), "fgopacity": 0.5}
        outer = {"color": look.of(FAINT), "line": {"width": 0.8, "color": look.of(OUTLINE)}, "pattern": hatched}
        inner = {"color": look.of(STRONG), "line": {"width": 0}}
        return [
            trace("bar", **common, y=self.plans["required"].tolist(), width=WIDE, marker=outer),
            trace("bar", **common, y=self.plans["received"].tolist(), width=NARROW, marker=inner),
        ]

    def _shares(self, px: float, look: Look) -> list[dict[str, Any]]:
        """Above each bar, the share that came in, and by when where the year was not over."""
        size = TEXT_SIZE if px > look.px("72% by 27 Oct") else SMALL_SIZE
        texts = [_fitting(_words(plan), look.characters(px, size)) for plan in self.plans.itertuples()]
        return [
            label(
                text,
                look,
                size=size,
                x=plan.year,
                y=np.nanmax([plan.required, plan.received, 0]),
                yanchor="bottom",
                align="center",
            )
            for plan, text in zip(self.plans.itertuples(), texts, strict=True)
            if text
        ]


def _words(plan: Any) -> list[str]:
    """The share that came in and, where that may still grow, before that the same and by when in that year."""
    if not plan.given.rows:
        return ["not reported"]
    if plan.share.value is None:
        return ["share not known"]
    share = str(plan.share.in_words())
    return [f"{share} {_by(plan)}".strip(), share] if plan.open else [share]


def _fitting(texts: list[str], characters: int) -> str:
    """The first of them that takes two lines at the most and no longer ones; "" where none does."""
    for text in texts:
        lines = textwrap.wrap(text, characters, break_long_words=False)
        if len(lines) <= 2 and max(map(len, lines)) <= characters:
            return "<br>".join(lines)
    return ""


def _by(plan: Any) -> str:
    """“by 27 Oct”; with its year where that is another, and nothing of a year alone."""
    if len(plan.received_on) < len("2020-10"):
        return ""
    day = f"{int(plan.received_on[8:])}\u00a0" if plan.received_on[8:] else ""
    moment = pd.Timestamp(plan.received_on)
    return f"by\u00a0{day}{moment:%b}" + ("" if moment.year == plan.year else f"\u00a0{moment.year}")
