"""Who holds what, and how did each move? Actors against levers, against time, and stance against lever."""

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

VIEWS = {"matrix": "Levers", "history": "Time", "crosstab": "Stance and lever"}
HOW_TO_READ = {
    "matrix": "Filled squares press, open squares pull; small grey marks are levers that have ended.",
    "history": "One square for each quarter, in the colour of the stance at its end.",
    "crosstab": "How many actors of each stance hold each lever on this day. Who is against, and could release or pay?",
}


def show_matrix_page(dataset: Dataset, view: View) -> None:
    """The matrix page."""
    show_headline(
        matrix_headline(dataset, view.day, view.passing), "Levers are what an actor holds or does.", _definitions()
    )
    shown, options = _ask_options(dataset)
    picture, card = st.columns([13, 7], gap="medium")
    with picture:
        st.caption(HOW_TO_READ[shown])
        show_picture(shown, dataset, view, options)
    with card:
        if view.actor_id:
            show_actor_card(dataset, view)
        else:
            show_latest_levers(dataset, view)


def _ask_options(dataset: Dataset) -> tuple[str, Options]:
    names = groupings(dataset)
    tell_wrong_values("view", VIEWS.values())
    tell_wrong_values("group", names.values())
    left, middle, right = st.columns([4, 3, 4], vertical_alignment="bottom")
    shown = left.segmented_control(
        "Show", list(VIEWS), format_func=VIEWS.__getitem__, default="matrix", key="view", bind="query-params",
        required=True,
    )  # fmt: skip
    alone = shown == "crosstab"
    group_by = middle.selectbox(
        "Group by", list(names), format_func=names.__getitem__, key="group", bind="query-params", disabled=alone
    )
    everyone = right.toggle("Show all actors, also those not coded", key="all", bind="query-params", disabled=alone)
    return shown or "matrix", Options(group_by=group_by or next(iter(names)), everyone=everyone)


def _definitions() -> str:
    lines = []
    for family in LEVER_FAMILIES.values():
        members = "; ".join(f"{term.label}: {term.definition}" for term in LEVERS.values() if term.group == family.code)
        lines.append(f"- **{family.label}** – {literal(members)}")
    return "\n".join(lines)
