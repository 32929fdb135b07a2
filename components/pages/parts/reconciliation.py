"""The well-known headline numbers: what each is, which rows make it, and which sum with it would be wrong."""

from typing import Any

import pandas as pd
import streamlit as st

from components.pages.parts.address import quoted
from components.pages.parts.text import literal
from components.publish.templates import filled
from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import counted
from components.summaries.fund_rows import all_figures
from components.summaries.money import total
from components.summaries.tables import containing


def show_reconciliation(record: Record) -> None:
    """A table of the numbers, folded and to be searched; the rows are added up anew here."""
    many = counted(len(record.reconciliation), "quoted figure")
    title = f"Headline numbers, reconciled: what {many} mean, and which sums are wrong"
    folded = st.expander(title, key="reconciliation", on_change="rerun")
    if folded.open:
        with folded:
            show_numbers(record)


def show_numbers(record: Record) -> None:
    """The numbers that have all of the words that a reader types, however they are spelled."""
    wanted = st.text_input("Numbers that contain", placeholder="for example 9.5, or New York", key="number_wanted")
    numbers = _numbers(record)
    text = numbers.drop(columns="Source").fillna("")
    has_all = pd.concat([containing(text, word) for word in wanted.split() or [""]], axis=1).all(axis=1)
    if not has_all.any():
        st.markdown(f"No number contains {literal(quoted(wanted))}.")
        return
    caption = "Headline numbers: what each is, what it is made of and which sum with it would be wrong"
    st.html(filled("told.html", "told", numbers[has_all], caption, ("Source",)))


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
                "Source": str(record.sources.at[entry.source_ids[0], "url"]),
            }
            for entry in record.reconciliation.itertuples(index=False)
        ]
    )


def _made_of(record: Record, entry: Any, rows: pd.DataFrame) -> str:
    if not entry.fund_ids:
        return "No rows add up to it: it mixes what is never added, or what is not recorded"
    found = total(record, rows.loc[list(entry.fund_ids)])
    return f"{counted(found.rows, 'row')}, {found.in_words()}: {', '.join(entry.fund_ids)}"
