"""What somebody who begins a record does next, for as long as it has no stance."""

import shlex
from pathlib import Path

from components.record.model import Record
from components.record.schema import ACTORS, SOURCES, STANCES


def next_step(record: Record, folder: Path) -> str:
    """One line that begins with `next:`; "" where a stance is coded, from where on the check says what is missing."""
    if not record.stances.empty:
        return ""
    place = shlex.quote(str(folder))
    page = f"python3 -m components.launch --server.address 127.0.0.1 -- --data {place} --edit"
    if set(record.actors.index) <= {record.tracker.subject}:
        file, what = ACTORS, "add those whom you follow to"
    elif record.sources.empty:
        file, what = SOURCES, "add a page that you read to"
    else:
        file, what = STANCES, "code a first row in"
    return f"next: {what} {folder / file.file}, in a text editor, a spreadsheet or with {page}"
