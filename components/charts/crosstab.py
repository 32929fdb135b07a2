"""Levers against stances: how many actors of each stance hold each lever, as circles with their number."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.lever_matrix import heading
from components.charts.theme import SMALL_SIZE, TEXT_SIZE, Frame, Style, framed, plain, wrapped
from components.charts.tile_map import ink_on
from components.phrasing import enumerated
from components.summaries.crosstab import COLUMNS
from components.vocabulary import LEVER_FAMILIES, LEVERS, Term

ROW = 34
LEFT = 142
HEADER = 3  # rows that the names of the stances take, which stand upright
NAME_CHARACTERS = 18  # of a stance's name in one line
LARGEST = 30  # pixels across, for the largest number of a picture
ROOM_FOR_NUMBER = 19  # pixels across; in smaller circles the number stands beside
MOST_NAMES = 12
HOVER_CHARACTERS = 48


def draw_crosstab(frame: pd.DataFrame, words: Frame, style: Style) -> go.Figure:
    """The cross-tab of a frame (see `summaries.crosstab`): area of a circle by number, levers under their families."""
    lines = _lines(frame)
    levers = [y for y, line in lines.items() if line in frame.index]
    families = [y for y, line in lines.items() if line in LEVER_FAMILIES]
    bottom = HEADER + len(lines)
    figure = go.Figure([_rules(levers, style.palette.rule, 0.5), _rules(families, style.palette.quiet, 1.2)])
    figure.add_traces([_circles(frame, lines, x, term, style) for x, term in enumerate(COLUMNS)])
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
    return framed(figure, words, style, labels=labels, height=max(bottom, HEADER + 1) * ROW)


def crosstab_alt(frame: pd.DataFrame, words: Frame) -> str:
    """What the cross-tab shows, in words."""
    rows = []
    for lever, cells in frame.iterrows():
        counts = [f"{len(cells[term.code])} {term.label.lower()}" for term in COLUMNS if cells[term.code]]
        rows.append(f"{LEVERS[str(lever)].label}: {', '.join(counts) or 'nobody'}")
    return f"Table of levers by stance of those who hold them. {words.title}. {'; '.join(rows) or 'No lever is held'}."


def _lines(frame: pd.DataFrame) -> dict[int, str]:
    """What stands on each row below the header: a family's code, then the codes of its levers that are in use."""
    lines: list[str] = []
    for family in LEVER_FAMILIES:
        members = [str(code) for code in frame.index if LEVERS[str(code)].group == family]
        lines += [family, *members] if members else []
    return dict(enumerate(lines, start=HEADER))


def _circles(frame: pd.DataFrame, lines: dict[int, str], x: int, term: Term, style: Style) -> go.Scatter:
    """One stance's column."""
    most = max((len(names) for code in frame.columns for names in frame[code]), default=1)
    cells = {y: frame.at[line, term.code] for y, line in lines.items() if line in frame.index}
    cells = {y: names for y, names in cells.items() if names}
    sizes = [LARGEST * (len(names) / most) ** 0.5 for names in cells.values()]
    inside = [size >= ROOM_FOR_NUMBER for size in sizes]
    colour = style.stance_colour(term.code, term.colour)
    return go.Scatter(
        x=[x] * len(cells),
        y=list(cells),
        mode="markers+text",
        marker={"size": sizes, "color": colour, "opacity": 1, "line": {"width": 0.8, "color": style.palette.outline}},
        text=[_number(len(names), within=within) for names, within in zip(cells.values(), inside, strict=True)],
        textposition=["middle center" if within else "middle right" for within in inside],
        textfont={
            "size": TEXT_SIZE,
            "color": [ink_on(colour) if within else style.palette.ink for within in inside],
        },
        hovertext=[_hover(LEVERS[lines[y]], term, names) for y, names in cells.items()],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _number(number: int, *, within: bool) -> str:
    return str(number) if within else f" {number}"


def _hover(lever: Term, stance: Term, names: tuple[str, ...]) -> str:
    listed = "<br>".join(wrapped(enumerated(names, MOST_NAMES), HOVER_CHARACTERS))
    return f"<b>{lever.label}</b> · {stance.label} · {len(names)}<br>{listed}"


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
