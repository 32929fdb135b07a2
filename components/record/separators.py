"""Files whose cells are separated otherwise than by commas, as spreadsheets save them in many places."""

import csv
import io
import re

from components.record.schema import Table

SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # what Excel writes, and reads, before the header row


def separation(table: Table, text: str) -> str:
    """What is wrong with how a file separates its cells, in words; "" where it has commas, or none of these signs."""
    if HINT.match(text):
        return f"“{text[:5]}” stands before the header row"
    sign = _sign(table, text)
    return "" if sign == "," else f"cells are separated by {SIGNS[sign]}"


def with_commas(table: Table, content: bytes) -> bytes:
    """The file with commas between its cells, or as it is where they are there, or where it cannot be read."""
    try:
        text = content.decode("utf-8-sig")
        if not separation(table, text):
            return content
        body = HINT.sub("", text, count=1) if HINT.match(text) else text
        rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=_sign(table, body), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return content
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue().encode()


def _sign(table: Table, text: str) -> str:
    """The sign that separates the names of columns in the first line."""
    head = text[: text.find("\n")].rstrip("\r") if "\n" in text else text
    names = {sign: {name.strip('"') for name in head.split(sign)} & {*table.column_names} for sign in SIGNS}
    return next((sign for sign in SIGNS if len(names[sign]) > 1), ",")
