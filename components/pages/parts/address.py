"""The address of a page: which parameters it may have, notices on what it may not, and links that restore a view.

Does not belong here: lists whose codes stand in the address (see parameter).
"""

import re
from collections.abc import Sequence
from dataclasses import fields
from urllib.parse import urlencode, urljoin

import streamlit as st

from components.pages.parts.text import literal
from components.record.check.problems import quoted
from components.record.filters import Filters
from components.record.wording import enumerated

FILTER_NAMES = [field.name for field in fields(Filters)]
KEPT = ["date", "actor", *FILTER_NAMES]  # from page to page
# What single pages write into the address, and what Streamlit itself understands.
PAGE_NAMES = [
    *("group", "sort", "all", "table", "rows", "shape", "colour", "zoom", "view"),
    *("with", "since", "until", "kind", "pools", "unit", "conference", "measure", "chart"),
]
KNOWN = {*KEPT, *PAGE_NAMES, "embed", "embed_options"}
# What other sites hang on a link to count who follows it.
TRACKERS = re.compile(r"utm_\w+|mc_[ce]id|igshid|\w*clk?id")
MOST_QUOTED = 3  # in a notice


def tell_unknown_parameters() -> None:
    """Name the parameters that no page knows, but for those of trackers, which are nobody's fault."""
    if unknown := [name for name in st.query_params if name not in KNOWN and not TRACKERS.fullmatch(name)]:
        tell(f"The address has {quoted_some(unknown)}, which no page knows and which was ignored.")


def page_link(page: str, label: str) -> None:
    """A link to another page of the dashboard that keeps the date, the actor and the filters."""
    st.page_link(st.session_state["pages"][page], label=label)


def begin() -> None:
    """Keep places above the page, where a folded sidebar cannot reach them: for notices and for hidden fields."""
    st.session_state["notices"] = st.container()
    st.session_state["fields"] = st.container(key="address")


def hidden_fields() -> st.delta_generator.DeltaGenerator:
    """The place of fields that only hold what the address says; the style sheet hides it."""
    place: st.delta_generator.DeltaGenerator = st.session_state["fields"]
    return place


def tell(sentence: str) -> None:
    """Show a small notice above the page."""
    st.session_state["notices"].warning(literal(sentence))


def quoted_some(values: Sequence[str]) -> str:
    """Some of what the address has, as it can be shown in a notice."""
    return enumerated([quoted(value) for value in values], MOST_QUOTED)


def link(page: str = "", **pinned: str) -> str:
    """The address of this page with its parameters, or of another with those that are kept on the way to it.

    Parameters given stand in place of theirs; one given as "" is taken away.
    """
    present = {name: st.query_params.get_all(name) for name in (KEPT if page else [*KEPT, *PAGE_NAMES])}
    wanted = {**present, **{name: [value] if value else [] for name, value in pinned.items()}}
    pairs = [(name, value) for name, values in wanted.items() for value in values]
    base = urljoin(str(st.context.url), page) if page else str(st.context.url)
    return f"{base}?{urlencode(pairs)}" if pairs else base
