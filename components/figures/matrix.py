"""Actors against levers: a mark for each lever held or once held, the stance beside each name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd

from components.figures.figure import Click, Key, Options
from components.figures.rows import NAMES, ROW, TERMS, ActorRows, Row, no_actors, order_notes, stance_keys
from components.figures.theme import (
    CLICK,
    INK,
    PAPER,
    RULE,
    SMALL_SIZE,
    WAY_PAINTS,
    Look,
    Paint,
    Trace,
    plain,
    trace,
)
from components.figures.timeline import plain_axis
from components.record.model import Record
from components.record.on_day import levers_until
from components.record.vocabulary import DIRECTIONS
from components.record.wording import agreeing, counted
from components.record.words import Words
from components.summaries.levers import matrix
from components.summaries.sources import source_ids

HEADER, FAMILY = 108, 20  # px that the names of levers take, which stand aslant, and the families above them
# Where there is no room for so many rows below that header, or for the names beside each other, levers stand by family.
FEWEST, COLUMN = 12, 28
SLANT, OVERHANG = -45, 60  # degrees of the names of levers, and px that the last one goes beyond its column
HELD_SIZE, ENDED_SIZE, LINE_WIDTH = 10, 7, 1.6  # px
FULL, MANY = 40, 2  # of more actors than that, those that hold fewer levers than this have no row of their own
APART = 5  # px from the middle of a row, of two marks in one cell: pressure above, incentive below


@dataclass(frozen=True)
class LeverMatrix(ActorRows):
    """The matrix. `cells` has a row for each actor, lever and direction, and `levers` those that occur, in order."""

    name: ClassVar[str] = "matrix"
    label: ClassVar[str] = "Levers"
    place: ClassVar[tuple[str, dict[str, str]]] = ("matrix", {})
    rests_on: ClassVar[str] = "levers"
    usual_sort: ClassVar[str] = "levers"
    click: ClassVar[Click] = "lever"

    cells: pd.DataFrame
    levers: tuple[str, ...]
    words: Words

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The matrix of the day. Raises KeyError for a grouping or an order that is not listed."""
        sort = options.sort or cls.usual_sort
        found = matrix(record, day, options.group_by, sort=sort, everyone=options.everyone, actor_ids=options.passing)
        cells, rows = found.cells[found.cells["actor_id"].isin(found.rows.index)], found.rows
        known = levers_until(record, day)
        cited = source_ids(known[known["actor_id"].isin(rows.index)])
        numbers = cells[cells["held"].astype(bool)].groupby("actor_id").size().reindex(rows.index, fill_value=0)
        telling = frozenset(rows.index if options.everyone else cells["actor_id"])
        if len(telling) > FULL and not options.everyone:
            telling = frozenset(numbers.index[numbers >= MANY])
        ranked = tuple(numbers.sort_values(ascending=False, kind="stable").index)
        words = order_notes(record, options, cls.usual_sort), no_actors(options, len(rows))
        return cls(tuple(cited), rows, telling, ranked, *words, cells, tuple(found.levers), record.words)

    def about(self) -> str:
        """What it is about."""
        return "Who holds which lever"

    def subtitle(self) -> str:
        """The measure and what it covers."""
        return "Levers of states and bodies: what each can give or withhold"

    def finding(self) -> str:
        """Who holds most levers, and how many others hold any."""
        numbers = self._held().groupby("actor_id").size()
        if self.empty or numbers.empty:
            return self.empty or "Nobody holds a lever"
        most = int(numbers.max())
        top = list(numbers.index[numbers == most])
        others = len(numbers) - len(top)
        said = f"{self.who(top)} {agreeing(len(top), 'holds', 'hold')}"
        if not others:
            return f"{said} {counted(most, 'lever')}{' each' if len(top) > 1 else ''}"
        each = " each" if len(top) > 1 else ""
        return f"{said} most levers, {most}{each}; {others} {agreeing(others, 'other holds', 'others hold')} some"

    def alt(self) -> str:
        """Who holds each lever, the one that most hold first."""
        held = self._held()
        holders = [(lever, own["actor_id"].unique()) for lever, own in held.groupby("lever")]
        holders.sort(key=lambda pair: -len(pair[1]))
        parts = [f"{self.words.levers[str(lever)].label}: {self.who(ids)}" for lever, ids in holders]
        actors = len(self.rows)
        what = f"Matrix of {counted(actors, 'actor')} and the levers {agreeing(actors, 'it holds', 'they hold')}"
        return f"{what}. {'; '.join(parts) or 'Nobody holds one'}."

    def table(self) -> pd.DataFrame:
        """One row for each actor with its stance, one column for each lever: which way it pushes, whether it ended."""
        words = [
            f"{DIRECTIONS[way].label}{'' if held else ' (ended)'}"
            for way, held in zip(self.cells["direction"], self.cells["held"], strict=True)
        ]
        joined = self.cells.assign(words=words).groupby(["actor_id", "lever"])["words"].agg(", ".join)
        table = joined.unstack(fill_value="").reindex(index=self.rows.index, columns=self.levers, fill_value="")
        table.columns = [self.words.levers[code].label for code in self.levers]
        table.insert(0, "Actor", self.rows["name"])
        table.insert(1, "Stance", self.rows["stance"].map({code: term.label for code, term in TERMS.items()}))
        return table

    def legend(self) -> list[Key]:
        """What the marks mean, and the symbols beside the names."""
        return self._keys(self.telling)

    def short_legend(self) -> list[Key]:
        """The same of the rows that a shape has."""
        return self._keys(frozenset(self.first))

    def _keys(self, actor_ids: frozenset[str]) -> list[Key]:
        ended = [True, False] if not self.cells["held"].all() else [True]
        marks = [
            Key(
                f"{term.label}{'' if held else ', ended'}",
                _fill(term.code, held=held),
                WAY_PAINTS[term.code],
                LINE_WIDTH if held else 1,
                size,
                is_round=term.code == "incentive",
                short="" if held else "Ended",
            )
            for held, size in zip(ended, (HELD_SIZE, ENDED_SIZE), strict=False)
            for term in DIRECTIONS.values()
        ]
        shown = set(self.rows.loc[self.rows.index.isin(actor_ids), "stance"])
        return [*marks, *stance_keys(shown)]

    def holders(self) -> list[tuple[str, dict[str, list[str]]]]:
        """Each lever that somebody holds, with the names of its holders by the way in which they use it."""
        held = self._held().assign(name=lambda cells: cells["actor_id"].map(self.rows["name"]))
        names = self.words.levers
        return [(names[code].label, _by_way(own)) for code in self.levers if len(own := held[held["lever"] == code])]

    def silent(self, number: int) -> str:
        """What is said of those without a row."""
        return f"{agreeing(number, 'holds', 'hold')} {'one lever or none' if self.picks_many else 'no recorded lever'}"

    @property
    def picks_many(self) -> bool:
        """Whether some that hold a lever have no row."""
        return not set(self.cells["actor_id"]) <= self.telling

    def left_out(self, actor_ids: list[str]) -> str:
        """How many more hold levers, and at most how many each, or that nobody does."""
        numbers = self._held().groupby("actor_id").size().reindex(actor_ids).dropna()
        if numbers.empty:
            return f"and {len(actor_ids)} more {self.silent(len(actor_ids))}"
        hold = agreeing(len(numbers), "holds", "hold")
        fewer = " or fewer" if numbers.min() < numbers.max() else ""
        return f"and {len(numbers)} more that {hold} {counted(int(numbers.max()), 'lever')}{fewer}"

    def header_height(self, look: Look) -> int:
        """Room for the names of levers, which stand upright, or for those of families."""
        return ROW if self._by_family(look) else HEADER + FAMILY

    def header_labels(self, row: Row, look: Look) -> list[dict[str, Any]]:
        """The name of each lever, or of each family."""
        families = self.words.lever_families
        if self._by_family(look):
            return [_label(plain(families[code].label), x, row, look) for x, code in enumerate(self._families())]
        aslant = {"textangle": SLANT, "xanchor": "left", "xshift": -4}
        names = [plain(self.words.levers[code].label) for code in self.levers]
        levers = [{**_label(name, x, row, look), **aslant} for x, name in enumerate(names)]
        return [*levers, *self._family_labels(row, look)]

    def _family_labels(self, row: Row, look: Look) -> list[dict[str, Any]]:
        """Each family above the first of its levers, with how many of them are held."""
        families = list(map(self._family_of, self.levers))
        totals = self._held()["lever"].map(self._family_of).value_counts()
        names = {code: plain(self.words.lever_families[code].label) for code in self._families()}
        words = {code: f"<b>{name}</b> {int(totals.get(code, 0))}" for code, name in names.items()}
        place = {"y": row.top + 2, "yanchor": "top", "xanchor": "left", "xshift": -8}
        return [{**_label(words[code], families.index(code), row, look), **place} for code in words]

    def margins(self, look: Look) -> dict[str, int]:
        """Room for the names of actors, and for the last name of a lever."""
        return {"l": NAMES, "r": 0 if self._by_family(look) else OVERHANG}

    def columns(self, stack: list[Row], look: Look) -> dict[str, Any]:
        """A line for each lever, or between families."""
        families = self._by_family(look)
        number = max(len(self._families() if families else self.levers), 1)
        return {
            **plain_axis(),
            "range": [-0.6, number - 0.4],
            "tickvals": [x - 0.5 for x in range(number + 1)] if families else list(range(number)),
            "showticklabels": False,
            "showgrid": True,
            "gridcolor": look.of(RULE),
            "gridwidth": 0.5,
        }

    def marks(self, stack: list[Row], look: Look) -> list[Trace]:
        """A trace for each kind of mark."""
        middles = {row.key: row.middle for row in stack if row.kind == "actor"}
        cells = self.cells[self.cells["actor_id"].isin(middles)]
        cells = cells.assign(y=cells["actor_id"].map(middles).astype(float))
        placed = self._in_families(cells) if self._by_family(look) else self._at_levers(cells)
        kinds = [(way, held) for way in DIRECTIONS for held in (True, False)]
        share = self._share(placed, look)
        return [self._marks(placed, way, held=held, share=share, look=look) for way, held in kinds]

    def _share(self, placed: pd.DataFrame, look: Look) -> float:
        """Of their usual size that of the marks, where those of a family would meet."""
        if not self._by_family(look) or placed.empty:
            return 1.0
        apart = (look.room - NAMES) / max(len(self._families()), 1) / self._slots(placed)
        return min(1.0, (apart - 3 * LINE_WIDTH) / HELD_SIZE)

    def _held(self) -> pd.DataFrame:
        return self.cells[self.cells["held"].astype(bool)]

    def _by_family(self, look: Look) -> bool:
        narrowest = NAMES + OVERHANG + COLUMN * len(self.levers)
        return 0 < look.height < HEADER + FEWEST * ROW or 0 < look.width < narrowest

    def _families(self) -> list[str]:
        used = set(map(self._family_of, self.levers))
        return [code for code in self.words.lever_families if code in used]

    def _family_of(self, lever: str) -> str:
        return self.words.levers[lever].group

    def _at_levers(self, cells: pd.DataFrame) -> pd.DataFrame:
        """Each mark at its lever; where a cell has two, one above the other."""
        both = cells.duplicated(["actor_id", "lever"], keep=False)
        shift = cells["direction"].map({"pressure": -APART}).astype(float).fillna(APART)
        return cells.assign(x=cells["lever"].map(self.levers.index), y=cells["y"] + shift * both)

    def _in_families(self, cells: pd.DataFrame) -> pd.DataFrame:
        """The marks of an actor side by side from the left of their family, in the order of levers."""
        family = cells["lever"].map(self._family_of)
        order = cells.assign(family=family).sort_values(
            "lever", key=lambda codes: codes.map(list(self.words.levers).index), kind="stable"
        )
        place = order.groupby(["actor_id", "family"]).cumcount() + 1
        return order.assign(
            x=order["family"].map(self._families().index).astype(float) - 0.5 + place / self._slots(cells)
        )

    def _slots(self, cells: pd.DataFrame) -> int:
        """Into how many parts a family is divided, so that the marks of an actor have room in it."""
        family = cells["lever"].map(self._family_of)
        return max(cells.groupby(["actor_id", family]).size(), default=0) + 1

    def _marks(self, placed: pd.DataFrame, way: str, *, held: bool, share: float, look: Look) -> Trace:
        cells = placed[(placed["direction"] == way) & (placed["held"] == held)]
        names = {code: plain(self.words.levers[code].label) for code in self.levers}
        ended = "" if held else ", ended"
        return trace(
            "scatter",
            x=cells["x"].tolist(),
            y=cells["y"].tolist(),
            customdata=[f"{ids}:{lever}" for ids, lever in zip(cells["actor_id"], cells["lever"], strict=True)],
            text=[
                f"<b>{self.name_of(actor_id)}</b> · {names[lever]}<br>{DIRECTIONS[way].label}{ended}"
                for actor_id, lever in zip(cells["actor_id"], cells["lever"], strict=True)
            ],
            hovertemplate=f"%{{text}}{CLICK}",
            mode="markers",
            marker={
                "symbol": "square" if way == "pressure" else "circle",
                "size": (HELD_SIZE if held else ENDED_SIZE) * share,
                "color": look.of(_fill(way, held=held)),
                "line": {"width": LINE_WIDTH if held else 1, "color": look.of(WAY_PAINTS[way])},
                "opacity": 1,
            },
        )


def _fill(way: str, *, held: bool) -> Paint:
    """Filled where it is held; what has ended is an outline."""
    return WAY_PAINTS[way] if held else PAPER


def _label(text: str, x: int, row: Row, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": row.bottom - 4,
        "yref": "y",
        "xanchor": "center",
        "yanchor": "bottom",
        "borderpad": 0,
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": look.of(INK)},
    }


def _by_way(own: pd.DataFrame) -> dict[str, list[str]]:
    return {term.label: sorted(own.loc[own["direction"] == term.code, "name"]) for term in DIRECTIONS.values()}
