"""What a brief is, and what its parts are made of.

Does not belong here: what they say, on the two pages (brief_front, brief_front_all, brief_front_actor) or in the annex
(brief_annex, brief_annex_all, brief_annex_actor), and the page as a whole (brief_page).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from components.figures.theme import Paint, Theme
from components.publish.cards import Cards, References
from components.record.model import Record


@dataclass(frozen=True)
class Brief:
    """What a brief is about, its pictures by their name in the catalogue, and what it has cited so far.

    `since` is the day after which changes count; `room` is for how many rows of a list the two pages have
    room: with 0 hardly for one, the table is shorter, and nothing is said of envoys.
    """

    record: Record
    day: dt.date
    since: dt.date
    actor_id: str = ""
    theme: Theme = "light"
    annex: bool = False
    room: int = 6
    pictures: Mapping[str, Markup] = field(default_factory=dict)
    references: References = field(default_factory=References)

    @cached_property
    def cards(self) -> Cards:
        """Rows as this brief shows them."""
        return Cards(self.record, self.day, references=self.references, at_home=bool(self.actor_id))

    @property
    def most(self) -> int:
        """How many rows a list on the two pages has at the most."""
        return max(self.room, 1)

    @property
    def name(self) -> str:
        """Whom it is about; "" for all."""
        return self.cards.name(self.actor_id) if self.actor_id else ""

    def picture(self, name: str) -> Markup:
        """A picture, or nothing where it was not drawn."""
        return self.pictures.get(name, Markup())

    def cited(self, keys: Sequence[str]) -> Markup:
        """The first of these sources, as the two pages cite them; the annex has all."""
        return self.cards.cited(keys[:1])


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its id, its label in the contents, its finding in a sentence, and what proves it.

    Parts are made in the order in which they are read, because they number the sources. In the annex some begin a
    `new_page`.
    """

    name: str
    label: str
    finding: str
    content: Markup
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a word that stands out, with what it is and of whom; `paint` is the colour of its rule."""

    number: str
    words: str
    whom: str = ""
    paint: Paint | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list on the two pages: who, when, what of it in a few words, and a sentence with its source."""

    head: str
    when: str
    words: str
    text: str
    cited: Markup = field(default_factory=Markup)
