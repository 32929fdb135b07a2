"""How far two coders agree: of the rows that were coded twice, how many alike, and Krippendorff's alpha.

Both of all rows, by class of the first coder, and by stratum, where the second coding says of which each row was drawn.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.record.cache import remembered
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.record.vocabulary import LEVELS, STANCES

# What was coded twice: its codes, and whether they are steps of a ladder, on which a near miss weighs less.
CODED = {"stance": (tuple(STANCES), False), "recognition_level": (tuple(LEVELS), True)}
DRAWS, SEED = 2000, 1  # of the rows with replacement; with a seed, so that the interval is the same at any time
BOUNDS = (2.5, 97.5)  # percentiles of alpha, between which it lies in 95 of 100 draws


@dataclass(frozen=True, slots=True)
class Alike:
    """Of some rows that were coded twice: how many, how many alike, and alpha, None where all have one code.

    `interval` is that of 95 % by drawing the rows again; draws in which all have one code tell nothing. None where all
    are alike, which they are in every draw.
    """

    rows: int
    alike: int
    alpha: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one column: its codes, how often the first coder's (down) met the second's (across), and what that amounts to.

    `strata` are in the order of the file.
    """

    column: str
    codes: tuple[str, ...]
    is_ladder: bool
    met: tuple[tuple[int, ...], ...]
    all: Alike
    strata: Mapping[str, Alike]

    @property
    def classes(self) -> dict[str, tuple[int, int]]:
        """By code of the first coder how many rows the second had so too, of how many; none without a row."""
        rows = {code: (row[at], sum(row)) for at, (code, row) in enumerate(zip(self.codes, self.met, strict=True))}
        return {code: counts for code, counts in rows.items() if counts[1]}


def second_codings(record: Record) -> list[dict[str, str]]:
    """The rows of the second coding as they are written, by the names of their columns; a cell that lacks is blank."""
    rows = csv.DictReader(io.StringIO(record.texts.get(SECOND_CODING_FILE, "")), restval="")
    return [{name: cell for name, cell in row.items() if isinstance(name, str)} for row in rows]


@remembered(most=1)
def agreements(record: Record) -> tuple[Agreement, ...]:
    """The agreement in each column that was coded twice; nothing where none was, or where the file says other words."""
    rows = second_codings(record)
    found = []
    for column, (codes, is_ladder) in CODED.items():
        pairs = [(row.get(column), row.get(f"second_{column}")) for row in rows]
        if not pairs or not all(code in codes for pair in pairs for code in pair):
            continue
        places = [(codes.index(str(first)), codes.index(str(second))) for first, second in pairs]
        strata: dict[str, list[tuple[int, int]]] = {}
        for row, place in zip(rows, places, strict=True):
            if stratum := row.get("stratum", ""):
                strata.setdefault(stratum, []).append(place)
        met = _met(np.array(places), len(codes)).astype(int).tolist()
        by_stratum = {name: _alike(own, len(codes), is_ladder) for name, own in strata.items()}
        whole = _alike(places, len(codes), is_ladder)
        found.append(Agreement(column, codes, is_ladder, tuple(map(tuple, met)), whole, by_stratum))
    return tuple(found)


def alpha(pairs: Sequence[tuple[int, int]], *, is_ladder: bool) -> float | None:
    """Krippendorff's alpha of two coders without gaps, nominal or, of a ladder, ordinal; None where all is one code.

    One less the disagreement that is seen, over the one that would be seen if codes fell to rows by chance.
    """
    places = np.array(pairs)
    whole = float(_alphas(_met(places, int(places.max()) + 1)[None], is_ladder)[0])
    return None if np.isnan(whole) else whole


def _alike(pairs: Sequence[tuple[int, int]], codes: int, is_ladder: bool) -> Alike:
    whole = alpha(pairs, is_ladder=is_ladder)
    alike = sum(first == second for first, second in pairs)
    interval = _interval(np.array(pairs), codes, is_ladder) if alike < len(pairs) else None
    return Alike(len(pairs), alike, whole, interval)


def _interval(places: np.ndarray, codes: int, is_ladder: bool) -> tuple[float, float]:
    drawn = np.random.default_rng(SEED).random((DRAWS, len(places)))
    tables = np.array([_met(places[draw], codes) for draw in (drawn * len(places)).astype(int)])
    low, high = np.nanpercentile(_alphas(tables, is_ladder), BOUNDS)
    return float(low), float(high)


def _met(places: np.ndarray, codes: int) -> np.ndarray:
    """How often each code of the first coder met each of the second."""
    return np.bincount(places[:, 0] * codes + places[:, 1], minlength=codes * codes).reshape(codes, codes)


def _alphas(tables: np.ndarray, is_ladder: bool) -> np.ndarray:
    """Alpha of each of some tables of how often codes met; NaN where all is one code."""
    totals = (tables.sum(axis=1) + tables.sum(axis=2)).astype(float)
    number = totals.sum(axis=1)
    if is_ladder:
        # Two steps are as far apart as many codings lie between them, half of each end counted; squared.
        places = totals.cumsum(axis=1) - totals / 2
        distance = (places[:, :, None] - places[:, None, :]) ** 2
    else:
        distance = 1 - np.eye(tables.shape[1])[None]
    seen = (tables * distance).sum(axis=(1, 2)) * 2
    chance = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        return np.asarray(1 - seen * (number - 1) / chance)
