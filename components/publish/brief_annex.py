"""What the annex of every brief has: changes, conditions, method, and all sources.

Does not belong here: the parts about all (brief_annex_all) or about one actor (brief_annex_actor), and the two pages.
"""

from typing import Any

from markupsafe import Markup

from components.publish import rows
from components.publish.brief_parts import Brief, Part
from components.publish.templates import filled
from components.record.wording import counted, day_in_words
from components.summaries.conditions import conditions_on
from components.summaries.moves import headline


def say(macro: str, *values: Any, **named: Any) -> Markup:
    """A macro of `brief_annex.html`, filled in."""
    return filled("brief_annex.html", macro, *values, **named)


def changes(brief: Brief) -> Part | None:
    """What changed since the first day, in the world and by our corrections; None where nothing did."""
    record, since, day = brief.record, brief.since, brief.day
    world = rows.changes(record, since, day, brief.actor_id)
    coded = rows.corrections(record, since, day, brief.actor_id)
    if world.empty and coded.empty:
        return None
    finding = headline(record, since, day)
    if brief.actor_id:
        finding = f"{counted(len(world), 'change')} between {day_in_words(since)} and {day_in_words(day)}"
    cards = [brief.cards.changes(frame) for frame in (world, coded)]
    return Part("changes", "Changes", finding, say("changes", since, day, *cards))


def conditions(brief: Brief) -> Part | None:
    """What recognition would take, by condition: who says so; None where nobody does."""
    said = rows.of(conditions_on(brief.record, brief.day, [brief.actor_id] if brief.actor_id else None))
    if not said:
        return None
    groups = []
    for code, term in brief.record.words.conditions.items():
        people = [(row.name, brief.cards.cited(row.source_ids)) for row in said if code in row.conditions]
        groups += [(term, people)] if people else []
    finding = f"{counted(len(said), 'country has', 'countries have')} said what recognition would take"
    if brief.actor_id:
        finding = f"Asks for: {', '.join(term.lowered for term, _ in groups)}"
    return Part("conditions", "Conditions", finding, say("conditions", groups, of_one=bool(brief.actor_id)))


def method(brief: Brief) -> Part:
    """What the record holds and what its words mean."""
    return Part("coding", "Method", "How it was coded", say("method", brief.record), new_page=True)


def sources(brief: Brief) -> Part:
    """All that was cited, in order; to be made after every other part."""
    keys = brief.references.numbers
    finding = f"{counted(len(keys), 'source')} cited, in order of first mention"
    listed = say("sources", [brief.cards.sources[key] for key in keys])
    return Part("sources", "Sources", finding, listed, new_page=True)
