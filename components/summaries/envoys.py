"""Who accepts which envoy of the authorities, and who keeps which with them, by name and since when.

Does not belong here: what is said of one actor (standing), and the level of contact, the higher of both directions.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from components.record.model import Record
from components.record.vocabulary import ENVOYS
from components.record.wording import agreeing, enumerated, long_date, sentence
from components.summaries.standing import NONE, Dated, Standing, standings_on

HIGHEST = "ambassador"
RANKS = tuple(reversed(list(ENVOYS)))  # the highest first
WORDS = {"ambassador": "an ambassador", "charge": "a chargé", "staff": "staff", NONE: "no envoy"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two directions: what it is called in addresses, its column, and how it is said of one and of many."""

    code: str
    column: str
    one: str
    many: str
    whose: str

    def held(self, standing: Standing) -> Dated:
        """The rank of the envoy of an actor, and since when; the code is "" where that was not researched."""
        return standing.received if self is RECEIVED else standing.sent


RECEIVED = Side("received", "envoy_received", "accepts", "accept", "of {}")
SENT = Side("sent", "envoy_sent", "keeps", "keep", "with {}")
SIDES = (RECEIVED, SENT)


@dataclass(frozen=True, slots=True)
class Envoy:
    """An actor that accepts or keeps an envoy, since a date as the record writes it; "" for one searched in vain."""

    actor_id: str
    name: str
    since: str

    def since_in_words(self) -> str:
        """The date as “3 July 2025”, or as coarse as it is known."""
        return long_date(self.since)


@dataclass(frozen=True, slots=True)
class Group:
    """Those that accept or keep an envoy of one rank, by name: countries, and bodies apart."""

    side: Side
    rank: str
    countries: Sequence[Envoy]
    bodies: Sequence[Envoy]

    @property
    def is_highest(self) -> bool:
        """Whether the rank is that of an ambassador, of which it is said too that nobody has it."""
        return self.rank == HIGHEST

    def label(self, object_: str) -> str:
        """“Accept an ambassador of the council”; the verb is that of so many countries."""
        verb = agreeing(len(self.countries), self.side.one, self.side.many)
        return f"{sentence(verb)} {WORDS[self.rank]} {self.side.whose.format(object_)}"

    def in_words(self, object_: str, most: int) -> str:
        """“Accept an ambassador of the council: Alphaland and Betaland”, or “No country on record accepts …”."""
        if not self.countries:
            return f"No country on record {self.side.one} {WORDS[self.rank]} {self.side.whose.format(object_)}"
        return f"{self.label(object_)}: {enumerated([envoy.name for envoy in self.countries], most)}"


def tells_envoys(record: Record) -> bool:
    """Whether the record tells envoys at all; where it does not, nothing is said of them anywhere."""
    return bool((record.stances[[side.column for side in SIDES]] != "").any(axis=None))


def envoys_on(record: Record, day: dt.date, side: Side, actor_ids: Collection[str] | None = None) -> dict[str, Group]:
    """Who accepts, or keeps, an envoy of each rank on a day, the highest first, also where nobody does.

    Of those in `actor_ids` where they are given. Who was not researched is in no group; who was searched without
    result is in that of the rank `none`.
    """
    standings = sorted(_shown(record, day, actor_ids), key=lambda now: now.name)
    kinds = record.actors["kind"]
    found: dict[str, tuple[list[Envoy], list[Envoy]]] = {rank: ([], []) for rank in RANKS}
    for now in standings:
        held = side.held(now)
        if held.code:
            since = "" if held.code == NONE else held.since
            found[held.code][kinds[now.actor_id] != "country"].append(Envoy(now.actor_id, now.name, since))
    return {rank: Group(side, rank, *those) for rank, those in found.items()}


def highest(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> list[Group]:
    """Who accepts an ambassador, and who keeps one, in this order; none of a record that tells no envoys."""
    if not tells_envoys(record):
        return []
    return [envoys_on(record, day, side, actor_ids)[HIGHEST] for side in SIDES]


def not_researched(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """Of how many coded countries the record does not say which envoys there are; "" where it says it of all."""
    coded = [now for now in _shown(record, day, actor_ids) if record.actors.at[now.actor_id, "kind"] == "country"]
    blank = {side: sum(not side.held(now).code for now in coded) for side in SIDES}
    parts = [f"whether {number} of {len(coded)} {side.many} one" for side, number in blank.items() if number]
    return f"Not researched: {' and '.join(parts)}. That is not “no envoy”." if parts else ""


def _shown(record: Record, day: dt.date, actor_ids: Collection[str] | None) -> Iterable[Standing]:
    standings = standings_on(record, day)
    return (now for actor_id, now in standings.items() if actor_ids is None or actor_id in actor_ids)
