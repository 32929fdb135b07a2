"""Which days a film shows, and what happened up to each of them.

Does not belong here: what a turning point is (summaries.turns), and what else stands in a frame (film_frames).
"""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from components.record.model import Record
from components.record.wording import counted
from components.summaries.stances import headline
from components.summaries.turns import WEIGHTS, Turn, turns

MOST = 100  # days
TOLD = 2  # turning points that one day has room for, should it stand for more


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


def captions(record: Record, days: Sequence[dt.date]) -> list[str]:
    """What happened up to each day since the one before; on the first and on the last, where all stand."""
    told = [headline(record, days[0])]
    for before, day in pairwise(days):
        told.append(_caption([turn for turn in turns(record) if before < turn.day <= day], day))
    return [*told[:-1], headline(record, days[-1])]


def _evenly(days: list[dt.date], room: int) -> list[dt.date]:
    """All of the days, or as many as there is room for, from one end to the other."""
    return days if len(days) <= room else [days[place * len(days) // room] for place in range(room)]


def _caption(turned: list[Turn], day: dt.date) -> str:
    """The weightiest turning points, each with its date unless the day says it; the others are counted."""
    turned = sorted(turned, key=lambda turn: turn.weight)
    parts = [turn.words if turn.date == day.isoformat() else turn.dated() for turn in turned[:TOLD]]
    more = [counted(len(turned) - TOLD, "more turning point")] if len(turned) > TOLD else []
    return "; ".join([*parts, *more])
