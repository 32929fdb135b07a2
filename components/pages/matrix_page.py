"""Who holds what, and how did each move? Actors against levers, against time, and stance against lever."""

import streamlit as st

from components.figures.catalogue import figures_in
from components.figures.figure import Figure, Options
from components.figures.matrix import LeverMatrix
from components.pages.parts.cells import show_cell
from components.pages.parts.evidence import beside_card, show_latest_levers
from components.pages.parts.frame import show_headline
from components.pages.parts.masthead import set_filters
from components.pages.parts.parameter import one_of, read_address
from components.pages.parts.picture import show_picture
from components.pages.parts.view import View
from components.publish.picture import picture_of
from components.publish.templates import filled
from components.record.filters import choices
from components.record.model import Record
from components.record.used import in_use
from components.summaries.levers import groupings, has_levers, matrix_headline, sorts

VIEWS = {"matrix": "Levers", "history": "Time", "crosstab": "Stance and lever"}
LEVER = "A lever is something a state or body can give or withhold."
HOW_TO_READ = {
    "matrix": f"{LEVER} Pressure withholds or punishes; an incentive gives or permits.",
    "history": "A row for each, the last to move first; each colour is one stance.",
    "crosstab": f"{LEVER} Click a circle to see who stands in it.",
}
MONEY = "money"  # the family of levers that give or withhold it


def show_matrix_page(record: Record, view: View) -> None:
    """The matrix page."""
    show_headline(
        view.as_of,
        _finding(record, view),
        HOW_TO_READ[one_of("view", _views(record)).code],
        _definitions(record),
    )
    with st.container(horizontal=True, vertical_alignment="center", key="controls_matrix"):
        shown, options = _ask_options(record)
        if shown == "matrix":
            _show_presets(record)
    with beside_card(record, view, lever=str(st.session_state.get("lever_picked", ""))):
        drawn = _show_hero(shown, record, view, options)
    if shown == "history":
        return
    with st.container(key="rest"):
        if isinstance(drawn, LeverMatrix):
            _show_list(drawn)
        if shown == "crosstab" and drawn:
            show_cell(record, view, shown)
        with st.expander("Latest levers", key="latest", on_change="rerun") as latest:
            if latest.open:
                show_latest_levers(record, view)


def _show_hero(shown: str, record: Record, view: View, options: Options) -> Figure | None:
    """The picture, or in place of an empty one how to find more; gives what is drawn."""
    if shown != "history" and not has_levers(record, view.day, view.passing):
        later = "Choose a later day." if view.passing is None else "Choose a later day or clear filters."
        st.info(f"No lever is recorded here by this day. {later}")
        return None
    return show_picture(shown, record, view, options, hero=True).figure


def _finding(record: Record, view: View) -> str:
    """What the picture shows: of levers in the words of the tracker, of all else in its own."""
    shown = one_of("view", _views(record)).code
    if shown == "matrix":
        return matrix_headline(record, view.day, view.passing)
    return picture_of(record, shown, view.day, Options(passing=view.passing)).finding


def _views(record: Record) -> dict[str, str]:
    """What the page can show of a record, code to label."""
    return {code: label for code, label in VIEWS.items() if code in figures_in(record)}


def _show_presets(record: Record) -> None:
    """Questions that readers come with, each as filters; of the codes that it asks for the record has some."""
    money = [code for code, term in record.words.levers.items() if term.group == MONEY]
    presets = {
        "Refuses and controls money": {"stance": ["opposed"], "lever": money},
        "Can veto": {"lever": ["veto"]},
        "Neighbours": {"bloc": [record.tracker.neighbours]},
    }
    known = choices(record)
    for label, wanted in presets.items():
        filters = {
            name: [code for code in codes if code in known.get(name, ("", {}))[1]] for name, codes in wanted.items()
        }
        if all(filters.values()):
            st.button(label, key=f"preset_{label}", on_click=set_filters, args=(filters,))


def _show_list(drawn: LeverMatrix) -> None:
    """The matrix by lever, each with its holders, which the style sheet shows on phones only."""
    with st.container(key="matrix_list"):
        st.html(filled("standings.html", "holders", drawn.holders()))


def _ask_options(record: Record) -> tuple[str, Options]:
    views, groups, orders = read_address(
        one_of("view", _views(record)),
        one_of("group", groupings(record)),
        one_of("sort", {"": "As usual", **sorts(record)}),
    )
    shown = views.ask_one(st.segmented_control, "Show", required=True, width="content")
    alone = shown == "crosstab"
    group_by = groups.ask_one(st.selectbox, "Group by", disabled=alone, width=200)
    sort = orders.ask_one(st.selectbox, "Sort by", disabled=alone, width=200)
    everyone = st.toggle("Everyone", key="all", bind="query-params", disabled=alone, width="content")
    return shown, Options(group_by=group_by, sort=sort, everyone=everyone)


def _definitions(record: Record) -> dict[str, str]:
    """The levers that the record has, by their families."""
    levers = in_use(record, record.words.levers, "levers", "lever").values()
    return {
        family.label: "; ".join(f"{term.label}: {term.definition}" for term in levers if term.group == code)
        for code, family in record.words.lever_families.items()
        if any(term.group == code for term in levers)
    }
