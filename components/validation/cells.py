"""Rules that look at one cell, or at one row and its neighbours in the same column."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

import pandas as pd

from components.schema import LIST_SEPARATOR, Column, Table
from components.validation.problems import Problem, listed, quoted

ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
NUMBER_PATTERN = re.compile(r"\d+(\.\d+)?")
FORMULA_STARTS = ("=", "+", "-", "@")
LONGEST_CELL = 2_000

Row = dict[str, str]


def parse_date(cell: str) -> dt.date | None:
    """The first day of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; None where it is not a date of that form."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", cell, re.ASCII):
        return None
    try:
        return dt.date.fromisoformat(cell + "-01-01"[len(cell) - 4 :] if len(cell) < 10 else cell)
    except ValueError:
        return None


def cells_of(frame: pd.DataFrame, column: str) -> Iterator[tuple[int, str]]:
    """Each cell of one column of a text frame with its line in the file."""
    for line, cell in frame[column].items():
        yield int(str(line)), str(cell)


def rows_of(frame: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Each row of a text frame with its line in the file."""
    for line, row in zip(frame.index, frame.to_dict("records"), strict=True):
        yield int(line), {str(column): str(cell) for column, cell in row.items()}


def split_list(cell: str) -> list[str]:
    """The parts of a `;`-separated cell; a blank cell has none."""
    return [part.strip() for part in cell.split(LIST_SEPARATOR)] if cell else []


def check_header(table: Table, header: list[str]) -> list[Problem]:
    """Columns that are missing, unknown or written twice."""
    remedy_missing = "add the column to the header row, its cells may be blank where the codebook says so"
    missing = [name for name in table.column_names if name not in header]
    unknown = [name for name in header if name not in table.column_names]
    twice = sorted({name for name in header if header.count(name) > 1})
    allowed = listed(table.column_names, 30)
    return [
        *(Problem(table.file, 1, name, "column is missing", allowed, remedy_missing) for name in missing),
        *(
            Problem(table.file, 1, quoted(name), "unknown column", allowed, "remove it or mend its name")
            for name in unknown
        ),
        *(Problem(table.file, 1, name, "column stands twice", "once", "remove one of the two") for name in twice),
    ]


def check_cells(table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Every cell against its column. `frame` holds text; its index is the line in the file."""
    problems = [
        Problem(table.file, line, column.name, *fault)
        for column in table.columns
        if column.name in frame
        for line, cell in cells_of(frame, column.name)
        for fault in _faults(column, cell)
    ]
    return problems + list(_repeated_keys(table, frame))


def _repeated_keys(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, key in cells_of(frame, table.key):
        if key and first.setdefault(key, line) != line:
            found = f"{quoted(key)} stands already in line {first[key]}"
            yield Problem(table.file, line, table.key, found, "each id once", "give this row an id of its own")


def _faults(column: Column, cell: str) -> Iterator[tuple[str, str, str]]:
    """What is found, what is allowed and what to do, for each thing wrong with one cell."""
    if cell == "":
        if column.required:
            yield "cell is blank", "a value", f"fill it in: {column.meaning}"
        return
    yield from _unsafe(cell)
    match column.kind:
        case "id" if not ID_PATTERN.fullmatch(cell):
            yield (
                quoted(cell),
                "letters, digits, `.`, `_` and `-`, beginning with a letter or digit",
                "rename it",
            )
        case "code":
            yield from _not_in_terms(column, [cell])
        case "codes" | "references":
            yield from _bad_list(split_list(cell))
            yield from _not_in_terms(column, split_list(cell))
        case "date" if parse_date(cell) is None:
            yield f"{quoted(cell)} is not a date", "YYYY-MM-DD, YYYY-MM or YYYY", "write a day that exists"
        case "number" if not NUMBER_PATTERN.fullmatch(cell) or not cell.isascii():
            yield (
                f"{quoted(cell)} is not a number",
                "digits, at most one point, no sign",
                "write it in whole units",
            )
        case "url" if not _is_web_address(cell):
            yield (
                f"{quoted(cell)} is not a web address",
                "http:// or https:// and a host",
                "paste the full address",
            )


def _unsafe(cell: str) -> Iterator[tuple[str, str, str]]:
    if cell != cell.strip():
        yield f"{quoted(cell)} has blanks around it", "no blanks at either end", "remove them"
    if hidden := next((c for c in cell if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"}), ""):
        yield (
            f"hidden character U+{ord(hidden):04X} in {quoted(cell)}",
            "visible text on one line",
            "remove it",
        )
    if cell.startswith(FORMULA_STARTS):
        yield (
            f"{quoted(cell)} begins like a formula",
            "no = + - @ at the start",
            "begin with a letter or digit",
        )
    if len(cell) > LONGEST_CELL:
        yield f"{len(cell):,} characters", f"at most {LONGEST_CELL:,}", "shorten it"


def _not_in_terms(column: Column, codes: list[str]) -> Iterator[tuple[str, str, str]]:
    for code in codes:
        if column.terms and code and code not in column.terms:
            yield quoted(code), listed(column.terms, 30), "use one of these codes"


def _bad_list(parts: list[str]) -> Iterator[tuple[str, str, str]]:
    if "" in parts:
        yield (
            "an empty part between separators",
            f"parts separated by one `{LIST_SEPARATOR}`",
            "remove a separator",
        )
    for part in sorted({part for part in parts if part and parts.count(part) > 1}):
        yield f"{quoted(part)} stands twice", "each part once", "remove one of the two"


def _is_web_address(cell: str) -> bool:
    try:
        parts = urlsplit(cell)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"'`\\]", cell)
    except ValueError:
        return False
