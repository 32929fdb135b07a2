"""The slider below the map: the record played through in the reader's browser, and the day where the reader stays."""

import datetime as dt
from functools import partial
from typing import Any

import streamlit as st

from components.figures.figure import Options
from components.figures.film import Film
from components.pages.parts.scripts import scripts
from components.pages.parts.view import View
from components.publish.templates import text
from components.record.cache import remembered
from components.record.model import Record

KEY = "player"
_player = st.components.v2.component("film_player", js=text("player.js") + scripts("day.js", "film.js"))


def show_player(record: Record, view: View) -> None:
    """The player of the map of a page, for stances; none where nothing could move."""
    film = _film(record, view.passing)
    if len(film["days"]) < 2 or record.stances.empty:
        return
    # The same on every day, so that it is sent once: the browser finds the day in the address.
    data = {"frame": "st-key-picture_map_frame", "film": film}
    _player(key=KEY, data=data, on_day_change=partial(_stay, frozenset(film["days"])))


def _stay(days: frozenset[str]) -> None:
    """Show the day where the reader stays; for use in a callback."""
    day = st.session_state[KEY].day
    if day in days:
        st.session_state["date"] = dt.date.fromisoformat(day)


@remembered(most=4)
def _film(record: Record, passing: frozenset[str] | None) -> dict[str, Any]:
    return Film.build(record, record.tracker.data_until, Options()).player(passing)
