"""The well-known headline numbers: what each is, which rows make it, and which sum with it would be wrong."""

from typing import Any

import streamlit as st

from components.pages.parts.text import literal, source_links
from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import counted
from components.summaries.fund_rows import all_figures
from components.summaries.money import total


def show_reconciliation(record: Record) -> None:
    """One entry for each number of the reconciliation, folded; the rows are added up anew here."""
    st.subheader("Headline numbers, reconciled", anchor=False)
    st.markdown("What the numbers that are quoted mean, and what must not be added to them.")
    for heading, words in _entries(record):
        with st.expander(heading):
            st.markdown(words)


@remembered(most=4)
def _entries(record: Record) -> list[tuple[str, str]]:
    """The heading and the words of each entry, which are the same on every day."""
    rows = all_figures(record).set_index("id", drop=False)
    return [
        (f"**{literal(entry.figure)}** – {literal(entry.what)}", _explained(record, entry, rows))
        for entry in record.reconciliation.itertuples(index=False)
    ]


def _explained(record: Record, entry: Any, rows: Any) -> str:
    if entry.fund_ids:
        found = total(record, rows.loc[list(entry.fund_ids)])
        made = (
            f"Made of {counted(found.rows, 'row')}, which come to {found.in_words()}: "
            f"{literal(', '.join(entry.fund_ids))}."
        )
    else:
        made = "No rows of the record add up to it, because it mixes what is never added or what is not recorded."
    return (
        f"{literal(entry.includes)}  \n**Wrong sum.** {literal(entry.wrong_sum)}  \n{made}  \n"
        f":small[{source_links(record.sources, entry.source_ids)}]"
    )
