"""The one list of charts: name to data half, draw half, title, alt text. Pages and export draw from here alone."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.as_of import levers_until
from components.charts.counts import counts_alt, draw_counts
from components.charts.crosstab import crosstab_alt, draw_crosstab
from components.charts.film import draw_stance_film, stance_film_alt
from components.charts.history import draw_history, history_alt
from components.charts.lever_matrix import draw_lever_matrix, lever_matrix_alt
from components.charts.money import draw_flows, draw_stocks, flows_alt, stocks_alt
from components.charts.stance_map import draw_stance_map, stance_map_alt
from components.charts.standing import draw_standing, standing_alt
from components.charts.theme import Frame, Style
from components.charts.tile_map import draw_tile_map, tile_map_alt
from components.load import Dataset, load_points
from components.phrasing import day_in_words, enumerated
from components.summaries import behind
from components.summaries.colouring import Colouring, colouring, mode_title, rows_behind, shades_of
from components.summaries.crosstab import crosstab
from components.summaries.funds import flow_frame, flow_rows, stock_frame
from components.summaries.levers import BY_REGION, SORTS, Matrix, groupings, matrix
from components.summaries.sources import publishers_line, source_ids
from components.summaries.time import (
    BY_LEVEL,
    BY_STANCE,
    count_steps,
    history,
    monthly_frames,
    moved,
    standing_bands,
    standing_rows,
)
from components.vocabulary import LEVELS, STANCES


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may choose beside the day; each chart uses what concerns it.

    `passing` are the actor_ids that pass the filters, None where nothing filters; `filtered` says so in words.
    """

    group_by: str = BY_REGION
    sort: str = "stance"
    everyone: bool = False
    colour: str = "stance"
    zoom: str = "world"
    actor_ids: tuple[str, ...] = ()
    passing: frozenset[str] | None = None
    filtered: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: the figure, its title, its words for those who cannot see it, and the sources it rests on."""

    figure: go.Figure
    title: str
    alt: str
    table: pd.DataFrame
    sources: list[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the catalogue.

    `frames` makes its data; `draw` and `alt` take that data and the words around it; `table` is that data to read;
    `cited` lists its source keys; `notes` are lines of its footer. A chart that is not `still` moves and is no image;
    one `of_actors` needs some.
    """

    title: Callable[[Dataset, Options], str]
    frames: Callable[[Dataset, dt.date, Options], Any]
    draw: Callable[[Any, Frame, Style], go.Figure]
    alt: Callable[[Any, Frame], str]
    cited: Callable[[Dataset, dt.date, Options], list[str]]
    table: Callable[[Any], pd.DataFrame]
    notes: Callable[[Dataset, Options], list[str]] = lambda _dataset, _options: []
    still: bool = True
    of_actors: bool = False


def draw_picture(name: str, dataset: Dataset, day: dt.date, style: Style, options: Options | None = None) -> Picture:
    """Draw a chart of the catalogue on a day. Raises KeyError for a name that is not in it."""
    options = options or Options()
    chart = CHARTS[name]
    data = chart.frames(dataset, day, options)
    sources = chart.cited(dataset, day, options)
    title = f"{chart.title(dataset, options)}, {day_in_words(day)}"
    notes = [*chart.notes(dataset, options), options.filtered, *_footer(dataset, sources)]
    words = Frame(title, dataset.tracker.question, tuple(line for line in notes if line))
    return Picture(chart.draw(data, words, style), title, chart.alt(data, words), chart.table(data), sources)


def _footer(dataset: Dataset, sources: list[str]) -> list[str]:
    tracker = dataset.tracker
    origin = f"{tracker.title}, record until {day_in_words(tracker.data_until)}. {_kept_together(tracker.licence)}"
    address = tracker.repository.removeprefix("https://")
    return [publishers_line(dataset, sources), f"{origin}. {address}" if address else f"{origin}."]


def _kept_together(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _map_data(dataset: Dataset, day: dt.date, options: Options) -> tuple[Colouring, str, frozenset[str]]:
    """What a map draws: the colouring, its zoom, and who does not pass the filters."""
    coloured = colouring(dataset, day, options.colour)
    muted = frozenset() if options.passing is None else frozenset(coloured.frame.index) - options.passing
    return coloured, options.zoom, muted


def _map_sources(dataset: Dataset, day: dt.date, options: Options) -> list[str]:
    return _shown(rows_behind(dataset, day, options.colour), options)


def _by_level(options: Options) -> bool:
    return options.colour == "level"


def _counts_data(dataset: Dataset, day: dt.date, options: Options) -> tuple[Any, ...]:
    """Counts and moves by level where the map is coloured by it, else by stance, with the classes drawn."""
    mode, column, number = (
        ("level", BY_LEVEL, len(LEVELS)) if _by_level(options) else ("stance", BY_STANCE, len(STANCES))
    )
    steps, moves = count_steps(dataset, options.passing, column), moved(dataset, options.passing, column)
    return steps, moves, day, shades_of(mode)[:number]


def _matrix_data(dataset: Dataset, day: dt.date, options: Options) -> Matrix:
    return matrix(
        dataset, day, options.group_by, sort=options.sort, everyone=options.everyone, actor_ids=options.passing
    )


def _history_data(dataset: Dataset, day: dt.date, options: Options) -> tuple[Any, ...]:
    """The quarters of the actors in the order of the matrix, their names and groups, and the day."""
    rows = _matrix_data(dataset, day, options).rows
    return history(dataset, day, list(rows.index)), rows["name"].to_dict(), rows["group"].to_dict(), day


def _standing_data(dataset: Dataset, day: dt.date, options: Options) -> tuple[Any, ...]:
    ids = options.actor_ids
    return standing_bands(dataset, ids, day), standing_rows(dataset, ids, day), _names(dataset, ids), day


def _names(dataset: Dataset, actor_ids: tuple[str, ...]) -> dict[str, str]:
    return {actor_id: str(dataset.actors.at[actor_id, "name"]) for actor_id in actor_ids}


def _known(dataset: Dataset, day: dt.date) -> pd.DataFrame:
    return dataset.stances[dataset.stances["date"] <= pd.Timestamp(day)]


def _shown(rows: pd.DataFrame, options: Options) -> list[str]:
    """The sources of the rows whose actors pass the filters."""
    return source_ids(rows if options.passing is None else rows[rows["actor_id"].isin(options.passing)])


def _order_note(dataset: Dataset, options: Options) -> list[str]:
    grouped = [] if options.group_by == BY_REGION else [f"Grouped by: {groupings(dataset)[options.group_by]}"]
    return grouped + ([] if options.sort == "stance" else [f"Sorted by: {SORTS[options.sort].lower()}"])


CHARTS: Mapping[str, Chart] = {
    "map": Chart(
        title=lambda dataset, options: mode_title(dataset, options.colour),
        frames=_map_data,
        draw=lambda data, words, style: draw_stance_map(
            data[0], load_points(), words, style, zoom=data[1], muted=data[2]
        ),
        alt=lambda data, words: stance_map_alt(data[0], words, zoom=data[1], muted=data[2]),
        table=lambda data: behind.of_map(data[0], data[2]),
        cited=_map_sources,
    ),
    "tiles": Chart(
        title=lambda dataset, options: mode_title(dataset, options.colour),
        frames=_map_data,
        draw=lambda data, words, style: draw_tile_map(data[0], load_points(), words, style, muted=data[2]),
        alt=lambda data, words: tile_map_alt(data[0], words, muted=data[2]),
        table=lambda data: behind.of_map(data[0], data[2]),
        cited=_map_sources,
    ),
    "film": Chart(
        title=lambda _dataset, _options: "Stance month by month",
        frames=lambda dataset, _day, _options: monthly_frames(dataset),
        draw=lambda frames, words, style: draw_stance_film(frames, load_points(), words, style),
        alt=stance_film_alt,
        table=behind.of_film,
        cited=lambda dataset, _day, _options: source_ids(dataset.stances),
        still=False,
    ),
    "counts": Chart(
        title=lambda _dataset, options: "Levels over time" if _by_level(options) else "Stances over time",
        frames=_counts_data,
        draw=lambda data, words, style: draw_counts(data[0], data[1], data[2], words, style, data[3]),
        alt=lambda data, words: counts_alt(data[0], data[2], words, data[3]),
        table=lambda data: behind.of_counts(data[0], data[3]),
        cited=lambda dataset, _day, options: _shown(dataset.stances, options),
    ),
    "history": Chart(
        title=lambda _dataset, _options: "How each moved",
        frames=_history_data,
        draw=lambda data, words, style: draw_history(data[0], data[1], data[2], data[3], words, style),
        alt=lambda data, words: history_alt(data[0], data[3], words),
        table=lambda data: behind.of_history(data[0], data[1]),
        cited=lambda dataset, day, options: _shown(_known(dataset, day), options),
        notes=_order_note,
    ),
    "standing": Chart(
        title=lambda dataset, options: enumerated(list(_names(dataset, options.actor_ids).values()), 5),
        frames=_standing_data,
        draw=lambda data, words, style: draw_standing(data[0], data[1], data[2], data[3], words, style),
        alt=lambda data, words: standing_alt(data[0], data[1], data[2], words),
        table=lambda data: behind.of_standing(data[1], data[2]),
        cited=lambda dataset, day, options: source_ids(
            _known(dataset, day).query("actor_id in @ids", local_dict={"ids": options.actor_ids})
        ),
        of_actors=True,
    ),
    "matrix": Chart(
        title=lambda _dataset, _options: "Who holds which lever",
        frames=_matrix_data,
        draw=draw_lever_matrix,
        alt=lever_matrix_alt,
        table=behind.of_matrix,
        cited=lambda dataset, day, options: _shown(levers_until(dataset, day), options),
        notes=_order_note,
    ),
    "crosstab": Chart(
        title=lambda _dataset, _options: "Levers by stance",
        frames=lambda dataset, day, options: crosstab(dataset, day, options.passing),
        draw=draw_crosstab,
        alt=crosstab_alt,
        table=behind.of_crosstab,
        cited=lambda dataset, day, options: _shown(levers_until(dataset, day).query("held"), options),
        notes=lambda _dataset, _options: ["Area of a circle: number of actors. A lever may press or pull."],
    ),
    "stocks": Chart(
        title=lambda _dataset, _options: "Money held back",
        frames=lambda dataset, day, options: stock_frame(dataset, day, options.passing),
        draw=draw_stocks,
        alt=stocks_alt,
        table=behind.of_stocks,
        cited=lambda dataset, day, options: source_ids(stock_frame(dataset, day, options.passing)),
        notes=lambda _dataset, _options: ["Thin line: lowest to highest figure. Stocks: not to be added to pledges."],
    ),
    "pledges": Chart(
        title=lambda _dataset, _options: "Pledged to paid",
        frames=lambda dataset, day, options: flow_frame(dataset, day, options.passing),
        draw=draw_flows,
        alt=flows_alt,
        table=behind.of_flows,
        cited=lambda dataset, day, options: source_ids(flow_rows(dataset, day, options.passing)),
        notes=lambda dataset, _options: [
            f"By giver, since {day_in_words(dataset.tracker.start)}. A later stage lies inside the one before; "
            "where it is longer, the earlier one was not stated in full.",
        ],
    ),
}
