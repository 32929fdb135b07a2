"""What stands around every page: its style, headline and footer, and the page for a broken folder."""

import functools
from dataclasses import astuple
from pathlib import Path

import pandas as pd
import streamlit as st

from components.figures.theme import Theme
from components.pages.parts.picture import heights
from components.pages.parts.text import literal
from components.publish.colours import colours
from components.publish.templates import styles
from components.record.model import InvalidData, Record
from components.record.wording import counted, day_in_words, number

MOST_PROBLEMS = 500  # in the list on the page; a damaged file can have one in each cell


def show_style(theme: Theme) -> None:
    """The style of every page, with the colours of the theme that words around pictures and cards take."""
    st.html(f"<style>{colours(theme)}{_sheet()}</style>")


@functools.cache
def _sheet() -> str:
    return styles("picture.css", "card.css") + (Path(__file__).parents[1] / "style.css").read_text("utf-8") + heights()


def show_headline(sentence: str, how_to_read: str, definitions: str) -> None:
    """A finding in one sentence, one line of how to read the page, and definitions one hover away."""
    st.title(literal(sentence), anchor=False)
    st.markdown(how_to_read, help=definitions)


def show_footer(record: Record) -> None:
    """Until when the record goes, its licence, and where to report an error."""
    tracker = record.tracker
    st.divider()
    parts = [
        f"Record from {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}",
        f"data {literal(tracker.licence)}",
    ]
    if tracker.repository:
        parts += [f"[code and data](<{tracker.repository}>)", f"[report an error](<{tracker.repository}/issues>)"]
    st.caption(" · ".join(parts))


def show_problems(invalid: InvalidData) -> None:
    """The page for a folder that cannot be used: every problem, where it is and what to do."""
    st.title("The data cannot be shown until it is mended", anchor=False)
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
    columns = ["file", "line", "column", "found", "allowed", "what to do"]
    shown = invalid.problems[:MOST_PROBLEMS]
    rows = pd.DataFrame([astuple(problem) for problem in shown], columns=columns)
    st.dataframe(rows, hide_index=True, row_height=44, alt="Problems of the data folder")
    if len(shown) < len(invalid.problems):
        st.caption(f"The first {len(shown)} of {number(len(invalid.problems))}.")
    st.caption("The whole list in a terminal: python -m components.validation FOLDER")
