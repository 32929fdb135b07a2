"""The whole record in one file to take away: a workbook for a spreadsheet, and a data package for a program.

Belongs here: what stands in the two files. Does not belong here: how a table is written (summaries.tables).
With filters both hold the rows that pass and whatever those rows need, so that the package still loads.
"""

import datetime as dt
import importlib.util
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from components.publish.names import file_stem, slug
from components.record import vocabulary as words
from components.record.codebook import LISTS
from components.record.model import Record
from components.record.reading import README_FILE, SECOND_CODING_FILE
from components.record.schema import LIST_SEPARATOR, STANCES, TABLES, TRACKER_FILE, Column, Table
from components.record.wording import counted, day_in_words
from components.summaries.sources import citation
from components.summaries.tables import as_csv, as_written

CODERS = ("second_", "settled_")  # before a column of stances.csv: that judgement as another coder made it

FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16

AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROWEST, WIDEST = 9, 60  # columns of a sheet, in characters
FILTER_ARROW = 3


def can_write_workbook() -> bool:
    """Whether the library for spreadsheets is there; the dashboard runs without it."""
    return importlib.util.find_spec("xlsxwriter") is not None


def stem(record: Record, *, part: bool = False) -> str:
    """The name of a bundle without its ending: the record's, its last day, and whether it is a part of it."""
    return file_stem(record, record.tracker.data_until.isoformat(), "selection" if part else "")


def workbook(record: Record, *, actor_ids: Collection[str] | None = None, filtered: str = "") -> bytes:
    """An XLSX file: a README sheet, then one sheet for each table; the same bytes for the same record.

    Texts and dates are texts as written, numbers are numbers, and nothing is a formula or a link. With `actor_ids`
    only their rows and what those need; `filtered` says so in words. Raises ImportError without XlsxWriter.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - the dashboard runs without it

    part = _part(record, actor_ids)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, AS_TEXT) as book:
        # Without a day of its own the file would carry the clock's.
        created = dt.datetime.combine(part.tracker.data_until, dt.time())
        book.set_properties({"title": part.tracker.title, "comments": citation(part), "created": created})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            # It stays text even where somebody edits the cell.
            "sign": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        }
        _write_readme(book.add_worksheet("README"), part, _scope(actor_ids, filtered), looks)
        for table in part.tables:
            _write_table(book.add_worksheet(table.name), table, as_written(part, table), looks)
    return content.getvalue()


def data_package(record: Record, *, actor_ids: Collection[str] | None = None, filtered: str = "") -> bytes:
    """A ZIP file with the folder's files and `datapackage.json`; the same bytes for the same record.

    Unpacked it is a data folder that loads. With `actor_ids` only their rows and what those need; `filtered` says so
    in words. All of it is as it was when the record was read: the folder is not looked at again.
    """
    part = _part(record, actor_ids)
    tables = {table.file: as_csv(as_written(part, table)) for table in part.tables}
    resources = [_resource(table, tables[table.file], part) for table in part.tables]
    codings = _second_coding(part)
    if codings is not None:
        file = SECOND_CODING_FILE
        tables[file] = as_csv(codings)
        resources.append(_coding_resource(file, list(codings), tables[file], part))
    texts = {name: part.texts[name].encode() for name in (README_FILE, TRACKER_FILE) if name in part.texts}
    descriptor = (
        json.dumps(_descriptor(part, resources, _scope(actor_ids, filtered)), ensure_ascii=False, indent=2) + "\n"
    )
    return _zipped({"datapackage.json": descriptor.encode(), **texts, **tables})


def _part(record: Record, actor_ids: Collection[str] | None) -> Record:
    """The record with only the rows of these actors, and with the sums, actors and sources that they refer to.

    The actors that tracker.toml names stay too, because the check wants them.
    """
    if actor_ids is None:
        return record
    tables = {name: _of(record.table(name), actor_ids) for name in ("stances", "levers")}
    tables["funds"] = _with_kin(record.funds, actor_ids)
    kept = set(tables["funds"]["id"])
    whole = record.reconciliation["fund_ids"].map(lambda ids: bool(ids) and kept.issuperset(ids)).astype(bool)
    tables["reconciliation"] = record.reconciliation[whole]
    needed = {"actors": {*actor_ids, record.tracker.subject, *record.tracker.joint}, "sources": set[str]()}
    needed["sources"].update(text for text in [record.tracker.population.get("source_id")] if text)
    for name, frame in tables.items():
        for column in TABLES[name].columns_of("reference", "references"):
            if column.refers_to in needed:
                needed[column.refers_to].update(frame[column.name].explode())
    tables |= {
        name: record.table(name).loc[lambda frame, ids=ids: frame.index.isin(ids)] for name, ids in needed.items()
    }
    return replace(record, **tables)


def _of(frame: pd.DataFrame, actor_ids: Collection[str]) -> pd.DataFrame:
    return frame[frame["actor_id"].isin(actor_ids)]


def _with_kin(funds: pd.DataFrame, actor_ids: Collection[str]) -> pd.DataFrame:
    """The sums of these actors, those that they lie inside, and every reading of any of them.

    Without a later reading by somebody else, a sum that no longer counts would count again.
    """
    kept = set(_of(funds, actor_ids)["id"])
    while True:
        own = funds["id"].isin(kept)
        kin = {*funds.loc[own, "part_of"], *funds.loc[own, "supersedes"]}
        kin |= set(funds.loc[funds["supersedes"].isin(kept), "id"])
        if kin <= kept | {""}:
            return funds[own]
        kept |= kin - {""}


def _write_table(sheet: Any, table: Table, frame: pd.DataFrame, looks: Mapping[str, Any]) -> None:
    columns = [column for column in table.columns if column.name in frame]
    for place, column in enumerate(columns):
        cells = list(frame[column.name])
        longest = max(map(len, cells), default=0)
        width = min(max(NARROWEST, len(column.name) + FILTER_ARROW, longest + 1), WIDEST)
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column.name, looks["head"])
        for line, cell in enumerate(cells, start=1):
            if column.kind == "number" and cell:
                sheet.write_number(line, place, float(cell), looks["number" if float(cell) >= 10_000 else "text"])
            elif cell:
                _write_text(sheet, line, place, cell, looks)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)


def _write_text(sheet: Any, line: int, place: int, text: str, looks: Mapping[str, Any]) -> None:
    """Write a text as a text, whatever it begins with; XlsxWriter's `write` would take some for formulas or links."""
    sheet.write_string(line, place, text, looks["text" if text[:1].isalnum() else "sign"])


def _write_readme(sheet: Any, record: Record, scope: str, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, record.tracker.title, looks["title"])
    line = 1
    for heading, rows in _explanations(record, scope).items():
        if heading:
            line += 1
            sheet.write_string(line, 0, heading, looks["head"])
            line += 1
        for label, text in rows:
            _write_text(sheet, line, 0, label, looks)
            _write_text(sheet, line, 1, text, looks)
            line += 1


def _explanations(record: Record, scope: str) -> dict[str, list[tuple[str, str]]]:
    """The rows of the README sheet, as label and text, under their headings."""
    tracker = record.tracker
    about = {
        "Question": tracker.question,
        "Record": f"From {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}",
        "Filters": scope or "None: the whole record",
        "Licence": tracker.licence,
        "Cite": citation(record),
        "Cite a row": "By its id, the first column of its sheet",
        "Names and borders": tracker.names_and_borders,
    }
    sheets = [
        (table.name, f"{counted(len(record.table(table.name)), 'row')}. One row is {table.row_is}.")
        for table in TABLES.values()
    ]
    columns = [
        (f"{table.name}: {column.name}", column.meaning if column.required else f"{column.meaning} May be blank.")
        for table in TABLES.values()
        for column in table.columns
    ]
    lists = {f"Codes: {name}": _meanings(record, terms) for name, terms in LISTS.items()}
    blocs = list(tracker.blocs.items())
    tree = {"Which stance: the first that applies": list(words.STANCE_TREE.items())}
    return {"": list(about.items()), "Sheets": sheets, **tree, **lists, "Codes: blocs": blocs, "Columns": columns}


def _meanings(record: Record, terms: words.Terms) -> list[tuple[str, str]]:
    """Each code with its label and definition; the stances as this record defines them."""
    own = record.tracker.stances if terms is words.STANCES else {}
    return [(code, f"{term.label}: {own.get(code, term.definition)}") for code, term in terms.items()]


def _scope(actor_ids: Collection[str] | None, filtered: str) -> str:
    """The filters in words with what else is kept; blank for the whole record."""
    if actor_ids is None:
        return ""
    return f"{filtered or 'Only some actors'}. With the sums, actors and sources that these rows refer to."


def _descriptor(record: Record, resources: list[dict[str, Any]], scope: str) -> dict[str, Any]:
    """The whole of `datapackage.json`; its sources are publishers, because sources.csv has every page."""
    tracker = record.tracker
    span = f"Record from {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}."
    publishers = Counter(record.sources["publisher"]).most_common()
    licence = re.sub(r"[^A-Za-z0-9._]+", "-", tracker.licence).strip("-") or "other"
    return {
        "profile": "tabular-data-package",
        "name": slug(record.tracker.title),
        "title": tracker.title,
        "description": " ".join(part for part in (tracker.question, span, scope) if part),
        "version": tracker.data_until.isoformat(),
        **({"homepage": tracker.repository} if tracker.repository else {}),
        "citation": citation(record),
        "licenses": [{"name": licence, "title": tracker.licence}],
        "resources": resources,
        "sources": [{"title": publisher} for publisher, _ in publishers],
    }


def _resource(table: Table, content: bytes, record: Record) -> dict[str, Any]:
    header = content.partition(b"\n")[0].decode().split(",")
    fields = [_field(column, column.name, record) for column in table.columns if column.name in header]
    keys = [_foreign_key(column, table) for column in table.columns_of("reference")]
    schema = {"fields": fields, "primaryKey": [table.key], **({"foreignKeys": keys} if keys else {})}
    return _described(table.file, f"One row is {table.row_is}.", content, schema)


def _coding_resource(file: str, header: list[str], content: bytes, record: Record) -> dict[str, Any]:
    """The second coding, whose columns are those of stances.csv, some with the coder's word before them."""
    known = {f"{coder}{column.name}": column for column in STANCES.columns for coder in ("", *CODERS)}
    fields = [
        _field(known[name], name, record) if name in known else {"name": name, "type": "string"} for name in header
    ]
    key = {"fields": [STANCES.key], "reference": {"resource": STANCES.name, "fields": [STANCES.key]}}
    schema = {"fields": fields, "primaryKey": [STANCES.key], "foreignKeys": [key]}
    return _described(file, f"One row is a row of {STANCES.file} that a second coder coded again.", content, schema)


def _described(file: str, description: str, content: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.removesuffix(".csv"),
        "path": file,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "schema": {**schema, "missingValues": [""]},
    }


def _field(column: Column, name: str, record: Record) -> dict[str, Any]:
    """A column as a field. A date is text of one of three forms, because the day or month may not be known."""
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    match column.kind:
        case "number":
            constraints["minimum"] = 0
        case "code":
            constraints["enum"] = list(column.terms)
        case "codes":
            constraints["pattern"] = _list_pattern(column.terms or record.tracker.blocs)
        case "date":
            constraints["pattern"] = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
        case "url":
            constraints["pattern"] = r"[hH][tT][tT][pP][sS]?://.+"
    kind = "number" if column.kind == "number" else "string"
    field = {"name": name, "type": kind, "description": column.meaning}
    return {**field, "constraints": constraints} if constraints else field


def _list_pattern(codes: Collection[str]) -> str:
    one = "|".join(re.sub(r"([\\^$.|?*+()\[\]{}])", r"\\\1", code) for code in codes)
    return f"({one})({LIST_SEPARATOR}({one}))*"


def _foreign_key(column: Column, table: Table) -> dict[str, Any]:
    """A reference to another table, or by a blank name to the table itself, as the form asks."""
    target = TABLES[column.refers_to]
    resource = "" if target is table else target.name
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [target.key]}}


def _second_coding(record: Record) -> pd.DataFrame | None:
    """The second coding of the rows that are there; None where the record has none, or none that is a table of them."""
    try:
        text = io.StringIO(record.texts.get(SECOND_CODING_FILE, ""))
        codings = pd.read_csv(text, dtype=str, keep_default_na=False)
    except ValueError:  # it is blank, or not CSV
        return None
    if STANCES.key not in codings:
        return None
    return codings[codings[STANCES.key].isin(record.stances["id"])]


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in this order and with no time of their own, so that the same record makes the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP)
            entry.create_system, entry.external_attr = 3, READABLE_FILE  # as on Unix, wherever it is made
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=9)
    return content.getvalue()
