"""A few actors over time: their stances as bands, their levels as steps, their rows as dots."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.money_bars import bar_label
from components.figures.theme import (
    SMALL_SIZE,
    TEXT_SIZE,
    Frame,
    Key,
    Pieces,
    Style,
    Trace,
    framed,
    plain,
    trace,
    wrapped,
)
from components.figures.timeline import HOVER_CHARACTERS, TERMS, plain_axis, time_axis
from components.record.vocabulary import ACTS, LEVELS, NOT_CODED, STANCES, Term
from components.record.wording import counted, long_date
from components.summaries.stances import CLASSES

LEVEL_STEP, NAME_ROOM, STRIP, GAP = 15, 30, 9, 20  # pixels
LEVEL_ROOM = 88
LANE = LEVEL_STEP * len(LEVELS)
BAND = NAME_ROOM + LANE + STRIP + GAP
LEVEL_LINE = 16  # pixels of the name of a level
TIGHT_BAND = 104  # pixels that a band takes at the least, with the name of every other level
TINT = 0.2


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
    traces = [
        *(bar for term in CLASSES for bar in _spans(term, bands, tops, style)),
        _level_steps(bands, rows, tops, style),
        _row_dots(rows, tops, style),
    ]
    height = max(len(actor_ids), 1) * BAND
    every = 1 if not style.room or style.room / height * LEVEL_STEP >= LEVEL_LINE else 2
    named = list(LEVELS.items())[::every]
    levels = {_level_y(top, code): term.label for top in tops.values() for code, term in named}
    end = pd.Timestamp(day) + pd.Timedelta(days=1)
    start = bands["start"].min() if len(bands) else end - pd.Timedelta(days=1)
    layout = {
        "xaxis": time_axis(start - (end - start) * 0.015, end, style),  # room for half of a dot on the first day
        "yaxis": {
            **plain_axis(),
            "range": [height, 0],
            "tickvals": list(levels),
            "ticktext": list(levels.values()),
            "ticklabelstandoff": 4,
            "tickfont": {"size": SMALL_SIZE, "color": style.palette.quiet},
            "gridcolor": style.palette.rule,
            "gridwidth": 0.5,
        },
        "barmode": "overlay",
        "bargap": 0,
        "margin": {"l": LEVEL_ROOM, "r": 14, "t": 0, "b": 28},
    }
    labels = [_standing_label(actor_id, tops[actor_id], bands, rows, names, style) for actor_id in actor_ids]
    legend = [Key(term.label, style.stance_colour(term.code, term.colour)) for term in (*STANCES.values(), NOT_CODED)]
    return framed(traces, layout, words, style, legend=legend, labels=labels, height=height)


def standing_pieces(data: tuple[Any, ...], room: int, _style: Style) -> Pieces:
    """All of the actors, as many in each piece as there is room for."""
    bands, rows, names, day = data
    most = max(room // TIGHT_BAND, 1)
    ids = list(dict.fromkeys(bands["actor_id"]))
    parts = [ids[start : start + most] for start in range(0, len(ids), most)] or [[]]
    return [
        ((bands[bands["actor_id"].isin(part)], rows[rows["actor_id"].isin(part)], names, day), "") for part in parts
    ]


def standing_alt(bands: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str], words: Frame) -> str:
    """What the bands and dots show, in words."""
    parts = []
    for actor_id, spans in bands.groupby("actor_id", sort=False):
        steps = [f"{TERMS[span.stance].label.lower()} from {long_date(span.since)}" for span in spans.itertuples()]
        own = rows[rows["actor_id"] == actor_id]
        levels = [LEVELS[code].label.lower() for code in own.loc[own["undone"] == "", "level"]]
        turns = [level for place, level in enumerate(levels) if place == 0 or levels[place - 1] != level]
        level = f"; level {', then '.join(turns)}" if turns else ""
        parts.append(f"{names[actor_id]}: {', '.join(steps)}; {counted(len(own), 'dated row')}{level}.")
    return " ".join([f"Timeline of {counted(len(parts), 'actor')}. {words.title}.", *parts])


def _level_y(top: float, code: str) -> float:
    """Where a level is drawn in the band that begins at a height, in pixels from the top of the picture."""
    return top + NAME_ROOM + LANE - LEVEL_STEP * (list(LEVELS).index(code) + 0.5)


def _spans(term: Term, bands: pd.DataFrame, tops: dict[str, int], style: Style) -> list[Trace]:
    """The spans of a class: a strip in its colour, and the same colour faint behind the levels."""
    spans = bands[bands["stance"] == term.code]
    tinted = spans.empty or term is NOT_CODED
    lanes = [(NAME_ROOM + LANE, STRIP, 1.0), *([] if tinted else [(NAME_ROOM, LANE, TINT)])]
    return [
        trace(
            "bar",
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
                f"<b>{term.label}</b><br>{long_date(span.since)} – {long_date(span.until)}"
                for span in spans.itertuples()
            ],
            hoverinfo="text" if opacity == 1 else "skip",
        )
        for offset, height, opacity in lanes
    ]


def _level_steps(bands: pd.DataFrame, rows: pd.DataFrame, tops: dict[str, int], style: Style) -> Trace:
    """From each row's level to the next one's, to the end of the band; all actors in one trace, and no row undone."""
    days: list[pd.Timestamp | None] = []
    heights: list[float | None] = []
    ends = bands.groupby("actor_id")["end"].max()
    for actor_id, own in rows[rows["undone"] == ""].groupby("actor_id", sort=False):
        ys = [_level_y(tops[str(actor_id)], code) for code in own["level"]]
        days += [*own["date"], ends[actor_id], None]
        heights += [*ys, ys[-1], None]
    return trace(
        "scatter",
        x=days,
        y=heights,
        mode="lines",
        line={"shape": "hv", "width": 1.3, "color": style.palette.ink},
        hoverinfo="skip",
    )


def _row_dots(rows: pd.DataFrame, tops: dict[str, int], style: Style) -> Trace:
    texts = [
        f"<b>{plain(long_date(row.date_text))}</b> · {ACTS[row.act].label}<br>"
        f"{TERMS[row.stance].label} · {LEVELS[row.level].label}<br>"
        + "<br>".join(wrapped(row.summary, HOVER_CHARACTERS))
        for row in rows.itertuples(index=False)
    ]
    return trace(
        "scatter",
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
        "text": bar_label(names[actor_id], f"{stance.symbol} {stance.label}{level}", style),
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
