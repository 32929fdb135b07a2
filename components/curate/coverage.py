"""How far the record reaches, counted: by region, by year, by kind of source; what nobody has checked; warnings."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.vocabulary import NOT_CODED, REGIONS, SOURCE_KINDS
from components.record.wording import day_in_words, number


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Stances and levers that hold on the last day, and those of them that nobody has checked for a year.

    `counts` has a row for each table; `rows` are ids with the day of the last check. The year ends on `until`: the
    record's last day, or the day of the last check where that is later.
    """

    counts: pd.DataFrame
    rows: Mapping[str, str]
    until: dt.date


def report(record: Record) -> list[str]:
    """How far the record reaches, as lines of aligned text."""
    old = unchecked(record)
    return [
        f"{record.tracker.title}: coverage on {day_in_words(record.tracker.data_until)}",
        "",
        *_aligned("Actors by region", by_region(record)),
        "",
        *_aligned("Rows by year", by_year(record)),
        "",
        *_aligned("Sources by kind", by_kind(record)),
        "",
        *_aligned(f"Unchecked for a year on {day_in_words(old.until)}", old.counts),
        *(f"  {key}, checked {day}" for key, day in old.rows.items()),
        *(["", *warning_lines(record)] if record.warnings else []),
    ]


def warning_lines(record: Record) -> list[str]:
    """The warnings of the check, one a line."""
    return [f"warning: {warning}" for warning in record.warnings]


def by_region(record: Record) -> pd.DataFrame:
    """Actors, the subject apart, by region and by what is known of them; the last row is of all."""
    actors = record.actors.drop(index=record.tracker.subject)
    stance = stances_on(record, record.tracker.data_until)["stance"].reindex(actors.index).fillna(NOT_CODED.code)
    rows = {}
    for region in [*(name for name in REGIONS if (actors["region"] == name).any()), "All"]:
        here = stance if region == "All" else stance[actors["region"] == region]
        none, unknown = int((here == "none").sum()), int((here == NOT_CODED.code).sum())
        rows[region] = [len(here) - none - unknown, none, unknown, len(here)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["coded", "none", "not coded", "all"])


def by_year(record: Record) -> pd.DataFrame:
    """Rows by the year in which they begin; the last row is of all."""
    dates = {"stances": record.stances["date"], "levers": record.levers["from"], "funds": record.funds["date"]}
    counts = pd.DataFrame({name: column.dt.year.value_counts() for name, column in dates.items()})
    counts = counts.fillna(0).astype(int).sort_index()
    counts.index = counts.index.map(str)
    return pd.concat([counts, counts.sum().to_frame("All").T])


def by_kind(record: Record) -> pd.DataFrame:
    """Sources by the kind of their publisher; the last row is of all."""
    counts = Counter(record.sources["kind"])
    rows = {term.label: counts[code] for code, term in SOURCE_KINDS.items()} | {"All": len(record.sources)}
    return pd.DataFrame({"sources": rows})


def unchecked(record: Record) -> Unchecked:
    """What holds on the last day and nobody has checked for a year."""
    until = record.tracker.data_until
    levers = levers_until(record, until)
    held = {"stances": stances_on(record, until), "levers": levers[levers["held"]]}
    end = max([pd.Timestamp(until), *(rows["checked_on"].max() for rows in held.values() if len(rows))])
    old = {name: rows[rows["checked_on"] < end - pd.DateOffset(years=1)] for name, rows in held.items()}
    counts = pd.DataFrame(
        {"rows": {n: len(old[n]) for n in held}, "of those that hold": {n: len(held[n]) for n in held}}
    )
    listed = {key: day for rows in old.values() for key, day in zip(rows["id"], rows["checked_on_text"], strict=True)}
    return Unchecked(counts, listed, end.date())


def _aligned(title: str, frame: pd.DataFrame) -> list[str]:
    """A table as lines: its labels to the left under the title, numbers to the right."""
    body = [[str(label), *map(number, numbers)] for label, *numbers in frame.itertuples(name=None)]
    cells = [[title, *frame.columns], *body]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    ]
