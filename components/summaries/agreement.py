"""How far two coders agree: of the rows that were coded twice, how many alike, and Krippendorff's alpha."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.record.cache import remembered
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.record.vocabulary import LEVELS, STANCES

# What was coded twice: its codes, and whether they are steps of a ladder, on which a near miss weighs less.
CODED = {"stance": (tuple(STANCES), False), "recognition_level": (tuple(LEVELS), True)}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one column: how many rows were coded twice, how many alike, and alpha, None where nothing differs in kind.

    `settled` counts the rows that stand otherwise in the record than the first coder had them.
    """

    column: str
    rows: int
    alike: int
    alpha: float | None
    is_ladder: bool
    settled: int


@remembered(most=1)
def agreements(record: Record) -> tuple[Agreement, ...]:
    """The agreement in each column that was coded twice; nothing where none was, or where the file says other words."""
    rows = list(csv.DictReader(io.StringIO(record.texts.get(SECOND_CODING_FILE, ""))))
    found = []
    for column, (codes, is_ladder) in CODED.items():
        pairs = [(row.get(column), row.get(f"second_{column}")) for row in rows]
        if not pairs or not all(code in codes for pair in pairs for code in pair):
            continue
        places = [(codes.index(str(first)), codes.index(str(second))) for first, second in pairs]
        settled = sum(row.get(f"settled_{column}", row[column]) != row[column] for row in rows)
        alike = sum(first == second for first, second in places)
        found.append(Agreement(column, len(rows), alike, alpha(places, is_ladder=is_ladder), is_ladder, settled))
    return tuple(found)


def alpha(pairs: Sequence[tuple[int, int]], *, is_ladder: bool) -> float | None:
    """Krippendorff's alpha of two coders without gaps, nominal or, of a ladder, ordinal; None where all is one code.

    One less the disagreement that is seen, over the one that would be seen if codes fell to rows by chance.
    """
    totals = Counter(code for pair in pairs for code in pair)
    if len(totals) < 2:
        return None
    distance = _ordinal(totals) if is_ladder else lambda one, other: float(one != other)
    seen = sum(distance(*pair) for pair in pairs) / len(pairs)
    chance = sum(totals[one] * totals[other] * distance(one, other) for one in totals for other in totals)
    number = 2 * len(pairs)
    return 1 - seen * number * (number - 1) / chance


def _ordinal(totals: Counter[int]) -> Callable[[int, int], float]:
    """The distance of two steps: how many codings lie between them, half of each end counted, squared."""

    def distance(one: int, other: int) -> float:
        first, last = sorted((one, other))
        between = sum(totals[step] for step in range(first, last + 1)) - (totals[first] + totals[last]) / 2
        return float(between**2) if first != last else 0.0

    return distance
