"""What a problem is and how it reads."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # categories of signs that are not to be seen, or break a line


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


def visible(text: str) -> str:
    """Text of a file as it can be shown in a message: cut, its hidden signs as codes."""
    signs = (c if unicodedata.category(c) not in HIDDEN else f"\\u{ord(c):04x}" for c in text[:LONGEST_QUOTE])
    return f"{''.join(signs)}{'…' if len(text) > LONGEST_QUOTE else ''}"


def quoted(cell: str) -> str:
    """A cell as it can be shown in a message: in quotes, cut, its hidden signs as codes."""
    return f"“{visible(cell)}”"


def listed(codes: Iterable[str], most: int = 15) -> str:
    """Codes in one line, cut after `most`; “none” where there is none."""
    codes = [visible(code) for code in codes]
    return (", ".join(codes[:most]) or "none") + (f", … ({len(codes)} in all)" if len(codes) > most else "")
