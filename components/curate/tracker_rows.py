"""tracker.toml as rows that can be edited: what stands alone is one row, and each entry of its tables is one.

Belongs here: reading and writing them, with every comment and the order of the file kept. Does not belong here: what a
key means (record.schema), and whether a value is allowed (record.check).
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any

import tomlkit
from tomlkit import items
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError

from components.curate.edits import Edit, Overtaken, Refused
from components.record.check.cells import Row, split_list
from components.record.schema import (
    LIST_SEPARATOR,
    TRACKER_FILE,
    TRACKER_LISTS,
    TRACKER_NEIGHBOURS,
    TRACKER_OPEN,
    TRACKER_OPTIONAL,
    TRACKER_POPULATION,
    TRACKER_RECOGNISES,
    TRACKER_TABLES,
    TRACKER_TEXTS,
    TRACKER_WORDS,
    Column,
    Kind,
    Table,
)
from components.record.vocabulary import LEVELS, LEVER_FAMILIES, MONEY, RECOGNISES, STANCES
from components.record.words import table_at

MAIN = TRACKER_FILE  # the table whose one row is what stands alone, and the key of that row
DAYS = ("start", "data_until")
LINES = (TRACKER_OPEN,)  # lists of sentences, a line each
Tree = dict[str, Any]


def parsed(content: bytes) -> Tree:
    """The whole file. Raises Refused where it cannot be read."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"{TRACKER_FILE} cannot be read as TOML: mend it in a text editor.") from error


def parts(tracker: Tree) -> dict[str, Table]:
    """What can be edited, by name: the row of what stands alone, then each table, those of levers by family."""
    meanings = {**TRACKER_TABLES, **TRACKER_WORDS}
    families = {**LEVER_FAMILIES, **table_at(tracker, "lever_families"), **table_at(tracker, "levers")}
    named = [(name, meaning) for name, meaning in meanings.items() if name != "levers"]
    named += [(f"levers.{family}", meanings["levers"]) for family in families]
    terms = {"stances": STANCES, "levels": LEVELS, "money": MONEY}
    entries = {
        f"[{name}]": Table(
            f"[{name}]",
            f"one entry of [{name}]",
            (
                Column("code", "code" if name in terms else "id", "What tables say.", terms=terms.get(name, {})),
                Column("text", "text", meaning, required=False),
            ),
        )
        for name, meaning in named
    }
    return {MAIN: Table(MAIN, "what stands alone in it", (Column("part", "id", ""), *_alone())), **entries}


def _alone() -> Iterable[Column]:
    kinds: Mapping[str, tuple[Kind, str]] = {
        **dict.fromkeys(DAYS, ("date", "")),
        "subject": ("reference", "actors"),
        "joint": ("references", "actors"),
        TRACKER_NEIGHBOURS: ("reference", "blocs"),
        TRACKER_RECOGNISES: ("code", ""),
    }
    optional = {key: text for key, text in TRACKER_OPTIONAL.items() if key != TRACKER_POPULATION}
    for key, meaning in {**TRACKER_TEXTS, **TRACKER_LISTS, **optional}.items():
        kind, table = kinds.get(key, ("text", ""))
        terms = RECOGNISES if key == TRACKER_RECOGNISES else {}
        yield Column(key, kind, meaning, required=key in TRACKER_TEXTS, terms=terms, refers_to=table)


def rows_of_part(name: str, content: bytes) -> dict[str, Row]:
    """The rows of a part by key, in the order of the file; every value as a cell."""
    tracker = parsed(content)
    if name == MAIN:
        cells = {column.name: _cell(column.name, tracker.get(column.name, "")) for column in _alone()}
        return {MAIN: {"part": MAIN, **cells}}
    return {code: {"code": code, "text": str(text)} for code, text in table_at(tracker, *_path(name)).items()}


def with_row(content: bytes, edit: Edit) -> bytes:
    """The file with one row as it shall be, and every other value, comment and blank line as it was.

    Raises Overtaken where the row is no longer what the edit was made from, Refused where the file has a form in which
    that cannot be done.
    """
    if rows_of_part(edit.table, content).get(edit.key) != edit.before:
        raise Overtaken(f"{edit.table} {edit.key} of {TRACKER_FILE} is no longer what this change was made from.")
    text, wanted = content.decode("utf-8-sig"), parsed(content)
    end = "\r\n" if "\r\n" in text else "\n"
    try:
        document = tomlkit.parse(text)
        for path, value in _changes(edit):
            _set(wanted, path, value)
            _write(document, path, value, end)
        made = tomlkit.dumps(document)
        whole = tomllib.loads(made) == wanted
    except (TOMLKitError, ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:  # such as keys with dots in them, which nobody has to write
        raise Refused(f"{edit.table} of {TRACKER_FILE} has a form that only a text editor can change: change it there.")
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return mark + made.encode()


def _path(name: str) -> list[str]:
    return name.strip("[]").split(".")


def _changes(edit: Edit) -> Iterable[tuple[Sequence[str], object]]:
    """Each value that changes, by its path; None where it goes."""
    if edit.table != MAIN:
        yield [*_path(edit.table), edit.key], edit.after.get("text")
        return
    for key, cell in edit.after.items():
        if cell != (edit.before or {}).get(key):
            yield [key], None if cell == "" and key in TRACKER_OPTIONAL else _value(key, cell)


def _cell(key: str, value: object) -> str:
    if isinstance(value, list):
        return ("\n" if key in LINES else LIST_SEPARATOR).join(map(str, value))
    return str(value)


def _value(key: str, cell: str) -> object:
    """A cell as TOML has it; a day that is none stays text, and the check says so."""
    if key in LINES:
        lines = tomlkit.item([line.strip() for line in cell.splitlines() if line.strip()])
        return lines.multiline(True)
    if key in TRACKER_LISTS:
        return split_list(cell)
    if key in DAYS:
        with suppress(ValueError):
            return dt.date.fromisoformat(cell)
    return cell


def _set(tree: Tree, path: Sequence[str], value: object) -> None:
    *tables, key = path
    for name in tables:
        tree = tree.setdefault(name, {})
    if value is None:
        del tree[key]
    else:
        tree[key] = value


def _write(document: tomlkit.TOMLDocument, path: Sequence[str], value: object, end: str) -> None:
    *tables, key = path
    table: MutableMapping[str, Any] = document
    for place, name in enumerate(tables):
        if name not in table:
            table[name] = tomlkit.table(is_super_table=place < len(tables) - 1)
        table = table[name]
    if value is None:
        del table[key]
    elif key in table or not isinstance(table, Container | items.Table):
        table[key] = value
    else:
        _add(table, key, value, end)


def _add(table: Container | items.Table, key: str, value: object, end: str) -> None:
    """A new line behind the last one of its table, before the comments that lead to what follows."""
    line = tomlkit.document().add(key, value).as_string().rstrip() + end
    body = table.body if isinstance(table, Container) else table.value.body
    inside = [item for name, item in body if name is not None and not isinstance(item, items.AbstractTable)]
    last: Any = inside[-1] if inside else table
    last.trivia.trail = (last.trivia.trail or end) + line
