"""The whole check in its order: tracker.toml, headers, cells, then what lies between rows and tables."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from components.record.check.actors import check_names
from components.record.check.causes import said_once
from components.record.check.cells import (
    FIRST_YEAR,
    FORMULA,
    FORMULA_STARTS,
    LAST_YEAR,
    LONGEST_CELL,
    check_cells,
    check_header,
    hidden_sign,
    is_web_address,
    parse_date,
    rows_of,
)
from components.record.check.figures import CURRENCY, check_rates, check_reconciliation
from components.record.check.links import ADD_ROW, ID_OF, check_links
from components.record.check.money import check_funds
from components.record.check.problems import Problem, listed, quoted
from components.record.check.recodings import check_recodings, days_moved
from components.record.check.respelled import with_one_cause
from components.record.check.rows import check_confidence, check_levers, check_stances
from components.record.check.sequences import check_sequences
from components.record.check.words import faults_of_words
from components.record.schema import (
    LIST_SEPARATOR,
    TABLES,
    TRACKER_CURRENCY,
    TRACKER_FILE,
    TRACKER_LISTS,
    TRACKER_MAY_BE_BLANK,
    TRACKER_OPEN,
    TRACKER_OPTIONAL,
    TRACKER_POPULATION,
    TRACKER_TABLES,
    TRACKER_TEXTS,
    TRACKER_WORDS,
    tables_of,
)
from components.record.vocabulary import STANCES
from components.record.words import words_of

MOST_PEOPLE = 10**10


def check_record(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any] | None) -> list[Problem]:
    """Every problem of a folder, sorted by place; empty where it is clean.

    `frames` maps table name to a frame of text whose index is the line in the file; a table that could not be
    read is absent and its rules are passed over. `tracker` is tracker.toml as parsed, None where it could not be.
    """
    tables = tables_of(words_of(tracker or {}))
    headers = [p for name, frame in frames.items() for p in check_header(tables[name], list(frame.columns))]
    problems = [*(_check_tracker(tracker) if tracker is not None else ()), *headers]
    if headers:
        return sorted(problems)
    problems += [p for name, frame in frames.items() for p in check_cells(tables[name], frame)]
    if set(frames) == set(TABLES):
        problems += _between(frames, tracker or {})
    return sorted(said_once(with_one_cause(problems, frames), frames)) if problems else []


def _between(frames: Mapping[str, pd.DataFrame], tracker: Mapping[str, Any]) -> list[Problem]:
    subject = str(tracker.get("subject", ""))
    start, data_until = _day(tracker, "start"), _day(tracker, "data_until")
    blocs = tracker.get("blocs", {})
    sources = {row["id"]: row for _, row in rows_of(frames["sources"])}
    moved = days_moved(frames["recodings"])
    return [
        *check_links(frames, blocs if isinstance(blocs, dict) else {}),
        *check_stances(frames["stances"], subject, start, data_until, moved),
        *check_sequences(frames["stances"]),
        *check_levers(frames["levers"], subject, data_until, moved),
        *check_funds(frames["funds"], frames["rates"], moved),
        *check_rates(frames["rates"]),
        *check_reconciliation(frames["reconciliation"]),
        *check_recodings(frames),
        *(p for name in ("stances", "levers", "funds") for p in check_confidence(f"{name}.csv", frames[name], sources)),
        *check_names(frames["actors"]),
        *_check_actors(frames["actors"], tracker),
        *_check_population(tracker, sources),
    ]


def _day(tracker: Mapping[str, Any], key: str) -> dt.date | None:
    return parse_date(str(tracker.get(key, "")))


def _check_actors(actors: pd.DataFrame, tracker: Mapping[str, Any]) -> list[Problem]:
    """The actors that tracker.toml names."""
    joint = tracker.get("joint", [])
    named = [("subject", tracker.get("subject")), *(("joint", e) for e in (joint if isinstance(joint, list) else []))]
    known = set(actors["actor_id"])
    return [
        Problem(
            TRACKER_FILE,
            1,
            key,
            f"{quoted(name)} is not known",
            f"{ID_OF}actors.csv",
            f"{ADD_ROW}actors.csv",
        )
        for key, name in named
        if isinstance(name, str) and name and name not in known
    ]


def _check_population(tracker: Mapping[str, Any], sources: Collection[str]) -> list[Problem]:
    """`people` and `year` are whole numbers and `source_id` is a source; all may be left out together."""
    population = tracker.get(TRACKER_POPULATION)
    if population is None:
        return []
    allowed = "people and year as whole numbers above zero, source_id from sources.csv, and nothing else"
    good = (
        isinstance(population, dict)
        and set(population) == {"people", "year", "source_id"}
        and all(type(population[key]) is int and population[key] > 0 for key in ("people", "year"))
        and population["people"] <= MOST_PEOPLE
        and FIRST_YEAR <= population["year"] <= LAST_YEAR
        and isinstance(population["source_id"], str)
        and population["source_id"] in sources
    )
    return [] if good else [_tracker_fault(TRACKER_POPULATION, population, allowed, "mend it, or remove the table")]


def _check_tracker(tracker: Mapping[str, Any]) -> list[Problem]:
    keys = [*TRACKER_TEXTS, *TRACKER_LISTS, *TRACKER_OPTIONAL, *TRACKER_TABLES, *TRACKER_WORDS]
    problems = [
        Problem(TRACKER_FILE, 1, quoted(key), "unknown key", listed(keys, 30), "remove it or mend its name")
        for key in tracker
        if key not in keys
    ]
    for key, meaning in TRACKER_TEXTS.items():
        value = tracker.get(key)
        if key in {"start", "data_until"}:
            if len(str(value)) != 10 or parse_date(str(value)) is None:
                problems.append(_tracker_fault(key, value, "a day, YYYY-MM-DD", meaning))
        elif not isinstance(value, str) or not (value.strip() or key in TRACKER_MAY_BE_BLANK):
            problems.append(_tracker_fault(key, value, "text", meaning))
        elif key == "repository" and value and not is_web_address(value):
            problems.append(_tracker_fault(key, value, "http:// or https:// and a host", "paste the full address"))
    optional = {key: TRACKER_OPTIONAL[key] for key in (TRACKER_OPEN,) if key in tracker}
    for key, meaning in {**TRACKER_LISTS, **optional}.items():
        value = tracker.get(key)
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            problems.append(_tracker_fault(key, value, "a list of texts", meaning))
    for key, meaning in TRACKER_TABLES.items():
        value = tracker.get(key)
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            problems.append(_tracker_fault(key, value, "a table of texts", meaning))
        elif key == "stances" and set(value) != set(STANCES):
            problems.append(_tracker_fault(key, listed(value), listed(STANCES), meaning))
    currency = tracker.get(TRACKER_CURRENCY)
    if currency is not None and not (isinstance(currency, str) and CURRENCY.fullmatch(currency)):
        problems.append(
            _tracker_fault(TRACKER_CURRENCY, currency, "an ISO 4217 code such as EUR", "mend it, or remove the key")
        )
    start, data_until = _day(tracker, "start"), _day(tracker, "data_until")
    if start and data_until and data_until < start:
        problems.append(_tracker_fault("data_until", data_until, f"{start} or later", "mend `start` or `data_until`"))
    problems += [Problem(TRACKER_FILE, 1, *fault) for fault in faults_of_words(tracker)]
    return [*problems, *_unsafe_texts(tracker), *_unusable_blocs(tracker)]


def _unsafe_texts(tracker: Mapping[str, Any]) -> Iterator[Problem]:
    """Texts of the tracker, wherever they stand in it, that would not be safe in a cell of a table either."""
    for key, value in tracker.items():
        for text in _texts(value):
            if hidden := hidden_sign(text):
                found = f"hidden character {hidden} in {quoted(text)}"
                yield Problem(TRACKER_FILE, 1, quoted(key), found, "visible text on one line", "remove it")
            if len(text) > LONGEST_CELL:
                allowed = f"at most {LONGEST_CELL:,}"
                yield Problem(TRACKER_FILE, 1, quoted(key), f"{len(text):,} characters", allowed, "shorten it")
            if FORMULA.search(f"{LIST_SEPARATOR}{text}"):
                allowed = f"no = + - @ at the start or after a `{LIST_SEPARATOR}`"
                yield Problem(TRACKER_FILE, 1, quoted(key), f"{quoted(text)} reads as a formula", allowed, "reword it")


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of the tracker, the keys of tables among them."""
    if isinstance(value, str):
        yield value
    for part in (*value, *value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def _unusable_blocs(tracker: Mapping[str, Any]) -> Iterator[Problem]:
    """Names of blocs that could not be written in a cell of `blocs`."""
    blocs = tracker.get("blocs")
    for name in blocs if isinstance(blocs, dict) else ():
        if not name or name != name.strip() or LIST_SEPARATOR in name or name.startswith(FORMULA_STARTS):
            allowed = f"a name without blanks around it, without `{LIST_SEPARATOR}` and no = + - @ at its start"
            yield Problem(TRACKER_FILE, 1, "blocs", quoted(name), allowed, "rename it")


def _tracker_fault(key: str, value: object, allowed: str, remedy: str) -> Problem:
    return Problem(TRACKER_FILE, 1, key, "missing" if value is None else quoted(str(value)), allowed, remedy)
