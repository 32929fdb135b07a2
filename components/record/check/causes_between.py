"""Causes between tables: an id or a bloc that is missing, a first or last day, a subject, a log that do not fit."""

import difflib
from collections.abc import Iterator, Sequence

from components.record.check import cells, links, recodings, rows
from components.record.check.alike import MANY, NAMED, Cause, Frames, Rule, groups_of, in_one, places_of, quoted_in
from components.record.check.problems import Problem, listed, quoted
from components.record.schema import LIST_SEPARATOR, TABLES, TRACKER_FILE, Table
from components.record.wording import counted

ALIKE = 0.6  # of the letters of two ids


def _no_ids(problems: Sequence[Problem], _frames: Frames) -> Iterator[Cause]:
    """Cells of ids that other signs separate."""

    def key(problem: Problem) -> object:
        is_id = cells.ID_PATTERN.fullmatch(quoted_in(problem).rstrip("…"))
        return None if is_id or not problem.allowed.startswith(links.ID_OF) else (problem.file, problem.column)

    for group in groups_of(problems, key):
        first = group[0]
        found = f"{quoted(quoted_in(first))} and {counted(len(group) - 1, 'more cell')} are no ids: {places_of(group)}"
        allowed = f"ids, and `{LIST_SEPARATOR}` between them where there may be several"
        yield Problem(first.file, first.line, first.column, found, allowed, "write them so"), group


def _unknown_ids(problems: Sequence[Problem], frames: Frames) -> Iterator[Cause]:
    """Tables that lack half of the ids in use or more, and else single ids that many cells use."""
    for table in TABLES.values():
        group = [problem for problem in problems if problem.allowed == f"{links.ID_OF}{table.file}"]
        lacking = list(dict.fromkeys(map(quoted_in, group)))
        if len(lacking) >= MANY and 2 * len(lacking) >= len(used := _used(table, frames)):
            told = f"{listed(map(quoted, lacking), NAMED)} of {counted(len(used), 'id')} in use stand in no row of it"
            remedy = f"restore `{table.key}` and its rows, or undo what changed the cells that use it"
            found = f"{told}: {places_of(group)}"
            yield Problem(table.file, 1, table.key, found, "every id in use", remedy), group
            continue
        for cited in groups_of(group, lambda problem: problem.found):
            yield _missing(table, cited, frames), cited


def _missing(table: Table, cited: Sequence[Problem], frames: Frames) -> Problem:
    """An id that many cells use, and one like it that none does, if there is any: it may have been renamed."""
    key = quoted_in(cited[0])
    unused = set(frames[table.name][table.key]) - _used(table, frames)
    like = [quoted(other) for other in difflib.get_close_matches(key, unused, 1, ALIKE)]
    found = f"{quoted(key)} is not known, and {counted(len(cited), 'cell uses', 'cells use')} it: {places_of(cited)}"
    hint = f"; {like[0]} is there and used by none" if like else ""
    remedy = "add its row, which may have been removed or renamed; or mend those cells"
    return Problem(table.file, 1, table.key, f"{found}{hint}", "every id in use", remedy)


def _used(table: Table, frames: Frames) -> set[str]:
    """The ids of a table that the tables use, known or not."""
    columns = [(other, column) for other in TABLES.values() for column in other.columns_of("reference", "references")]
    return {
        part
        for other, column in columns
        if column.refers_to == table.name
        for cell in cells.different(frames[other.name][column.name])
        for part in cells.split_list(cell)
        if part
    }


def _unknown_blocs(problems: Sequence[Problem], frames: Frames) -> Iterator[Cause]:
    """Blocs that tracker.toml does not name: one that many actors bear, or many."""
    every = [problem for problem in problems if problem.remedy == links.ADD_BLOC]
    names = sorted({problem.found for problem in every})
    if len(names) >= MANY:
        found = f"{listed(names, NAMED)} are not in [blocs], and actors bear them: {places_of(every)}"
        allowed = f"every bloc of actors.csv; now {every[0].allowed}"
        yield Problem(TRACKER_FILE, 1, "blocs", found, allowed, "restore them there"), every
        return
    borne = {bloc for cell in frames["actors"]["blocs"] for bloc in cells.split_list(cell)} if every else set()
    for group in groups_of(every, lambda problem: problem.found):
        free = [quoted(bloc) for bloc in group[0].allowed.split(", ") if bloc not in borne and bloc != "none"]
        hint = f"; borne by none, though there: {listed(free, NAMED)}" if free else ""
        found = (
            f"{group[0].found} is not in [blocs], and {counted(len(group), 'actor')} bear it: {places_of(group)}{hint}"
        )
        remedy = "add it there, or mend its name there; or take it from those actors"
        yield Problem(TRACKER_FILE, 1, "blocs", found, "every bloc of actors.csv", remedy), group


def _span(problems: Sequence[Problem], _frames: Frames) -> Iterator[Cause]:
    """Many dates outside the record, of whatever table: its first or last day is likelier to be wrong."""
    for remedy, key, end, outside, way in (
        (rows.EARLY, "start", min, "before", "earlier"),
        (rows.LATE, "data_until", max, "after", "later"),
    ):
        group = [problem for problem in problems if problem.remedy == remedy]
        if len(group) >= MANY:
            day, bound = group[0].allowed.split(" ", 1)[0], end(map(quoted_in, group))
            found = f"{day}, and {counted(len(group), 'date')} lie {outside} it: {places_of(group)}"
            mend = f"mend `{key}`, or those dates if they are wrong"
            yield Problem(TRACKER_FILE, 1, key, found, f"{bound} or {way}", mend), group


def _subject(problems: Sequence[Problem], _frames: Frames) -> Iterator[Cause]:
    """A subject with rows of its own: another actor is likelier to be meant."""
    for group in groups_of(problems, lambda problem: problem.found if problem.remedy == rows.OWN_ROWS else None):
        found = f"{quoted(quoted_in(group[0]))} has {counted(len(group), 'row')} of its own: {places_of(group)}"
        remedy = "name the actor that the record is about, or remove those rows"
        yield Problem(TRACKER_FILE, 1, "subject", found, "an actor without stances and levers", remedy), group


def _log(problems: Sequence[Problem], _frames: Frames) -> Iterator[Cause]:
    """Many cells or rows that are otherwise than the log of recodings has them."""
    remedies = {
        recodings.FOLLOW: "undo what changed those cells, if one thing did; else log the changes",
        recodings.GONE: "restore those rows; or log that they were dropped, each with its reason",
    }
    for group in groups_of(problems, lambda problem: problem.remedy if problem.remedy in remedies else None):
        yield in_one(group, remedies[group[0].remedy]), group


BETWEEN: Sequence[Rule] = (
    _no_ids,
    _unknown_ids,
    _unknown_blocs,
    _span,
    _subject,
    _log,
)
