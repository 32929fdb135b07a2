"""What the reader has chosen, the same on every page: the day, the actor, the theme."""

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from components.figures.theme import Theme
from components.record.wording import as_of


@dataclass(frozen=True, slots=True)
class View:
    """The day that everything is shown on, the picked actor_id ("" for none), the filters, the theme.

    `passing` are the actor_ids that pass the filters, None where nothing filters; `filtered` says so in words.
    """

    day: dt.date
    actor_id: str
    theme: Theme
    passing: frozenset[str] | None = None
    filtered: str = ""

    @property
    def as_of(self) -> str:
        """What stands above a headline: the day, and that filters leave only some actors."""
        return as_of(self.day, self.passing)


def theme_of_reader() -> Theme:
    """The theme in which the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def pick_actor(actor_id: str) -> None:
    """Choose an actor from a click; for use in a callback, before the widget that holds the choice is drawn."""
    st.session_state["actor"] = actor_id


def pick_lever(actor_id: str, lever: str) -> None:
    """Choose one lever of an actor from a click, or take that back; for use in a callback."""
    picked = f"{actor_id}:{lever}"
    again = st.session_state["actor"] == actor_id and st.session_state.get("lever_picked") == picked
    pick_actor("" if again else actor_id)
    st.session_state["lever_picked"] = "" if again else picked
