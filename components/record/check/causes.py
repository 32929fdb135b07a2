"""One cause behind many problems, said once: how many cells it explains, the first of them, and what helps.

Belongs here: the order of the rules, and those of one table. Does not belong here: what lies between tables
(causes_between), and what a spreadsheet rewrote (respelled). No remedy renames an id that rows have: readers cite it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

import pandas as pd

from components.record.check import cells, links, recodings, rows
from components.record.check.alike import (
    Cause,
    Frames,
    Rule,
    groups_of,
    in_one,
    lines_of,
    of_column,
    quoted_in,
    same,
)
from components.record.check.causes_between import BETWEEN
from components.record.check.problems import Problem, quoted
from components.record.schema import RECODINGS, TABLES, Table
from components.record.wording import counted, enumerated

PARTS = ("actor_id", "lever", "status", "date", "from")  # columns of which ids are made
VERY_MANY = 100  # wrong cells of one form, which nobody reads one by one whatever made them
# Remedies of problems that have rules of their own.
APART = {
    rows.RENAME,
    rows.EARLY,
    rows.LATE,
    rows.OWN_ROWS,
    cells.REPEATED,
    links.ADD_BLOC,
    recodings.FOLLOW,
    recodings.GONE,
}


def said_once(problems: Iterable[Problem], frames: Frames) -> list[Problem]:
    """The problems, with one in place of many that have one cause.

    Whatever else is wrong in rows that stand twice, or of which a column or the ids are wrong throughout, goes with it,
    and comes back where it was something else.
    """
    left, told = [*problems], list[Problem]()
    for rule in WITHIN:
        found = [*rule(left, frames)]
        told += [cause for cause, _ in found]
        left = _underived(left, {problem for _, members in found for problem in members})
    for rule in BETWEEN:
        found = [*rule(left, frames)]
        told += [cause for cause, _ in found]
        explained = {problem for _, members in found for problem in members}
        left = [problem for problem in left if problem not in explained]
    return [*told, *left]


def _underived(problems: Iterable[Problem], explained: set[Problem]) -> list[Problem]:
    """The problems without those that are explained, and without what follows from them."""
    places = {(problem.file, problem.line) for problem in explained}
    files = {problem.file for problem in explained}
    unkeyed = {table.file for table in TABLES.values() for problem in explained if _is_key(problem, table)}
    dated = {problem.file for problem in explained if problem.remedy == rows.RENAME}
    logged = bool(files & {table.file for table in recodings.JUDGED})
    return [
        problem
        for problem in problems
        if (problem.file, problem.line) not in places
        and problem.allowed not in {f"{links.ID_OF}{file}" for file in unkeyed}
        and not (problem.file in dated and problem.remedy in {rows.EARLY, rows.LATE})
        and not (logged and problem.file == RECODINGS.file)
    ]


def _is_key(problem: Problem, table: Table) -> bool:
    return (problem.file, problem.column) == (table.file, table.key)


def _twice(problems: Sequence[Problem], _frames: Frames) -> Iterator[Cause]:
    """Rows that stand in a table twice."""
    for group in groups_of(problems, lambda problem: problem.file if problem.remedy == cells.REPEATED else None):
        remedy = "remove the rows that were put in twice; a row that is another one gets an id of its own"
        yield in_one(group, remedy), group


def _columns(problems: Sequence[Problem], frames: Frames) -> Iterator[Cause]:
    """Columns most of whose cells are wrong in one way; several columns of one form are told together."""
    names = {table.file: name for name, table in TABLES.items()}
    alike: dict[Hashable, list[Problem]] = defaultdict(list)
    rest = [
        problem for problem in problems if problem.remedy not in APART and not problem.allowed.startswith(links.ID_OF)
    ]
    for group in groups_of(rest, of_column):
        first = group[0]
        if first.file in names and _is_most(group, frames[names[first.file]]):
            alike[same(first), first.allowed, "" if _is_code(first) else first.remedy] += group
    return ((in_one(group, _column_remedy(group[0])), group) for group in alike.values())


def _is_most(group: Sequence[Problem], frame: pd.DataFrame) -> bool:
    """Whether these are very many, or half of a column's cells: of the filled ones, or of all where they are blank."""
    first, lines = group[0], {problem.line for problem in group}
    filled = int((frame[first.column] != "").sum()) if first.column in frame else len(frame)
    return len(lines) >= VERY_MANY or 2 * len(lines) >= (len(frame) if first.found == cells.BLANK else filled)


def _is_code(problem: Problem) -> bool:
    """Whether the cell is a code in other letters, or its label."""
    return problem.remedy.startswith(cells.CODE_OF)


def _column_remedy(first: Problem) -> str:
    return first.remedy if _is_code(first) else f"undo what changed them all, if one thing did; else {first.remedy}"


def _ids(problems: Sequence[Problem], frames: Frames) -> Iterator[Cause]:
    """Tables most of whose ids do not match their rows: a column was changed that they are made of, or they were."""
    for group in groups_of(problems, lambda problem: problem.file if problem.remedy == rows.RENAME else None):
        first, frame = group[0], frames[group[0].file.removesuffix(".csv")]
        if not _is_most(group, frame):
            continue
        changed = _changed(frame.loc[[problem.line for problem in group]], tuple(f"{key}-" for key in _actors(frames)))
        more = counted(len(group) - 1, "more id")
        found = f"{quoted(quoted_in(first))} and {more} do not match their rows, in {lines_of(group)}"
        remedy = f"undo what changed {changed}; rename nothing, because readers cite these ids"
        yield Problem(first.file, first.line, first.column, found, "ids that are made of their rows", remedy), group


def _actors(frames: Frames) -> list[str]:
    return frames["actors"]["actor_id"].tolist()


def _changed(frame: pd.DataFrame, actors: tuple[str, ...]) -> str:
    """Which columns the ids of these rows do not hold; or the ids themselves, where they begin with no actor's."""
    ids = frame["id"].tolist()
    gone = [
        f"`{name}`"
        for name in PARTS
        if name in frame and 2 * sum(part not in key for key, part in zip(ids, frame[name], strict=True)) >= len(ids)
    ]
    of_actors = 2 * sum(key.startswith(actors) for key in ids) >= len(ids)
    return enumerated(gone, len(PARTS)) if gone and of_actors else "the ids"


WITHIN: Sequence[Rule] = (_twice, _columns, _ids)
