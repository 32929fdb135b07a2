"""The HTML templates and the one door to them: everything that is put into one is escaped, unless it is Markup.

`picture.html` has the words around a drawing, `card.html` the cards of rows; pages, site and brief use both. The pages
of the site and the brief extend `base.html`.
"""

import functools
import re
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from components.record import vocabulary
from components.record.check.cells import is_web_address
from components.record.on_day import positions
from components.record.wording import counted, day_in_words, in_markdown, isolated, long_date, quoted_address
from components.summaries.sources import source_words, whose

FOLDER = Path(__file__).parent


def web_address(url: str) -> str:
    """An address as a link may hold it; "" for whatever is not one of the web: no link is made without it."""
    return quoted_address(url) if is_web_address(url) else ""


def cell(value: Any) -> str:
    """A cell of a frame as text: thousands grouped, "" where it is not known."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


_RANGE = re.compile(r"([^\s–]*\d[^\s–]*–\S*\d\S*)")


def unbroken(text: str) -> Markup:
    """Text in which a browser breaks no range, such as “$4.0–4.2bn”, at its dash."""
    parts = (
        Markup('<span class="unbroken">{}</span>').format(part) if at % 2 else escape(part)
        for at, part in enumerate(_RANGE.split(isolated(text)))
    )
    return Markup("").join(parts)


def _for_the_eye(value: Any) -> Any:
    return isolated(value) if type(value) is str else value  # Markup has been here before


@functools.cache
def environment() -> Environment:
    """The environment of all templates, which knows the closed lists and how dates and numbers are written."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_for_the_eye,
    )
    made.filters |= {
        "web_address": web_address,
        "long_date": long_date,
        "day_in_words": day_in_words,
        "counted": counted,
        "cell": cell,
        "unbroken": unbroken,
        "whose": lambda source: whose(source.publisher, source.via),
        "source_words": source_words,
    }
    made.globals |= {"vocabulary": vocabulary, "positions": positions}
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}  # in the order they have
    return made


@functools.cache
def module(name: str) -> Any:
    """The macros of a template, to be called as functions."""
    return environment().get_template(name).module


def filled(template: str, macro: str, *values: Any, **named: Any) -> Markup:
    """A macro of a template, filled in."""
    made: Markup = getattr(module(template), macro)(*values, **named)
    return made


def render(template: str, **values: Any) -> str:
    """A template filled in."""
    return environment().get_template(template).render(values)


def render_markdown(template: str, **values: Any) -> str:
    """A Markdown template filled in; what is put into it has no markup, whatever signs it holds."""
    made = environment().overlay(autoescape=False, finalize=_literal)
    return made.get_template(template).render(values)


def _literal(value: Any) -> str:
    return in_markdown(str(value))


def styles(*names: str) -> str:
    """Style sheets of the folder, one after another."""
    return "\n".join(map(text, names))


@functools.cache
def text(name: str) -> str:
    """A style sheet or a script of the folder."""
    return (FOLDER / name).read_text(encoding="utf-8")
