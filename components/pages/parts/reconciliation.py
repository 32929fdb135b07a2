"""The well-known headline numbers: what each is, which rows make it, and which sum with it would be wrong."""

from typing import Any

import pandas as pd
import streamlit as st

from components.pages.parts.address import quoted
from components.pages.parts.text import literal
from components.publish.templates import web_address
from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import counted
from components.summaries.fund_rows import all_figures
from components.summaries.money import total
from components.summaries.tables import containing


def show_reconciliation(record: Record) -> None:
    """A table of the numbers, to be searched; the rows are added up anew here."""
    st.subheader("Headline numbers, reconciled", anchor=False)
    st.markdown("What the numbers that are quoted mean, and what must not be added to them.")
    numbers = _numbers(record)
    wanted = st.text_input("Numbers that contain", placeholder="for example 9.5, or New York", key="number_wanted")
    found = numbers[containing(numbers.fillna(""), wanted)]
    if found.empty:
        st.markdown(f"No number contains {literal(quoted(wanted))}.")
        return
    st.dataframe(
        found,
        hide_index=True,
        height=420,
        row_height=64,
        column_config={"Source": st.column_config.LinkColumn("Source", display_text="Open")},
        alt="Headline numbers: what each is, what it is made of and which sum with it would be wrong",
    )


@remembered(most=4)
def _numbers(record: Record) -> pd.DataFrame:
    """One row for each number, which is the same on every day."""
    rows = all_figures(record).set_index("id", drop=False)
    return pd.DataFrame(
        [
            {
                "Number": entry.figure,
                "What it is": entry.what,
                "Includes": entry.includes,
                "Wrong sum": entry.wrong_sum,
                "Made of": _made_of(record, entry, rows),
                "Source": web_address(str(record.sources.at[entry.source_ids[0], "url"])) or None,
            }
            for entry in record.reconciliation.itertuples(index=False)
        ]
    )


def _made_of(record: Record, entry: Any, rows: pd.DataFrame) -> str:
    if not entry.fund_ids:
        return "No rows add up to it: it mixes what is never added, or what is not recorded"
    found = total(record, rows.loc[list(entry.fund_ids)])
    return f"{counted(found.rows, 'row')}, {found.in_words()}: {', '.join(entry.fund_ids)}"
