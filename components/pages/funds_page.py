"""What is frozen, what was promised, what was paid? Stocks and flows, never in one sum, each with its rows."""

import pandas as pd
import streamlit as st

from components.figures.figure import Options
from components.pages.parts.address import tell_wrong_values
from components.pages.parts.cells import show_cell
from components.pages.parts.evidence import cards_of, show_actor_card, show_cards
from components.pages.parts.frame import show_headline
from components.pages.parts.picture import show_picture
from components.pages.parts.reconciliation import show_reconciliation
from components.pages.parts.view import View
from components.publish import rows
from components.record.model import Record
from components.record.vocabulary import STATUSES
from components.record.wording import counted, long_date
from components.summaries.crosstab import MEASURES
from components.summaries.flows import conferences, drawn_flows, flow_frame, listed_flows
from components.summaries.fund_rows import plan_rows
from components.summaries.funds import funds_headline, stock_frame, stock_parts, superseded_stocks
from components.summaries.plans import plan_years
from components.summaries.units import PLAIN, units

POOLS = {"stocks": "Ledger", "pool_flow": "Flow"}
ALL = ""
CARD = 380  # pixels of the card of whoever was picked, which scrolls
WAY_OUT = "Choose a later date, or clear filters, in the sidebar."


def show_funds_page(record: Record, view: View) -> None:
    """The funds page."""
    show_headline(
        funds_headline(record, view.day, view.passing),
        "Money held back is a stock: it lies somewhere on this day. Money promised is a flow: it happened on days "
        "before. The two are never added.",
        "\n".join(f"- **{term.label}** – {term.definition}" for term in STATUSES.values()),
    )
    if view.actor_id:
        with st.container(border=True, height=CARD):
            show_actor_card(record, view)
    pools, options = _ask_options(record, view)
    _show_stocks(record, view, pools, options)
    st.divider()
    _show_flows(record, view, options)
    st.divider()
    _show_time(record, view)
    st.divider()
    _show_bubbles(record, view)
    if len(record.reconciliation):
        st.divider()
        show_reconciliation(record)


def _ask_options(record: Record, view: View) -> tuple[str, Options]:
    known = {code: unit.label for code, unit in units(record, view.day).items()}
    held = conferences(record, view.day)
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
    return pools or "stocks", Options(unit=unit or PLAIN, conference=conference or ALL)


def _show_stocks(record: Record, view: View, pools: str, options: Options) -> None:
    stocks = stock_frame(record, view.day, view.passing)
    if stocks.empty:
        st.info(f"No money is recorded as frozen, entrusted or suspended here. {WAY_OUT}")
        return
    show_picture(pools, record, view, options)
    _show_rows(
        "behind this picture", pd.concat([stocks, stock_parts(record, view.day, stocks)]), record, view, "stocks"
    )
    others = superseded_stocks(record, view.day, view.passing)
    for why, found in others.groupby("why"):
        _show_rows(f"listed and not drawn: {str(why).lower()}, of a pool above", found, record, view, f"other_{why}")


def _show_flows(record: Record, view: View, options: Options) -> None:
    if flow_frame(record, view.day, view.passing, options.conference).empty:
        st.info(f"No pledge is recorded here. {WAY_OUT}")
        return
    show_picture("pledges", record, view, options)
    drawn = drawn_flows(record, view.day, view.passing, options.conference)
    _show_rows("behind this picture, newest first", drawn, record, view, "flows")
    for reason, found in listed_flows(record, view.day, view.passing).groupby("reason"):
        _show_rows(f"listed and not drawn: {str(reason).lower()}", found, record, view, f"listed_{reason}")


def _show_time(record: Record, view: View) -> None:
    show_picture("money_time", record, view)
    shown = set(plan_years(record, view.day)["row_ids"].explode().dropna())
    plans = plan_rows(record, view.day)
    _show_rows("of the plans drawn", plans[plans["id"].isin(shown)], record, view, "plans")
    _show_rows("of other plans, listed and not drawn", plans[~plans["id"].isin(shown)], record, view, "other_plans")


def _show_bubbles(record: Record, view: View) -> None:
    tell_wrong_values("measure", MEASURES.values())
    measure = st.segmented_control(
        "Size by", list(MEASURES), format_func=MEASURES.__getitem__, default="held", key="measure",
        bind="query-params", required=True,
    )  # fmt: skip
    show_picture("bubbles", record, view, Options(measure=measure or "held"))
    show_cell(record, view, "bubbles")


def _show_rows(what: str, found: pd.DataFrame, record: Record, view: View, key: str) -> None:
    """Rows of money as cards, which are sent only to those who ask for them."""
    if found.empty:
        return
    folded = st.expander(f"The {counted(len(found), 'row')} {what}", key=f"rows_{key}", on_change="rerun")
    if folded.open:
        cards = cards_of(record, view)
        with folded:
            show_cards(cards.sum(row) for row in rows.of(found))
