"""Lines of a release's change log: what the record corrects, what its codebook says of that, and its settings.

Does not belong here: what differs between rows of two releases (release_log).
"""

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.publish.release_citation import last_day
from components.record.codebook import README_FILE
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE, FolderText
from components.record.schema import TRACKER_FILE
from components.record.wording import long_date
from components.summaries.changes import corrections_between
from components.summaries.recodings import judged_anew
from components.summaries.row_changes import was_and_is

BEFORE_ALL = dt.date(1799, 12, 31)  # the check lets no date be older
LOG = re.compile(r"^## Log of recodings$(.*?)(?=^## |\Z)", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: whom or what it is about, the rest of the sentence, and the id of its row."""

    name: str
    words: str
    row_id: str = ""


def corrections(record: Record, row_ids: Collection[str] | None = None) -> list[Entry]:
    """The rows that correct or recode others, newest first; only those of `row_ids`, where it is given."""
    frame = corrections_between(record, BEFORE_ALL, last_day(record))
    return [
        Entry(row.name, f"{row.kind}, coded {long_date(row.date_text)}: {row.what}. {row.summary}", row.row_id)
        for row in frame.itertuples(index=False)
        if row_ids is None or row.row_id in row_ids
    ]


def codebook_changes(texts: Mapping[str, str]) -> list[Entry]:
    """The rows of the table under the codebook's heading “Log of recodings”: date, what changed in it and why."""
    lines = [line for log in LOG.findall(texts.get(README_FILE, "")) for line in log.splitlines() if line[:1] == "|"]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|", 2)] for line in lines[2:]]
    return [Entry(long_date(row[0]), f"{row[1]} {row[2]}") for row in rows if len(row) == 3 and row[1]]


def judged(record: Record, ids: Collection[str] | None = None) -> list[Entry]:
    """The cells that were judged anew, newest first; only those of these ids of recodings.csv, where they are given."""
    return [
        Entry(row.name, cell.told, row.row_id)
        for row in judged_anew(record)
        for cell in row.cells
        if ids is None or cell.id in ids
    ]


def settings(record: Record, before: FolderText) -> Iterator[Entry]:
    """What differs from an earlier folder in tracker.toml, and which of the texts beside the tables."""
    texts = record.texts
    was, now = before.tracker or {}, tomllib.loads(texts.get(TRACKER_FILE, ""))
    for key in dict.fromkeys([*was, *now]):
        if was.get(key) != now.get(key):
            yield Entry(f"{TRACKER_FILE}, {key}", f"{_differing(was.get(key), now.get(key))}.")
    for name, about in ((README_FILE, "The codebook"), (SECOND_CODING_FILE, "The second coding")):
        if before.texts.get(name, "") != texts.get(name, ""):
            yield Entry(about, "was written anew.")


def _differing(was: Any, now: Any) -> str:
    """Both values of a key; of tables the entries that differ."""
    if isinstance(was, dict) and isinstance(now, dict):
        differing = [key for key in dict.fromkeys([*was, *now]) if was.get(key) != now.get(key)]
        return "; ".join(f"{key} {_differing(was.get(key), now.get(key))}" for key in differing)
    return was_and_is(*("" if value is None else str(value) for value in (was, now)))
