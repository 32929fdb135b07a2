"""Pledged to paid: three bars inside each other for each giver, the gap between promise and payment named."""

from dataclasses import dataclass
from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from components.charts.money import AXIS_ROOM, bar_label, draw_axes, greys, label, small_print
from components.charts.theme import Frame, Key, Style, framed, plain
from components.phrasing import counted
from components.summaries.funds import FLOW_STAGES, gap
from components.summaries.units import STATED, Unit
from components.vocabulary import STATUSES

GIVER, NOTE = 58, 18  # pixels from one giver to the next, and what its note adds
NOTE_AT, BAR_AT = 21, 34  # pixels from the top of a giver; the bar moves down by its note
WIDTHS = dict(zip(FLOW_STAGES, (22, 14, 6), strict=True))


@dataclass(frozen=True, slots=True)
class Pledges:
    """`frame` as from `funds.flow_frame`, and the unit."""

    frame: pd.DataFrame
    unit: Unit


def draw_pledges(pledges: Pledges, words: Frame, style: Style) -> go.Figure:
    """Nested bars, largest giver first. A click gives the giver's actor_id."""
    frame, unit = pledges.frame, pledges.unit
    notes = [_notes(row, unit) for _, row in frame.iterrows()]
    tops = [0, *accumulate(GIVER + (NOTE if note else 0) for note in notes)]
    bars = [top + BAR_AT + (NOTE if note else 0) for top, note in zip(tops, notes, strict=False)]
    figure = go.Figure()
    shades = dict(zip(FLOW_STAGES, greys(style)[::-1], strict=True))
    for stage, shade in shades.items():
        rows = [(at, row) for at, (_, row) in zip(bars, frame.iterrows(), strict=True) if pd.notna(row[stage])]
        figure.add_trace(
            go.Bar(
                x=[row[stage] / unit.divisor for _, row in rows],
                y=[at for at, _ in rows],
                orientation="h",
                width=WIDTHS[stage],
                marker={"color": shade, "line": {"width": 0}},
                customdata=[row["actor_id"] for _, row in rows],
                hovertext=[_hover(row, stage, unit) for _, row in rows],
                hoverinfo="text",
            )
        )
    labels = []
    for top, note, (_, row) in zip(tops, notes, frame.iterrows(), strict=False):
        labels.append(label(bar_label(str(row["holder"]), _stages(row, unit), style), top, style))
        labels += small_print(note, top + NOTE_AT, style, 1)
    height = max(tops[-1], GIVER)
    draw_axes(figure, height, frame[FLOW_STAGES].max().max(), unit, style)
    legend = [Key(STATUSES[stage].label, shade) for stage, shade in shades.items()]
    return framed(figure, words, style, legend=legend, labels=labels, height=height + AXIS_ROOM)


def pledges_alt(pledges: Pledges, words: Frame) -> str:
    """What the bars say, in words."""
    parts = [f"{row['holder']}: {_stages(row, pledges.unit)}" for _, row in pledges.frame.iterrows()]
    return f"Bar chart of {counted(len(parts), 'giver')}. {words.title}. {'; '.join(parts)}."


def _stages(row: pd.Series, unit: Unit) -> str:
    if unit.code == STATED:
        stated = [(stage, row[f"{stage}_stated"]) for stage in FLOW_STAGES if row[f"{stage}_stated"]]
    else:
        stated = [(stage, unit.text(row[stage])) for stage in FLOW_STAGES if pd.notna(row[stage])]
    return ", ".join(f"{STATUSES[stage].label.lower()} {text}" for stage, text in stated)


def _notes(row: pd.Series, unit: Unit) -> str:
    """The gap, whom it is for, and what could not be drawn."""
    missing = gap(row)
    parts = [f"{unit.text(missing)} of the promise not reported as used"] if pd.notna(missing) and missing > 0 else []
    parts += [text for text in (row["reach"], row["unconverted"]) if text]
    return " · ".join(parts)


def _hover(row: pd.Series, stage: str, unit: Unit) -> str:
    stated = row[f"{stage}_stated"]
    return f"<b>{plain(str(row['holder']))}</b><br>{STATUSES[stage].label} {unit.text(row[stage])}" + (
        f"<br>as stated: {plain(stated)}" if stated else ""
    )
