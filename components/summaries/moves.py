"""Who recognised, withdrew or moved between two days, in words: the headline of the changes and what it leaves out."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import JOINT, WORLD
from components.record.vocabulary import NOT_CODED
from components.record.wording import agreeing, day_in_words, enumerated, number, sentence, spelled
from components.summaries.changes import lever_ends, stance_changes, within
from components.summaries.empty import empty_state
from components.summaries.standing import JOINTLY

MOST_WORDS = 12  # of a headline
NAMED = 3  # at the most, of those who did one thing
# From the far end of the ladder to the near one; where no position was found, nobody stands on it.
NEARNESS = ("opposed", "engaging", "supportive")
ACTS = ("recognised", "again", "withdrew")  # about recognition itself, the weightiest first
AGAIN = "came back to recognising {}"  # also where somebody says that it never withdrew
TOWARDS, AWAY, BACK, LOST, FIRST = "towards", "away", "back", "lost", "first"
# By where the moves of a country led, the weightiest first; what was found after no position has the stance's code.
TURNS = {
    TOWARDS: "moved towards {}",
    AWAY: "moved away from {}",
    "supportive": "came out for {}",
    "opposed": "came out against {}",
    JOINTLY["supportive"]: "came out for {} in a joint text",
    JOINTLY["opposed"]: "came out against {} in a joint text",
    "engaging": "began to engage",
    BACK: "moved and came back",
    LOST: "fell back to no position",
}


@dataclass(frozen=True)
class Moves:
    """The names of the countries that did each thing, sorted; `ways` by the keys of TURNS.

    Who recognised, did so `again` after it withdrew, or withdrew is not in `ways`: that says which way it went.
    """

    recognised: Sequence[str] = ()
    again: Sequence[str] = ()
    withdrew: Sequence[str] = ()
    ways: Mapping[str, Sequence[str]] = field(default_factory=dict)
    began: int = 0
    ended: int = 0
    empty: str = ""


@remembered(most=32)
def moves_between(record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None) -> Moves:
    """Which way each country went after `since` up to and including `until`, once, by where its moves led."""
    countries = record.actors[record.actors["kind"] == "country"].drop(index=record.tracker.subject, errors="ignore")
    if actor_ids is not None:
        countries = countries[countries.index.isin(actor_ids)]
    known = stance_changes(record)
    known = known[known["actor_id"].isin(countries.index)]
    coded = int((known["date"] <= pd.Timestamp(until)).sum())
    rows = within(known[known["change"] == WORLD], since, until)
    rows = rows.assign(recognised=rows["recognised"] & ~rows["again"])
    acted = {act: set(rows.loc[rows[act], "actor_id"]) for act in ACTS}
    turned = _ways(rows[~rows["actor_id"].isin(set.union(*acted.values()))])
    named = {did: sorted(countries.loc[list(ids), "name"]) for did, ids in {**acted, **turned}.items()}
    began = within(lever_ends(record), since, until, actor_ids)["began"]
    empty = empty_state(len(countries), coded, filtered=actor_ids is not None)
    recognised, again, withdrew = (named.pop(act) for act in ACTS)
    return Moves(recognised, again, withdrew, named, int(began.sum()), int((~began).sum()), empty)


def _ways(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The actor_ids that went each way, and those that were coded for the first time, which is no move."""
    first = rows["before_stance"] == NOT_CODED.code
    ways = {FIRST: rows.loc[first, "actor_id"].tolist()} if first.any() else {}
    turns = rows[~first & (rows["before_stance"] != rows["after_stance"])]
    for actor_id, own in turns.groupby("actor_id")[["before_stance", "after_stance", "act"]]:
        way = _way(own)
        signed = own["act"].iloc[-1] == JOINT
        ways.setdefault(JOINTLY.get(way, way) if signed else way, []).append(str(actor_id))
    return ways


def headline(record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """What weighs most of what countries did, by name where there is room, in about twelve words."""
    moves = moves_between(record, since, until, actor_ids)
    if moves.empty:
        return sentence("; ".join(_levers_words(moves)) or moves.empty)
    told, _ = _told(_deeds(record.tracker.object, moves), MOST_WORDS)
    return sentence("; ".join(told))


def others(record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """The sentence that says what the headline has no room for; "" of nothing."""
    moves = moves_between(record, since, until, actor_ids)
    if moves.empty:
        return ""
    _, left = _told(_deeds(record.tracker.object, moves), MOST_WORDS)
    told = [*_told(left)[0], *_levers_words(moves)]
    return f"{sentence('; '.join(told))}." if told else ""


def span_in_words(since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """What stands above the headline: the days that it is about, and where filters leave only some actors."""
    among = "" if actor_ids is None else ", among those shown"
    return f"After {day_in_words(since)}, up to {day_in_words(until)}{among}"


Deed = tuple[Sequence[str], str]  # the names of those who did something, and what


def _told(deeds: Sequence[Deed], most_words: int = 0) -> tuple[list[str], list[Deed]]:
    """Deeds as clauses, by name where there is room, else by number; and those that there is no room for.

    Without `most_words` there is room for all, and where some are told there always is for the first.
    """
    told: list[str] = []
    for place, (names, did) in enumerate(deeds):
        many = f"{spelled(len(names))}{'' if any(' countries ' in clause for clause in told) else ' countries'}"
        forms = [f"{who} {did}".strip() for who in ([enumerated(names, NAMED)] if len(names) <= NAMED else []) + [many]]
        fits = [form for form in forms if not most_words or len(" ".join([*told, form]).split()) <= most_words]
        if told and not fits:
            return told, list(deeds[place:])
        told.append((fits or forms)[0])
    return told, []


def _deeds(whom: str, moves: Moves) -> list[Deed]:
    """What countries did, the weightiest first; what nobody did is not among it."""
    ways, acts = moves.ways, bool(moves.recognised or moves.again or moves.withdrew)
    withdrew = f"withdrew {agreeing(len(moves.withdrew), 'its', 'their')} recognition"
    again = AGAIN.format("it" if moves.recognised else whom)
    found = [(moves.recognised, f"recognised {whom}"), (moves.again, again), (moves.withdrew, withdrew)]
    for way, did in TURNS.items():
        is_told = acts or any(" recognition" in earlier for who, earlier in found if who)
        found.append((ways.get(way, ()), did.format("it" if is_told else "recognition")))
    deeds = [(names, did) for names, did in found if names]
    first = ways.get(FIRST, ())
    coded = [(first, f"{agreeing(len(first), 'was', 'were')} coded for the first time")] if first else []
    return [*(deeds or [(("No country",), "changed its stance")]), *coded]


def _way(moves: pd.DataFrame) -> str:
    """Which way the moves of one country, in their order, led from its first position to where it stands."""
    first, end = moves["before_stance"].iloc[0], moves["after_stance"].iloc[-1]
    taken = [code for code in (first, *moves["after_stance"]) if code in NEARNESS]
    if end not in NEARNESS:
        return BACK if first == end else LOST
    if first not in NEARNESS and set(taken) == {end}:
        return str(end)
    steps = NEARNESS.index(end) - NEARNESS.index(taken[0])
    return TOWARDS if steps > 0 else AWAY if steps < 0 else BACK


def _levers_words(moves: Moves) -> list[str]:
    """“2 levers began, 1 ended”, without what there is none of."""
    began, ended = moves.began, moves.ended
    parts = [f"{number(count)} {did}" for count, did in ((began, "began"), (ended, "ended")) if count]
    noun = agreeing(began or ended, "lever", "levers")
    return [", ".join(parts).replace(" ", f" {noun} ", 1)] if parts else []
