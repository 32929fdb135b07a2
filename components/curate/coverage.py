"""How far the record reaches, counted: by region, by year, by kind of source; what nobody has checked; warnings."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.vocabulary import NOT_CODED, REGIONS, SOURCE_KINDS
from components.record.wording import day_in_words, number


def report(record: Record) -> list[str]:
    """How far the record reaches, as lines of aligned text."""
    return [
        f"{record.tracker.title}: coverage on {day_in_words(record.tracker.data_until)}",
        "",
        *_by_region(record),
        "",
        *_by_year(record),
        "",
        *_by_kind(record),
        "",
        *_unchecked(record),
        *(["", *warning_lines(record)] if record.warnings else []),
    ]


def warning_lines(record: Record) -> list[str]:
    """The warnings of the check, one a line."""
    return [f"warning: {warning}" for warning in record.warnings]


def _by_region(record: Record) -> list[str]:
    """Actors, the subject apart, by region and by what is known of them."""
    actors = record.actors.drop(index=record.tracker.subject)
    stance = stances_on(record, record.tracker.data_until)["stance"].reindex(actors.index).fillna(NOT_CODED.code)
    rows: list[list[str | int]] = []
    for region in [*(name for name in REGIONS if (actors["region"] == name).any()), None]:
        here = stance if region is None else stance[actors["region"] == region]
        none, unknown = int((here == "none").sum()), int((here == NOT_CODED.code).sum())
        rows.append([region or "All", len(here) - none - unknown, none, unknown, len(here)])
    return _aligned(["Actors by region", "coded", "none", "not coded", "all"], rows)


def _by_year(record: Record) -> list[str]:
    """Rows by the year in which they begin."""
    counts = {
        "stances": Counter(record.stances["date"].dt.year),
        "levers": Counter(record.levers["from"].dt.year),
        "funds": Counter(record.funds["date"].dt.year),
    }
    years = sorted({year for count in counts.values() for year in count})
    rows: list[list[str | int]] = [[str(year), *(count[year] for count in counts.values())] for year in years]
    rows.append(["All", *(sum(count.values()) for count in counts.values())])
    return _aligned(["Rows by year", *counts], rows)


def _by_kind(record: Record) -> list[str]:
    counts = Counter(record.sources["kind"])
    rows: list[list[str | int]] = [[term.label, counts[code]] for code, term in SOURCE_KINDS.items()]
    rows.append(["All", len(record.sources)])
    return _aligned(["Sources by kind", "sources"], rows)


def _unchecked(record: Record) -> list[str]:
    """Stances and levers that hold on the last day and that nobody has checked for a year.

    The year ends on the record's last day, or on the day of the last check where that is later.
    """
    until = record.tracker.data_until
    levers = levers_until(record, until)
    held = {"stances": stances_on(record, until), "levers": levers[levers["held"]]}
    end = max([pd.Timestamp(until), *(rows["checked_on"].max() for rows in held.values() if len(rows))])
    old = {name: rows[rows["checked_on"] < end - pd.DateOffset(years=1)] for name, rows in held.items()}
    title = f"Unchecked for a year on {day_in_words(end.date())}"
    lines = _aligned([title, "rows", "of those that hold"], [[name, len(old[name]), len(held[name])] for name in held])
    listed = [pair for rows in old.values() for pair in zip(rows["id"], rows["checked_on_text"], strict=True)]
    return [*lines, *(f"  {key}, checked {day}" for key, day in listed)]


def _aligned(header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> list[str]:
    """A table as lines: the first column to the left, numbers to the right."""
    cells = [list(header), *([str(row[0]), *(number(int(count)) for count in row[1:])] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(header))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    ]
