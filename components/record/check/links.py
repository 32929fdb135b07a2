"""Rules that hold between tables: every id in use resolves, and so does every bloc."""

import functools
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from components.record.check.cells import LONGEST_CELL, Fault, cells_of, different, faulty_cells, split_list
from components.record.check.problems import Problem, listed, quoted
from components.record.schema import TABLES, Column, Table

# By these problems of one cause are known.
ID_OF = "an id that stands in "
ADD_ROW = "mend it or add the row to "
ADD_BLOC = "use one of these, or add it to [blocs] in tracker.toml"

Used = Mapping[tuple[str, str], set[str]]  # by names of table and column: the ids that stand in it


def check_links(frames: Mapping[str, pd.DataFrame], blocs: Mapping[str, str]) -> list[Problem]:
    """Ids that do not resolve, and blocs that tracker.toml does not name."""
    used = {
        (table.name, column.name): {
            part for cell in different(frames[table.name][column.name]) for part in _parts(column, cell)
        }
        for table in TABLES.values()
        for column in table.columns_of("reference", "references")
    }
    return [
        *(problem for table in TABLES.values() for problem in _dangling(table, frames, used)),
        *_unknown_blocs(frames["actors"], blocs),
    ]


def _parts(column: Column, cell: str) -> list[str]:
    return split_list(cell) if column.kind == "references" else [cell] if cell else []


def _dangling(table: Table, frames: Mapping[str, pd.DataFrame], used: Used) -> Iterator[Problem]:
    for column in table.columns_of("reference", "references"):
        target = TABLES[column.refers_to]
        dangling = used[table.name, column.name] - set(frames[target.name][target.key].tolist())
        if dangling:
            faults = functools.partial(_unknown, column, dangling, target)
            for line, fault in faulty_cells(frames[table.name], column.name, faults):
                yield Problem(table.file, line, column.name, *fault)


def _unknown(column: Column, dangling: Collection[str], target: Table, cell: str) -> Iterator[Fault]:
    for part in _parts(column, cell):
        if part and part in dangling and len(cell) <= LONGEST_CELL:
            yield f"{quoted(part)} is not known", f"{ID_OF}{target.file}", f"{ADD_ROW}{target.file}"


def _unknown_blocs(actors: pd.DataFrame, blocs: Mapping[str, str]) -> Iterator[Problem]:
    for line, cell in cells_of(actors, "blocs"):
        for bloc in split_list(cell):
            if bloc and bloc not in blocs:
                yield Problem("actors.csv", line, "blocs", quoted(bloc), listed(blocs, 30), ADD_BLOC)
