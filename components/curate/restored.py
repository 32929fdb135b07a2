"""Writing back the dates and numbers that a spreadsheet rewrote. What it lost, or what may be two days, is left.

Does not belong here: recognising them (record.check.respelled), and the form of files (form).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.curate.editing import STEMS
from components.curate.edits import Refused
from components.record.check.problems import quoted
from components.record.check.respelled import (
    CERTAIN,
    DAY_FIRST,
    MONTH_FIRST,
    dates_meant,
    is_rewritten,
    number_meant,
)
from components.record.schema import Column, Table


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that a spreadsheet rewrote, by its row and place in it.

    `told` is the date in the row's id, of the cell that the id repeats, and "" of any other.
    """

    row: list[str]
    place: int
    column: Column
    told: str

    @property
    def text(self) -> str:
        return self.row[self.place]


def restored(
    table: Table, header: Sequence[str], rows: Iterable[Sequence[str]], usual: str = ""
) -> tuple[list[list[str]], int]:
    """The rows as they were before a spreadsheet saved them, and how many cells that took.

    Which number of a date is the day, its row's id says, else other dates of the file, else `usual`, the order of
    other files. Raises Refused where none does.
    """
    made = [list(row) for row in rows]
    cells = list(_rewritten(table, header, made))
    order = _order(cells) or usual
    for cell in cells:
        cell.row[cell.place] = _mended(cell, order)
    return made, len(cells)


def _mended(cell: _Cell, order: str) -> str:
    if cell.column.kind == "decimal":
        return cell.text.replace(",", ".")
    return number_meant(cell.text) if cell.column.kind == "number" else _date(cell, order)


def order_of(table: Table, header: Sequence[str], rows: Iterable[list[str]]) -> str:
    """Whether the day or the month comes first in the dates of a file; "" where they do not show it, or differ."""
    return _order(list(_rewritten(table, header, rows)))


def _rewritten(table: Table, header: Sequence[str], rows: Iterable[list[str]]) -> Iterator[_Cell]:
    columns = [
        (header.index(column.name), column)
        for column in table.columns_of("date", "number", "decimal")
        if column.name in header
    ]
    repeated = STEMS.get(table.name, ("",))[-1]
    for row in rows:
        for place, column in columns:
            if is_rewritten(column, row[place]):
                told = _told(table, dict(zip(header, row, strict=True))) if column.name == repeated else ""
                yield _Cell(row, place, column, told)


def _told(table: Table, row: Mapping[str, str]) -> str:
    """The date in the id of a row; "" where it has none."""
    stem = "-".join(row[name] for name in STEMS[table.name][:-1])
    found = re.fullmatch(r"(\d{4}(?:-\d{2}){0,2})[b-z]?", row[table.key].removeprefix(f"{stem}-"), re.ASCII)
    return found[1] if found else ""


def _order(cells: Iterable[_Cell]) -> str:
    shown = {
        order
        for cell in cells
        for order, date in dates_meant(cell.text).items()
        if order != CERTAIN and (len(dates_meant(cell.text)) == 1 or date == cell.told)
    }
    return shown.pop() if len(shown) == 1 else ""


def _date(cell: _Cell, order: str) -> str:
    meant = dates_meant(cell.text)
    if cell.told and any(_agree(cell.told, date) for date in meant.values()):
        return cell.told
    if len(meant) == 1:
        return next(iter(meant.values()))
    if order in meant:
        return meant[order]
    where, dates = f"{cell.row[0]}, {cell.column.name}", f"{meant[DAY_FIRST]} or {meant[MONTH_FIRST]}"
    raise Refused(f"{where}: {quoted(cell.text)} may be {dates}; write the dates as YYYY-MM-DD")


def _agree(told: str, date: str) -> bool:
    """Whether a date of an id may have been shown as this one: the same, without its day, or with the first one."""
    return told == date or told.startswith(f"{date}-") or date in {f"{told}-01", f"{told}-01-01"}
