"""The ledger of money held back: a bar for each pool, what is inside it apart, its range below it."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.money_bars import (
    AXIS_ROOM,
    TIGHT_ROW,
    bars_layout,
    greys,
    heading,
    label,
    small_print,
    tight_label,
)
from components.figures.theme import SMALL_LINE, Frame, Key, Pieces, Style, Trace, framed, plain, trace, wrapped
from components.figures.timeline import HOVER_CHARACTERS
from components.record.vocabulary import STATUSES
from components.record.wording import counted
from components.summaries.funds import GROUPS, INTEREST, STOCK_STATUSES
from components.summaries.ledger import Ledger
from components.summaries.money import end_to_end
from components.summaries.units import STATED, Unit

HEADING, ROW = 40, 64  # pixels that a heading takes, and a pool beside its small print
TERMS_AT, BAR_AT, BAR, RANGE_AT = 22, 36, 18, 51  # pixels from the top of a pool, the latter two below its small print
TIGHT_HEADING, TIGHT_RANGE = 25, 13  # pixels of a heading in a shape, and from a bar's middle to its range
MOST_LINES, MOST_LINES_WIDE, WIDE = 4, 2, 100  # of small print, and in a picture of so many characters a line

INSIDE = ["part_of", "channel", "value", "low", "high", "figure", "stated", "since", "summary"]
POOL = ["id", "actor_id", "holder", "owner", "owner_name", "status", "terms", *INSIDE[1:]]

_Placed = list[tuple[dict[str, Any], float]]  # pools, and how many pixels from the top the middle of their bar lies


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a bar, in the record's currency from the bar's beginning."""

    y: float
    base: float
    value: float
    fill: str
    actor_id: str
    hover: str


def draw_ledger(ledger: Ledger, words: Frame, style: Style) -> go.Figure:
    """One bar for each pool, under a heading for each group with its total. A click gives the holder's actor_id."""
    rows, labels, y = (_tight_rows if style.shaped else _rows)(ledger, style)
    inside = _inside(ledger)
    segments = [
        segment for pool, at in rows for segment in _segments(pool, inside.get(pool["id"], []), ledger.unit, at, style)
    ]
    below = RANGE_AT - BAR_AT if not style.shaped else TIGHT_RANGE
    ranges = [(pool["low"], pool["high"], at + below) for pool, at in rows if pool["high"] > pool["low"]]
    traces = [_bars(segments, ledger.unit, style), _whiskers(ranges, ledger.unit, style)]
    layout = bars_layout(y, ledger.frame["high"].max(), ledger.unit, style)
    height = round(max(y, TIGHT_ROW)) if style.shaped else round(max(y, ROW)) + AXIS_ROOM
    return framed(traces, layout, words, style, legend=_legend(style), labels=labels, height=height)


def ledger_pieces(ledger: Ledger, room: int, _style: Style) -> Pieces:
    """The largest pools, as many as there is room for, under the totals of all of each group."""
    most = max(int(room - TIGHT_HEADING * len(ledger.headings)) // TIGHT_ROW, 1)
    largest = ledger.frame["value"].sort_values(ascending=False, na_position="last").index[:most]
    kept = ledger.frame[ledger.frame.index.isin(largest)]
    left_out = len(kept) < len(ledger.frame)
    line = f"Shown: {len(kept)} of {counted(len(ledger.frame), 'pool')}, the largest" if left_out else ""
    apart = [f"{GROUPS[group]}: {text[:1].lower()}{text[1:]}" for group, text in ledger.apart.items()]
    return [(replace(ledger, frame=kept), ". ".join(text for text in (line, *apart) if text))]


def _rows(ledger: Ledger, style: Style) -> tuple[_Placed, list[dict[str, Any]], float]:
    """Each pool with the middle of its bar, all words above the bars, and where they end: in pixels from the top."""
    labels: list[dict[str, Any]] = []
    rows: _Placed = []
    y = 0.0
    most = MOST_LINES_WIDE if style.characters >= WIDE else MOST_LINES
    for group, title in ledger.headings.items():
        labels.append(heading(title, y + 12, style))
        y += HEADING
        unstated = small_print(ledger.apart.get(group, ""), y - 6, style, 1)
        labels += unstated
        y += SMALL_LINE * len(unstated)
        for pool in _pools(ledger, group):
            labels.append(label(f"<b>{plain(pool['holder'])} · {_amount(pool, ledger.unit)}</b>", y, style))
            print_lines = small_print(_conditions(pool), y + TERMS_AT, style, most)
            labels += print_lines
            rows.append((pool, y + SMALL_LINE * len(print_lines) + BAR_AT))
            y += SMALL_LINE * len(print_lines) + ROW
    return rows, labels, y


def _pools(ledger: Ledger, group: str) -> list[dict[str, Any]]:
    pools: list[dict[str, Any]] = ledger.frame.loc[ledger.frame["money_group"] == group, POOL].to_dict("records")
    return pools


def _tight_rows(ledger: Ledger, style: Style) -> tuple[_Placed, list[dict[str, Any]], float]:
    """The same with the words left of the bars, for a shape."""
    labels: list[dict[str, Any]] = []
    rows: _Placed = []
    y = 0.0
    for group, title in ledger.headings.items():
        labels.append(heading(title, y + 2, style))
        y += TIGHT_HEADING
        for pool in _pools(ledger, group):
            labels += tight_label(str(pool["holder"]), f" · {_amount(pool, ledger.unit)}", _conditions(pool), y, style)
            rows.append((pool, y + TIGHT_ROW / 2 - 2))
            y += TIGHT_ROW
    return rows, labels, y


def ledger_alt(ledger: Ledger, words: Frame) -> str:
    """What the ledger says, in words."""
    pools = [f"{row.holder}, {STATUSES[row.status].label.lower()}: {row.figure}" for row in ledger.frame.itertuples()]
    return (
        f"Bar chart of {counted(len(ledger.frame), 'pool')}. {words.title}. "
        f"{'. '.join([*ledger.headings.values(), *pools])}."
    )


def _amount(row: dict[str, Any], unit: Unit) -> str:
    if unit.code == STATED or pd.isna(row["value"]):
        return str(row["stated"] if unit.code == STATED else row["figure"])
    return unit.text(row["low"], row["high"])


def _conditions(pool: dict[str, Any]) -> str:
    """State and owner, then who can release it and on what terms, then where it lies."""
    owner = "" if pool["owner"] == pool["actor_id"] else f", owner {pool['owner_name']}"
    state = f"{STATUSES[pool['status']].label}{owner}"
    return " · ".join(text for text in (state, pool["terms"], pool["channel"]) if text)


def _inside(ledger: Ledger) -> dict[str, list[dict[str, Any]]]:
    """The known insides of each pool by its id, largest first and interest last."""
    parts = ledger.parts.loc[ledger.parts["value"].notna(), INSIDE].to_dict("records")
    inside: dict[str, list[dict[str, Any]]] = {}
    for part in sorted(parts, key=lambda part: (part["channel"] == INTEREST, -part["value"])):
        inside.setdefault(part["part_of"], []).append(part)
    return inside


def _segments(pool: dict[str, Any], parts: list[dict[str, Any]], unit: Unit, y: float, style: Style) -> list[_Segment]:
    """The known insides of a pool, as in `_inside`, and before them what is left of it."""
    if pd.isna(pool["value"]):
        return []
    fill = _fills(style)[pool["status"]]
    rest, begins = end_to_end(pool["value"], [part["value"] for part in parts])
    found = []
    if rest > pool["value"] * 0.005 or not parts:
        all_earned = all(part["channel"] == INTEREST for part in parts)
        name = "" if not parts else "Principal" if all_earned else "The rest"
        found.append(
            _Segment(y, 0.0, rest if parts else pool["value"], fill, pool["actor_id"], _hover(pool, pool, name, unit))
        )
    for part, base in zip(parts, begins, strict=True):
        earned = part["channel"] == INTEREST
        colour = style.palette.accent if earned else fill
        name = "Interest" if earned else "Of it"
        found.append(_Segment(y, base, part["value"], colour, pool["actor_id"], _hover(pool, part, name, unit)))
    return found


def _hover(pool: dict[str, Any], row: dict[str, Any], name: str, unit: Unit) -> str:
    lines = [
        f"<b>{plain(pool['holder'])}</b>",
        f"{name or STATUSES[pool['status']].label} {_amount(row, unit)}, since {row['since']}",
    ]
    if name in {"Principal", "The rest"}:
        lines[1] = f"{name} of {_amount(pool, unit)}"
    return "<br>".join([*lines, *wrapped(row["summary"], HOVER_CHARACTERS)])


def _bars(segments: list[_Segment], unit: Unit, style: Style) -> Trace:
    return trace(
        "bar",
        x=[segment.value / unit.divisor for segment in segments],
        base=[segment.base / unit.divisor for segment in segments],
        y=[segment.y for segment in segments],
        orientation="h",
        width=BAR,
        marker={"color": [segment.fill for segment in segments], "line": {"width": 1.5, "color": style.palette.paper}},
        customdata=[segment.actor_id for segment in segments],
        hovertext=[segment.hover for segment in segments],
        hoverinfo="text",
    )


def _whiskers(ranges: list[tuple[float, float, float]], unit: Unit, style: Style) -> Trace:
    """A line from the lowest to the highest figure of each pool that has a range."""
    return trace(
        "scatter",
        x=[x for low, high, _ in ranges for x in (low / unit.divisor, high / unit.divisor, None)],
        y=[y for _, _, at in ranges for y in (at, at, None)],
        mode="lines+markers",
        line={"color": style.palette.ink, "width": 1.5},
        marker={"symbol": "line-ns", "size": 8, "line": {"color": style.palette.ink, "width": 1.5}},
        hoverinfo="skip",
    )


def _fills(style: Style) -> dict[str, str]:
    return dict(zip(STOCK_STATUSES, greys(style), strict=True))


def _legend(style: Style) -> list[Key]:
    fills = _fills(style)
    return [
        *(Key(STATUSES[code].label, fills[code]) for code in fills),
        Key("Interest inside it", style.palette.accent),
    ]
