"""What is frozen, what was promised, what was paid? Stocks and flows, never in one sum, each with its rows."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from components.figures.catalogue import figures_in
from components.figures.figure import Options
from components.figures.pledges import MOST, Pledges
from components.figures.pool_flow import PoolFlow
from components.pages.parts.evidence import beside_card, cards_of, show_cards
from components.pages.parts.frame import show_headline
from components.pages.parts.parameter import Parameter, one_of, read_address
from components.pages.parts.picture import show_picture
from components.pages.parts.reconciliation import show_reconciliation
from components.pages.parts.view import View
from components.publish import rows
from components.publish.picture import picture_of
from components.publish.templates import filled
from components.record.model import Record
from components.record.used import in_use
from components.record.vocabulary import STATUSES
from components.record.wording import long_date, number
from components.summaries.flows import conferences, drawn_flows, flow_frame, listed_flows
from components.summaries.fund_rows import plan_rows
from components.summaries.funds import funds_headline, stock_frame, stock_parts, stocks_and_more, superseded_stocks
from components.summaries.plans import rows_of_plans
from components.summaries.suspended import suspended_rows
from components.summaries.units import units

ALL = ""
OVER_TIME = {"reserves": "money held back", "plans": "the plan of each year"}
LEDGER = ["Holder", "Owner", "State", "Amount", "As of", "Who can release it", "On what condition", "Confidence"]


def show_funds_page(record: Record, view: View) -> None:
    """The funds page."""
    show_headline(
        view.as_of,
        funds_headline(record, view.day, view.passing),
        record.words.money["never_added"] if stocks_and_more(record) else "",
        {term.label: term.definition for term in in_use(record, STATUSES, "funds", "status").values()},
    )
    options = _ask_options(record, view)
    held, given = stock_frame(record, view.day, view.passing), flow_frame(record, view.day, view.passing)
    suspended = suspended_rows(record, view.day, view.passing)
    has_plans = view.passing is None and len(rows_of_plans(record, view.day)) > 0
    is_empty = held.empty and given.empty and suspended.empty and not has_plans
    with beside_card(record, view):
        if is_empty:
            _tell_empty("No money is recorded", view)
        else:
            show_picture("held_and_promised", record, view, hero=True)
            _show_evidence(record, view, options)
    with st.container(key="rest"):
        if len(held) and _has_flow(record, view):
            show_picture("pool_flow", record, view)
        if len(suspended):
            show_picture("suspended", record, view)
        if not is_empty and Pledges.name in figures_in(record):
            _show_givers(record, view, options)
        if len(held):
            _show_ledger(record, view, options)
        _show_folded(record, view)


def _has_flow(record: Record, view: View) -> bool:
    """Whether money has gone from one day to another: the pools of one day alone stand in the picture above."""
    flow = picture_of(record, "pool_flow", view.day, Options(passing=view.passing), view.filtered).figure
    return isinstance(flow, PoolFlow) and flow.flow.nodes["day"].nunique() > 1


def _show_folded(record: Record, view: View) -> None:
    """What stays folded until a reader asks for it."""
    parts = {name: words for name, words in OVER_TIME.items() if name in figures_in(record)}
    if parts:
        label = f"Over time: {', and '.join(parts.values())}"
        with st.expander(label, key="over_time", on_change="rerun") as time:
            if time.open:
                for name in parts:
                    show_picture(name, record, view)
    if len(record.reconciliation):
        show_reconciliation(record)


def _ask_options(record: Record, view: View) -> Options:
    """What a reader chooses, of what the record has a choice of on any day."""
    known, held = read_address(_units(record, view), _conferences(record, view))
    last = replace(view, day=record.tracker.data_until)
    has_units, has_conferences = (
        Pledges.is_in(record) and len(made(record, last).labels) > 1 for made in (_units, _conferences)
    )
    has_many = len(flow_frame(record, last.day)) > MOST
    with st.container(horizontal=True, vertical_alignment="center", key="controls_funds"):
        unit = known.ask_one(st.selectbox, "Sums in", width=280) if has_units else known.code
        conference = held.ask_one(st.selectbox, "Pledges of", width=420) if has_conferences else held.code
        everyone = has_many and st.toggle("All givers", key="all", bind="query-params", width="content")
    return Options(unit=unit, conference=conference, everyone=everyone)


def _units(record: Record, view: View) -> Parameter:
    return one_of("unit", {code: unit.label for code, unit in units(record, view.day).items()})


def _conferences(record: Record, view: View) -> Parameter:
    held = conferences(record, view.day).sort_values("date")
    names = {row.id: f"{long_date(row.date_text)}, {row.figure}" for row in held.itertuples(index=False)}
    return one_of("conference", {ALL: "All days and conferences", **names})


def _tell_empty(what: str, view: View) -> None:
    shown = "" if view.passing is None else " of those shown"
    st.info(f"{what}{shown} by this day. Choose a later one{' or clear filters' if shown else ''}.")


def _show_givers(record: Record, view: View, options: Options) -> None:
    if flow_frame(record, view.day, view.passing, options.conference).empty:
        _tell_empty("No pledge is recorded", view)
    else:
        show_picture("pledges", record, view, options)


def _show_ledger(record: Record, view: View, options: Options) -> None:
    """The pools as a table."""
    st.subheader(record.words.money["ledger"], anchor=False)
    pools = picture_of(record, "stocks", view.day, replace(options, passing=view.passing), view.filtered).figure
    st.html(filled("told.html", "told", pools.table()[LEDGER], "Pools of money held back"))


def _show_evidence(record: Record, view: View, options: Options) -> None:
    """The rows behind the pictures as cards, one kind at a time, which are sent only to those who ask for them."""
    kinds = _rows_behind(record, view, options)
    if not kinds:
        return
    folded = st.expander("Rows and sources behind these numbers", key="evidence", on_change="rerun")
    if not folded.open:
        return
    with folded:
        names = {name: f"{name} ({number(len(found))})" for name, found in kinds.items()}
        kind = st.selectbox("Rows", list(names), format_func=names.__getitem__, key="rows_of")
        cards = cards_of(record, view)
        show_cards(cards.sum(row) for row in rows.of(kinds[kind]))


def _rows_behind(record: Record, view: View, options: Options) -> dict[str, pd.DataFrame]:
    """Rows of money by what they are, without what is empty."""
    stocks = stock_frame(record, view.day, view.passing)
    plans, drawn = plan_rows(record, view.day), rows_of_plans(record, view.day)
    found = {
        "Held back, and what is inside it": pd.concat([stocks, stock_parts(record, view.day, stocks)]),
        "Pledges and payments, newest first": drawn_flows(record, view.day, view.passing, options.conference),
        "Plans by year": drawn,
        "Other plans": plans[~plans["id"].isin(drawn["id"])],
    }
    ended = suspended_rows(record, view.day, view.passing)
    found["Suspended before this day"] = ended[~ended["id"].isin(stocks["id"])]
    for why, others in superseded_stocks(record, view.day, view.passing).groupby("why"):
        found[f"{why}, of a pool above"] = others
    for reason, others in listed_flows(record, view.day, view.passing).groupby("reason"):
        found[f"Listed and not drawn: {str(reason).lower()}"] = others
    return {name: some for name, some in found.items() if len(some)}
