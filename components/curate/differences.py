"""What a change to the files does, in words: to their rows, and to what the pages show on the record's last day.

Each finding is one line of text. Rows are compared as they are written, pictures as they are drawn.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from components.record.check.cells import Row
from components.record.check.problems import quoted
from components.record.model import Record
from components.record.on_day import levers_until, stance_history, stances_on
from components.record.schema import TABLES, TRACKER_FILE, Table
from components.record.vocabulary import DIRECTIONS, NOT_CODED, STANCES
from components.record.wording import dated_when, day_in_words, money, sign
from components.summaries.currency import currency_of
from components.summaries.flows import FLOW_STAGES, flow_frame
from components.summaries.funds import GROUPS, stock_frame, stock_totals
from components.summaries.row_changes import row_changes, was_and_is
from components.summaries.stances import class_counts, map_frame, recognising

Tables = Mapping[str, pd.DataFrame]
Tree = Mapping[str, Any]
Standing = tuple[str, str, str]  # stance, level, and the date on which recognition was taken back
Sum = tuple[float, str]

NOT_YET: Standing = (NOT_CODED.code, "", "")
NOTHING_SHOWN = "Nothing moves that the map, the matrix or the sums show, on the last day or before it."


def changed_rows(before: Tables, after: Tables) -> list[str]:
    """Rows added, removed and changed, cell by cell, in the tables that both have.

    `before` and `after` map table name to a frame of text, as `load.read_text` gives them.
    """
    return [
        f"{table.file}: {finding}"
        for name, table in TABLES.items()
        if name in before and name in after
        for finding in _of_table(table, before[name], after[name])
    ]


def changed_words(before: Tree, after: Tree) -> list[str]:
    """What differs in tracker.toml, key by key, those of its tables among them."""
    was, now = dict(_leaves(before)), dict(_leaves(after))
    both = [key for key in now if key in was]
    return [
        *(f"{TRACKER_FILE}: {key} removed ({quoted(was[key])})" for key in was if key not in now),
        *(f"{TRACKER_FILE}: {key} added ({quoted(now[key])})" for key in now if key not in was),
        *(f"{TRACKER_FILE}, {key}: {was_and_is(was[key], now[key])}" for key in both if was[key] != now[key]),
    ]


def changed_picture(before: Record, after: Record) -> list[str]:
    """What differs in who stands where on the last day and before it, in levers and in sums."""
    findings = [
        *_of_standings(before, after),
        *_of_counts(before, after),
        *_of_levers(before, after),
        *_of_stocks(before, after),
        *_of_givers(before, after),
        *_of_earlier_days(before, after),
    ]
    return findings or [NOTHING_SHOWN]


def _of_table(table: Table, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[str]:
    changes = row_changes(table, before, after)
    yield from (f"{key} removed ({_in_short(table, row)})" for key, row in changes.removed.items())
    yield from (f"{key} added ({_in_short(table, row)})" for key, row in changes.added.items())
    yield from (f"{cell.key}, {cell.column}: {was_and_is(cell.was, cell.now)}" for cell in changes.cells)
    if changes.reordered:
        yield "rows stand in another order"


def _in_short(table: Table, row: Row) -> str:
    """What tells a row from others: its codes, and its summary or title."""
    codes = [row[column.name] for column in table.columns_of("code") if row.get(column.name)]
    text = next((row[name] for name in ("summary", "title", "name") if row.get(name)), "")
    return ", ".join([*codes, quoted(text)])


def _leaves(tree: Tree, before: str = "") -> Iterator[tuple[str, str]]:
    """Each value that is no table, by the names that lead to it."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key} ")
        else:
            yield f"{before}{key}", " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _of_standings(before: Record, after: Record) -> Iterator[str]:
    """Who has another stance or level, or withdrew, on the last day."""
    was, now = (_last_standings(record) for record in (before, after))
    for actor_id in dict.fromkeys([*now, *was]):
        old, new = was.get(actor_id, NOT_YET), now.get(actor_id, NOT_YET)
        if old != new:
            day = day_in_words(after.tracker.data_until)
            yield f"{_name(before, after, actor_id)}: was {_in_words(before, old)}, is {_in_words(after, new)} on {day}"


def _last_standings(record: Record) -> dict[str, Standing]:
    held = stances_on(record, record.tracker.data_until)
    columns = (held[name] for name in ("stance", "recognition_level", "withdrew_since"))
    return dict(zip(held.index, zip(*columns, strict=True), strict=True))


def _in_words(record: Record, standing: Standing) -> str:
    stance, level, withdrew = standing
    if stance not in STANCES:
        return NOT_CODED.label.lower()
    back = f" (withdrew recognition {dated_when(withdrew)})" if withdrew else ""
    return f"{STANCES[stance].label.lower()} at level {record.words.levels[level].lowered}{back}"


def _name(before: Record, after: Record, actor_id: str) -> str:
    return str((after if actor_id in after.actors.index else before).actors.at[actor_id, "name"])


def _of_counts(before: Record, after: Record) -> Iterator[str]:
    """How many countries are in each class of the map on the last day."""
    counts = []
    for record in (before, after):
        frame = class_counts(map_frame(record, record.tracker.data_until)).set_index("label")["count"]
        counts.append({**frame.to_dict(), "Recognising": len(recognising(record, record.tracker.data_until))})
    for label in {**counts[1], **counts[0]}:
        was, now = (count.get(label, 0) for count in counts)
        if was != now:
            yield f"Countries, {label.lower()}: {was} before, {now} after"


def _of_levers(before: Record, after: Record) -> Iterator[str]:
    """Levers that are held on the last day in one of the two only, or that push another way."""
    held = [_held_levers(record) for record in (before, after)]
    for row_id in dict.fromkeys([*held[0], *held[1]]):
        was, now = held[0].get(row_id), held[1].get(row_id)
        if was == now:
            continue
        actor_id, lever = (was or now or ("", ""))[:2]
        words = f"{_name(before, after, actor_id)}, {(after if now else before).words.levers[lever].lowered}"
        ways = [DIRECTIONS[row[2]].label.lower() for row in (was, now) if row]
        if was and now:
            yield f"{words}: was {ways[0]}, is {ways[1]} ({row_id})"
        else:
            yield f"{words}: {ways[0]}, {'now held, was not' if now else 'no longer held'} ({row_id})"


def _held_levers(record: Record) -> dict[str, tuple[str, str, str]]:
    rows = levers_until(record, record.tracker.data_until)
    rows = rows[rows["held"]]
    parts = zip(rows["actor_id"], rows["lever"], rows["direction"], strict=True)
    return dict(zip(rows["id"], parts, strict=True))


def _of_stocks(before: Record, after: Record) -> Iterator[str]:
    """Totals of stocks on the last day, by group, without what lies inside another."""
    totals = [stock_totals(record, stock_frame(record, record.tracker.data_until)) for record in (before, after)]
    for group, label in GROUPS.items():
        was, now = (total.get(group) for total in totals)
        if was != now:
            words = [total.in_words() if total else "nothing" for total in (was, now)]
            yield f"{label}, in all: {words[0]} before, {words[1]} after"


def _of_givers(before: Record, after: Record) -> Iterator[str]:
    """Totals of each giver by the last day, stage by stage; what has no figure to add is compared as words."""
    frames = [flow_frame(record, record.tracker.data_until).set_index("actor_id") for record in (before, after)]
    moneys = [currency_of(record) for record in (before, after)]
    for actor_id in dict.fromkeys([*frames[0].index, *frames[1].index]):
        name = _name(before, after, actor_id)
        for stage in FLOW_STAGES:
            was, now = (_sum(frame, actor_id, stage, money_of) for frame, money_of in zip(frames, moneys, strict=True))
            if was != now:
                yield f"{name}, {stage}: {_sum_words(was, now)} before, {_sum_words(now, was)} after"
        was_words, now_words = (
            str(frame.at[actor_id, "unconverted"]) if actor_id in frame.index else "" for frame in frames
        )
        if was_words != now_words:
            yield f"{name}, besides: {was_words or 'nothing'} before, {now_words or 'nothing'} after"


def _sum(frame: pd.DataFrame, actor_id: str, stage: str, currency: str) -> Sum | None:
    """What a giver gave, and in which currency; None where it reported nothing in it."""
    value = frame.at[actor_id, stage] if actor_id in frame.index else None
    return None if value is None or pd.isna(value) else (float(value), currency)


def _sum_words(told: Sum | None, other: Sum | None) -> str:
    """A sum in short, or to the last unit where the short form would not tell it from the other."""
    if told is None:
        return "nothing reported"
    short, others = (money(value, currency=currency) for value, currency in (told, other or told))
    return f"{sign(told[1])}{told[0]:,.0f}" if other is not None and short == others else short


def _of_earlier_days(before: Record, after: Record) -> Iterator[str]:
    """Spans before the last standing in which an actor stood elsewhere."""
    was, now = _standings(before), _standings(after)
    for actor_id in dict.fromkeys([*now, *was]):
        if was.get(actor_id) != now.get(actor_id):
            name = _name(before, after, actor_id)
            for first, end, old, new in _spans(was.get(actor_id, {}), now.get(actor_id, {})):
                days = f"from {day_in_words(first)} to {day_in_words(end - dt.timedelta(days=1))}"
                yield f"{name}, {days}: was {_in_words(before, old)}, is {_in_words(after, new)}"


def _standings(record: Record) -> dict[str, dict[dt.date, Standing]]:
    """For each actor the standing that each of its days brings."""
    steps: dict[str, dict[dt.date, Standing]] = {}
    for row in stance_history(record).itertuples(index=False):
        steps.setdefault(row.actor_id, {})[row.date.date()] = (row.stance, row.recognition_level, row.withdrew_since)
    return steps


def _spans(
    was: dict[dt.date, Standing], now: dict[dt.date, Standing]
) -> list[tuple[dt.date, dt.date, Standing, Standing]]:
    """First day, day after the last, and both standings, wherever these differ and not until the end."""
    days = sorted({*was, *now})
    old = new = NOT_YET
    spans: list[tuple[dt.date, dt.date, Standing, Standing]] = []
    for day, following in pairwise(days):
        old, new = was.get(day, old), now.get(day, new)
        if old == new:
            continue
        if spans and spans[-1][1:] == (day, old, new):
            spans[-1] = (spans[-1][0], following, old, new)
        else:
            spans.append((day, following, old, new))
    return spans
