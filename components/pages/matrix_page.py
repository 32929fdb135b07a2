"""Who holds what? Actors against levers, and the card of whoever was picked."""

import streamlit as st

from components.catalogue import Options
from components.load import Dataset
from components.pages.address import tell_wrong_values
from components.pages.evidence import show_actor_card, show_latest_levers
from components.pages.frame import show_headline
from components.pages.pictures import show_picture
from components.pages.text import literal
from components.pages.view import View
from components.summaries.levers import groupings, matrix_headline
from components.vocabulary import LEVER_FAMILIES, LEVERS


def show_matrix_page(dataset: Dataset, view: View) -> None:
    """The matrix page."""
    show_headline(
        matrix_headline(dataset, view.day, view.passing),
        "Filled squares press, open squares pull; small grey marks are levers that have ended. "
        "The stance stands beside each name.",
        _definitions(),
    )
    options = _ask_options(dataset)
    picture, card = st.columns([13, 7], gap="medium")
    with picture:
        show_picture("matrix", dataset, view, options)
    with card:
        if view.actor_id:
            show_actor_card(dataset, view)
        else:
            show_latest_levers(dataset, view)


def _ask_options(dataset: Dataset) -> Options:
    names = groupings(dataset)
    tell_wrong_values("group", names.values())
    left, right = st.columns([2, 5], vertical_alignment="bottom")
    with left:
        group_by = st.selectbox(
            "Group by", list(names), format_func=names.__getitem__, key="group", bind="query-params"
        )
    with right:
        everyone = st.toggle("Show all actors, also those not coded", key="all", bind="query-params")
    return Options(group_by=group_by or next(iter(names)), everyone=everyone)


def _definitions() -> str:
    lines = []
    for family in LEVER_FAMILIES.values():
        members = "; ".join(f"{term.label}: {term.definition}" for term in LEVERS.values() if term.group == family.code)
        lines.append(f"- **{family.label}** – {literal(members)}")
    return "\n".join(lines)
