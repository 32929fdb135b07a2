"""Where the money went: pools at a few days, left to right, and the money that passed from one to the next."""

import datetime as dt
import functools
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Click, Figure, Key, Options
from components.figures.money_bars import STOCK_PAINTS
from components.figures.money_columns import ROOMY
from components.figures.rows import ACRONYM
from components.figures.theme import (
    ACCENT,
    LINE,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    Look,
    Paint,
    Trace,
    drawing,
    label,
    plain,
    trace,
)
from components.figures.timeline import plain_axis
from components.record.model import Record
from components.record.vocabulary import MONEY, STATUSES
from components.record.wording import about, day_in_words, money, sign
from components.summaries.currency import Converted, converted_in, currency_name
from components.summaries.fund_rows import all_figures
from components.summaries.funds import INTEREST
from components.summaries.pools import Flow, has_pools, pool_flow
from components.summaries.sources import source_ids

WIDE, TALL = 320, 420  # px of the height of the drawing where it is wide, and where it is narrow
HEADER, FOOT = 2 * LINE, SMALL_LINE  # px of the days above it, and of what is left below
THICK = 12  # px across a node
APART = 4  # px between two names
FEW = 5  # days that have room for a whole date each on a phone


@dataclass(frozen=True, slots=True)
class Node:
    """A pool on a day as it is drawn: the lines of its words, and its middle and height in px from the top."""

    row: Any
    lines: list[str]
    middle: float
    height: float

    @property
    def words(self) -> int:
        """The px that its words are high."""
        return SMALL_LINE * len(self.lines)

    @property
    def bottom(self) -> float:
        """Where it and its words end, in px from the top."""
        return self.middle + max(self.height, self.words) / 2


@dataclass(frozen=True)
class PoolFlow(Figure):
    """The pools and passages: `flow` as from `summaries.pools`, and the kind of each actor_id.

    `converted` as from `currency.converted_in`, `title` its label as the subject has it.
    """

    name: ClassVar[str] = "pool_flow"
    label: ClassVar[str] = MONEY["pool_flow"].label
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {"pools": "pool_flow"})
    click: ClassVar[Click] = ""
    whole: ClassVar[bool] = True
    turns: ClassVar[int] = ROOMY

    flow: Flow
    kinds: Mapping[str, str]
    converted: Converted
    title: str

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """Whether there ever was a pool."""
        return has_pools(record)

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The pools at each turn up to the day."""
        flow, funds = pool_flow(record, day), all_figures(record).sort_index()
        drawn = set(flow.nodes["id"])
        earned = funds["part_of"].isin(drawn) & (funds["channel"] == INTEREST)
        rows = funds[funds["id"].isin(drawn) | earned]
        told = converted_in(record, rows)
        return cls(tuple(source_ids(rows)), flow, record.actors["kind"].to_dict(), told, cls.label_in(record))

    def about(self) -> str:
        """What is followed."""
        return self.title

    def finding(self) -> str:
        """The pools of the first day and of the last."""
        if not self.flow.totals:
            return "No pool is recorded"
        first, last = (found.in_words("pool") for found in (self.flow.totals[0], self.flow.totals[-1]))
        if len(self.flow.totals) == 1:
            return first
        return f"Still {last}" if first == last else f"From {first} to {last}"

    def subtitle(self) -> str:
        """The measure, the unit and what it covers."""
        unit = currency_name(self.flow.currency)
        return f"All money frozen or in trust, on the days on which a pool came, went or shrank, {unit}"

    def alt(self) -> str:
        """The pools of the first day, and what passed up to each later one."""
        told: dict[str, list[str]] = {}
        for place in self._begun().index:
            row = self.flow.nodes.loc[place]
            told.setdefault(day_in_words(row["day"].date()), []).append(f"{row['holder']} {self._sum(row)}")
        for link in self.flow.links.itertuples():
            day = self.flow.nodes.at[link.target, "day"]
            told.setdefault(day_in_words(day.date()), []).append(self._passage(link))
        days = [f"{day}: {', '.join(parts)}" for day, parts in told.items()]
        return f"Flow diagram of pools. {'; '.join(days) or 'It is empty'}."

    def table(self) -> pd.DataFrame:
        """One row for each pool of the first day, and for each passage of money from one pool to another."""
        nodes, links = self.flow.nodes, self.flow.links
        ends = [("", place, value) for place, value in self._begun()["value"].items()]
        ends += [(nodes.at[link.source, "holder"], link.target, link.value) for link in links.itertuples()]
        rows = [
            (source, nodes.at[target, "holder"], day_in_words(nodes.at[target, "day"].date()), round(value / 1e6, 1))
            for source, target, value in ends
        ]
        return pd.DataFrame(rows, columns=["From", "To", "Until", f"{sign(self.flow.currency)}m"])

    def legend(self) -> list[Key]:
        """The states of the pools, and interest where any was earned."""
        shown = set(self.flow.nodes["status"])
        keys = [Key(STATUSES[code].label, paint) for code, paint in STOCK_PAINTS.items() if code in shown]
        return [*keys, *([Key(INTEREST.capitalize(), ACCENT)] if INTEREST in shown else [])]

    def notes(self) -> list[str]:
        """How to read the bands."""
        earned = INTEREST in set(self.flow.nodes["status"])
        beside = " Interest earned between two days comes in beside its pool." if earned else ""
        read = [f"Height of a band: the sum.{beside}"] if len(self.flow.nodes) else []
        return [*read, *([self.converted.note] if self.converted.note else [])]

    def note(self) -> str:
        """How to read the bands."""
        return f"Height of a band: the sum. {self.converted.short}".rstrip() if len(self.flow.nodes) else ""

    def draw(self, look: Look) -> go.Figure:
        """A Sankey diagram; the height of a node is its sum, and the days stand above their nodes."""
        natural = WIDE if look.width >= ROOMY else TALL
        height = (look.height or natural) - HEADER - FOOT
        days = self._days
        places = {day: at / max(len(days) - 1, 1) for at, (day, _) in enumerate(days)}
        nodes, gap = self._nodes(look, height)
        layout: dict[str, Any] = {"margin": {"l": THICK / 2, "r": self._last(look), "t": HEADER, "b": FOOT}}
        if len(self.flow.links):
            traces = [self._bands(nodes, gap, places, height, look)]
        else:  # plotly draws no nodes without a link
            traces = [_lone(node, look) for node in nodes]
            layout["xaxis"] = {**plain_axis(), "range": [0, 1], "visible": False}
            layout["yaxis"] = {**plain_axis(), "range": [height, 0], "visible": False}
        labels = [_day(rows[0].day, places[day], len(days), look) for day, rows in days]
        named = [node for node in nodes if node.lines]
        labels += [self._name(node, places[day_in_words(node.row.day.date())], height, look) for node in named]
        return drawing(traces, layout, look, labels=labels, height=natural)

    def _begun(self) -> pd.DataFrame:
        """The pools into which nothing passed."""
        nodes = self.flow.nodes
        return nodes[~nodes.index.isin(self.flow.links["target"]) & (nodes["status"] != INTEREST)]

    @functools.cached_property
    def _days(self) -> list[tuple[str, list[Any]]]:
        """Each day in words with its nodes from the top."""
        days: dict[str, list[Any]] = {}
        for row in self.flow.nodes.itertuples():
            days.setdefault(day_in_words(row.day.date()), []).append(row)
        return list(days.items())

    def _sum(self, row: Any) -> str:
        return str(row.short or money(row.value, currency=self.flow.currency))

    def _last(self, look: Look) -> int:
        """The px right of the last day, for its date and its sums."""
        days = self._days
        texts = [text for _, rows in days[-1:] for row in rows for text in (self._sum(row), _date(row.day, len(days)))]
        return max((look.px(text) for text in texts), default=0) + THICK

    def _passage(self, link: Any) -> str:
        """What went where, in words."""
        source, target = (self.flow.nodes.loc[place] for place in (link.source, link.target))
        is_converted = bool(source["rate_on"] or target["rate_on"])
        text = about(money(link.value, currency=self.flow.currency), is_so=is_converted)
        if source["status"] == INTEREST:
            return f"{text} of interest to {target['holder']}"
        if source["actor_id"] == target["actor_id"]:
            return f"{text} stays with {target['holder']}"
        return f"{text} from {source['holder']} to {target['holder']}"

    def _nodes(self, look: Look, height: int) -> tuple[list[Node], int]:
        """The nodes with as much of their words as can stand below each other, and the px between them at the least.

        All of their names, or those of bodies short, or each where it comes first, or sums alone, or nothing.
        """
        gaps = range(SMALL_LINE, max(height // 3, SMALL_LINE + 1), APART)
        rows, fitting = list(self.flow.nodes.itertuples()), self._characters(look)
        for words in (self._whole_name, self._short_name, self._first_name, self._sum_alone):
            lines = [words(row, fitting) for row in rows]
            if max((len(line) for each in lines for line in each), default=0) <= self._characters(look, 0):
                for gap in gaps:
                    found = self._placed(lines, gap, height)
                    if max((node.bottom for node in found), default=0) <= height + FOOT:
                        return found, gap
        return self._placed([[] for _ in rows], 1, height), 1

    def _characters(self, look: Look, apart: int = 2 * THICK) -> int:
        """How many characters fit between the words of two days that are so many px apart."""
        between = (look.room - self._last(look)) / max(len(self._days) - 1, 1)
        return look.characters(max(between - apart, 1), SMALL_SIZE)

    def _whole_name(self, row: Any, fitting: int) -> list[str]:
        """A name in lines of so many characters, and its sum; of the last day only the sum, which has no more room."""
        if len(self._days) > 1 and row.day == self._days[-1][1][0].day:
            return self._sum_alone(row, fitting)
        words = f"{row.holder} {self._amount(row)}"
        return textwrap.wrap(words, fitting, break_long_words=False)

    def _short_name(self, row: Any, fitting: int) -> list[str]:
        """The same, but bodies go by their acronym, as in speech."""
        is_body = self.kinds.get(row.actor_id) == "body" and len(row.actor_id) <= ACRONYM
        return self._whole_name(row._replace(holder=row.actor_id) if is_body else row, fitting)

    def _first_name(self, row: Any, fitting: int) -> list[str]:
        """The same, but who was there on the day before is not named once more."""
        known = self.flow.nodes.loc[self.flow.nodes["day"] < row.day, "actor_id"]
        return self._sum_alone(row, fitting) if row.actor_id in set(known) else self._short_name(row, fitting)

    def _sum_alone(self, row: Any, fitting: int) -> list[str]:
        return [self._amount(row)]

    def _amount(self, row: Any) -> str:
        """A sum that no line breaks."""
        return self._sum(row).replace(" ", "\N{NO-BREAK SPACE}")

    def _placed(self, lines: list[list[str]], gap: int, height: int) -> list[Node]:
        """The nodes of each day below each other, so many px apart or more, where their words would meet else.

        Plotly draws as many px of each unit of money as fit the fullest of its own columns: that is found out first.
        """
        nodes = self.flow.nodes
        relative = nodes["value"].astype(float) / max(nodes["value"].max(), 1.0)
        columns = relative.groupby(self._columns())
        fits = ((height - gap * (columns.size() - 1)) / columns.sum().where(lambda sums: sums > 0)).min()
        scale = max(fits, 0.0) if pd.notna(fits) else 0.0
        found: list[Node] = []
        for row, words, size in zip(nodes.itertuples(), lines, relative * scale, strict=True):
            above = found[-1] if found and found[-1].row.day == row.day else None
            high = SMALL_LINE * len(words)
            middle = max(size, high) / 2
            if above:
                middle = above.middle + max((above.height + size) / 2 + gap, (above.words + high) / 2 + APART)
            found.append(Node(row, words, middle, size))
        return found

    def _name(self, node: Node, x: float, height: int, look: Look) -> dict[str, Any]:
        """The words of a node, right of it, with its sum in bold."""
        shift = THICK + 2 if x < 1 else THICK - 4
        *lines, last = map(plain, node.lines)
        amount = self._amount(node.row)
        text = "<br>".join([*lines, f"{last.removesuffix(amount)}<b>{amount}</b>"])
        return _beside(text, x, shift, 1 - node.middle / height, look, yanchor="middle")

    def _columns(self) -> list[int]:
        """How many passages lie at the most before each node: the column into which Plotly counts it."""
        columns = [0] * len(self.flow.nodes)
        for link in self.flow.links.sort_values("source").itertuples():
            columns[link.target] = max(columns[link.target], columns[link.source] + 1)
        return columns

    def _bands(self, nodes: list[Node], gap: int, places: Mapping[str, float], height: int, look: Look) -> Trace:
        links = self.flow.links
        at = [places[day_in_words(node.row.day.date())] for node in nodes]
        return trace(
            "sankey",
            arrangement="fixed",
            node={
                "label": [""] * len(nodes),
                "x": [min(max(place, 0.001), 0.999) for place in at],
                "y": [node.middle / height for node in nodes],
                "color": [look.of(_paint(node.row)) for node in nodes],
                "line": {"width": 0},
                "pad": gap,
                "thickness": THICK,
                "customdata": [f"{plain(node.row.holder)}, {self._sum(node.row)}" for node in nodes],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            link={
                "source": links["source"].tolist(),
                "target": links["target"].tolist(),
                "value": (links["value"] / links["value"].max()).tolist(),
                "color": look.of(RULE),
                "customdata": [plain(self._passage(link)) for link in links.itertuples()],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )


def _paint(row: Any) -> Paint:
    return STOCK_PAINTS.get(row.status, ACCENT)


def _lone(node: Node, look: Look) -> Trace:
    """A node from which nothing went yet."""
    return trace(
        "scatter",
        x=[0, 0],
        y=[node.middle - node.height / 2, node.middle + node.height / 2],
        mode="lines",
        line={"width": THICK, "color": look.of(_paint(node.row))},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _day(day: pd.Timestamp, x: float, days: int, look: Look) -> dict[str, Any]:
    """A day above its nodes, its year in a line of its own."""
    return _beside(f"<b>{_date(day, days)}<br>{day:%Y}</b>", x, 0, 1, look, yanchor="bottom", yshift=APART)


def _date(day: pd.Timestamp, days: int) -> str:
    """The day of a date, of many days only their months."""
    return f"{day.day} {day:%B}" if days <= FEW else f"{day:%b}"


def _beside(text: str, x: float, shift: int, y: float, look: Look, **place: Any) -> dict[str, Any]:
    """Words that begin so many px right of a place, in shares of the drawing."""
    return label(text, look, x=x, xref="paper", xanchor="left", xshift=shift, y=y, yref="paper", **place)
