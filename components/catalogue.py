"""The one list of charts: name to data half, draw half, title, alt text. Pages and export draw from here alone."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.as_of import levers_until, stances_on
from components.charts.lever_matrix import draw_lever_matrix, lever_matrix_alt
from components.charts.money import draw_flows, draw_stocks, flows_alt, stocks_alt
from components.charts.stance_map import draw_stance_map, stance_map_alt
from components.charts.theme import Frame, Style
from components.load import Dataset, load_points
from components.phrasing import day_in_words
from components.summaries.funds import flow_frame, flow_rows, stock_frame
from components.summaries.levers import BY_REGION, groupings, matrix
from components.summaries.sources import publishers_line, source_ids
from components.summaries.stances import map_frame


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may choose beside the day; each chart uses what concerns it.

    `passing` are the actor_ids that pass the filters, None where nothing filters; `filtered` says so in words.
    """

    group_by: str = BY_REGION
    everyone: bool = False
    passing: frozenset[str] | None = None
    filtered: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: the figure, its title, its words for those who cannot see it, and the sources it rests on."""

    figure: go.Figure
    title: str
    alt: str
    sources: list[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the catalogue.

    `frames` makes its data, `draw` and `alt` take that data and the words around it, `cited` lists its source keys,
    `notes` are lines of its footer.
    """

    title: Callable[[Dataset, Options], str]
    frames: Callable[[Dataset, dt.date, Options], Any]
    draw: Callable[[Any, Frame, Style], go.Figure]
    alt: Callable[[Any, Frame], str]
    cited: Callable[[Dataset, dt.date, Options], list[str]]
    notes: Callable[[Dataset, Options], list[str]] = lambda _dataset, _options: []


def draw_picture(name: str, dataset: Dataset, day: dt.date, style: Style, options: Options | None = None) -> Picture:
    """Draw a chart of the catalogue on a day. Raises KeyError for a name that is not in it."""
    options = options or Options()
    chart = CHARTS[name]
    data = chart.frames(dataset, day, options)
    sources = chart.cited(dataset, day, options)
    title = f"{chart.title(dataset, options)}, {day_in_words(day)}"
    notes = [*chart.notes(dataset, options), options.filtered, *_footer(dataset, sources)]
    words = Frame(title, dataset.tracker.question, tuple(line for line in notes if line))
    return Picture(chart.draw(data, words, style), title, chart.alt(data, words), sources)


def _footer(dataset: Dataset, sources: list[str]) -> list[str]:
    tracker = dataset.tracker
    origin = f"{tracker.title}, record until {day_in_words(tracker.data_until)}. {_kept_together(tracker.licence)}"
    address = tracker.repository.removeprefix("https://")
    return [publishers_line(dataset, sources), f"{origin}. {address}" if address else f"{origin}."]


def _kept_together(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _map_frames(dataset: Dataset, day: dt.date, options: Options) -> pd.DataFrame:
    frame = map_frame(dataset, day)
    return frame if options.passing is None else frame[frame.index.isin(options.passing)]


def _draw_map(frame: pd.DataFrame, words: Frame, style: Style) -> go.Figure:
    return draw_stance_map(frame, load_points(), words, style)


def _shown(rows: pd.DataFrame, options: Options) -> list[str]:
    """The sources of the rows whose actors pass the filters."""
    return source_ids(rows if options.passing is None else rows[rows["actor_id"].isin(options.passing)])


def _group_note(dataset: Dataset, options: Options) -> list[str]:
    return [] if options.group_by == BY_REGION else [f"Grouped by: {groupings(dataset)[options.group_by]}"]


CHARTS: Mapping[str, Chart] = {
    "map": Chart(
        title=lambda _dataset, _options: "Stance on recognition",
        frames=_map_frames,
        draw=_draw_map,
        alt=stance_map_alt,
        cited=lambda dataset, day, options: _shown(stances_on(dataset, day), options),
    ),
    "matrix": Chart(
        title=lambda _dataset, _options: "Who holds which lever",
        frames=lambda dataset, day, options: matrix(
            dataset, day, options.group_by, everyone=options.everyone, actor_ids=options.passing
        ),
        draw=draw_lever_matrix,
        alt=lever_matrix_alt,
        cited=lambda dataset, day, options: _shown(levers_until(dataset, day), options),
        notes=_group_note,
    ),
    "stocks": Chart(
        title=lambda _dataset, _options: "Money held back",
        frames=lambda dataset, day, options: stock_frame(dataset, day, options.passing),
        draw=draw_stocks,
        alt=stocks_alt,
        cited=lambda dataset, day, options: source_ids(stock_frame(dataset, day, options.passing)),
        notes=lambda _dataset, _options: ["Thin line: lowest to highest figure. Stocks: not to be added to pledges."],
    ),
    "pledges": Chart(
        title=lambda _dataset, _options: "Pledged to paid",
        frames=lambda dataset, day, options: flow_frame(dataset, day, options.passing),
        draw=draw_flows,
        alt=flows_alt,
        cited=lambda dataset, day, options: source_ids(flow_rows(dataset, day, options.passing)),
        notes=lambda dataset, _options: [
            f"By giver, since {day_in_words(dataset.tracker.start)}. A later stage lies inside the one before; "
            "where it is longer, the earlier one was not stated in full.",
        ],
    ),
}
