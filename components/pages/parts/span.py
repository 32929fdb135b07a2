"""The two days that bound a list of changes: years and decades to press, and a field for each day, in the address."""

import datetime as dt
from typing import Literal

import streamlit as st

from components.pages.parts.address import tell
from components.record.check.cells import parse_date
from components.record.check.problems import quoted
from components.record.model import Record
from components.record.on_day import change_days
from components.record.wording import day_in_words

MOST, LATEST = 12, 4  # years of a record that have a button each, and before its last one in a longer record
FIELDS = {"since": ("After", 190), "until": ("Up to", 196)}  # each label, and the px of it with its field


def ask_span(record: Record) -> tuple[dt.date, dt.date]:
    """The two days, in order. The first may be the day before the record, as what happened on it is left out."""
    first, last = record.tracker.start - dt.timedelta(days=1), record.tracker.data_until
    newest = next(reversed(change_days(record)), last)  # a span in which nothing moved is no place to begin
    years = st.container(horizontal=True, gap="xsmall", width="content", key="years")
    since, until = (
        _ask_day(name, usual, first, last)
        for name, usual in (("since", max(first, dt.date(newest.year - 1, 12, 31))), ("until", last))
    )
    with years:
        for label, (begins, ends) in _periods(record.tracker.start.year, last.year).items():
            bounds = max(first, dt.date(begins - 1, 12, 31)), min(last, dt.date(ends, 12, 31))
            kind: Literal["primary", "secondary"] = "primary" if bounds == (since, until) else "secondary"
            st.button(label, key=f"year_{label}", type=kind, on_click=_show, args=bounds)
    if since > until:
        tell(f"{day_in_words(since)} is after {day_in_words(until)}: the two days were read the other way round.")
        return until, since
    return since, until


def _periods(first: int, last: int) -> dict[str, tuple[int, int]]:
    """The years from the last to the first, or the latest ones and then decades, with the years that bound each."""
    eldest = (last - LATEST) // 10 * 10 if last - first >= MOST else first
    years = {f"{year}": (year, year) for year in range(last, eldest - 1, -1)}
    decades = range(eldest - 10, first // 10 * 10 - 1, -10) if eldest > first else ()
    return years | {f"{begins}s": (begins, begins + 9) for begins in decades}


def _show(since: dt.date, until: dt.date) -> None:
    """Bound the list by two days; for use in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until


def _is_day(text: str, first: dt.date, last: dt.date) -> bool:
    """Whether a text is one of these days as the address writes them."""
    day = parse_date(text)
    return day is not None and day.isoformat() == text and first <= day <= last


def _ask_day(name: str, usual: dt.date, first: dt.date, last: dt.date) -> dt.date:
    label, width = FIELDS[name]
    asked = st.query_params.get(name)
    if asked is not None and not _is_day(asked, first, last):
        allowed = f"{first} to {last}, written YYYY-MM-DD"
        tell(
            f"The address asks for {name} {quoted(asked)}, which is not a day of the record: {allowed}. It was ignored."
        )
    chosen = st.date_input(
        label,
        value=usual,
        min_value=first,
        max_value=last,
        key=name,
        bind="query-params",
        format="YYYY-MM-DD",
        width=width,
    )
    return chosen if isinstance(chosen, dt.date) else usual
