"""Money through time: what is held back as a stock and, apart from it, each year's plan and what it got."""

import datetime as dt
import textwrap
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Click, Figure, Key, Options
from components.figures.money_bars import MOST_STEPS, money_axis
from components.figures.theme import (
    ACCENT,
    FAINT,
    INK,
    LINE,
    OUTLINE,
    PAPER,
    SMALL_LINE,
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
from components.figures.timeline import AXIS, plain_axis, time_axis, time_ticks
from components.record.model import Record
from components.record.wording import day_in_words, money
from components.summaries.currency import currency_name, currency_of, sign
from components.summaries.plans import plan_years
from components.summaries.pools import events, held_over_time, pools_through, turns
from components.summaries.sources import source_ids

STOCK, YEARS = "Frozen or in trust, all pools", "Humanitarian plan of each year"
HEIGHT = 480  # px of the drawing
STACKED = 280  # px of height from which on the panels stand below each other
EDGE = 10  # px right of a panel, and left of it beside the sums of its axis
TITLE = LINE + 8  # px of the name above a panel
MARK, DOT = 16, 7  # px of a numbered event, and of one without a number
SHORT_SPAN = pd.Timedelta(days=40)  # which the axis has at the least
DAY = 86_400_000  # a day in the milliseconds that plotly counts
WIDE, NARROW = 290 * DAY, 150 * DAY  # of the bars of a year


# What stands in a panel: its traces and labels, the largest number of its upright axis, and the signs of that.
Drawn = tuple[list[Trace], list[dict[str, Any]], float, dict[str, Any]]


class Event(NamedTuple):
    """What happened to the pools: the moment, its date in words as coarse as it is known, and what, in words.

    Days on which pools came, went or shrank have a `number`; it is 0 of any other event.
    """

    moment: pd.Timestamp
    when: str
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class Panel:
    """Where a panel lies, as shares of the drawing without its margins, and how many px it is wide and high."""

    name: str
    left: float
    right: float
    bottom: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class MoneyTime(Figure):
    """Two panels that share their days and nothing else: a stock and flows are never in one scale.

    `held` as from `pools.held_over_time`, `plans` as from `plans.plan_years`, both in `currency`.
    """

    name: ClassVar[str] = "money_time"
    label: ClassVar[str] = "Money over time"
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    heights: ClassVar[tuple[int, int]] = (HEIGHT, HEIGHT)
    click: ClassVar[Click] = ""
    whole: ClassVar[bool] = True

    held: pd.DataFrame
    events: tuple[Event, ...]
    plans: pd.DataFrame
    start: pd.Timestamp
    day: pd.Timestamp
    currency: str

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The pools through all days up to this one, and the plans known by then."""
        pools, plans = pools_through(record, day), plan_years(record, day)
        turning, numbers = {pd.Timestamp(moment) for moment, _ in turns(pools)}, count(1)
        places = sorted({place for _, found in pools.days for place in found.tolist()})
        plan_ids = set(plans["row_ids"].explode()) if len(plans) else set()
        cited = source_ids(pools.stocks.frame.iloc[places], record.funds[record.funds["id"].isin(plan_ids)])
        return cls(
            tuple(cited),
            held_over_time(pools),
            tuple(Event(*event, next(numbers) if event[0] in turning else 0) for event in events(pools)),
            plans,
            pd.Timestamp(record.tracker.start),
            pd.Timestamp(day),
            currency_of(record),
        )

    def about(self) -> str:
        """Which money it is."""
        return "Held back, asked for and received"

    def finding(self) -> str:
        """What is held back and, apart from that, how far the newest plan with a figure got."""
        held = self.held["total"].iloc[-1]
        parts = [held.amounts("held back")] if held.rows else []
        for plan in [plan for plan in self.plans.itertuples() if plan.given.rows][-1:]:
            share, when = plan.share.in_words(), f" {plan.by}" if plan.open else ""
            received = f"{share} of the plan for {plan.year} received{when}"
            parts.append(received if plan.share.value is not None else f"plan for {plan.year}: {share}")
        return "; ".join(parts) or "No sum is recorded"

    def subtitle(self) -> str:
        """The measure, the unit and what it covers."""
        return (
            f"Money frozen or in trust on each day, and each year’s humanitarian plan, {currency_name(self.currency)}"
        )

    def alt(self) -> str:
        """What is held at the end, what happened, and each year's plan."""
        parts = []
        if self._has_pools():
            parts.append(f"Step line of what is held back: {self.held['total'].iloc[-1].in_words('pool')} at its end.")
        parts += [f"{event.when}: {event.what}." for event in self.events]
        if len(self.plans):
            parts.append(f"Bars of each year’s plan. {'; '.join(self.plans['words'])}.")
        return " ".join(parts) or "It is empty."

    def table(self) -> pd.DataFrame:
        """What was held from each day on, each plan with what it got, and the events."""
        rows = [
            ("Held back", f"from {day_in_words(row.date.date())}", row.value, row.total.in_words("pool"))
            for row in self.held.itertuples()
            if row.total.rows or row.value == 0
        ]
        for plan in self.plans.itertuples():
            rows.append(("Required", str(plan.year), plan.required, plan.asked.in_words()))
            if plan.given.rows:
                rows.append(("Received", f"{plan.year}, {plan.by}", plan.received, plan.given.in_words()))
        rows += [("Event", event.when, np.nan, event.what) for event in self.events]
        table = pd.DataFrame(rows, columns=["What", "When", f"{sign(self.currency)}m", "In words"])
        return table.assign(**{table.columns[2]: (table.iloc[:, 2].astype(float) / 1e6).round(1)})

    def legend(self) -> list[Key]:
        """What of it is drawn."""
        others = [event for event in self.events if not event.number]
        keys = [
            (self._numbered(), Key("Change of pools", ACCENT)),
            (others, Key("Other event", ACCENT, size=DOT)),
            (self.plans["required"].notna().any(), Key("Required", FAINT)),
            (self.plans["received"].notna().any(), Key("Received", STRONG)),
        ]
        return [key for drawn, key in keys if drawn]

    def notes(self) -> list[str]:
        """What happened at the numbers, and how to read line and bars."""
        told = "; ".join(f"({event.number}) {event.when}: {event.what}" for event in self._numbered())
        opened = [f"{plan.year} {plan.by or 'nothing reported'}" for plan in self.plans.itertuples() if plan.open]
        read = [
            "Grey around the line: lowest to highest figure." if (self.held["high"] > self.held["low"]).any() else "",
            "Percent: new money received, of what was required." if len(self.plans) else "",
            f"Hatched: not the whole year ({'; '.join(opened)})." if opened else "",
        ]
        return [text for text in (told and f"{told}.", " ".join(filter(None, read))) if text]

    def draw(self, look: Look) -> go.Figure:
        """A step line in a range, with numbers at its events, and bars of plans."""
        begin, end = self._span()
        layout: dict[str, Any] = {
            "barmode": "overlay",
            "margin": {"l": self._sum_room(look), "r": EDGE, "t": TITLE, "b": self._days()},
        }
        bare = {**plain_axis(), "visible": False}
        layout |= {"xaxis": bare, "yaxis": bare}  # where there is no panel
        traces, labels = list[Trace](), list[dict[str, Any]]()
        for number, panel in enumerate(self._panels(look), start=1):
            axis = "" if number == 1 else str(number)
            draw = self._stock if panel.name == STOCK else self._years
            drawn, words, largest, signs = draw(panel, look)
            traces += [{**each, "xaxis": f"x{axis}", "yaxis": f"y{axis}"} for each in drawn]
            labels += [
                _title(panel, self._sum_room(look), look),
                *({**each, "xref": f"x{axis}", "yref": f"y{axis}"} for each in words),
            ]
            layout[f"xaxis{axis}"] = {
                **time_axis(begin, end, look),
                "domain": [panel.left, panel.right],
                "anchor": f"y{axis}",
            }
            layout[f"yaxis{axis}"] = {
                **signs,
                "range": [0, largest],
                "domain": [panel.bottom, panel.top],
                "anchor": f"x{axis}",
            }
        return drawing(traces, layout, look, labels=labels, height=HEIGHT)

    def _sums(self, largest: float, top: float, panel: Panel, look: Look) -> dict[str, Any]:
        """The upright axis of a panel that reaches `top`, with as many sums as have room up to the largest."""
        spelt = partial(money, currency=self.currency)
        most = int(panel.height * largest / top / (2 * LINE)) if largest > 0 else 0
        return money_axis(largest, look, spelt, most=min(most, MOST_STEPS))

    def _has_pools(self) -> bool:
        return bool(self.held["total"].map(lambda total: total.rows).any())

    def _numbered(self) -> list[Event]:
        return [event for event in self.events if event.number]

    def _span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The days of the axes: up to the day, and the years of the plans as a whole."""
        years = [int(year) for year in self.plans["year"]]
        begin = min([self.start, *(pd.Timestamp(year, 1, 1) for year in years)])
        end = max([self._over(), begin + SHORT_SPAN, *(pd.Timestamp(year + 1, 1, 1) for year in years)])
        return begin, end

    def _over(self) -> pd.Timestamp:
        """When the day is over, so that its line has a length on the first day too."""
        return self.day + pd.Timedelta(days=1)

    def _sum_room(self, look: Look) -> int:
        """The px left of a panel for the sums of its axis."""
        largest = (self.held["high"].max(), self.plans[["required", "received"]].max().max())
        return max((look.px(money(sums, currency=self.currency)) for sums in largest if sums >= 0), default=EDGE) + EDGE

    def _days(self) -> int:
        """The px of the days below a panel, whose labels may have two lines."""
        return AXIS if any("<br>" in text for text in time_ticks(*self._span()).values()) else AXIS - SMALL_LINE

    def _panels(self, look: Look) -> list[Panel]:
        """Those that have something to show, below each other or, where the drawing is low, side by side."""
        names = [*([STOCK] if self._has_pools() else []), *([YEARS] if len(self.plans) else [])]
        height, days, sums = look.height or HEIGHT, self._days(), self._sum_room(look)
        wide, high = look.room - sums - EDGE, height - TITLE - days
        if len(names) < 2:
            return [Panel(name, 0, 1, 0, 1, wide, high) for name in names]
        if height >= STACKED:
            each = (high - TITLE - days) / 2
            return [
                Panel(STOCK, 0, 1, 1 - each / high, 1, wide, each),
                Panel(YEARS, 0, 1, 0, each / high, wide, each),
            ]
        each = (wide - sums - EDGE) / 2
        return [
            Panel(STOCK, 0, each / wide, 0, 1, each, high),
            Panel(YEARS, 1 - each / wide, 1, 0, 1, each, high),
        ]

    def _stock(self, panel: Panel, look: Look) -> Drawn:
        """What is held, in its range, below the numbers of the events."""
        highest = self.held["high"].max()
        tiers = self._tiers(panel.width)
        strip = MARK * (max(tiers, default=0) + 1.5)
        top = (highest if highest > 0 else 1.0) * panel.height / max(panel.height - strip, MARK)
        at = [top * (1 - (tier + 0.5) * MARK / panel.height) for tier in tiers]
        traces = [*self._lines(look), *self._marks(at, look)]
        return traces, [], top, self._sums(highest, top, panel, look)

    def _lines(self, look: Look) -> list[Trace]:
        """The range from lowest to highest figure and, in it, the step line of the figure shown."""
        held = pd.concat([self.held, self.held.tail(1).assign(date=self._over())])
        texts = [
            "<br>".join([f"<b>{day_in_words(row.date.date())}</b>", *wrapped(row.total.in_words("pool"))])
            for row in self.held.itertuples()
        ]
        common: dict[str, Any] = {"x": held["date"].tolist(), "mode": "lines"}
        edge = {"line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
        lowest, value, highest = ((held[end]).tolist() for end in ("low", "value", "high"))
        return [
            trace("scatter", **common, **edge, y=lowest),
            trace("scatter", **common, **edge, y=highest, fill="tonexty", fillcolor=look.of(FAINT)),
            trace(
                "scatter",
                **common,
                y=value,
                line={"shape": "hv", "width": 2.4, "color": look.of(INK)},
                hovertext=[*texts, ""],
                hoverinfo="text",
            ),
        ]

    def _tiers(self, width: float) -> list[int]:
        """For each number the first row of numbers on which it does not meet the one before it."""
        begin, end = self._span()
        last: list[float] = []  # of each row, where its last number stands
        tiers = []
        for event in self._numbered():
            x = (event.moment - begin) / (end - begin) * width
            tier = next((tier for tier, taken in enumerate(last) if x - taken > MARK), len(last))
            last[tier : tier + 1] = [x]
            tiers.append(tier)
        return tiers

    def _marks(self, at: list[float], look: Look) -> list[Trace]:
        """The number of each change of pools, with a line down to what was held, and a dot for each other event."""
        numbered = [(event, self._held_on(event), top) for event, top in zip(self._numbered(), at, strict=True)]
        others = [(event, self._held_on(event)) for event in self.events if not event.number]
        accent, paper = look.of(ACCENT), look.of(PAPER)
        common = {"cliponaxis": False, "hoverinfo": "text"}
        return [
            trace(
                "scatter",
                x=[x for event, *_ in numbered for x in (event.moment, event.moment, None)],
                y=[y for _, held, top in numbered for y in (top, held, None)],
                mode="lines",
                line={"width": 1, "color": accent},
                hoverinfo="skip",
            ),
            trace(
                "scatter",
                **common,
                x=[event.moment for event, *_ in numbered],
                y=at,
                mode="markers+text",
                marker={"size": MARK - 1, "color": accent, "line": {"width": 1, "color": paper}},
                text=[f"{event.number}" for event, *_ in numbered],
                textfont={"size": SMALL_SIZE, "color": paper},
                hovertext=[_told(event) for event, *_ in numbered],
            ),
            trace(
                "scatter",
                **common,
                x=[event.moment for event, _ in others],
                y=[held for _, held in others],
                mode="markers",
                marker={"size": DOT + 1, "color": accent, "line": {"width": 1, "color": paper}},
                hovertext=[_told(event) for event, _ in others],
            ),
        ]

    def _held_on(self, event: Event) -> float:
        """What was held then; the foot of the panel where it is not known."""
        held = float(self.held.loc[self.held["date"] <= event.moment, "value"].iloc[-1])
        return 0.0 if np.isnan(held) else held

    def _years(self, panel: Panel, look: Look) -> Drawn:
        """The bar of what each year required, in it what it received, and above them the share."""
        largest = self.plans[["required", "received"]].max().max()
        labels = self._shares(panel.width, look)
        above = SMALL_LINE * max((label["text"].count("<br>") + 1 for label in labels), default=0)
        reach = largest if largest > 0 else 1.0
        top = reach * panel.height / max(panel.height - above, LINE)
        return self._bars(look), labels, top, self._sums(largest, top, panel, look)

    def _bars(self, look: Look) -> list[Trace]:
        common: dict[str, Any] = {
            "x": [pd.Timestamp(int(year), 7, 1) for year in self.plans["year"]],
            "hovertext": ["<br>".join(wrapped(text)) for text in self.plans["words"]],
            "hoverinfo": "text",
        }
        hatched = {
            "shape": ["/" if is_open else "" for is_open in self.plans["open"]],
            "fillmode": "overlay",
            "fgcolor": look.of(STRONG),
            "fgopacity": 0.5,
        }
        outline = {"width": 0.8, "color": look.of(OUTLINE)}
        required, received = (self.plans[name].tolist() for name in ("required", "received"))
        return [
            trace(
                "bar",
                **common,
                y=required,
                width=WIDE,
                marker={"color": look.of(FAINT), "line": outline, "pattern": hatched},
            ),
            trace("bar", **common, y=received, width=NARROW, marker={"color": look.of(STRONG), "line": {"width": 0}}),
        ]

    def _shares(self, width: float, look: Look) -> list[dict[str, Any]]:
        """Above each bar, the share that came in, and by when where the year was not over."""
        characters = look.characters(width / len(self.plans), SMALL_SIZE)
        texts = [_fitting(_shares(plan), characters) for plan in self.plans.itertuples()]
        return [
            label(
                text,
                look,
                x=pd.Timestamp(int(plan.year), 7, 1),
                y=np.nanmax([plan.required, plan.received, 0]),
                yanchor="bottom",
                align="center",
            )
            for plan, text in zip(self.plans.itertuples(), texts, strict=True)
            if text
        ]


def _told(event: Event) -> str:
    return "<br>".join([f"<b>{event.when}</b>", *wrapped(event.what)])


def _shares(plan: Any) -> list[str]:
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
    day = f"{int(plan.received_on[8:])} " if plan.received_on[8:] else ""
    moment = pd.Timestamp(plan.received_on)
    return f"by {day}{moment:%b}" + ("" if moment.year == plan.year else f" {moment.year}")


def _title(panel: Panel, left: int, look: Look) -> dict[str, Any]:
    """The name of a panel, above it and the sums left of it."""
    across: dict[str, Any] = {"x": panel.left, "xref": "paper", "xanchor": "left", "xshift": -left}
    up: dict[str, Any] = {"y": panel.top, "yref": "paper", "yanchor": "bottom", "yshift": 4}
    return label(f"<b>{panel.name}</b>", look, size=TEXT_SIZE, **across, **up)
