"""Which days the record is played through: those on which something turned, and ends of periods between them.

Does not belong here: what a turning point is (turns), and what is said of it on a day (publish.film_captions).
"""

import datetime as dt

import pandas as pd

from components.record.model import Record
from components.summaries.time import month_ends
from components.summaries.turns import WEIGHTS, turns

MOST = 100  # days


def played_days(record: Record) -> list[dt.date]:
    """The end of each month of the record or, where these are too many, the days of a film of it."""
    tracker = record.tracker
    ends = month_ends(record, tracker.data_until)
    return ends if len(ends) <= MOST else film_days(record, tracker.start, tracker.data_until)


def film_days(record: Record, first: dt.date, last: dt.date) -> list[dt.date]:
    """Both ends, the days of turning points between them, and the ends of months, in order; MOST at the most.

    Where these are too many, the weightier turning points come first, and quarters or years take the place of months.
    """
    kept = {first, last}
    for weight in WEIGHTS:
        turned = {turn.day for turn in turns(record) if turn.weight == weight and first <= turn.day <= last}
        kept |= set(_evenly(sorted(turned - kept), MOST - len(kept)))
    for period in ("ME", "QE", "YE"):
        ends = {moment.date() for moment in pd.date_range(first, last, freq=period)}
        if len(kept | ends) <= MOST:
            return sorted(kept | ends)
    return sorted(kept)


def _evenly(days: list[dt.date], room: int) -> list[dt.date]:
    """All of the days, or as many as there is room for, from one end to the other."""
    return days if len(days) <= room else [days[place * len(days) // room] for place in range(room)]
