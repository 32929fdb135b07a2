"""What moved? Changes of the world between two days, our corrections apart, and what each says it would take."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st

from components.pages.parts.address import page_link
from components.pages.parts.conditions import show_conditions
from components.pages.parts.evidence import cards_of, show_cards
from components.pages.parts.frame import show_headline
from components.pages.parts.parameter import Parameter, read_address
from components.pages.parts.span import ask_span
from components.pages.parts.view import View
from components.publish.templates import filled
from components.record.model import Record
from components.record.wording import counted, day_in_words, number
from components.summaries.changes import KINDS, changes_between, corrections_between
from components.summaries.changes_text import as_markdown, as_text
from components.summaries.joint import together
from components.summaries.moves import headline, others, span_in_words
from components.summaries.recodings import judged_anew
from components.summaries.ribbon import TIERS, ribbon_of
from components.summaries.tables import for_spreadsheets

FIRST = 6  # cards of a tier before the others are folded
FOLDED = "Other"  # the tier that is folded whole
READABLE = 860  # px, so that a line of text stays short on a wide screen
# A kind of the address may show more: before there was Rank, its rows were among those of Stance.
LABELS = {kind: "Stance or rank" if kind == "Stance" else kind for kind in KINDS}
SHOWN = {kind: {"Stance", "Rank"} if kind == "Stance" else {kind} for kind in KINDS}


def show_changes_page(record: Record, view: View, actor_ids: Collection[str] | None = None) -> None:
    """The changes page, of the actors in `actor_ids`; where it is None, of those that pass the filters of the view."""
    actor_ids = view.passing if actor_ids is None else actor_ids
    top = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="controls_changes"):
        since, until = ask_span(record)
        occurring = set(changes_between(record, dt.date.min, record.tracker.data_until)["kind"])
        labels = {kind: label for kind, label in LABELS.items() if SHOWN[kind] & occurring}
        (asked,) = read_address(Parameter("kind", labels))
        kinds = asked.ask_some(st.pills, "Kind", selection_mode="multi") if len(labels) > 1 else []
    with top:
        show_headline(
            span_in_words(since, until, actor_ids),
            headline(record, since, until, actor_ids),
            others(record, since, until, actor_ids),
            {kind: meaning for kind, meaning in KINDS.items() if kind in occurring},
        )
    rows = changes_between(record, since, until, actor_ids)
    if kinds:
        rows = rows[rows["kind"].isin(set.union(*(SHOWN[kind] for kind in kinds)))]
    if len(rows):
        st.html(filled("ribbon.html", "ribbon", ribbon_of(record, rows, since, until)))
    with st.container(key="rest"):
        with st.container(width=READABLE):
            _show_changes(record, view, rows, since, until)
            _show_corrections(record, view, since, until, actor_ids)
        show_conditions(record, view, actor_ids)


def _show_changes(record: Record, view: View, rows: pd.DataFrame, since: dt.date, until: dt.date) -> None:
    if rows.empty:
        st.info(
            f"The record has nothing of this after {day_in_words(since)} up to {day_in_words(until)}. "
            "Choose an earlier first day or other kinds here, or clear filters."
        )
        return
    parts = together(record, rows)
    for tier, kinds in TIERS.items():
        own = [part for part in parts if part[0].kind in kinds]
        if own:
            _show_tier(record, view, tier, own, int(rows["kind"].isin(kinds).sum()))
    name = f"changes-{since.isoformat()}-{until.isoformat()}"
    st.download_button(
        f"CSV, {counted(len(rows), 'change')}",
        for_spreadsheets(as_text(rows)),
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        key="changes_csv",
    )
    # A span of years makes half a megabyte of text, which is sent only to those who ask for it.
    markdown = st.expander(f"Markdown, {counted(len(rows), 'change')}", key="changes_markdown", on_change="rerun")
    if markdown.open:
        markdown.code(as_markdown(rows, record), None, wrap_lines=True)


def _show_tier(record: Record, view: View, tier: str, parts: list[list[Any]], count: int) -> None:
    """The changes of a tier, so many in `count`: the newest at once, the others to be unfolded."""
    cards, first = cards_of(record, view), 0 if tier == FOLDED else FIRST
    if first:
        st.subheader(f"{tier}: {number(count)}", anchor=False)
        show_cards(map(cards.together, parts[:first]))
    if len(parts) <= first:
        return
    words = f"Earlier: {tier.lower()}" if first else f"**{tier}**, acts and levers: {number(count)}"
    more = st.expander(words, key=f"more_{tier}", on_change="rerun")
    if more.open:
        with more:
            show_cards(map(cards.together, parts[first:]))
            elsewhere = 0 if first else count - sum(map(len, parts))
            if elsewhere:
                st.caption(f"{number(elsewhere)} more stand above, on the cards of the texts that they belong to.")


def _show_corrections(
    record: Record, view: View, since: dt.date, until: dt.date, actor_ids: Collection[str] | None
) -> None:
    """What we coded anew since the first day; the record is coded after its last day, so that one leaves it open."""
    open_end = until == record.tracker.data_until
    rows = corrections_between(record, since, dt.date.max if open_end else until, actor_ids)
    st.subheader("Our corrections", anchor=False)
    if judged := judged_anew(record):
        page_link(
            "data", f"{counted(len(judged), 'row')} judged anew: what stood there, what stands there now, and why"
        )
    st.caption("Rows added because we were wrong or the codebook changed, by the day of coding.")
    if rows.empty:
        ever = not corrections_between(record, dt.date.min, dt.date.max).empty
        among = "" if actor_ids is None else " among those shown"
        st.markdown(f"None in these days{among}." if ever else "None yet.")
        return
    show_cards(cards_of(record, view).changes(rows))
