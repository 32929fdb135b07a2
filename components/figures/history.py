"""Every actor over time: a bar for each time that it had one stance, in the colour of that stance."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd

from components.figures.classes import WITH_POSITION, paint_of
from components.figures.figure import Key, Options
from components.figures.rows import NAMED, NAMES, ROW, TERMS, ActorRows, Row, no_actors, order_notes, stance_keys
from components.figures.theme import (
    CLICK,
    OUTLINE,
    QUIET,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    STANCE_PAINTS,
    Look,
    Paint,
    Trace,
    trace,
)
from components.figures.timeline import spans, time_axis, time_ticks
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.vocabulary import NOT_CODED
from components.record.wording import agreeing, counted, long_date
from components.summaries.colouring import RECOGNISES
from components.summaries.levers import matrix
from components.summaries.sources import source_ids
from components.summaries.time import BY_LEVEL, position_bands, standing_bands

BAR = 13  # px, of a row of 14, so that the bars are one surface
YEAR = 36  # px that the label of a year needs
FULL = 40  # actors with a position, of more than which those that never moved have no row of their own


@dataclass(frozen=True)
class History(ActorRows):
    """How each moved. `bands` has a row for each time that an actor had one stance, as `position_bands` gives them.

    `recognitions` has those of formal recognition, which lie over that of a stance.
    """

    name: ClassVar[str] = "history"
    label: ClassVar[str] = "Time"
    place: ClassVar[tuple[str, dict[str, str]]] = ("matrix", {"view": "history"})
    ruled: ClassVar[bool] = False
    usual_sort: ClassVar[str] = "moved"
    row_height: ClassVar[int] = 14
    name_size: ClassVar[int] = SMALL_SIZE

    bands: pd.DataFrame
    recognitions: pd.DataFrame
    end: pd.Timestamp

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The stances up to the day, of the actors of the matrix in its order."""
        sort = options.sort or cls.usual_sort
        rows = matrix(
            record, day, options.group_by, sort=sort, everyone=options.everyone, actor_ids=options.passing
        ).rows
        bands = position_bands(record, list(rows.index), day)
        levels = standing_bands(record, list(rows.index), day, BY_LEVEL)
        known = record.stances[record.stances["date"] <= pd.Timestamp(day)]
        cited = source_ids(known[known["actor_id"].isin(rows.index)])
        positions = bands.loc[bands["stance"].isin(WITH_POSITION), "actor_id"]
        movers = _last_moves(bands).index if len(set(positions)) > FULL else positions
        telling = frozenset(rows.index if options.everyone else movers)
        end = pd.Timestamp(day) + pd.Timedelta(days=1)
        coded = int((rows["stance"] != NOT_CODED.code).sum())
        words = order_notes(record, options, cls.usual_sort), no_actors(options, coded)
        recognitions = levels[levels[BY_LEVEL] == RECOGNITION]
        return cls(tuple(cited), rows, telling, _latest_first(rows, bands), *words, bands, recognitions, end)

    def about(self) -> str:
        """What it is about."""
        return "How each moved"

    def subtitle(self) -> str:
        """The measure and what it covers."""
        return "Stance on recognition of states and bodies, from the first day of the record"

    def finding(self) -> str:
        """Who moved, or how many did."""
        number, movers = len(self.rows), list(_last_moves(self.bands).index)
        if self.empty or not movers:
            still = f"None of {number} actors has" if number > 1 else f"{self.who(list(self.rows.index))} has not"
            return self.empty or f"{still} changed its stance yet"
        changed = agreeing(len(movers), "has changed its stance", "have changed their stance")
        if len(movers) > NAMED:
            last = _last_moves(self.bands)
            latest = self.who(last.index[last == last.max()])
            return f"{len(movers)} of {counted(number, 'actor')} {changed}, {latest} last"
        others = number - len(movers)
        return f"{self.who(movers)} {changed}{f', {others} others have not' if others > 1 else ''}"

    def alt(self) -> str:
        """Who stands where at the end, and who moved."""
        now = self.rows.groupby("stance").groups
        parts = [f"{term.label}: {self.who(now[code])}" for code, term in TERMS.items() if code in now]
        movers = list(_last_moves(self.bands).index)
        each = "each of " if len(self.rows) > 1 else ""
        return (
            f"A bar over time for {each}{counted(len(self.rows), 'actor')}, in the colours of its stances. "
            f"At the end {'; '.join(parts) or 'nobody is shown'}. "
            f"More than one stance: {self.who(movers) if movers else 'nobody'}."
        )

    def table(self) -> pd.DataFrame:
        """Every time that an actor had one stance: which, from when and until when, as the record dates it."""
        return pd.DataFrame(
            {
                "Actor": self.rows["name"].reindex(self.bands["actor_id"]).to_numpy(),
                "Stance": [TERMS[code].label for code in self.bands["stance"]],
                "From": self.bands["since"],
                "Until": self.bands["until"],
            }
        )

    def legend(self) -> list[Key]:
        """The stances that occur, with the symbols beside the names."""
        return self._keys(self.telling)

    def short_legend(self) -> list[Key]:
        """The same of the rows that a shape has."""
        return self._keys(frozenset(self.first))

    def _keys(self, actor_ids: frozenset[str]) -> list[Key]:
        shown = set(self.bands.loc[self.bands["actor_id"].isin(actor_ids), "stance"])
        recognises = [Key(RECOGNISES.label, paint_of(RECOGNISES))]
        some = self.recognitions["actor_id"].isin(actor_ids).any()
        return [*(recognises if some else []), *stance_keys(shown, _outline)]

    def silent(self, number: int) -> str:
        """What is said of those without a row."""
        if set(_last_moves(self.bands).index) == self.telling:
            return "never moved"
        return f"{agreeing(number, 'has', 'have')} no recorded position"

    def left_out(self, actor_ids: list[str]) -> str:
        """How many more moved, and how many never did."""
        moved = len(_last_moves(self.bands).index.intersection(actor_ids))
        still = len(actor_ids) - moved
        if not moved:
            return f"and {still} more that never moved"
        return f"and {moved} more that moved{f', {still} that never did' if still else ''}"

    def header_height(self, look: Look) -> int:
        """Room for what the axis labels, which may have two lines."""
        return ROW + SMALL_LINE * any("<br>" in text for text in self._ticks(look).values())

    def header_labels(self, row: Row, look: Look) -> list[dict[str, Any]]:
        """The years, or what else the axis labels."""
        return [_year(moment, text, row, look) for moment, text in self._ticks(look).items()]

    def columns(self, stack: list[Row], look: Look) -> dict[str, Any]:
        """The time from the first day of the record to the end of the day."""
        lines = {"tickvals": list(self._ticks(look)), "showticklabels": False}
        return {**time_axis(self._start(), self.end, look), **lines}

    def marks(self, stack: list[Row], look: Look) -> list[Trace]:
        """The bars, a trace for each stance."""
        middles = {row.key: row.middle for row in stack if row.kind == "actor"}
        shown, recognitions = (
            bands[bands["actor_id"].isin(middles)].assign(y=lambda bands: bands["actor_id"].map(middles))
            for bands in (self.bands, self.recognitions)
        )
        bars = [
            self._bars(term.label, STANCE_PAINTS[code], _outline(code), shown[shown["stance"] == code], look)
            for code, term in TERMS.items()
            if code in set(shown["stance"])
        ]
        over = self._bars(RECOGNISES.label, paint_of(RECOGNISES), OUTLINE, recognitions, look)
        return [*bars, over] if len(recognitions) else bars

    def _ticks(self, look: Look) -> dict[pd.Timestamp, str]:
        """What the axis labels, by moment: as many years as there is room for beside the names."""
        return time_ticks(self._start(), self.end, (look.room - NAMES) // YEAR)

    def _start(self) -> pd.Timestamp:
        return self.bands["start"].min() if len(self.bands) else self.end - pd.Timedelta(days=1)

    def _bars(self, label: str, paint: Paint, outline: Paint, bands: pd.DataFrame, look: Look) -> Trace:
        return trace(
            "bar",
            **spans(bands, BAR),
            marker={"color": look.of(paint), "line": {"width": 0.5, "color": look.of(outline)}},
            hovertext=[
                f"<b>{self.name_of(actor_id)}</b><br>{label}<br>{long_date(since)} – {long_date(until)}"
                for actor_id, since, until in zip(bands["actor_id"], bands["since"], bands["until"], strict=True)
            ],
            hovertemplate=f"%{{hovertext}}{CLICK}",
        )


def _outline(code: str) -> Paint:
    """The bars of those with a position come forward, all others stay back."""
    return OUTLINE if code in WITH_POSITION else RULE


def _last_moves(bands: pd.DataFrame) -> pd.Series:
    """The moment of the last move of each actor that had more than one stance, by actor_id."""
    coded = bands[bands["stance"] != NOT_CODED.code]
    starts = coded.groupby("actor_id", sort=False)["start"]
    return starts.max()[starts.size() > 1]


def _latest_first(rows: pd.DataFrame, bands: pd.DataFrame) -> tuple[str, ...]:
    """The actors that moved, the latest first, and then all others by their stance."""
    moved = _last_moves(bands).reindex(rows.index)
    order = pd.DataFrame({"moved": moved, "stance": rows["stance"].map(list(TERMS).index)})
    order = order.sort_values(["moved", "stance"], ascending=[False, True], na_position="last", kind="stable")
    return tuple(order.index)


def _year(moment: pd.Timestamp, text: str, row: Row, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "x": moment,
        "y": row.middle,
        "yref": "y",
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": look.of(QUIET)},
    }
