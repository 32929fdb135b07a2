"""Briefs for tests, and how to read what one says."""

import datetime as dt
import re
from dataclasses import replace
from xml.etree import ElementTree

from markupsafe import Markup

from components.publish.brief import pictures_of
from components.publish.brief_parts import Brief
from components.record.model import Record

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> \" ' &amp; [x](javascript:alert(1))"


def a_brief(record: Record, actor_id: str = "", **chosen: object) -> Brief:
    """A brief of the record's last day, with a mark in place of each picture."""
    day = record.tracker.data_until
    made = Brief(record, day, day - dt.timedelta(days=90), actor_id)
    made = replace(made, **chosen)  # type: ignore[arg-type]
    pictures = {name: Markup('<figure id="picture-{}"></figure>').format(name) for name in pictures_of(made)}
    return replace(made, pictures=pictures)


def parsed(text: str) -> ElementTree.Element:
    """The page as a tree; it is well formed by the rules of XML too, but for its doctype and empty elements."""
    closed = re.sub(r"(<meta [^>]*)>", r"\1/>", text.removeprefix("<!doctype html>")).replace("&nbsp;", " ")
    return ElementTree.fromstring(closed)  # noqa: S314 - of our own making


def words_of(element: ElementTree.Element) -> str:
    return "".join(element.itertext())
