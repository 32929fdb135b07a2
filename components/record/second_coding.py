"""The second coding that may lie beside the tables: rows of stances.csv as another coder judged them.

Belongs here: reading it, and what would harm whoever opens it. Does not belong here: how far coders agree (summaries).
"""

import csv
import io
from collections.abc import Iterator

import pandas as pd

from components.record.check.cells import cells_of, unsafe
from components.record.check.problems import Problem, visible
from components.record.schema import STANCES

CODERS = ("second_", "settled_")  # before a column of stances.csv: that judgement as another coder made it


def second_coding(text: str) -> pd.DataFrame | None:
    """Its rows as text, indexed by the line on which they end; None of what is no table with the ids of rows."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error:
        return None
    header = rows[0][1] if rows else []
    if STANCES.key not in header or len(set(header)) < len(header):
        return None
    cells = [[*row, *[""] * len(header)][: len(header)] for _, row in rows[1:]]
    return pd.DataFrame(cells, index=[line for line, _ in rows[1:]], columns=header, dtype=str)


def check_second_coding(file: str, codings: pd.DataFrame | None) -> Iterator[Problem]:
    """Its cells that would harm whoever opens it, because it leaves together with the tables."""
    if codings is None:
        return
    named = codings.columns.to_list()
    cells = [(1, name, name) for name in named]
    cells += [(line, name, cell) for name in named for line, cell in cells_of(codings, name)]
    for line, name, cell in cells:
        for fault in unsafe(cell):
            yield Problem(file, line, visible(name), *fault)
