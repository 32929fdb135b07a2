"""What stands around every page: its style, headline and footer, and the page for a broken folder."""

import functools
from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.figures.theme import Theme
from components.pages.parts.faults import list_faults
from components.pages.parts.masthead import clear_filter, clear_filters
from components.pages.parts.picture import heights
from components.pages.parts.text import literal
from components.publish.colours import colours
from components.publish.templates import filled, styles
from components.record.filters import Filters, choices
from components.record.model import InvalidData, Record
from components.record.on_day import positions_taken
from components.record.vocabulary import JOINT_TEXT, NOT_CODED, ONLY_JOINTLY
from components.record.wording import counted, day_in_words, number, sentence
from components.summaries.sources import citation
from components.summaries.standing import taken_jointly

MOST_NAMED = 3  # codes of one filter in its chip
MOST_PROBLEMS = 500  # in the list on the page; a damaged file can have one in each cell


def show_style(theme: Theme) -> None:
    """The style of every page, with the colours of the theme that words around pictures and cards take."""
    st.html(f"<style>{colours(theme)}{_sheet()}</style>")


def page() -> DeltaGenerator:
    """The place of all that is shown: one pixel high until the style is there, so that nothing is seen to move by it.

    The browser fetches the code for HTML, in which the style comes, only once it is sent some.
    """
    return st.container(height=1, border=False, key="page")


@functools.cache
def _sheet() -> str:
    own = (Path(__file__).parents[1] / "style.css").read_text("utf-8")
    return styles("picture.css", "card.css", "envoys.css", "told.css", "ribbon.css", "table.css") + own + heights()


def show_kicker(record: Record, filters: Filters) -> None:
    """One line above the headline: what the tracker asks and until when, or the filters, each to be taken back."""
    active = filters.active()
    labels = choices(record)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="kicker"):
        for name, codes in active.items():
            label, words = labels[name]
            st.button(
                literal(f"{label}: {_either([words[code] for code in codes])}"),
                icon=":material/close:",
                icon_position="right",
                help="Take this filter back",
                key=f"chip_{name}",
                on_click=clear_filter,
                args=(name,),
            )
        if active:
            clear = f"Clear {counted(len(active), 'filter')}"
            st.button(clear, key="clear", type="tertiary", on_click=clear_filters)
        else:
            researched = f"Researched until {day_in_words(record.tracker.data_until)}."
            st.html(f"<p><span>{escape(record.tracker.question)}</span> {researched}</p>")


def _either(names: list[str]) -> str:
    """“A or B”; of many the first and how many more."""
    if len(names) <= MOST_NAMED:
        return " or ".join(names)
    return f"{', '.join(names[: MOST_NAMED - 1])} or {len(names) - MOST_NAMED + 1} more"


def show_headline(over: str, finding: str, how_to_read: str, definitions: Mapping[str, str], further: str = "") -> None:
    """A finding in one sentence below the day it holds `over`, a line on how to read it, and definitions to unfold.

    `further` is another finding as markup, in small.
    """
    st.html(filled("headline.html", "headline", over, finding))
    with st.container(key="how"):
        st.html(filled("headline.html", "how", how_to_read, definitions, further))


def show_nothing() -> None:
    """What stands at the address of a page of which the record has no row."""
    show_headline("", "The record has nothing for this page", "Its other pages are linked at the top.", {})


def definitions(record: Record) -> dict[str, str]:
    """The definition of each class of stances that the record has, of all without a row yet, by symbol and label."""
    known = positions_taken(record) or record.words.stances
    stated = {f"{term.symbol} {term.label}": term.definition for term in known.values()}
    joint = {sentence(ONLY_JOINTLY): JOINT_TEXT} if taken_jointly(record) else {}
    return {**stated, **joint, f"{NOT_CODED.symbol} {NOT_CODED.label}": NOT_CODED.definition}


def show_footer(record: Record) -> None:
    """What this is and who makes it, how it may be used, and where to report an error."""
    tracker = record.tracker
    parts = [literal(citation(record))]
    if tracker.repository:
        parts += [f"[code and data](<{tracker.repository}>)", f"[report an error](<{tracker.repository}/issues>)"]
    with st.container(key="footer"):
        st.caption(" · ".join(parts))


def show_problems(invalid: InvalidData) -> None:
    """The page for a folder that cannot be used: every problem, where it is and what to do."""
    st.html(filled("headline.html", "headline", "", "The data cannot be shown until it is mended"))
    st.markdown(f"The check found {_extent(invalid)}. Mend them and reload this page.")
    _list_problems(invalid)


def show_banner(invalid: InvalidData, record: Record) -> None:
    """Above a page that still shows the last good record: what is wrong with the folder now, and the list."""
    first = invalid.problems[0]
    column = "" if first.column == "-" else f", column {first.column}"
    st.error(
        f"The data folder was changed and cannot be used: {_extent(invalid)}. The first: {literal(first.file)}, "
        f"line {first.line}{literal(column)}: {literal(first.found)}. This page shows the last good record, until "
        f"{day_in_words(record.tracker.data_until)}, and the new one as soon as it is mended."
    )
    with st.expander("What has to be mended"):
        _list_problems(invalid)


def _extent(invalid: InvalidData) -> str:
    """“3 problems in 1 file of the folder data”."""
    files = counted(len({problem.file for problem in invalid.problems}), "file")
    # Its name alone: where it lies on the server is nothing for readers.
    name = literal(invalid.folder.resolve().name)
    return f"{counted(len(invalid.problems), 'problem')} in {files} of the folder {name}"


def _list_problems(invalid: InvalidData) -> None:
    shown = invalid.problems[:MOST_PROBLEMS]
    list_faults(shown, "Problems of the data folder")
    if len(shown) < len(invalid.problems):
        st.caption(f"The first {len(shown)} of {number(len(invalid.problems))}.")
    st.caption("The whole list in a terminal: python -m components.validation FOLDER")
