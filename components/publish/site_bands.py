"""The stances of each actor over time as bands of colour, which a page draws without a script or an image."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.figures.classes import paint_of
from components.figures.theme import STANCE_PAINTS, Paint
from components.figures.timeline import MOST_YEARS, NEAR_END, round_years
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.vocabulary import LISTED, NOT_APPLICABLE
from components.record.wording import long_date
from components.summaries.colouring import RECOGNISES
from components.summaries.time import BY_LEVEL, position_bands, standing_bands

CLASSES = {**LISTED, NOT_APPLICABLE.code: NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Band:
    """A span of one stance: where it begins and its share of the whole time in percent, its colour, and its words."""

    begins: float
    share: float
    paint: Paint
    label: str
    words: str


def bands_of(record: Record, actor_ids: Sequence[str], day: dt.date) -> Mapping[str, list[Band]]:
    """The stances of each actor one after another, up to the day; over them its recognition."""
    spans = position_bands(record, actor_ids, day)
    levels = standing_bands(record, actor_ids, day, BY_LEVEL)
    found: dict[str, list[Band]] = {actor_id: [] for actor_id in actor_ids}
    for span in spans.itertuples(index=False):
        found[span.actor_id].append(_band(record, day, span, CLASSES[span.stance].label, STANCE_PAINTS[span.stance]))
    for span in levels[levels[BY_LEVEL] == RECOGNITION].itertuples(index=False):
        found[span.actor_id].append(_band(record, day, span, RECOGNISES.label, paint_of(RECOGNISES)))
    return found


def _band(record: Record, day: dt.date, span: Any, label: str, paint: Paint) -> Band:
    words = f"{label}, from {long_date(span.since)} to {long_date(span.until)}"
    start = pd.Timestamp(record.tracker.start)
    days = [(moment - start).days for moment in (span.start, span.end)]
    begins, ends = (_place(record, day, passed) for passed in days)
    return Band(begins, round(ends - begins, 2), paint, label, words)


def years(record: Record, day: dt.date) -> list[tuple[int, float]]:
    """Years that begin between the record's first day and the day, and where each does, in percent of that time.

    They are all, or as many round ones as a phone has room for.
    """
    start = record.tracker.start
    places = {
        year: _place(record, day, (dt.date(year, 1, 1) - start).days) for year in range(start.year + 1, day.year + 1)
    }
    roomy = [year for year, place in places.items() if place <= 100 * (1 - NEAR_END)]
    return [(year, places[year]) for year in round_years(roomy, MOST_YEARS)]


def _place(record: Record, day: dt.date, passed: int) -> float:
    """So many days after the record's first one, in percent of all up to the day."""
    return round(100 * passed / ((day - record.tracker.start).days + 1), 2)
