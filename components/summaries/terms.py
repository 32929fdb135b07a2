"""The terms of a stock in their parts: its legal state, who can release it, on what condition, and a note."""

import re
from typing import NamedTuple

NOT_STATED = "not stated"
_PART = re.compile(r"(?:^|; )(State|release|condition|note): ")


class Terms(NamedTuple):
    """The parts of a cell of `terms`; what it does not say is NOT_STATED, and a cell without parts is all state."""

    state: str
    release: str
    condition: str
    note: str


def terms_of(cell: str) -> Terms:
    """The parts of a cell, as the codebook has them: “State: …; release: …; condition: …; note: …”."""
    before, *found = _PART.split(cell)
    parts = dict(zip(found[::2], found[1::2], strict=True))
    state = parts.get("State") or before or NOT_STATED
    return Terms(state, parts.get("release", NOT_STATED), parts.get("condition", NOT_STATED), parts.get("note", ""))
