"""Which sources stand behind rows, as keys and as a line of publishers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

import pandas as pd

from components.as_of import kept
from components.load import Dataset
from components.phrasing import day_in_words, enumerated

PUBLISHERS_NAMED = 5


def source_ids(*frames: pd.DataFrame) -> list[str]:
    """The keys of every source that rows of these frames cite, each once, in order of first use."""
    cited = chain.from_iterable(frame["source_ids"].tolist() for frame in frames)
    return list(dict.fromkeys(chain.from_iterable(cited)))


@kept(most=4)
def publishers_of(dataset: Dataset) -> Mapping[str, str]:
    """The publisher of each source, by its key; to be read only."""
    return dict(zip(dataset.sources.index, dataset.sources["publisher"], strict=True))


def publishers_line(dataset: Dataset, keys: Iterable[str]) -> str:
    """“Sources: UN, Reuters, AP and 12 more” — publishers by how often they are cited; blank where there is none."""
    publishers = publishers_of(dataset)
    counted = Counter(map(publishers.__getitem__, keys))
    names = [name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    return f"Sources: {enumerated(names, PUBLISHERS_NAMED)}" if names else ""


def citation(dataset: Dataset) -> str:
    """How to cite the record as it is, in one line."""
    tracker = dataset.tracker
    until = f"{tracker.citation} (record until {day_in_words(tracker.data_until)})"
    return ". ".join(part for part in (until, tracker.licence, tracker.repository) if part)
