"""The record as the script of the front page reads it: what holds when in one file, the evidence in one for each actor.

The script decides what holds on a day as `record.on_day`, `record.filters` and `summaries.stances` do; a test compares
them. Sentences that belong to a row are made here, and each fact in them has its own date.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from components.publish import rows
from components.publish.cards import Cards
from components.publish.templates import web_address
from components.record.filters import FRESH_MONTHS, STALE_MONTHS
from components.record.folding import APOSTROPHES, LETTERS, folded
from components.record.model import Record
from components.record.on_day import RECOGNITION, levers_until, stance_history
from components.record.vocabulary import CONFIDENCES, DIRECTIONS, NOT_APPLICABLE, NOT_CODED
from components.record.wording import SPELLED, long_date
from components.summaries.colouring import shades_for
from components.summaries.empty import UNMATCHED
from components.summaries.film_days import played_days
from components.summaries.sources import source_words
from components.summaries.stances import NAMED, VERBS
from components.summaries.standing import JOINTLY, standings_of


def record_for_script(record: Record, day: dt.date) -> dict[str, Any]:
    """What holds when, up to the day: the steps of the slider, those that are played, and by actor_id rows and levers.

    A row that another of its day overtakes held at the end of no day, and is left out.
    """
    stances, levers, steps = _stances(record, day), _levers(record, day), _steps(record, day)
    return {
        "title": record.tracker.title,
        "subject": record.tracker.subject,
        "object": record.tracker.object,
        "steps": steps,
        "played": _played(record, steps),
        "actors": {
            actor_id: {
                "name": actor.name,
                "country": actor.kind == "country",
                "region": actor.region,
                "blocs": actor.blocs,
                "names": [folded(name) for name in (actor.name, actor_id, *actor.aliases)],
                "rows": stances.get(actor_id, []),
                "levers": levers.get(actor_id, []),
            }
            for actor_id, actor in zip(record.actors.index, record.actors.itertuples(), strict=True)
        },
        **_words(record),
    }


def _words(record: Record) -> dict[str, Any]:
    """Codes and words of the closed lists that the script needs, and how text is compared."""
    return {
        "recognition": RECOGNITION,
        "jointly": JOINTLY,
        "notCoded": NOT_CODED.code,
        "notApplicable": NOT_APPLICABLE.code,
        "classes": {shade.code: shade.label for shade in shades_for(record, "stance")},
        "leverNames": {code: term.label for code, term in record.words.levers.items()},
        "directionNames": {code: term.label.lower() for code, term in DIRECTIONS.items()},
        "verbs": VERBS,
        "spelled": SPELLED,
        "named": NAMED,
        "unmatched": UNMATCHED,
        "months": {"fresh": FRESH_MONTHS, "stale": STALE_MONTHS},
        "letters": {chr(sign): to if isinstance(to, str) else chr(to) for sign, to in (APOSTROPHES | LETTERS).items()},
    }


def _steps(record: Record, day: dt.date) -> list[str]:
    """The days on which a stance or a lever begins or ends, from the record's first day to this one."""
    columns = (record.stances["date"], record.levers["from"], record.levers["until"])
    days = {moment.date() for column in columns for moment in column.dropna().unique()}
    first = record.tracker.start
    return [step.isoformat() for step in sorted({first, day, *(step for step in days if first <= step <= day)})]


def _played(record: Record, steps: list[str]) -> list[int]:
    """The places of the last steps by the days that the record is played through."""
    return sorted({bisect_right(steps, day.isoformat()) - 1 for day in played_days(record)})


def _stances(record: Record, day: dt.date) -> Mapping[str, list[dict[str, str]]]:
    known = stance_history(record)
    held = known[(known["date"] <= pd.Timestamp(day)) & (known["stance_since"] != "")]
    found: dict[str, list[dict[str, str]]] = {}
    for begins, says in zip(held["date"], standings_of(record, held), strict=True):
        named = {"since": says.level.since_in_words()} if says.recognised_since else {}
        named |= {"envoys": envoys} if (envoys := says.envoys_in_words()) else {}
        codes = {
            "class": says.class_code, "stance": says.stance.code, "level": says.level.code,
            "confidence": says.confidence,
        }  # fmt: skip
        row = {"day": begins.date().isoformat(), **codes, "id": says.row_id, "told": says.in_words(), **named}
        found.setdefault(says.actor_id, []).append(row)
    return found


def _levers(record: Record, day: dt.date) -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in levers_until(record, day).rename(columns={"from": "since"}).itertuples():
        ends = {} if pd.isna(row.until) else {"until": row.until.date().isoformat()}
        held = {"lever": row.lever, "direction": row.direction, "from": row.since.date().isoformat(), **ends}
        found.setdefault(row.actor_id, []).append(held)
    return found


def evidence(cards: Cards) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each actor that has a row of stances by the day of the cards: what it says and what proves it, by row id."""
    known = rows.stances(cards.record, cards.day)
    for actor_id, own in known.groupby("actor_id"):
        yield str(actor_id), {row.id: _proof(cards, row) for row in rows.of(own)}


def _proof(cards: Cards, row: Any) -> dict[str, Any]:
    sources, words = [cards.sources[key] for key in row.source_ids], cards.record.words
    return {
        "head": f"{long_date(row.date_text)} · {words.acts[row.act].label}",
        "summary": row.summary,
        "asks": [words.conditions[code].lowered for code in row.condition],
        "confidence": f"{CONFIDENCES[row.confidence].label} confidence",
        "checked": long_date(row.checked_on_text),
        "recoded": [cell.beside for cell in cards.recoded(row.id)],
        "address": cards.row_address(row.actor_id, row.id),
        "sources": [
            {
                "words": source_words(source),
                "title": source.title,
                "url": web_address(source.url),
            }
            for source in sources
        ],
    }
