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


def show_funds_page(dataset: Dataset, view: View) -> None:
    """The funds page."""
    show_headline(
        funds_headline(dataset, view.day),
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
    stocks = stock_frame(dataset, view.day)
    if stocks.empty:
        st.info("No money is recorded as frozen, entrusted or suspended on this day. Choose a later date.")
        return
    show_picture("stocks", dataset, view)
    others = superseded_stocks(dataset, view.day)
    with st.expander(f"The {counted(len(stocks), 'row')} behind this picture"):
        for row in stocks.itertuples(index=False):
            show_fund_row(dataset, row, with_holder=True)
    if not others.empty:
        with st.expander(f"{counted(len(others), 'other reading')}, listed and not drawn"):
            for row in others.itertuples(index=False):
                show_fund_row(dataset, row, with_holder=True)


def _show_flows(dataset: Dataset, view: View) -> None:
    if flow_frame(dataset, view.day).empty:
        st.info("No pledge is recorded by this day. Choose a later date.")
        return
    show_picture("pledges", dataset, view)
    for reason, rows in listed_flows(dataset, view.day).groupby("reason"):
        with st.expander(f"{reason}: {counted(len(rows), 'row')}, listed and not drawn"):
            for row in rows.itertuples(index=False):
                show_fund_row(dataset, row, with_holder=True)
    every = flow_rows(dataset, view.day)
    with st.expander(f"All {counted(len(every), 'row')} of pledges and payments, newest first"):
        for row in every.itertuples(index=False):
            show_fund_row(dataset, row, with_holder=True)
