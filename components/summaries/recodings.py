"""What was judged anew: the log of recodings.csv in words, by row.

Does not belong here: rows that themselves correct or recode others (changes), and what the log may say (record.check).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.check.cells import parse_date
from components.record.model import Record
from components.record.schema import FUNDS, LEVERS, LIST_SEPARATOR, STANCES, Column, Table, tables_of
from components.record.wording import counted, enumerated, long_date, number
from components.summaries.tables import matching

NAMED = 5
DONE = {"recode": "Recoded", "correction": "Corrected"}
BECAUSE = {"recode": "the codebook changed", "correction": "we were wrong"}


@dataclass(frozen=True, slots=True)
class Recoding:
    """One cell that was judged anew, in words. Of a dropped row `column` is blank, and `was` its summary.

    `change` is why, a code of recodings.csv, and `day` when, in words.
    """

    id: str
    change: str
    day: str
    column: str
    was: str
    now: str
    why: str

    @property
    def beside(self) -> str:
        """What was done and when, and what stood there, for a place where a reader sees what stands there now."""
        return f"{self._done}. {self.why}" if self.column else self.told

    @property
    def told(self) -> str:
        """The same with what stands there now."""
        if not self.column:
            return f"Dropped {self.day}, because {BECAUSE[self.change]}: {self.was}. {self.why}"
        return f"{self._done}, now {self.now}. {self.why}"

    @property
    def _done(self) -> str:
        verb = "were" if self.column == "sources" else "was"
        return f"{DONE[self.change]} {self.day}: {self.column} {verb} {self.was}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what of it was judged anew, newest first; `date_text` is blank of one that was dropped."""

    row_id: str
    actor_id: str
    name: str
    date_text: str
    cells: tuple[Recoding, ...]

    def columns(self, change: str) -> list[str]:
        """Which of its cells were judged anew because of this, a code of recodings.csv; each once."""
        return list(dict.fromkeys(cell.column for cell in self.cells if cell.change == change and cell.column))


@remembered(most=1)
def judged_anew(record: Record) -> tuple[Judged, ...]:
    """The rows of the log, those that were changed last first, and of one day by name."""
    known = tables_of(record.words)
    stances, levers, funds = (known[table.name] for table in (STANCES, LEVERS, FUNDS))
    rows = {row["id"]: (table, row) for table in (stances, levers, funds) for row in _rows(record.table(table.name))}
    places = {name: at for table in (funds, levers, stances) for at, name in enumerate(table.column_names)}
    log = _rows(record.recodings[::-1])  # of one day and cell, what was written last first
    log.sort(key=lambda entry: (-entry["date"].value, places.get(entry["column"], 0)))
    newest: dict[str, int] = {}
    cells: dict[str, list[Recoding]] = {}
    for entry in log:
        table, _ = rows.get(entry["row_id"], (stances, {}))
        newest.setdefault(entry["row_id"], entry["date"].value)
        cells.setdefault(entry["row_id"], []).append(_recoding(record, table, entry))
    found = [_judged(record, row_id, rows.get(row_id, (stances, {}))[1], own) for row_id, own in cells.items()]
    return tuple(sorted(found, key=lambda row: (-newest[row.row_id], row.name, row.row_id)))


@remembered(most=1)
def recodings_by_row(record: Record) -> Mapping[str, tuple[Recoding, ...]]:
    """What was judged anew of each row, by its id; to be read only."""
    return {row.row_id: row.cells for row in judged_anew(record)}


def judged_headline(judged: Sequence[Judged]) -> str:
    """Whose rows, those with most of them first, and how many."""
    names = Counter(row.name for row in judged)
    most = sorted(names, key=lambda name: (-names[name], name))
    return f"{enumerated(most, NAMED)}: {counted(len(judged), 'row')} judged anew"


def judged_counts(judged: Sequence[Judged]) -> list[str]:
    """What was done to how many rows, and why, a sentence each; dropped rows by id first."""
    said = []
    for change, done in DONE.items():
        columns = Counter(name for row in judged for name in row.columns(change))
        parts = [f"{name} in {counted(count, 'row')}" for name, count in columns.most_common()]
        said += [f"{done} because {BECAUSE[change]}: {enumerated(parts, len(parts))}."] if parts else []
    gone = [row.row_id for row in judged if not row.date_text]
    return [*said, f"Dropped: {enumerated(gone, NAMED)}, {counted(len(gone), 'row')} in all."] if gone else said


def judged_matching(
    record: Record, judged: Sequence[Judged], wanted: str, actor_ids: Collection[str] | None = None
) -> list[Judged]:
    """The rows with the text in what is told of them, or of an actor with it in a name; only those of `actor_ids`."""
    told = [(row.actor_id, row.name, row.row_id, " ".join(cell.told for cell in row.cells)) for row in judged]
    frame = pd.DataFrame(told, columns=["actor_id", "name", "row_id", "told"])
    return [judged[at] for at in matching(record, frame, wanted, actor_ids).index]


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _judged(record: Record, row_id: str, row: Mapping[str, Any], cells: Sequence[Recoding]) -> Judged:
    """A row of the log; whose one was that has been dropped, its id tells."""
    actor_id = row.get("actor_id", row_id.partition("-")[0])
    name = record.actors["name"].get(actor_id, row_id)
    return Judged(row_id, actor_id, str(name), row.get("date_text", row.get("from_text", "")), tuple(cells))


def _recoding(record: Record, table: Table, entry: Mapping[str, Any]) -> Recoding:
    name, day = entry["column"], long_date(entry["date_text"])
    column = next((column for column in table.columns if column.name == name), Column(name, "text", ""))
    was, now = (_cell(record, column, entry[which]) for which in ("old", "new"))
    words = "sources" if name == "source_ids" else name.replace("_", " ")
    return Recoding(entry["id"], entry["change"], day, words, was, now, entry["why"])


def _cell(record: Record, column: Column, cell: str) -> str:
    """A cell as it is read: codes by their labels, dates and numbers in words, sources by publisher, text in quotes."""
    if not cell:
        return "blank"
    parts = cell.split(LIST_SEPARATOR) if column.kind in {"codes", "references"} else [cell]
    match column.kind:
        case "code" | "codes":
            parts = [column.terms[code].lowered if code in column.terms else code for code in parts]
        case "reference" | "references":
            parts = [_named(record, column, key) for key in parts]
        case "date":
            parts = [long_date(cell) if parse_date(cell) else cell]
        case "number":
            parts = [number(float(cell)) if cell.isdecimal() else cell]
        case "text":
            parts = [f"“{cell.removesuffix('.')}”"]
    return ", ".join(parts)


def _named(record: Record, column: Column, key: str) -> str:
    """An actor or a publisher by name; what is no longer there, and a sum of money, by its id."""
    if column.refers_to == "actors":
        return str(record.actors["name"].get(key, key))
    return str(record.sources["publisher"].get(key, key)) if column.refers_to == "sources" else key
