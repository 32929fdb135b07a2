"""What a checked data folder is in memory: its tracker, its tables, and the answers worked out from them."""

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from components.record.cache import Answers
from components.record.check import Problem
from components.record.schema import NEIGHBOURS, TRACKER_WORDS, Table, tables_of
from components.record.vocabulary import GOVERNMENT
from components.record.wording import counted
from components.record.words import Words, words_of

UNREADABLE = "file cannot be read"


@dataclass(frozen=True, slots=True)
class Tracker:
    """What is particular to one subject, as tracker.toml states it."""

    title: str
    question: str
    object: str
    subject: str
    start: dt.date
    data_until: dt.date
    licence: str
    citation: str
    repository: str
    names_and_borders: str
    joint: Sequence[str]
    stances: Mapping[str, str]
    blocs: Mapping[str, str]
    recognises: str = GOVERNMENT
    currency: str = ""
    neighbours: str = NEIGHBOURS
    population: Mapping[str, Any] = field(default_factory=dict)
    still_open: Sequence[str] = ()
    levels: Mapping[str, str] | None = None
    acts: Mapping[str, str] | None = None
    conditions: Mapping[str, str] | None = None
    levers: Mapping[str, Mapping[str, str]] | None = None
    lever_families: Mapping[str, str] | None = None
    money: Mapping[str, str] | None = None

    @property
    def author(self) -> str:
        """Who made the record: what stands before the first colon of its citation."""
        return self.citation.partition(": ")[0]


@dataclass(frozen=True, eq=False)
class Record:
    """One checked data folder. It never changes, and what was worked out from it (`answers`) goes with it.

    Each frame has the columns of its table, typed: dates as datetime64 with the text as written in `<name>_text`,
    numbers as float, lists as tuples of text, all else as text with "" for a blank. `actors` and `sources` are
    indexed by their key. `fingerprint` changes whenever a file does. `texts` are tracker.toml and what lies beside the
    tables, by name and as read with them: the folder may have changed since. What could not be read is not among them.
    `warnings` are what the check found that may be meant so.
    """

    folder: Path
    fingerprint: str
    tracker: Tracker
    texts: Mapping[str, str]
    actors: pd.DataFrame
    stances: pd.DataFrame
    levers: pd.DataFrame
    funds: pd.DataFrame
    rates: pd.DataFrame
    reconciliation: pd.DataFrame
    recodings: pd.DataFrame
    sources: pd.DataFrame
    warnings: Sequence[Problem] = ()
    answers: Answers = field(default_factory=Answers, init=False, repr=False)  # a record made from another has its own

    @functools.cached_property
    def words(self) -> Words:
        """The closed lists of the subject: what its tracker states, and the shipped codes that its rows use."""
        told = asdict(self.tracker)
        stated = {key: told[key] for key in ("stances", "recognises", *TRACKER_WORDS) if told[key] is not None}
        used = {"act": set(self.stances["act"]), "lever": set(self.levers["lever"])}
        used["condition"] = {code for codes in self.stances["condition"] for code in codes}
        return words_of(stated, used)

    @property
    def tables(self) -> list[Table]:
        """The tables with the closed lists of the subject, without optional ones that have no rows."""
        tables = tables_of(self.words).values()
        return [table for table in tables if not (table.optional and self.table(table.name).empty)]

    def table(self, name: str) -> pd.DataFrame:
        """The typed frame of a table of the schema."""
        frame: pd.DataFrame = getattr(self, name)
        return frame


class InvalidData(Exception):  # noqa: N818 - the name says what is wrong, not that something is
    """A folder that cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        """Keep the folder and its problems."""
        super().__init__(f"{folder}: {counted(len(problems), 'problem')}")
        self.folder = folder
        self.problems = problems

    @property
    def may_pass(self) -> bool:
        """Whether a file could not be read at all: that can be over at the next try, though no file has changed."""
        return any(problem.found.startswith(UNREADABLE) for problem in self.problems)
