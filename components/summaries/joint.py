"""What several countries did together: rows of one day, act and text, to be read as one; counts stay those of rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from components.record.model import Record
from components.record.on_day import JOINT
from components.record.wording import counted
from components.summaries.changes import KINDS

TOGETHER = 3  # countries at the least: two of one page may each have said their own
SIGNED = 2  # countries at the least that signed one text


def together(record: Record, frame: pd.DataFrame) -> list[list[Any]]:
    """The rows of a frame of changes in their order, each list one change or what several countries did as one.

    Together are rows of countries of one date and act whose first source is the same: the text, or whoever reported it;
    where the act is a joint text, any source that they share. They stand where the first of them stood; those of the
    weightiest kind come first, then by name.
    """
    countries = set(record.actors.index[record.actors["kind"] == "country"])
    groups: dict[tuple[str, ...], list[tuple[int, Any]]] = {}
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    for place, row in enumerate(frame.itertuples(index=False)):
        key: tuple[str, ...] = (str(place),)
        if row.act and row.source_ids and row.actor_id in countries:
            key = (row.date_text, row.act, row.source_ids[0])
            if row.act == JOINT:
                cited = [(row.date_text, source_id) for source_id in row.source_ids]
                key = next((texts[each] for each in cited if each in texts), key)
                texts |= {each: texts.get(each, key) for each in cited}
        groups.setdefault(key, []).append((place, row))
    found = [part for entries in groups.values() for part in _parts(entries)]
    return [rows for _, rows in sorted(found, key=lambda part: part[0])]


def _parts(entries: list[tuple[int, Any]]) -> list[tuple[int, list[Any]]]:
    """The rows of a group with their place: as one, or each alone where they are of too few countries."""
    if len({row.actor_id for _, row in entries}) < (SIGNED if entries[0][1].act == JOINT else TOGETHER):
        return [(place, [row]) for place, row in entries]
    weights = {kind: weight for weight, kind in enumerate(KINDS)}
    rows = sorted((row for _, row in entries), key=lambda row: (weights.get(row.kind, 0), str(row.name)))
    return [(entries[0][0], rows)]


def in_words(rows: Sequence[Any]) -> str:
    """“20 countries signed one text”, or what else rows that stand together are."""
    who = counted(len({row.actor_id for row in rows}), "country", "countries")
    return f"{who} {'signed one text' if rows[0].act == JOINT else 'together'}"


def outcomes(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Rows that stand together by what they say in words, the most frequent first."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.what, []).append(row)
    return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))


def sources_of(rows: Iterable[Any]) -> list[str]:
    """The ids of the sources of rows, each once, in order of first use."""
    return list(dict.fromkeys(key for row in rows for key in row.source_ids))
