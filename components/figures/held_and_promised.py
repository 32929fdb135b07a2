"""What is held back now beside what was asked and paid: pools, yearly plans and pledges on one scale, never added."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import pandas as pd

from components.figures.figure import Key, Options
from components.figures.money_bars import BarRow, Placed, horizontal
from components.figures.money_columns import ROOMY, Column, in_columns
from components.figures.stocks import Pool, Stocks
from components.figures.theme import PAPER, QUIET, Drawing, Look, Trace, trace, wrapped
from components.record.model import Record
from components.record.vocabulary import MONEY
from components.record.wording import about, counted, day_in_words, enumerated, money, percent, sentence
from components.summaries.currency import converted_in, currency_name, currency_of
from components.summaries.flows import Pledges, drawn_flows, pledge_rows, pledges_on
from components.summaries.funds import GROUPS
from components.summaries.ledger import ledger
from components.summaries.plans import newest_in_words, plan_years, rows_of_plans
from components.summaries.sources import source_ids
from components.summaries.units import PLAIN

LATEST = 8  # plans that have a row
PLANS = "Asked and received, by year of the plan"
PAID = 0.55  # of a bar's thickness, of the bar inside it
# Where the columns of the two panels lie, and how long their bars may be, in shares of the width.
HELD_AT, PROMISED_AT, SPAN = (0, 0.155, 0.495), (0.52, 0.585, 1), 0.28
ALONE_AT = (0, 0.155, 1)


@dataclass(frozen=True)
class HeldAndPromised(Stocks):
    """The pools of a day, the latest plans as from `plans.plan_years`, and what was pledged by the day.

    There are so many `earlier` plans, which the figure of all plans shows. `noun` is what the subject calls a plan, ""
    where filters leave some actors out: plans know none.
    """

    name: ClassVar[str] = "held_and_promised"
    label: ClassVar[str] = MONEY["held_and_promised"].label
    one: ClassVar[str] = "sum"
    rests_on: ClassVar[str] = "funds"
    statuses: ClassVar[tuple[str, ...]] = ()
    turns: ClassVar[int] = ROOMY
    names: ClassVar[float] = 0.66

    plans: pd.DataFrame
    earlier: int
    pledged: Pledges
    start: str
    noun: str

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The pools, the plans and the pledges of the day, always in the record's currency."""
        found = ledger(record, day, options.passing, PLAIN)
        plans, pledged = plan_years(record, day), pledges_on(record, day, options.passing)
        behind = found.frame, found.parts, rows_of_plans(record, day)
        cited = source_ids(*behind, drawn_flows(record, day, options.passing))
        return cls(
            tuple(cited),
            found.unit,
            currency_of(record),
            options.unmatched,
            converted_in(record, *behind, pledge_rows(record, day, options.passing)),
            found,
            plans.tail(LATEST),
            max(len(plans) - LATEST, 0),
            pledged,
            day_in_words(record.tracker.start),
            record.words.money["plan"] if options.passing is None else "",
        )

    def about(self) -> str:
        """What is beside what."""
        held = ["money held back now"] if len(self.ledger.frame) else []
        moved = [*(["asked"] if len(self.plans) else []), *(["promised", "paid"] if self.pledged.givers else [])]
        moved = [f"money {enumerated(moved, len(moved))}"] if moved else []
        return sentence(", and ".join([*held, *moved])) or self.label

    def finding(self) -> str:
        """What is held back, and for how many givers any payment is on record; never in one sum."""
        first = list(self.ledger.totals.items())[:1]
        said = [found.amounts(GROUPS[group].lower(), self.unit.text) for group, found in first]
        paying, givers = self.pledged.paying, counted(self.pledged.givers, "giver")
        said += [f"{paying} of {givers} known to have paid"] if self.pledged.givers else []
        said += [newest_in_words(self.plans, self.noun)] if self.noun and len(self.plans) and not said else []
        return self.unmatched or "; ".join(said) or "No sum is recorded"

    def subtitle(self) -> str:
        """The measure and the unit."""
        return f"Sums in {currency_name(self.currency)}, all on one scale and never added to each other"

    def alt(self) -> str:
        """Every pool, every plan and the pledges."""
        plans = [f"{words}." for words in self.plans["words"]]
        pools = [super().alt()] if len(self.ledger.frame) else []
        pledges = [f"{sentence(self.pledged.in_words())}."] if self.pledged.givers else []
        return " ".join([*pools, *plans, *pledges]) or "It is empty."

    def table(self) -> pd.DataFrame:
        """One row for each bar: what it is, and its amount in words."""
        rows = [row for row in self.rows() if row.kind == "bars"]
        return pd.DataFrame({"What": [row.name for row in rows], "Amount": [row.short for row in rows]})

    def legend(self) -> list[Key]:
        """The states of pools, and what was asked and paid."""
        label = "Asked or pledged" if self.pledged.givers else "Asked"
        asked = Key(label, PAPER, QUIET, 1.5, short="Asked")
        plans = [asked, Key("Received", QUIET)] if len(self.plans) else []
        return [*super().legend(), *plans]

    def notes(self) -> list[str]:
        """What must not be added, what the lines and the hatches mean."""
        frame = self.ledger.frame
        ranged = "Line below a bar: lowest to highest figure." if (frame["high"] > frame["low"]).any() else ""
        hatched = "Hatched: as reported before the year was over." if self.plans["open"].any() else ""
        told = " ".join(filter(None, (self._apart(), ranged, hatched, self.converted.note)))
        return [told] if told else []

    def _apart(self) -> str:
        """That what stands side by side is never added, where anything does."""
        over_years = [*(["plans"] if len(self.plans) else []), *(["pledges"] if self.pledged.givers else [])]
        held = ["held back is what lies there on this day"] if len(self.ledger.frame) else []
        run = [f"{' and '.join(over_years)} run over years"] if over_years else []
        side_by_side = len(held) + len(over_years) > 1
        return sentence(f"{', '.join([*held, *run])}: they are never added.") if side_by_side else ""

    def rank(self, row: BarRow) -> tuple[int, float]:
        """Pools of which a sum is known are left out last."""
        return int(isinstance(row.entry, Pool) and row.size >= 0), super().rank(row)[1]

    def note(self) -> str:
        """What the hatches mean, and what is converted; that nothing may be added stands above the drawing."""
        hatched = "Hatched: year not over." if self.plans["open"].any() else ""
        return f"{hatched} {self.converted.short}".strip()

    def rows(self) -> list[BarRow]:
        """The pools, the plans by year, and the pledges."""
        return [*self._held(), *self._promised()]

    def draw(self, look: Look) -> Drawing:
        """Two panels side by side where there is room, else one below the other."""
        columns = [Column(self._held(), *HELD_AT), Column(self._promised(), *PROMISED_AT)]
        if not all(column.rows for column in columns):
            columns = [Column(self.rows(), *ALONE_AT)]
        return in_columns(self, columns, SPAN, look) or super().draw(look)

    def _held(self) -> list[BarRow]:
        """The pools under the totals of their groups, each with the day of its figure."""
        rows = super().rows()
        return [_dated(row) if isinstance(row.entry, Pool) else row for row in rows]

    def _promised(self) -> list[BarRow]:
        """The plans by year, then what was pledged and for how many givers any payment is on record."""
        rows = [BarRow("heading", PLANS)] if len(self.plans) else []
        for plan in self.plans.itertuples():
            words = _in_words(plan)
            rows.append(BarRow("bars", str(plan.year), words, _in_short(plan), plan.required, plan))
        rows += [BarRow("rest", f"and {counted(self.earlier, 'earlier year')}")] if self.earlier else []
        if self.pledged.givers:
            found = self.pledged.total
            amount, besides = found.as_stated(), ""
            if found.low is not None:
                amount = about(money(found.low, found.high, self.currency), is_so=found.is_converted)
                besides = f"besides {found.besides()}; " if found.others else ""
            rows += [
                BarRow("heading", f"Pledged by {counted(self.pledged.givers, 'giver')} since {self.start}"),
                BarRow("bars", "Pledges", amount, f"{amount} by {self.pledged.givers}", found.number, self.pledged),
                BarRow("rest", sentence(f"{besides}{self.pledged.paid_in_words()}")),
            ]
        return rows

    def bars(self, placed: list[Placed], thickness: int, look: Look) -> list[Trace]:
        """The bars of the pools, and those of plans and pledges with what was received inside them."""
        pools = [each for each in placed if isinstance(each.row.entry, Pool)]
        others = [each for each in placed if not isinstance(each.row.entry, Pool)]
        received = [
            (each.row.entry.received, each.middle)
            for each in others
            if not isinstance(each.row.entry, Pledges) and each.row.entry.received >= 0
        ]
        hatched = [_is_open(each.row.entry) for each in others]
        asked = trace(
            "bar",
            **horizontal([(each.row.size, each.middle) for each in others], thickness),
            marker={
                "color": look.of(PAPER),
                "line": {"width": 1.5, "color": look.of(QUIET)},
                "pattern": {"shape": ["/" if is_open else "" for is_open in hatched], "fgcolor": look.of(QUIET)},
            },
            hovertext=["<br>".join(wrapped(each.row.amount or each.row.name)) for each in others],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        paid = trace("bar", **horizontal(received, thickness * PAID), marker={"color": look.of(QUIET)})
        paid["hoverinfo"] = "skip"
        return [*super().bars(pools, thickness, look), asked, paid]


def _dated(row: BarRow) -> BarRow:
    """A row of a pool with the day of its figure."""
    return replace(row, amount=f"{row.amount}, as of {row.entry.row.since}")


def _in_words(plan: Any) -> str:
    """“asked $4.4bn, received $3.3bn (74%)”; of a year that was not over with the day of what was received."""
    asked = f"asked {plan.asked.amounts()}"
    if not plan.given.rows:
        return f"{asked}, nothing reported as received"
    part = "" if plan.share.value is None else f" ({percent(plan.share.value)})"
    return f"{asked}, received {plan.given.amounts()}{part}{f' {plan.by}' if plan.open else ''}"


def _in_short(plan: Any) -> str:
    """“$3.3bn of $4.4bn (74%)”; of a year that was not over without the share, which may still grow."""
    if not plan.given.rows:
        return f"none reported of {plan.asked.amounts()}"
    share = "" if plan.open or plan.share.value is None else f" ({percent(plan.share.value)})"
    return f"{plan.given.amounts()} of {plan.asked.amounts()}{share}"


def _is_open(entry: Any) -> bool:
    """Whether it is the plan of a year that was not over when its last figure was made."""
    return bool(getattr(entry, "open", False))
