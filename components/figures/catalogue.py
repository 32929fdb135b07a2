"""The one list of charts: name to data half, draw half, title, alt text. Pages and export draw from here alone."""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures import behind
from components.figures.counts import counts_alt, draw_counts
from components.figures.crosstab import Crosstab, bubbles_pieces, crosstab_alt, crosstab_pieces, draw_crosstab
from components.figures.film import draw_stance_film, stance_film_alt
from components.figures.findings import (
    bubbles_finding,
    counts_finding,
    crosstab_finding,
    history_finding,
    ledger_finding,
    map_finding,
    matrix_finding,
    money_time_finding,
    pledges_finding,
    pool_flow_finding,
    standing_finding,
)
from components.figures.history import draw_history, history_alt, history_pieces
from components.figures.matrix import draw_lever_matrix, lever_matrix_alt, matrix_pieces
from components.figures.money_time import MoneyTime, draw_money_time, events_line, money_time_alt
from components.figures.pledges import Pledges, draw_pledges, pledges_alt, pledges_pieces
from components.figures.pool_flow import draw_pool_flow, pool_flow_alt
from components.figures.stance_map import draw_stance_map, stance_map_alt
from components.figures.standing import draw_standing, standing_alt, standing_pieces
from components.figures.stocks import draw_ledger, ledger_alt, ledger_pieces
from components.figures.theme import Frame, Pieces, Style
from components.figures.tile_map import draw_tile_map, tile_map_alt
from components.record.model import Record
from components.record.on_day import levers_until
from components.record.shapes import load_points
from components.record.vocabulary import LEVELS, STANCES
from components.record.wording import day_in_words, enumerated
from components.summaries.colouring import Colouring, colouring, mode_title, rows_behind, shades_of
from components.summaries.crosstab import MEASURES, amounts, crosstab
from components.summaries.currency import currency_of
from components.summaries.flows import conferences, drawn_flows, flow_frame, flow_rows, pledges_on
from components.summaries.funds import stock_frame
from components.summaries.ledger import ledger
from components.summaries.levers import BY_REGION, SORTS, Matrix, groupings, matrix
from components.summaries.plans import plan_years
from components.summaries.pools import events, held_over_time, pool_flow, pools_through
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
from components.summaries.units import PLAIN, units

LEAST_ROOM = 80  # pixels of a picture in a shape
CUTS = 3  # times at the most that a chart is cut to a room


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
    unit: str = PLAIN
    conference: str = ""
    measure: str = next(iter(MEASURES))
    passing: frozenset[str] | None = None
    filtered: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: the figure, its title, its words for those who cannot see it, and the sources it rests on.

    `table` makes the table behind it, which few ask for.
    """

    figure: go.Figure
    title: str
    alt: str
    table: Callable[[], pd.DataFrame]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the catalogue.

    `title` is its name and `finding` what its data say, in one short sentence. `frames` makes its data; `draw` and
    `alt` take that data and the words around it; `table` is that data to read; `cited` lists its source keys; `notes`
    are lines of its footer; `pieces` cuts its data to the pixels that a shape has for it, with a line on what is left
    out of each. A chart that is not `still` moves and is no image; one `of_actors` needs some; one that is `whole` has
    no filters.
    """

    title: Callable[[Record, Options], str]
    finding: Callable[[Record, Options, Any], str]
    frames: Callable[[Record, dt.date, Options], Any]
    draw: Callable[[Any, Frame, Style], go.Figure]
    alt: Callable[[Any, Frame], str]
    cited: Callable[[Record, dt.date, Options], list[str]]
    table: Callable[[Any], pd.DataFrame]
    notes: Callable[[Record, Options, Any, Style], list[str]] = lambda _dataset, _options, _data, _style: []
    pieces: Callable[[Any, int, Style], Pieces] | None = None
    still: bool = True
    of_actors: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A chart whose data are made, so that it can be drawn in several styles."""

    name: str
    record: Record
    day: dt.date
    options: Options
    data: Any
    sources: list[str]


def draw_picture(name: str, record: Record, day: dt.date, style: Style, options: Options | None = None) -> Picture:
    """Draw a chart of the catalogue on a day, or its first part where it is more than a shape can hold.

    Raises KeyError for a name that is not in it.
    """
    return draw_parts(make_ready(name, record, day, options), style)[0]


def make_ready(name: str, record: Record, day: dt.date, options: Options | None = None) -> Ready:
    """Make the data of a chart. Raises KeyError for a name that is not in the catalogue."""
    options = options or Options()
    chart = CHARTS[name]
    return Ready(name, record, day, options, chart.frames(record, day, options), chart.cited(record, day, options))


def draw_parts(ready: Ready, style: Style) -> list[Picture]:
    """Draw a chart in a style: one picture, or as many parts as it takes to fill a shape and stay readable."""
    if not style.shaped:
        return [_drawn(ready, ready.data, style, "", "")]
    pieces, rooms = _cut(ready, style)
    parts = [part_of(number, len(pieces)) for number in range(1, len(pieces) + 1)]
    return [
        _drawn(ready, piece, replace(style, room=room), line, part)
        for (piece, line), part, room in zip(pieces, parts, rooms, strict=True)
    ]


def _cut(ready: Ready, style: Style) -> tuple[Pieces, list[int]]:
    """The data of a chart in pieces, and the room of each: what its frame takes is seen once it is drawn."""
    cut = CHARTS[ready.name].pieces
    pieces: Pieces = [(ready.data, "")]
    rooms = [_room(_drawn(ready, ready.data, style, "", "").figure, style)]
    if not cut:
        return pieces, rooms
    for _ in range(CUTS):  # a line on what is left out takes room itself, and so does the number of a part
        known = min(rooms)
        pieces = cut(ready.data, known, style)
        part = part_of(len(pieces), len(pieces))
        rooms = [_room(_drawn(ready, piece, style, line, part).figure, style) for piece, line in pieces]
        if min(rooms) >= known:
            break
    return pieces, rooms


def part_of(number: int, parts: int) -> str:
    """How a part says which one it is; nothing where it is the only one."""
    return f" (part {number} of {parts})" if parts > 1 else ""


def _room(figure: go.Figure, style: Style) -> int:
    margin = figure.layout.margin
    return max(style.height - margin.t - margin.b, LEAST_ROOM)


def _drawn(ready: Ready, data: Any, style: Style, line: str, part: str) -> Picture:
    """The picture of `data`, a piece of the chart's or all of it; `line` says what is left out, `part` which it is."""
    chart, record, options = CHARTS[ready.name], ready.record, ready.options
    filtered = "" if chart.whole else options.filtered
    said = chart.finding(record, options, data if part else ready.data)  # of parts each has a finding of its own
    shown = f"{said}{', among those shown' if filtered else ''}"
    day = day_in_words(ready.day)
    title = f"{shown[:1].upper()}{shown[1:]}, {day}"
    notes = [line, *chart.notes(record, options, data, style), filtered, *_footer(record, ready.sources)]
    footer = [text for text in notes if text]
    if style.shaped:
        footer = [" ".join(text if text.endswith(".") else f"{text}." for text in footer)]
    words = Frame(f"{title.removesuffix(day)}{_kept_together(day)}{part}", record.tracker.question, tuple(footer))
    told = replace(words, title=f"{chart.title(record, options)}. {title}")
    table = functools.partial(chart.table, data)
    return Picture(chart.draw(data, words, style), title, chart.alt(data, told), table, ready.sources)


def _footer(record: Record, sources: list[str]) -> list[str]:
    tracker = record.tracker
    origin = f"{tracker.title}, record until {day_in_words(tracker.data_until)}. {_kept_together(tracker.licence)}"
    address = tracker.repository.removeprefix("https://")
    return [publishers_line(record, sources), f"{origin}. {address}" if address else f"{origin}."]


def _kept_together(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _map_data(record: Record, day: dt.date, options: Options) -> tuple[Colouring, str, frozenset[str]]:
    """What a map draws: the colouring, its zoom, and who does not pass the filters."""
    coloured = colouring(record, day, options.colour)
    muted = frozenset() if options.passing is None else frozenset(coloured.frame.index) - options.passing
    return coloured, options.zoom, muted


def _map_sources(record: Record, day: dt.date, options: Options) -> list[str]:
    return _shown(rows_behind(record, day, options.colour), options)


def _by_level(options: Options) -> bool:
    return options.colour == "level"


def _counts_data(record: Record, day: dt.date, options: Options) -> tuple[Any, ...]:
    """Counts and moves by level where the map is coloured by it, else by stance, with the classes drawn."""
    mode, column, number = (
        ("level", BY_LEVEL, len(LEVELS)) if _by_level(options) else ("stance", BY_STANCE, len(STANCES))
    )
    steps, moves = count_steps(record, options.passing, column), moved(record, options.passing, column)
    return steps, moves, day, shades_of(mode)[:number]


def _matrix_data(record: Record, day: dt.date, options: Options) -> Matrix:
    return matrix(
        record, day, options.group_by, sort=options.sort, everyone=options.everyone, actor_ids=options.passing
    )


def _history_data(record: Record, day: dt.date, options: Options) -> tuple[Any, ...]:
    """The quarters of the actors in the order of the matrix, their names and groups, and the day."""
    rows = _matrix_data(record, day, options).rows
    return history(record, day, list(rows.index)), rows["name"].to_dict(), rows["group"].to_dict(), day


def _standing_data(record: Record, day: dt.date, options: Options) -> tuple[Any, ...]:
    ids = options.actor_ids
    return standing_bands(record, ids, day), standing_rows(record, ids, day), _names(record, ids), day


def _names(record: Record, actor_ids: tuple[str, ...]) -> dict[str, str]:
    return {actor_id: str(record.actors.at[actor_id, "name"]) for actor_id in actor_ids}


def _known(record: Record, day: dt.date) -> pd.DataFrame:
    return record.stances[record.stances["date"] <= pd.Timestamp(day)]


def _shown(rows: pd.DataFrame, options: Options) -> list[str]:
    """The sources of the rows whose actors pass the filters."""
    return source_ids(rows if options.passing is None else rows[rows["actor_id"].isin(options.passing)])


def _order_note(record: Record, options: Options, _data: Any, _style: Style) -> list[str]:
    grouped = [] if options.group_by == BY_REGION else [f"Grouped by: {groupings(record)[options.group_by]}"]
    return grouped + ([] if options.sort == "stance" else [f"Sorted by: {SORTS[options.sort].lower()}"])


def _crosstab_data(record: Record, day: dt.date, options: Options) -> Crosstab:
    return Crosstab(crosstab(record, day, options.passing), record.actors["name"].to_dict())


def _bubbles_data(record: Record, day: dt.date, options: Options) -> Crosstab:
    data = _crosstab_data(record, day, options)
    totals = amounts(record, day, data.cells, options.measure)
    money = totals.map(lambda total: total.number).astype(float).dropna(how="all")
    return replace(data, cells=data.cells.loc[money.index], amounts=money, currency=currency_of(record))


def _money_of(record: Record, day: dt.date, options: Options) -> pd.DataFrame:
    rows = stock_frame if options.measure == next(iter(MEASURES)) else flow_rows
    return rows(record, day, options.passing)


def _money_time_data(record: Record, day: dt.date, _options: Options) -> MoneyTime:
    snapshots = pools_through(record, day)
    start, end = pd.Timestamp(record.tracker.start), pd.Timestamp(day)
    plans, currency = plan_years(record, day), currency_of(record)
    return MoneyTime(held_over_time(snapshots), events(snapshots), plans, start, end, currency)


def _own_stocks(record: Record, day: dt.date) -> pd.DataFrame:
    """The rows of the subject's own money by the day."""
    funds = record.funds
    return funds[(funds["owner"] == record.tracker.subject) & (funds["date"] <= pd.Timestamp(day))]


def _rows_of(record: Record, row_ids: pd.Series) -> pd.DataFrame:
    return record.funds[record.funds["id"].isin(row_ids)]


def _pledges_title(record: Record, options: Options) -> str:
    held = _conference(record, options).removesuffix(": ")
    return f"Pledged to paid: {held[:1].lower()}{held[1:]}" if held else "Pledged to paid"


def _conference(record: Record, options: Options) -> str:
    """The beginning of what is said of one conference; "" where none was chosen."""
    if not options.conference:
        return ""
    held = record.funds.set_index("id").at[options.conference, "date"]
    return f"The conference of {day_in_words(held.date())}: "


def _pledges_data(record: Record, day: dt.date, options: Options) -> Pledges:
    """The flows of all givers or of one conference; a conference that was not held yet is as if none was chosen."""
    held = conferences(record, day).set_index("id")["date"]
    conference = options.conference if options.conference in held.index else ""
    known = units(record, day, held[conference].year if conference else None)
    frame = flow_frame(record, day, options.passing, conference)
    found = pledges_on(record, day, options.passing, conference)
    return Pledges(frame, found, known.get(options.unit, known[PLAIN]), currency_of(record))


CHARTS: Mapping[str, Chart] = {
    "map": Chart(
        title=lambda record, options: mode_title(record, options.colour),
        finding=lambda record, _options, data: map_finding(data[0], data[2], record.tracker.object),
        frames=_map_data,
        draw=lambda data, words, style: draw_stance_map(
            data[0], load_points(), words, style, zoom=data[1], muted=data[2]
        ),
        alt=lambda data, words: stance_map_alt(data[0], words, zoom=data[1], muted=data[2]),
        table=lambda data: behind.of_map(data[0], data[2]),
        cited=_map_sources,
    ),
    "tiles": Chart(
        title=lambda record, options: mode_title(record, options.colour),
        finding=lambda record, _options, data: map_finding(data[0], data[2], record.tracker.object),
        frames=_map_data,
        draw=lambda data, words, style: draw_tile_map(data[0], load_points(), words, style, muted=data[2]),
        alt=lambda data, words: tile_map_alt(data[0], words, muted=data[2]),
        table=lambda data: behind.of_map(data[0], data[2]),
        cited=_map_sources,
    ),
    "film": Chart(
        title=lambda _dataset, _options: "Stance month by month",
        finding=lambda _dataset, _options, _data: "Stance month by month",
        frames=lambda record, _day, _options: monthly_frames(record),
        draw=lambda frames, words, style: draw_stance_film(frames, load_points(), words, style),
        alt=stance_film_alt,
        table=behind.of_film,
        cited=lambda record, _day, _options: source_ids(record.stances),
        still=False,
        whole=True,
    ),
    "counts": Chart(
        title=lambda _dataset, options: "Levels over time" if _by_level(options) else "Stances over time",
        finding=lambda _dataset, _options, data: counts_finding(data[0], pd.Timestamp(data[2]), data[3]),
        frames=_counts_data,
        draw=lambda data, words, style: draw_counts(data[0], data[1], data[2], words, style, data[3]),
        alt=lambda data, words: counts_alt(data[0], data[2], words, data[3]),
        table=lambda data: behind.of_counts(data[0], data[3]),
        cited=lambda record, _day, options: _shown(record.stances, options),
    ),
    "history": Chart(
        title=lambda _dataset, _options: "How each moved",
        finding=lambda _dataset, _options, data: history_finding(data[0]),
        pieces=history_pieces,
        frames=_history_data,
        draw=lambda data, words, style: draw_history(data[0], data[1], data[2], data[3], words, style),
        alt=lambda data, words: history_alt(data[0], data[3], words),
        table=lambda data: behind.of_history(data[0], data[1]),
        cited=lambda record, day, options: _shown(_known(record, day), options),
        notes=_order_note,
    ),
    "standing": Chart(
        title=lambda record, options: enumerated(list(_names(record, options.actor_ids).values()), 5),
        finding=lambda _dataset, _options, data: standing_finding(data[0], data[2]),
        pieces=standing_pieces,
        frames=_standing_data,
        draw=lambda data, words, style: draw_standing(data[0], data[1], data[2], data[3], words, style),
        alt=lambda data, words: standing_alt(data[0], data[1], data[2], words),
        table=lambda data: behind.of_standing(data[1], data[2]),
        cited=lambda record, day, options: source_ids(
            _known(record, day).query("actor_id in @ids", local_dict={"ids": options.actor_ids})
        ),
        of_actors=True,
    ),
    "matrix": Chart(
        title=lambda _dataset, _options: "Who holds which lever",
        finding=lambda _dataset, _options, data: matrix_finding(data),
        pieces=matrix_pieces,
        frames=_matrix_data,
        draw=draw_lever_matrix,
        alt=lever_matrix_alt,
        table=behind.of_matrix,
        cited=lambda record, day, options: _shown(levers_until(record, day), options),
        notes=_order_note,
    ),
    "crosstab": Chart(
        title=lambda _dataset, _options: "Levers by stance",
        finding=lambda _dataset, _options, data: crosstab_finding(data.cells),
        pieces=crosstab_pieces,
        frames=_crosstab_data,
        draw=draw_crosstab,
        alt=crosstab_alt,
        table=lambda data: behind.of_crosstab(data.cells, data.names),
        cited=lambda record, day, options: _shown(levers_until(record, day).query("held"), options),
        notes=lambda _dataset, _options, _data, _style: [
            "Area of a circle: number of actors. A lever may press or pull."
        ],
    ),
    "bubbles": Chart(
        title=lambda _dataset, options: f"{MEASURES[options.measure]}, by lever and stance of the holder",
        finding=lambda _dataset, options, data: bubbles_finding(data, options.measure),
        pieces=bubbles_pieces,
        frames=_bubbles_data,
        draw=draw_crosstab,
        alt=crosstab_alt,
        table=behind.of_bubbles,
        cited=lambda record, day, options: source_ids(_money_of(record, day, options)),
        notes=lambda _dataset, _options, _data, _style: [
            "Area of a circle: money of the actors who hold that lever. It stands in every row of theirs: "
            "rows are not to be added."
        ],
    ),
    "stocks": Chart(
        title=lambda _dataset, _options: "Money held back",
        finding=lambda _dataset, _options, data: ledger_finding(data),
        pieces=ledger_pieces,
        frames=lambda record, day, options: ledger(record, day, options.passing, options.unit),
        draw=draw_ledger,
        alt=ledger_alt,
        table=behind.of_ledger,
        cited=lambda record, day, options: source_ids(stock_frame(record, day, options.passing)),
        notes=lambda _dataset, _options, data, _style: [
            "Line below a bar: lowest to highest figure. Stocks: not to be added to pledges.",
            data.unit.note,
        ],
    ),
    "pool_flow": Chart(
        title=lambda _dataset, _options: "Where the reserves went",
        finding=lambda _dataset, _options, data: pool_flow_finding(data),
        frames=lambda record, day, _options: pool_flow(record, day),
        draw=draw_pool_flow,
        alt=pool_flow_alt,
        table=behind.of_pool_flow,
        cited=lambda record, day, _options: source_ids(_own_stocks(record, day)),
        notes=lambda _dataset, _options, _data, _style: [
            "Height of a band: the sum. Interest earned between two days comes in beside its pool."
        ],
        whole=True,
    ),
    "money_time": Chart(
        title=lambda _dataset, _options: "Held back, asked for and received",
        finding=lambda _dataset, _options, data: money_time_finding(data),
        frames=_money_time_data,
        draw=draw_money_time,
        alt=money_time_alt,
        table=lambda data: behind.of_plans(data.plans, data.currency),
        cited=lambda record, day, _options: source_ids(
            _own_stocks(record, day), _rows_of(record, plan_years(record, day)["row_ids"].explode())
        ),
        notes=lambda _dataset, _options, data, style: [
            events_line(data, style),
            "Percent: of what the plan required. Hatched: more may have come in before the year was over. "
            "Received: new money, newest figure.",
        ],
        whole=True,
    ),
    "pledges": Chart(
        title=_pledges_title,
        finding=lambda record, options, data: pledges_finding(data, _conference(record, options)),
        pieces=pledges_pieces,
        frames=_pledges_data,
        draw=draw_pledges,
        alt=pledges_alt,
        table=lambda data: behind.of_flows(data.frame, data.currency),
        cited=lambda record, day, options: source_ids(drawn_flows(record, day, options.passing, options.conference)),
        notes=lambda record, _options, data, _style: [
            f"By giver, since {day_in_words(record.tracker.start)}. A later stage lies inside the one before; "
            "where it is longer, the earlier one was not stated in full.",
            data.unit.note,
        ],
    ),
}
