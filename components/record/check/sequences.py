"""Rules that hold the tree: what one row of an actor may follow upon another.

Belongs here: what the order of an actor's rows can show. Does not belong here: what must be read from the words, which
`python -m components.curate doubts` lists for coders.
"""

from collections.abc import Iterator

import pandas as pd

from components.record.check.cells import Row, parse_date, rows_of
from components.record.check.problems import Problem, quoted
from components.record.check.rows import Fault
from components.record.vocabulary import STANCES

# Talking changes what is done and not where an actor stands.
TALKING = {"visit", "talks", "agreement"}
DEEDS = ("recognition_level", "envoy_received", "envoy_sent")
STANDING = {"supportive", "opposed"}  # stances that hold until something ends them


def check_sequences(stances: pd.DataFrame) -> list[Problem]:
    """What the rows of each actor must satisfy together, in the order of their days, and of one day by id."""
    rows = [(line, row) for line, row in rows_of(stances) if parse_date(row["date"]) and row["stance"] in STANCES]
    rows.sort(key=lambda entry: (entry[1]["actor_id"], parse_date(entry[1]["date"]), entry[1]["id"]))
    pairs = zip([None, *(row for _, row in rows)], rows, strict=False)
    return [
        Problem("stances.csv", line, *fault)
        for before, (line, row) in pairs
        for fault in _faults(before if before and before["actor_id"] == row["actor_id"] else None, row)
    ]


def _faults(before: Row | None, row: Row) -> Iterator[Fault]:
    if before:
        yield from _ended_by_talking(before, row)
    accepted = row["envoy_received"] == "ambassador" and (before is None or before["envoy_received"] != "ambassador")
    if accepted and row["stance"] != "supportive":
        yield (
            "stance",
            f"{quoted(row['stance'])} where an envoy at ambassador rank was accepted",
            "supportive, which that makes",
            "mend stance or envoy_received",
        )


def _ended_by_talking(before: Row, row: Row) -> Iterator[Fault]:
    held = before["stance"]
    moved = any(before[column] != row[column] for column in DEEDS)
    if held in STANDING and row["stance"] != held and row["act"] in TALKING and row["change"] == "world" and not moved:
        yield (
            "stance",
            f"{quoted(row['stance'])} by {row['act']} alone, after {held} in {quoted(before['id'])}",
            f"{held}, which no talking ends",
            "keep it, or code the act that ended it",
        )
