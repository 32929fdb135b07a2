"""Pledged to paid: three bars inside each other for each giver, the gap between promise and payment named."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.money_bars import (
    AXIS_ROOM,
    TIGHT_ROW,
    bar_label,
    bars_layout,
    greys,
    label,
    room_beside,
    small_print,
    tight_label,
)
from components.figures.theme import SMALL_LINE, Frame, Key, Pieces, Style, Trace, framed, plain, trace
from components.record.vocabulary import STATUSES
from components.record.wording import counted
from components.summaries.flows import FLOW_STAGES
from components.summaries.flows import Pledges as Found
from components.summaries.units import STATED, Unit

GIVER = 58  # pixels from one giver to the next, without the small print
NOTE_AT, BAR_AT = 21, 34  # pixels from the top of a giver; the bar moves down by the small print
MOST_LINES = 3  # of small print, for the sums that do not fit beside the name and for the note
WIDTHS = dict(zip(FLOW_STAGES, (22, 14, 6), strict=True))


@dataclass(frozen=True, slots=True)
class Pledges:
    """`frame` as from `flows.flow_frame` and `found` as from `flows.pledges_on`, in `currency`, and the unit."""

    frame: pd.DataFrame
    found: Found
    unit: Unit
    currency: str


def pledges_pieces(pledges: Pledges, room: int, _style: Style) -> Pieces:
    """The largest givers, as many as there is room for."""
    kept = pledges.frame.head(max(room // TIGHT_ROW, 1))
    left_out = len(kept) < len(pledges.frame)
    line = f"Shown: the {len(kept)} largest of {len(pledges.frame)} givers" if left_out else ""
    return [(replace(pledges, frame=kept), line)]


def draw_pledges(pledges: Pledges, words: Frame, style: Style) -> go.Figure:
    """Nested bars, largest giver first. A click gives the giver's actor_id."""
    frame, unit = pledges.frame, pledges.unit
    tops, bars, labels = _rows(pledges, style)
    shades = dict(zip(FLOW_STAGES, greys(style)[::-1], strict=True))
    givers = list(zip(bars, frame.to_dict("records"), strict=True))
    traces = [_bars(stage, shade, givers, unit) for stage, shade in shades.items()]
    height = round(max(tops[-1], TIGHT_ROW if style.shaped else GIVER))
    layout = bars_layout(height, frame[FLOW_STAGES].max().max(), unit, style)
    legend = [Key(STATUSES[stage].label, shade) for stage, shade in shades.items()]
    below = 0 if style.shaped else AXIS_ROOM
    return framed(traces, layout, words, style, legend=legend, labels=labels, height=height + below)


def _bars(stage: str, shade: str, givers: list[tuple[float, dict[str, Any]]], unit: Unit) -> Trace:
    """The bars of a stage, of the givers that reported it, each with where the middle of its bar lies."""
    rows = [(at, row) for at, row in givers if pd.notna(row[stage])]
    return trace(
        "bar",
        x=[row[stage] / unit.divisor for _, row in rows],
        y=[at for at, _ in rows],
        orientation="h",
        width=WIDTHS[stage],
        marker={"color": shade, "line": {"width": 0}},
        customdata=[row["actor_id"] for _, row in rows],
        hovertext=[_hover(row, stage, unit) for _, row in rows],
        hoverinfo="text",
    )


def _rows(pledges: Pledges, style: Style) -> tuple[list[float], list[float], list[dict[str, Any]]]:
    """Where each giver begins, the last one's end, where its bars lie, and its words: above them or, in a shape, left.

    In pixels from the top.
    """
    unit, frame = pledges.unit, pledges.frame
    rows = [(str(row["holder"]), _stages(row, unit), _notes(row, unit)) for row in frame.to_dict("records")]
    labels: list[dict[str, Any]] = []
    if style.shaped:
        starts: list[float] = [TIGHT_ROW * place for place in range(len(rows) + 1)]
        for top, (name, stages, _) in zip(starts, rows, strict=False):
            labels += tight_label(name, "", stages, top + 1, style)
        return starts, [top + TIGHT_ROW / 2 for top in starts[:-1]], labels
    starts, bars = [0.0], []
    for name, stages, note in rows:
        top = starts[-1]
        fits = len(stages) <= room_beside(name, style)
        labels.append(label(bar_label(name, stages if fits else "", style), top, style))
        below: list[dict[str, Any]] = []
        for text in [note] if fits else [stages, note]:
            below += small_print(text, top + NOTE_AT + SMALL_LINE * len(below), style, MOST_LINES)
        labels += below
        bars.append(top + BAR_AT + SMALL_LINE * len(below))
        starts.append(top + GIVER + SMALL_LINE * len(below))
    return starts, bars, labels


def pledges_alt(pledges: Pledges, words: Frame) -> str:
    """What the bars say, in words."""
    parts = [f"{row['holder']}: {_stages(row, pledges.unit)}" for row in pledges.frame.to_dict("records")]
    return f"Bar chart of {counted(len(parts), 'giver')}. {words.title}. {'; '.join(parts)}."


def _stages(row: dict[str, Any], unit: Unit) -> str:
    stated = [
        (stage, row[f"{stage}_stated"] if unit.code == STATED or pd.isna(row[stage]) else unit.text(row[stage]))
        for stage in FLOW_STAGES
        if row[f"{stage}_stated"]
    ]
    return ", ".join(f"{STATUSES[stage].label.lower()} {text}" for stage, text in stated)


def _notes(row: dict[str, Any], unit: Unit) -> str:
    """The gap, whom it is for, and what could not be drawn."""
    missing = row["gap"]
    parts = [f"{unit.text(missing)} of the promise not reported as used"] if pd.notna(missing) and missing > 0 else []
    parts += [text for text in (row["reach"], row["unconverted"]) if text]
    return " · ".join(parts)


def _hover(row: dict[str, Any], stage: str, unit: Unit) -> str:
    stated = row[f"{stage}_stated"]
    return f"<b>{plain(str(row['holder']))}</b><br>{STATUSES[stage].label} {unit.text(row[stage])}" + (
        f"<br>as stated: {plain(stated)}" if stated else ""
    )
