"""What somebody who begins a record does next, for as long as it has no stance."""

import shlex
from pathlib import Path

from components.record.model import Record
from components.record.schema import SOURCES, STANCES


def next_step(record: Record, folder: Path) -> str:
    """One line that begins with `next:`; "" where a stance is coded, from where on the check says what is missing."""
    if not record.stances.empty:
        return ""
    place = shlex.quote(str(folder))
    page = f"python3 -m components.launch --server.address 127.0.0.1 -- --data {place} --edit"
    file, what = (SOURCES, "add a page that you read to") if record.sources.empty else (STANCES, "code a first row in")
    return f"next: {what} {folder / file.file}, in a text editor, a spreadsheet or with {page}"
