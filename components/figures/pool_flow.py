"""Where the reserves went: pools at a few days, left to right, and the money that passed from one to the next."""

import textwrap
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from components.figures.money_bars import greys
from components.figures.theme import MEASURED, SMALL_SIZE, Frame, Key, Style, Trace, framed, plain, trace
from components.record.vocabulary import STATUSES
from components.record.wording import long_date, money
from components.summaries.funds import INTEREST
from components.summaries.pools import Flow

HEIGHT = 420
GAP, THICK, RIGHT = 40, 12, 74  # pixels between nodes, across a node, and for the sums of the last day
NAME_CHARACTERS, NAME_LINES = 15, 3
LEGEND_COLUMN = 110  # pixels of a legend beside the picture
LOW, LOW_GAP, LOW_LINES = 300, 36, 1  # pixels of a picture too low for longer names, and what it has instead


def draw_pool_flow(flow: Flow, words: Frame, style: Style) -> go.Figure:
    """A Sankey diagram; the height of a node is its sum, and the days stand above their nodes."""
    nodes, links = flow.nodes, flow.links
    days = list(nodes["day"].sort_values().unique())
    places = {day: at / max(len(days) - 1, 1) for at, day in enumerate(days)}
    height = style.room or HEIGHT
    middles, heights = _places(flow, height)
    layout: dict[str, Any] = {"margin": {"l": 4, "r": RIGHT, "t": 40, "b": 10}}
    if len(links):
        traces = [_bands(flow, places, middles, height, style)]
    else:  # plotly draws no nodes without a link
        traces = [_lone(*node, style) for node in zip(nodes["status"], middles, heights, strict=True)]
        common = {"visible": False, "fixedrange": True}
        layout |= {"xaxis": {**common, "range": [0, 1]}, "yaxis": {**common, "range": [height, 0]}}
    labels = [_day(day, x, style) for day, x in places.items()]
    labels += [
        _name(row, places[row.day], middle / height, _name_room(len(days), height, style), style)
        for row, middle in zip(nodes.itertuples(), middles, strict=True)
    ]
    aside: Literal["column", ""] = "column" if style.wide else ""
    return framed(traces, layout, words, style, legend=_legend(style), labels=labels, height=height, aside=aside)


def _bands(flow: Flow, places: dict[Any, float], middles: list[float], height: int, style: Style) -> Trace:
    nodes, links = flow.nodes, flow.links
    holders = [plain(holder) for holder in nodes["holder"]]
    return trace(
        "sankey",
        arrangement="fixed",
        node={
            "label": [""] * len(nodes),
            "x": [min(max(places[day], 0.001), 0.999) for day in nodes["day"]],
            "y": [middle / height for middle in middles],
            "color": [_fills(style).get(status, style.palette.accent) for status in nodes["status"]],
            "line": {"width": 0},
            "pad": _gap(height),
            "thickness": THICK,
            "customdata": [
                f"{holder}, {_figure(row)}" for holder, row in zip(holders, nodes.itertuples(), strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": links["source"].tolist(),
            "target": links["target"].tolist(),
            "value": (links["usd"] / 1e9).tolist(),
            "color": style.palette.rule,
            "customdata": [
                f"{money(link.usd)} from {holders[link.source]} to {holders[link.target]}"
                for link in links.itertuples()
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )


def _lone(status: str, middle: float, height: float, style: Style) -> Trace:
    """A node from which nothing went yet, in pixels from the top."""
    return trace(
        "scatter",
        x=[0, 0],
        y=[middle - height / 2, middle + height / 2],
        mode="lines",
        line={"width": THICK, "color": _fills(style).get(status, style.palette.accent)},
        cliponaxis=False,
        hoverinfo="skip",
    )


def pool_flow_alt(flow: Flow, words: Frame) -> str:
    """What the diagram shows, in words."""
    holders, days = flow.nodes["holder"].tolist(), flow.nodes["day"].tolist()
    steps = [
        f"{money(link.usd)} from {holders[link.source]} to {holders[link.target]} ({_day_text(days[link.target])})"
        for link in flow.links.itertuples()
    ]
    return f"Flow diagram of pools. {words.title}. {'; '.join(steps) or 'Nothing has moved yet'}."


def _figure(row: Any) -> str:
    """A pool's sum in words, also where no dollar figure is known; interest has none of its own."""
    return str(row.figure or money(row.usd))


def _gap(height: int) -> int:
    return GAP if height >= LOW else LOW_GAP


def _name_room(days: int, height: int, style: Style) -> tuple[int, int]:
    """How many characters and lines of a name fit between two days and two nodes."""
    lines = NAME_LINES if height >= LOW else LOW_LINES
    if not style.shaped:
        return NAME_CHARACTERS, lines
    between = (style.inside - RIGHT - (LEGEND_COLUMN if style.wide else 0)) / max(days - 1, 1)
    return max(int((between - THICK - 8) / MEASURED), NAME_CHARACTERS), lines


def _places(flow: Flow, height: int) -> tuple[list[float], list[float]]:
    """The middle of each node in pixels from the top, and its height: those of a day below each other, in their order.

    Plotly draws as many pixels a dollar as fit the fullest of its own columns, so that must be found out first.
    """
    nodes = flow.nodes
    columns, gap = _columns(flow), _gap(height)
    per_dollar = min(
        ((height - gap * (len(column) - 1)) / column.sum() for _, column in nodes["usd"].groupby(columns)), default=1.0
    )
    heights = nodes["usd"].astype(float) * per_dollar
    before = heights.groupby(nodes["day"]).cumsum() - heights + nodes.groupby("day").cumcount() * gap
    return list(before + heights / 2), list(heights)


def _columns(flow: Flow) -> list[int]:
    """How many passages lie at the most before each node: the column into which Plotly counts it."""
    columns = [0] * len(flow.nodes)
    for link in flow.links.sort_values("source").itertuples():
        columns[link.target] = max(columns[link.target], columns[link.source] + 1)
    return columns


def _name(row: Any, x: float, y: float, room: tuple[int, int], style: Style) -> dict[str, Any]:
    """A name in short lines and its sum below, right of its node; beside the last day only the sum."""
    characters, most = room
    lines = textwrap.wrap(row.holder, characters, max_lines=most, placeholder="…") if x < 1 else []
    return {
        "text": "<br>".join([*map(plain, lines), f"<b>{_figure(row)}</b>"]),
        "x": x,
        "xref": "paper",
        "xanchor": "left",
        "xshift": THICK + 2 if x < 1 else THICK - 4,
        "y": 1 - y,
        "yref": "paper",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": style.palette.ink},
    }


def _fills(style: Style) -> dict[str, str]:
    strong, middle, _ = greys(style)
    return {"frozen": strong, "in_trust": middle}


def _day(day: pd.Timestamp, x: float, style: Style) -> dict[str, Any]:
    """A day above its nodes, its year in a line of its own."""
    text, _, year = _day_text(day).rpartition(" ")
    return {
        "text": f"<b>{text}<br>{year}</b>",
        "x": x,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 6,
        "align": "left",
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": style.palette.ink},
    }


def _day_text(day: pd.Timestamp) -> str:
    return long_date(day.date().isoformat())


def _legend(style: Style) -> list[Key]:
    fills = _fills(style)
    keys = [Key(STATUSES[code].label, fill) for code, fill in fills.items()]
    return [*keys, Key(INTEREST.capitalize(), style.palette.accent)]
