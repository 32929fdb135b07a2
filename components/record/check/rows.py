"""Rules that compare the cells of one row of stances.csv or levers.csv with each other."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from components.record.check.cells import LONGEST_CELL, Row, parse_date, rows_of, split_list
from components.record.check.problems import Problem, quoted, visible
from components.record.check.recodings import Moved
from components.record.vocabulary import SOURCE_KINDS

Fault = tuple[str, str, str, str]

LETTERS = "bcdefghijklmnopqrstuvwxyz"
UNOFFICIAL = set(SOURCE_KINDS) - {"official"}  # a kind that is no code is a problem of its own

# Remedies, by which problems of one cause are known.
RENAME = "mend the cell that changed, and log a new date in recodings.csv; another id only for a row that is new"
EARLY = "mend the date or `start`"
LATE = "mend it or `data_until`"
OWN_ROWS = "remove the row, or name another subject"


def check_stances(
    stances: pd.DataFrame, subject: str, start: dt.date | None, data_until: dt.date | None, moved: Moved
) -> list[Problem]:
    """What a stance row must satisfy beyond its single cells; `moved` as from `days_moved`."""
    envoys = bool((stances[["envoy_received", "envoy_sent"]] != "").any(axis=None))
    return [
        Problem("stances.csv", line, *fault)
        for line, row in rows_of(stances)
        for fault in (
            *id_faults(row["id"], f"{row['actor_id']}-", row["date"], moved),
            *_subject_faults(row, subject),
            *_record_day_faults("date", row["date"], start, data_until),
            *order_faults(row, "coded_on", "date", strictly=False),
            *order_faults(row, "checked_on", "coded_on", strictly=False),
            *_stance_faults(row),
            *(_envoy_faults(row) if envoys else ()),
        )
    ]


def check_levers(levers: pd.DataFrame, subject: str, data_until: dt.date | None, moved: Moved) -> list[Problem]:
    """What a lever row must satisfy beyond its single cells; it may be older than the record. `moved`: `days_moved`."""
    return [
        Problem("levers.csv", line, *fault)
        for line, row in rows_of(levers)
        for fault in (
            *id_faults(row["id"], f"{row['actor_id']}-{row['lever']}-", row["from"], moved),
            *_subject_faults(row, subject),
            *_record_day_faults("from", row["from"], None, data_until),
            *order_faults(row, "until", "from", strictly=True),
            *order_faults(row, "checked_on", "from", strictly=False),
        )
    ]


def check_confidence(file: str, frame: pd.DataFrame, sources: Mapping[str, Row]) -> list[Problem]:
    """`high` needs two newsrooms or an official source. `sources` has the rows of sources.csv by id."""
    return [
        Problem(
            file,
            line,
            "confidence",
            f"“high” on {'one source' if len(cited) < 2 else 'links to one newsroom'} that is not official",
            "two independent sources, or one official record",
            "add a second source or lower the confidence",
        )
        for line, row in rows_of(frame[["confidence", "source_ids"]])
        if row["confidence"] == "high"
        and len(row["source_ids"]) <= LONGEST_CELL
        and (cited := [sources[key] for key in split_list(row["source_ids"]) if key in sources])
        and not any(source["kind"] not in UNOFFICIAL for source in cited)
        and _is_one_newsroom(cited)
    ]


def _is_one_newsroom(cited: Sequence[Row]) -> bool:
    """Whether each source is a text of the same publisher as the first, or was read at its pages, or it at theirs.

    A host where texts of several publishers were read makes them no less independent.
    """
    first, *others = cited
    return all(
        first["publisher"] in {other["publisher"], other["via"]} or other["publisher"] == first["via"]
        for other in others
    )


def id_faults(identifier: str, head: str, day: str, moved: Moved) -> Iterator[Fault]:
    """An id that is not its head and day, with or without one letter; the day may be one that the row had before."""
    tails = {day, *moved.get(identifier, ())}
    tail = identifier.removeprefix(head)
    if not identifier.startswith(head) or not any(
        tail in {known, *(known + sign for sign in LETTERS)} for known in tails
    ):
        yield (
            "id",
            quoted(identifier),
            f"{visible(head + day)}, or with one letter b–z after it",
            RENAME,
        )


def _subject_faults(row: Row, subject: str) -> Iterator[Fault]:
    if subject and row["actor_id"] == subject:
        yield "actor_id", f"{quoted(subject)} is the subject", "any other actor", OWN_ROWS


def _record_day_faults(column: str, cell: str, start: dt.date | None, data_until: dt.date | None) -> Iterator[Fault]:
    day = parse_date(cell)
    if day and start and day < start and not start.isoformat().startswith(cell):
        yield (
            column,
            f"{quoted(cell)} is before the record begins",
            f"{start} or later",
            EARLY,
        )
    if day and data_until and day > data_until:
        yield (
            column,
            f"{quoted(cell)} is after `data_until`",
            f"{data_until} or earlier",
            LATE,
        )


def order_faults(row: Row, later: str, earlier: str, *, strictly: bool) -> Iterator[Fault]:
    """A date that comes before the one it must follow; blanks are passed over."""
    end, begin = parse_date(row[later]), parse_date(row[earlier])
    if end and begin and (end < begin or (strictly and end == begin)):
        word = "after" if strictly else "on or after"
        yield (
            later,
            f"{quoted(row[later])} does not come {word} `{earlier}`",
            f"{word} {row[earlier]}",
            "mend one of them",
        )


def _stance_faults(row: Row) -> Iterator[Fault]:
    stance, level = row["stance"], row["recognition_level"]
    if level == "recognition" and stance != "supportive":
        yield "stance", quoted(stance), "supportive, at level recognition", "mend stance or recognition_level"
    if row["act"] == "recognition" and level != "recognition":
        yield (
            "recognition_level",
            quoted(level),
            "recognition, after act recognition",
            "mend act or recognition_level",
        )
    if row["act"] == "withdrawal" and level == "recognition":
        yield (
            "recognition_level",
            quoted(level),
            "any lower level, after act withdrawal",
            "mend act or recognition_level",
        )
    if stance == "engaging" and level == "none":
        yield (
            "stance",
            "“engaging” without contact",
            "engaging from level contact up",
            "mend stance or recognition_level",
        )
    if stance == "none" and row["condition"]:
        yield (
            "condition",
            quoted(row["condition"]),
            "blank where no position was found",
            "remove it or code a stance",
        )


def _envoy_faults(row: Row) -> Iterator[Fault]:
    """Levels and envoys that contradict each other, in a record that tells envoys at all."""
    level, received = row["recognition_level"], row["envoy_received"]
    if level == "ambassador" and "ambassador" not in {received, row["envoy_sent"]}:
        yield (
            "recognition_level",
            "“ambassador” without an envoy of that rank",
            "ambassador in envoy_received or envoy_sent",
            "mend the level or name the envoy",
        )
    if received == "ambassador" and level not in {"ambassador", "recognition"}:
        yield "envoy_received", quoted(received), "a level from ambassador up", "mend the level or the envoy"
    if received in {"staff", "charge"} and level in {"none", "contact", "presence"}:
        yield "envoy_received", quoted(received), "a level from charge up", "mend the level or the envoy"
