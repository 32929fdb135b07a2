"""The address of a page: what may stand in it, what to say of what may not, and links that restore a view."""

from collections.abc import Iterable
from dataclasses import fields
from urllib.parse import urlencode, urljoin

import streamlit as st

from components.pages.parts.text import literal
from components.record.filters import Filters

FILTER_NAMES = [field.name for field in fields(Filters)]
# What pages bind to the address, beside the filters; what Streamlit itself understands.
PAGE_NAMES = [
    *("group", "sort", "all", "table", "rows", "shape", "colour", "zoom", "view"),
    *("with", "since", "until", "kind", "pools", "unit", "conference", "measure"),
]
KNOWN = {"date", "actor", *FILTER_NAMES, *PAGE_NAMES, "embed", "embed_options"}
LONGEST_QUOTE = 40


def tell_unknown_parameters() -> None:
    """Name the parameters that no page knows."""
    for name in st.query_params:
        if name not in KNOWN:
            tell(f"The address has a parameter “{name[:LONGEST_QUOTE]}”, which no page knows. It was ignored.")


def tell_wrong_values(name: str, allowed: Iterable[str]) -> None:
    """Name the values of a parameter that are not among those allowed; call it before the widget bound to it."""
    allowed = list(allowed)
    listed = ", ".join(allowed[:12]) + (", …" if len(allowed) > 12 else "")
    for value in st.query_params.get_all(name):
        if value not in allowed:
            tell(f"The address asks for {name} “{value[:LONGEST_QUOTE]}”. It was ignored; allowed: {listed}.")


def page_link(page: str, label: str) -> None:
    """A link to another page of the dashboard that keeps the date, the actor and the filters."""
    st.page_link(st.session_state["pages"][page], label=label)


def place_notices() -> None:
    """Keep the place for notices of this run: above the page, where a folded sidebar cannot hide them."""
    st.session_state["notices"] = st.container()


def tell(sentence: str) -> None:
    """Show a small notice above the page."""
    st.session_state["notices"].warning(literal(sentence))


def link(page: str = "", **pinned: str) -> str:
    """The address of this page, or of another, with its present parameters and those given in place of theirs.

    A parameter given as "" is taken away.
    """
    present = {name: st.query_params.get_all(name) for name in st.query_params if not name.startswith("embed")}
    wanted = {**present, **{name: [value] if value else [] for name, value in pinned.items()}}
    pairs = [(name, value) for name, values in wanted.items() for value in values]
    base = urljoin(str(st.context.url), page) if page else str(st.context.url)
    return f"{base}?{urlencode(pairs)}" if pairs else base
