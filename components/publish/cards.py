"""Rows of the record as cards, the same on pages, the site and in a brief: the one door to `templates/card.html`.

Belongs here: what a card must know of the place where it stands. Does not belong here: its markup, and which rows are
shown (rows, and the pages).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from components.publish.templates import filled
from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import replaced_on
from components.summaries.changes import UNDONE
from components.summaries.joint import in_words, outcomes, sources_of, together
from components.summaries.recodings import Recoding, recodings_by_row


@dataclass(frozen=True, slots=True)
class References:
    """The sources that a text cites, numbered in the order in which it first does."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """The number of a source, by its id."""
        return self.numbers.setdefault(key, len(self.numbers) + 1)


def nowhere(*_: str) -> str:
    """The address of what has no page."""
    return ""


@dataclass(frozen=True)
class Cards:
    """Draws rows as cards for one place; each method gives an `<article class="card">`, in which all text is escaped.

    `day` is the day that the place shows. `actor_address` gives the address of the page of an actor_id, `row_address`
    that of a row by its actor_id and id; "" for none. `footnote` cites a row by its actor_id, id and date where what
    proves it stands behind a word; "" where all of it stands on the card. Sources are links, or numbers where there are
    `references` to collect them. `at_home` is the actor's own place: it is not named, and each row can be linked to by
    its id.

    A row is a namedtuple or a Series with the columns that its method names.
    """

    record: Record
    day: dt.date
    actor_address: Callable[[str], str] = nowhere
    row_address: Callable[[str, str], str] = nowhere
    footnote: Callable[[str, str, str], str] = nowhere
    references: References | None = None
    at_home: bool = False

    def stance(self, row: Any) -> Markup:
        """A row of `on_day.stance_history`."""
        return filled("card.html", "stance", self, row)

    def lever(self, row: Any) -> Markup:
        """A row of `on_day.levers_until`."""
        return filled("card.html", "lever", self, row)

    def sum(self, row: Any) -> Markup:
        """A row of funds with the columns of `funds.with_figures`."""
        return filled("card.html", "sum", self, row)

    def change(self, row: Any) -> Markup:
        """A row of `changes.changes_between` or `changes.corrections_between`."""
        return filled("card.html", "change", self, row)

    def changes(self, frame: pd.DataFrame) -> list[Markup]:
        """A frame of the same: what several countries did together is one card, which names them all."""
        return [self.together(rows) for rows in together(self.record, frame)]

    def together(self, rows: Sequence[Any]) -> Markup:
        """One of the lists of `joint.together`: a change, or what several countries did as one."""
        if len(rows) == 1:
            return self.change(rows[0])
        return filled("card.html", "joint", self, rows, in_words(rows), outcomes(rows), sources_of(rows))

    def condition(self, row: Any) -> Markup:
        """A row of `conditions.conditions_on`."""
        return filled("card.html", "condition", self, row)

    def cited(self, keys: Iterable[str]) -> Markup:
        """Sources by their ids, as a card cites them."""
        return filled("card.html", "cited", self, keys)

    def name(self, actor_id: str) -> str:
        """The name of an actor."""
        return str(self.record.actors.at[actor_id, "name"])

    def notes(self, row: Any) -> list[str]:
        """What must be known of a row of money before it is compared with another or added to it."""
        holds = {
            "part of a larger sum": row.part_of,
            "new reading": row.supersedes,
            "replaced by another reading": row.id in self._replaced,
        }
        return [note for note, is_so in holds.items() if is_so]

    def undone(self, row: Any) -> str:
        """Whether a row of stances has been taken back by another of the same day, in words."""
        return UNDONE.get(row.undone, "")

    def recoded(self, row_id: str) -> Sequence[Recoding]:
        """What of a row was judged anew, newest first."""
        return self._recoded.get(row_id, ())

    def is_over(self, until: Any) -> bool:
        """Whether something ended by the day; `until` is a Timestamp, or NaT for what has no end."""
        return bool(until <= pd.Timestamp(self.day))

    @cached_property
    def sources(self) -> Mapping[str, Any]:
        """Each source by its id."""
        return _sources(self.record)

    @cached_property
    def _recoded(self) -> Mapping[str, Sequence[Recoding]]:
        return recodings_by_row(self.record)

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """The ids of the rows of money of which there is another reading by the day."""
        replaced = replaced_on(self.record) <= pd.Timestamp(self.day)
        return frozenset(self.record.funds.loc[replaced, "id"])


@remembered(most=1)
def _sources(record: Record) -> dict[str, Any]:
    return dict(zip(record.sources.index, record.sources.itertuples(index=False), strict=True))
