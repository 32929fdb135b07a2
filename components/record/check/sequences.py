"""Rules that hold the tree: what one row of an actor may follow upon another.

Belongs here: what the order of an actor's rows can show. Does not belong here: what must be read from the words, which
`python -m components.curate doubts` lists for coders.
"""

from collections.abc import Collection, Iterator

import pandas as pd

from components.record.check.cells import Row, parse_date, rows_of
from components.record.check.problems import Problem, quoted
from components.record.check.rows import Fault
from components.record.vocabulary import STANCES

FILE = "stances.csv"
RECOGNITION, WITHDRAWAL = "recognition", "withdrawal"  # acts; the first is the level too
MOVES = (RECOGNITION, WITHDRAWAL)
# Talking changes what is done and not where an actor stands.
TALKING = {"visit", "talks", "agreement"}
DEEDS = ("recognition_level", "envoy_received", "envoy_sent")
STANDING = {"supportive", "opposed"}  # stances that hold until something ends them


def check_sequences(stances: pd.DataFrame) -> list[Problem]:
    """What the rows of each actor must satisfy together, in the order of their days, and of one day by id."""
    pairs = _in_order(stances)
    return [Problem(FILE, line, *fault) for before, line, row in pairs for fault in _faults(before, row)]


def doubtful_recognitions(stances: pd.DataFrame, bodies: Collection[str]) -> list[Problem]:
    """Warnings: a recognition or withdrawal that does not follow from the row before it, or is that of a body."""
    actors, levels, acts = (stances[name].tolist() for name in ("actor_id", "recognition_level", "act"))
    rows = zip(actors, levels, acts, strict=True)
    moved = {actor for actor, level, act in rows if level == RECOGNITION or act in MOVES}
    pairs = _in_order(stances[[actor in moved for actor in actors]])
    return [Problem(FILE, line, *fault) for before, line, row in pairs for fault in _doubts(before, row, bodies)]


def _in_order(stances: pd.DataFrame) -> Iterator[tuple[Row | None, int, Row]]:
    """Each row with its line and the actor's row before it, None where it is the first."""
    rows = [(line, row) for line, row in rows_of(stances) if parse_date(row["date"]) and row["stance"] in STANCES]
    rows.sort(key=lambda entry: (entry[1]["actor_id"], parse_date(entry[1]["date"]), entry[1]["id"]))
    for before, (line, row) in zip([None, *(row for _, row in rows)], rows, strict=False):
        yield before if before and before["actor_id"] == row["actor_id"] else None, line, row


def _doubts(before: Row | None, row: Row, bodies: Collection[str]) -> Iterator[Fault]:
    stood = before is not None and before["recognition_level"] == RECOGNITION
    if row["act"] == WITHDRAWAL and not stood:
        found, allowed = "a withdrawal where no row before it recognises", "a row at level recognition before it"
        yield "act", found, allowed, "add that row; of a recognition older than the record, on its first day"
    if before and stood and row["act"] == RECOGNITION:
        found = f"recognises again, as {quoted(before['id'])} does already"
        yield "act", found, "one recognition until it is withdrawn", "code the act it was, or the withdrawal between"
    ended = row["recognition_level"] != RECOGNITION and row["act"] != WITHDRAWAL and row["change"] == "world"
    if before and stood and ended:
        found = f"{quoted(row['recognition_level'])} without a withdrawal, after recognition in {quoted(before['id'])}"
        yield "recognition_level", found, "recognition, or act withdrawal", "code the withdrawal, or what still holds"
    if row["act"] in MOVES and row["actor_id"] in bodies:
        found = f"{quoted(row['actor_id'])} is a body, and only countries are counted among those that recognise"
        yield "actor_id", found, "an act of a country", "leave it, or code the countries that did so"


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
