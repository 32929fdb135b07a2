"""What changed: the page of the last year, and feeds of all changes and of each actor's.

A feed is Atom (RFC 4287). Its ids are addresses of rows and its dates are those of the record, so that the same record
gives the same feed.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from components.publish import rows
from components.publish.site_page import Files, Page, Site
from components.publish.templates import render
from components.summaries.conditions import ALL, condition_counts, conditions_on
from components.summaries.moves import headline, others, span_in_words
from components.summaries.recodings import judged_anew
from components.summaries.ribbon import ribbon_of

DAYS = 365  # how far back the page goes
IN_FEED, IN_ACTORS_FEED = 100, 20  # of the newest changes


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: its address, which is its id, its title and text, and the day in the record."""

    address: str
    title: str
    text: str
    kind: str
    day: str


def changes_page(site: Site) -> Files:
    """The changes of the last year, our corrections apart, and what each says recognition would take."""
    record, day = site.record, site.day
    since = max(record.tracker.start - dt.timedelta(days=1), day - dt.timedelta(days=DAYS))
    live = site.live_at("changes", since=since.isoformat(), until=day.isoformat())
    page = Page(site, "changes/", headline(record, since, day), live, span_in_words(since, day))
    cards = page.cards
    counts = condition_counts(record, day).T.rename(index={ALL: "All countries"})
    counts = counts.rename(columns={code: term.label for code, term in site.record.words.conditions.items()})
    changed = rows.changes(record, since, day)
    return page.written(
        "site_changes.html",
        others=others(record, since, day),
        ribbon=ribbon_of(record, changed, since, day),
        number=len(changed),
        changes=cards.changes(changed),
        corrections=cards.changes(rows.corrections(record, since, day)),
        judged=len(judged_anew(record)),
        conditions=[cards.condition(row) for row in rows.of(conditions_on(record, day))],
        counts=counts.rename_axis("Bloc").reset_index(),
    )


def feeds(site: Site) -> list[Callable[[], Files]]:
    """What makes each feed; none without an address, because a feed may not be relative."""
    if not site.address:
        return []
    return [partial(_feed, site, ""), *(partial(_feed, site, actor_id) for actor_id in sorted(site.actor_ids))]


def _feed(site: Site, actor_id: str) -> Files:
    path = site.actor_path(actor_id) if actor_id else "changes/"
    entries = _entries(site, actor_id)[: IN_ACTORS_FEED if actor_id else IN_FEED]
    title = site.record.tracker.title
    named = f"{title}: {site.record.actors.at[actor_id, 'name'] if actor_id else 'changes'}"
    updated = max([site.day.isoformat(), *(entry.day for entry in entries)])
    made = render("site_feed.xml", site=site, page=path, title=named, entries=entries, updated=updated)
    return {f"{path}feed.xml": made}


def _entries(site: Site, actor_id: str) -> list[Entry]:
    """What happened in the world and what we corrected, newest first."""
    found = [made(site.record, dt.date.min, site.day) for made in (rows.changes, rows.corrections)]
    own = [frame[frame["actor_id"] == actor_id] if actor_id else frame for frame in found]
    entries = [
        _entry(site, row, again)
        for frame in own
        for row, again in zip(rows.of(frame), frame["row_id"].duplicated(keep="last"), strict=True)
        if row.row_id in site.row_ids
    ]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def _entry(site: Site, row: Any, again: bool) -> Entry:
    """A change as an entry; of a row that changes something `again`, as a lever that ends, the address says so."""
    address = site.at(site.row_path(row.row_id)) + ("#ended" if again else "")
    return Entry(address, f"{row.name}: {row.what}", row.summary, row.kind, row.date.date().isoformat())
