"""What stands around every page: its style, headline and footer, and the page for a broken folder."""

from dataclasses import astuple

import pandas as pd
import streamlit as st

from components.pages.parts.text import literal
from components.record.model import InvalidData, Record
from components.record.wording import counted, day_in_words, number

MOST_PROBLEMS = 500  # in the list on the page; a damaged file can have one in each cell

STYLE = """<style>
.st-key-address {display: none;}
.stMainBlockContainer {padding: 4.2rem 2.5rem 3rem; max-width: 84rem;}
/* The colour of chosen filters would be white on amber in the dark theme. */
[data-tag] {background: color-mix(in srgb, currentColor 16%, transparent) !important; color: inherit !important;}
/* As wide with the focus as without it: a field that shrinks as it loses it moves the button out from under a click. */
.stMultiSelect input {min-width: 2rem !important;}
h1 {text-wrap: balance; letter-spacing: 0; padding-top: 0.2rem !important;}
.st-key-picture_map {height: 590px;}
.st-key-picture_tiles {height: 640px;}
.st-key-picture_film {height: 620px;}
@media (min-width: 641px) {
  .st-key-matrix_list {display: none;}
}
@media (max-width: 640px) {
  .stMainBlockContainer {padding: 4.2rem 1rem 2rem;}
  .stMainBlockContainer h1 {font-size: 1.45rem;}
  .st-key-picture_map {height: 470px;}
  .st-key-picture_tiles {height: 460px;}
  .st-key-picture_film {height: 520px;}
  /* Its list stands in for the matrix, which is still drawn, out of sight, to be downloaded. */
  .st-key-picture_matrix {position: absolute; left: -9999px; width: 900px !important;}
}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], .stButton, .stDownloadButton, .stPopover {
    display: none !important;
  }
  .stMainBlockContainer {padding: 0; max-width: none;}
}
</style>"""


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
