"""Rules of recodings.csv: it tells what happened to cells that exist, and its last word on a cell is what stands there.

Does not belong here: whether a recoding was right.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from components.record.check.cells import Row, rows_of
from components.record.check.problems import Problem, listed, quoted, visible
from components.record.schema import FUNDS, LEVERS, RECODINGS, STANCES

# Remedies, by which problems of one cause are known.
FOLLOW = "log the change that followed, or mend one of them"
GONE = "mend it, or blank the column"
JUDGED = (STANCES, LEVERS, FUNDS)  # the tables whose cells are judgements
Moved = Mapping[str, set[str]]


def days_moved(recodings: pd.DataFrame) -> Moved:
    """By id of a row the days that it had before its date was mended: its id keeps the one that it was made with."""
    days = defaultdict(set)
    for _, row in rows_of(recodings):
        if row["column"] in {"date", "from"}:
            days[row["row_id"]].add(row["old"])
    return days


def check_recodings(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """What the log says of rows that are not there, or otherwise than they stand."""
    rows = {row["id"]: row for table in JUDGED for _, row in rows_of(frames[table.name])}
    told = {(row["row_id"], row["column"]): row["new"] for _, row in rows_of(frames[RECODINGS.name])}
    return [
        Problem(RECODINGS.file, line, *fault)
        for line, row in rows_of(frames[RECODINGS.name])
        for fault in _faults(row, rows, told)
    ]


def _faults(
    row: Row, rows: Mapping[str, Row], told: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str, str, str]]:
    key, column = row["row_id"], row["column"]
    if not column:
        if key in rows:
            yield "column", f"{quoted(key)} has not been dropped", "a column of the row", "name the cell that changed"
    elif key not in rows:
        tables = listed(table.file for table in JUDGED)
        yield "row_id", f"{quoted(key)} is not known", f"an id that stands in {tables}", GONE
    elif column not in rows[key]:
        yield "column", quoted(column), listed(rows[key], 30), "write the name of a column of that row"
    elif told[key, column] != rows[key][column]:
        stands = quoted(rows[key][column])
        found = f"{quoted(told[key, column])} is the log’s last word on {quoted(key)}, which has {stands}"
        yield "new", found, visible(rows[key][column]) or "blank", FOLLOW
    if column and row["old"] == row["new"]:
        yield "new", f"{quoted(row['new'])} as before", "another value than `old`", "remove the row"
