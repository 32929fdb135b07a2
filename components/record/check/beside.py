"""Warnings of what lies beside the tables: ids that a README, a tracker or a second coding names and no table has.

Does not belong here: what would harm whoever opens those files, which is a problem (second_coding, cells).
"""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from components.record.check.alike import Frames, gathered
from components.record.check.cells import cells_of, parse_date
from components.record.check.problems import Problem, listed, quoted
from components.record.codebook import BEGIN, END
from components.record.schema import RECODINGS, TABLES
from components.record.schema import STANCES as STANCE_TABLE
from components.record.second_coding import CODERS
from components.record.shapes import load_points
from components.record.vocabulary import LEVELS, STANCES

# What stands in backticks, or behind the `#` or `=` of a link to a place within the record.
MENTION = re.compile(r"`([^`\s]+)`|\]\([^)\s:]*[#=]([^)\s#=&]+)\)")
# An id that is made of a name and a date, with what may follow it; and none of a file.
DATED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*?-(\d{4}(?:-\d{2}){0,2})(?:[a-z]|-[A-Za-z0-9._-]+)?", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{3}", re.ASCII)
FILE_NAME = re.compile(r"\.[A-Za-z]{2,4}$")
CODED = {"stance": STANCES, "recognition_level": LEVELS}


def warnings_of_texts(texts: Mapping[str, str], frames: Frames) -> list[Problem]:
    """A warning for each id that a text names and no table has; `texts` by file name."""
    mentions = [mention for file, text in texts.items() for mention in _mentions(file, text)]
    if not mentions:
        return []
    known = {key for name, table in TABLES.items() for key in frames[name][table.key].tolist()}
    known.update(frames[RECODINGS.name]["row_id"].tolist())  # which may have been dropped, as the log tells
    countries = set(load_points().index)
    told = []
    for file, line, name in mentions:
        if name in countries - known:
            what, allowed = f"{quoted(name)} is the code of a country that is no actor", "an actor_id of actors.csv"
            told.append(Problem(file, line, "-", what, allowed, "add the actor, or mend the code"))
        elif "-" in name and name not in known:
            what, allowed = f"{quoted(name)} looks like an id and is in no table", "an id of a row or a source"
            told.append(Problem(file, line, "-", what, allowed, "mend it, or leave it where it is none"))
    return gathered(told)


def _mentions(file: str, text: str) -> Iterator[tuple[str, int, str]]:
    """File, line and text of what may be an id; what the program wrote is passed over."""
    is_ours = True
    for line, words in enumerate(text.splitlines(), 1):
        is_ours = (is_ours or END in words) and BEGIN not in words
        is_read = is_ours and not words.startswith("#")  # neither a heading nor a comment of tracker.toml
        for found in MENTION.finditer(words) if is_read else ():
            name = found[1] or found[2]
            if COUNTRY.fullmatch(name) or _is_dated(name):
                yield file, line, name


def _is_dated(name: str) -> bool:
    found = DATED.fullmatch(name)
    return bool(found and parse_date(found[1]) and not FILE_NAME.search(name))


def warnings_of_codings(file: str, codings: pd.DataFrame | None, frames: Frames) -> list[Problem]:
    """A warning for each row of a second coding that is no row of the record, and for each code that is none."""
    if codings is None:
        return []
    told = list[Problem]()
    known = {*frames[STANCE_TABLE.name]["id"].tolist(), *frames[RECODINGS.name]["row_id"].tolist()}
    for line, key in cells_of(codings, STANCE_TABLE.key):
        if key not in known:
            remedy = "mend it; of a row that was dropped say so in recodings.csv"
            told.append(Problem(file, line, "id", f"{quoted(key)} is no row", "an id of stances.csv", remedy))
    columns = [(f"{coder}{name}", name, terms) for name, terms in CODED.items() for coder in ("", *CODERS)]
    for column, name, terms in columns:
        for line, code in cells_of(codings, column) if column in codings else ():
            if code not in terms:
                what = f"{quoted(code)} is no code, so nothing tells how far coders agree in {name}"
                told.append(Problem(file, line, column, what, listed(terms), "write one of these codes"))
    return gathered(told)
