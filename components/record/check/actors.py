"""Rules of actors.csv: names are how readers tell actors apart, so no two actors bear one."""

import unicodedata
from collections.abc import Iterator

import pandas as pd

from components.record.check.cells import rows_of, split_list
from components.record.check.problems import Problem, quoted, visible
from components.record.folding import APOSTROPHES
from components.record.schema import ACTORS


def check_names(actors: pd.DataFrame) -> Iterator[Problem]:
    """Names that are another actor's too, as its name or as its alias.

    Two actors may share an alias: who types it is shown both.
    """
    names: dict[str, tuple[int, str]] = {}
    allowed = "a name that no other actor has as its name or alias, whatever its case, blanks and apostrophes"
    for line, row in rows_of(actors):
        first, owner = names.setdefault(comparable(row["name"]), (line, row["actor_id"]))
        if row["name"] and first != line:
            found = f"{quoted(row['name'])} is the name of {visible(owner)} in line {first} too"
            yield Problem(ACTORS.file, line, "name", found, allowed, "add to one of them what tells the two apart")
    for line, row in rows_of(actors):
        for alias in dict.fromkeys(split_list(row["aliases"])):
            first, owner = names.get(comparable(alias), (line, ""))
            if alias and first != line:
                found = f"{quoted(alias)} is the name of {visible(owner)} in line {first}"
                yield Problem(ACTORS.file, line, "aliases", found, allowed, "remove it, or rename the other one")


def comparable(name: str) -> str:
    """A name as it is compared: without case, blanks, signs that are not to be seen, and ways to write one letter."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.translate(APOSTROPHES)).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] not in "ZC")
