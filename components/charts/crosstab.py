"""Levers against stances: how many actors of each stance hold each lever, as circles with their number."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.lever_matrix import heading
from components.charts.theme import SMALL_SIZE, TEXT_SIZE, Frame, Style, framed, plain, wrapped
from components.charts.tile_map import ink_on
from components.phrasing import dollars, enumerated
from components.summaries.crosstab import COLUMNS
from components.vocabulary import LEVER_FAMILIES, LEVERS, Term

ROW, MONEY_ROW = 34, 54  # sums stand below their circles
LEFT = 142
HEADER = 3  # rows that the names of the stances take, which stand upright
NAME_CHARACTERS = 18  # of a stance's name in one line
LARGEST, MONEY_LARGEST = 30, 26  # pixels across, for the largest number of a picture
ROOM_FOR_NUMBER = 19  # pixels across; in smaller circles the number stands beside
MOST_NAMES = 12
HOVER_CHARACTERS = 48


def draw_crosstab(frame: pd.DataFrame, words: Frame, style: Style, amounts: pd.DataFrame | None = None) -> go.Figure:
    """The cross-tab of a frame (see `summaries.crosstab`), levers under their families.

    The area of a circle is the number of actors or, where `amounts` in US dollars are given, their money. A click
    gives lever and stance as `customdata`, with a colon between.
    """
    lines = _lines(frame)
    levers = [y for y, line in lines.items() if line in frame.index]
    families = [y for y, line in lines.items() if line in LEVER_FAMILIES]
    bottom = HEADER + len(lines)
    figure = go.Figure([_rules(levers, style.palette.rule, 0.5), _rules(families, style.palette.quiet, 1.2)])
    figure.add_traces([_circles(frame, amounts, lines, x, term, style) for x, term in enumerate(COLUMNS)])
    axis: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}
    figure.update_layout(
        xaxis={**axis, "range": [-0.5, len(COLUMNS) - 0.5], "showticklabels": False},
        yaxis={
            **axis,
            "range": [bottom - 0.5, -0.5],
            "tickvals": levers,
            "ticktext": [LEVERS[lines[y]].label for y in levers],
        },
        margin={"l": LEFT, "r": 4, "t": 0, "b": 0},
    )
    labels = [_header(x, term, style) for x, term in enumerate(COLUMNS)]
    labels += [heading(y, f"<b>{plain(LEVER_FAMILIES[lines[y]].label)}</b>", LEFT, style) for y in families]
    return framed(
        figure, words, style, labels=labels, height=max(bottom, HEADER + 1) * (ROW if amounts is None else MONEY_ROW)
    )


def crosstab_alt(frame: pd.DataFrame, words: Frame, amounts: pd.DataFrame | None = None) -> str:
    """What the cross-tab shows, in words."""
    sizes = (frame.map(len) if amounts is None else amounts).astype(float)
    rows = []
    for lever, cells in sizes.iterrows():
        counts = [
            f"{f'{cells[term.code]:.0f}' if amounts is None else dollars(cells[term.code])} {term.label.lower()}"
            for term in COLUMNS
            if cells[term.code] > 0
        ]
        rows.append(f"{LEVERS[str(lever)].label}: {', '.join(counts) or 'nobody'}")
    return f"Table of levers by stance of those who hold them. {words.title}. {'; '.join(rows) or 'No lever is held'}."


def _lines(frame: pd.DataFrame) -> dict[int, str]:
    """What stands on each row below the header: a family's code, then the codes of its levers that are in use."""
    lines: list[str] = []
    for family in LEVER_FAMILIES:
        members = [str(code) for code in frame.index if LEVERS[str(code)].group == family]
        lines += [family, *members] if members else []
    return dict(enumerate(lines, start=HEADER))


def _circles(  # noqa: PLR0913, PLR0917
    frame: pd.DataFrame, amounts: pd.DataFrame | None, lines: dict[int, str], x: int, term: Term, style: Style
) -> go.Scatter:
    """One stance's column."""
    sizes = (frame.map(len) if amounts is None else amounts).astype(float)
    most = max(float(sizes.max().max()), 1.0) if sizes.size else 1.0
    cells = {y: line for y, line in lines.items() if line in frame.index and sizes.at[line, term.code] > 0}
    values = [float(sizes.at[line, term.code]) for line in cells.values()]
    widest = LARGEST if amounts is None else MONEY_LARGEST
    across = [widest * (value / most) ** 0.5 for value in values]
    texts = [f"{value:.0f}" if amounts is None else dollars(value) for value in values]
    inside = [size >= ROOM_FOR_NUMBER and amounts is None for size in across]
    beside = "middle right" if amounts is None else "bottom center"
    placed = ["middle center" if within else beside for within in inside]
    colour = style.stance_colour(term.code, term.colour)
    return go.Scatter(
        x=[x] * len(cells),
        y=list(cells),
        mode="markers+text",
        marker={"size": across, "color": colour, "opacity": 1, "line": {"width": 0.8, "color": style.palette.outline}},
        text=[
            text if within or amounts is not None else f" {text}" for text, within in zip(texts, inside, strict=True)
        ],
        textposition=placed,
        textfont={
            "size": TEXT_SIZE if amounts is None else SMALL_SIZE,
            "color": [ink_on(colour) if within else style.palette.ink for within in inside],
        },
        customdata=[f"{line}:{term.code}" for line in cells.values()],
        hovertext=[
            _hover(LEVERS[line], term, frame.at[line, term.code], text)
            for line, text in zip(cells.values(), texts, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(lever: Term, stance: Term, names: tuple[str, ...], size: str) -> str:
    listed = "<br>".join(wrapped(enumerated(names, MOST_NAMES), HOVER_CHARACTERS))
    return f"<b>{lever.label}</b> · {stance.label} · {size}<br>{listed}"


def _rules(ys: list[int], colour: str, width: float) -> go.Scatter:
    """A line under each of these rows, all in one trace."""
    return go.Scatter(
        x=[x for _ in ys for x in (-0.5, len(COLUMNS) - 0.5, None)],
        y=[end for y in ys for end in (y + 0.5, y + 0.5, None)],
        mode="lines",
        line={"width": width, "color": colour},
        hoverinfo="skip",
    )


def _header(x: int, term: Term, style: Style) -> dict[str, Any]:
    """A stance's name above its column, upright, because five of them stand side by side on a phone."""
    return {
        "text": "<br>".join(textwrap.wrap(f"{term.symbol} {term.label}", NAME_CHARACTERS)),
        "x": x,
        "y": HEADER - 0.6,
        "textangle": -90,
        "xanchor": "center",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": SMALL_SIZE + 1, "color": style.palette.ink},
    }
