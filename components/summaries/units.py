"""In what a sum of money is shown: the record's currency, as stated, per head, or as a share of the plan of a year.

Only denominators with a source are offered: the population in tracker.toml and the plans in funds.csv.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import MILLION, money, people, sign
from components.summaries.currency import currency_name, currency_of
from components.summaries.fund_rows import all_figures
from components.summaries.plans import plan_years

PLAIN, STATED, HEAD, PLAN = "plain", "stated", "head", "plan"
SMALLEST = 0.005  # what is less would be written as 0.00


@dataclass(frozen=True, slots=True)
class Unit:
    """How sums are shown: in words by `words`, on an axis in steps of `one`, each spelt by `tick`.

    `note` names the denominator for the footer; "" where there is none.
    """

    code: str
    label: str
    words: Callable[[float, float], str]
    tick: Callable[[float], str]
    one: float = 1
    note: str = ""

    def text(self, low: float, high: float | None = None) -> str:
        """An amount or range in the record's currency, in this unit; not to be asked for what is not known."""
        return self.words(low, low if high is None else high)


@remembered(most=32)
def units(record: Record, day: dt.date, year: int | None = None) -> Mapping[str, Unit]:
    """The units that can be had on a day, by code. The plan is that of `year`, else the newest."""
    currency = currency_of(record)
    name, words = currency_name(currency), partial(money, currency=currency)
    found = [Unit(PLAIN, name[:1].upper() + name[1:], words, words)]
    if (all_figures(record)["stated_in"] != currency).any():
        note = f"Names give sums in the currencies in which they were stated, bars {name}."
        found.append(Unit(STATED, "As stated", words, words, note=note))
    inhabitants = float(record.tracker.population.get("people", 0))
    if inhabitants > 0:
        note = f"Per head: of {people(inhabitants)} inhabitants in {record.tracker.population['year']}."
        tick = partial(_tick, one=inhabitants, currency=currency)
        found.append(Unit(HEAD, "Per head", _per(inhabitants, currency), tick, inhabitants, note))
    plans, noun = plan_years(record, day), record.words.money["plan"]
    known = [plan for plan in plans.to_dict("records") if plan["required"] > 0 and not plan["asked"].others]
    for plan in [plan for plan in known if not year or plan["year"] == year][-1:]:
        required = float(plan["required"])
        note = f"Share of the plan: of the {words(required)} that the {noun} for {plan['year']} required."
        found.append(
            Unit(PLAN, "Share of the plan", _share(required), partial(_part, of=required), required / 100, note)
        )
    return {unit.code: unit for unit in found}


def _tick(amount: float, one: float, currency: str) -> str:
    """A round sum of an axis; a large one in words, as else it would have an exponent."""
    sums = amount / one
    return money(sums, currency=currency) if sums >= MILLION else f"{sign(currency)}{sums:,g}"


def _part(amount: float, of: float) -> str:
    return f"{100 * amount / of:,g}%"


def _per(inhabitants: float, currency: str) -> Callable[[float, float], str]:
    def words(low: float, high: float) -> str:
        ends = low / inhabitants, high / inhabitants
        return f"{money(*ends, currency) if ends[1] >= MILLION else _ends(*ends, sign(currency))} a head"

    return words


def _share(required: float) -> Callable[[float, float], str]:
    return lambda low, high: f"{_ends(100 * low / required, 100 * high / required, '')}% of the plan"


def _ends(low: float, high: float, prefix: str) -> str:
    """Both ends of a range with as many digits as the smaller one needs, or one figure where they are the same.

    What is above nothing is never written as nothing.
    """
    digits = 0 if low >= 10 else 1 if low >= 1 else 2
    ends = [f"{value:,.{digits}f}" for value in (low, high)]
    if 0 < low < SMALLEST:
        return f"under {prefix}0.01" if high < SMALLEST else f"up to {prefix}{ends[1]}"
    return prefix + (ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}")
