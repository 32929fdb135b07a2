"""Time: counts of stances as step lines, quarters of every actor as squares, bands and dots of a few actors."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.lever_matrix import COLOURED, LEFT, ROW, ROWS_BETWEEN_HEADERS, _group_label, _name, _rules
from components.charts.money import _bar_label
from components.charts.theme import SMALL_SIZE, TEXT_SIZE, Frame, Key, Style, framed, plain, wrapped
from components.phrasing import counted, day_in_words, enumerated, long_date
from components.summaries.levers import Matrix
from components.summaries.stances import CLASSES
from components.vocabulary import ACTS, LEVELS, NOT_APPLICABLE, NOT_CODED, STANCES, Term

TERMS: Mapping[str, Term] = {term.code: term for term in CLASSES}
CLICK = "<br><i>Click for the evidence</i><extra></extra>"
HOVER_CHARACTERS = 44  # of a line in a hover label, so that it fits a phone
NAMED = 5

# Counts over time.
LINES = ("none", "opposed", "engaging", "supportive")  # from the back to the front
PLOT = 250  # pixels
LABEL_ROOM, LABEL_CHARACTERS, LABEL_LINE = 112, 15, 16

# Quarters of every actor.
SQUARE, SMALLEST, UNCODED_SQUARE = 11, 5, 4  # pixels
NARROW_PLOT = 210  # pixels left for the squares on a phone
SYMBOL_ROOM = 30
YEARS = 9  # labels of years that fit a phone

# Bands and levels of a few actors.
LEVEL_STEP, NAME_ROOM, STRIP, GAP = 15, 30, 9, 20  # pixels
LEVEL_ROOM = 88
LANE = LEVEL_STEP * len(LEVELS)
BAND = NAME_ROOM + LANE + STRIP + GAP
TINT = 0.2


def draw_counts(frame: pd.DataFrame, moves: pd.DataFrame, day: dt.date, words: Frame, style: Style) -> go.Figure:
    """Step lines of the countries in each class, with a line at the day; the legend counts what holds on it.

    `frame` as from `summaries.time.count_steps`, `moves` as from `moved`.
    """
    top = max(float(frame[list(LINES)].max().max()), 1) * 1.06
    figure = go.Figure([_count_line(code, frame, moves, style) for code in LINES])
    figure.add_trace(
        go.Scatter(
            x=[day, day], y=[0, top], mode="lines", line={"width": 1, "color": style.palette.ink}, hoverinfo="skip"
        )
    )
    figure.update_layout(
        xaxis=_time_axis(frame["date"].iloc[0], frame["date"].iloc[-1], style),
        yaxis={**_plain_axis(), "range": [0, top], "gridcolor": style.palette.rule, "nticks": 6},
        margin={"l": 34, "r": LABEL_ROOM, "t": 6, "b": 28},
    )
    held = frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]
    legend = [Key(f"{TERMS[code].label} {held[code]}", _line_colour(code, style)) for code in STANCES]
    return framed(figure, words, style, legend=legend, labels=_end_labels(frame.iloc[-1], top, style), height=PLOT)


def counts_alt(frame: pd.DataFrame, day: dt.date, words: Frame) -> str:
    """What the step lines show, in words."""
    held = frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]
    parts = [
        f"{term.label}: {frame[code].iloc[0]} at first, {held[code]} on {day_in_words(day)}, {frame[code].iloc[-1]} "
        f"at last, never more than {frame[code].max()}"
        for code, term in STANCES.items()
    ]
    first, last = (day_in_words(frame["date"].iloc[end].date()) for end in (0, -1))
    return f"Step lines of countries by stance from {first} to {last}. {words.title}. {'; '.join(parts)}."


def draw_history(  # noqa: PLR0913, PLR0917
    frame: pd.DataFrame,
    names: Mapping[str, str],
    groups: Mapping[str, str],
    day: dt.date,
    words: Frame,
    style: Style,
) -> go.Figure:
    """A row of squares for each actor, one for each quarter; clicking one gives the actor_id as `customdata`.

    `frame` as from `summaries.time.history`, its rows in order, those of a group together; `names` and `groups` by
    actor_id.
    """
    matrix = _as_matrix(frame, names, groups)
    lines = _lines(matrix)
    place = {line: y for y, line in lines.items() if line in frame.index}
    headings = [y for y, line in lines.items() if line.startswith("=")]
    figure = go.Figure(
        [
            _rules(list(place.values()), matrix, 0.5, style.palette.rule),
            _rules(headings, matrix, 1.2, style.palette.quiet),
            _new_years(frame, max(lines, default=0) + 0.5, style),
            *(_squares(term, frame, place, style) for term in CLASSES),
            go.Scatter(x=[None], y=[None], yaxis="y2", hoverinfo="skip"),
        ]
    )
    days = [day_in_words(min(quarter.end_time.date(), day)) for quarter in frame.columns]
    _draw_history_axes(figure, matrix, place, days, style)
    labels = [
        *(_group_label(y, lines[y][1:], matrix, style) for y in headings),
        *(label for y, line in lines.items() if line == "#" for label in _years(y, frame, style)),
    ]
    # Only a frame with the subject in it has a square for “not applicable”.
    shown = [term for term in CLASSES if term is not NOT_APPLICABLE or (frame == term.code).any(axis=None)]
    legend = [_square_key(term, frame, style) for term in shown]
    return framed(figure, words, style, legend=legend, labels=labels, height=max(len(lines), 3) * ROW)


def history_alt(frame: pd.DataFrame, day: dt.date, words: Frame) -> str:
    """What the squares show, in words."""
    known = [column for column in frame.columns if column.start_time <= pd.Timestamp(day)]
    now = frame[known[-1]].value_counts() if known else pd.Series(dtype=int)
    parts = [f"{term.label}: {counted(int(now[term.code]), 'actor')}" for term in CLASSES if term.code in now.index]
    coded = frame[known].replace(NOT_CODED.code, np.nan)
    several = int((coded.nunique(axis=1) > 1).sum())
    return (
        f"Grid of {counted(len(frame), 'actor')} by {counted(len(known), 'quarter')}, each in the stance that held at "
        f"its end. {words.title}. {'; '.join(parts) or 'Nobody is shown'}. "
        f"{counted(several, 'actor')} had more than one stance."
    )


def draw_standing(  # noqa: PLR0913, PLR0917
    bands: pd.DataFrame,
    rows: pd.DataFrame,
    names: Mapping[str, str],
    day: dt.date,
    words: Frame,
    style: Style,
) -> go.Figure:
    """A band for each of a few actors in the colours of its stances, its level as a step line with a dot for each row.

    `bands` as from `summaries.time.standing_bands`, `rows` as from `standing_rows`, `names` by actor_id. Clicking a dot
    gives the actor_id as `customdata`.
    """
    actor_ids = list(dict.fromkeys(bands["actor_id"]))
    tops = {actor_id: place * BAND for place, actor_id in enumerate(actor_ids)}
    figure = go.Figure([bar for term in CLASSES for bar in _spans(term, bands, tops, style)])
    figure.add_traces([_level_steps(bands, rows, tops, style), _row_dots(rows, tops, style)])
    height = max(len(actor_ids), 1) * BAND
    levels = {_level_y(top, code): term.label for top in tops.values() for code, term in LEVELS.items()}
    end = pd.Timestamp(day) + pd.Timedelta(days=1)
    start = bands["start"].min() if len(bands) else end - pd.Timedelta(days=1)
    figure.update_layout(
        xaxis=_time_axis(start - (end - start) * 0.015, end, style),  # room for half of a dot on the first day
        yaxis={
            **_plain_axis(),
            "range": [height, 0],
            "tickvals": list(levels),
            "ticktext": list(levels.values()),
            "ticklabelstandoff": 4,
            "tickfont": {"size": SMALL_SIZE, "color": style.palette.quiet},
            "gridcolor": style.palette.rule,
            "gridwidth": 0.5,
        },
        barmode="overlay",
        bargap=0,
        margin={"l": LEVEL_ROOM, "r": 14, "t": 0, "b": 28},
    )
    labels = [_standing_label(actor_id, tops[actor_id], bands, rows, names, style) for actor_id in actor_ids]
    legend = [Key(term.label, style.stance_colour(term.code, term.colour)) for term in (*STANCES.values(), NOT_CODED)]
    return framed(figure, words, style, legend=legend, labels=labels, height=height)


def standing_alt(bands: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str], words: Frame) -> str:
    """What the bands and dots show, in words."""
    parts = []
    for actor_id, spans in bands.groupby("actor_id", sort=False):
        steps = [f"{TERMS[span.stance].label.lower()} from {_day(span.start)}" for span in spans.itertuples()]
        levels = [LEVELS[code].label.lower() for code in rows.loc[rows["actor_id"] == actor_id, "level"]]
        turns = [level for place, level in enumerate(levels) if place == 0 or levels[place - 1] != level]
        level = f"; level {', then '.join(turns)}" if turns else ""
        parts.append(f"{names[actor_id]}: {', '.join(steps)}; {counted(len(levels), 'dated row')}{level}.")
    return " ".join([f"Timeline of {counted(len(parts), 'actor')}. {words.title}.", *parts])


def _plain_axis() -> dict[str, Any]:
    return {"fixedrange": True, "zeroline": False, "ticks": "", "showline": False}


def _time_axis(start: pd.Timestamp, end: pd.Timestamp, style: Style) -> dict[str, Any]:
    """An axis of days with a line at each new year, or, where there are too few of them, where plotly finds fit."""
    axis = {**_plain_axis(), "type": "date", "range": [start, end], "gridcolor": style.palette.rule, "nticks": 4}
    years = {"tick0": "2000-01-01", "dtick": "M12", "tickformat": "%Y"}
    return {**axis, **years} if (end - start).days > 2 * 366 else axis


def _day(moment: pd.Timestamp) -> str:
    return day_in_words(moment.date())


def _line_colour(code: str, style: Style) -> str:
    """White does not show on paper, so that a line of countries without position is grey."""
    return style.stance_colour(code, TERMS[code].colour) if code in COLOURED else style.palette.greys[1]


def _count_line(code: str, frame: pd.DataFrame, moves: pd.DataFrame, style: Style) -> go.Scatter:
    came = moves[moves["after"] == code].groupby("date")["name"].agg(list).to_dict()
    went = moves[moves["before"] == code].groupby("date")["name"].agg(list).to_dict()
    texts = []
    for day, number in zip(frame["date"], frame[code], strict=True):
        lines = [f"<b>{_day(day)}</b>", f"{TERMS[code].label}: {counted(int(number), 'country', 'countries')}"]
        for sign, names in (("Came", came.get(day)), ("Left", went.get(day))):
            lines += wrapped(f"{sign}: {enumerated(names, NAMED)}", HOVER_CHARACTERS) if names else []
        texts.append("<br>".join(lines))
    return go.Scatter(
        x=frame["date"],
        y=frame[code].tolist(),
        mode="lines",
        line={"shape": "hv", "width": 2.4 if code in COLOURED else 1.2, "color": _line_colour(code, style)},
        hovertext=texts,
        hoverinfo="text",
    )


def _end_labels(last: pd.Series, top: float, style: Style) -> list[dict[str, Any]]:
    """The name of each line right of its end, moved apart where lines end close to each other."""
    codes = sorted(LINES, key=lambda code: (last[code], LINES.index(code)))
    texts = [wrapped(TERMS[code].label, LABEL_CHARACTERS) for code in codes]
    ends = [float(last[code]) / top * PLOT for code in codes]
    middles = _apart(ends, [len(lines) * LABEL_LINE for lines in texts], PLOT)
    return [
        {
            "text": "<br>".join(lines),
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 4,
            "y": middle * top / PLOT,
            "yref": "y",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": {"size": SMALL_SIZE + 1, "color": style.palette.ink},
        }
        for lines, middle in zip(texts, middles, strict=True)
    ]


def _apart(wanted: list[float], sizes: list[int], room: float) -> list[float]:
    """Middles close to those wanted, given from below, so that things of these sizes neither meet nor stick out."""
    middles: list[float] = []
    floor, ceiling = 0.0, room
    for want, size in zip(wanted, sizes, strict=True):
        middles.append(max(want, floor + size / 2))
        floor = middles[-1] + size / 2
    for place in reversed(range(len(sizes))):
        middles[place] = min(middles[place], ceiling - sizes[place] / 2)
        ceiling = middles[place] - sizes[place] / 2
    return middles


def _as_matrix(frame: pd.DataFrame, names: Mapping[str, str], groups: Mapping[str, str]) -> Matrix:
    """Actors and quarters in the form of the matrix, whose look these rows share."""
    ids = list(frame.index)
    known = frame.loc[:, (frame != "").any()]
    facts = {
        "name": [names[key] for key in ids],
        "group": [groups[key] for key in ids],
        "kind": "country",
        "now": known.iloc[:, -1] if known.shape[1] else NOT_CODED.code,
    }
    return Matrix(pd.DataFrame(facts, index=frame.index), pd.DataFrame(), [str(quarter) for quarter in frame.columns])


def _lines(matrix: Matrix) -> dict[int, str]:
    """What stands on each line from the top: an actor_id, a group as `=NAME`, or `#` for the labels of years."""
    lines: list[str] = []
    since = ROWS_BETWEEN_HEADERS
    for group, members in matrix.rows.groupby("group", sort=False):
        if since >= ROWS_BETWEEN_HEADERS * 2 // 3:  # rather above a heading than in the midst of a group
            lines.append("#")
            since = 0
        lines.append(f"={group}")
        for actor_id in members.index:
            if since >= ROWS_BETWEEN_HEADERS:
                lines.append("#")
                since = 0
            lines.append(str(actor_id))
            since += 1
    return dict(enumerate(lines))


def _squares(term: Term, frame: pd.DataFrame, place: dict[str, int], style: Style) -> go.Scatter:
    """The squares of a class; the axes know the name and the day of each, so that none has to carry them."""
    rows, columns = np.nonzero((frame == term.code).to_numpy())
    ids = [str(frame.index[row]) for row in rows]
    colour = style.stance_colour(term.code, term.colour)
    return go.Scatter(
        x=columns.tolist(),
        y=[place[actor_id] for actor_id in ids],
        customdata=ids,
        hovertemplate=f"<b>%{{y}}</b><br>%{{x}}: {term.label}{CLICK}",
        mode="markers",
        marker={
            "symbol": "square",
            "size": _square_size(term, frame),
            "color": colour,
            "line": {"width": 0.5, "color": _square_line(term, colour, style)},
        },
    )


def _square_size(term: Term, frame: pd.DataFrame) -> int:
    """As large as a phone has room for; small where nothing is coded."""
    if term is NOT_CODED:
        return UNCODED_SQUARE
    return max(SMALLEST, min(SQUARE, NARROW_PLOT // max(frame.shape[1], 1)))


def _square_line(term: Term, colour: str, style: Style) -> str:
    return style.palette.outline if term.code in STANCES else colour


def _square_key(term: Term, frame: pd.DataFrame, style: Style) -> Key:
    colour = style.stance_colour(term.code, term.colour)
    return Key(term.label, colour, _square_line(term, colour, style), 0.5, _square_size(term, frame))


def _draw_history_axes(figure: go.Figure, matrix: Matrix, place: dict[str, int], days: list[str], style: Style) -> None:
    ids = list(place)
    bottom = max(place.values(), default=0) + 0.5
    common = {**_plain_axis(), "range": [bottom, -0.5], "showgrid": False, "tickvals": list(place.values())}
    common["ticklabelstandoff"] = 4
    figure.update_layout(
        xaxis={
            **_plain_axis(),
            "range": [-0.6, len(days) - 0.4],
            "tickvals": list(range(len(days))),
            "ticktext": days,
            "showticklabels": False,
            "showgrid": False,
        },
        yaxis={**common, "ticktext": [plain(_name(matrix, actor_id)) for actor_id in ids]},
        yaxis2={
            **common,
            "ticktext": [_symbol(str(matrix.rows.at[key, "now"]), style) for key in ids],
            "tickfont": {"size": TEXT_SIZE + 1},
            "overlaying": "y",
            "side": "right",
        },
        margin={"l": LEFT, "r": SYMBOL_ROOM, "t": 0, "b": 0},
    )


def _new_years(frame: pd.DataFrame, bottom: float, style: Style) -> go.Scatter:
    starts = [at - 0.5 for at, quarter in enumerate(frame.columns) if at and quarter.quarter == 1]
    return go.Scatter(
        x=[x for start in starts for x in (start, start, None)],
        y=[y for _ in starts for y in (0, bottom, None)],
        mode="lines",
        line={"width": 1, "color": style.palette.rule},
        hoverinfo="skip",
    )


def _symbol(code: str, style: Style) -> str:
    term = TERMS[code]
    colour = style.stance_colour(code, term.colour) if code in COLOURED else style.palette.quiet
    return f'<span style="color:{colour}">{term.symbol}</span>'


def _years(y: int, frame: pd.DataFrame, style: Style) -> list[dict[str, Any]]:
    """The years above their quarters; every second or third of them where a phone has no room for all."""
    places = pd.Series(range(frame.shape[1])).groupby([quarter.year for quarter in frame.columns]).mean()
    return [
        {
            "text": str(year),
            "x": float(middle),
            "y": y,
            "yref": "y",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": style.palette.quiet},
        }
        for year, middle in places[:: 1 + len(places) // YEARS].items()
    ]


def _level_y(top: float, code: str) -> float:
    """Where a level is drawn in the band that begins at a height, in pixels from the top of the picture."""
    return top + NAME_ROOM + LANE - LEVEL_STEP * (list(LEVELS).index(code) + 0.5)


def _spans(term: Term, bands: pd.DataFrame, tops: dict[str, int], style: Style) -> list[go.Bar]:
    """The spans of a class: a strip in its colour, and the same colour faint behind the levels."""
    spans = bands[bands["stance"] == term.code]
    tinted = spans.empty or term is NOT_CODED
    lanes = [(NAME_ROOM + LANE, STRIP, 1.0), *([] if tinted else [(NAME_ROOM, LANE, TINT)])]
    return [
        go.Bar(
            orientation="h",
            base=spans["start"],
            x=((spans["end"] - spans["start"]) / pd.Timedelta(milliseconds=1)).tolist(),
            y=[tops[actor_id] + offset + height / 2 for actor_id in spans["actor_id"]],
            width=height,
            marker={
                "color": style.stance_colour(term.code, term.colour),
                "opacity": opacity,
                "line": {"width": 0.5 if opacity == 1 else 0, "color": style.palette.outline},
            },
            customdata=spans["actor_id"].tolist(),
            hovertext=[
                f"<b>{term.label}</b><br>{_day(span.start)} – {_day(span.end - pd.Timedelta(days=1))}"
                for span in spans.itertuples()
            ],
            hoverinfo="text" if opacity == 1 else "skip",
        )
        for offset, height, opacity in lanes
    ]


def _level_steps(bands: pd.DataFrame, rows: pd.DataFrame, tops: dict[str, int], style: Style) -> go.Scatter:
    """From each row's level to the next one's, to the end of the band; all actors in one trace."""
    days: list[pd.Timestamp | None] = []
    heights: list[float | None] = []
    ends = bands.groupby("actor_id")["end"].max()
    for actor_id, own in rows.groupby("actor_id", sort=False):
        ys = [_level_y(tops[str(actor_id)], code) for code in own["level"]]
        days += [*own["date"], ends[actor_id], None]
        heights += [*ys, ys[-1], None]
    return go.Scatter(
        x=days,
        y=heights,
        mode="lines",
        line={"shape": "hv", "width": 1.3, "color": style.palette.ink},
        hoverinfo="skip",
    )


def _row_dots(rows: pd.DataFrame, tops: dict[str, int], style: Style) -> go.Scatter:
    texts = [
        f"<b>{plain(long_date(row.date_text))}</b> · {ACTS[row.act].label}<br>"
        f"{TERMS[row.stance].label} · {LEVELS[row.level].label}<br>"
        + "<br>".join(wrapped(row.summary, HOVER_CHARACTERS))
        for row in rows.itertuples(index=False)
    ]
    return go.Scatter(
        x=rows["date"],
        y=[_level_y(tops[row.actor_id], row.level) for row in rows.itertuples(index=False)],
        customdata=rows["actor_id"].tolist(),
        hovertext=texts,
        hoverinfo="text",
        mode="markers",
        cliponaxis=False,
        marker={"size": 8, "color": style.palette.ink, "line": {"width": 1, "color": style.palette.paper}},
    )


def _standing_label(  # noqa: PLR0913, PLR0917
    actor_id: str,
    top: int,
    bands: pd.DataFrame,
    rows: pd.DataFrame,
    names: Mapping[str, str],
    style: Style,
) -> dict[str, Any]:
    """The name above its band, with the stance and the level at its end."""
    stance = TERMS[bands.loc[bands["actor_id"] == actor_id, "stance"].iloc[-1]]
    levels = rows.loc[rows["actor_id"] == actor_id, "level"]
    level = f" · {LEVELS[levels.iloc[-1]].label}" if len(levels) else ""
    return {
        "text": _bar_label(names[actor_id], f"{stance.symbol} {stance.label}{level}", style),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -LEVEL_ROOM,
        "y": top + NAME_ROOM - 4,
        "yref": "y",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "font": {"size": TEXT_SIZE, "color": style.palette.ink},
    }
