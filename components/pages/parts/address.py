"""The address of a page: which parameters it may have, notices on what it may not, and links that restore a view.

Does not belong here: lists whose codes stand in the address (see parameter).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from urllib.parse import urlencode, urljoin

import streamlit as st

from components.pages.parts.text import literal
from components.record.check.problems import visible
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
# What other sites and mail hang on a link to count who follows it.
TRACKERS = re.compile(
    r"(utm|mtm|pk|piwik|matomo|mc|hsa|oly|vero|fb|ga|gad|at|ref|trk)_\w+|_\w+|li_fat_id|\w*cl(ic)?k?_?id|[gw]braid"
    r"|igsh(id)?|ref|referr?er|source|[cn]?cid|cmp(id)?|campaign(id)?|mkt_tok|hsctatracking|trk|si|spm|smid"
    r"|srsltid|epik|xtor|mibextid",
    re.IGNORECASE,
)
MOST_QUOTED = 3  # in a notice
LONGEST = 40  # signs of a value in a notice
_HALF_A_CODE = re.compile(r"\\u[0-9a-f]*$")


def tell_unknown_parameters() -> None:
    """Name the parameters that no page knows, but for those of trackers, which are nobody's fault."""
    if unknown := [name for name in st.query_params if name not in KNOWN and not TRACKERS.fullmatch(name)]:
        were = "was" if len(unknown) == 1 else "were"
        sentence = f"The address has {quoted_some(unknown)}, which no page knows and which {were} ignored."
        tell(sentence, [quoted(name) for name in unknown])


def page_link(page: str, label: str) -> None:
    """A link to another page of the dashboard that keeps the date, the actor and the filters."""
    st.page_link(st.session_state["pages"][page], label=label)


def begin() -> None:
    """Keep places above the page: for a notice and for hidden fields."""
    st.session_state["notice"] = st.empty()
    st.session_state["told"] = []
    st.session_state["kept"] = {}
    st.session_state["fields"] = st.container(key="address")


def keep(name: str, values: Sequence[str]) -> None:
    """Have all links say this of a parameter that goes from page to page.

    The browser writes it into the address only when the page is done: until then the address says what was before.
    """
    st.session_state["kept"][name] = list(values)


def hidden_fields() -> st.delta_generator.DeltaGenerator:
    """The place of fields that only hold what the address says; the style sheet hides it."""
    place: st.delta_generator.DeltaGenerator = st.session_state["fields"]
    return place


def tell(sentence: str, ignored: Sequence[str] = ()) -> None:
    """Show a notice above the page, one for all sentences.

    `ignored` is what the sentence is about, where that was ignored: it alone is named where there are several.
    """
    told: list[tuple[str, Sequence[str]]] = st.session_state["told"]
    told.append((sentence, ignored))
    st.session_state["notice"].warning(literal(_in_one(told)))


def _in_one(told: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The one sentence; of several those about nothing that was ignored, and one about all that was."""
    if len(told) == 1:
        return told[0][0]
    names = [name for _, ignored in told for name in ignored]
    one = [f"The address asks for what is not known here and was ignored: {enumerated(names, MOST_QUOTED)}."]
    return " ".join([*(sentence for sentence, ignored in told if not ignored), *(one if names else [])])


def quoted(value: str) -> str:
    """What the address has, as it can be shown in a notice: cut, its hidden signs as codes."""
    seen = visible(value)
    if len(seen) <= LONGEST:
        return f"“{seen}”"
    return f"“{_HALF_A_CODE.sub('', seen[:LONGEST])}…”"


def quoted_some(values: Sequence[str]) -> str:
    """Some of what the address has, as it can be shown in a notice."""
    return enumerated([quoted(value) for value in values], MOST_QUOTED)


def link(page: str = "", **pinned: str) -> str:
    """The address of this page with its parameters, or of another with those that are kept on the way to it.

    Parameters given stand in place of theirs; one given as "" is taken away.
    """
    asked = {name: st.query_params.get_all(name) for name in (KEPT if page else [*KEPT, *PAGE_NAMES])}
    wanted = {**asked, **st.session_state["kept"], **{name: [value] if value else [] for name, value in pinned.items()}}
    pairs = [(name, value) for name, values in wanted.items() for value in values]
    base = urljoin(str(st.context.url), page) if page else str(st.context.url)
    return f"{base}?{urlencode(pairs)}" if pairs else base


def links(page: str, parameter: str, values: Iterable[str]) -> dict[str, str]:
    """The address of another page with each of these values of a parameter, worked out at once."""
    start = link(page, **{parameter: ""})
    joint = "&" if "?" in start else "?"
    return {value: f"{start}{joint}{urlencode({parameter: value})}" for value in values}
