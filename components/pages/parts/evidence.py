"""Evidence: the card of one actor, and rows as cards with their sources."""

from typing import Any

import pandas as pd
import streamlit as st

from components.pages.parts.address import page_link
from components.pages.parts.text import literal, source_links
from components.pages.parts.view import View
from components.record.model import Record
from components.record.on_day import levers_until, newest_first, stance_history
from components.record.vocabulary import (
    ACTS,
    CONDITIONS,
    CONFIDENCES,
    DIRECTIONS,
    LEVELS,
    LEVERS,
    NOT_CODED,
    STANCES,
    STATUSES,
)
from components.record.wording import counted, day_in_words, long_date
from components.summaries.actors import actor_money
from components.summaries.countries import history_until
from components.summaries.empty import empty_state
from components.summaries.standing import standings_on

LATEST = 6


def show_actor_card(record: Record, view: View) -> None:
    """Stance, level, levers and money of the picked actor on the day, each with its sources."""
    actor = record.actors.loc[view.actor_id]
    st.subheader(literal(actor["name"]), anchor=False)
    if view.actor_id == record.tracker.subject:
        st.markdown("Not applicable: the subject of the record takes no stance.")
        return
    history = history_until(record, view.actor_id, view.day)
    _show_stances(record, view, history)
    page_link("countries", "All of its history, and comparisons")
    show_levers(record, view)
    show_money(record, view)


def show_latest(record: Record, view: View) -> None:
    """The newest rows of the record on the day, for a reader who has not picked anybody yet."""
    keys = newest_first(record)
    keys = keys[keys["date"] <= pd.Timestamp(view.day)]
    if view.passing is not None:
        keys = keys[keys["actor_id"].isin(view.passing)]
    rows = stance_history(record).loc[keys.index[:LATEST]]
    st.subheader("Latest changes", anchor=False)
    st.caption("Click a country, or find one by name in the sidebar, to see its evidence.")
    if rows.empty:
        shown = len(record.actors) if view.passing is None else len(view.passing)
        st.markdown(f"{empty_state(shown, 0, filtered=view.passing is not None, who='actor')}.")
    for row in rows.itertuples(index=False):
        show_stance_row(record, row, name=record.actors.at[row.actor_id, "name"])


def show_latest_levers(record: Record, view: View) -> None:
    """The levers that began last, for a reader who has not picked anybody yet."""
    rows = levers_until(record, view.day).sort_values(["from", "id"], ascending=False, kind="stable")
    if view.passing is not None:
        rows = rows[rows["actor_id"].isin(view.passing)]
    st.subheader("Latest levers", anchor=False)
    st.caption("Click a mark, or find an actor by name in the sidebar, to see its evidence.")
    for row in rows.head(LATEST).itertuples(index=False):
        _show_lever_row(record, row, name=record.actors.at[row.actor_id, "name"])


def _show_stances(record: Record, view: View, history: pd.DataFrame) -> None:
    if history.empty:
        st.markdown(
            f"{NOT_CODED.symbol} **{NOT_CODED.label}** on {day_in_words(view.day)}: no row of the record holds yet. "
            "That is neither a stance nor a search without result."
        )
        return
    now = standings_on(record, view.day)[view.actor_id]
    st.markdown(f"{STANCES[now.stance.code].symbol} **{now.in_words()}**")
    show_stance_row(record, history.iloc[-1])
    if len(history) > 1:
        with st.expander(f"Earlier: {counted(len(history) - 1, 'row')}"):
            for row in history.iloc[-2::-1].itertuples(index=False):
                show_stance_row(record, row)


def show_stance_row(record: Record, row: Any, name: str = "") -> None:
    """One row of stances as a card: date, act, what happened, stance and level after it, sources, and its id."""
    who = f"**{literal(name)}** · " if name else ""
    stance, level = STANCES[row.stance], LEVELS[row.recognition_level]
    conditions = ", ".join(CONDITIONS[code].label.lower() for code in row.condition)
    st.markdown(
        f"{who}{long_date(row.date_text)} · {ACTS[row.act].label}  \n"
        f"{literal(row.summary)}  \n"
        + (f"Asks for: {conditions}  \n" if conditions else "")
        + f":small[{stance.symbol} {stance.label} · {level.label} · {CONFIDENCES[row.confidence].label} confidence · "
        f"{source_links(record.sources, row.source_ids)} · "
        f"row {literal(row.id)}, checked {long_date(row.checked_on_text)}]"
    )


def show_levers(record: Record, view: View) -> None:
    """The levers that the picked actor holds or has held by the day."""
    rows = levers_until(record, view.day)
    rows = rows[rows["actor_id"] == view.actor_id].sort_values(["held", "from"], ascending=False, kind="stable")
    if rows.empty:
        return
    st.markdown("##### Levers")
    for row in rows.itertuples(index=False):
        _show_lever_row(record, row)


def _show_lever_row(record: Record, row: Any, name: str = "") -> None:
    who = f"**{literal(name)}** · " if name else ""
    direction = DIRECTIONS[row.direction]
    until = "" if row.held else f" until {long_date(row.until_text)}"
    st.markdown(
        f"{who}{direction.symbol} **{LEVERS[row.lever].label}** · {direction.label.lower()} · "
        f"since {long_date(row.from_text)}{until}  \n{literal(row.summary)}  \n"
        f":small[{CONFIDENCES[row.confidence].label} confidence · {source_links(record.sources, row.source_ids)} · "
        f"row {literal(row.id)}]"
    )


def show_money(record: Record, view: View) -> None:
    """What the picked actor holds, gave or promised by the day."""
    rows = actor_money(record, view.day, view.actor_id)
    if rows.empty:
        return
    st.markdown("##### Money")
    for row in rows.itertuples(index=False):
        show_fund_row(record, row)


def show_fund_row(record: Record, row: Any, *, with_holder: bool = False) -> None:
    """One row of money: what, how much, on what terms, from which sources."""
    who = f"**{literal(row.holder)}** · " if with_holder else ""
    details = " · ".join(literal(text) for text in (row.channel, row.terms) if text)
    status = STATUSES[row.status].label.lower()
    st.markdown(
        f"{who}**{literal(row.figure)}** {status} · {row.since}  \n{literal(row.summary)}  \n"
        + (f"{details}  \n" if details else "")
        + f":small[{CONFIDENCES[row.confidence].label} confidence · {source_links(record.sources, row.source_ids)} · "
        f"row {literal(row.id)}]"
    )
