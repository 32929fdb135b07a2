"""What is frozen, what was promised, what was paid? Stocks and flows, never in one sum, each with its rows."""

import pandas as pd
import streamlit as st

from components.figures.figure import Options
from components.pages.parts.cells import show_cell
from components.pages.parts.evidence import cards_of, show_actor_card, show_cards
from components.pages.parts.frame import show_headline
from components.pages.parts.parameter import Parameter, one_of, read_address
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
from components.summaries.units import units

POOLS = {"stocks": "Ledger", "pool_flow": "Flow"}
ALL = ""
CARD = 380  # pixels of the card of whoever was picked, which scrolls
WAY_OUT = "Choose a later date, or clear filters."


def show_funds_page(record: Record, view: View) -> None:
    """The funds page."""
    show_headline(
        view.as_of,
        funds_headline(record, view.day, view.passing),
        "Frozen money exists today; pledges were made over years. We never add them.",
        {term.label: term.definition for term in STATUSES.values()},
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
    pools, known, held = read_address(one_of("pools", POOLS), _units(record, view), _conferences(record, view))
    left, middle, right = st.columns([3, 4, 5], vertical_alignment="bottom")
    shown = pools.ask_one(left.segmented_control, "Pools as", required=True)
    unit = known.ask_one(middle.selectbox, "Sums in")
    conference = held.ask_one(right.selectbox, "Pledges of")
    return shown, Options(unit=unit, conference=conference)


def _units(record: Record, view: View) -> Parameter:
    return one_of("unit", {code: unit.label for code, unit in units(record, view.day).items()})


def _conferences(record: Record, view: View) -> Parameter:
    held = conferences(record, view.day).sort_values("date")
    names = {row.id: f"{long_date(row.date_text)}, {row.figure}" for row in held.itertuples(index=False)}
    return one_of("conference", {ALL: "All days and conferences", **names})


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
    (measures,) = read_address(one_of("measure", MEASURES))
    measure = measures.ask_one(st.segmented_control, "Size by", required=True)
    show_picture("bubbles", record, view, Options(measure=measure))
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
