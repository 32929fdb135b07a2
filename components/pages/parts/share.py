"""Ready to paste: the link, the embed code and the citation of a picture or of a row."""

from html import escape

import streamlit as st

from components.pages.parts.address import link
from components.pages.parts.view import View
from components.record.model import Record
from components.record.wording import day_in_words, long_date
from components.summaries.sources import citation

EMBED_STYLE = "width:100%;aspect-ratio:700/440;min-height:320px;border:0"


def show_share(record: Record, view: View, name: str, title: str) -> None:
    """A small menu beside a picture: cite it, link to it, embed it live or pinned to its day; sent when opened."""
    menu = st.popover("Cite, link, embed", key=f"picture_{name}_share", type="tertiary", on_change="rerun")
    if not menu.open:
        return
    pinned = link(date=view.day.isoformat())
    with menu:
        st.caption("Citation")
        st.code(f"“{title}”. {citation(record)}. {pinned}", None, wrap_lines=True)
        st.caption(f"Link to this view on {day_in_words(view.day)}")
        st.code(pinned, None, wrap_lines=True)
        st.caption("Embed, pinned to this day")
        st.code(_frame(pinned, name, title), None, wrap_lines=True)
        st.caption("Embed, live: always the newest day of the record")
        st.code(_frame(link(date=""), name, title), None, wrap_lines=True)


def row_citation(record: Record, actor_id: str, row_id: str, date_text: str) -> str:
    """A footnote for one row: what, when, its id and where to find it, on a day on which it is there."""
    name = record.actors.at[actor_id, "name"]
    return f"{name}, {long_date(date_text)}, row {row_id}. {citation(record)}. {row_address(actor_id, date_text)}"


def row_address(actor_id: str, date_text: str) -> str:
    """The page of a row's actor, on a day on which the row is there."""
    first = f"{date_text}-01-01"[:10]
    later = {"date": first} if st.query_params.get("date", first) < first else {}
    return link("countries", actor=actor_id, **later)


def _frame(address: str, name: str, title: str) -> str:
    joined = f"{address}{'&' if '?' in address else '?'}chart={name}&embed=true"
    return f'<iframe src="{escape(joined)}" title="{escape(title)}" style="{EMBED_STYLE}" loading="lazy"></iframe>'
