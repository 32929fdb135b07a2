"""Problems and warnings of the check, as a list on a page: a few as sentences to read, many as a table to search."""

from collections.abc import Sequence
from dataclasses import astuple

import pandas as pd
import streamlit as st

from components.publish.templates import filled
from components.record.check import Problem

COLUMNS = ["file", "line", "column", "found", "allowed", "what to do"]
READ = 30  # so many are read through


def list_faults(faults: Sequence[Problem], caption: str) -> None:
    """Each with its place, what is found, what is allowed and what to do."""
    rows = pd.DataFrame([astuple(fault) for fault in faults], columns=COLUMNS)
    if len(rows) > READ:
        st.dataframe(rows, hide_index=True, row_height=44, alt=caption)
    else:
        st.html(filled("told.html", "told", rows.astype({"line": str}), caption))
