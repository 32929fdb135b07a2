"""Which rows and cells two readings of one table differ in, as they are written.

Does not belong here: what a difference means on the pages (curate.differences) or for a reader (publish.release_log).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from components.record.check.cells import Row, rows_of
from components.record.check.problems import LONGEST_QUOTE, quoted
from components.record.schema import Table


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a row that both readings have."""

    key: str
    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows by their key, those that only one reading has and those whose cells differ; `reordered`: the rest moved."""

    removed: Mapping[str, Row]
    added: Mapping[str, Row]
    cells: list[Change]
    reordered: bool


def row_changes(table: Table, before: pd.DataFrame, after: pd.DataFrame) -> RowChanges:
    """What differs between two frames of text of one table."""
    old, new = ({row.get(table.key, ""): row for _, row in rows_of(frame)} for frame in (before, after))
    cells = [
        Change(key, name, was, now)
        for key in new
        if key in old
        for name in dict.fromkeys([*old[key], *new[key]])
        if (was := old[key].get(name, "")) != (now := new[key].get(name, ""))
    ]
    kept = [[key for key in rows if key in old and key in new] for rows in (old, new)]
    removed = {key: row for key, row in old.items() if key not in new}
    added = {key: row for key, row in new.items() if key not in old}
    return RowChanges(removed, added, cells, kept[0] != kept[1])


def was_and_is(was: str, now: str) -> str:
    """Both readings of a cell; of long ones the part where they begin to differ."""
    same = next((place for place, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    cut = max(same - LONGEST_QUOTE // 3, 0) if max(len(was), len(now)) > LONGEST_QUOTE else 0
    words = [quoted(("…" if cut else "") + cell[cut:]) if cell else "blank" for cell in (was, now)]
    return f"was {words[0]}, is {words[1]}"
