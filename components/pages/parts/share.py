"""Ready to paste: the link, the embed code and the citation of a picture or of a row."""

from html import escape

import streamlit as st

from components.pages.parts.address import link
from components.pages.parts.view import View
from components.record.model import Record
from components.record.wording import day_in_words, long_date
from components.summaries.sources import citation

EMBED_SIZE = 'width="100%" height="760"'


def show_share(record: Record, view: View, key: str, title: str) -> None:
    """A small menu beside a picture: cite it, link to it, embed it live or pinned to its day; sent when opened."""
    menu = st.popover("Cite, link, embed", key=f"{key}_share", type="tertiary", on_change="rerun")
    if not menu.open:
        return
    pinned = link(date=view.day.isoformat())
    with menu:
        st.caption("Citation")
        st.code(f"“{title}”. {citation(record)}. {pinned}", None, wrap_lines=True)
        st.caption(f"Link to this view on {day_in_words(view.day)}")
        st.code(pinned, None, wrap_lines=True)
        st.caption("Embed, pinned to this day")
        st.code(_frame(pinned), None, wrap_lines=True)
        st.caption("Embed, live: always the newest day of the record")
        st.code(_frame(link(date="")), None, wrap_lines=True)


def row_citation(record: Record, row_id: str, actor_id: str, date_text: str) -> str:
    """A footnote for one row: what, when, its id and where to find it."""
    name = record.actors.at[actor_id, "name"]
    return f"{name}, {long_date(date_text)}, row {row_id}. {citation(record)}. {link('countries', actor=actor_id)}"


def _frame(address: str) -> str:
    joined = f"{address}{'&' if '?' in address else '?'}embed=true"
    return f'<iframe src="{escape(joined)}" title="{escape("Embedded view")}" {EMBED_SIZE} loading="lazy"></iframe>'
