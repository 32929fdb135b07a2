"""Money through time, on one axis: what is held back as a stock, and below it each year's plan and what it got."""

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.money_bars import greys
from components.figures.theme import SMALL_SIZE, TEXT_SIZE, Frame, Key, Style, Trace, framed, plain, trace, wrapped
from components.figures.timeline import HOVER_CHARACTERS, day_of, plain_axis, time_axis
from components.record.wording import long_date, money, percent

STOCK, BETWEEN, PLANS = 190, 62, 200  # pixels of the upper panel, of what parts them, and of the lower one
HEIGHT = STOCK + BETWEEN + PLANS
LINE_EVERY, SHORTEST = 130, 20  # pixels of a shape for each line of events, and characters of one at the least
LEFT_AND_RIGHT, NUMBER, NUMBER_BELOW, NUMBER_LINE = 64, 16, 2, 15  # pixels around panels, and of an event's number
SHORT_SPAN, MARK_DAYS = 40, 4  # days that the axis has at the least, and before its first mark
ASIDE = 0.1  # of the width, between two panels beside each other
DAY = 86_400_000  # a day in the milliseconds that plotly counts
WIDE, NARROW = 290 * DAY, 150 * DAY  # of the bars of a year
BILLION = 1e9


@dataclass(frozen=True, slots=True)
class MoneyTime:
    """`held` as from `pools.held_over_time`, `plans` as from `plans.plan_years`.

    `events`: a moment, its date in words and what happened.
    """

    held: pd.DataFrame
    events: list[tuple[pd.Timestamp, str, str]]
    plans: pd.DataFrame
    start: pd.Timestamp
    day: pd.Timestamp


def draw_money_time(data: MoneyTime, words: Frame, style: Style) -> go.Figure:
    """Two panels that share their days and nothing else: a stock and flows are never in one scale."""
    begin = min(data.start, pd.Timestamp(int(data.plans["year"].min()), 1, 1)) if len(data.plans) else data.start
    end = max(data.day, pd.Timestamp(int(data.plans["year"].max()), 12, 31) if len(data.plans) else data.day)
    if not len(data.plans):  # room for a mark on the first day, and days enough for an axis
        begin, end = begin - pd.Timedelta(days=MARK_DAYS), max(end, begin + pd.Timedelta(days=SHORT_SPAN))
    highest = _highest(data)
    asked = float(data.plans[["required", "received"]].max().max()) / BILLION if len(data.plans) else 1.0
    billions: dict[str, Any] = {"tickprefix": "$", "ticksuffix": "bn", "gridcolor": style.palette.rule, "nticks": 5}
    days = {**time_axis(begin, end, style), "ticklabelstandoff": 6, "tickangle": 0}
    axes, left, top = _panels(days, style)
    layout = {
        **axes,
        "yaxis": {**plain_axis(), **billions, "range": [0, highest * 1.25], **axes["yaxis"]},
        "yaxis2": {**plain_axis(), **billions, "range": [0, asked * (1.5 if style.wide else 1.25)], **axes["yaxis2"]},
        "barmode": "overlay",
        "margin": {"l": 52, "r": 12, "t": 26, "b": 36 if style.shaped or not len(data.plans) else 28},
    }
    labels = [
        _panel("Frozen or in trust, all pools", 0, 1, style),
        _panel("Humanitarian plan of each year", left, top, style),
        *_numbers(data, begin, end, style),
        *_unmet(data.plans, style),
    ]
    height = style.room or HEIGHT + 54
    traces = [*_band(data, style), _marks(data, style), *_plan_bars(data.plans, style)]
    return framed(
        traces,
        layout,
        words,
        style,
        legend=_legend(style),
        labels=labels,
        height=height,
        aside="column" if style.wide else "",
    )


def _panels(days: dict[str, Any], style: Style) -> tuple[dict[str, dict[str, Any]], float, float]:
    """The axes of two panels below each other or, where the shape is wide, beside each other.

    With them where the second one begins: its left and its upper edge, as shares of the picture.
    """
    if not style.wide:
        between = BETWEEN / (style.room or HEIGHT)
        stock = (1 - between) * STOCK / (STOCK + PLANS)
        top = 1 - stock - between
        axes = {"xaxis": {**days, "anchor": "y2"}, "yaxis": {"domain": [1 - stock, 1]}, "yaxis2": {"domain": [0, top]}}
        return axes, 0, top
    left = (1 + ASIDE) / 2
    days = {**days, "nticks": 3}
    axes = {
        "xaxis": {**days, "domain": [0, (1 - ASIDE) / 2]},
        "xaxis2": {**days, "domain": [left, 1], "anchor": "y2"},
        "yaxis": {},
        "yaxis2": {"anchor": "x2"},
    }
    return axes, left, 1


def _days_of_plans(style: Style) -> str:
    """The name of the axis of days under the second panel."""
    return "x2" if style.wide else "x"


def events_line(data: MoneyTime, style: Style) -> str:
    """What the numbers of the events mean; in a shape each is cut, so that all together take a few lines."""
    lines = style.height // LINE_EVERY or len(data.events)
    room = lines * style.characters // max(len(data.events), 1)
    told = []
    for number, (_, when, text) in enumerate(data.events, start=1):
        short = text if not style.shaped else shorten(text, max(room - len(when) - 6, SHORTEST), placeholder=" …")
        told.append(f"{number} {when}: {short}")
    return "; ".join(told)


def money_time_alt(data: MoneyTime, words: Frame) -> str:
    """What the two panels show, in words."""
    last = data.held.iloc[-1] if len(data.held) else None
    held = f"Held back: {money(last['low'], last['high'])}" if last is not None else "Nothing held back"
    years = "; ".join(plan_in_words(row) for row in data.plans.to_dict("records"))
    events = "; ".join(f"{when}: {text}" for _, when, text in data.events)
    return f"Step line and bars over time. {words.title}. {held}. {events}. Plans: {years or 'none yet'}."


def plan_in_words(row: dict[str, Any]) -> str:
    """One year of `plans.plan_years`: what was required and received, by when, and whether the year is over."""
    got = (
        f"received {money(row['received_low'], row['received_high'])} by {long_date(row['received_on'])}"
        if pd.notna(row["received"])
        else "nothing reported as received"
    )
    return f"{row['year']}: required {money(row['required'])}, {got}{'' if row['over'] else ', year not over'}"


def _band(data: MoneyTime, style: Style) -> list[Trace]:
    """The range from lowest to highest figure and, in it, the step line of the figure shown."""
    held = pd.concat([data.held, data.held.tail(1).assign(date=data.day)]) if len(data.held) else data.held
    texts = [f"<b>{day_of(row.date)}</b><br>{money(row.low, row.high)}" for row in held.itertuples()]
    common: dict[str, Any] = {"x": held["date"], "mode": "lines"}
    *_, faint = greys(style)
    return [
        trace("scatter", **common, y=held["low"] / BILLION, line={"shape": "hv", "width": 0}, hoverinfo="skip"),
        trace(
            "scatter",
            **common,
            y=held["high"] / BILLION,
            line={"shape": "hv", "width": 0},
            fill="tonexty",
            fillcolor=faint,
            hoverinfo="skip",
        ),
        trace(
            "scatter",
            **common,
            y=held["usd"] / BILLION,
            line={"shape": "hv", "width": 2.4, "color": style.palette.ink},
            hovertext=texts,
            hoverinfo="text",
        ),
    ]


def _highest(data: MoneyTime) -> float:
    return float(data.held["high"].max()) / BILLION if len(data.held) else 1.0


def _marks(data: MoneyTime, style: Style) -> Trace:
    """A dot on the line for each event."""
    at = [float(data.held.loc[data.held["date"] <= moment, "usd"].iloc[-1]) / BILLION for moment, *_ in data.events]
    return trace(
        "scatter",
        x=[moment for moment, *_ in data.events],
        y=at,
        mode="markers",
        marker={"size": 9, "color": style.palette.accent, "line": {"width": 1, "color": style.palette.paper}},
        hovertext=["<br>".join([f"<b>{when}</b>", *wrapped(text, HOVER_CHARACTERS)]) for _, when, text in data.events],
        hoverinfo="text",
    )


def _plan_bars(plans: pd.DataFrame, style: Style) -> list[Trace]:
    strong, _, faint = greys(style)
    middles = [pd.Timestamp(int(year), 7, 1) for year in plans["year"]]
    hover = [plan_in_words(row) for row in plans.to_dict("records")]
    patterns = ["" if over else "/" for over in plans["over"]]
    axes = {"xaxis": _days_of_plans(style), "yaxis": "y2"}
    common: dict[str, Any] = {"x": middles, **axes, "hovertext": hover, "hoverinfo": "text"}
    return [
        trace(
            "bar",
            **common,
            y=plans["required"] / BILLION,
            width=WIDE,
            marker={
                "color": faint,
                "line": {"width": 0.8, "color": style.palette.outline},
                "pattern": {"shape": patterns, "fillmode": "overlay", "fgcolor": strong, "fgopacity": 0.5},
            },
        ),
        trace(
            "bar", **common, y=plans["received"] / BILLION, width=NARROW, marker={"color": strong, "line": {"width": 0}}
        ),
    ]


def _numbers(data: MoneyTime, begin: pd.Timestamp, end: pd.Timestamp, style: Style) -> list[dict[str, Any]]:
    """The events by number, above the line, or below it where one is close; the footer says what they are."""
    highest = _highest(data)
    width = (style.inside - LEFT_AND_RIGHT) * ((1 - ASIDE) / 2 if style.wide else 1)
    a_day = width / max((end - begin).days, 1)
    taken: list[float] = []  # for each height, where the last number on it stands
    labels = []
    for number, (moment, *_) in enumerate(data.events, start=1):
        x = (moment - begin).days * a_day
        height = next((at for at, last in enumerate(taken) if x - last >= NUMBER), len(taken))
        taken[height : height + 1] = [x]
        low = float(data.held.loc[data.held["date"] <= moment, "low"].iloc[-1]) / BILLION
        place = {"y": highest * 1.12} if not height else {"y": low, "yshift": NUMBER_BELOW - NUMBER_LINE * height}
        labels.append(
            {
                "text": str(number),
                "x": moment,
                **place,
                "showarrow": False,
                "font": {"size": SMALL_SIZE, "color": style.palette.accent},
            }
        )
    return labels


def _came_in(row: Any) -> str:
    """The share of what a plan required that came in, or why there is none to name."""
    if pd.isna(row.received):
        return "not reported" if row.over else "not over"
    return percent(row.received / row.required) if row.required > 0 else "not known"


def _unmet(plans: pd.DataFrame, style: Style) -> list[dict[str, Any]]:
    """Above each bar, the share that came in."""
    texts = [_came_in(row) for row in plans.itertuples()]
    return [
        {
            "text": text.replace(" ", "<br>") if style.wide else text,
            "x": pd.Timestamp(int(row.year), 7, 1),
            "xref": _days_of_plans(style),
            "y": max(row.required, row.received if pd.notna(row.received) else 0) / BILLION,
            "yref": "y2",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": style.palette.ink},
        }
        for text, row in zip(texts, plans.itertuples(), strict=True)
    ]


def _panel(text: str, left: float, top: float, style: Style) -> dict[str, Any]:
    """The name of a panel, above it."""
    return {
        "text": f"<b>{plain(text)}</b>",
        "x": left,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": style.palette.ink},
    }


def _legend(style: Style) -> list[Key]:
    strong, _, faint = greys(style)
    return [Key("Required", faint), Key("Received", strong), Key("Event", style.palette.accent, size=10)]
