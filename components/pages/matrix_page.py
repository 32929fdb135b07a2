"""Who holds what, and how did each move? Actors against levers, against time, and stance against lever."""

import pandas as pd
import streamlit as st

from components.figures.figure import Options
from components.pages.parts.cells import show_cell
from components.pages.parts.evidence import show_actor_card, show_latest_levers
from components.pages.parts.frame import show_headline
from components.pages.parts.parameter import one_of, read_address
from components.pages.parts.picture import show_picture
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.record.model import Record
from components.record.vocabulary import LEVER_FAMILIES, LEVERS
from components.summaries.levers import SORTS, groupings, matrix_headline

ABOUT = ("Actor", "Stance")  # the columns of the table behind the matrix that are not a lever
VIEWS = {"matrix": "Levers", "history": "Time", "crosstab": "Stance and lever"}
HOW_TO_READ = {
    "matrix": "Filled squares press, open squares pull; small grey marks are levers that have ended.",
    "history": "One bar for each actor, in the colour of its stance from day to day.",
    "crosstab": "How many actors of each stance hold each lever on this day. Who is against, and could release or pay?",
}


def show_matrix_page(record: Record, view: View) -> None:
    """The matrix page."""
    show_headline(
        view.as_of,
        matrix_headline(record, view.day, view.passing),
        "A lever is something a state can give or withhold: money, sanctions, a UN seat, a border.",
        _definitions(),
    )
    shown, options = _ask_options(record)
    picture, card = st.columns([13, 7], gap="medium")
    with picture:
        st.caption(HOW_TO_READ[shown])
        drawn = show_picture(shown, record, view, options)
        if shown == "matrix":
            _show_list(drawn.figure.table())
        if shown == "crosstab":
            show_cell(record, view, shown)
    with card:
        if view.actor_id:
            show_actor_card(record, view)
        else:
            show_latest_levers(record, view)


def _show_list(table: pd.DataFrame) -> None:
    """The matrix as a list, one line for each actor with levers, which the style sheet shows on phones only."""
    lines = []
    for row in table.to_dict("records"):
        levers = [f"{lever}: {words.lower()}" for lever, words in row.items() if lever not in ABOUT and words]
        if levers:
            lines.append(f"**{literal(row['Actor'])}** · {row['Stance']}  \n{'; '.join(levers)}")
    with st.container(key="matrix_list"):
        st.markdown("\n\n".join(lines) or "No actor shown holds a lever on this day.")


def _ask_options(record: Record) -> tuple[str, Options]:
    views, groups, sorts = read_address(
        one_of("view", VIEWS), one_of("group", groupings(record)), one_of("sort", SORTS)
    )
    left, middle, third, right = st.columns([5, 3, 3, 4], vertical_alignment="bottom")
    shown = views.ask_one(left.segmented_control, "Show", required=True)
    alone = shown == "crosstab"
    group_by = groups.ask_one(middle.selectbox, "Group by", disabled=alone)
    sort = sorts.ask_one(third.selectbox, "Sort by", disabled=alone)
    everyone = right.toggle("All actors, also those not coded", key="all", bind="query-params", disabled=alone)
    return shown, Options(group_by=group_by, sort=sort, everyone=everyone)


def _definitions() -> dict[str, str]:
    return {
        family.label: "; ".join(
            f"{term.label}: {term.definition}" for term in LEVERS.values() if term.group == family.code
        )
        for family in LEVER_FAMILIES.values()
    }
