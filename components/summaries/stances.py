"""Where everyone stands on a day: the map's frame, its counts and its headline."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import stances_on
from components.record.vocabulary import LEVELS, NOT_APPLICABLE, NOT_CODED, STANCES, Term
from components.record.wording import as_of, long_date
from components.summaries.sources import publishers_of

CLASSES: tuple[Term, ...] = (*STANCES.values(), NOT_CODED, NOT_APPLICABLE)


@remembered(most=32)
def map_frame(record: Record, day: dt.date) -> pd.DataFrame:
    """One row for each country, by actor_id: `name`, `stance` (a class code), `level`, `since`, `summary`, `source`.

    From `level` on all are words, blank where nothing is coded.
    """
    countries = record.actors[record.actors["kind"] == "country"]
    columns = ["stance", "recognition_level", "stance_since", "summary", "source_ids"]
    held = stances_on(record, day)[columns].reindex(countries.index)
    stance = held["stance"].fillna(NOT_CODED.code)
    stance[stance.index == record.tracker.subject] = NOT_APPLICABLE.code
    publishers = publishers_of(record)
    return pd.DataFrame(
        {
            "name": countries["name"],
            "stance": stance,
            "level": [LEVELS[code].label if code in LEVELS else "" for code in held["recognition_level"]],
            "since": [long_date(text) if isinstance(text, str) else "" for text in held["stance_since"]],
            "summary": held["summary"].astype("str").where(held["summary"].notna(), ""),
            "source": [_first_source(publishers, keys) for keys in held["source_ids"]],
        }
    )


def _first_source(publishers: Mapping[str, str], keys: tuple[str, ...] | float) -> str:
    if not isinstance(keys, tuple):
        return ""
    more = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
    return f"{publishers[keys[0]]}{more}"


def class_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Countries of a map frame in each class, in order, also where it is empty: `code`, `label`, `symbol`, `count`."""
    counts = frame["stance"].value_counts()
    return pd.DataFrame(
        [(term.code, term.label, term.symbol, int(counts.get(term.code, 0))) for term in CLASSES],
        columns=["code", "label", "symbol", "count"],
    )


def headline(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """The finding of the day in one sentence, about countries only, and of them those in `actor_ids` where given."""
    frame = map_frame(record, day)
    recognise = recognising(record, day)
    if actor_ids is not None:
        frame = frame[frame.index.isin(actor_ids)]
        recognise = [name for name in recognise if name in set(frame["name"])]
    counts = Counter(frame["stance"].tolist())
    supportive = counts["supportive"] - len(recognise)
    verb = "recognises" if len(recognise) == 1 else "recognise"
    return (
        f"{as_of(day, actor_ids)}: {len(recognise)} {verb} {record.tracker.object}, "
        f"{supportive} {'is' if supportive == 1 else 'are'} supportive short of that, "
        f"{counts['engaging']} engaging, {counts['opposed']} opposed"
    )


def recognising(record: Record, day: dt.date) -> list[str]:
    """The names of the countries that formally recognise on the day."""
    held = stances_on(record, day)["recognition_level"]
    return sorted(map_frame(record, day)["name"].loc[lambda names: held.reindex(names.index) == "recognition"])
