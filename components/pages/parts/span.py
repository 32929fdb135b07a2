"""The two days that bound a list of changes: years to press, and a field for each day, kept in the address."""

import datetime as dt

import pandas as pd
import streamlit as st

from components.pages.parts.address import tell
from components.record.check.problems import quoted
from components.record.model import Record
from components.record.wording import day_in_words

FIELDS = {"since": ("After", 190), "until": ("Up to", 196)}  # each label, and the px of it with its field


def ask_span(record: Record) -> tuple[dt.date, dt.date]:
    """The two days, in order. The first may be the day before the record, as what happened on it is left out."""
    first, last = record.tracker.start - dt.timedelta(days=1), record.tracker.data_until
    years = st.container(horizontal=True, gap="xsmall", width="content", key="years")
    since, until = (
        _ask_day(name, usual, first, last)
        for name, usual in (("since", max(first, dt.date(last.year - 1, 12, 31))), ("until", last))
    )
    with years:
        for year in range(last.year, record.tracker.start.year - 1, -1):
            ends = _year(year, first, last)
            shown = ends == (since, until)
            st.button(
                str(year), key=f"year_{year}", type="primary" if shown else "secondary", on_click=_show, args=ends
            )
    if since > until:
        tell(f"{day_in_words(since)} is after {day_in_words(until)}: the two days were read the other way round.")
        return until, since
    return since, until


def _year(year: int, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The two days that bound a year, as far as the record goes."""
    return max(first, dt.date(year - 1, 12, 31)), min(last, dt.date(year, 12, 31))


def _show(since: dt.date, until: dt.date) -> None:
    """Bound the list by two days; for use in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until


def _ask_day(name: str, usual: dt.date, first: dt.date, last: dt.date) -> dt.date:
    label, width = FIELDS[name]
    asked = st.query_params.get(name)
    if asked is not None and asked not in set(pd.date_range(first, last).strftime("%Y-%m-%d")):
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
