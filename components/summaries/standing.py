"""Where one actor stands on a day, each fact with its own date: the only place that words since when something holds.

Does not belong here: which row holds and since when (on_day), and how the countries divide (stances).
"""

import datetime as dt
import functools
from dataclasses import dataclass

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import ARGUED, RECOGNITION, SINCE, stance_history, stances_on
from components.record.vocabulary import ENVOYS, ONLY_JOINTLY, STANCES, WITHDREW, Term
from components.record.wording import dated_when, long_date, lowered, sentence

NONE = "none"  # the stance of which a search found nothing
JOINTLY = {code: f"{code}_jointly" for code in ARGUED}  # the class of those whose stance rests on joint texts alone


_in_words = functools.lru_cache(maxsize=10_000)(long_date)  # the same few dates are written anew on every day


@dataclass(frozen=True, slots=True)
class Dated:
    """A code and the date, as the record writes it, since when it has held."""

    code: str
    since: str

    def since_in_words(self) -> str:
        """The date as “3 July 2025”, or as coarse as it is known."""
        return _in_words(self.since)


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor on a day: stance, level and envoys with their own dates, and the latest row; its `date` is as written.

    `received` is the envoy of the authorities that it has accepted, `sent` the one that it keeps with them; their codes
    are "" where that was not researched. `withdrew` is the date, as written, on which it took its recognition back, ""
    where it did not or has recognised anew; `joint` says whether its stance rests on joint texts alone, `again`
    whether it recognises after a withdrawal. `level_label` is what the record calls the level; `class_code` is as from
    `class_codes`.
    """

    actor_id: str
    name: str
    stance: Dated
    level: Dated
    received: Dated
    sent: Dated
    level_label: str
    class_code: str
    joint: bool
    again: bool
    withdrew: str
    row_id: str
    date: str
    summary: str
    condition: tuple[str, ...]
    source_ids: tuple[str, ...]
    confidence: str

    @property
    def recognised_since(self) -> str:
        """The date, as written, since when it has formally recognised; "" where it does not."""
        return self.level.since if self.level.code == RECOGNITION else ""

    @property
    def term(self) -> Term:
        """As what it is listed: its stance, or that it withdrew."""
        return WITHDREW if self.withdrew else STANCES[self.stance.code]

    def stance_in_words(self) -> str:
        """“supportive since October 2021”; what was not found has no date since when it was not."""
        label = STANCES[self.stance.code].label.lower()
        if self.stance.code == NONE:
            return label
        joint = f", {ONLY_JOINTLY}" if self.joint else ""
        return f"{label} since {self.stance.since_in_words()}{joint}"

    def level_in_words(self) -> str:
        """“envoy accepted since March 2024”, “recognises since 3 July 2025”, or “recognises again since …”."""
        recognises = "recognises again" if self.again else "recognises"
        level = recognises if self.recognised_since else lowered(self.level_label)
        return f"{level} since {self.level.since_in_words()}"

    def envoys_in_words(self) -> str:
        """“Accepts: chargé since March 2024; keeps: ambassador since 2021”; "" where neither was researched."""
        sides = {"accepts": self.received, "keeps": self.sent}
        return sentence("; ".join(f"{verb}: {_envoy(held)}" for verb, held in sides.items() if held.code))

    def in_words(self) -> str:
        """“Recognises since 3 July 2025; supportive since October 2021”; recognition alone where both began then.

        Of who withdrew, when it did comes first.
        """
        facts = [self.level_in_words(), self.stance_in_words()]
        if self.recognised_since and self.stance.since == self.level.since:
            facts = facts[:1]
        return sentence("; ".join([*([self.withdrew_in_words()] if self.withdrew else []), *facts]))

    def withdrew_in_words(self) -> str:
        """“withdrew recognition on 30 October 2017”."""
        return f"withdrew recognition {dated_when(self.withdrew)}"


@remembered(most=32)
def standings_on(record: Record, day: dt.date) -> dict[str, Standing]:
    """The standing of every actor that is coded on the day, by actor_id."""
    return {standing.actor_id: standing for standing in standings_of(record, stances_on(record, day))}


def standings_of(record: Record, held: pd.DataFrame) -> list[Standing]:
    """What each of some rows of the stance history says, as long as it holds."""
    dated = [map(Dated, held[column].tolist(), held[since].tolist()) for since, column in SINCE.items()]
    joint = held["joint_only"] & (held["recognition_level"] != RECOGNITION)
    latest = (
        "recognises_again",
        "withdrew_since",
        "id",
        "date_text",
        "summary",
        "condition",
        "source_ids",
        "confidence",
    )
    ids = held["actor_id"].tolist()
    names = record.actors["name"].reindex(ids).tolist()
    levels = [record.words.levels[code].label for code in held["recognition_level"]]
    classes, rest = (class_codes(held).tolist(), joint.tolist()), (held[column].tolist() for column in latest)
    return [Standing(*row) for row in zip(ids, names, *dated, levels, *classes, *rest, strict=True)]


def class_codes(rows: pd.DataFrame) -> pd.Series:
    """The class of some rows of the stance history: RECOGNITION or WITHDREW where that holds, else the stance or one of
    JOINTLY.
    """
    classes = rows["position"].mask(
        rows["joint_only"] & (rows["position"] != WITHDREW.code), rows["stance"].map(JOINTLY)
    )
    return classes.mask(rows["recognition_level"] == RECOGNITION, RECOGNITION)


@remembered(most=1)
def taken_jointly(record: Record) -> frozenset[str]:
    """The stances that somebody has ever taken only in joint texts."""
    rows = stance_history(record)
    return frozenset(rows.loc[rows["joint_only"], "stance"])


@remembered(most=1)
def classes_taken(record: Record) -> frozenset[str]:
    """The codes of the classes that anybody has ever been in."""
    return frozenset(class_codes(stance_history(record)))


def _envoy(held: Dated) -> str:
    """“ambassador since 2021”; what was not found has no date since when it was not."""
    label = ENVOYS[held.code].label.lower()
    return label if held.code == NONE else f"{label} since {held.since_in_words()}"
