"""What the reader has chosen, the same on every page: the day, the actor, the theme."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components.charts.theme import Style


@dataclass(frozen=True, slots=True)
class View:
    """The day that everything is shown on, the actor_id that was picked ("" for none), and the look of figures."""

    day: dt.date
    actor_id: str
    style: Style


def theme_of_reader() -> Literal["light", "dark"]:
    """The theme in which the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def pick_actor(actor_id: str) -> None:
    """Choose an actor from a click; for use in a callback, before the widget that holds the choice is drawn."""
    st.session_state["actor"] = actor_id
