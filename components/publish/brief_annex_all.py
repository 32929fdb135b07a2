"""The annex of a brief about all: counts, levers, money, and every stance with its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

from components.publish import rows
from components.publish.brief_annex import changes, conditions, method, say
from components.publish.brief_parts import Brief, Part
from components.record.on_day import positions, stances_on
from components.record.vocabulary import DIRECTIONS, LISTED, NOT_CODED, Term
from components.record.wording import counted, day_in_words
from components.summaries.funds import funds_headline
from components.summaries.levers import matrix, matrix_headline
from components.summaries.stances import jointly
from components.summaries.standing import class_codes
from components.summaries.time import moved

PICTURES = ("counts", "stocks", "pledges")


@dataclass(frozen=True, slots=True)
class Group:
    """The countries of one stance: as cards, or by name with their sources where nothing was found to tell.

    `joint` says how many take it only by a joint text.
    """

    term: Term
    count: int
    joint: str = ""
    cards: list[Markup] = field(default_factory=list)
    people: list[tuple[str, Markup]] = field(default_factory=list)


def parts(brief: Brief) -> Iterable[Part | None]:
    """The parts in order; None for those that have nothing to say."""
    made = (_counts, _matrix, _stocks, _pledges, changes, conditions, _stances, _flows, method)
    return [make(brief) for make in made]


def _counts(brief: Brief) -> Part:
    moves = moved(brief.record, brief.day)
    moves = moves[moves["before"] != NOT_CODED.code]
    since = day_in_words(brief.record.tracker.start)
    where = counted(moves["actor_id"].nunique(), "country", "countries")
    finding = f"Since {since} stances changed {counted(len(moves), 'time')}, in {where}"
    return Part("counts", "Over time", finding, brief.picture("counts"))


def _matrix(brief: Brief) -> Part | None:
    shown = matrix(brief.record, brief.day)
    cells = shown.cells[shown.cells["held"].astype(bool)]
    groups: dict[str, list[tuple[str, list[Any]]]] = {}
    for actor in shown.rows[shown.rows.index.isin(cells["actor_id"])].itertuples():
        own = rows.of(cells[cells["actor_id"] == actor.Index])
        ways = [_levers(brief, [row for row in own if row.direction == way]) for way in DIRECTIONS]
        groups.setdefault(actor.group, []).append((f"{LISTED[actor.stance].symbol} {actor.name}", ways))
    finding = matrix_headline(brief.record, brief.day)
    content = say("matrix", brief.day, groups)
    return Part("levers", "Levers", finding, content, new_page=True) if groups else None


def _levers(brief: Brief, own: list[Any]) -> list[tuple[str, Markup]]:
    """Levers in words with their sources, in the order of the closed list."""
    known = brief.record.words.levers
    own = sorted(own, key=lambda row: list(known).index(row.lever))
    return [
        (
            f"{DIRECTIONS[row.direction].symbol}\N{NO-BREAK SPACE}{known[row.lever].label}",
            brief.cards.cited(row.source_ids),
        )
        for row in own
    ]


def _stocks(brief: Brief) -> Part:
    cards = [brief.cards.sum(row) for row in rows.of(rows.stocks(brief.record, brief.day))]
    finding = funds_headline(brief.record, brief.day)
    return Part("money", "Money", finding, say("stocks", brief.picture("stocks"), cards), new_page=True)


def _pledges(brief: Brief) -> Part | None:
    known = rows.flows(brief.record, brief.day)
    givers = counted(known["actor_id"].nunique(), "giver")
    finding = f"{givers} promised or paid, in {counted(len(known), 'row')}"
    content = say("pledges", brief.picture("pledges"))
    return Part("pledges", "Pledged and paid", finding, content) if len(known) else None


def _flows(brief: Brief) -> Part | None:
    cards = [brief.cards.sum(row) for row in rows.of(rows.flows(brief.record, brief.day))]
    content = say("cards", cards, "Newest first")
    return Part("flows", "Flows", "Every pledge and payment", content, new_page=True) if cards else None


def _stances(brief: Brief) -> Part:
    """Every actor by stance: those with a position as rows, the others by name, each with its sources."""
    actors = brief.record.actors.drop(index=brief.record.tracker.subject)
    held = stances_on(brief.record, brief.day)
    held = held.join(actors.loc[held.index, ["kind", "name"]]).sort_values("name")
    countries = held[held["kind"] == "country"]
    known = positions(brief.record).items()
    groups = [_group(brief, term, countries[countries["position"] == code]) for code, term in known]
    bodies = [brief.cards.stance(row) for row in rows.of(held[held["kind"] != "country"])]
    blank = actors.loc[(actors["kind"] == "country") & ~actors.index.isin(held.index), "name"].sort_values().tolist()
    content = say("stances", groups, blank, bodies)
    return Part("stances", "Stances", "Where each stands, and on what evidence", content, new_page=True)


def _group(brief: Brief, term: Term, held: pd.DataFrame) -> Group:
    if term.code == "none":
        people = [(row.name, brief.cards.cited(row.source_ids)) for row in rows.of(held)]
        return Group(term, len(people), people=people)
    cards = [brief.cards.stance(row) for row in rows.of(held)]
    return Group(term, len(held), jointly(class_codes(held), term.code), cards)
