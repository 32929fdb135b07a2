"""Counts over time: a step line for each class, with who came and who left."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.stance_map import shade_colour
from components.charts.theme import SMALL_SIZE, Frame, Key, Style, framed, wrapped
from components.charts.timeline import HOVER_CHARACTERS, day_of, plain_axis, time_axis
from components.phrasing import counted, day_in_words, enumerated
from components.summaries.colouring import Shade, shades_of
from components.vocabulary import STANCES

NAMED = 5
STANCE_SHADES = shades_of("stance")[: len(STANCES)]
PLOT = 250  # pixels
LABEL_ROOM, LABEL_CHARACTERS, LABEL_LINE = 112, 15, 16


def draw_counts(  # noqa: PLR0913, PLR0917
    frame: pd.DataFrame,
    moves: pd.DataFrame,
    day: dt.date,
    words: Frame,
    style: Style,
    shades: Sequence[Shade] = STANCE_SHADES,
) -> go.Figure:
    """Step lines of the countries in each class, with a line at the day; the legend counts what holds on it.

    `frame` as from `summaries.time.count_steps`, `moves` as from `moved`; `shades` are the classes drawn, in order.
    """
    top = max(float(frame[[shade.code for shade in shades]].max().max()), 1) * 1.06
    figure = go.Figure([_count_line(shade, frame, moves, style) for shade in reversed(shades)])
    figure.add_trace(
        go.Scatter(
            x=[day, day], y=[0, top], mode="lines", line={"width": 1, "color": style.palette.ink}, hoverinfo="skip"
        )
    )
    figure.update_layout(
        xaxis=time_axis(frame["date"].iloc[0], frame["date"].iloc[-1], style),
        yaxis={**plain_axis(), "range": [0, top], "gridcolor": style.palette.rule, "nticks": 6},
        margin={"l": 34, "r": LABEL_ROOM, "t": 6, "b": 28},
    )
    held = frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]
    legend = [Key(f"{shade.label} {held[shade.code]}", _line_colour(shade, style)) for shade in shades]
    labels = _end_labels(frame.iloc[-1], top, shades, style)
    return framed(figure, words, style, legend=legend, labels=labels, height=PLOT)


def counts_alt(frame: pd.DataFrame, day: dt.date, words: Frame, shades: Sequence[Shade] = STANCE_SHADES) -> str:
    """What the step lines show, in words."""
    held = frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]
    parts = [
        f"{shade.label}: {frame[shade.code].iloc[0]} at first, {held[shade.code]} on {day_in_words(day)}, "
        f"{frame[shade.code].iloc[-1]} at last, never more than {frame[shade.code].max()}"
        for shade in shades
    ]
    first, last = (day_in_words(frame["date"].iloc[end].date()) for end in (0, -1))
    return f"Step lines of countries from {first} to {last}. {words.title}. {'; '.join(parts)}."


def _line_colour(shade: Shade, style: Style) -> str:
    """White does not show on paper, so that a line of countries without position is grey."""
    return style.palette.greys[1] if shade == STANCE_SHADES[-1] else shade_colour(shade, style)


def _count_line(shade: Shade, frame: pd.DataFrame, moves: pd.DataFrame, style: Style) -> go.Scatter:
    code = shade.code
    came = moves[moves["after"] == code].groupby("date")["name"].agg(list).to_dict()
    went = moves[moves["before"] == code].groupby("date")["name"].agg(list).to_dict()
    texts = []
    for day, number in zip(frame["date"], frame[code], strict=True):
        lines = [f"<b>{day_of(day)}</b>", f"{shade.label}: {counted(int(number), 'country', 'countries')}"]
        for sign, names in (("Came", came.get(day)), ("Left", went.get(day))):
            lines += wrapped(f"{sign}: {enumerated(names, NAMED)}", HOVER_CHARACTERS) if names else []
        texts.append("<br>".join(lines))
    return go.Scatter(
        x=frame["date"],
        y=frame[code].tolist(),
        mode="lines",
        line={
            "shape": "hv",
            "width": 1.2 if code == STANCE_SHADES[-1].code else 2.4,
            "color": _line_colour(shade, style),
        },
        hovertext=texts,
        hoverinfo="text",
    )


def _end_labels(last: pd.Series, top: float, shades: Sequence[Shade], style: Style) -> list[dict[str, Any]]:
    """The name of each line right of its end, moved apart where lines end close to each other."""
    upwards = sorted(shades, key=lambda shade: last[shade.code])
    texts = [wrapped(shade.label, LABEL_CHARACTERS) for shade in upwards]
    ends = [float(last[shade.code]) / top * PLOT for shade in upwards]
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
