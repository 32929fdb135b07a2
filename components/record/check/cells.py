"""Rules that look at one cell, or at one row and its neighbours in the same column."""

import datetime as dt
import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

import pandas as pd

from components.record.check.problems import HIDDEN, Problem, listed, quoted, visible
from components.record.schema import LIST_SEPARATOR, TABLES, Column, Table
from components.record.vocabulary import Terms

ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
NUMBER_PATTERN = re.compile(r"\d{1,15}", re.ASCII)  # so that no sum of them loses a unit
DECIMAL_PATTERN = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
DECIMAL = re.compile(r"\d+\.\d+", re.ASCII)
GROUPED_BY_DOTS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?([/?#][^\s<>\"'`\\]*)?")
FORMULA_STARTS = tuple("=+-@＝＋－＠")  # the wide ones are formulas too where such signs are typed
# A spreadsheet that separates cells by semicolons begins a new one after each; so does the text that is searched.
FORMULA = re.compile(rf"{LIST_SEPARATOR}\s*[{re.escape(''.join(FORMULA_STARTS))}]")
LONGEST_CELL = 2_000
BLANK = "cell is blank"
# Remedies, by which problems of one cause are known.
CODES = "use one of these codes"
CODE_OF = "write codes as they stand in the list: "  # where the cell is a label, or in other letters
REPEATED = "give this row an id of its own"
FIRST_YEAR, LAST_YEAR = 1800, 2199  # a step of a day or a month from any date stays a date

Row = dict[str, str]
Fault = tuple[str, str, str]


@functools.lru_cache(maxsize=20_000)  # a record has many more cells than days
def parse_date(cell: str) -> dt.date | None:
    """The first day of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; None where it is not a date of that form and these years."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", cell, re.ASCII):
        return None
    try:
        day = dt.date.fromisoformat(cell + "-01-01"[len(cell) - 4 :] if len(cell) < 10 else cell)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


# What most cells of a kind are: a look that costs little. Others may be right too.
RULES: Mapping[str, Callable[[str], object]] = {
    "id": ID_PATTERN.fullmatch,
    "date": parse_date,
    "number": NUMBER_PATTERN.fullmatch,
    "decimal": DECIMAL_PATTERN.fullmatch,
    "url": PLAIN_ADDRESS.fullmatch,
}


def cells_of(frame: pd.DataFrame, column: str) -> Iterator[tuple[int, str]]:
    """Each cell of one column of a text frame with its line in the file."""
    yield from zip(frame.index.tolist(), frame[column].tolist(), strict=True)


def different(cells: pd.Series) -> Collection[str]:
    """Each text of a column once, in the order of the file: in any other, memory is many times slower."""
    return dict.fromkeys(cells.tolist())


def faulty_cells(
    frame: pd.DataFrame,
    column: str,
    faults: Callable[[str], Iterable[Fault]],
    suspects: Callable[[Collection[str]], Iterable[str]] = iter,
) -> Iterator[tuple[int, Fault]]:
    """What is wrong with each cell of a column, with its line.

    A cell that stands many times is looked at once, and only if it is among the `suspects` of all.
    """
    found = {cell: wrong for cell in suspects(different(frame[column])) if (wrong := list(faults(cell)))}
    if found:
        for line, cell in cells_of(frame, column):
            for fault in found.get(cell, ()):
                yield line, fault


def rows_of(frame: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Each row of a text frame with its line in the file."""
    names = [str(column) for column in frame.columns]
    for line, *cells in zip(frame.index.tolist(), *(frame[name].tolist() for name in names), strict=True):
        yield line, dict(zip(names, cells, strict=True))


def split_list(cell: str) -> list[str]:
    """The parts of a `;`-separated cell; a blank cell has none."""
    return list(map(str.strip, cell.split(LIST_SEPARATOR))) if cell else []


def check_header(table: Table, header: list[str]) -> list[Problem]:
    """Columns that are missing, unknown or written twice; or one problem where the first line is none of this table."""
    if other := _header_of(header, table):
        found = f"the file has the columns of {other}"
        remedy = "put each file back under its own name"
        return [Problem(table.file, 1, "-", found, listed(table.column_names, 30), remedy)]
    if not set(header) & set(table.column_names):
        found = f"every column is missing: the first line is {quoted(','.join(header))}"
        remedy = "put the header row back above the first row"
        return [Problem(table.file, 1, table.key, found, listed(table.column_names, 30), remedy)]
    remedy_missing = "add the column to the header row, its cells may be blank where the codebook says so"
    missing = [column.name for column in table.columns if not column.extra and column.name not in header]
    unknown = [name for name in header if name not in table.column_names]
    twice = sorted({name for name in header if header.count(name) > 1})
    allowed = listed(table.column_names, 30)
    return [
        *(Problem(table.file, 1, name, "column is missing", allowed, remedy_missing) for name in missing),
        *(
            Problem(table.file, 1, quoted(name), "unknown column", allowed, "remove it or mend its name")
            for name in unknown
        ),
        *(
            Problem(table.file, 1, visible(name) or "“”", "column stands twice", "once", "remove one of the two")
            for name in twice
        ),
    ]


def _header_of(header: list[str], table: Table) -> str:
    """The file of the other table whose header this is; "" where it is none."""
    written = set(header) - {column.name for column in table.columns if column.extra}  # those a file may be without
    if written <= set(table.column_names) or len(written) == 1:
        return ""
    return next((other.file for other in TABLES.values() if written <= set(other.column_names)), "")


def check_cells(table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Every cell against its column. `frame` holds text; its index is the line in the file."""
    problems = [
        Problem(table.file, line, column.name, *fault)
        for column in table.columns
        if column.name in frame
        for line, fault in faulty_cells(
            frame, column.name, functools.partial(_faults, column), functools.partial(_suspects, column)
        )
    ]
    return problems + list(_repeated_keys(table, frame))


def _repeated_keys(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    if frame[table.key].is_unique:
        return
    first: dict[str, int] = {}
    for line, key in cells_of(frame, table.key):
        if key and first.setdefault(key, line) != line:
            found = f"{quoted(key)} stands already in line {first[key]}"
            yield Problem(table.file, line, table.key, found, "each id once", REPEATED)


def _suspects(column: Column, cells: Collection[str]) -> Iterable[str]:
    """The cells of a column that cannot be seen to be right at a glance; few or none, and some of them are right."""
    filled = [cell for cell in cells if cell]
    blanks = [""] if column.required and len(filled) < len(cells) else []
    text = LIST_SEPARATOR.join(["", *filled])
    ends = " " in {cell[0] for cell in filled} or " " in {cell[-1] for cell in filled}
    if ends or FORMULA.search(text) or not text.isprintable() or max(map(len, filled), default=0) > LONGEST_CELL:
        return cells
    rule = RULES.get(column.kind, bool)
    if column.kind == "code" and column.terms:
        rule = column.terms.__contains__
    elif column.kind in {"codes", "references"}:
        rule = functools.partial(_is_sound_list, column.terms)
    return blanks + [cell for cell in filled if not rule(cell)]


def _is_sound_list(terms: Terms, cell: str) -> bool:
    parts = cell.split(LIST_SEPARATOR)
    known = not terms or all(part in terms for part in parts)
    return known and "" not in parts and " " not in cell and len(set(parts)) == len(parts)


def _faults(column: Column, cell: str) -> Iterator[Fault]:
    """What is found, what is allowed and what to do, for each thing wrong with one cell."""
    if cell == "":
        if column.required:
            yield BLANK, "a value", f"fill it in: {column.meaning}"
        return
    yield from unsafe(cell)
    if len(cell) > LONGEST_CELL:
        yield f"{len(cell):,} characters", f"at most {LONGEST_CELL:,}", "shorten it"
        return
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
            yield (
                f"{quoted(cell)} is not a date",
                f"YYYY-MM-DD, YYYY-MM or YYYY, from {FIRST_YEAR} to {LAST_YEAR}",
                "write a day that exists",
            )
        case "number" if not NUMBER_PATTERN.fullmatch(cell):
            yield _not_whole(cell)
        case "decimal" if not DECIMAL_PATTERN.fullmatch(cell):
            yield f"{quoted(cell)} is not a number", "digits, with one point where needed, such as 1.0813", "mend it"
        case "url" if not is_web_address(cell):
            yield (
                f"{quoted(cell)} is not a web address",
                "http:// or https:// and a host",
                "paste the full address",
            )


def _not_whole(cell: str) -> Fault:
    allowed = "digits, at most 15, no point and no sign"
    if not DECIMAL.fullmatch(cell) and not GROUPED_BY_DOTS.fullmatch(cell):
        return f"{quoted(cell)} is not a number", allowed, "write it in whole units"
    whole = cell.replace(".", "")
    if GROUPED_BY_DOTS.fullmatch(cell) and NUMBER_PATTERN.fullmatch(whole):
        remedy = f"write {whole} if that was meant, with a dot that groups digits; else round it"
    else:
        remedy = "round it"
    return f"{quoted(cell)} is not in whole units", allowed, remedy


def unsafe(cell: str) -> Iterator[Fault]:
    """What would harm whoever opens the file: blanks and signs that are not to be seen, and formulas."""
    if cell != cell.strip():
        yield f"{quoted(cell)} has blanks around it", "no blanks at either end", "remove them"
    if hidden := hidden_sign(cell):
        yield (
            f"hidden character {hidden} in {quoted(cell)}",
            "visible text on one line",
            "remove it",
        )
    if FORMULA.search(f"{LIST_SEPARATOR}{cell}"):
        part = "begins" if cell.startswith(FORMULA_STARTS) else "has a part that begins"
        yield (
            f"{quoted(cell)} {part} like a formula",
            f"no = + - @ at the start or after a `{LIST_SEPARATOR}`",
            "begin with a letter or digit",
        )


def hidden_sign(text: str) -> str:
    """The first sign that is not to be seen or breaks the line, as `U+202E`; "" where there is none."""
    if text.isprintable():  # so is nearly all text; some that is not, such as a no-break space, is allowed too
        return ""
    return next((f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in HIDDEN), "")


def _not_in_terms(column: Column, codes: list[str]) -> Iterator[Fault]:
    for code in codes:
        if column.terms and code and code not in column.terms:
            alike = {code.casefold(), code.strip().casefold()}
            meant = [key for key, term in column.terms.items() if alike & {key.casefold(), term.label.casefold()}]
            remedy = f"{CODE_OF}{meant[0]} for {quoted(code)}" if meant else CODES
            yield quoted(code), listed(column.terms, 30), remedy


def _bad_list(parts: list[str]) -> Iterator[Fault]:
    if "" in parts:
        yield (
            "an empty part between separators",
            f"parts separated by one `{LIST_SEPARATOR}`",
            "remove a separator",
        )
    for part in sorted(part for part, number in Counter(parts).items() if part and number > 1):
        yield f"{quoted(part)} stands twice", "each part once", "remove one of the two"


def is_web_address(cell: str) -> bool:
    """Whether it begins with http:// or https:// and a host, and has no sign that could end a link."""
    try:
        parts = urlsplit(cell)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"'`\\]", cell)
    except ValueError:
        return False
