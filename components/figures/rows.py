"""What the matrix and the history share: actors as rows, in groups, measured in px from the upper edge.

Belongs here: which actors have a row, their names and headings. Does not belong here: what stands in a row.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import pandas as pd
import plotly.graph_objects as go

from components.figures.classes import WITH_POSITION
from components.figures.figure import Figure, Key, Options
from components.figures.theme import (
    HOVER_CHARACTERS,
    INK,
    OUTLINE,
    PAPER,
    QUIET,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    STANCE_PAINTS,
    TEXT_SIZE,
    Look,
    Paint,
    Trace,
    drawing,
    plain,
)
from components.figures.timeline import plain_axis
from components.record.model import Record
from components.record.vocabulary import Term
from components.record.wording import counted, enumerated, percent
from components.summaries.empty import empty_state
from components.summaries.levers import SORTS, groupings
from components.summaries.stances import CLASSES

MOST, TIGHT, ROOMY = 12, 16, 26  # rows of a shape, and the px that each has there
ROW, HEADING = 20, 22  # px of a row, to which each more line in it adds its own, and of a heading
NAMES = 134  # px left of the rows for their names; Plotly takes more where a name needs it
NAME_SIZE = 13  # px of letters
NAME_CHARACTERS = 20  # of a name in one line
NAMED = 3  # actors at the most that are named and not counted
HEADERS_APART = 1000  # px
TERMS: Mapping[str, Term] = {term.code: term for term in CLASSES}
ACRONYM = 5  # letters of an id at the most that people say; longer ones only tell rows apart
SHORT = {"none": "No position found"}  # where a label is too long for a legend in one row

Kind = Literal["header", "heading", "actor", "rest"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a drawing: of what kind, whose (an actor_id) or with which words, and where it lies in px."""

    kind: Kind
    key: str
    top: int
    height: int

    @property
    def middle(self) -> float:
        """The px from the upper edge to its middle."""
        return self.top + self.height / 2

    @property
    def bottom(self) -> int:
        """The px from the upper edge to its lower end."""
        return self.top + self.height


@dataclass(frozen=True)
class ActorRows(Figure):
    """Actors in groups.

    `rows` has one row for each, in order, indexed by actor_id: `name`, `kind`, `group`, `stance`. `telling` are those
    that have something to show: of the others a group only says how many they are. `ranked` has all of them, those that
    matter most first. `ordered` are notes on their order, and `empty` what is said where nobody is to be shown.
    """

    ruled: ClassVar[bool] = True  # whether a thin line runs along each row
    usual_sort: ClassVar[str]  # one of SORTS
    row_height: ClassVar[int] = ROW  # px of an actor with a name of one line
    name_size: ClassVar[int] = NAME_SIZE  # px of the letters of its name

    rows: pd.DataFrame
    telling: frozenset[str]
    ranked: tuple[str, ...]
    ordered: tuple[str, ...]
    empty: str

    def margins(self, look: Look) -> dict[str, int]:
        """Room for the names."""
        return {"l": NAMES}

    def header_height(self, look: Look) -> int:
        """The px that the names of the columns take."""
        return ROW

    @abstractmethod
    def silent(self, number: int) -> str:
        """What is said of so many that have nothing to show: “hold no lever”."""

    @abstractmethod
    def left_out(self, actor_ids: list[str]) -> str:
        """What is said of those that a shape has no room for: “and 160 more that never moved”."""

    @abstractmethod
    def marks(self, stack: list[Row], look: Look) -> list[Trace]:
        """The traces of what stands in the rows."""

    @abstractmethod
    def columns(self, stack: list[Row], look: Look) -> dict[str, Any]:
        """The horizontal axis."""

    @abstractmethod
    def header_labels(self, row: Row, look: Look) -> list[dict[str, Any]]:
        """The names of the columns in a header."""

    def notes(self) -> list[str]:
        """How the rows stand, where it is not as usual."""
        return list(self.ordered)

    def draw(self, look: Look) -> go.Figure:
        """The rows under headers with the names of the columns; where a height is given, those that fit it."""
        stack = self._that_fit(look) if look.height else self._in_groups(look)
        bottom = max(stack[-1].bottom if stack else 0, ROW, look.height)
        actors = [row for row in stack if row.kind == "actor"]
        layout = {
            "xaxis": self.columns(stack, look),
            "yaxis": {
                **plain_axis(),
                "range": [bottom, 0],
                "tickvals": [row.middle for row in actors],
                "ticktext": [
                    f"{self._label(row.key)} {symbol(self.rows.at[row.key, 'stance'], look)}" for row in actors
                ],
                "tickfont": {"size": self.name_size},
                "ticklabelstandoff": 4,
                "automargin": True,
                "showgrid": self.ruled,
                "gridcolor": look.of(RULE),
                "gridwidth": 0.5,
            },
            "margin": self.margins(look),
            "barmode": "overlay",
            "bargap": 0,
        }
        labels = [label for row in stack for label in self._labels(row, look)]
        return drawing(self.marks(stack, look), layout, look, labels=labels, height=bottom)

    def name_of(self, actor_id: str) -> str:
        """The name of an actor as Plotly may draw it."""
        return plain(str(self.rows.at[actor_id, "name"]))

    def who(self, actor_ids: Iterable[str]) -> str:
        """Their names where they are few, else how many they are."""
        names = sorted(self.rows.loc[list(actor_ids), "name"])
        return enumerated(names, NAMED) if 0 < len(names) <= NAMED else counted(len(names), "actor")

    def _label(self, actor_id: str) -> str:
        return label_of(actor_id, *self.rows.loc[actor_id, ["name", "kind"]])

    def _row(self, actor_id: str, height: int) -> tuple[Kind, str, int]:
        return "actor", actor_id, height + SMALL_LINE * self._label(actor_id).count("<br>")

    def _in_groups(self, look: Look) -> list[Row]:
        """All that have something to show, each group under its heading, and a header again and again."""
        header: tuple[Kind, str, int] = ("header", "", self.header_height(look))
        parts: list[tuple[Kind, str, int]] = []
        since = HEADERS_APART + 1  # the first row is a header
        for group, members in self.rows.groupby("group", sort=False):
            shown = [actor_id for actor_id in members.index if actor_id in self.telling]
            rest = [actor_id for actor_id in members.index if actor_id not in self.telling]
            # Rather above a heading than in the midst of a group.
            if since + len(shown) * self.row_height > HEADERS_APART:
                parts.append(header)
                since = 0
            parts.append(("heading", str(group), HEADING))
            for actor_id in shown:
                if since >= HEADERS_APART:
                    parts.append(header)
                    since = 0
                parts.append(self._row(actor_id, self.row_height))
                since += self.row_height
            if rest and shown:
                parts.append(("rest", self._of_silent(rest), ROW))
        return stacked(parts)

    def _of_silent(self, actor_ids: list[str]) -> str:
        """What a group says of its members that have no row: who they are, where that fits one line, or how many."""
        names = enumerated(sorted(self.rows.loc[actor_ids, "name"]), NAMED)
        is_short = len(actor_ids) <= NAMED and len(names) <= HOVER_CHARACTERS
        return f"{names if is_short else f'and {len(actor_ids)} more'} {self.silent(len(actor_ids))}"

    @property
    def first(self) -> list[str]:
        """Of those that have something to show the first of the ranked, as many as a shape has room for at the most."""
        return [actor_id for actor_id in self.ranked if actor_id in self.telling][:MOST]

    def _that_fit(self, look: Look) -> list[Row]:
        """The first of those ranked that there is room for, without groups, and what is left out."""
        parts: list[tuple[Kind, str, int]] = [("header", "", self.header_height(look))]
        room = look.height - self.header_height(look) - (ROW if len(self.first) < len(self.ranked) else 0)
        each = min(max(room // max(len(self.first), 1), min(TIGHT, self.row_height)), ROOMY)
        wanted = [self._row(actor_id, each) for actor_id in self.first]
        if len(self.first) == len(self.ranked) and sum(height for *_, height in wanted) > room:
            room -= ROW  # for the words on those left out
        for part in wanted:
            room -= part[2]
            if room < 0:
                break
            parts.append(part)
        shown = {key for _, key, _ in parts}
        left = [actor_id for actor_id in self.ranked if actor_id not in shown]
        if left:
            parts.append(("rest", self.left_out(left), ROW))
        return stacked(parts)

    def _labels(self, row: Row, look: Look) -> list[dict[str, Any]]:
        if row.kind == "header":
            return self.header_labels(row, look)
        if row.kind == "heading":
            return [_beside(row, self._heading(row.key, look), TEXT_SIZE, look.of(INK), look)]
        return [_beside(row, plain(row.key), SMALL_SIZE, look.of(QUIET), look)] if row.kind == "rest" else []

    def _heading(self, group: str, look: Look) -> str:
        """The group, its number, and the share of each position in it, or that none of it has a row."""
        members = self.rows[self.rows["group"] == group]
        start = f"<b>{plain(group)}</b>  {len(members)}"
        if not self.telling.intersection(members.index):
            return f'{start} <span style="color:{look.of(QUIET)}">{self.silent(len(members))}</span>'
        counts = Counter(members["stance"].tolist())
        told = [code for code in TERMS if code in WITH_POSITION and counts[code] and len(counts) > 1]
        return "  ".join([start, *(f"{symbol(code, look)} {percent(counts[code] / len(members))}" for code in told)])


def order_notes(record: Record, options: Options, usual: str) -> tuple[str, ...]:
    """How rows are grouped and sorted, where it is not as usual."""
    grouped = [f"Grouped by: {groupings(record)[options.group_by]}."] if options.group_by != Options().group_by else []
    return (*grouped, *([f"Sorted by: {SORTS[options.sort].lower()}."] if options.sort not in {"", usual} else []))


def no_actors(options: Options, recorded: int) -> str:
    """What is said where the filters leave nobody, or nothing is recorded of anybody; else ""."""
    shown = 1 if options.passing is None else len(options.passing)
    return empty_state(shown, recorded, filtered=options.passing is not None, who="actor")


def stacked(parts: Iterable[tuple[Kind, str, int]]) -> list[Row]:
    """Rows of these kinds, keys and heights, one below the other."""
    rows: list[Row] = []
    for kind, key, height in parts:
        rows.append(Row(kind, key, rows[-1].bottom if rows else 0, height))
    return rows


def label_of(actor_id: str, name: str, kind: str) -> str:
    """A name beside a row, as Plotly may draw it: if it is long, a body's acronym, as in speech, or in two lines."""
    spaces = [place for place, sign in enumerate(name) if sign == " "]
    if len(name) <= NAME_CHARACTERS or not spaces:
        return plain(name)
    if kind == "body" and len(actor_id) <= ACRONYM:
        return plain(actor_id)
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{plain(name[:middle])}<br>{plain(name[middle + 1 :])}"


def symbol(code: str, look: Look) -> str:
    """The symbol of a class in its colour, or quiet where that would not show on paper."""
    paint = STANCE_PAINTS[code] if code in WITH_POSITION else QUIET
    return f'<span style="color:{look.of(paint)}">{TERMS[code].symbol}</span>'


def _beside(row: Row, text: str, size: int, colour: str, look: Look) -> dict[str, Any]:
    """Text at the left end of a row, which has no name."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -NAMES,
        "y": row.bottom - ROW / 2,
        "yref": "y",
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "bgcolor": look.of(PAPER),  # no line of the grid runs through it
        "font": {"size": size, "color": colour},
    }


def stance_keys(shown: Collection[str], outline: Callable[[str], Paint] = lambda _: OUTLINE) -> list[Key]:
    """A key for each stance class that is shown, with the symbol that stands beside names."""
    return [
        Key(
            f"{term.symbol} {term.label}",
            STANCE_PAINTS[code],
            outline(code),
            short=f"{term.symbol} {SHORT.get(code, term.label)}",
        )
        for code, term in TERMS.items()
        if code in shown
    ]
