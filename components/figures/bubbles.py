"""Money by lever and stance of the holder, as circles: the cross-tab with sums for numbers."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Self

import pandas as pd

from components.figures.crosstab import EDGE, Crosstab
from components.figures.figure import Options
from components.figures.theme import LINE, Look
from components.record.model import Record
from components.record.vocabulary import LEVERS, Term
from components.record.wording import enumerated, money
from components.summaries.crosstab import COLUMNS, MEASURES, amounts, crosstab, money_of_actors
from components.summaries.currency import DOLLARS, currency_name, currency_of, figure_in, sign
from components.summaries.flows import drawn_flows
from components.summaries.funds import stock_frame
from components.summaries.sources import source_ids

HELD, GIVEN = MEASURES
NAMED = 5  # actors without a figure in the currency
WHAT = {HELD: "held back", GIVEN: "promised or paid"}
NARROW = 480  # px; where there may be less, sums stand below their circles


@dataclass(frozen=True)
class Bubbles(Crosstab):
    """The money of those who hold each lever: `totals` has a `money.Total` for each cell, `measure` says which money.

    `apart` are those of whom no figure in `currency` is known, each with what is stated.
    """

    name: ClassVar[str] = "bubbles"
    label: ClassVar[str] = "Money by lever"
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    right: ClassVar[int] = 24

    totals: pd.DataFrame
    measure: str
    currency: str
    apart: tuple[str, ...]

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The money of the day. Levers whose holders have none are left out."""
        cells = crosstab(record, day, options.passing)
        totals = amounts(record, day, cells, options.measure)
        kept = totals.index[totals.map(lambda total: total.value is not None).any(axis=1)]
        names = record.actors["name"].to_dict()
        own = money_of_actors(record, day, options.measure)
        holders = [actor_id for actor_id in own if any(actor_id in ids for ids in cells.to_numpy().ravel())]
        without = [actor_id for actor_id in holders if own[actor_id].value is None]
        rows = stock_frame(record, day) if options.measure == HELD else drawn_flows(record, day)
        return cls(
            tuple(source_ids(rows[rows["actor_id"].isin(holders)])),
            options.unmatched,
            cells.loc[kept],
            names,
            totals.loc[kept],
            options.measure,
            currency_of(record),
            tuple(f"{names[actor_id]} {own[actor_id].as_stated()}" for actor_id in without),
        )

    def about(self) -> str:
        """Which money it is."""
        return f"{MEASURES[self.measure]}, by lever and stance of the holder"

    def subtitle(self) -> str:
        """The measure, the unit and whom it covers."""
        return (
            f"Money {WHAT[self.measure]} by the holders of each lever, by their stance, {currency_name(self.currency)}"
        )

    def finding(self) -> str:
        """Where the largest sum lies."""
        sums = self.sizes.stack().dropna()
        if self.unmatched or sums.empty:
            return self.unmatched or f"No {figure_in(self.currency)} is recorded for those who hold a lever"
        lever, stance = sums.idxmax()
        alike = self.cells.index[[ids == self.cells.at[lever, stance] for ids in self.cells[stance]]]
        levers = enumerated([LEVERS[str(code)].label.lower() for code in alike], 2)
        label = next(term.label for term in COLUMNS if term.code == stance).lower()
        return f"Largest sum {WHAT[self.measure]}: {self.text(sums.max())}, by holders of {levers} ({label})"

    def table(self) -> pd.DataFrame:
        """The money of those who hold each lever, by stance, in millions of the currency, and who they are."""
        sizes, millions = self.sizes, f"{sign(self.currency)}m"
        rows = [
            {
                "Lever": LEVERS[str(lever)].label,
                "Stance": term.label,
                millions: round(sizes.at[lever, term.code] / 1e6, 1),
                "In words": self.totals.at[lever, term.code].amounts(),
                "Who": ", ".join(self.names[actor_id] for actor_id in self.cells.at[lever, term.code]),
            }
            for lever in self.cells.index
            for term in COLUMNS
            if self.totals.at[lever, term.code].rows
        ]
        return pd.DataFrame(rows, columns=["Lever", "Stance", millions, "In words", "Who"])

    def notes(self) -> list[str]:
        """What the circles mean, and who is in none of them."""
        read = (
            "Area of a circle: money of the actors who hold that lever. It stands in every row of theirs: "
            "rows are not to be added."
        )
        unit = f" Sums in {currency_name(self.currency)}." if self.currency != DOLLARS else ""
        without = f"Not drawn, without a {figure_in(self.currency)}: {enumerated(self.apart, NAMED)}."
        return [*([read + unit] if len(self.cells) else []), *([without] if self.apart else [])]

    @property
    def sizes(self) -> pd.DataFrame:
        """The sum of each cell."""
        return self.totals.map(lambda total: total.number).astype(float)

    def text(self, size: float) -> str:
        """A sum in words."""
        return money(size, currency=self.currency)

    def mark(self, size: float) -> str:
        """A sum without the code of its currency, for which there is no room."""
        return self.text(size).removeprefix("" if self.currency == DOLLARS else sign(self.currency))

    def row(self, look: Look) -> int:
        """A line more where sums stand below."""
        return super().row(look) + (LINE - EDGE if self._below(look) else 0)

    def rank(self) -> pd.Series:
        """The largest circle of each lever: the money of an actor stands in several cells."""
        return self.sizes.max(axis=1)

    def at_most(self, size: float) -> str:
        """What is said of levers that rank no higher than this."""
        return f"with {self.text(size)} or less" if size >= 0 else "with no sum"

    def place_of(self, across: float, look: Look) -> str:
        """Below the circle, or beside it where there is room."""
        return "bottom center" if self._below(look) else "middle right"

    def told(self, lever: str, term: Term) -> str:
        """The sum with all that it leaves out."""
        return str(self.totals.at[lever, term.code].amounts())

    def _below(self, look: Look) -> bool:
        return look.width < NARROW
