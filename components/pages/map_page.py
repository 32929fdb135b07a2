"""Where does everyone stand? The map, and the card of whoever was picked."""

import streamlit as st

from components.load import Dataset
from components.pages.evidence import show_actor_card, show_latest
from components.pages.frame import show_headline
from components.pages.pictures import show_picture
from components.pages.text import literal
from components.pages.view import View
from components.summaries.stances import headline
from components.vocabulary import NOT_CODED, STANCES


def show_map_page(dataset: Dataset, view: View) -> None:
    """The map page."""
    show_headline(
        headline(dataset, view.day, view.passing),
        "Countries by their stance on recognition. Colour is the stance, not the level of contact.",
        definitions(dataset),
    )
    picture, card = st.columns([13, 7], gap="medium")
    with picture:
        show_picture("map", dataset, view)
        st.caption(f"**Names and borders.** {literal(dataset.tracker.names_and_borders)}")
    with card:
        if view.actor_id:
            show_actor_card(dataset, view)
        else:
            show_latest(dataset, view)


def definitions(dataset: Dataset) -> str:
    """The definition of each class, in Markdown."""
    stated = [
        f"- {term.symbol} **{term.label}** – {literal(dataset.tracker.stances[code])}" for code, term in STANCES.items()
    ]
    return "\n".join([*stated, f"- {NOT_CODED.symbol} **{NOT_CODED.label}** – {NOT_CODED.definition}"])
