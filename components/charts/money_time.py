"""Money through time, on one axis: what is held back as a stock, and below it each year's plan and what it got."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.money import greys
from components.charts.theme import SMALL_SIZE, TEXT_SIZE, Frame, Key, Style, framed, plain, wrapped
from components.charts.timeline import HOVER_CHARACTERS, day_of, plain_axis, time_axis
from components.phrasing import dollars, long_date

STOCK, BETWEEN, PLANS = 190, 62, 200  # pixels of the upper panel, of what parts them, and of the lower one
HEIGHT = STOCK + BETWEEN + PLANS
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
    figure = go.Figure([*_band(data, style), _marks(data, style), *_plan_bars(data.plans, style)])
    begin = min(data.start, pd.Timestamp(int(data.plans["year"].min()), 1, 1)) if len(data.plans) else data.start
    end = max(data.day, pd.Timestamp(int(data.plans["year"].max()), 12, 31) if len(data.plans) else data.day)
    highest = float(data.held["high"].max()) / BILLION if len(data.held) else 1.0
    asked = float(data.plans[["required", "received"]].max().max()) / BILLION if len(data.plans) else 1.0
    money: dict[str, Any] = {"tickprefix": "$", "ticksuffix": "bn", "gridcolor": style.palette.rule, "nticks": 5}
    figure.update_layout(
        xaxis={**time_axis(begin, end, style), "anchor": "y2", "ticklabelstandoff": 6},
        yaxis={**plain_axis(), **money, "range": [0, highest * 1.25], "domain": [1 - STOCK / HEIGHT, 1]},
        yaxis2={**plain_axis(), **money, "range": [0, asked * 1.25], "domain": [0, PLANS / HEIGHT]},
        barmode="overlay",
        margin={"l": 52, "r": 12, "t": 26, "b": 28},
    )
    labels = [
        _panel("Frozen or in trust, all pools together", 1, style),
        _panel("Humanitarian plan of each year", PLANS / HEIGHT, style),
        *_numbers(data, highest, style),
        *_unmet(data.plans, style),
    ]
    return framed(figure, words, style, legend=_legend(style), labels=labels, height=HEIGHT + 54)


def money_time_alt(data: MoneyTime, words: Frame) -> str:
    """What the two panels show, in words."""
    last = data.held.iloc[-1] if len(data.held) else None
    held = f"Held back: {dollars(last['low'], last['high'])}" if last is not None else "Nothing held back"
    years = "; ".join(plan_in_words(row) for row in data.plans.to_dict("records"))
    events = "; ".join(f"{when}: {text}" for _, when, text in data.events)
    return f"Step line and bars over time. {words.title}. {held}. {events}. Plans: {years or 'none yet'}."


def plan_in_words(row: dict[str, Any]) -> str:
    """One year of `plans.plan_years`: what was required and received, by when, and whether the year is over."""
    got = (
        f"received {dollars(row['received_low'], row['received_high'])} by {long_date(row['received_on'])}"
        if pd.notna(row["received"])
        else "nothing reported as received"
    )
    return f"{row['year']}: required {dollars(row['required'])}, {got}{'' if row['over'] else ', year not over'}"


def _band(data: MoneyTime, style: Style) -> list[go.Scatter]:
    """The range from lowest to highest figure and, in it, the step line of the figure shown."""
    held = pd.concat([data.held, data.held.tail(1).assign(date=data.day)]) if len(data.held) else data.held
    texts = [f"<b>{day_of(row.date)}</b><br>{dollars(row.low, row.high)}" for row in held.itertuples()]
    common: dict[str, Any] = {"x": held["date"], "mode": "lines"}
    *_, faint = greys(style)
    return [
        go.Scatter(**common, y=held["low"] / BILLION, line={"shape": "hv", "width": 0}, hoverinfo="skip"),
        go.Scatter(
            **common,
            y=held["high"] / BILLION,
            line={"shape": "hv", "width": 0},
            fill="tonexty",
            fillcolor=faint,
            hoverinfo="skip",
        ),
        go.Scatter(
            **common,
            y=held["usd"] / BILLION,
            line={"shape": "hv", "width": 2.4, "color": style.palette.ink},
            hovertext=texts,
            hoverinfo="text",
        ),
    ]


def _marks(data: MoneyTime, style: Style) -> go.Scatter:
    """A dot on the line for each event."""
    at = [float(data.held.loc[data.held["date"] <= moment, "usd"].iloc[-1]) / BILLION for moment, *_ in data.events]
    return go.Scatter(
        x=[moment for moment, *_ in data.events],
        y=at,
        mode="markers",
        marker={"size": 9, "color": style.palette.accent, "line": {"width": 1, "color": style.palette.paper}},
        hovertext=["<br>".join([f"<b>{when}</b>", *wrapped(text, HOVER_CHARACTERS)]) for _, when, text in data.events],
        hoverinfo="text",
    )


def _plan_bars(plans: pd.DataFrame, style: Style) -> list[go.Bar]:
    strong, _, faint = greys(style)
    middles = [pd.Timestamp(int(year), 7, 1) for year in plans["year"]]
    hover = [plan_in_words(row) for row in plans.to_dict("records")]
    patterns = ["" if over else "/" for over in plans["over"]]
    common: dict[str, Any] = {"x": middles, "yaxis": "y2", "hovertext": hover, "hoverinfo": "text"}
    return [
        go.Bar(
            **common,
            y=plans["required"] / BILLION,
            width=WIDE,
            marker={
                "color": faint,
                "line": {"width": 0.8, "color": style.palette.outline},
                "pattern": {"shape": patterns, "fillmode": "overlay", "fgcolor": strong, "fgopacity": 0.5},
            },
        ),
        go.Bar(**common, y=plans["received"] / BILLION, width=NARROW, marker={"color": strong, "line": {"width": 0}}),
    ]


def _numbers(data: MoneyTime, highest: float, style: Style) -> list[dict[str, Any]]:
    """The events by number, above the line; the footer says what they are."""
    return [
        {
            "text": str(number),
            "x": moment,
            "y": highest * 1.12,
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": style.palette.accent},
        }
        for number, (moment, *_) in enumerate(data.events, start=1)
    ]


def _unmet(plans: pd.DataFrame, style: Style) -> list[dict[str, Any]]:
    """Above each bar, the share that came in."""
    texts = [
        "not over" if not row.over and pd.isna(row.received)
        else "not reported" if pd.isna(row.received)
        else f"{row.received / row.required:.0%}"
        for row in plans.itertuples()
    ]  # fmt: skip
    return [
        {
            "text": text,
            "x": pd.Timestamp(int(row.year), 7, 1),
            "y": max(row.required, row.received if pd.notna(row.received) else 0) / BILLION,
            "yref": "y2",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": style.palette.ink},
        }
        for text, row in zip(texts, plans.itertuples(), strict=True)
    ]


def _panel(text: str, top: float, style: Style) -> dict[str, Any]:
    """The name of a panel, above it."""
    return {
        "text": f"<b>{plain(text)}</b>",
        "x": 0,
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
