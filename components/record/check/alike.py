"""Problems, or warnings, that say the same: how they are found together, and how they are told in one.

Does not belong here: which of them have one cause (causes, causes_between).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

import pandas as pd

from components.record.check.problems import Problem, listed
from components.record.wording import counted

MANY = 5  # problems of one cause; fewer are read one by one
NAMED = 5  # lines, or ids
QUOTED = re.compile("“([^”]*)”")
VARYING = re.compile(r"“[^”]*”|\d+")  # of what is found: cells and lines

Frames = Mapping[str, pd.DataFrame]
Cause = tuple[Problem, Sequence[Problem]]  # what is said, and what it explains
Rule = Callable[[Sequence[Problem], Frames], Iterable[Cause]]


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Problems or warnings, with one in place of many that say the same of a column."""
    groups = groups_of(problems, of_column, 1)
    return [told for group in groups for told in ([in_one(group)] if len(group) >= MANY else group)]


def groups_of(
    problems: Iterable[Problem], key: Callable[[Problem], Hashable], least: int = MANY
) -> Iterator[list[Problem]]:
    """The problems of each key, in order, where they are so many; None is the key of those that are left out."""
    found: dict[Hashable, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[key(problem)].append(problem)
    return (sorted(group) for name, group in found.items() if name is not None and len(group) >= least)


def of_column(problem: Problem) -> Hashable:
    """What those have in common that say the same of a column."""
    return problem.file, problem.column, same(problem)


def same(problem: Problem) -> str:
    """What a problem says, whatever the cell."""
    return VARYING.sub("…", problem.found)


def in_one(group: Sequence[Problem], remedy: str = "") -> Problem:
    """The first of some problems, with how many more there are and where; the remedy is its own where none is given."""
    first = group[0]
    columns = {(problem.file, problem.column): None for problem in group}
    if len(columns) > 1:
        where = f"in {', '.join(f'{column} of {file}' for file, column in columns)}"
    else:
        where = f"of this column, in {lines_of(group)}"
    more = len({(problem.file, problem.column, problem.line) for problem in group}) - 1
    found = f"{first.found}, and likewise {counted(more, 'more cell')} {where}"
    return Problem(first.file, first.line, first.column, found, first.allowed, remedy or first.remedy)


def quoted_in(problem: Problem) -> str:
    """The cell that a problem quotes first."""
    found = QUOTED.search(problem.found)
    return found[1] if found else ""


def lines_of(group: Sequence[Problem]) -> str:
    """“lines 2, 3, 4, 5, 6, … (32 in all)”."""
    lines = [f"{line}" for line in sorted({problem.line for problem in group})]
    return f"{'line' if len(lines) == 1 else 'lines'} {listed(lines, NAMED)}"


def places_of(group: Sequence[Problem]) -> str:
    """The files of some problems, each with its lines."""
    files = sorted({problem.file for problem in group})
    return "; ".join(f"{file}, {lines_of([problem for problem in group if problem.file == file])}" for file in files)
