"""`datapackage.json`: what each file of a record holds, in the form of Frictionless Data, made from the schema.

Does not belong here: the files themselves (bundle, release).
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from components.publish.names import slug
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.record.schema import LIST_SEPARATOR, STANCES, TABLES, Column, Table, tables_of
from components.record.second_coding import CODERS
from components.record.wording import day_in_words
from components.summaries.sources import citation

Fields = dict[str, Any]


def descriptor(record: Record, resources: Iterable[Fields], scope: str = "", version: str = "") -> bytes:
    """The whole of `datapackage.json`; `scope` says in words which part of the record the resources hold.

    Its sources are publishers, because sources.csv has every page.
    """
    tracker = record.tracker
    span = f"Record from {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}."
    publishers = Counter(record.sources["publisher"]).most_common()
    told = {
        "profile": "tabular-data-package",
        "name": slug(tracker.title),
        "title": tracker.title,
        "description": " ".join(part for part in (tracker.question, span, scope) if part),
        "version": version or tracker.data_until.isoformat(),
        **({"homepage": tracker.repository} if tracker.repository else {}),
        "citation": citation(record),
        "licenses": [{"name": licence_code(tracker.licence), "title": tracker.licence}],
        "resources": list(resources),
        "sources": [{"title": publisher} for publisher, _ in publishers],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def described(path: str, description: str, content: bytes, schema: Fields) -> Fields:
    """A CSV file as a resource of a package."""
    return {
        "profile": "tabular-data-resource",
        "name": path.rpartition("/")[2].removesuffix(".csv"),
        "path": path,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "schema": {**schema, "missingValues": [""]},
    }


def licence_code(licence: str) -> str:
    """A licence as packages and citations name it: `CC-BY-4.0` for “CC BY 4.0”."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", licence).strip("-") or "other"


def resources_of(record: Record, files: Mapping[str, bytes], folder: str = "") -> Iterator[Fields]:
    """The CSV files among those of a record as resources; `folder` is where they lie in the package."""
    for table in tables_of(record.words).values():
        if table.file in files:
            schema = _schema(table, _header(files[table.file]), record)
            yield described(f"{folder}{table.file}", f"One row is {table.row_is}.", files[table.file], schema)
    if SECOND_CODING_FILE in files:
        about = f"One row is a row of {STANCES.file} that a second coder coded again."
        content = files[SECOND_CODING_FILE]
        yield described(f"{folder}{SECOND_CODING_FILE}", about, content, _coding_schema(_header(content), record))


def _header(content: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(content.decode())))


def _schema(table: Table, header: list[str], record: Record) -> Fields:
    fields = [_field(column, column.name, record) for column in table.columns if column.name in header]
    keys = [_foreign_key(column, table) for column in table.columns_of("reference")]
    return {"fields": fields, "primaryKey": [table.key], **({"foreignKeys": keys} if keys else {})}


def _coding_schema(header: list[str], record: Record) -> Fields:
    """Of the second coding, whose columns are those of stances.csv, some with the coder's word before them."""
    stances = tables_of(record.words)[STANCES.name]
    known = {f"{coder}{column.name}": column for column in stances.columns for coder in ("", *CODERS)}
    fields = [
        _field(known[name], name, record) if name in known else {"name": name, "type": "string"} for name in header
    ]
    key = {"fields": [STANCES.key], "reference": {"resource": STANCES.name, "fields": [STANCES.key]}}
    return {"fields": fields, "primaryKey": [STANCES.key], "foreignKeys": [key]}


def _field(column: Column, name: str, record: Record) -> Fields:
    """A column as a field. A date is text of one of three forms, because the day or month may not be known."""
    constraints: Fields = {"required": True} if column.required else {}
    match column.kind:
        case "number" | "decimal":
            constraints["minimum"] = 0
        case "code":
            constraints["enum"] = list(column.terms)
        case "codes":
            constraints["pattern"] = _list_pattern(column.terms or record.tracker.blocs)
        case "date":
            constraints["pattern"] = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
        case "url":
            constraints["pattern"] = r"[hH][tT][tT][pP][sS]?://.+"
    kind = "number" if column.kind in {"number", "decimal"} else "string"
    field = {"name": name, "type": kind, "description": column.meaning}
    return {**field, "constraints": constraints} if constraints else field


def _list_pattern(codes: Collection[str]) -> str:
    one = "|".join(re.sub(r"([\\^$.|?*+()\[\]{}])", r"\\\1", code) for code in codes)
    return f"({one})({LIST_SEPARATOR}({one}))*"


def _foreign_key(column: Column, table: Table) -> Fields:
    """A reference to another table, or by a blank name to the table itself, as the form asks."""
    target = TABLES[column.refers_to]
    resource = "" if target is table else target.name
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [target.key]}}
