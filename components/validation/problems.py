"""What a problem is and how it reads."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a data folder: where, what, what is allowed, what to do."""

    file: str
    line: int
    column: str
    found: str
    allowed: str
    remedy: str

    def __str__(self) -> str:
        """`file:line:column: what, allowed, what to do`, on one line."""
        return f"{self.file}:{self.line}:{self.column}: {self.found}; allowed: {self.allowed}; {self.remedy}"


def quoted(cell: str) -> str:
    """A cell as it can be shown in a message: in quotes, cut, control characters made visible."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else f"\\u{ord(c):04x}" for c in cell[:LONGEST_QUOTE])
    return f"“{visible}{'…' if len(cell) > LONGEST_QUOTE else ''}”"


def listed(codes: Iterable[str], most: int = 15) -> str:
    """Codes in one line, cut after `most`."""
    codes = list(codes)
    return ", ".join(codes[:most]) + (f", … ({len(codes)} in all)" if len(codes) > most else "")
