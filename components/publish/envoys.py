"""Who accepts and who keeps envoys, as HTML for the pages and the site: the one door to `templates/envoys.html`."""

import datetime as dt
from collections.abc import Callable, Collection

from markupsafe import Markup

from components.publish.templates import filled
from components.record.model import Record
from components.summaries.envoys import SIDES, envoys_on, highest, not_researched, tells_envoys

NAMED = 8  # in the line below a finding


def envoys_line(
    record: Record, day: dt.date, place: str, actor_ids: Collection[str] | None = None, when: str = ""
) -> Markup:
    """Who accepts an ambassador, by name, with a link to the rest at `place`; nothing where no envoys are told.

    `when` is the day in words, for a place that also shows others.
    """
    for group in highest(record, day, actor_ids)[:1]:
        said = group.in_words(record.tracker.object, NAMED)
        if actor_ids is not None:  # nobody is to read a sentence about some as one about all
            said = f"Among those shown, {said[:1].lower()}{said[1:]}"
        return filled("envoys.html", "line", said, place, when)
    return Markup()


def envoys_section(
    record: Record, day: dt.date, address: Callable[[str], str], actor_ids: Collection[str] | None = None
) -> Markup:
    """All of it, with the address of each actor's page; nothing where the record tells no envoys."""
    if not tells_envoys(record):
        return Markup()
    sides = [(side, list(envoys_on(record, day, side, actor_ids).values())) for side in SIDES]
    note = not_researched(record, day, actor_ids)
    return filled("envoys.html", "section", record.tracker.object, sides, note, address)
