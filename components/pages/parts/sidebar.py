"""The sidebar, the same on every page: the day, the actor, the filters."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.pages.parts.address import FILTER_NAMES, hidden_fields, tell
from components.pages.parts.parameter import Parameter, read_address
from components.pages.parts.view import pick_actor
from components.record.check.problems import quoted
from components.record.filters import Filters, choices
from components.record.model import Record
from components.record.on_day import change_days
from components.record.wording import counted, day_in_words, long_date


def ask_day(record: Record) -> dt.date:
    """The as-of date: typed, by a slider of months, or by the previous and next change."""
    tracker = record.tracker
    _tell_wrong_day(tracker.start, tracker.data_until)
    chosen = st.date_input(
        "As of",
        value=tracker.data_until,
        min_value=tracker.start,
        max_value=tracker.data_until,
        key="date",
        bind="query-params",
        format="YYYY-MM-DD",
    )
    day = chosen if isinstance(chosen, dt.date) else tracker.data_until
    months = [month.date() for month in pd.date_range(tracker.start, tracker.data_until, freq="ME")]
    st.session_state["month"] = day
    st.select_slider(
        "Month by month",
        sorted({tracker.start, *months, tracker.data_until, day}),
        format_func=day_in_words,
        key="month",
        label_visibility="collapsed",
        on_change=lambda: _go_to(st.session_state["month"]),
    )
    days = change_days(record)
    before, after = bisect_left(days, day), bisect_right(days, day)
    previous, following = st.columns(2)
    _step(previous, "previous", "← Previous", days[before - 1] if before else None)
    _step(following, "next", "Next →", days[after] if after < len(days) else None)
    return day


def ask_actor(record: Record) -> str:
    """The picked actor, found by any of its names; "" where none is picked."""
    names = {
        actor_id: " · ".join([name, *aliases])
        for actor_id, name, aliases in zip(
            record.actors.index, record.actors["name"], record.actors["aliases"], strict=True
        )
    }
    # A select box would write its label into the address; this hidden twin writes the id, which never changes.
    st.session_state["actor"] = st.session_state.get("actor", "")  # mends what two quick choices left in the address
    with hidden_fields():
        asked = st.text_input("actor_id", key="actor", bind="query-params", label_visibility="collapsed")
    if asked and asked not in names:
        tell(f"The address asks for {quoted(asked)}, which is not an actor_id of the record. It was ignored.")
    actor_id = asked if asked in names else ""
    st.session_state["actor_found"] = actor_id or None
    st.selectbox(
        "Country or body",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Find by any name",
        key="actor_found",
        on_change=lambda: pick_actor(st.session_state["actor_found"] or ""),
    )
    return actor_id


def ask_filters(record: Record) -> Filters:
    """The filters, folded away; below them a count of the active ones that clears them in one click."""
    asked = {label: Parameter(name, labels, carried=True) for name, (label, labels) in choices(record).items()}
    read_address(*asked.values())
    # The label stays the same, for an expander with another label would be another one, and fold.
    folder = st.expander("Filters", key="filters", on_change="rerun")
    # Their lists are sent to those who open them or have chosen from them: everybody else sees the page earlier.
    chosen = _choose(folder, asked) if folder.open or _is_any_chosen() else {}
    filters = Filters(**chosen)
    if active := len(filters.active()):
        st.button(f"Clear {counted(active, 'filter')}", key="clear", on_click=_clear_filters, width="stretch")
    return filters


def _choose(place: st.delta_generator.DeltaGenerator, asked: Mapping[str, Parameter]) -> dict[str, tuple[str, ...]]:
    # Enter is to take what fits best, not all that fits what was typed, such as South Asia and Southeast Asia.
    return {
        parameter.name: tuple(parameter.ask_some(place.multiselect, label, placeholder="Any", select_all=False))
        for label, parameter in asked.items()
    }


def _is_any_chosen() -> bool:
    """Whether the address or a click names something to filter by, also where that is now taken back."""
    return any(st.query_params.get_all(name) or st.session_state.get(name) for name in FILTER_NAMES)


def _clear_filters() -> None:
    for name in FILTER_NAMES:
        st.session_state[name] = []


def _tell_wrong_day(start: dt.date, end: dt.date) -> None:
    text = st.query_params.get("date")
    if text is None:
        return
    try:
        day = dt.date.fromisoformat(text)
        known = start <= day <= end and day.isoformat() == text  # it also reads 20210815 and weeks
    except ValueError:
        known = False
    if not known:
        allowed = f"{start} to {end}, written YYYY-MM-DD"
        tell(
            f"The address asks for the date {quoted(text)}, which is not a day of the record: {allowed}. "
            "It was ignored."
        )


def _step(place: st.delta_generator.DeltaGenerator, key: str, label: str, day: dt.date | None) -> None:
    words = f"To the change of {long_date(day.isoformat())}" if day else "The record has no change there"
    place.button(label, key=key, disabled=day is None, help=words, on_click=_go_to, args=(day,), width="stretch")


def _go_to(day: dt.date) -> None:
    st.session_state["date"] = day
