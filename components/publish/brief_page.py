"""A brief as one HTML page: the two pages and, where it was asked for, the annex.

Does not belong here: what the parts say (brief_front, brief_annex and their rooms), drawing, printing, files (brief).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from components.figures.theme import QUIET
from components.publish import brief_annex_actor, brief_annex_all, brief_front_actor, brief_front_all
from components.publish.brief_annex import sources
from components.publish.brief_front import definitions, how_to_cite, key_sources
from components.publish.brief_parts import Brief, Part
from components.publish.cards import References
from components.publish.colours import colours
from components.publish.templates import render, styles
from components.record.wording import dated, day_in_words, isolated

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)

DAY = re.compile(r"(\d{1,2} [^\W\d]+ \d{4})")


def title_of(brief: Brief) -> str:
    """What the brief says and on which day, in one line."""
    about = brief_front_actor if brief.actor_id else brief_front_all
    return dated(about.finding(brief), brief.day)


def page(brief: Brief, faces: str = "", pages: Mapping[str, int] | None = None, *, whole: bool = True) -> str:
    """The brief as an HTML page; `faces` are the @font-face rules of its fonts.

    `pages` has the page of each part of the annex by its id, once they are known; not `whole` is without the annex.
    """
    brief = replace(brief, references=References())
    record, front_of = brief.record, brief_front_actor if brief.actor_id else brief_front_all
    standfirst = front_of.standfirst(brief)  # in the order of reading, because that numbers the sources
    front = [*front_of.parts(brief), definitions(brief), key_sources(brief)]
    annex = _annex(brief) if brief.annex and whole else []
    return render(
        "brief.html",
        policy=POLICY,
        scheme=brief.theme,
        title=title_of(brief),
        description=record.tracker.question,
        author=record.tracker.author,
        style=faces + _look(brief) + styles("picture.css", "card.css", "brief.css"),
        quiet=QUIET.light,
        heads=_heads(brief),
        record=record,
        day=brief.day,
        finding=_days_whole(front_of.finding(brief)),
        standfirst=standfirst,
        numbers=front_of.numbers(brief),
        picture=brief.picture(front_of.PICTURES[0]),
        front=front,
        cite=how_to_cite(brief, title_of(brief)),
        annex=_sheaves(annex),
        pages=pages or {},
    )


def _annex(brief: Brief) -> list[Part]:
    of = brief_annex_actor if brief.actor_id else brief_annex_all
    return [*(part for part in of.parts(brief) if part), sources(brief)]


def _sheaves(parts: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """The parts of the annex that follow each other from a new page on, with what stands at the head of the paper."""
    sheaves: list[list[Part]] = []
    for part in parts:
        if part.new_page or not sheaves:
            sheaves.append([])
        sheaves[-1].append(part)
    return [(css_string(f"Annex: {', '.join(part.label for part in sheaf)}"), sheaf) for sheaf in sheaves]


def _look(brief: Brief) -> str:
    """The colours of the theme; on paper always the light ones."""
    return f"{colours(brief.theme)}@media print {{{colours('light')}:root {{color-scheme: light}}}}\n"


def _heads(brief: Brief) -> dict[str, object]:
    """What stands in the margins of paper, as strings of CSS."""
    tracker = brief.record.tracker
    about = f"{brief.name}, as of" if brief.name else "As of"
    return {
        "left": css_string(tracker.title),
        "right": css_string(f"{about} {day_in_words(brief.day)}"),
        "foot": css_string(f"{tracker.licence} · record to {day_in_words(tracker.data_until)}"),
    }


def _days_whole(text: str) -> Markup:
    """A sentence for the headline, in which a line breaks inside no date."""
    whole = Markup('<span class="unbroken">{}</span>')
    return Markup("").join(
        whole.format(part) if at % 2 else escape(part) for at, part in enumerate(DAY.split(isolated(text)))
    )


def css_string(text: str) -> str:
    """A text as a string of CSS, in which no sign can end the string or the style sheet."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):06x}" for sign in text) + '"'
