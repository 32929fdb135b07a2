"""What spreadsheets make of dates and whole numbers when they save a table as CSV, and what stood there before.

Belongs here: recognising it, and the sentence that says so. Does not belong here: writing it back (curate.restored).
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pandas as pd

from components.record.check.cells import NUMBER_PATTERN, cells_of, different, parse_date
from components.record.check.problems import Problem, listed, quoted
from components.record.schema import TABLES, Column
from components.record.wording import counted

DAY_FIRST, MONTH_FIRST, CERTAIN = "day first", "month first", ""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){MIDNIGHT}", re.ASCII)
YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){MIDNIGHT}", re.ASCII)
YEAR_AND_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
NAMED = re.compile(rf"(?:(\d{{1,2}})[- ])?{MONTH}[- ](\d{{4}}|\d{{2}})", re.ASCII | re.IGNORECASE)
SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
YEAR_WITH_POINT = re.compile(r"(\d{4})\.0+", re.ASCII)
FIRST_SERIAL = dt.date(1899, 12, 30)
NEWEST_OF_CENTURY = 29  # a year of two digits up to this is one of 2000, as spreadsheets have it

# Three digits behind a dot stay a question: they group, or they are a fraction. After a comma they can only group.
GROUPED = re.compile(r"([1-9]\d{0,2}(?:([, '’\u00a0\u202f])\d{3})(?:\2\d{3})*)(?:\.0{1,2})?", re.ASCII)
WITH_COMMA = re.compile(r"\d{1,9},\d{1,9}", re.ASCII)
WITH_ZEROS = re.compile(r"(\d{1,15})[.,]0{1,2}", re.ASCII)


def dates_meant(cell: str) -> dict[str, str]:
    """The dates that a cell may stand for, by which part is read as what; nothing for what no spreadsheet writes.

    `CERTAIN` is the only key of what can be read in one way alone.
    """
    meant = {order: text for order, text in _readings(cell) if parse_date(text)}
    return {CERTAIN: meant[DAY_FIRST]} if len(meant) > 1 and len(set(meant.values())) == 1 else meant


def number_meant(cell: str) -> str:
    """The whole number that a spreadsheet wrote as this cell, in digits alone; "" for none."""
    found = GROUPED.fullmatch(cell) or WITH_ZEROS.fullmatch(cell)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return digits if NUMBER_PATTERN.fullmatch(digits) else ""


def with_one_cause(problems: Iterable[Problem], frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """The problems, with one in place of all in rows that a spreadsheet rewrote: those go with it, or come back."""
    cells = list(chain.from_iterable(_rewritten(name, frame) for name, frame in frames.items()))
    if not cells:
        return list(problems)
    rows = {(file, line) for file, line, _, _ in cells}
    file, line, column, cell = min(cells)
    are = f"and {counted(len(cells) - 1, 'more cell')} are" if len(cells) > 1 else "is"
    files = listed(dict.fromkeys(file for file, *_ in cells))
    told = f"{quoted(cell)} {are} written as a spreadsheet writes dates and numbers, in {files}"
    allowed = "YYYY-MM-DD, YYYY-MM or YYYY, and whole numbers in digits alone"
    remedy = "run the check with --fix-format, which writes them back"
    return [
        *(problem for problem in problems if (problem.file, problem.line) not in rows),
        Problem(file, line, column, told, allowed, remedy),
    ]


def is_rewritten(column: Column, cell: str) -> bool:
    """Whether a cell of a date or number column is wrong, and as a spreadsheet would have written it."""
    if column.kind == "date":
        return bool(cell) and parse_date(cell) is None and bool(dates_meant(cell))
    if column.kind == "decimal":
        return bool(WITH_COMMA.fullmatch(cell))
    return column.kind == "number" and bool(cell) and not NUMBER_PATTERN.fullmatch(cell) and bool(number_meant(cell))


def _rewritten(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    """File, line, column and text of each cell of a table that a spreadsheet rewrote."""
    table = TABLES[name]
    for column in table.columns_of("date", "number", "decimal"):
        if column.name not in frame:
            continue
        found = {cell for cell in different(frame[column.name]) if is_rewritten(column, cell)}
        if found:
            yield from (
                (table.file, line, column.name, cell) for line, cell in cells_of(frame, column.name) if cell in found
            )


def _readings(cell: str) -> Iterator[tuple[str, str]]:
    if found := YEAR_FIRST.fullmatch(cell):
        yield CERTAIN, _day(found[1], found[2], found[3])
    elif found := YEAR_LAST.fullmatch(cell):
        first, sign, second, year = found.groups()
        yield DAY_FIRST, _day(_year(year), second, first)
        if sign != ".":
            yield MONTH_FIRST, _day(_year(year), first, second)
    elif found := NAMED.fullmatch(cell):
        month = f"{MONTHS.index(found[2].lower()) + 1}"
        yield CERTAIN, _day(_year(found[3]), month, found[1]) if found[1] else f"{_year(found[3])}-{month:0>2}"
    elif found := YEAR_WITH_POINT.fullmatch(cell):
        yield CERTAIN, found[1]
    elif found := YEAR_AND_MONTH.fullmatch(cell):
        yield CERTAIN, f"{found[1]}-{found[2]:0>2}"
    elif SERIAL.fullmatch(cell):
        yield CERTAIN, (FIRST_SERIAL + dt.timedelta(days=int(float(cell)))).isoformat()


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{month:0>2}-{day:0>2}"


def _year(text: str) -> str:
    if len(text) == 4:
        return text
    return f"{'20' if int(text) <= NEWEST_OF_CENTURY else '19'}{text}"
