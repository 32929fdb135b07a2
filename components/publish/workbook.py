"""The whole record as a workbook for a spreadsheet: a sheet that explains it, then one sheet for each table.

Does not belong here: a part of a record (selection), and CSV files (summaries.tables).
"""

import datetime as dt
import importlib.util
import io
from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.record.codebook import closed_lists
from components.record.model import Record
from components.record.schema import Table, tables_of
from components.record.vocabulary import Terms
from components.record.wording import counted, day_in_words
from components.summaries.sources import citation
from components.summaries.tables import as_written

AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROWEST, WIDEST = 9, 60  # columns of a sheet, in characters
FILTER_ARROW = 3
FIRST_DAY = "1900-03-01"  # spreadsheets disagree about the days before

DATES = (
    "A day is a date. Where only its month or year is known, the cell is text, such as 2021-09 or 2021; so is a day "
    "before March 1900, which a spreadsheet does not have"
)


def can_write_workbook() -> bool:
    """Whether the library for spreadsheets is there; the dashboard runs without it."""
    return importlib.util.find_spec("xlsxwriter") is not None


def workbook_of(record: Record, scope: str = "") -> bytes:
    """An XLSX file: a README sheet, then one sheet for each table; the same bytes for the same record.

    Texts are texts as written, numbers are numbers, days are dates, and nothing is a formula or a link. `scope` says
    in words which part of a record this is. Raises ImportError without XlsxWriter.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - the dashboard runs without it

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, AS_TEXT) as book:
        # Without a day of its own the file would carry the clock's.
        created = dt.datetime.combine(record.tracker.data_until, dt.time())
        book.set_properties({"title": record.tracker.title, "comments": citation(record), "created": created})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            # It stays text even where somebody edits the cell.
            "sign": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            # Saved as CSV, numbers and days are what they look like: so they look as the check wants them.
            "number": book.add_format({"num_format": "0", "valign": "top"}),
            "decimal": book.add_format({"num_format": "0.0########", "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        }
        _write_readme(book.add_worksheet("README"), record, scope, looks)
        for table in record.tables:
            _write_table(book.add_worksheet(table.name), table, as_written(record, table), looks)
    return content.getvalue()


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
                sheet.write_number(line, place, float(cell), looks["number"])
            elif column.kind == "decimal" and cell:
                sheet.write_number(line, place, float(cell), looks["decimal"])
            elif column.kind == "date" and _is_day(cell):
                sheet.write_datetime(line, place, dt.date.fromisoformat(cell), looks["day"])
            elif cell:
                _write_text(sheet, line, place, cell, looks)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)


def _is_day(cell: str) -> bool:
    """Whether a date is known to the day, and late enough for a spreadsheet to have it as a date."""
    return len(cell) == len("YYYY-MM-DD") and cell >= FIRST_DAY


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
        "Dates": DATES,
        "Names and borders": tracker.names_and_borders,
    }
    sheets = [
        (table.name, f"{counted(len(record.table(table.name)), 'row')}. One row is {table.row_is}.")
        for table in tables_of(record.words).values()
    ]
    columns = [
        (f"{table.name}: {column.name}", column.meaning if column.required else f"{column.meaning} May be blank.")
        for table in tables_of(record.words).values()
        for column in table.columns
    ]
    lists = {f"Codes: {name}": _meanings(terms) for name, terms in closed_lists(record.words).items()}
    blocs = list(tracker.blocs.items())
    tree = {"Which stance: the first that applies": list(record.words.stance_tree.items())}
    return {"": list(about.items()), "Sheets": sheets, **tree, **lists, "Codes: blocs": blocs, "Columns": columns}


def _meanings(terms: Terms) -> list[tuple[str, str]]:
    """Each code with its label and definition."""
    return [(code, f"{term.label}: {term.definition}") for code, term in terms.items()]
