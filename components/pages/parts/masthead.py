"""The masthead, the same on every page: what this is, its pages, and the actor, the day and the filters."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from components.pages.parts.address import FILTER_NAMES, hidden_fields, keep, quoted, tell
from components.pages.parts.parameter import Parameter, read_address
from components.pages.parts.scripts import scripts
from components.pages.parts.view import pick_actor
from components.record.cache import remembered
from components.record.filters import Filters, choices
from components.record.folding import findable
from components.record.model import Record
from components.record.on_day import change_days
from components.record.wording import counted, long_date

WIDTHS: Mapping[str, Literal["content"] | int] = {
    "pages": "content",
    "actor": 210,
    "day": "content",
    "filters": "content",
}

_PARTS = ("typed_day.js", "typed_name.js", "press.js", "paper.js", "reader.js")
_follow_reader = st.components.v2.component("reader", js=scripts(*_PARTS))


@dataclass(frozen=True, slots=True)
class Masthead:
    """Places in one row, in the order in which they are read, for what is asked before the pages are known."""

    pages: DeltaGenerator
    actor: DeltaGenerator
    day: DeltaGenerator
    filters: DeltaGenerator


def open_masthead(record: Record) -> Masthead:
    """The row with the name of the tracker, and the places in it."""
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.html(f'<p class="name" translate="no">{escape(record.tracker.title)}</p>', width="content")
        return Masthead(*(_place(name, width) for name, width in WIDTHS.items()))


def _place(name: str, width: Literal["content"] | int) -> DeltaGenerator:
    return st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap=None, width=width, key=f"masthead_{name}"
    )


def show_pages(place: DeltaGenerator, pages: Iterable[StreamlitPage]) -> None:
    """Links to the pages of the dashboard."""
    for page in pages:
        place.page_link(page)


def ask_day(record: Record) -> dt.date:
    """The as-of date: typed, or by the previous and next change."""
    tracker = record.tracker
    _tell_wrong_day(tracker.start, tracker.data_until)
    before, field, after = (st.container(width="content") for _ in range(3))
    chosen = field.date_input(
        "As of",
        value=tracker.data_until,
        min_value=tracker.start,
        max_value=tracker.data_until,
        key="date",
        bind="query-params",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=150,
    )
    day = chosen if isinstance(chosen, dt.date) else tracker.data_until
    # The last day stands in no address, so that a link to it goes on with the record, unless a reader has pinned it.
    pinned = day < tracker.data_until or st.query_params.get("date") == day.isoformat()
    keep("date", [day.isoformat()] if pinned else [])
    days = change_days(record)
    earlier, later = bisect_left(days, day), bisect_right(days, day)
    with hidden_fields():
        _follow_reader(key="reader")
    _step(before, "previous", "Previous", days[earlier - 1] if earlier else None)
    _step(after, "next", "Next", days[later] if later < len(days) else None)
    return day


def ask_actor(record: Record) -> str:
    """The picked actor, found by any of its names; "" where none is picked."""
    names = _findable_names(record)
    # A select box would write its label into the address; this hidden twin writes the id, which never changes.
    st.session_state["actor"] = st.session_state.get("actor", "")  # mends what two quick choices left in the address
    with hidden_fields():
        asked = st.text_input("actor_id", key="actor", bind="query-params", label_visibility="collapsed")
    if asked and asked not in names:
        sentence = f"The address asks for {quoted(asked)}, which is not an actor_id of the record. It was ignored."
        tell(sentence, [f"actor {quoted(asked)}"])
    actor_id = asked if asked in names else ""
    keep("actor", [actor_id] if actor_id else [])
    st.session_state["actor_found"] = actor_id or None
    st.selectbox(
        "Country or body",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Find by name",
        label_visibility="collapsed",
        key="actor_found",
        on_change=lambda: pick_actor(st.session_state["actor_found"] or ""),
    )
    return actor_id


@remembered(most=1)
def _findable_names(record: Record) -> dict[str, str]:
    """All names of each actor, by its actor_id, as a list can be searched for them."""
    actors = record.actors
    held = zip(actors.index, actors["name"], actors["aliases"], strict=True)
    return {actor_id: findable(" · ".join([name, *aliases])) for actor_id, name, aliases in held}


def ask_filters(record: Record) -> Filters:
    """The filters, in a menu that says how many are chosen."""
    known = choices(record)
    asked = {label: Parameter(name, labels, carried=True) for name, (label, labels) in known.items()}
    nobody = [Parameter(name, {}, carried=True) for name in FILTER_NAMES if name not in known]
    read_address(*asked.values(), *nobody)
    number = len({name for name in known if _is_chosen(name)})
    # Its label stays the same, for with another one it would be another menu, and close.
    menu = st.popover("Filters", key="filters", on_change="rerun")
    if number:
        st.html(
            f'<span class="number" aria-label="{counted(number, "filter")} chosen">{number}</span>', width="content"
        )
    # Their lists are sent to those who open them or have chosen from them: everybody else sees the page earlier.
    chosen = _choose(menu, asked) if menu.open or number else {}
    for name in FILTER_NAMES:
        keep(name, chosen.get(name, ()))
    return Filters(**chosen)


def _choose(place: DeltaGenerator, asked: Mapping[str, Parameter]) -> dict[str, tuple[str, ...]]:
    # Enter is to take what fits best, not all that fits what was typed, such as South Asia and Southeast Asia.
    return {
        parameter.name: tuple(parameter.ask_some(place.multiselect, label, placeholder="Any", select_all=False))
        for label, parameter in asked.items()
    }


def _is_chosen(name: str) -> bool:
    """Whether the address or a click names something to filter by, also where that is now taken back."""
    return bool(st.query_params.get_all(name) or st.session_state.get(name))


def set_filters(filters: Mapping[str, list[str]]) -> None:
    """Filter by these codes alone; for use in a callback."""
    for name in FILTER_NAMES:
        st.session_state[name] = filters.get(name, [])


def clear_filters() -> None:
    """Take all filters back; for use in a callback."""
    for name in FILTER_NAMES:
        clear_filter(name)


def clear_filter(name: str) -> None:
    """Take one filter back; for use in a callback."""
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
            "It was ignored.",
            [f"date {quoted(text)}"],
        )


def _step(place: DeltaGenerator, key: str, label: str, day: dt.date | None) -> None:
    words = f"To the change of {long_date(day.isoformat())}" if day else "The record has no change there"
    icon = f":material/arrow_{'back' if key == 'previous' else 'forward'}:"
    place.button(label, key, words, _go_to, (day,), icon=icon, type="tertiary", disabled=day is None)


def _go_to(day: dt.date) -> None:
    st.session_state["date"] = day
