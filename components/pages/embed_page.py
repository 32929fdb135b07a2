"""One chart alone, as another page shows it in a frame: `chart=NAME&embed=true`, with the parameters of its page."""

import datetime as dt

import streamlit as st

from components.figures.catalogue import FIGURES, figures_in
from components.figures.figure import Options
from components.figures.stance_map import zooms
from components.pages.parts.address import begin, link, tell
from components.pages.parts.parameter import one_of, read_address, understood
from components.pages.parts.picture import show_alone
from components.pages.parts.view import View, theme_of_reader
from components.record.check.problems import listed, quoted
from components.record.filters import Filters, choices, in_words, passing
from components.record.model import Record
from components.summaries.colouring import modes
from components.summaries.levers import groupings, sorts

CHARTS = [name for name, figure in FIGURES.items() if not figure.of_actors and not figure.plays]
FORMER = {"money_time": "reserves", "bubbles": "crosstab"}  # names of charts in earlier addresses


def is_embedded() -> bool:
    """Whether the address asks for one chart alone."""
    return "chart" in st.query_params and bool(st.context.is_embedded)


def show_embed(record: Record) -> None:
    """The chart that the address asks for, with its words, as large as its frame, and the way to the dashboard."""
    begin()
    st.set_page_config(page_title=record.tracker.title)
    name = st.query_params["chart"]
    name = FORMER.get(name, name)
    if name not in CHARTS:
        st.error(f"No chart is called {quoted(name)}; allowed: {listed(CHARTS, len(CHARTS))}.")
        return
    if name not in figures_in(record):
        known = listed([chart for chart in CHARTS if chart in figures_in(record)], len(CHARTS))
        st.error(f"The record has nothing for the chart {quoted(name)}; allowed: {known}.")
        return
    day = _day(record)
    filters = _filters(record)
    view = View(day, "", theme_of_reader(), passing(record, day, filters), in_words(record, filters))
    place = FIGURES[name].place[0]
    show_alone(name, record, view, _options(record), link("" if place == "map" else place, date=day.isoformat()))


def _day(record: Record) -> dt.date:
    text = st.query_params.get("date", record.tracker.data_until.isoformat())
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = dt.date.min
    if record.tracker.start <= day <= record.tracker.data_until and day.isoformat() == text:
        return day
    tell(f"The address asks for the date {quoted(text)}, which is not a day of the record. It was ignored.")
    return record.tracker.data_until


def _filters(record: Record) -> Filters:
    asked = {
        name: understood(st.query_params.get_all(name), labels)[0] for name, (_, labels) in choices(record).items()
    }
    return Filters(**{name: tuple(codes) for name, codes in asked.items()})


def _options(record: Record) -> Options:
    group, sort, colour, zoom = read_address(
        one_of("group", groupings(record)),
        one_of("sort", {"": "", **sorts(record)}),
        one_of("colour", modes(record)),
        one_of("zoom", zooms(record)),
    )
    return Options(group_by=group.code, sort=sort.code, colour=colour.code, zoom=zoom.code)
