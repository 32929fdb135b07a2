"""What a brief is and the parts that every brief has: changes, conditions, method, sources, licence.

Does not belong here: the parts about all (brief_all) or about one actor (brief_actor), and the command (brief).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from components.figures.theme import Theme
from components.publish import rows
from components.publish.cards import Cards, References
from components.publish.templates import filled
from components.record.model import Record
from components.record.vocabulary import CONDITIONS
from components.record.wording import counted, day_in_words
from components.summaries.conditions import conditions_on
from components.summaries.moves import headline
from components.summaries.sources import citation


@dataclass(frozen=True)
class Brief:
    """What a brief is about, its pictures by their name in the catalogue, and what it has cited so far."""

    record: Record
    day: dt.date
    since: dt.date
    actor_id: str = ""
    theme: Theme = "light"
    pictures: Mapping[str, Markup] = field(default_factory=dict)
    references: References = field(default_factory=References)

    @cached_property
    def cards(self) -> Cards:
        """Rows as this brief shows them."""
        return Cards(self.record, self.day, references=self.references, at_home=bool(self.actor_id))

    def picture(self, name: str) -> Markup:
        """A picture, or nothing where it was not drawn."""
        return self.pictures.get(name, Markup())


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its id, its small label, its finding in a sentence, and what proves it.

    Parts are made in the order in which they are read, because they number the sources.
    """

    name: str
    label: str
    finding: str
    content: Markup
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A number or a word that stands out, with what it is and the id that it leads to.

    `colour` is that of its rule, "" for the usual one; `names` are those whom it counts, where they are few.
    """

    number: str
    words: str
    target: str
    colour: str = ""
    names: str = ""


def say(macro: str, *values: Any, **named: Any) -> Markup:
    """A macro of `brief_parts.html`, filled in."""
    return filled("brief_parts.html", macro, *values, **named)


def changes(brief: Brief) -> Part:
    """What changed since the first day, in the world and by our corrections."""
    record, since, day = brief.record, brief.since, brief.day
    world = rows.changes(record, since, day, brief.actor_id)
    coded = rows.corrections(record, since, day, brief.actor_id)
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
    for code, term in CONDITIONS.items():
        people = [(row.name, brief.cards.cited(row.source_ids)) for row in said if code in row.conditions]
        groups += [(term, people)] if people else []
    finding = f"{counted(len(said), 'country has', 'countries have')} said what recognition would take"
    if brief.actor_id:
        finding = f"Asks for: {', '.join(term.label.lower() for term, _ in groups)}"
    return Part("conditions", "Conditions", finding, say("conditions", groups, of_one=bool(brief.actor_id)))


def method(brief: Brief) -> Part:
    """What the record holds and what its words mean."""
    return Part("coding", "Method", "How it was coded", say("method", brief.record))


def sources(brief: Brief) -> Part:
    """All that was cited, in order; to be made after every other part."""
    keys = brief.references.numbers
    finding = f"{counted(len(keys), 'source')} cited, in order of first mention"
    listed = say("sources", [brief.cards.sources[key] for key in keys])
    return Part("sources", "Sources", finding, listed, new_page=True)


def licence(brief: Brief, title: str) -> Part:
    """How to cite the brief, and where its code and data are."""
    content = say("licence", brief.record, title, citation(brief.record))
    return Part("licence", "Licence", "How to cite this brief", content)
