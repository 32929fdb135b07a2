"""What the charts over time share: their axis, and how a day is written in them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.figures.theme import Style
from components.record.vocabulary import Term
from components.record.wording import day_in_words
from components.summaries.stances import CLASSES

TERMS: Mapping[str, Term] = {term.code: term for term in CLASSES}
CLICK = "<br><i>Click for the evidence</i><extra></extra>"
SHORT = 60  # days
HOVER_CHARACTERS = 44  # of a line in a hover label, so that it fits a phone


def plain_axis() -> dict[str, Any]:
    """An axis without grid, line or zoom."""
    return {"fixedrange": True, "zeroline": False, "ticks": "", "showline": False}


def time_axis(start: pd.Timestamp, end: pd.Timestamp, style: Style) -> dict[str, Any]:
    """An axis of days with a line at each new year or, where there are too few of them, where plotly finds fit.

    A few days have a line each, or every few of them, because plotly would go on to hours.
    """
    axis = {**plain_axis(), "type": "date", "range": [start, end], "gridcolor": style.palette.rule, "nticks": 4}
    span = (end - start).days
    if span > 2 * 366:
        return {**axis, "tick0": "2000-01-01", "dtick": "M12", "tickformat": "%Y"}
    if span > SHORT:
        return axis
    every = max(span // 3, 1)
    return {**axis, "tick0": start.ceil("D"), "dtick": every * 86_400_000, "tickformat": "%-d %b<br>%Y"}


def day_of(moment: pd.Timestamp) -> str:
    """A moment as its day, in words."""
    return day_in_words(moment.date())
