"""What was judged anew, on a page: whose rows and why in words, then each with what stood and what stands there."""

from html import escape

import streamlit as st

from components.pages.parts.share import row_address
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.publish.templates import filled
from components.record.model import Record
from components.record.wording import counted, number
from components.summaries.recodings import Judged, judged_anew, judged_counts, judged_headline, judged_matching

AT_ONCE = 12  # rows before all of them are folded


def show_judged(record: Record, view: View, wanted: str) -> None:
    """The log of recodings, of what a reader searches and filters; nothing where the record has none."""
    judged = judged_anew(record)
    if not judged:
        return
    st.subheader("What was judged anew", anchor=False)
    st.html(f"<p>{escape(judged_headline(judged))}.</p>")
    st.html(filled("recodings.html", "counts", judged_counts(judged)))
    shown = judged_matching(record, judged, wanted, view.passing)
    if wanted.strip() or view.passing is not None:
        sought = f" that contain “{literal(wanted.strip())}”" if wanted.strip() else " of the actors shown"
        st.caption(f"{counted(len(shown), 'row')} of {number(len(judged))}{sought}.")
    if not shown:
        return
    if len(shown) <= AT_ONCE:
        _show_rows(shown)
        return
    with st.expander(
        "Each row, newest first: what stood there, what stands there now, and why", key="judged", on_change="rerun"
    ) as rows:
        if rows.open:
            _show_rows(shown)


def _show_rows(judged: list[Judged]) -> None:
    st.html(filled("recodings.html", "judged", judged, _address))


def _address(row: Judged) -> str:
    """The page of the row's actor on a day on which it is there; "" where it was dropped."""
    return row_address(row.actor_id, row.date_text) if row.date_text else ""
