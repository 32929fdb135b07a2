"""Rows of the record as HTML, each with its sources and its id, which leads to its place on the actor's page.

Every text is escaped; an address becomes a link only where it is one of the web.
"""

from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd

from components.publish.site_page import Site, actor_path, folded
from components.record.vocabulary import ACTS, CONDITIONS, CONFIDENCES, DIRECTIONS, LEVELS, LEVERS, STANCES, STATUSES
from components.record.wording import counted, long_date, quoted_address

FIRST = 12  # rows shown before the reader asks for all


def stance_row(site: Site, row: Any, *, at_home: bool = False) -> str:
    """A row of stances: date, act, what happened, stance and level after it, sources, id.

    `at_home` is on the actor's own page.
    """
    stance, level = STANCES[row.stance], LEVELS[row.recognition_level]
    asks = ", ".join(CONDITIONS[code].label.lower() for code in row.condition)
    head = f"{_who(site, row, at_home)}{escape(long_date(row.date_text))} · {escape(ACTS[row.act].label)}"
    body = f"<p>{escape(row.summary)}</p>" + (f"<p>Asks for: {escape(asks)}</p>" if asks else "")
    about = f"{stance.symbol} {escape(stance.label)} · {escape(level.label)}"
    return _card(site, row, head, body, about, at_home, f", checked {escape(long_date(row.checked_on_text))}")


def lever_row(site: Site, row: Any, *, at_home: bool = False) -> str:
    """A row of `as_of.levers_until`: what is held, which way it pushes, since when."""
    way = DIRECTIONS[row.direction]
    until = "" if row.held else f" until {long_date(row.until_text)}"
    head = (
        f"{_who(site, row, at_home)}{way.symbol} <b>{escape(LEVERS[row.lever].label)}</b> · "
        f"{escape(way.label.lower())} · {escape(f'since {long_date(row.from_text)}{until}')}"
    )
    return _card(site, row, head, f"<p>{escape(row.summary)}</p>", "", at_home)


def fund_row(site: Site, row: Any, *, at_home: bool = False) -> str:
    """A row of money as from `summaries.funds.with_figures`: how much, in which state, on what terms."""
    ended = pd.notna(row.until) and row.until <= pd.Timestamp(site.day)
    until = f" until {long_date(row.until_text)}" if ended else ""
    head = (
        f"{_who(site, row, at_home)}<b>{escape(row.figure)}</b> {escape(STATUSES[row.status].label.lower())} · "
        f"{escape(row.since + until)}"
    )
    notes = {
        "part of a larger sum": row.part_of,
        "new reading": row.supersedes,
        "replaced by another reading": getattr(row, "replaced", False),
    }
    details = " · ".join(escape(text) for text in (row.channel, row.terms, *(n for n in notes if notes[n])) if text)
    body = f"<p>{escape(row.summary)}</p>" + (f"<p>{details}</p>" if details else "")
    return _card(site, row, head, body, "", at_home)


def change_row(site: Site, row: Any) -> str:
    """A row of `summaries.changes.changes_between`."""
    head = f"{_who(site, row)}{escape(long_date(row.date_text))} · {escape(row.kind)}"
    body = f"<p><b>{escape(row.what)}</b></p><p>{escape(row.summary)}</p>"
    evidence = f"{source_links(site, row.source_ids)} · row {_row_link(site, row.actor_id, row.row_id)}"
    return f'<article><p>{head}</p>{body}<p class="small">{evidence}</p></article>'


def condition_row(site: Site, row: Any) -> str:
    """A row of `summaries.conditions.conditions_on`."""
    asks = ", ".join(CONDITIONS[code].label.lower() for code in row.conditions)
    return (
        f"<li>{actor_link(site, row.actor_id)} – {escape(asks)} · {escape(long_date(row.date_text))} · "
        f'<span class="small">{source_links(site, row.source_ids)} · '
        f"row {_row_link(site, row.actor_id, row.row_id)}</span></li>"
    )


def listed(rows: list[str]) -> str:
    """Cards, the first of them open to see and the others folded away."""
    shown, more = rows[:FIRST], rows[FIRST:]
    rest = folded(f"{counted(len(more), 'more row')}", "\n".join(more)) if more else ""
    return "\n".join([*shown, rest])


def actor_link(site: Site, actor_id: str) -> str:
    """The name of an actor as a link to its page, where it has one."""
    name = escape(str(site.record.actors.at[actor_id, "name"]))
    return f'<a href="{escape(actor_path(actor_id))}">{name}</a>' if actor_id in site.actor_ids else name


def source_links(site: Site, keys: Iterable[str]) -> str:
    """Links to sources, each as publisher and date."""
    return " · ".join(_source(row) for row in map(site.sources.__getitem__, keys))


def source_list(site: Site, keys: Iterable[str]) -> str:
    """Sources with their titles and keys, as a list."""
    rows = map(site.sources.__getitem__, keys)
    items = [f"<li>{_source(row)}: {escape(row.title)} <code>{escape(row.id)}</code></li>" for row in rows]
    return f'<ul class="sources">\n{chr(10).join(items)}\n</ul>'


def _source(row: Any) -> str:
    words = escape(f"{row.publisher}, {long_date(row.date_text)}" if row.date_text else row.publisher)
    if urlsplit(row.url.strip()).scheme.lower() not in {"http", "https"}:
        return words
    return f'<a href="{escape(quoted_address(row.url.strip()))}" rel="noopener noreferrer">{words}</a>'


def _who(site: Site, row: Any, at_home: bool = False) -> str:
    return "" if at_home else f"<b>{actor_link(site, row.actor_id)}</b> · "


def _card(site: Site, row: Any, head: str, body: str, about: str, at_home: bool, checked: str = "") -> str:  # noqa: PLR0913, PLR0917
    place = f' id="{escape(row.id)}"' if at_home else ""
    link = _row_link(site, row.actor_id, row.id, at_home)
    parts = [about, f"{escape(CONFIDENCES[row.confidence].label)} confidence", source_links(site, row.source_ids)]
    evidence = " · ".join([*filter(None, parts), f"row {link}{checked}"])
    return f'<article{place}><p>{head}</p>{body}<p class="small">{evidence}</p></article>'


def _row_link(site: Site, actor_id: str, row_id: str, at_home: bool = False) -> str:
    """The id of a row as a link to the place where it can be cited."""
    home = "" if at_home else actor_path(actor_id)
    words = f"<code>{escape(row_id)}</code>"
    if actor_id not in site.actor_ids:
        return words
    return f'<a href="{escape(home)}#{escape(quote(row_id))}">{words}</a>'


def of(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, to be read by their columns' names."""
    return list(frame.itertuples(index=False))
