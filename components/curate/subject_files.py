"""The files of a folder about a new subject: empty tables, the countries, tracker.toml and a codebook.

Belongs here: how the templates in `subject/` are filled in. Does not belong here: options, where the files go (new).
"""

import csv
import datetime as dt
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from components.record.schema import ACTORS, LIST_SEPARATOR, NEIGHBOURS, TABLES, TRACKER_CURRENCY, TRACKER_FILE

TEMPLATES = Path(__file__).parent / "subject"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a new record is about.

    `name` is the subject's, `neighbours` the countries that border on it, and `added` its own row of actors.csv, None
    where it is in the list.
    """

    subject: str
    name: str
    object: str
    start: dt.date
    data_until: dt.date
    title: str
    question: str
    recognises: str
    licence: str
    citation: str
    currency: str
    neighbours: Collection[str] = ()
    added: Row | None = None


def countries() -> dict[str, Row]:
    """The countries that every new record begins with, by actor_id: rows of actors.csv."""
    with (TEMPLATES / ACTORS.file).open(newline="", encoding="utf-8") as file:
        return {row[ACTORS.key]: row for row in csv.DictReader(file)}


def tables(subject: Subject) -> dict[str, str]:
    """Every table of the schema by its file's name: the countries, and no row in any other."""
    actors = [*countries().values(), *([subject.added] if subject.added else [])]
    for row in (row for row in actors if row[ACTORS.key] in subject.neighbours):
        row["blocs"] = LIST_SEPARATOR.join(filter(None, [row["blocs"], NEIGHBOURS]))
    rows = {ACTORS.file: [list(row.values()) for row in actors]}
    return {table.file: _as_csv([table.column_names, *rows.get(table.file, [])]) for table in TABLES.values()}


def tracker(subject: Subject) -> dict[str, str]:
    """tracker.toml by its name, with every key that was given, and those that were not behind a #."""
    document = tomlkit.parse((TEMPLATES / TRACKER_FILE).read_text(encoding="utf-8"))
    for key in ("title", "question", "object", "subject", "recognises", "start", "data_until", "licence", "citation"):
        document[key] = getattr(subject, key)
    if subject.neighbours:
        document["blocs"][NEIGHBOURS] = f"States that share a border with {subject.name}"
    if subject.currency:
        document[TRACKER_CURRENCY] = subject.currency
    return {TRACKER_FILE: tomlkit.dumps(document)}


def codebook(subject: Subject) -> str:
    """README.md, without the tables that are made from the schema."""
    text = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    return text.format(title=subject.title, question=subject.question)


def _as_csv(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
