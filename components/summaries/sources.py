"""Which sources stand behind rows, as keys and as a line of publishers; and how one is named."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import day_in_words, enumerated, long_date

PUBLISHERS_NAMED = 5


def source_ids(*frames: pd.DataFrame) -> list[str]:
    """The keys of every source that rows of these frames cite, each once, in order of first use."""
    cited = chain.from_iterable(frame["source_ids"].tolist() for frame in frames)
    return list(dict.fromkeys(chain.from_iterable(cited)))


@remembered(most=4)
def publishers_of(record: Record) -> Mapping[str, str]:
    """The publisher of each source, by its key; to be read only."""
    return dict(zip(record.sources.index, record.sources["publisher"], strict=True))


def publishers_line(record: Record, keys: Iterable[str]) -> str:
    """“Sources: UN, Reuters, AP and 12 more” — publishers by how often they are cited; blank where there is none."""
    publishers = publishers_of(record)
    counted = Counter(map(publishers.__getitem__, keys))
    names = [name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    return f"Sources: {enumerated(names, PUBLISHERS_NAMED)}" if names else ""


def whose(publisher: str, via: str) -> str:
    """Whose text it is and, where it was read at another's, where: “AFP, read at France 24”."""
    return f"{publisher}, read at {via}" if via not in {"", publisher} else publisher


def source_words(source: Any) -> str:
    """A row of sources in short: “AFP, read at France 24, 3 July 2025”, without a date where the page has none."""
    return ", ".join(filter(None, [whose(source.publisher, source.via), long_date(source.date_text)]))


def citation(record: Record) -> str:
    """How to cite the record as it is, in one line."""
    tracker = record.tracker
    until = f"{tracker.citation} (record until {day_in_words(tracker.data_until)})"
    return ". ".join(part for part in (until, tracker.licence, tracker.repository) if part)
