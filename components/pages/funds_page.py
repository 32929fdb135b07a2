"""What is frozen, what was promised? Stocks and flows, never in one sum, each with its rows."""

import streamlit as st

from components.load import Dataset
from components.pages.evidence import show_actor_card, show_fund_row
from components.pages.frame import show_headline
from components.pages.pictures import show_picture
from components.pages.view import View
from components.phrasing import counted
from components.summaries.funds import (
    flow_frame,
    flow_rows,
    funds_headline,
    listed_flows,
    stock_frame,
    superseded_stocks,
)
from components.vocabulary import STATUSES

WAY_OUT = "Choose a later date, or clear filters, in the sidebar."


def show_funds_page(dataset: Dataset, view: View) -> None:
    """The funds page."""
    show_headline(
        funds_headline(dataset, view.day, view.passing),
        "Money held back is a stock: it lies somewhere on this day. Money promised is a flow: it happened on days "
        "before. The two are never added.",
        "\n".join(f"- **{term.label}** – {term.definition}" for term in STATUSES.values()),
    )
    _show_stocks(dataset, view)
    st.divider()
    _show_flows(dataset, view)
    if view.actor_id:
        st.divider()
        show_actor_card(dataset, view)


def _show_stocks(dataset: Dataset, view: View) -> None:
    stocks = stock_frame(dataset, view.day, view.passing)
    if stocks.empty:
        st.info(f"No money is recorded as frozen, entrusted or suspended here. {WAY_OUT}")
        return
    show_picture("stocks", dataset, view)
    others = superseded_stocks(dataset, view.day, view.passing)
    with st.expander(f"The {counted(len(stocks), 'row')} behind this picture"):
        for row in stocks.itertuples(index=False):
            show_fund_row(dataset, row, with_holder=True)
    if not others.empty:
        with st.expander(f"{counted(len(others), 'other reading')}, listed and not drawn"):
            for row in others.itertuples(index=False):
                show_fund_row(dataset, row, with_holder=True)


def _show_flows(dataset: Dataset, view: View) -> None:
    if flow_frame(dataset, view.day, view.passing).empty:
        st.info(f"No pledge is recorded here. {WAY_OUT}")
        return
    show_picture("pledges", dataset, view)
    for reason, rows in listed_flows(dataset, view.day, view.passing).groupby("reason"):
        with st.expander(f"{reason}: {counted(len(rows), 'row')}, listed and not drawn"):
            for row in rows.itertuples(index=False):
                show_fund_row(dataset, row, with_holder=True)
    every = flow_rows(dataset, view.day, view.passing)
    with st.expander(f"All {counted(len(every), 'row')} of pledges and payments, newest first"):
        for row in every.itertuples(index=False):
            show_fund_row(dataset, row, with_holder=True)
