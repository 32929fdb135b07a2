"""Pledged to paid: for each giver a mark for each stage on one line, so that the way still to go shows."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd

from components.figures.figure import Key, Options
from components.figures.money_bars import BarRow, MoneyBars, Placed
from components.figures.money_columns import ROOMY, Column, in_columns
from components.figures.theme import CLICK, FAINT, MIDDLE, PAPER, STRONG, Drawing, Look, Trace, plain, trace, wrapped
from components.record.model import Record
from components.record.vocabulary import MONEY, STATUSES
from components.record.wording import about, counted, day_in_words, sentence, sign
from components.summaries import flows
from components.summaries.currency import converted_in, currency_of
from components.summaries.flows import FLOW_STAGES
from components.summaries.sources import source_ids
from components.summaries.units import PLAIN, STATED, units

FILLS = dict(zip(FLOW_STAGES, (PAPER, FAINT, STRONG), strict=True))
SIZES = dict(zip(FLOW_STAGES, (13, 9, 11), strict=True))  # px
BARS_AT, SPAN = 0.155, 0.44  # where the lines of givers begin, and how long they may be, in shares of the width
MOST = 10  # givers that are drawn unless a reader asks for all


@dataclass(frozen=True)
class Pledges(MoneyBars):
    """The givers of all days or of one conference, largest first.

    `frame` as from `flows.flow_frame` and `found` as from `flows.pledges_on`; `held` is when the conference was, in
    words, and `start` the first day of the record.
    """

    name: ClassVar[str] = "pledges"
    label: ClassVar[str] = MONEY["pledges"].label
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    one: ClassVar[str] = "giver"
    turns: ClassVar[int] = ROOMY

    frame: pd.DataFrame
    found: flows.Pledges
    held: str
    start: str
    everyone: bool

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """Whether any giver is drawn on whatever day."""
        return not flows.flow_frame(record, record.tracker.data_until).empty

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The flows of the day; a conference that was not held yet is as if none was chosen."""
        known = flows.conferences(record, day).set_index("id")["date"]
        conference = options.conference if options.conference in known.index else ""
        offered = units(record, day, known[conference].year if conference else None)
        chosen = record, day, options.passing, conference
        return cls(
            tuple(source_ids(flows.drawn_flows(*chosen))),
            offered.get(options.unit, offered[PLAIN]),
            currency_of(record),
            options.unmatched,
            converted_in(record, flows.drawn_flows(*chosen)),
            flows.flow_frame(*chosen),
            flows.pledges_on(*chosen),
            day_in_words(known[conference].date()) if conference else "",
            day_in_words(record.tracker.start),
            options.everyone,
        )

    def about(self) -> str:
        """The way of the money, and the conference."""
        return "Pledged to paid" + (f": the conference of {self.held}" if self.held else "")

    def finding(self) -> str:
        """What was pledged or, where that is not one sum, who paid most; how many have any payment on record."""
        when = f"The conference of {self.held}: " if self.held else ""
        paid = self.frame["disbursed"].dropna()
        if self.unmatched or not self.found.total.others or self.found.givers == 1:
            return self.unmatched or f"{when}{self.found.in_words(self.unit.text)}"
        most = f"{self.frame.at[paid.idxmax(), 'holder']} paid most; " if len(paid) > 1 else ""
        return sentence(f"{when}{most}{self.found.paid_of_all()}")

    def subtitle(self) -> str:
        """The measure, the unit and whom it covers."""
        when = f"on {self.held}" if self.held else f"since {self.start}"
        return f"Each giver’s own money {when}, {self.in_unit()}"

    def draw(self, look: Look) -> Drawing:
        """A giver's name, line and sums on one line where there is room, else its words above its line."""
        return in_columns(self, [Column(self.rows(), 0, BARS_AT, 1)], SPAN, look) or super().draw(look)

    def alt(self) -> str:
        """What each giver pledged, committed and paid."""
        parts = [f"{row.holder}: {self._stages(row)}" for row in self.frame.itertuples()]
        return f"Bar chart of {counted(len(parts), 'giver')}. {'; '.join(parts) or 'No bar'}."

    def table(self) -> pd.DataFrame:
        """One row for each giver with its stages in millions of the currency, and what could not be drawn."""
        frame, millions = self.frame, f"{sign(self.currency)}m"
        columns: dict[str, Any] = {"Giver": frame["holder"]}
        for stage in FLOW_STAGES:
            label = STATUSES[stage].label
            columns[f"{label}, {millions}"] = (frame[stage] / 1e6).round(1)
            columns[f"{label}, as stated"] = frame[f"{stage}_stated"]
        columns[f"Not reported as used, {millions}"] = (frame["gap"] / 1e6).round(1)
        return pd.DataFrame({**columns, "Covers": frame["reach"], "Not converted": frame["unconverted"]})

    def legend(self) -> list[Key]:
        """The stages of which any bar is drawn."""
        drawn = [stage for stage in FLOW_STAGES if self.frame[stage].notna().any()]
        return [Key(STATUSES[stage].label, FILLS[stage], STRONG, 2, SIZES[stage], is_round=True) for stage in drawn]

    def notes(self) -> list[str]:
        """Since when, what a missing mark means, and the unit."""
        read = f"Givers since {self.start}. Where no payment is recorded, that is not to say that nothing was paid."
        return [text for text in (read if len(self.frame) else "", self.converted.note, self.unit.note) if text]

    def note(self) -> str:
        """What a missing payment means, and what is converted."""
        read = "Unrecorded is not unpaid." if len(self.frame) else ""
        return f"{read} {self.converted.short}".strip()

    def rows(self) -> list[BarRow]:
        """The largest givers, or every one where a reader asks for all."""
        rows = self.every_row()
        if self.everyone or len(rows) <= MOST:
            return rows
        return [*rows[:MOST], *self._rest(rows[MOST:][::-1], rows[MOST - 1])]

    def every_row(self) -> list[BarRow]:
        """A row for each giver; where there is little room, with its largest stage alone."""
        rows = []
        for row, sums in zip(self.frame.itertuples(), self.frame[FLOW_STAGES].to_dict("records"), strict=True):
            known = {stage: value for stage, value in sums.items() if pd.notna(value)}
            largest = max(known, key=known.__getitem__, default="")
            words = self._stages(row, [largest]) if largest else self._stages(row)
            rows.append(BarRow("bars", row.holder, self._stages(row), words, known.get(largest, math.nan), row))
        return rows

    def bars(self, placed: list[Placed], thickness: int, look: Look) -> list[Trace]:
        """For each giver a line between its stages, and a mark for each: open if promised, filled if paid."""
        spans = [(min(known), max(known), each.middle) for each in placed if (known := _known(each.row.entry))]
        line = trace(
            "scatter",
            x=[x for low, high, _ in spans for x in (low, high, None)],
            y=[y for *_, at in spans for y in (at, at, None)],
            mode="lines",
            line={"color": look.of(MIDDLE), "width": 2},
            hoverinfo="skip",
        )
        return [line, *(self._marks(placed, stage, look) for stage in FLOW_STAGES)]

    def _marks(self, placed: list[Placed], stage: str, look: Look) -> Trace:
        rows = [(each.row.entry, each.middle) for each in placed if pd.notna(getattr(each.row.entry, stage))]
        return trace(
            "scatter",
            x=[getattr(row, stage) for row, _ in rows],
            y=[at for _, at in rows],
            mode="markers",
            marker={
                "symbol": "circle",
                "size": SIZES[stage],
                "color": look.of(FILLS[stage]),
                "line": {"width": 2, "color": look.of(STRONG)},
            },
            customdata=[row.actor_id for row, _ in rows],
            hovertext=[self._hover(row, stage) for row, _ in rows],
            hovertemplate=f"%{{hovertext}}{CLICK}",
        )

    def _stages(self, row: Any, stages: Sequence[str] = FLOW_STAGES) -> str:
        """“pledged $868m, committed €30m”: what is reported, as stated where it has no figure in the currency."""
        told = [
            f"{STATUSES[stage].label.lower()} {self._sum(row, stage)}"
            for stage in stages
            if getattr(row, f"{stage}_stated")
        ]
        paid = FLOW_STAGES[-1]
        return ", ".join([*told, *(["no payment recorded"] if paid in stages and not row.disbursed_stated else [])])

    def _sum(self, row: Any, stage: str) -> str:
        value, stated = getattr(row, stage), getattr(row, f"{stage}_stated")
        return str(stated) if self.unit.code == STATED or pd.isna(value) else self._drawn(row, stage)

    def _drawn(self, row: Any, stage: str) -> str:
        """The sum at which a mark stands."""
        return about(self.unit.text(getattr(row, stage)), is_so=getattr(row, f"{stage}_about"))

    def _hover(self, row: Any, stage: str) -> str:
        """The sum of the stage, as stated too where that says more, the gap, whom it covers and what is not drawn."""
        drawn, stated = self._drawn(row, stage), getattr(row, f"{stage}_stated")
        facts = [
            f"{STATUSES[stage].label} {drawn}" + (f", as stated {stated}" if stated != drawn else ""),
            f"{self.unit.text(row.gap)} of the promise not reported as used" if row.gap > 0 else "",
            row.reach,
            row.unconverted,
        ]
        return "<br>".join([f"<b>{plain(row.holder)}</b>", *(line for fact in facts for line in wrapped(fact))])


def _known(row: Any) -> list[float]:
    """The sums of a giver that are known, which its line goes between."""
    return [value for stage in FLOW_STAGES if pd.notna(value := getattr(row, stage))]
