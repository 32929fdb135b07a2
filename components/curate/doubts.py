"""The command `python -m components.curate doubts [FOLDER]`: the rows on which a stance hangs and no rule can judge.

The check holds what rows can show of how a stance is chosen; whether a sentence refuses, or ends a refusal, only a
coder can read. Exit codes: 0 listed, 1 the folder has problems, 2 a wrong option.
"""

from collections.abc import Iterator

import pandas as pd

from components.curate.printed import print_report
from components.record.model import Record
from components.record.on_day import stance_history, stances_on
from components.record.vocabulary import LEVELS
from components.record.wording import counted

FROM_PRESENCE = list(LEVELS)[2:]
OLD = pd.DateOffset(years=4)  # after so long a refusal may be that of another government


def main(arguments: list[str] | None = None) -> int:
    """Print what a coder must judge and return the exit code."""
    return print_report("doubts", "List what coders must judge.", report, arguments)


def report(record: Record) -> list[str]:
    """Each question, with the rows that raise it on lines of their own."""
    parts = []
    for question, rows in questions(record):
        told = [f"  {row.id} {row.act}, {row.stance}, {row.confidence}: {row.summary}" for row in rows.itertuples()]
        parts.append("\n".join([f"{question}: {counted(len(rows), 'row')}", *told]))
    return parts


def questions(record: Record) -> Iterator[tuple[str, pd.DataFrame]]:
    """What only a reader of the sources can answer, and the rows of stances.csv that raise it, by actor and date."""
    rows, last = stance_history(record), stances_on(record, record.tracker.data_until)
    before = rows.groupby("actor_id")["stance"].shift()
    moved = before.notna() & (before != rows["stance"])
    yield "Did this end the refusal before it", rows[moved & (before == "opposed")]
    yield "Was this a break that ends support", rows[moved & (before == "supportive")]
    by_words = moved & (rows["stance"] == "supportive") & ~rows["recognition_level"].isin(["ambassador", "recognition"])
    yield "Do these words argue for recognition, or for relief only", rows[by_words]
    yield "Does this stance turn on one side’s claim", rows[moved & (rows["confidence"] == "low")]
    yield "Is there a refusal in its own words beside the joint text", last[last["joint_only"]]
    opposed = rows[(rows["stance"] == "opposed") & rows["act"].isin(["statement", "joint_statement"])]
    newest = opposed.groupby("actor_id").tail(1).set_index("actor_id", drop=False)
    held = newest[newest.index.isin(last.index[last["stance"] == "opposed"])]
    yield "Has it said nothing since", held[held["date"] < pd.Timestamp(record.tracker.data_until) - OLD]
    unknown = (rows["envoy_received"] == "") | (rows["envoy_sent"] == "")
    yield "Which envoys are there", rows[rows["recognition_level"].isin(FROM_PRESENCE) & unknown]
