"""What changed since the release before: in the world, and apart from that by our own corrections.

Both come from the record's own rows: what an act or a lever did (summaries.changes), and which rows and cells differ
(summaries.row_changes). Does not belong here: which release is the one before (release_past), and lines that need no
comparison of rows (release_lines).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from components.publish.release_lines import BEFORE_ALL, Entry, codebook_changes, corrections, judged, settings
from components.record.model import Record
from components.record.reading import FolderText
from components.record.schema import SOURCES, TABLES, Table
from components.record.wording import counted, day_in_words, long_date
from components.summaries.changes import changes_between
from components.summaries.row_changes import Change, RowChanges, row_changes, was_and_is
from components.summaries.sources import whose
from components.summaries.tables import as_written

CHECKED = "checked_on"
CORRECTING, CODEBOOK = "Rows that correct or recode others", "Changes of the codebook"
JUDGED = "Judged anew"


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading, of the world or of our own work."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Log:
    """What changed, in the world and by us, sections without a line left out."""

    world: list[Section] = field(default_factory=list)
    ours: list[Section] = field(default_factory=list)


def log_of(record: Record, before: FolderText | None = None, last: dt.date = BEFORE_ALL) -> Log:
    """What changed since a data folder that was released, whose record went until `last`; without one, what the record
    itself corrects.

    Raises ValueError where a file of that folder cannot be read.
    """
    if before is None:
        own = {CORRECTING: corrections(record), CODEBOOK: codebook_changes(record.texts), JUDGED: judged(record)}
        return Log(ours=_filled(Section(heading, entries) for heading, entries in own.items()))
    for problem in before.problems:
        raise ValueError(f"{before.folder / problem.file} is needed to say what changed since: {problem.found}")
    made = _Comparison(record, before, last)
    return Log(_filled(made.world()), _filled(made.ours()))


def _filled(sections: Iterable[Section]) -> list[Section]:
    return [section for section in sections if section.entries]


@dataclass(frozen=True)
class _Comparison:
    """The record beside the folder of the release before."""

    record: Record
    before: FolderText
    last: dt.date

    @cached_property
    def changes(self) -> Mapping[str, RowChanges]:
        """What differs, by the name of the table."""
        return {
            table.name: row_changes(table, self.before.frames[table.name], as_written(self.record, table))
            for table in TABLES.values()
        }

    @cached_property
    def ended(self) -> set[tuple[str, str]]:
        """Ids of levers and sums that have an end now and had none, with that end."""
        cells = [cell for name in ("levers", "funds") for cell in self.changes[name].cells]
        return {(cell.key, cell.now) for cell in cells if cell.column == "until" and not cell.was and cell.now}

    @cached_property
    def judged(self) -> set[tuple[str, str]]:
        """Ids of rows with the columns that the record says were judged anew; without one where the row was dropped."""
        return {(row["row_id"], row["column"]) for row in self.changes["recodings"].added.values()}

    def world(self) -> Iterator[Section]:
        """What happened after the last day of the release before, and what happened by it and was found since."""
        happened, last = [*self._happened(), *self._money()], day_in_words(self.last)
        yield Section(f"After {last}", [entry for day, entry in happened if day.date() > self.last])
        yield Section(f"By {last}, found since", [entry for day, entry in happened if day.date() <= self.last])

    def ours(self) -> Iterator[Section]:
        """What we corrected, rewrote, took out, listed, read, and checked again."""
        added = self.changes["stances"].added
        yield Section(CORRECTING, corrections(self.record, added))
        told = codebook_changes(self.before.texts)
        yield Section(CODEBOOK, [entry for entry in codebook_changes(self.record.texts) if entry not in told])
        yield Section(JUDGED, judged(self.record, self.changes["recodings"].added))
        yield Section("Cells rewritten", list(self._rewritten()))
        gone = [(table, row) for table, row in self._each("removed") if (row.get(table.key), "") not in self.judged]
        yield Section("Rows taken out", [self._row(table, row) for table, row in gone])
        listed = [(table, row) for table, row in self._each("added") if table.name in {"actors", "reconciliation"}]
        yield Section("Actors and quoted figures listed since", [self._row(table, row) for table, row in listed])
        read = self.changes["sources"].added.values()
        yield Section("Sources read since", [self._row(SOURCES, row) for row in read])
        yield Section("Checked again", self._checked_again())
        yield Section("Settings and codebook", list(settings(self.record, self.before)))

    def _happened(self) -> Iterator[tuple[pd.Timestamp, Entry]]:
        new = {row_id for name in ("stances", "levers", "funds") for row_id in self.changes[name].added}
        for row in changes_between(self.record, BEFORE_ALL, self.record.tracker.data_until).itertuples(index=False):
            if row.row_id in new or (row.row_id, row.date_text) in self.ended:
                yield row.date, Entry(row.name, f"{long_date(row.date_text)}. {row.what}. {row.summary}", row.row_id)

    def _money(self) -> Iterator[tuple[pd.Timestamp, Entry]]:
        """Sums that are no change of the world by themselves: what plans ask for and were given, and ends of stocks."""
        funds = self.record.funds
        plans = funds[funds["id"].isin(self.changes["funds"].added) & funds["status"].isin(["required", "received"])]
        for row in plans.itertuples(index=False):
            yield row.date, Entry(self._name(row.actor_id), f"{long_date(row.date_text)}. {row.summary}", row.id)
        for row in funds.itertuples(index=False):
            if (row.id, row.until_text) in self.ended:
                words = f"{long_date(row.until_text)}. Ended: {row.summary}"
                yield row.until, Entry(self._name(row.actor_id), words, row.id)

    def _rewritten(self) -> Iterator[Entry]:
        """Each row with the cells that we wrote anew, without ends that came, days of checking and what is logged."""
        for table in TABLES.values():
            rows: dict[str, list[Change]] = {}
            for cell in self.changes[table.name].cells:
                told = (cell.key, cell.now) in self.ended or (cell.key, cell.column) in self.judged
                if cell.column != CHECKED and not told:
                    rows.setdefault(cell.key, []).append(cell)
            frame = self.record.table(table.name)
            actors = dict(zip(frame[table.key], frame["actor_id"], strict=True)) if "actor_id" in frame else {}
            for key, cells in rows.items():
                words = "; ".join(f"{cell.column} {was_and_is(cell.was, cell.now)}" for cell in cells)
                yield Entry(self._name(actors[key]) if key in actors else table.file, words, key)

    def _each(self, which: str) -> Iterator[tuple[Table, Mapping[str, str]]]:
        for table in TABLES.values():
            for row in getattr(self.changes[table.name], which).values():
                yield table, row

    def _row(self, table: Table, row: Mapping[str, str]) -> Entry:
        words = next((row[name] for name in ("summary", "title", "figure", "name") if row.get(name)), "")
        about = whose(row.get("publisher", ""), row.get("via", "")) or self._name(row.get("actor_id", "")) or table.file
        return Entry(about, words, row.get(table.key, ""))

    def _name(self, actor_id: str) -> str:
        return str(self.record.actors["name"].get(actor_id, actor_id))

    def _checked_again(self) -> list[Entry]:
        count = sum(cell.column == CHECKED for changes in self.changes.values() for cell in changes.cells)
        return [Entry(counted(count, "row"), "found to hold still; checked_on says when.")] if count else []
