"""What a folder may have on purpose, and is told all the same: it is no problem and refuses nothing."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from components.record.check.actors import comparable
from components.record.check.cells import cells_of, rows_of, split_list
from components.record.check.problems import Problem, quoted
from components.record.schema import ACTORS, SOURCES, TABLES, TRACKER_POPULATION
from components.record.shapes import load_names, load_points

ALIKE = 0.85  # of the letters of two names: “Rumania” is Romania, and Niger is not Nigeria


def find_warnings(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> list[Problem]:
    """Every warning of a folder that has no problems, sorted by place. The arguments are those of `check_record`."""
    return sorted([*_without_shape(frames["actors"]), *_unused_sources(frames, tracker)])


def _without_shape(actors: pd.DataFrame) -> Iterator[Problem]:
    """Countries that no map can draw: made up, or gone, or their codes are wrong."""
    shapes = set(load_points().index)
    free = shapes - set(actors["actor_id"])
    codes = {comparable(name): code for code, names in load_names().items() if code in free for name in names}
    allowed = "the code of a shape (ISO 3166-1 alpha-3) for what maps shall show"
    for line, row in rows_of(actors[(actors["kind"] == "country") & ~actors["actor_id"].isin(shapes)]):
        meant = difflib.get_close_matches(comparable(row["name"]), codes, n=1, cutoff=ALIKE)
        found = f"{quoted(row['actor_id'])} has no shape, so {quoted(row['name'])} is counted but drawn on no map"
        remedy = f"write {codes[meant[0]]}, if that is it" if meant else "mend it, or leave it where there is none"
        yield Problem(ACTORS.file, line, ACTORS.key, found, allowed, remedy)


def _unused_sources(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> Iterator[Problem]:
    """Sources that neither a row nor tracker.toml uses: they may have been collected first."""
    used = {tracker.get(TRACKER_POPULATION, {}).get("source_id")}
    for table in TABLES.values():
        for column in table.columns_of("reference", "references"):
            used.update(*map(split_list, frames[table.name][column.name].unique()))
    for line, source in cells_of(frames["sources"], SOURCES.key):
        if source not in used:
            found = f"{quoted(source)} is used by no row"
            yield Problem(SOURCES.file, line, SOURCES.key, found, "sources in use", "cite it, or leave it for later")
