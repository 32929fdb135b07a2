"""That what comes out of one subject's record says no word of the shipped one's."""

import io
import re
import zipfile
from collections.abc import Iterable

# What the shipped record is about, in words that no other subject's pictures, pages and files have of themselves.
OF_THE_SHIPPED = re.compile(
    r"taliban|afghan|kabul|islamic emirate|women|girls|humanitarian plan|de facto authorit|unama|"
    r"15 august 2021|2021-08-15|data until 30 june 2026",
    re.IGNORECASE,
)
AROUND = 60  # letters on each side of a word that is found


def foreign_words(texts: Iterable[tuple[str, str | bytes]]) -> list[str]:
    """Each word of the shipped subject in texts or files, with where it is and what stands around it."""
    found = []
    for where, content in texts:
        if isinstance(content, bytes) and content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                found += foreign_words((f"{where}/{name}", packed.read(name)) for name in packed.namelist())
            continue
        text = content if isinstance(content, str) else content.decode("utf-8", "ignore")
        for word in OF_THE_SHIPPED.finditer(text):
            around = text[max(0, word.start() - AROUND) : word.end() + AROUND]
            found.append(f"{where}: … {' '.join(around.split())} …")
    return found
