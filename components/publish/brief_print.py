"""A brief on paper: as many rows as two pages hold, and the PDF with its page numbers and what it says of itself.

Does not belong here: the page as HTML (brief_page), and metadata in general (pdf).
"""

import bisect
from dataclasses import replace

from components.publish.brief_page import page, title_of
from components.publish.brief_parts import Brief
from components.publish.browser import Renderer
from components.publish.pdf import described, page_count, page_numbers

PAGES = 2  # of A4, without the annex
ROOMS = range(7)  # see Brief: the most for which all of it stands on the pages is taken


def fitted(brief: Brief, faces: str, browser: Renderer) -> tuple[Brief, bytes]:
    """The brief with as many rows as its two pages hold, and these pages as a PDF."""
    tried: dict[int, bytes] = {}

    def is_too_long(room: int) -> bool:
        tried[room] = browser.print_page(page(replace(brief, room=room), faces, whole=False))
        return page_count(tried[room]) > PAGES

    room = ROOMS[max(bisect.bisect_left(ROOMS, True, key=is_too_long) - 1, 0)]
    return replace(brief, room=room), tried[room]


def printed(brief: Brief, two_pages: bytes, faces: str, browser: Renderer) -> bytes:
    """The brief as a PDF that says what it is, with the annex where it has one; of the same record the same bytes."""
    pdf = two_pages
    if brief.annex:  # only once it is printed is it known on which pages its parts are
        pages = page_numbers(browser.print_page(page(brief, faces)))
        pdf = browser.print_page(page(brief, faces, pages))
    tracker = brief.record.tracker
    words = {"title": title_of(brief), "author": tracker.author, "subject": tracker.question}
    keywords = [tracker.title, *([brief.name] if brief.name else []), brief.day.isoformat()]
    return described(pdf, **words, keywords=keywords, rights=tracker.licence)
