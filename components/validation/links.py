"""Rules that hold between tables: every id in use resolves, every source and bloc is used."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from components.schema import SOURCES, TABLES, Column, Table
from components.validation.cells import LONGEST_CELL, cells_of, split_list
from components.validation.problems import Problem, listed, quoted


def check_links(
    frames: Mapping[str, pd.DataFrame], blocs: Mapping[str, str], cited: Collection[str] = ()
) -> list[Problem]:
    """Ids that do not resolve, blocs that tracker.toml does not name, and sources in no use.

    `cited` are the sources that tracker.toml uses.
    """
    return [
        *(problem for table in TABLES.values() for problem in _dangling(table, frames)),
        *_unknown_blocs(frames["actors"], blocs),
        *_unused_sources(frames, cited),
    ]


def _parts(column: Column, cell: str) -> list[str]:
    return split_list(cell) if column.kind == "references" else [cell] if cell else []


def _dangling(table: Table, frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    for column in table.columns_of("reference", "references"):
        target = TABLES[column.refers_to]
        known = set(frames[target.name][target.key])
        for line, cell in cells_of(frames[table.name], column.name):
            for part in _parts(column, cell):
                if part and part not in known and len(cell) <= LONGEST_CELL:
                    allowed = f"an id that stands in {target.file}"
                    remedy = f"mend it or add the row to {target.file}"
                    yield Problem(table.file, line, column.name, f"{quoted(part)} is not known", allowed, remedy)


def _unknown_blocs(actors: pd.DataFrame, blocs: Mapping[str, str]) -> Iterator[Problem]:
    for line, cell in cells_of(actors, "blocs"):
        for bloc in split_list(cell):
            if bloc and bloc not in blocs:
                remedy = "use one of these, or add it to [blocs] in tracker.toml"
                yield Problem("actors.csv", line, "blocs", quoted(bloc), listed(blocs, 30), remedy)


def _unused_sources(frames: Mapping[str, pd.DataFrame], cited: Collection[str]) -> Iterator[Problem]:
    used = set(cited) | {
        part
        for table in TABLES.values()
        for column in table.columns_of("references")
        for cell in frames[table.name][column.name]
        for part in _parts(column, cell)
    }
    for line, source in cells_of(frames["sources"], SOURCES.key):
        if source and source not in used:
            found = f"{quoted(source)} is used by no row"
            yield Problem(SOURCES.file, line, SOURCES.key, found, "sources in use", "cite it or remove it")
