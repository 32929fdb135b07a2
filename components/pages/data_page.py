"""May I have it, and how was it coded? Every table, its download, the codebook and how to cite."""

import datetime as dt
import functools

import pandas as pd
import streamlit as st

from components.pages.parts.coding import show_agreement, show_gaps, show_rules
from components.pages.parts.frame import definitions, show_headline
from components.pages.parts.judged import show_judged
from components.pages.parts.parameter import one_of, read_address
from components.pages.parts.share import row_citation
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.publish import bundle
from components.record.codebook import codebook
from components.record.model import Record
from components.record.on_day import newest_first, stance_history
from components.record.schema import TABLES
from components.record.wording import counted, day_in_words, enumerated, number
from components.summaries.sources import citation
from components.summaries.tables import as_written, for_spreadsheets, matching

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_WORDS = {
    "xlsx": "XLSX: a workbook, with a README sheet that explains its columns and codes.",
    "zip": "ZIP: a data package; unpacked it is a data folder that this dashboard can show.",
}

READABLE = 860  # px, so that a line of text stays short on a wide screen


def show_data_page(record: Record, view: View) -> None:
    """The data page."""
    actors = len(record.actors) - 1  # the subject takes no stance
    coded = counted(record.stances["actor_id"].nunique(), "actor")
    judged = f"{counted(len(record.stances), 'judgement')} on {coded}, each with its source"
    show_headline(
        f"Record until {day_in_words(record.tracker.data_until)}",
        judged if len(record.stances) else f"No judgement yet on {counted(actors, 'actor')}",
        f"{_beside(record)}Filters narrow the tables; the date does not.",
        definitions(record),
    )
    with st.container(key="rest"):
        wanted = _show_table(record, view)
        _show_bundles(record, view)
        with st.container(width=READABLE):
            _show_citation(record, view.day)
            show_rules(record)
            show_agreement(record)
            show_judged(record, view, wanted)
            show_gaps(record)
        with st.expander("Codebook: every table, column and code", key="codebook", on_change="rerun") as whole:
            if whole.open:
                st.markdown(codebook(record.words, literal))


def _beside(record: Record) -> str:
    """“With 3 levers, 2 sums of money and 1 source. ”: the rows beside those of stances; "" where there are none."""
    words = {"levers": ("lever", ""), "funds": ("sum of money", "sums of money"), "sources": ("source", "")}
    told = [counted(len(rows), *words[name]) for name in words if len(rows := record.table(name))]
    return f"With {enumerated(told, len(told))}. " if told else ""


def _show_citation(record: Record, day: dt.date) -> None:
    """What to copy, to cite the record and one of its rows."""
    st.subheader("Cite", anchor=False)
    st.caption("The record: who made it, its last day, its licence")
    st.code(citation(record), None, wrap_lines=True)
    known = newest_first(record)
    known = known[known["date"] <= pd.Timestamp(day)]
    if len(known):
        row = stance_history(record).loc[known.index[0]]
        st.caption(f"One row, by its id: for example the newest by {day_in_words(day)}")
        st.code(row_citation(record, row["actor_id"], row["id"], row["date_text"]), None, wrap_lines=True)


def _show_table(record: Record, view: View) -> str:
    """A table of the record; what a reader searches in it."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    names = {table.name: table.name for table in record.tables if len(record.table(table.name))}
    usual = "stances" if "stances" in names else None
    (tables,) = read_address(one_of("table", names, usual))
    with left:
        name = tables.ask_one(st.segmented_control, "Table", required=True)
    with right:
        wanted = st.text_input(
            "Rows that contain", placeholder="for example a country, or ambassador", key="rows", bind="query-params"
        )
    table = TABLES[name]
    full = as_written(record, table)
    shown = matching(record, full, wanted, view.passing)
    if shown.empty:
        sought = f" that contains “{literal(wanted)}”" if wanted else ""
        st.info(
            f"No row of {table.file}{sought} is left. Try one word, a country's name or a code of the codebook, "
            "or clear filters."
        )
    else:
        st.dataframe(shown, hide_index=True, height=460, alt=f"Table of {counted(len(shown), 'row')} of {table.file}")
    st.caption(f"{counted(len(shown), 'row')} of {number(len(full))}: {table.row_is}.")
    with st.container(horizontal=True):
        st.download_button(
            f"{table.file}, all rows", for_spreadsheets(full), table.file, "text/csv", on_click="ignore", key="full_csv"
        )
        if 0 < len(shown) < len(full):
            part = f"{table.name}-selection.csv"
            st.download_button(
                "Only the rows shown", for_spreadsheets(shown), part, "text/csv", on_click="ignore", key="part_csv"
            )
    return wanted


def _show_bundles(record: Record, view: View) -> None:
    """All tables in one file, of the whole record and of the actors shown."""
    endings = ["xlsx", "zip"] if bundle.can_write_workbook() else ["zip"]
    st.subheader("All tables in one file", anchor=False)
    with st.container(horizontal=True):
        for ending in endings:
            _offer(ending, "Whole record", record)
        if view.passing is not None:
            filtered = f"{view.filtered} (on {day_in_words(view.day)})"
            for ending in endings:
                _offer(ending, "Only the actors shown", record, view.passing, filtered)
    st.caption(" ".join(IN_WORDS[ending] for ending in endings))


def _offer(
    ending: str, words: str, record: Record, actor_ids: frozenset[str] | None = None, filtered: str = ""
) -> None:
    """A download that is made when somebody asks for it, so that a page view costs nothing."""
    make, kind = (bundle.workbook, WORKBOOK) if ending == "xlsx" else (bundle.data_package, "application/zip")
    st.download_button(
        f"{words}, .{ending}",
        functools.partial(make, record, actor_ids=actor_ids, filtered=filtered),
        f"{bundle.stem(record, part=actor_ids is not None)}.{ending}",
        kind,
        on_click="ignore",
        key=f"{'whole' if actor_ids is None else 'part'}_{ending}",
    )
