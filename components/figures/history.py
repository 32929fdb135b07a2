"""The quarters of every actor as squares in the colours of their stances."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figures.matrix import COLOURED, LEFT, ROW, ROWS_BETWEEN_HEADERS, group_label, row_names, rules
from components.figures.theme import SMALL_SIZE, TEXT_SIZE, Frame, Key, Pieces, Style, Trace, framed, trace
from components.figures.timeline import CLICK, TERMS, plain_axis
from components.record.vocabulary import NOT_APPLICABLE, NOT_CODED, STANCES, Term
from components.record.wording import counted, day_in_words
from components.summaries.levers import Matrix
from components.summaries.stances import CLASSES

TIGHT_ROW = 20  # pixels, in a shape
SQUARE, SMALLEST, UNCODED_SQUARE = 11, 5, 4  # pixels
NARROW_PLOT = 210  # pixels left for the squares on a phone
SYMBOL_ROOM = 30
YEARS = 9  # labels of years that fit a phone


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
    traces = [
        rules(list(place.values()), matrix, 0.5, style.palette.rule),
        rules(headings, matrix, 1.2, style.palette.quiet),
        _new_years(frame, max(lines, default=0) + 0.5, style),
        *(_squares(term, frame, place, style) for term in CLASSES),
        trace("scatter", x=[None], y=[None], yaxis="y2", hoverinfo="skip"),
    ]
    days = [day_in_words(min(quarter.end_time.date(), day)) for quarter in frame.columns]
    labels = [
        *(group_label(y, lines[y][1:], matrix, style) for y in headings),
        *(label for y, line in lines.items() if line == "#" for label in _years(y, frame, style)),
    ]
    # Only a frame with the subject in it has a square for “not applicable”.
    shown = [term for term in CLASSES if term is not NOT_APPLICABLE or (frame == term.code).any(axis=None)]
    legend = [_square_key(term, frame, style) for term in shown]
    height = max(len(lines), 3) * (TIGHT_ROW if style.shaped else ROW)
    layout = _history_layout(matrix, place, days, style)
    return framed(traces, layout, words, style, legend=legend, labels=labels, height=height)


def history_pieces(data: tuple[Any, ...], room: int, _style: Style) -> Pieces:
    """The actors that moved, the latest to move first, and then others, as many as there is room for; no groups."""
    frame, names, groups, day = data
    most = max(room // TIGHT_ROW - 1, 1)
    moves, codes = _latest_moves(frame), [term.code for term in CLASSES]
    stance = _coded(frame).ffill(axis=1).iloc[:, -1].map(codes.index, na_action="ignore").fillna(len(codes))
    order = pd.DataFrame({"moved": -moves, "stance": stance}).sort_values(["moved", "stance"], kind="stable").index
    shown = frame.loc[order[:most]]
    first = ", the latest to move first" if (moves >= 0).any() else ""
    line = f"Shown: {len(shown)} of {len(frame)} actors{first}" if len(shown) < len(frame) else ""
    return [((shown, names, dict.fromkeys(groups, ""), day), line)]


def movers(frame: pd.DataFrame) -> int:
    """How many actors of a history had more than one stance."""
    return sum(len(set(codes) - {NOT_CODED.code}) > 1 for codes in frame.to_numpy().tolist())


def _latest_moves(frame: pd.DataFrame) -> pd.Series:
    """The place of the quarter in which each actor's stance last became another; -1 where it never did."""
    coded = _coded(frame).to_numpy()
    moved = (coded[:, 1:] != coded[:, :-1]) & ~pd.isna(coded[:, 1:]) & ~pd.isna(coded[:, :-1])
    places = moved * np.arange(1, moved.shape[1] + 1) - 1
    return pd.Series(places.max(axis=1, initial=-1), frame.index)


def _coded(frame: pd.DataFrame) -> pd.DataFrame:
    """The stances of a history, without quarters in which nothing was coded."""
    return frame.where(frame != NOT_CODED.code)


def history_alt(frame: pd.DataFrame, words: Frame) -> str:
    """What the squares show, in words."""
    now = frame.iloc[:, -1].value_counts()
    parts = [f"{term.label}: {counted(int(now[term.code]), 'actor')}" for term in CLASSES if term.code in now.index]
    return (
        f"Grid of {counted(len(frame), 'actor')} by {counted(frame.shape[1], 'quarter')}, each in the stance that held "
        f"at its end. {words.title}. {'; '.join(parts) or 'Nobody is shown'}. "
        f"{counted(movers(frame), 'actor')} had more than one stance."
    )


def _as_matrix(frame: pd.DataFrame, names: Mapping[str, str], groups: Mapping[str, str]) -> Matrix:
    """Actors and quarters in the form of the matrix, whose look these rows share."""
    ids = list(frame.index)
    facts = {
        "name": [names[key] for key in ids],
        "group": [groups[key] for key in ids],
        "kind": "country",
        "now": frame.iloc[:, -1],
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
        lines += [f"={group}"] if group else []
        for actor_id in members.index:
            if since >= ROWS_BETWEEN_HEADERS:
                lines.append("#")
                since = 0
            lines.append(str(actor_id))
            since += 1
    return dict(enumerate(lines))


def _squares(term: Term, frame: pd.DataFrame, place: dict[str, int], style: Style) -> Trace:
    """The squares of a class; the axes know the name and the day of each, so that none has to carry them."""
    rows, columns = np.nonzero((frame == term.code).to_numpy())
    actor_ids = frame.index.tolist()
    ids = [actor_ids[row] for row in rows]
    colour = style.stance_colour(term.code, term.colour)
    return trace(
        "scatter",
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


def _history_layout(matrix: Matrix, place: dict[str, int], days: list[str], style: Style) -> dict[str, Any]:
    ids = list(place)
    bottom = max(place.values(), default=0) + 0.5
    common = {**plain_axis(), "range": [bottom, -0.5], "showgrid": False, "tickvals": list(place.values())}
    common["ticklabelstandoff"] = 4
    return {
        "xaxis": {
            **plain_axis(),
            "range": [-0.6, len(days) - 0.4],
            "tickvals": list(range(len(days))),
            "ticktext": days,
            "showticklabels": False,
            "showgrid": False,
        },
        "yaxis": {**common, "ticktext": row_names(matrix, ids)},
        "yaxis2": {
            **common,
            "ticktext": [_symbol(code, style) for code in matrix.rows.loc[ids, "now"]],
            "tickfont": {"size": TEXT_SIZE if style.shaped else TEXT_SIZE + 1},
            "overlaying": "y",
            "side": "right",
        },
        "margin": {"l": LEFT, "r": SYMBOL_ROOM, "t": 0, "b": 0},
    }


def _new_years(frame: pd.DataFrame, bottom: float, style: Style) -> Trace:
    starts = [at - 0.5 for at, quarter in enumerate(frame.columns) if at and quarter.quarter == 1]
    return trace(
        "scatter",
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
