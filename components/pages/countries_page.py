"""Tell me about one: its history as a picture and as cards, its levers, money, conditions and peers."""

import streamlit as st

from components.figures.figure import Options
from components.pages.parts.evidence import cards_of, show_cards, show_envoys, show_levers, show_money, tell_empty
from components.pages.parts.frame import definitions, show_headline
from components.pages.parts.parameter import Parameter, read_address
from components.pages.parts.picture import show_picture
from components.pages.parts.view import View, pick_actor
from components.publish import rows
from components.publish.templates import filled
from components.record.model import Record
from components.record.used import in_use
from components.record.wording import as_of, counted
from components.summaries.countries import (
    by_weight,
    country_headline,
    history_until,
    overview,
    overview_headline,
    peers,
    say_do_gap,
)

MOST_COMPARED = 4
RECENT = 8  # rows before the earlier ones are folded
HEIGHT, FIT = 620, 16  # px of the table of all, and the rows that it has room for


def show_countries_page(record: Record, view: View) -> None:
    """The page of the picked actor, or the list of all where none is picked."""
    if view.actor_id and view.actor_id != record.tracker.subject:
        _show_one(record, view)
    else:
        _show_all(record, view)


def _show_all(record: Record, view: View) -> None:
    frame = by_weight(record, overview(record, view.day, view.passing))
    show_headline(
        view.as_of,
        overview_headline(frame, filtered=view.passing is not None),
        "Who recognises first, then by stance, and in each who moved last. Choose a row, or find one by name above.",
        definitions(record),
    )
    if frame.empty:
        tell_empty(record, view)
        return
    ids = list(frame.index)

    def pick() -> None:
        rows = st.session_state["overview"]["selection"]["rows"]
        if rows:
            pick_actor(ids[rows[0]])

    blank = [column for column in frame if not frame[column].astype(bool).any()]
    shown = frame.drop(columns=blank)
    st.dataframe(
        shown, hide_index=True, height=HEIGHT if len(shown) > FIT else "content", key="overview", on_select=pick,
        selection_mode="single-row", alt=f"Table of {counted(len(frame), 'actor')} with stance, level and region",
    )  # fmt: skip


def _show_one(record: Record, view: View) -> None:
    levels = in_use(record, record.words.levels, "stances", "recognition_level")
    show_headline(
        as_of(view.day),
        country_headline(record, view.actor_id, view.day),
        "The band is the stance over time, the line in it the level, each dot a dated row. Each row is a card below.",
        {**definitions(record), **{term.label: term.definition for term in levels.values()}},
    )
    others = _ask_others(record, view)
    # The headline says what a picture of this one alone does.
    show_picture("standing", record, view, Options(actor_ids=(view.actor_id, *others)), hero=not others)
    history = history_until(record, view.actor_id, view.day)
    evidence, facts = st.columns([13, 7], gap="large")
    with evidence:
        st.subheader("Dated rows, newest first", anchor=False)
        if history.empty:
            st.markdown("No row of the record holds yet. That is neither a stance nor a search without result.")
        cards = cards_of(record, view, at_home=True)
        newest = [cards.stance(row) for row in rows.of(history.iloc[::-1])]
        show_cards(newest[:RECENT])
        if earlier := newest[RECENT:]:
            with st.expander(f"{counted(len(earlier), 'earlier row')}"):
                show_cards(earlier)
    with facts:
        if not history.empty:
            _show_gap(record, history.iloc[-1]["stance"], history.iloc[-1]["recognition_level"])
            show_envoys(record, view)
        show_levers(record, view)
        show_money(record, view)
        near = peers(record, view.actor_id, view.day).rename_axis("").reset_index()
        if len(near):
            st.markdown("##### Peers")
            st.html(filled("table.html", "frame_table", near, "Countries of its region and blocs"))


def _ask_others(record: Record, view: View) -> list[str]:
    names = record.actors["name"].drop(index=[view.actor_id, record.tracker.subject]).to_dict()
    if not names:
        return []
    (others,) = read_address(Parameter("with", names, most=MOST_COMPARED))
    with st.container(key="controls_compare"):
        return others.ask_some(
            st.multiselect,
            "Compare with",
            max_selections=MOST_COMPARED,
            select_all=False,
            placeholder=f"Up to {MOST_COMPARED} others",
            width=560,
        )


def _show_gap(record: Record, stance: str, level: str) -> None:
    st.markdown("##### Said against done")
    st.markdown(say_do_gap(record, stance, level))
