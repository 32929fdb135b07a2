"""Actors against levers: a mark for each lever held or once held, the stance beside each name."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.theme import LEGEND_LINE, TEXT_SIZE, Frame, Key, Pieces, Style, Trace, framed, plain, trace
from components.record.vocabulary import DIRECTIONS, LEVERS, Term
from components.record.wording import agreeing, counted, percent
from components.summaries.levers import Matrix
from components.summaries.stances import CLASSES

ROW = 24
HOVER = "%{text}<br><i>Click for the evidence</i><extra></extra>"
CHARACTER, TIGHT_CHARACTER = 6.6, 5.4  # pixels of a lever's name, which stands upright, and in a shape
LEFT, RIGHT = 140, 172
ROWS_BETWEEN_HEADERS = 24
COLOURED = {"supportive", "engaging", "opposed"}
HELD_SIZE, TIGHT_HELD_SIZE, ENDED_SIZE, LINE_WIDTH = 9, 7, 5, 1.6  # pixels
TIGHT_ROW, TIGHT_SIZE, SYMBOL_ROOM = 19, 12, 24  # pixels, in a shape
WORDS_WIDTH = 800  # pixels of a shape from which on the words of the stances fit beside their symbols
NAME_CHARACTERS = 20
APART = 0.22  # where a cell has both, pressure stands above its middle and incentive below


def draw_lever_matrix(matrix: Matrix, words: Frame, style: Style) -> go.Figure:
    """The matrix of a day. Clicking a mark gives the actor_id as `customdata`."""
    lines = _lines(matrix, style)
    groups = [y for y, line in lines.items() if line.startswith("=")]
    actors = [y for y, line in lines.items() if line in matrix.rows.index]
    place = {actor_id: y for y, actor_id in lines.items() if actor_id in matrix.rows.index}
    both = _both(matrix)
    traces = [
        rules(actors, matrix, 0.5, style.palette.rule),
        rules(groups, matrix, 1.2, style.palette.quiet),
        *(
            _marks(matrix, place, both, direction, style, held=held)
            for direction in DIRECTIONS
            for held in (True, False)
        ),
        trace("scatter", x=[None], y=[None], yaxis="y2", hoverinfo="skip"),
    ]
    bottom = max(lines, default=0) + 1
    labels = _labels(matrix, lines, style)
    height = max(bottom, 3) * (TIGHT_ROW if style.shaped else ROW)
    return framed(
        traces,
        _layout(matrix, lines, bottom, style),
        words,
        style,
        legend=_legend(style),
        labels=labels,
        height=height,
        aside="corner" if style.shaped else "",
    )


def matrix_pieces(matrix: Matrix, room: int, style: Style) -> Pieces:
    """The actors that hold most levers, as many as there is room for, without their groups."""
    most = max(room // TIGHT_ROW - _header_lines(matrix, style), 1)
    held = matrix.cells.loc[matrix.cells["held"].astype(bool), "actor_id"].value_counts()
    place = -held.reindex(matrix.rows.index, fill_value=0)
    rows = matrix.rows.loc[place.sort_values(kind="stable").index].assign(group="").head(most)
    terms = [term for term in CLASSES if term.code in set(rows["stance"])]
    key = "" if _has_words(style) else "  ".join(f"{term.symbol} {term.label}" for term in terms)
    left_out = f"Shown: the {len(rows)} of {len(matrix.rows)} actors that hold most levers"
    line = left_out if len(rows) < len(matrix.rows) else ""
    return [(replace(matrix, rows=rows), ". ".join(text for text in (line, key) if text))]


def _has_words(style: Style) -> bool:
    return not style.shaped or style.width >= WORDS_WIDTH


def lever_matrix_alt(matrix: Matrix, words: Frame) -> str:
    """What the matrix shows, in words."""
    held = matrix.cells[matrix.cells["held"].astype(bool)]
    parts = [
        f"{LEVERS[lever].label}: {counted(int(n), 'actor')}"
        for lever, n in held.groupby("lever")["actor_id"].nunique().sort_values(ascending=False).items()
    ]
    actors = len(matrix.rows)
    what = f"Matrix of {counted(actors, 'actor')} and the levers {agreeing(actors, 'it holds', 'they hold')}"
    return f"{what}. {words.title}. {'; '.join(parts)}."


def _lines(matrix: Matrix, style: Style) -> dict[int, str]:
    """What stands on each line from the top: an actor_id, a group as `=NAME`, or `#` for a header of lever names."""
    lines: list[str] = []
    since_header = ROWS_BETWEEN_HEADERS
    for group, members in matrix.rows.groupby("group", sort=False):
        if since_header >= ROWS_BETWEEN_HEADERS:
            lines += ["#"] * _header_lines(matrix, style)
            since_header = 0
        lines += [f"={group}"] if group else []
        lines += [str(actor_id) for actor_id in members.index]
        since_header += len(members)
    return dict(enumerate(lines))


def _header_lines(matrix: Matrix, style: Style) -> int:
    """Rows that the names of the levers take; in a shape, where rows are low, the legend stands beside them."""
    longest = max((len(LEVERS[code].label) for code in matrix.levers), default=0)
    if not style.shaped:
        return math.ceil(longest * CHARACTER / ROW)
    return math.ceil(max(longest * TIGHT_CHARACTER + 6, LEGEND_LINE * len(_legend(style))) / TIGHT_ROW)


def _both(matrix: Matrix) -> set[tuple[str, str]]:
    """The actors and levers whose cell holds marks of both directions."""
    ways: dict[tuple[str, str], set[str]] = {}
    for *cell, direction in zip(*(matrix.cells[name] for name in ("actor_id", "lever", "direction")), strict=True):
        ways.setdefault((cell[0], cell[1]), set()).add(direction)
    return {cell for cell, found in ways.items() if len(found) > 1}


def _marks(  # noqa: PLR0913
    matrix: Matrix, place: dict[str, int], both: set[tuple[str, str]], direction: str, style: Style, *, held: bool
) -> Trace:
    cells = matrix.cells[(matrix.cells["direction"] == direction) & (matrix.cells["held"] == held)]
    cells = cells[cells["actor_id"].isin(place)]
    colour = _colour(style, held=held)
    shift = -APART if direction == "pressure" else APART
    solid = direction == "pressure"
    return trace(
        "scatter",
        x=[matrix.levers.index(code) for code in cells["lever"]],
        y=[place[cell[0]] + shift * (cell in both) for cell in zip(cells["actor_id"], cells["lever"], strict=True)],
        customdata=list(cells["actor_id"]),
        text=_hover(matrix, cells),
        hovertemplate=HOVER,
        mode="markers",
        marker={
            "symbol": "square" if solid else "square-open",
            "size": (TIGHT_HELD_SIZE if style.shaped else HELD_SIZE) if held else ENDED_SIZE,
            "color": colour,
            "line": {"width": LINE_WIDTH, "color": colour},
        },
    )


def _colour(style: Style, *, held: bool) -> str:
    return style.palette.ink if held else style.palette.greys[1]


def _legend(style: Style) -> list[Key]:
    return [
        Key(
            f"{term.label}{'' if held else ', ended'}",
            _colour(style, held=held) if term.code == "pressure" else style.palette.paper,
            _colour(style, held=held),
            LINE_WIDTH,
            HELD_SIZE if held else ENDED_SIZE,
        )
        for held in (True, False)
        for term in DIRECTIONS.values()
    ]


def _hover(matrix: Matrix, cells: pd.DataFrame) -> list[str]:
    names = matrix.rows["name"].to_dict()
    return [
        f"<b>{plain(names[row.actor_id])}</b> · {LEVERS[row.lever].label}<br>"
        f"{DIRECTIONS[row.direction].label}{'' if row.held else ', ended'}"
        for row in cells.itertuples(index=False)
    ]


def _layout(matrix: Matrix, lines: dict[int, str], bottom: int, style: Style) -> dict[str, Any]:
    terms = {term.code: term for term in CLASSES}
    actors = {y: line for y, line in lines.items() if line in matrix.rows.index}
    stances = [terms[code] for code in matrix.rows.loc[list(actors.values()), "stance"]]
    words = [_stance_words(term, style) if _has_words(style) else _stance_symbol(term, style) for term in stances]
    levers = {
        "range": [-0.6, max(len(matrix.levers), 1) - 0.4],
        "tickvals": list(range(len(matrix.levers))),
        "showticklabels": False,
        "showgrid": True,
        "gridcolor": style.palette.rule,
        "gridwidth": 0.5,
        "zeroline": False,
        "fixedrange": True,
    }
    common = {"range": [bottom - 0.5, -0.5], "showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}
    names = row_names(matrix, list(actors.values()))
    return {
        "xaxis": levers,
        "yaxis": {**common, "tickvals": list(actors), "ticktext": names},
        "yaxis2": {**common, "tickvals": list(actors), "ticktext": words, "overlaying": "y", "side": "right"},
        "margin": {"l": LEFT, "r": RIGHT if _has_words(style) else SYMBOL_ROOM, "t": 0, "b": 0},
    }


def _labels(matrix: Matrix, lines: dict[int, str], style: Style) -> list[dict[str, Any]]:
    headers = [y for y, line in lines.items() if line == "#" and lines.get(y - 1) != "#"]
    groups = {y: line[1:] for y, line in lines.items() if line.startswith("=")}
    return [
        *(label for y in headers for label in _header(y + _header_lines(matrix, style), matrix.levers, style)),
        *(group_label(y, group, matrix, style) for y, group in groups.items()),
    ]


def _stance_words(term: Term, style: Style) -> str:
    """Symbol and word; where the class has no colour of its own on paper, the symbol is in ink."""
    return f"{_stance_symbol(term, style)}  {term.label}"


def _stance_symbol(term: Term, style: Style) -> str:
    colour = style.stance_colour(term.code, term.colour) if term.code in COLOURED else style.palette.quiet
    return f'<span style="color:{colour}">{term.symbol}</span>'


def _shares(members: pd.DataFrame) -> dict[str, float]:
    """The share of each stance among the members of a group, by symbol; nothing where stances are not given."""
    counts = Counter(members["stance"].tolist()) if "stance" in members else Counter()
    coloured = [term for term in CLASSES if term.code in COLOURED and counts[term.code]]
    return {term.symbol: counts[term.code] / len(members) for term in coloured}


def group_label(y: int, group: str, matrix: Matrix, style: Style) -> dict[str, Any]:
    """The heading of a group of rows, with its members and their shares by stance."""
    members = matrix.rows[matrix.rows["group"] == group]
    shares = "  ".join(f"{symbol} {percent(share)}" for symbol, share in _shares(members).items())
    return heading(y, f"<b>{plain(group)}</b>  {len(members)}{'   ' if shares else ''}{shares}", LEFT, style)


def heading(y: int, text: str, left: int, style: Style) -> dict[str, Any]:
    """Text `left` pixels left of the picture, in a row that parts groups of others; `text` is escaped already."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left,
        "y": y,
        "yref": "y",
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": style.palette.ink},
    }


def rules(ys: list[int], matrix: Matrix, width: float, colour: str) -> Trace:
    """A line under each of these rows, all in one trace."""
    return trace(
        "scatter",
        x=[x for _ in ys for x in (-0.6, len(matrix.levers) - 0.4, None)],
        y=[end for y in ys for end in (y + 0.5, y + 0.5, None)],
        mode="lines",
        line={"width": width, "color": colour},
        hoverinfo="skip",
    )


def _header(y: int, levers: list[str], style: Style) -> Iterator[dict[str, Any]]:
    for x, code in enumerate(levers):
        yield {
            "text": LEVERS[code].label,
            "x": x,
            "y": y - 0.6,
            "yref": "y",
            "textangle": -90,
            "xanchor": "center",
            "yanchor": "bottom",
            "showarrow": False,
            "bgcolor": style.palette.paper,
            "font": {"size": TIGHT_SIZE if style.shaped else 13, "color": style.palette.ink},
        }


def row_names(matrix: Matrix, actor_ids: list[str]) -> list[str]:
    """Names that fit beside their rows, escaped: bodies with long names go by their acronym, as in speech."""
    rows = matrix.rows.loc[actor_ids]
    return [plain(_short(*known)) for known in zip(actor_ids, rows["name"], rows["kind"], strict=True)]


def _short(actor_id: str, name: str, kind: str) -> str:
    if len(name) <= NAME_CHARACTERS:
        return name
    return actor_id if kind == "body" else name[: NAME_CHARACTERS - 1].rstrip() + "…"
