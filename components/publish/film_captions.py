"""What happened up to each day of a film.

Does not belong here: which days these are (summaries.film_days), and what else stands in a frame (film_frames).
"""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from components.record.model import Record
from components.record.wording import counted
from components.summaries.stances import headline
from components.summaries.turns import Turn, turns

TOLD = 2  # turning points that one day has room for, should it stand for more


def captions(record: Record, days: Sequence[dt.date]) -> list[str]:
    """What happened up to each day since the one before; on the first and on the last, where all stand."""
    told = [headline(record, days[0])]
    for before, day in pairwise(days):
        told.append(_caption([turn for turn in turns(record) if before < turn.day <= day], day))
    return [*told[:-1], headline(record, days[-1])]


def _caption(turned: list[Turn], day: dt.date) -> str:
    """The weightiest turning points, each with its date unless the day says it; the others are counted."""
    turned = sorted(turned, key=lambda turn: turn.weight)
    parts = [turn.words if turn.date == day.isoformat() else turn.dated() for turn in turned[:TOLD]]
    more = [counted(len(turned) - TOLD, "more turning point")] if len(turned) > TOLD else []
    return "; ".join([*parts, *more])
