"""What is frozen, what was promised, what was paid? Stocks and flows, never in one sum, each with its rows."""

import pandas as pd
import streamlit as st

from components.catalogue import Options
from components.load import Dataset
from components.pages.address import tell_wrong_values
from components.pages.cells import show_cell
from components.pages.evidence import show_actor_card, show_fund_row
from components.pages.frame import show_headline
from components.pages.pictures import show_picture
from components.pages.reconciliation import show_reconciliation
from components.pages.view import View
from components.phrasing import counted, long_date
from components.summaries.crosstab import MEASURES
from components.summaries.funds import (
    conferences,
    drawn_flows,
    flow_frame,
    funds_headline,
    listed_flows,
    plan_rows,
    stock_frame,
    stock_parts,
    superseded_stocks,
)
from components.summaries.plans import plan_years
from components.summaries.units import units
from components.vocabulary import STATUSES

POOLS = {"stocks": "Ledger", "pool_flow": "Flow"}
ALL = ""
CARD = 380  # pixels of the card of whoever was picked, which scrolls
WAY_OUT = "Choose a later date, or clear filters, in the sidebar."


def show_funds_page(dataset: Dataset, view: View) -> None:
    """The funds page."""
    show_headline(
        funds_headline(dataset, view.day, view.passing),
        "Money held back is a stock: it lies somewhere on this day. Money promised is a flow: it happened on days "
        "before. The two are never added.",
        "\n".join(f"- **{term.label}** – {term.definition}" for term in STATUSES.values()),
    )
    if view.actor_id:
        with st.container(border=True, height=CARD):
            show_actor_card(dataset, view)
    pools, options = _ask_options(dataset, view)
    _show_stocks(dataset, view, pools, options)
    st.divider()
    _show_flows(dataset, view, options)
    st.divider()
    _show_time(dataset, view)
    st.divider()
    _show_bubbles(dataset, view)
    if len(dataset.reconciliation):
        st.divider()
        show_reconciliation(dataset)


def _ask_options(dataset: Dataset, view: View) -> tuple[str, Options]:
    known = {code: unit.label for code, unit in units(dataset, view.day).items()}
    held = conferences(dataset, view.day)
    names = {
        row.id: f"{long_date(row.date_text)}, {row.figure}" for row in held.sort_values("date").itertuples(index=False)
    }
    tell_wrong_values("pools", POOLS.values())
    tell_wrong_values("unit", known.values())
    tell_wrong_values("conference", names.values())
    left, middle, right = st.columns([3, 4, 5], vertical_alignment="bottom")
    pools = left.segmented_control(
        "Pools as", list(POOLS), format_func=POOLS.__getitem__, default="stocks", key="pools", bind="query-params",
        required=True,
    )  # fmt: skip
    unit = middle.selectbox("Sums in", list(known), format_func=known.__getitem__, key="unit", bind="query-params")
    conference = right.selectbox(
        "Pledges of",
        [ALL, *names],
        format_func=lambda code: names.get(code, "All days and conferences"),
        key="conference",
        bind="query-params",
    )
    return pools or "stocks", Options(unit=unit or "usd", conference=conference or ALL)


def _show_stocks(dataset: Dataset, view: View, pools: str, options: Options) -> None:
    stocks = stock_frame(dataset, view.day, view.passing)
    if stocks.empty:
        st.info(f"No money is recorded as frozen, entrusted or suspended here. {WAY_OUT}")
        return
    show_picture(pools, dataset, view, options)
    _show_rows("behind this picture", pd.concat([stocks, stock_parts(dataset, view.day, stocks)]), dataset, "stocks")
    others = superseded_stocks(dataset, view.day, view.passing)
    for why, rows in others.groupby("why"):
        _show_rows(f"listed and not drawn: {str(why).lower()}, of a pool above", rows, dataset, f"other_{why}")


def _show_flows(dataset: Dataset, view: View, options: Options) -> None:
    if flow_frame(dataset, view.day, view.passing, options.conference).empty:
        st.info(f"No pledge is recorded here. {WAY_OUT}")
        return
    show_picture("pledges", dataset, view, options)
    rows = drawn_flows(dataset, view.day, view.passing, options.conference)
    _show_rows("behind this picture, newest first", rows, dataset, "flows")
    for reason, rows in listed_flows(dataset, view.day, view.passing).groupby("reason"):
        _show_rows(f"listed and not drawn: {str(reason).lower()}", rows, dataset, f"listed_{reason}")


def _show_time(dataset: Dataset, view: View) -> None:
    show_picture("money_time", dataset, view)
    shown = set(plan_years(dataset, view.day)["row_ids"].explode().dropna())
    rows = plan_rows(dataset, view.day)
    _show_rows("of the plans drawn", rows[rows["id"].isin(shown)], dataset, "plans")
    _show_rows("of other plans, listed and not drawn", rows[~rows["id"].isin(shown)], dataset, "other_plans")


def _show_bubbles(dataset: Dataset, view: View) -> None:
    tell_wrong_values("measure", MEASURES.values())
    measure = st.segmented_control(
        "Size by", list(MEASURES), format_func=MEASURES.__getitem__, default="held", key="measure",
        bind="query-params", required=True,
    )  # fmt: skip
    show_picture("bubbles", dataset, view, Options(measure=measure or "held"))
    show_cell(dataset, view, "bubbles")


def _show_rows(what: str, rows: pd.DataFrame, dataset: Dataset, key: str) -> None:
    """Rows of money as cards, which are sent only to those who ask for them."""
    if rows.empty:
        return
    rows_of = st.expander(f"The {counted(len(rows), 'row')} {what}", key=f"rows_{key}", on_change="rerun")
    if rows_of.open:
        with rows_of:
            for row in rows.itertuples(index=False):
                show_fund_row(dataset, row, with_holder=True)
