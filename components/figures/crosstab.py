"""Levers against stances: how many actors of each stance hold each lever, as circles with their number."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Click, Figure, Options
from components.figures.theme import (
    CLICK,
    INK,
    LINE,
    OUTLINE,
    QUIET,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    STANCE_PAINTS,
    Look,
    Trace,
    drawing,
    ink_on,
    label,
    plain,
    still,
    trace,
    wrapped,
)
from components.figures.timeline import plain_axis
from components.record.model import Record
from components.record.on_day import levers_until
from components.record.vocabulary import LISTED, NOT_CODED, Term
from components.record.wording import counted, enumerated, number
from components.record.words import Words
from components.summaries.crosstab import crosstab
from components.summaries.sources import source_ids

ROW, TIGHT_ROW = 30, 22  # px, the latter where a height is given
# px for the names of the stances: where they have room beside each other, and upright, as the browser may set them.
HEADER, UPRIGHT = 2 * LINE + 8, 100
HEADER_CHARACTERS = 16  # of a line of such a name
NARROW, HIGHER, FEWER = 560, 4 * SMALL_LINE + 8, 10  # px where they have less room, the px that they take, and signs
EDGE = 2  # px between a circle and the ends of its row
ROOM_FOR_NUMBER = 19  # px across; in smaller circles the number stands beside
MOST_NAMES = 12


@dataclass(frozen=True)
class Crosstab(Figure):
    """Who of each stance holds each lever: `cells` as from `summaries.crosstab`, and the name of each actor_id.

    The area of a circle is the number of actors. A click gives lever and stance as `customdata`, with a colon between.
    """

    name: ClassVar[str] = "crosstab"
    label: ClassVar[str] = "Stance and lever"
    place: ClassVar[tuple[str, dict[str, str]]] = ("matrix", {"view": "crosstab"})
    rests_on: ClassVar[str] = "levers"
    click: ClassVar[Click] = "cell"

    unmatched: str
    cells: pd.DataFrame
    names: Mapping[str, str]
    words: Words

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """Who holds levers on the day."""
        cells = crosstab(record, day, options.passing)
        cells = cells.iloc[:0] if options.unmatched else cells
        rows = levers_until(record, day).query("held")
        cited = source_ids(rows[rows["actor_id"].isin(_ids(cells))])
        return cls(tuple(cited), options.unmatched, cells, record.actors["name"].to_dict(), record.words)

    def about(self) -> str:
        """What stands in it."""
        return "Levers by stance"

    def subtitle(self) -> str:
        """The measure and what it covers."""
        return "How many states and bodies hold each lever, by their stance on recognition"

    def finding(self) -> str:
        """The lever that is held most often, and how many of its holders are opposed."""
        counts = self.cells.map(len)
        numbers = counts.sum(axis=1)
        if self.unmatched or not numbers.max() > 0:
            return self.unmatched or "Nobody holds a lever"
        most = [str(lever) for lever in numbers.index[numbers == numbers.max()]]
        levers = enumerated([self.words.levers[lever].lowered for lever in most], 3)
        holders = counted(int(numbers.max()), "actor")
        if numbers.max() == 1:
            return "No lever is held by more than one actor"
        if len(most) > 1:
            return f"Held most often: {levers}, by {holders} each"
        opposed = int(counts.loc[most[0]].get("opposed", 0))
        coded = "opposed" in counts and numbers.max() > counts.at[most[0], NOT_CODED.code]
        return f"Held most often: {levers}, by {holders}" + (f", {opposed or 'none'} of them opposed" if coded else "")

    def alt(self) -> str:
        """Each lever with the size of each stance."""
        rows = []
        for lever, sizes in self.sizes.iterrows():
            told = [f"{number(sizes[term.code])} {term.label.lower()}" for term in self.columns if sizes[term.code] > 0]
            rows.append(f"{self.words.levers[str(lever)].label}: {', '.join(told) or 'nobody shown'}")
        return f"Table of levers by stance of those who hold them. {'; '.join(rows) or 'It is empty'}."

    def table(self) -> pd.DataFrame:
        """Who holds each lever, by stance."""
        names = self.cells.map(lambda ids: ", ".join(self.names[actor_id] for actor_id in ids))
        names.index = [self.words.levers[str(code)].label for code in names.index]
        return names.rename(columns={term.code: term.label for term in self.columns}).rename_axis("Lever").reset_index()

    def notes(self) -> list[str]:
        """What the circles mean."""
        return ["Area of a circle: number of actors. A lever may press or pull."] if len(self.cells) else []

    @property
    def columns(self) -> list[Term]:
        """The positions, in order."""
        return [LISTED[code] for code in self.cells]

    @property
    def sizes(self) -> pd.DataFrame:
        """What the area of each circle is, NaN where it is not known."""
        return self.cells.map(len).astype(float)

    def draw(self, look: Look) -> go.Figure:
        """Levers under their families or, where a height is given, those that fit it without families."""
        lines, rest = self._that_fit(look) if look.height else (self._by_family(), 0)
        levers = {line: y for y, line in enumerate(lines) if line in self.cells.index}
        rows = len(lines) + (rest > 0)
        traces = [
            self._circles(levers, x, term, look, inside=inside)
            for x, term in enumerate(self.columns)
            for inside in (True, False)
        ]
        place: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "y": len(lines)}
        labels = [label(self._left_out(lines), look, paint=QUIET, **place)] if rest else []
        height = UPRIGHT + max(rows, 1) * ROW
        down = {**_down(list(map(self._row_name, lines)), rows), "minor": _rules(levers.values(), look)}
        narrow = self._header(look) == HIGHER
        layout = {
            "xaxis": _across(self.columns if lines else [], FEWER if narrow else HEADER_CHARACTERS),
            "yaxis": down,
            "margin": {"r": EDGE, "t": self._header(look), "b": 2},
        }
        return drawing(traces, layout, look, labels=labels, height=height)

    @staticmethod
    def _header(look: Look) -> int:
        """The px of the names of the stances."""
        return HIGHER if look.height and look.width < NARROW else HEADER

    def _row_name(self, line: str) -> str:
        """A lever, or a family above its levers."""
        levers, families = self.words.levers, self.words.lever_families
        return plain(levers[line].label) if line in levers else f"<b>{plain(families[line].label)}</b>"

    def _by_family(self) -> list[str]:
        """What stands on each row: codes of levers, and before those of a family its code."""
        lines: list[str] = []
        for family in self.words.lever_families:
            members = [str(code) for code in self.cells.index if self.words.levers[str(code)].group == family]
            lines += [family, *members] if members else []
        return lines

    def _that_fit(self, look: Look) -> tuple[list[str], int]:
        """The levers that there is room for, all in their order or the first by rank, and how many are left out."""
        places = max((look.height - self._header(look)) // TIGHT_ROW, 2)
        if len(self.cells) <= places:
            return [str(code) for code in self.cells.index], 0
        ranked = self.sizes.sum(axis=1).sort_values(ascending=False, kind="stable").index[: places - 1]
        return [str(code) for code in ranked], len(self.cells) - len(ranked)

    def _left_out(self, lines: Sequence[str]) -> str:
        """What is said of the levers that there is no room for."""
        others = self.sizes.sum(axis=1)[~self.cells.index.isin(lines)]
        most = int(others.max())
        held = f"each held by {counted(most, 'actor')} or fewer" if most else "held by nobody shown"
        return f"and {counted(len(others), 'more lever')}, {held}"

    def _circles(self, levers: Mapping[str, int], x: int, term: Term, look: Look, *, inside: bool) -> Trace:
        """The circles in the column of a stance whose text stands inside them, or of those where it does not."""
        sizes, circle = self.sizes, (TIGHT_ROW if look.height else ROW)
        most = sizes.max().max()
        widths = {lever: (circle - 2 * EDGE) * (float(sizes.at[lever, term.code]) / most) ** 0.5 for lever in levers}
        shown = {
            lever: float(sizes.at[lever, term.code])
            for lever, width in widths.items()
            if width > 0 and (width >= ROOM_FOR_NUMBER) == inside
        }
        across = [widths[lever] for lever in shown]
        colour = look.of(STANCE_PAINTS[term.code])
        ink = ink_on(colour) if inside else look.of(INK)
        return trace(
            "scatter",
            **still(ink),
            x=[x] * len(shown),
            y=[levers[lever] for lever in shown],
            mode="markers+text",
            cliponaxis=False,
            marker={"size": across, "color": colour, "opacity": 1, "line": {"width": 0.8, "color": look.of(OUTLINE)}},
            text=[f"{'' if inside else ' '}{number(size)}" for size in shown.values()],
            textposition="middle center" if inside else "middle right",
            textfont={"size": SMALL_SIZE + 1, "color": ink},
            customdata=[f"{lever}:{term.code}" for lever in shown],
            hovertext=[self.hover(lever, term) for lever in shown],
            hovertemplate=f"%{{hovertext}}{CLICK}",
        )

    def hover(self, lever: str, term: Term) -> str:
        """What a circle tells: what it stands for, how much that is, and who they are."""
        names = [self.names[actor_id] for actor_id in self.cells.at[lever, term.code]]
        listed = "<br>".join(wrapped(enumerated(names, MOST_NAMES)))
        name = plain(self.words.levers[lever].label)
        return f"<b>{name}</b> · {term.label} · {counted(len(names), 'actor')}<br>{listed}"


def _ids(cells: pd.DataFrame) -> set[str]:
    """The actor_ids that stand in any cell."""
    return {actor_id for column in cells for ids in cells[column] for actor_id in ids}


def _across(columns: Sequence[Term], characters: int) -> dict[str, Any]:
    """The axis of the stances, above the rows."""
    return {
        **plain_axis(),
        "range": [-0.5, len(columns) - 0.5],
        "side": "top",
        "tickvals": list(range(len(columns))),
        "ticktext": [_heading(term, characters) for term in columns],
        "autotickangles": [0, -90],
        "automargin": True,
        "title": {"text": " ", "font": {"size": EDGE}},  # what keeps upright names away from the words above
        "visible": bool(columns),
    }


def _down(names: Sequence[str], rows: int) -> dict[str, Any]:
    """The axis of the lines with these names, from above, with room for so many rows."""
    return {
        **plain_axis(),
        "range": [rows - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "ticklabelstandoff": 6,
        "automargin": True,
        "visible": bool(names),
    }


def _rules(levers: Iterable[int], look: Look) -> dict[str, Any]:
    """A thin rule below each lever."""
    return {"tickvals": [y + 0.5 for y in levers], "showgrid": True, "gridcolor": look.of(RULE), "gridwidth": 0.5}


def _heading(term: Term, characters: int) -> str:
    return "<br>".join(textwrap.wrap(f"{term.symbol} {term.label}", characters))
