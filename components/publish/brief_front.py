"""What the two pages of every brief share: what changed, the table, definitions, sources, and how to cite.

Does not belong here: what is said of all (brief_front_all) or of one actor (brief_front_actor), and who stands in the
table (brief_table).
"""

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from components.publish import rows
from components.publish.brief_parts import Brief, Line, Part
from components.publish.brief_table import known_best, peers_of, table_rows
from components.publish.templates import filled
from components.record.on_day import RECOGNITION, positions
from components.record.vocabulary import DIRECTIONS
from components.record.wording import counted, day_in_words, enumerated, long_date
from components.summaries.changes import KINDS
from components.summaries.joint import in_words, outcomes, sources_of, together
from components.summaries.moves import headline, moves_between, others
from components.summaries.sources import citation

KEY_SOURCES = 10
MATTER = 15  # states and bodies in the table; a fifth of them where all else leaves no room
NAMED = 6  # at the most, of those who did something together
LEVER = "Something a state or body can give or withhold."


def say(macro: str, *values: Any, **named: Any) -> Markup:
    """A macro of `brief_front.html`, filled in."""
    return filled("brief_front.html", macro, *values, **named)


def listed(brief: Brief, lines: Sequence[Line], otherwise: str, intro: str = "", known: int = 0) -> Markup:
    """Lines as a list with how many more are known, or in words that there are none."""
    return say("lines", lines, otherwise, intro, max(known - len(lines), 0), brief.annex)


def changed(brief: Brief) -> Part:
    """What happened after the first day: the weightiest first, what several did together as one."""
    record, since, day = brief.record, brief.since, brief.day
    found = rows.changes(record, since, day, brief.actor_id)
    kinds = found["kind"].map(list(KINDS).index)
    groups = together(record, found.loc[kinds.sort_values(kind="stable").index])
    lines = [_change(brief, group) for group in groups[: brief.most]]
    finding, intro = headline(record, since, day), others(record, since, day)
    if brief.actor_id or moves_between(record, since, day).empty:
        finding, intro = f"{counted(len(groups), 'entry', 'entries')} on record", ""
    if not groups:
        finding, intro = f"Nothing is on record{' of ' + brief.name if brief.name else ''}", ""
    content = listed(brief, lines, "", intro, len(groups))
    return Part("changed", "Changes", f"{finding} after {day_in_words(since)}", content)


def _change(brief: Brief, group: Sequence[Any]) -> Line:
    """One change, or what several countries did as one, as a line."""
    first = group[0]
    cited = brief.cited(sources_of(group))
    if len(group) == 1:
        head = "" if brief.actor_id else first.name
        return Line(head, long_date(first.date_text), first.what, first.summary, cited)
    said = [
        f"{what}: {enumerated([row.name for row in those], NAMED)}" for what, those in outcomes(group).items()
    ]  # fmt: skip
    return Line(in_words(group), long_date(first.date_text), "; ".join(said), f"For example: {first.summary}", cited)


def table(brief: Brief) -> Part:
    """Those that matter most, or the actor and its peers, each fact with its own date."""
    if brief.actor_id:
        ids = peers_of(brief.record, brief.day, brief.actor_id)
        peers = "those that share most of its blocs and region"
        if brief.record.actors.at[brief.actor_id, "kind"] == "body":
            peers = "its members and other bodies" if brief.actor_id in brief.record.tracker.blocs else "other bodies"
        finding = f"{brief.name} beside {peers}" if ids[1:] else "Nobody else shares a bloc or the region"
    else:
        ids = known_best(brief.record, brief.day)
        finding = "Who recognises or supports, then who holds most levers"
    entries = table_rows(brief.record, brief.day, ids[: MATTER if brief.room else MATTER // 5])
    return Part("table", "Table", finding, say("table", entries, finding, brief.actor_id))


def definitions(brief: Brief) -> Part:
    """What the words on the two pages mean, a line each."""
    levels = brief.record.words.levels
    ladder = ", ".join(term.lowered for term in levels.values())
    ways = ", ".join(f"{way.symbol} {way.label.lower()} ({way.definition[:-1].lower()})" for way in DIRECTIONS.values())
    terms = {
        levels[RECOGNITION].label: levels[RECOGNITION].definition,
        **{f"{term.symbol} {term.label}": _begins(term.definition) for term in positions(brief.record).values()},
        "Level of contact": f"The highest act that holds: {ladder}.",
        **({"Lever": f"{LEVER} {ways}."} if len(brief.record.levers) else {}),
    }
    return Part("definitions", "Definitions", "What the words mean", say("definitions", terms))


def _begins(definition: str) -> str:
    """The first sentence of a definition: the rest stands in the codebook."""
    return re.split(r"(?<=\.) ", definition, maxsplit=1)[0]


def key_sources(brief: Brief) -> Part:
    """The sources of the facts above, to be made after them: ten in full, the others by publisher and day."""
    numbered = [brief.cards.sources[key] for key in brief.references.numbers]
    content = say("sources", numbered[:KEY_SOURCES], numbered[KEY_SOURCES:], own=not brief.annex)
    return Part("key-sources", "Sources", "Where the facts above come from", content)


def how_to_cite(brief: Brief, title: str) -> Markup:
    """How to cite the brief, under which licence it is, and where the rest of the record stands."""
    return say("cite", brief.record, title, citation(brief.record), brief.annex)


def sources_of_day(brief: Brief, actor_id: str, date: str) -> Sequence[str]:
    """The sources of the newest row of an actor of a date as the record writes it; none where no row is of it."""
    known = rows.stances(brief.record, brief.day, actor_id)
    return next(iter(known.loc[known["date_text"] == date, "source_ids"]), ())
