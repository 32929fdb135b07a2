"""What each country says that recognition would take: how many name each condition, by bloc, and who."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from components.pages.parts.evidence import cards_of, show_cards
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.publish.templates import filled
from components.record.model import Record
from components.record.used import in_use, used
from components.record.wording import as_of, counted
from components.summaries.conditions import ALL, condition_counts, conditions_on


def show_conditions(record: Record, view: View, actor_ids: Collection[str] | None) -> None:
    """The conditions that hold on the day of the view, in a record where anybody ever stated one."""
    known = in_use(record, record.words.conditions, "stances", "condition")
    if not known:
        return
    day = view.day
    said = conditions_on(record, day, actor_ids)
    st.subheader("What each says it would take", anchor=False)
    st.markdown(
        f"{as_of(day, actor_ids)}, the day at the top of the page: "
        f"{counted(len(said), 'country has', 'countries have')} said what recognition would "
        "take. A country that names two conditions counts for both, and in each of its blocs.",
        help="\n".join(f"- **{literal(term.label)}** – {literal(term.definition)}" for term in known.values()),
    )
    if said.empty:
        return
    _show_counts(record, condition_counts(record, day, actor_ids))
    with st.expander(f"Who says so: {counted(len(said), 'country', 'countries')}"):
        cards = cards_of(record, view)
        show_cards(cards.condition(row) for row in said.itertuples(index=False))


def _show_counts(record: Record, counts: pd.DataFrame) -> None:
    """Blocs go down and conditions across: there are too many blocs for the width of a screen."""
    labels = {code: term.label for code, term in record.words.conditions.items()}
    table = counts.T.rename(index={ALL: "All countries"}, columns=labels)
    caption = "How many countries name each condition, by bloc"
    st.html(filled("table.html", "frame_table", table.rename_axis("Bloc").reset_index(), caption))
    with st.expander("Who is in each bloc"):
        joined = used(record, "actors", "blocs")
        blocs = [
            f"- **{literal(code)}**: {literal(who)}" for code, who in record.tracker.blocs.items() if code in joined
        ]
        st.markdown("\n".join(blocs))
