"""Which actors a reader wants to see: the same filters on every page and in every picture.

Belongs here: what a filter is, whom it lets pass, and how it reads. Does not belong here: widgets.
"""

import datetime as dt
from dataclasses import dataclass, fields

import pandas as pd

from components.record import vocabulary as words
from components.record.model import Record
from components.record.on_day import levers_until, positions_taken, stances_on
from components.record.used import used

FRESHNESS = {
    "fresh": words.Term("fresh", "Under 6 months", "The latest row is younger than six months on the day."),
    "ageing": words.Term("ageing", "6 to 18 months", "The latest row is six to eighteen months old on the day."),
    "stale": words.Term("stale", "Over 18 months", "The latest row is older than eighteen months on the day."),
}
FRESH_MONTHS, STALE_MONTHS = 6, 18


@dataclass(frozen=True, slots=True)
class Filters:
    """Codes that an actor must have one of, for each field that has any; an empty field lets everybody pass."""

    stance: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    lever: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    bloc: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    freshness: tuple[str, ...] = ()

    def active(self) -> dict[str, tuple[str, ...]]:
        """The fields that filter, with their codes."""
        return {field.name: codes for field in fields(self) if (codes := getattr(self, field.name))}


def choices(record: Record) -> dict[str, tuple[str, dict[str, str]]]:
    """For each field of Filters that anybody can be found by: its label, and the label of each code it may hold."""
    stances = positions_taken(record)
    found = {
        "stance": {*stances, words.NOT_CODED.code} if stances else (),
        "level": used(record, "stances", "recognition_level"),
        "lever": used(record, "levers", "lever"),
        "direction": used(record, "levers", "direction"),
        "region": used(record, "actors", "region"),
        "bloc": used(record, "actors", "blocs"),
        "confidence": used(record, "stances", "confidence"),
        "freshness": FRESHNESS if stances else (),
    }
    kept = {
        name: (label, {code: term for code, term in terms.items() if code in found[name]})
        for name, (label, terms) in _labels(record).items()
    }
    return {name: (label, terms) for name, (label, terms) in kept.items() if terms}


def _labels(record: Record) -> dict[str, tuple[str, dict[str, str]]]:
    """For each field of Filters its label, and the label of each code of its list."""
    lists: dict[str, tuple[str, words.Terms]] = {
        "stance": ("Stance", words.LISTED),
        "level": ("Level", record.words.levels),
        "lever": ("Lever held", record.words.levers),
        "direction": ("Direction", words.DIRECTIONS),
        "region": ("Region", words.REGIONS),
        "confidence": ("Confidence", words.CONFIDENCES),
        "freshness": ("Freshness", FRESHNESS),
    }
    labels = {
        name: (label, {code: term.label for code, term in terms.items()}) for name, (label, terms) in lists.items()
    }
    labels["bloc"] = ("Bloc", {bloc: bloc for bloc in record.tracker.blocs})
    return {field.name: labels[field.name] for field in fields(Filters)}


def passing(record: Record, day: dt.date, filters: Filters) -> frozenset[str] | None:
    """The actor_ids that pass every filter on the day; None where nothing filters."""
    wanted = filters.active()
    if not wanted:
        return None
    actors = record.actors.drop(index=record.tracker.subject)
    held = stances_on(record, day).reindex(actors.index)
    facts = {
        "stance": held["stance"].fillna(words.NOT_CODED.code),
        "level": held["recognition_level"],
        "region": actors["region"],
        "confidence": held["confidence"],
        "freshness": freshness(held["date"], day),
    }
    keep = pd.Series(True, index=actors.index)
    for name, codes in wanted.items():
        if name == "stance":  # who withdrew has also taken a stance since
            keep &= facts[name].isin(codes) | held["position"].isin(codes)
        elif name in facts:
            keep &= facts[name].isin(codes)
        elif name == "bloc":
            keep &= actors["blocs"].map(lambda blocs, codes=codes: not set(blocs).isdisjoint(codes))
    if filters.lever or filters.direction:
        keep &= actors.index.isin(_holders(record, day, filters))
    return frozenset(actors.index[keep])


def freshness(dates: pd.Series, day: dt.date) -> pd.Series:
    """The code of FRESHNESS for each date of a latest row on the day; NaN where there is none."""
    moment = pd.Timestamp(day)
    codes = pd.Series("ageing", index=dates.index, dtype=object)
    codes[dates > moment - pd.DateOffset(months=FRESH_MONTHS)] = "fresh"
    codes[dates <= moment - pd.DateOffset(months=STALE_MONTHS)] = "stale"
    return codes.where(dates.notna())


def in_words(record: Record, filters: Filters) -> str:
    """The filters as a line: “Only: Region Europe or Africa; Stance Opposed”; blank where nothing filters."""
    known = _labels(record)
    parts = [
        f"{known[name][0]} {' or '.join(known[name][1][code] for code in codes)}"
        for name, codes in filters.active().items()
    ]
    return f"Only: {'; '.join(parts)}" if parts else ""


def _holders(record: Record, day: dt.date, filters: Filters) -> set[str]:
    levers = levers_until(record, day)
    levers = levers[levers["held"]]
    if filters.lever:
        levers = levers[levers["lever"].isin(filters.lever)]
    if filters.direction:
        levers = levers[levers["direction"].isin(filters.direction)]
    return set(levers["actor_id"])
