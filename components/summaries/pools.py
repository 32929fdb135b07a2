"""Pools of the subject's own money through time: how much is held, and which pool went into which.

A pool is a stock that lies inside no other and is frozen or in trust. Sums are those of `summaries.funds`.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from components.as_of import change_days, kept
from components.load import Dataset
from components.summaries.funds import INTEREST, STOCK_STATUSES, SUSPENDED, total, with_figures
from components.vocabulary import STATUSES

NODE_COLUMNS = ["day", "id", "actor_id", "holder", "figure", "usd", "status"]
LONGEST_EVENT = 110


class Told(NamedTuple):
    """What is told of a pool where something happened to it."""

    id: str
    actor_id: str
    status: str
    usd: float
    since: str
    holder: str
    figure: str
    summary: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Pools at a few days, and how the money went from each to the next.

    `nodes`: one for each pool and day, in order: `day` (datetime64), `holder`, `figure`, `usd`, `status`, `actor_id`.
    `links`: `source` and `target` (places in `nodes`), `usd`; interest earned between two days comes from a node of
    its own with status `interest`.
    """

    nodes: pd.DataFrame
    links: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Stocks:
    """The subject's own stocks through all time: what is asked of each of many days is worked out once.

    `frame` as from `with_figures`; `moments` at which any begins or ends; and for each row the first moment on which
    it holds, the first on which it does not, and the place of the row that it lies in, -1 for none.
    """

    frame: pd.DataFrame
    moments: list[dt.date]
    begin: np.ndarray[Any, Any]
    end: np.ndarray[Any, Any]
    parent: np.ndarray[Any, Any]


@kept(most=2)
def pools_through(dataset: Dataset, day: dt.date) -> list[tuple[dt.date, pd.DataFrame]]:
    """The subject's pools on each day on which any of its stocks begins or ends up to the day, and on the day itself.

    Columns as `funds.with_figures` and `interest`: what a pool is known to have earned, which is inside it, in US
    dollars; NaN where nobody says.
    """
    own = _own_stocks(dataset)
    return [(moment, _pools(own, moment)) for moment in [*(moment for moment in own.moments if moment < day), day]]


@kept(most=4)
def _own_stocks(dataset: Dataset) -> _Stocks:
    funds = dataset.funds[dataset.funds["owner"] == dataset.tracker.subject]
    ends = {moment.date() for moment in pd.concat([funds["date"], funds["until"]]).dropna()}
    read_anew = funds[funds["supersedes"] != ""].groupby("supersedes")["date"].min().to_dict()
    funds = funds[funds["status"].isin(STOCK_STATUSES)]
    figured = with_figures(dataset, funds)
    anew = pd.to_datetime([read_anew.get(row_id) for row_id in figured["id"].tolist()]).to_numpy("datetime64[ns]")
    end = np.fmin(pd.to_datetime(figured["until"]).to_numpy("datetime64[ns]"), anew)  # the earlier of those there are
    places = {row_id: place for place, row_id in enumerate(figured["id"].tolist())}
    return _Stocks(
        frame=figured,
        moments=[moment for moment in change_days(dataset) if moment in ends],
        begin=figured["date"].to_numpy("datetime64[ns]"),
        end=np.where(np.isnat(end), pd.Timestamp.max.to_datetime64(), end),
        parent=np.array([places.get(row_id, -1) for row_id in figured["part_of"].tolist()], dtype=int),
    )


def held_over_time(snapshots: list[tuple[dt.date, pd.DataFrame]]) -> pd.DataFrame:
    """What is held from each of these days on: `date`, `usd`, `low` and `high` in US dollars."""
    totals = [(pd.Timestamp(moment), total(frame)) for moment, frame in snapshots]
    rows = [(moment, found.usd, found.low, found.high) for moment, found in totals]
    return pd.DataFrame(rows, columns=["date", "usd", "low", "high"])


def turns(snapshots: list[tuple[dt.date, pd.DataFrame]]) -> list[tuple[dt.date, pd.DataFrame]]:
    """Those snapshots in which a pool came, went or shrank, not those with a new figure for the same pools."""
    kept: list[tuple[dt.date, pd.DataFrame]] = []
    for moment, frame in snapshots:
        if len(frame) and (not kept or _moved(kept[-1][1], frame)):
            kept.append((moment, frame))
    return kept


def events(snapshots: list[tuple[dt.date, pd.DataFrame]]) -> list[tuple[pd.Timestamp, str, str]]:
    """What happened to the pools: the moment, its date in words as coarse as it is known, and what, in words.

    Pools that came or changed, and what was decided about one of the same sum. A new figure for a pool that only grew
    or shrank a little is no event.
    """
    found: list[tuple[pd.Timestamp, str, str]] = []
    known: dict[tuple[str, str], tuple[str, float]] = {}
    turning = {moment for moment, _ in turns(snapshots)}
    for moment, frame in snapshots:
        columns = (frame[column].tolist() for column in Told._fields)
        now = {(row.actor_id, row.status): row for row in map(Told._make, zip(*columns, strict=True))}
        told: list[tuple[str, str]] = []
        for key, row in now.items():
            row_id, usd = known.get(key, ("", 0.0))
            if moment in turning and abs(row.usd - usd) > 0.1 * row.usd:
                told.append((row.since, f"{row.holder} {row.figure} {STATUSES[row.status].label.lower()}"))
            elif row.id != row_id and row.usd == usd:
                told.append((row.since, textwrap.shorten(row.summary, LONGEST_EVENT, placeholder=" …")))
        known = {key: (row.id, row.usd) for key, row in now.items()}
        if told:
            found.append((pd.Timestamp(moment), told[0][0], ", ".join(text for _, text in told)))
    return found


def pool_flow(dataset: Dataset, day: dt.date) -> Flow:
    """Where the money went: the pools at each turn and on the day itself."""
    snapshots = pools_through(dataset, day)
    shown = turns(snapshots)
    if shown and shown[-1][0] != day:
        shown.append(snapshots[-1])
    stages: list[pd.DataFrame] = []
    for moment, frame in shown:
        stage = frame.assign(day=pd.Timestamp(moment), place=_places(dataset, frame, stages[-1] if stages else None))
        stages.append(stage.sort_values(["place", "usd"], ascending=[True, False]))
    if not stages:
        return Flow(pd.DataFrame(columns=NODE_COLUMNS), pd.DataFrame(columns=["source", "target", "usd"]))
    nodes = pd.concat(stages, ignore_index=True)
    nodes["place"] = nodes.groupby("day").cumcount().astype(float)
    steps = [_step(dataset, *pair) for pair in pairwise([nodes[nodes["day"] == day] for day in nodes["day"].unique()])]
    links = [link for found, _ in steps for link in found]
    return _with_interest(nodes, links, [gain for _, gains in steps for gain in gains])


def _places(dataset: Dataset, frame: pd.DataFrame, before: pd.DataFrame | None) -> list[int]:
    """The place of the pool that each came from, so that bands cross as little as they can."""
    ids = [] if before is None else list(before["id"])
    ancestors = [[key for key in _ancestors(dataset, row_id) if key in ids] for row_id in frame["id"]]
    return [min(map(ids.index, keys)) if keys else len(ids) for keys in ancestors]


def _step(
    dataset: Dataset, old: pd.DataFrame, new: pd.DataFrame
) -> tuple[list[tuple[int, int, float]], list[dict[str, Any]]]:
    """How the money went from the pools of one day to those of another, and what came as interest."""
    links: list[tuple[int, int, float]] = []
    gains: list[dict[str, Any]] = []
    left = old["usd"].to_dict()
    for target, sources in _by_descent(dataset, new, old):
        wanted = float(new.at[target, "usd"])
        for source in sources:
            amount = min(left[source], wanted)
            if amount > 0:
                links.append((int(source), int(target), amount))
                left[source] -= amount
                wanted -= amount
        if wanted > 0 and pd.notna(new.at[target, "interest"]):
            gains.append({"target": int(target), "usd": wanted, "day": old["day"].iloc[0]})
    return links, gains


def _with_interest(nodes: pd.DataFrame, links: list[tuple[int, int, float]], gains: list[dict[str, Any]]) -> Flow:
    """The flow with a node for what was earned, beside the pool that earned it, in the order of days and places."""
    places = nodes["place"].to_dict()
    for gain in gains:
        sources = [places[source] for source, target, _ in links if target == gain["target"]]
        extra = {"holder": "Interest", "status": INTEREST, "figure": "", "id": "", "actor_id": ""}
        row = {**extra, "usd": gain["usd"], "day": gain["day"], "place": max(sources, default=0) + 0.5}
        links.append((len(nodes), gain["target"], gain["usd"]))
        nodes = pd.concat([nodes, pd.DataFrame([row])], ignore_index=True)
    order = nodes.sort_values(["day", "place"], kind="stable").index
    where = {int(old): new for new, old in enumerate(order)}
    frame = pd.DataFrame(
        [(where[source], where[target], usd) for source, target, usd in links], columns=["source", "target", "usd"]
    )
    return Flow(nodes.loc[order, NODE_COLUMNS].reset_index(drop=True), frame)


def _by_descent(dataset: Dataset, new: pd.DataFrame, old: pd.DataFrame) -> Iterable[tuple[int, list[int]]]:
    """Each new pool with the old ones it came from: those it names or, after these, what is left of any of them."""
    ids = dict(zip(old["id"], old.index, strict=True))
    named = {
        target: [ids[key] for key in _ancestors(dataset, str(row_id)) if key in ids]
        for target, row_id in new["id"].items()
    }
    for target, sources in sorted(named.items(), key=lambda entry: not entry[1]):
        yield target, sources or list(old.index)


def _ancestors(dataset: Dataset, row_id: str) -> list[str]:
    """The row itself and every row that it supersedes or lies in, nearest first."""
    above = _above(dataset)
    found: list[str] = []
    waiting = [row_id]
    while waiting:
        key = waiting.pop(0)
        if key and key not in found:
            found.append(key)
            waiting += above[key]
    return found


@kept(most=4)
def _above(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """For each row of funds the one that it supersedes and the one that it lies in; to be read only."""
    funds = dataset.funds
    pairs = zip(funds["supersedes"].tolist(), funds["part_of"].tolist(), strict=True)
    return dict(zip(funds["id"].tolist(), pairs, strict=True))


def _moved(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Whether other actors hold the pools, in another state, or one holds a tenth less."""
    old, new = _held_by_actor(before), _held_by_actor(after)
    return old.keys() != new.keys() or any(usd < 0.9 * old[key] for key, usd in new.items())


def _held_by_actor(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    sums: dict[tuple[str, str], float] = {}
    for *key, usd in zip(*(frame[column].tolist() for column in ("actor_id", "status", "usd")), strict=True):
        actor_id, status = key
        sums[actor_id, status] = sums.get((actor_id, status), 0.0) + (0.0 if pd.isna(usd) else usd)
    return sums


def _pools(own: _Stocks, day: dt.date) -> pd.DataFrame:
    moment = np.datetime64(day, "ns")
    held = (own.begin <= moment) & (own.end > moment)
    inside = held & (own.parent >= 0)
    inside[inside] = held[own.parent[inside]]
    usd, status, channel = (own.frame[column].to_numpy() for column in ("usd", "status", "channel"))
    earned = np.full(len(held), np.nan)
    interest = inside & (channel == INTEREST)
    earned[own.parent[interest]] = 0.0
    np.add.at(earned, own.parent[interest], np.nan_to_num(usd[interest]))
    shown = held & ~inside & (status != SUSPENDED)
    return own.frame[shown].assign(interest=earned[shown])
