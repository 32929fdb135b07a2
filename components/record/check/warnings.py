"""What a folder may have on purpose, and is told all the same: it is no problem and refuses nothing.

Belongs here: actors, sources, and what tracker.toml names. Sums of money are in `unseen`, recognitions in `sequences`,
what lies beside the tables in `beside`.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from components.record.check.actors import comparable
from components.record.check.alike import NAMED, gathered
from components.record.check.cells import cells_of, different, rows_of, split_list
from components.record.check.problems import Problem, listed, quoted
from components.record.check.sequences import doubtful_recognitions
from components.record.check.unseen import unseen_sums
from components.record.schema import (
    ACTORS,
    NEIGHBOURS,
    SOURCES,
    TABLES,
    TRACKER_FILE,
    TRACKER_NEIGHBOURS,
    TRACKER_OPEN,
    TRACKER_POPULATION,
)
from components.record.shapes import load_names, load_points

ALIKE = 0.85  # of the letters of two names: “Rumania” is Romania, and Niger is not Nigeria


def find_warnings(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> list[Problem]:
    """Every warning of a folder that has no problems, sorted by place. The arguments are those of `check_record`."""
    actors = frames["actors"]
    kinds = zip(actors["actor_id"].tolist(), actors["kind"].tolist(), strict=True)
    bodies = {actor for actor, kind in kinds if kind == "body"}
    found = [
        *_without_shape(actors),
        *_unused_sources(frames, tracker),
        *unseen_sums(frames, tracker),
        *doubtful_recognitions(frames["stances"], bodies),
    ]
    return sorted([*gathered(found), *_of_tracker(frames, tracker)])


def _without_shape(actors: pd.DataFrame) -> Iterator[Problem]:
    """Countries that no map can draw: made up, or gone, or their codes are wrong."""
    shapes = set(load_points().index)
    cells = zip(actors["kind"].tolist(), actors["actor_id"].tolist(), strict=True)
    bare = actors[[kind == "country" and actor not in shapes for kind, actor in cells]]
    if bare.empty:
        return
    free = shapes - set(actors["actor_id"])
    codes = {comparable(name): code for code, names in load_names().items() if code in free for name in names}
    allowed = "the code of a shape (ISO 3166-1 alpha-3) for what maps shall show"
    for line, row in rows_of(bare):
        meant = difflib.get_close_matches(comparable(row["name"]), codes, n=1, cutoff=ALIKE)
        found = f"{quoted(row['actor_id'])} has no shape, so {quoted(row['name'])} is counted but drawn on no map"
        remedy = f"write {codes[meant[0]]}, if that is it" if meant else "mend it, or leave it where there is none"
        yield Problem(ACTORS.file, line, ACTORS.key, found, allowed, remedy)


def _unused_sources(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> Iterator[Problem]:
    """Sources that neither a row nor tracker.toml uses: they may have been collected first."""
    used = {tracker.get(TRACKER_POPULATION, {}).get("source_id")}
    for table in TABLES.values():
        for column in table.columns_of("reference", "references"):
            used.update(*map(split_list, different(frames[table.name][column.name])))
    for line, source in cells_of(frames["sources"], SOURCES.key):
        if source not in used:
            found = f"{quoted(source)} is used by no row"
            yield Problem(SOURCES.file, line, SOURCES.key, found, "sources in use", "cite it, or leave it for later")


def _of_tracker(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> Iterator[Problem]:
    """Blocs and joint actors that nothing uses, and what is blank or not there."""
    blocs, joint = tracker["blocs"], tracker["joint"]
    borne = {bloc for cell in different(frames["actors"]["blocs"]) for bloc in split_list(cell)}
    giving = different(frames["funds"]["actor_id"])
    if unborne := [quoted(bloc) for bloc in blocs if bloc not in borne]:
        found = f"no actor bears {listed(unborne, NAMED)}"
        yield _told("blocs", found, "blocs of actors.csv", "write it at its members, or remove it from [blocs]")
    if idle := [quoted(actor) for actor in joint if actor not in giving]:
        found = f"no sum of funds.csv is that of {listed(idle, NAMED)}"
        yield _told("joint", found, "actors whose sums are listed and not drawn", "remove it, or leave it for later")
    if len(frames["stances"]) and TRACKER_NEIGHBOURS not in tracker and NEIGHBOURS not in blocs:
        found = "no bloc says who shares a border with the subject, so the view of neighbours shows none"
        remedy = f"name a bloc of [blocs], or add “{NEIGHBOURS}” to it; leave it out where there are none"
        yield _told(TRACKER_NEIGHBOURS, found, "a bloc of [blocs]", remedy)
    if not all(map(str.strip, tracker.get(TRACKER_OPEN, ()))):
        yield _told(TRACKER_OPEN, "a sentence is blank", "what was not yet known", "write it, or remove it")


def _told(key: str, found: str, allowed: str, remedy: str) -> Problem:
    return Problem(TRACKER_FILE, 1, key, found, allowed, remedy)
