"""Counts over time: a step line for each class, with who came and who left."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.stance_map import shade_colour
from components.figures.theme import SMALL_SIZE, Frame, Key, Style, Trace, framed, trace, wrapped
from components.figures.timeline import HOVER_CHARACTERS, plain_axis, time_axis
from components.record.vocabulary import STANCES
from components.record.wording import day_in_words, enumerated, long_date
from components.summaries.colouring import Shade, shades_of

Names = Mapping[tuple[str, int], Sequence[str]]  # by class and day, as `_numbers` writes it

NAMED = 5
WHOLE = len("2020-01-01")  # characters of a date whose day is known
STANCE_SHADES = shades_of("stance")[: len(STANCES)]
PLOT = 250  # pixels
LABEL_ROOM, LABEL_CHARACTERS, LABEL_LINE = 112, 15, 16


def draw_counts(
    frame: pd.DataFrame, moves: pd.DataFrame, words: Frame, style: Style, shades: Sequence[Shade] = STANCE_SHADES
) -> go.Figure:
    """Step lines of the countries in each class up to the last day of `frame`; the legend counts what holds on it.

    `frame` as from `summaries.time.count_steps`, `moves` as from `moved`; `shades` are the classes drawn, in order.
    """
    top = max(float(frame[[shade.code for shade in shades]].max().max()), 1) * 1.06
    who = _names(moves, "after"), _names(moves, "before")
    days = frame["date"].dt.strftime("%Y-%m-%d").tolist()
    traces = [_count_line(shade, frame, days, who, style) for shade in reversed(shades)]
    start, held = frame["date"].iloc[0], frame.iloc[-1]
    end = max(held["date"], start + pd.Timedelta(days=1))  # on the first day the lines are points
    layout = {
        "xaxis": {**time_axis(start, end, style), "ticklabelstandoff": 6 if style.shaped else 0},
        "yaxis": {**plain_axis(), "range": [0, top], "gridcolor": style.palette.rule, "nticks": 6},
        "margin": {"l": 34, "r": LABEL_ROOM, "t": 6, "b": 28},
    }
    legend = [Key(f"{shade.label} {held[shade.code]}", _line_colour(shade, style)) for shade in shades]
    plot = style.room or PLOT
    labels = _end_labels(held, top, shades, plot, style)
    return framed(traces, layout, words, style, legend=legend, labels=labels, height=plot)


def counts_alt(frame: pd.DataFrame, words: Frame, shades: Sequence[Shade] = STANCE_SHADES) -> str:
    """What the step lines show, in words."""
    first, last = (day_in_words(frame["date"].iloc[end].date()) for end in (0, -1))
    parts = [
        f"{shade.label}: {frame[shade.code].iloc[0]} at first, {frame[shade.code].iloc[-1]} on {last}, "
        f"never more than {frame[shade.code].max()}"
        for shade in shades
    ]
    return f"Step lines of countries from {first} to {last}. {words.title}. {'; '.join(parts)}."


def _line_colour(shade: Shade, style: Style) -> str:
    """White does not show on paper, so that a line of countries without position is grey."""
    return style.palette.greys[1] if shade == STANCE_SHADES[-1] else shade_colour(shade, style)


def _count_line(shade: Shade, frame: pd.DataFrame, days: list[str], moves: tuple[Names, Names], style: Style) -> Trace:
    code = shade.code
    counts = frame[code].tolist()
    # The day and the number are written by the browser; here is only what it cannot know.
    texts = []
    for day, number in zip(_numbers(frame["date"]), counts, strict=True):
        came, went = (tuple(names.get((code, day), ())) for names in moves)
        texts.append(f"{'country' if number == 1 else 'countries'}{_moved_words(came, went)}")
    return trace(
        "scatter",
        x=days,
        y=counts,
        mode="lines" if len(days) > 1 else "markers",
        line={
            "shape": "hv",
            "width": 1.2 if code == STANCE_SHADES[-1].code else 2.4,
            "color": _line_colour(shade, style),
        },
        hovertext=texts,
        hovertemplate=f"<b>%{{x|%-d %B %Y}}</b><br>{shade.label}: %{{y}} %{{hovertext}}<extra></extra>",
    )


def _names(moves: pd.DataFrame, end: str) -> Names:
    """Who moved to a class (`after`) or from it (`before`), by class and day; with the date where it is coarse."""
    names: dict[tuple[str, int], list[str]] = {}
    columns = (moves[end].tolist(), _numbers(moves["date"]), moves["name"].tolist(), moves["date_text"].tolist())
    for code, day, name, date in zip(*columns, strict=True):
        names.setdefault((code, day), []).append(name if len(date) == WHOLE else f"{name} ({long_date(date)})")
    return names


def _numbers(days: pd.Series) -> list[int]:
    """Days as numbers, which are looked up many times faster than moments."""
    numbers: list[int] = days.to_numpy("datetime64[ns]").astype(int).tolist()
    return numbers


@functools.lru_cache(maxsize=10_000)  # the lines are the same on every day
def _moved_words(came: tuple[str, ...], went: tuple[str, ...]) -> str:
    """Who came and who left, each on lines of its own after a break; nothing of nobody."""
    lines = []
    for sign, names in (("Came", came), ("Left", went)):
        lines += wrapped(f"{sign}: {enumerated(names, NAMED)}", HOVER_CHARACTERS) if names else []
    return "".join(f"<br>{line}" for line in lines)


def _end_labels(last: pd.Series, top: float, shades: Sequence[Shade], plot: int, style: Style) -> list[dict[str, Any]]:
    """The name of each line right of its end, moved apart where lines end close to each other."""
    upwards = sorted(shades, key=lambda shade: last[shade.code])
    texts = [wrapped(shade.label, LABEL_CHARACTERS) for shade in upwards]
    ends = [float(last[shade.code]) / top * plot for shade in upwards]
    middles = _apart(ends, [len(lines) * LABEL_LINE for lines in texts], plot)
    return [
        {
            "text": "<br>".join(lines),
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 4,
            "y": middle * top / plot,
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
