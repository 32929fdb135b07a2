"""Who stands in one cell of a picture of levers by stance, for a click or a choice in a list."""

import streamlit as st

from components.pages.parts.text import literal
from components.pages.parts.view import View, pick_actor
from components.record.model import Record
from components.record.vocabulary import LISTED
from components.summaries.crosstab import MEASURES, crosstab, money_of_actors

NONE = ""


def show_cell(record: Record, view: View, chart: str) -> None:
    """A list of the cells that somebody stands in, and who stands in the chosen one, with their money."""
    cells = crosstab(record, view.day, view.passing)
    names = {
        f"{lever}:{stance}": _cell_name(record, str(lever), str(stance), len(cells.at[lever, stance]))
        for lever in cells.index
        for stance in cells.columns
        if cells.at[lever, stance]
    }
    key = f"cell_{chart}"
    if st.session_state.get(key) not in {NONE, None, *names}:
        st.session_state[key] = NONE
    chosen = st.selectbox(
        "Who stands in a circle? Click one, or choose it here",
        [NONE, *names],
        format_func=lambda code: names.get(code, "Nobody chosen"),
        key=key,
    )
    if chosen:
        lever, stance = chosen.split(":")
        _show_actors(record, view, cells.at[lever, stance])


def pick_cell(chart: str, cell: str) -> None:
    """Choose the cell that was clicked in a picture, or take that back; for use in a callback."""
    key = f"cell_{chart}"
    st.session_state[key] = NONE if st.session_state.get(key) == cell else cell


def _cell_name(record: Record, lever: str, stance: str, actors: int) -> str:
    return f"{record.words.levers[lever].label}, {LISTED[stance].label.lower()} ({actors})"


def _show_actors(record: Record, view: View, actor_ids: tuple[str, ...]) -> None:
    held, given = (money_of_actors(record, view.day, measure) for measure in MEASURES)
    for actor_id in actor_ids:
        name = str(record.actors.at[actor_id, "name"])
        told = [
            sums[actor_id].amounts(words)
            for sums, words in ((held, "held back"), (given, "promised or paid"))
            if actor_id in sums
        ]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(literal(name), type="tertiary", key=f"cell_{actor_id}", on_click=pick_actor, args=(actor_id,))
            st.caption("; ".join(told) or "no money recorded")
