"""The names of files that leave: what is in a file stands in its name, so that no two different ones share one."""

import re
import unicodedata
import zlib

from components.record.model import Record

MOST = 48  # letters of one part of a name, so that the whole is one that every file system takes
NO_LETTERS = "record"


def slug(text: str) -> str:
    """A text as small letters, digits and hyphens; where that loses letters, or is cut, with a sum of the text."""
    letters = [sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum()]
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if made and len(made) <= MOST and all(sign.isascii() for sign in letters):
        return made
    return f"{made[:MOST].strip('-') or NO_LETTERS}-{zlib.crc32(text.encode()):08x}"


def file_stem(record: Record, *parts: str) -> str:
    """The name of a file without its ending: the record's title, then its parts, those that are blank left out."""
    return "-".join(slug(part) for part in (record.tracker.title, *parts) if part)
