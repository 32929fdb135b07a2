"""In what a sum of money is shown: US dollars, as it was stated, per head, or as a share of the plan of a year.

Only denominators with a source are offered: the population in tracker.toml and the plans in funds.csv.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import money, people
from components.summaries.plans import plan_years

USD, STATED, HEAD, PLAN = "usd", "stated", "head", "plan"


@dataclass(frozen=True, slots=True)
class Unit:
    """How US dollars are shown: divided by `divisor` on an axis with `prefix` and `suffix`, in words by `words`.

    `note` names the denominator for the footer; "" where there is none.
    """

    code: str
    label: str
    divisor: float = 1e9
    prefix: str = "$"
    suffix: str = "bn"
    words: Callable[[float, float | None], str] = money
    note: str = ""

    def text(self, low: float, high: float | None = None) -> str:
        """An amount or range of US dollars, in this unit; not to be asked for NaN."""
        return self.words(low, high)


@remembered(most=32)
def units(record: Record, day: dt.date, year: int | None = None) -> Mapping[str, Unit]:
    """The units that can be had on a day, by code. The plan is that of `year`, else the newest."""
    found = [
        Unit(USD, "US dollars"),
        Unit(STATED, "As stated", note="Names give sums in the currencies in which they were stated, bars US dollars."),
    ]
    if population := record.tracker.population:
        inhabitants = float(population["people"])
        note = f"Per head: of {people(inhabitants)} inhabitants in {population['year']}."
        found.append(Unit(HEAD, "Per head", inhabitants, suffix="", words=_per(inhabitants), note=note))
    plans = plan_years(record, day)
    plans = plans[plans["required"] > 0]
    plans = plans[plans["year"] == year] if year else plans
    if len(plans):
        plan = plans.iloc[-1]
        asked = money(plan["required"])
        note = f"Share of the plan: of the {asked} that the humanitarian plan for {plan['year']} required."
        required = float(plan["required"])
        found.append(Unit(PLAN, "Share of the plan", required / 100, "", "%", _share(required), note))
    return {unit.code: unit for unit in found}


def _per(inhabitants: float) -> Callable[[float, float | None], str]:
    def words(low: float, high: float | None = None) -> str:
        return f"{_ends(low / inhabitants, (low if high is None else high) / inhabitants, '$')} a head"

    return words


def _share(required: float) -> Callable[[float, float | None], str]:
    def words(low: float, high: float | None = None) -> str:
        return f"{_ends(100 * low / required, 100 * (low if high is None else high) / required, '')}% of the plan"

    return words


def _ends(low: float, high: float, prefix: str) -> str:
    """Both ends of a range with as many digits as the smaller one needs, or one figure where they are the same."""
    digits = 0 if low >= 10 else 1 if low >= 1 else 2
    ends = [f"{value:,.{digits}f}" for value in (low, high)]
    return prefix + (ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}")
