"""What the charts over time share: their axes, their bars, and how a number moved, in words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from components.figures.theme import RULE, SMALL_LINE, Look
from components.record.wording import lowered

MOST_YEARS, MOST_DAYS = 7, 4  # labels of an axis that a phone has room for
BY_ROOM = {"tickformat": "%Y", "ticklabeloverflow": "hide past div"}  # the browser's own labels
ROUND = (1, 2, 5, 10, 20, 50, 100)  # years from one label to the next
NEAR_END = 1 / 12  # of an axis, where a label would stick out
STANDOFF, AXIS = 6, 42  # px above the labels of an axis of days, and of the whole axis, whose labels may have two lines


def plain_axis() -> dict[str, Any]:
    """An axis without grid, line or zoom, and with all of its labels."""
    bare = {"zeroline": False, "ticks": "", "showline": False, "showgrid": False}
    return {**bare, "fixedrange": True, "ticklabeloverflow": "allow"}


def time_axis(start: pd.Timestamp, end: pd.Timestamp, look: Look) -> dict[str, Any]:
    """An axis of days with a line and a label at each new year or, in a short time, at some of its months or days.

    Of more years than a phone has room for, the browser labels as many round ones as it has room for.
    """
    ticks = time_ticks(start, end)
    labelled = {"tickvals": list(ticks), "ticktext": list(ticks.values())}
    return {
        **plain_axis(),
        "type": "date",
        "range": [start, end],
        "showgrid": True,
        "gridcolor": look.of(RULE),
        "tickangle": 0,
        "ticklabelstandoff": STANDOFF,
        **(BY_ROOM if len(_years(start, end)) > MOST_YEARS else labelled),
    }


def time_ticks(start: pd.Timestamp, end: pd.Timestamp, most: int = MOST_YEARS) -> dict[pd.Timestamp, str]:
    """The moments to label from the first until near the last, in order, each with its label; `most` years of them."""
    years = _years(start, end)
    if len(years) > 2:
        shown = round_years(years.year, most)
        return {year: f"{year:%Y}" for year in years if year.year in shown}
    end -= (end - start) * NEAR_END
    months = _between(start, end, "MS")
    if len(months) > 2:
        return {month: f"{month:%b}<br>{month:%Y}" for month in _thinned(months, MOST_DAYS)}
    days = _between(start, end, "D")
    return {day: f"{day.day} {day:%b}<br>{day:%Y}" for day in _thinned(days, MOST_DAYS)}


def round_years(years: Sequence[int], most: int) -> list[int]:
    """All of the years or, where these are more than `most`, each second, fifth or tenth of a century, and so on."""
    step = next((step for step in ROUND if sum(year % step == 0 for year in years) <= most), ROUND[-1])
    return [year for year in years if year % step == 0]


def days_height(start: pd.Timestamp, end: pd.Timestamp) -> int:
    """The px that an axis of these days takes, whose labels have one line or two."""
    two = any("<br>" in text for text in time_ticks(start, end).values())
    return AXIS if two else AXIS - SMALL_LINE


def from_to(label: str, before: int, after: int) -> str:
    """“supportive from 0 to 6”, or “opposed still 31”."""
    return f"{lowered(label)} still {after}" if before == after else f"{lowered(label)} from {before} to {after}"


def _years(start: pd.Timestamp, end: pd.Timestamp) -> pd.DatetimeIndex:
    """The first days of years that have room for a label."""
    return _between(start, end - (end - start) * NEAR_END, "YS")


def _between(start: pd.Timestamp, end: pd.Timestamp, freq: str) -> pd.DatetimeIndex:
    return pd.date_range(start.ceil("D"), end, freq=freq, inclusive="left")


def _thinned(moments: pd.DatetimeIndex, most: int) -> pd.DatetimeIndex:
    """As many of them as there is room for, at equal distances."""
    return moments[:: -(-len(moments) // most) or 1]


def spans(bands: pd.DataFrame, thickness: float) -> dict[str, Any]:
    """Horizontal bars from `start` to `end` at the height `y` of each of the bands; a click gives its actor_id."""
    return {
        "orientation": "h",
        "base": bands["start"],
        "x": ((bands["end"] - bands["start"]) / pd.Timedelta(milliseconds=1)).tolist(),
        "y": bands["y"].tolist(),
        "width": thickness,
        "customdata": bands["actor_id"].tolist(),
    }
