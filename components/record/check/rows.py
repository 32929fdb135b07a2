"""Rules that compare the cells of one row of stances.csv or levers.csv with each other."""

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from components.record.check.cells import Row, parse_date, rows_of, split_list
from components.record.check.problems import Problem, quoted, visible

Fault = tuple[str, str, str, str]


def check_stances(
    stances: pd.DataFrame, subject: str, start: dt.date | None, data_until: dt.date | None
) -> list[Problem]:
    """What a stance row must satisfy beyond its single cells."""
    return [
        Problem("stances.csv", line, *fault)
        for line, row in rows_of(stances)
        for fault in (
            *id_faults(row["id"], f"{row['actor_id']}-{row['date']}"),
            *_subject_faults(row, subject),
            *_record_day_faults("date", row["date"], start, data_until),
            *order_faults(row, "coded_on", "date", strictly=False),
            *order_faults(row, "checked_on", "coded_on", strictly=False),
            *_stance_faults(row),
        )
    ]


def check_levers(levers: pd.DataFrame, subject: str, data_until: dt.date | None) -> list[Problem]:
    """What a lever row must satisfy beyond its single cells; a lever may be older than the record."""
    return [
        Problem("levers.csv", line, *fault)
        for line, row in rows_of(levers)
        for fault in (
            *id_faults(row["id"], f"{row['actor_id']}-{row['lever']}-{row['from']}"),
            *_subject_faults(row, subject),
            *_record_day_faults("from", row["from"], None, data_until),
            *order_faults(row, "until", "from", strictly=True),
            *order_faults(row, "checked_on", "from", strictly=False),
        )
    ]


def check_confidence(file: str, frame: pd.DataFrame, source_kinds: Mapping[str, str]) -> list[Problem]:
    """`high` needs two sources or an official one. `source_kinds` maps source id to kind."""
    return [
        Problem(
            file,
            line,
            "confidence",
            "“high” on one source that is not official",
            "two independent sources, or one official record",
            "add a second source or lower the confidence",
        )
        for line, row in rows_of(frame[["confidence", "source_ids"]])
        if row["confidence"] == "high"
        and len(sources := split_list(row["source_ids"])) < 2
        and not any(source_kinds.get(source) == "official" for source in sources)
    ]


def id_faults(identifier: str, stem: str) -> Iterator[Fault]:
    """An id that is not its stem, or its stem and one letter."""
    suffix = identifier.removeprefix(stem)
    if not identifier.startswith(stem) or (suffix and not (len(suffix) == 1 and suffix in "bcdefghijklmnopqrstuvwxyz")):
        yield (
            "id",
            quoted(identifier),
            f"{visible(stem)}, or with one letter b–z after it",
            "rename it to match its row",
        )


def _subject_faults(row: Row, subject: str) -> Iterator[Fault]:
    if subject and row["actor_id"] == subject:
        yield "actor_id", f"{quoted(subject)} is the subject", "any other actor", "remove the row"


def _record_day_faults(column: str, cell: str, start: dt.date | None, data_until: dt.date | None) -> Iterator[Fault]:
    day = parse_date(cell)
    if day and start and day < start and not start.isoformat().startswith(cell):
        yield (
            column,
            f"{quoted(cell)} is before the record begins",
            f"{start} or later",
            "mend the date or `start`",
        )
    if day and data_until and day > data_until:
        yield (
            column,
            f"{quoted(cell)} is after `data_until`",
            f"{data_until} or earlier",
            "mend it or `data_until`",
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
    if stance == "none" and row["condition"]:
        yield (
            "condition",
            quoted(row["condition"]),
            "blank where no position was found",
            "remove it or code a stance",
        )
