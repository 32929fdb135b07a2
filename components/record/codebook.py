"""The codebook's tables, made from the schema and the words of a subject; they stand between two marks of its README.

Does not belong here: writing them there (`python -m components.validation FOLDER --fix-format`).
"""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from components.record import vocabulary
from components.record.check import Problem
from components.record.model import Record
from components.record.schema import (
    TABLES,
    TRACKER_FILE,
    TRACKER_LISTS,
    TRACKER_OPTIONAL,
    TRACKER_TABLES,
    TRACKER_TEXTS,
    TRACKER_WORDS,
    Column,
    Table,
)
from components.record.vocabulary import MONEY, Terms
from components.record.wording import in_markdown
from components.record.words import Words

README_FILE = "README.md"
TARGET = Path(__file__).parents[2] / "data" / "README.md"
BEGIN, END = "<!-- codebook: begin -->", "<!-- codebook: end -->"


def closed_lists(words: Words) -> dict[str, Terms]:
    """Every closed list of a subject, by the columns that it is of."""
    return {
        "stance": words.stances,
        "recognition_level": words.levels,
        "envoy_received, envoy_sent": vocabulary.ENVOYS,
        "act": words.acts,
        "condition": words.conditions,
        "confidence": vocabulary.CONFIDENCES,
        "change": vocabulary.CHANGES,
        "lever": words.levers,
        "direction": vocabulary.DIRECTIONS,
        "status": vocabulary.STATUSES,
        "covers": vocabulary.COVERS,
        "kind (sources)": vocabulary.SOURCE_KINDS,
        "kind (actors)": vocabulary.ACTOR_KINDS,
        "region": vocabulary.REGIONS,
    }


def codebook(words: Words, written: Callable[[str], str] = in_markdown) -> str:
    """How a stance is chosen, and every table, column and closed list of a subject, in Markdown.

    `written` makes of what the subject says a text without markup, as whatever shows it needs that.
    """
    names = {code: replace(term, label=words.money[code]) for code, term in MONEY.items()}
    parts = [
        _tree(words),
        *(_table(table) for table in TABLES.values()),
        _tracker(),
        *(_list(name, terms, written) for name, terms in closed_lists(words).items()),
        _list("money (tracker.toml)", names, written),
    ]
    return "\n\n".join(parts)


def own_codebook(record: Record) -> str:
    """The codebook in the record's folder; "" where there is none, or where it is that of the record it began as.

    Whoever copies the shipped folder for another subject has its codebook too, until they write their own.
    """
    text = record.texts.get(README_FILE, "")
    try:
        copied = text == TARGET.read_text(encoding="utf-8")
        title = tomllib.loads((TARGET.parent / TRACKER_FILE).read_text(encoding="utf-8"))["title"]
    except (OSError, ValueError, KeyError):  # there is none that it could be a copy of
        return text
    return "" if copied and record.tracker.title != title else text


def with_codebook(text: str, words: Words) -> str:
    """A README's text with what stands between the two marks replaced by the codebook; without marks as it is."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    return f"{head}{begin}\n\n{codebook(words)}\n\n{end}{tail}" if end else text


def stale(record: Record) -> list[Problem]:
    """The warning that the codebook in the record's folder is not that of its tracker; nothing where it is, or none."""
    text = record.texts.get(README_FILE, "").replace("\r\n", "\n")
    if text == with_codebook(text, record.words):
        return []
    line = text[: text.index(BEGIN)].count("\n") + 1
    found, allowed = "the tables between the marks are out of date", f"those of this edition and of {TRACKER_FILE}"
    return [Problem(README_FILE, line, "-", found, allowed, "run the check with --fix-format")]


def no_own(record: Record) -> list[Problem]:
    """The warning that the record's folder has no codebook of its own: none at all, or another record's."""
    if record.folder.resolve() == TARGET.parent or own_codebook(record):
        return []
    found = "it is the codebook of another record" if README_FILE in record.texts else "the folder has no codebook"
    allowed = "how this record is coded, in words, with the tables between two marks"
    return [Problem(README_FILE, 1, "-", found, allowed, "write one, as `python -m components.curate new` begins it")]


def _tree(words: Words) -> str:
    """The steps by which a stance is chosen, then the ladder of levels."""
    steps = [
        f"{place}. **{words.stances[code].label}** (`{code}`). {rule}"
        for place, (code, rule) in enumerate(words.stance_tree.items(), 1)
    ]
    ladder = ", ".join(f"`{code}`" for code in words.levels)
    level = f"The level is the highest of these rungs that holds, whatever the stance: {ladder}."
    return "\n".join(["### Which stance: the first that applies", "", *steps, "", level])


def _table(table: Table) -> str:
    rows = [f"| `{column.name}` | {_form(column)} | {column.meaning} |" for column in table.columns]
    return "\n".join(
        [
            f"### {table.file}",
            "",
            f"One row is {table.row_is}.",
            "",
            "| column | form | meaning |",
            "|---|---|---|",
            *rows,
        ]
    )


def _form(column: Column) -> str:
    forms = {
        "number": "whole number",
        "decimal": "number",
        "references": "ids",
        "reference": f"id of {column.refers_to}.csv",
        "url": "web address",
    }
    form = forms.get(column.kind, column.kind)
    return form if column.required else f"{form}, may be blank"


def _tracker() -> str:
    keys = {**TRACKER_TEXTS, **TRACKER_LISTS, **TRACKER_OPTIONAL, **TRACKER_TABLES, **TRACKER_WORDS}
    rows = [f"| `{key}` | {meaning} |" for key, meaning in keys.items()]
    return "\n".join(["### tracker.toml", "", "| key | meaning |", "|---|---|", *rows])


def _list(name: str, terms: Terms, written: Callable[[str], str]) -> str:
    groups = {term.code: f"{term.group}: " if term.group else "" for term in terms.values()}
    rows = [
        f"| `{term.code}` | {written(term.label)} | {groups[term.code]}{written(term.definition)} |"
        for term in terms.values()
    ]
    return "\n".join([f"### Closed list: {name}", "", "| code | label | definition |", "|---|---|---|", *rows])
