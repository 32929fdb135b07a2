"""The ledger of money held back: a bar for each pool, what is known of its inside apart, its range below it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

import pandas as pd

from components.figures.figure import Key, Options
from components.figures.money_bars import STOCK_PAINTS, BarRow, MoneyBars, Placed, horizontal
from components.figures.theme import ACCENT, CLICK, INK, PAPER, Look, Trace, plain, trace, wrapped
from components.record.model import Record
from components.record.vocabulary import CONFIDENCES, MONEY, STATUSES
from components.record.wording import about, counted, long_date, sentence
from components.summaries.currency import converted_in, currency_of
from components.summaries.funds import GROUPS, INTEREST
from components.summaries.ledger import Ledger, ledger
from components.summaries.money import end_to_end
from components.summaries.sources import source_ids
from components.summaries.terms import terms_of
from components.summaries.units import STATED

WHISKER = 4  # px from a bar to its range
LEAST = 0.005  # of a pool: less than that beside its known parts is not drawn


class Pool(NamedTuple):
    """A pool and what is known of its inside: rows as from `fund_rows.with_figures`."""

    row: Any
    parts: list[Any]


class Stretch(NamedTuple):
    """A stretch of a bar, in the record's currency from the bar's beginning."""

    y: float
    base: float
    value: float
    is_interest: bool
    row: Any
    hover: str


@dataclass(frozen=True)
class Stocks(MoneyBars):
    """The pools of a day in groups, whose totals are never added to each other."""

    name: ClassVar[str] = "stocks"
    label: ClassVar[str] = MONEY["stocks"].label
    place: ClassVar[tuple[str, dict[str, str]]] = ("funds", {})
    statuses: ClassVar[tuple[str, ...]] = ("frozen", "in_trust", "suspended")
    one: ClassVar[str] = "pool"

    ledger: Ledger

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The ledger of the day; a unit that cannot be had is the currency's."""
        found = ledger(record, day, options.passing, options.unit)
        cited = tuple(source_ids(found.frame, found.parts))
        told = converted_in(record, found.frame, found.parts)
        return cls(cited, found.unit, currency_of(record), options.unmatched, told, found)

    def about(self) -> str:
        """What the pools are."""
        return "Money held back"

    def finding(self) -> str:
        """What is held back, by group; never added up."""
        totals = self.ledger.totals.items()
        parts = [found.amounts(GROUPS[group].lower(), self.unit.text) for group, found in totals]
        return self.unmatched or "; ".join(parts) or "No sum is recorded as held back"

    def subtitle(self) -> str:
        """The measure and the unit."""
        return f"Money held back on this day, by who holds it, {self.in_unit()}"

    def alt(self) -> str:
        """The pools of each group, each with its amount and whose money it is."""
        told = [f"Bar chart of {counted(len(self.ledger.frame), 'pool')}"]
        for group, pools in self._groups():
            told.append(self.ledger.headings[group])
            told += [f"{pool.row.holder}: {self._amount(pool.row)}, {_state(pool.row)}" for pool in pools]
        return f"{'. '.join(told)}."

    def table(self) -> pd.DataFrame:
        """One row for each pool: who holds whose money, how much, who can release it, on what condition, how sure."""
        frame, parts = self.ledger.frame, self.ledger.parts
        terms = [terms_of(text) for text in frame["terms"]]
        inside = [", ".join(parts.loc[parts["part_of"] == row_id, "figure"]) for row_id in frame["id"]]
        return pd.DataFrame(
            {
                "Holder": frame["holder"],
                "Owner": frame["owner_name"],
                "State": [STATUSES[code].label for code in frame["status"]],
                "Amount": frame["figure"],
                "As of": frame["since"],
                "Where": frame["channel"],
                "Who can release it": [sentence(part.release) for part in terms],
                "On what condition": [sentence(part.condition) for part in terms],
                "Legal state": [sentence(part.state) for part in terms],
                "Note": [sentence(part.note) for part in terms],
                "Confidence": [CONFIDENCES[code].label for code in frame["confidence"]],
                "Of it": inside,
                "As stated": frame["stated"],
            }
        )

    def legend(self) -> list[Key]:
        """The states of the pools drawn, and interest where any is."""
        drawn = set(self.ledger.frame.loc[self.ledger.frame["value"].notna(), "status"])
        keys = [Key(STATUSES[code].label, paint) for code, paint in STOCK_PAINTS.items() if code in drawn]
        earned = any(_is_interest(part) for _, pools in self._groups() for pool in pools for part in pool.parts)
        return [*keys, *([Key("Interest inside it", ACCENT, short="Interest")] if earned else [])]

    def notes(self) -> list[str]:
        """How to read ranges, what the totals leave out, and the unit."""
        apart = [f"{GROUPS[group]}, {text[:1].lower()}{text[1:]}." for group, text in self.ledger.apart.items()]
        frame = self.ledger.frame
        ranged = "Line below a bar: lowest to highest figure. " if (frame["high"] > frame["low"]).any() else ""
        stocks = "Stocks: not to be added to pledges." if len(frame) and self.ledger.among_others else ""
        return [note for note in (f"{ranged}{stocks}".strip(), self.converted.note, *apart, self.unit.note) if note]

    def note(self) -> str:
        """How to read ranges, and what is converted."""
        frame = self.ledger.frame
        ranged = "Line: lowest to highest sum." if (frame["high"] > frame["low"]).any() else ""
        return f"{ranged} {self.converted.short}".strip()

    def rows(self) -> list[BarRow]:
        """Under the total of each group its pools."""
        rows = []
        for group, pools in self._groups():
            rows.append(BarRow("heading", self.ledger.headings[group]))
            for pool in pools:
                amount = self._amount(pool.row)
                rows.append(BarRow("bars", pool.row.holder, amount, amount, pool.row.high, pool))
        return rows

    def bars(self, placed: list[Placed], thickness: int, look: Look) -> list[Trace]:
        """One bar for each pool, in stretches, and the ranges below them."""
        stretches = [stretch for each in placed for stretch in self._stretches(each.row.entry, each.middle)]
        below = thickness / 2 + WHISKER
        rows = [(each.row.entry.row, each.middle + below) for each in placed]
        ranges = [(row.low, row.high, at) for row, at in rows if row.high > row.low]
        bars = trace(
            "bar",
            **horizontal([(stretch.value, stretch.y) for stretch in stretches], thickness),
            base=[stretch.base for stretch in stretches],
            marker={
                "color": [
                    look.of(ACCENT if stretch.is_interest else STOCK_PAINTS[stretch.row.status])
                    for stretch in stretches
                ],
                "line": {"width": 1.5, "color": look.of(PAPER)},
            },
            customdata=[stretch.row.actor_id for stretch in stretches],
            hovertext=[stretch.hover for stretch in stretches],
            hovertemplate=f"%{{hovertext}}{CLICK}",
        )
        ink = {"color": look.of(INK), "width": 1.5}
        whiskers = trace(
            "scatter",
            x=[x for low, high, _ in ranges for x in (low, high, None)],
            y=[y for *_, at in ranges for y in (at, at, None)],
            mode="lines+markers",
            line=ink,
            marker={"symbol": "line-ns", "size": 2 * WHISKER, "line": ink},
            hoverinfo="skip",
        )
        return [bars, whiskers]

    def _groups(self) -> Iterator[tuple[str, list[Pool]]]:
        """The pools of each group with their insides, those of a pool largest first and interest last."""
        inside: dict[str, list[Any]] = {}
        parts = self.ledger.parts[self.ledger.parts["value"].notna()]
        for part in sorted(parts.itertuples(), key=lambda part: (_is_interest(part), -part.value)):
            inside.setdefault(part.part_of, []).append(part)
        for group in self.ledger.headings:
            frame = self.ledger.frame[self.ledger.frame["money_group"] == group]
            yield group, [Pool(row, inside.get(row.id, [])) for row in frame.itertuples()]

    def _amount(self, row: Any) -> str:
        if self.unit.code == STATED:
            return str(row.stated)
        if pd.isna(row.value):
            return str(row.short)
        return about(self.unit.text(row.low, row.high), is_so=bool(row.rate_on))

    def _stretches(self, pool: Pool, y: float) -> Iterator[Stretch]:
        """What is left of a pool beside its known insides, and those."""
        row, parts = pool
        rest, begins = end_to_end(row.value, [part.value for part in parts])
        if not parts or rest > LEAST * row.value:
            earned = all(_is_interest(part) for part in parts)
            lines = _facts(row, f"{STATUSES[row.status].label} {self._amount(row)}")
            if parts:
                lines = [f"{'Principal' if earned else 'The rest'} of {self._amount(row)}", *_facts(row, _state(row))]
            yield Stretch(y, 0.0, rest if parts else row.value, False, row, _hover(row, lines))
        for part, base in zip(parts, begins, strict=True):
            lines = [f"{'Interest' if _is_interest(part) else 'Of it'} {self._amount(part)}, since {part.since}"]
            lines += [*_rate(part), part.summary]
            yield Stretch(y, base, part.value, _is_interest(part), row, _hover(row, lines))


def _is_interest(part: Any) -> bool:
    return bool(part.channel == INTEREST)


def _state(row: Any) -> str:
    """“Frozen, owner Alphaland”."""
    owner = "" if row.owner == row.actor_id else f", owner {row.owner_name}"
    return f"{STATUSES[row.status].label.lower()}{owner}"


def _facts(row: Any, first: str) -> list[str]:
    """What is said of a pool in its hover text: since when, whose it is and where, and on what terms."""
    owner = "" if row.owner == row.actor_id else f"owner {row.owner_name}"
    where = ", ".join(text for text in (owner, row.channel) if text)
    return [f"{first}, since {row.since}", *_rate(row), *(text for text in (where, row.terms) if text)]


def _rate(row: Any) -> list[str]:
    """Of a row that is converted, from what and at which rate."""
    return [f"{row.stated} at the mean rate of {long_date(row.rate_on)}"] if row.rate_on else []


def _hover(row: Any, lines: list[str]) -> str:
    """The holder's name, and each of the facts in lines of its own."""
    return "<br>".join([f"<b>{plain(row.holder)}</b>", *(line for text in lines for line in wrapped(text))])
