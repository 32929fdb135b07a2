"""Where the reserves went: pools at a few days, left to right, and the money that passed from one to the next."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.money import greys
from components.charts.theme import SMALL_SIZE, Frame, Key, Style, framed, plain
from components.phrasing import dollars, long_date
from components.summaries.funds import INTEREST
from components.summaries.pools import Flow
from components.vocabulary import STATUSES

HEIGHT = 420
GAP, THICK, RIGHT = 40, 12, 74  # pixels between nodes, across a node, and for the sums of the last day
NAME_CHARACTERS, NAME_LINES = 15, 3


def draw_pool_flow(flow: Flow, words: Frame, style: Style) -> go.Figure:
    """A Sankey diagram; the height of a node is its sum, and the days stand above their nodes."""
    nodes, links = flow.nodes, flow.links
    days = list(nodes["day"].sort_values().unique())
    places = {day: at / max(len(days) - 1, 1) for at, day in enumerate(days)}
    middles = _middles(flow)
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [""] * len(nodes),
                "x": [min(max(places[day], 0.001), 0.999) for day in nodes["day"]],
                "y": [middle / HEIGHT for middle in middles],
                "color": [_fills(style).get(status, style.palette.accent) for status in nodes["status"]],
                "line": {"width": 0},
                "pad": GAP,
                "thickness": THICK,
                "customdata": [f"{plain(row.holder)}, {dollars(row.usd)}" for row in nodes.itertuples()],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            link={
                "source": links["source"].tolist(),
                "target": links["target"].tolist(),
                "value": (links["usd"] / 1e9).tolist(),
                "color": style.palette.rule,
                "customdata": [_passage(link, nodes) for link in links.itertuples()],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )
    )
    figure.update_layout(margin={"l": 4, "r": RIGHT, "t": 40, "b": 10})
    labels = [_day(day, x, style) for day, x in places.items()]
    labels += [
        _name(row, places[row.day], middle / HEIGHT, style)
        for row, middle in zip(nodes.itertuples(), middles, strict=True)
    ]
    return framed(figure, words, style, legend=_legend(style), labels=labels, height=HEIGHT)


def pool_flow_alt(flow: Flow, words: Frame) -> str:
    """What the diagram shows, in words."""
    nodes = flow.nodes
    steps = [
        f"{dollars(link.usd)} from {nodes.at[link.source, 'holder']} to {nodes.at[link.target, 'holder']} "
        f"({_day_text(nodes.at[link.target, 'day'])})"
        for link in flow.links.itertuples()
    ]
    return f"Flow diagram of pools. {words.title}. {'; '.join(steps) or 'Nothing has moved yet'}."


def _middles(flow: Flow) -> list[float]:
    """The middle of each node in pixels from the top: those of a day below each other, in their order.

    Plotly draws as many pixels a dollar as fit the fullest of its own columns, so that must be found out first.
    """
    nodes = flow.nodes
    columns = _columns(flow)
    per_dollar = min(
        ((HEIGHT - GAP * (len(column) - 1)) / column.sum() for _, column in nodes["usd"].groupby(columns)), default=1.0
    )
    heights = nodes["usd"].astype(float) * per_dollar
    before = heights.groupby(nodes["day"]).cumsum() - heights + nodes.groupby("day").cumcount() * GAP
    return list(before + heights / 2)


def _columns(flow: Flow) -> list[int]:
    """How many passages lie at the most before each node: the column into which Plotly counts it."""
    columns = [0] * len(flow.nodes)
    for link in flow.links.sort_values("source").itertuples():
        columns[link.target] = max(columns[link.target], columns[link.source] + 1)
    return columns


def _passage(link: Any, nodes: pd.DataFrame) -> str:
    return (
        f"{dollars(link.usd)} from {plain(nodes.at[link.source, 'holder'])} to {plain(nodes.at[link.target, 'holder'])}"
    )


def _name(row: Any, x: float, y: float, style: Style) -> dict[str, Any]:
    """A name in short lines and its sum below, right of its node; beside the last day only the sum."""
    lines = textwrap.wrap(row.holder, NAME_CHARACTERS, max_lines=NAME_LINES, placeholder="…") if x < 1 else []
    return {
        "text": "<br>".join([*map(plain, lines), f"<b>{row.figure or dollars(row.usd)}</b>"]),
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
