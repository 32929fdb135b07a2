"""What moved? Changes of the world between two days, our corrections apart, and what each says it would take."""

import datetime as dt
from collections.abc import Collection

import pandas as pd
import streamlit as st

from components.pages.parts.address import tell
from components.pages.parts.evidence import cards_of, show_cards
from components.pages.parts.frame import show_headline
from components.pages.parts.parameter import Parameter, read_address
from components.pages.parts.view import View
from components.record.check.problems import quoted
from components.record.model import Record
from components.record.vocabulary import CONDITIONS
from components.record.wording import as_of, counted, day_in_words, long_date, number
from components.summaries.changes import (
    KINDS,
    as_markdown,
    as_text,
    changes_between,
    corrections_between,
    headline,
    span_in_words,
)
from components.summaries.conditions import ALL, condition_counts, conditions_on
from components.summaries.tables import as_csv

FIRST = 12  # changes of a kind before the others are folded
FOLDED = {"Act", "Lever", "Money"}
READABLE = 860  # px, so that a line of text stays short on a wide screen


def show_changes_page(record: Record, view: View, actor_ids: Collection[str] | None = None) -> None:
    """The changes page, of the actors in `actor_ids`; where it is None, of those that pass the filters of the view."""
    actor_ids = view.passing if actor_ids is None else actor_ids
    top = st.container()
    with st.container(width=READABLE):
        since, until = _ask_span(record)
        (asked,) = read_address(Parameter("kind", {kind: kind for kind in KINDS}))
        kinds = asked.ask_some(st.pills, "Kind", selection_mode="multi")
        rows = changes_between(record, since, until, actor_ids)
        if kinds:
            rows = rows[rows["kind"].isin(kinds)]
        _show_changes(record, view, rows, since, until)
        _show_corrections(record, view, since, until, actor_ids)
    with top:
        show_headline(
            span_in_words(since, until, actor_ids),
            headline(record, since, until, actor_ids),
            "Two days of their own bound the list, not the one above.",
            KINDS,
        )
    _show_conditions(record, view, actor_ids)


def _ask_span(record: Record) -> tuple[dt.date, dt.date]:
    """The two days, in order. The first may be the day before the record, as what happened on it is left out."""
    first, last = record.tracker.start - dt.timedelta(days=1), record.tracker.data_until
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="controls_years"):
        for year in range(last.year, first.year, -1):
            st.button(str(year), key=f"year_{year}", on_click=_show_year, args=(year, first, last))
    left, right = st.columns(2)
    with left:
        since = _ask_day("since", "After", max(first, dt.date(last.year - 1, 12, 31)), first, last)
    with right:
        until = _ask_day("until", "Up to and including", last, first, last)
    if since > until:
        tell(f"{day_in_words(since)} is after {day_in_words(until)}: the two days were read the other way round.")
        return until, since
    return since, until


def _show_year(year: int, first: dt.date, last: dt.date) -> None:
    """Bound the list by a year; for use in a callback."""
    st.session_state["since"] = max(first, dt.date(year - 1, 12, 31))
    st.session_state["until"] = min(last, dt.date(year, 12, 31))


def _ask_day(name: str, label: str, usual: dt.date, first: dt.date, last: dt.date) -> dt.date:
    asked = st.query_params.get(name)
    if asked is not None and asked not in set(pd.date_range(first, last).strftime("%Y-%m-%d")):
        allowed = f"{first} to {last}, written YYYY-MM-DD"
        tell(
            f"The address asks for {name} {quoted(asked)}, which is not a day of the record: {allowed}. It was ignored."
        )
    chosen = st.date_input(
        label,
        value=usual,
        min_value=first,
        max_value=last,
        key=name,
        bind="query-params",
        format="YYYY-MM-DD",
    )
    return chosen if isinstance(chosen, dt.date) else usual


def _show_changes(record: Record, view: View, rows: pd.DataFrame, since: dt.date, until: dt.date) -> None:
    if rows.empty:
        st.info(
            f"The record has nothing of this after {day_in_words(since)} up to {day_in_words(until)}. "
            "Choose an earlier first day or other kinds here, or clear filters."
        )
        return
    for kind in KINDS:
        found = rows[rows["kind"] == kind]
        if len(found):
            _show_kind(record, view, kind, found)
    name = f"changes-{since.isoformat()}-{until.isoformat()}"
    st.download_button(
        f"CSV, {counted(len(rows), 'change')}",
        as_csv(as_text(rows)),
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        key="changes_csv",
    )
    # A span of years makes half a megabyte of text, which is sent only to those who ask for it.
    markdown = st.expander(f"Markdown, {counted(len(rows), 'change')}", key="changes_markdown", on_change="rerun")
    if markdown.open:
        markdown.code(as_markdown(rows, record), None, wrap_lines=True)


def _show_kind(record: Record, view: View, kind: str, rows: pd.DataFrame) -> None:
    """The changes of a kind: those that weigh most at once, the others to be unfolded."""
    first = 0 if kind in FOLDED else FIRST
    if first:
        st.subheader(f"{kind}: {number(len(rows))}", anchor=False)
        _show_by_month(record, view, rows.head(first))
    if len(rows) > first:
        words = f"{number(len(rows) - first)} more" if first else f"**{kind}**: {number(len(rows))}"
        more = st.expander(words, key=f"more_{kind}", on_change="rerun")
        if more.open:
            with more:
                _show_by_month(record, view, rows.iloc[first:])


def _show_by_month(record: Record, view: View, rows: pd.DataFrame) -> None:
    months = rows["date_text"].map(lambda text: long_date(text[:7]) if len(text) > 4 else f"{text}, month not known")
    cards = cards_of(record, view)
    for month, group in rows.groupby(months, sort=False):
        st.markdown(f"##### {month}")
        show_cards(cards.change(row) for row in group.itertuples(index=False))


def _show_corrections(
    record: Record, view: View, since: dt.date, until: dt.date, actor_ids: Collection[str] | None
) -> None:
    """What we coded anew since the first day; the record is coded after its last day, so that one leaves it open."""
    open_end = until == record.tracker.data_until
    rows = corrections_between(record, since, dt.date.max if open_end else until, actor_ids)
    st.subheader("Our corrections", anchor=False)
    st.caption("Rows that we coded anew because we were wrong or the codebook changed, by the day of coding.")
    if rows.empty:
        ever = not corrections_between(record, dt.date.min, dt.date.max).empty
        among = "" if actor_ids is None else " among those shown"
        st.markdown(f"None in these days{among}." if ever else "None yet.")
        return
    _show_by_month(record, view, rows)


def _show_conditions(record: Record, view: View, actor_ids: Collection[str] | None) -> None:
    day = view.day
    said = conditions_on(record, day, actor_ids)
    st.subheader("What each says it would take", anchor=False)
    st.markdown(
        f"{as_of(day, actor_ids)}: {counted(len(said), 'country has', 'countries have')} said what recognition would "
        "take. A country that names two conditions counts for both, and in each of its blocs.",
        help="\n".join(f"- **{term.label}** – {term.definition}" for term in CONDITIONS.values()),
    )
    if said.empty:
        return
    _show_counts(record, condition_counts(record, day, actor_ids))
    with st.expander(f"Who says so: {counted(len(said), 'country', 'countries')}"):
        cards = cards_of(record, view)
        show_cards(cards.condition(row) for row in said.itertuples(index=False))


def _show_counts(record: Record, counts: pd.DataFrame) -> None:
    """Blocs go down and conditions across: there are too many blocs for the width of a screen."""
    table = counts.T.rename(index={ALL: "All countries"}).assign(meaning=["", *record.tracker.blocs.values()])
    columns = {
        code: st.column_config.NumberColumn(term.label, help=term.definition) for code, term in CONDITIONS.items()
    }
    st.dataframe(
        table,
        height="content",
        column_config={
            "_index": "Bloc",
            **columns,
            "meaning": st.column_config.TextColumn("Who is in it", width="large"),
        },
        alt="How many countries name each condition, by bloc",
    )
