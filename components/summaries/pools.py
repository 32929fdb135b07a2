"""Pools of the subject's own money through time: how much is held, and which pool went into which.

A pool is a stock that lies inside no other and is frozen or in trust. Sums are those of `summaries.funds`.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import change_days, replaced_on
from components.record.vocabulary import STATUSES
from components.summaries.funds import INTEREST, STOCK_STATUSES, SUSPENDED, summed, with_figures

NODE_COLUMNS = ["day", "id", "actor_id", "holder", "figure", "usd", "status"]
LONGEST_EVENT = 110
Above = dict[str, tuple[str, str]]
Places = np.ndarray[Any, Any]


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
class Stocks:
    """The subject's own stocks through all time: what is asked of each of many days is worked out once.

    `frame` as from `with_figures`; `moments` at which any begins or ends; and for each row the first moment on which
    it holds, the first on which it does not, the place of the row that it lies in, -1 for none, and a number for each
    actor and status.
    """

    frame: pd.DataFrame
    moments: list[dt.date]
    begin: Places
    end: Places
    parent: Places
    holder: Places

    def column(self, name: str) -> Places:
        """A column of the frame, to be asked for places."""
        return self.frame[name].to_numpy()


@dataclass(frozen=True, slots=True)
class Pools:
    """The subject's pools on a few days, in order: each day with their places in `stocks.frame`."""

    stocks: Stocks
    days: list[tuple[dt.date, Places]]


def pools_through(record: Record, day: dt.date) -> Pools:
    """The subject's pools on each day up to this one on which any of its stocks begins or ends, and on this one."""
    own = _own_stocks(record)
    shown = own.column("status") != SUSPENDED
    moments = [*(moment for moment in own.moments if moment < day), day]
    return Pools(own, [(moment, np.flatnonzero(_outer(own, moment) & shown)) for moment in moments])


@remembered(most=4)
def _own_stocks(record: Record) -> Stocks:
    funds = record.funds[record.funds["owner"] == record.tracker.subject]
    ends = {moment.date() for moment in pd.concat([funds["date"], funds["until"]]).dropna()}
    funds = funds[funds["status"].isin(STOCK_STATUSES)]
    figured = with_figures(record, funds)
    anew = replaced_on(record)[figured.index].to_numpy("datetime64[ns]")
    end = np.fmin(pd.to_datetime(figured["until"]).to_numpy("datetime64[ns]"), anew)  # the earlier of those there are
    places = {row_id: place for place, row_id in enumerate(figured["id"].tolist())}
    return Stocks(
        frame=figured,
        moments=[moment for moment in change_days(record) if moment in ends],
        begin=figured["date"].to_numpy("datetime64[ns]"),
        end=np.where(np.isnat(end), pd.Timestamp.max.to_datetime64(), end),
        parent=np.array([places.get(row_id, -1) for row_id in figured["part_of"].tolist()], dtype=int),
        holder=figured.groupby(["actor_id", "status"]).ngroup().to_numpy(),
    )


def held_over_time(pools: Pools) -> pd.DataFrame:
    """What is held from each of these days on: `date`, `usd`, `low` and `high` in US dollars."""
    ends = [pools.stocks.column(name) for name in ("low", "usd", "high")]
    totals = [(pd.Timestamp(moment), summed(*(end[places] for end in ends))) for moment, places in pools.days]
    rows = [(moment, found.usd, found.low, found.high) for moment, found in totals]
    return pd.DataFrame(rows, columns=["date", "usd", "low", "high"])


def turns(pools: Pools) -> list[tuple[dt.date, Places]]:
    """Those days on which a pool came, went or shrank, not those with a new figure for the same pools."""
    kept: list[tuple[dt.date, Places]] = []
    usd = np.nan_to_num(pools.stocks.column("usd"))
    before: Places = np.array([])
    for moment, places in pools.days:
        holders = pools.stocks.holder[places]
        sums = _sums(len(usd), holders, usd[places])
        if len(places) and (not kept or _moved(before, sums)):
            kept.append((moment, places))
            before = sums
    return kept


def events(pools: Pools) -> list[tuple[pd.Timestamp, str, str]]:
    """What happened to the pools: the moment, its date in words as coarse as it is known, and what, in words.

    Pools that came or changed, and what was decided about one of the same sum. A new figure for a pool that only grew
    or shrank a little is no event.
    """
    found: list[tuple[pd.Timestamp, str, str]] = []
    frame, usd, holder = pools.stocks.frame, pools.stocks.column("usd"), pools.stocks.holder
    known: dict[int, int] = {}
    turning = {moment for moment, _ in turns(pools)}
    for moment, places in pools.days:
        now = dict(zip(holder[places].tolist(), places.tolist(), strict=True))
        told: list[tuple[str, str]] = []
        for key, place in now.items():
            before = usd[known[key]] if key in known else 0.0
            if known.get(key) == place:
                continue
            row = frame.iloc[place]
            if moment in turning and abs(row["usd"] - before) > 0.1 * row["usd"]:
                told.append((row["since"], f"{row['holder']} {row['figure']} {STATUSES[row['status']].label.lower()}"))
            elif row["usd"] == before:
                told.append((row["since"], textwrap.shorten(row["summary"], LONGEST_EVENT, placeholder=" …")))
        known = now
        if told:
            found.append((pd.Timestamp(moment), told[0][0], ", ".join(text for _, text in told)))
    return found


def pool_flow(record: Record, day: dt.date) -> Flow:
    """Where the money went: the pools at each turn and on the day itself."""
    pools = pools_through(record, day)
    shown = turns(pools)
    if shown and shown[-1][0] != day:
        shown.append(pools.days[-1])
    stages: list[pd.DataFrame] = []
    above = _above(record)
    for moment, places in shown:
        frame = pools.stocks.frame.iloc[places][NODE_COLUMNS[1:]]
        frame = frame.assign(day=pd.Timestamp(moment), interest=_earned(pools.stocks, moment)[places])
        frame["place"] = _places(above, frame["id"].tolist(), stages[-1]["id"].tolist() if stages else [])
        stages.append(frame.sort_values(["place", "usd"], ascending=[True, False]))
    if not stages:
        return Flow(pd.DataFrame(columns=NODE_COLUMNS), pd.DataFrame(columns=["source", "target", "usd"]))
    nodes = pd.concat(stages, ignore_index=True)
    nodes["place"] = nodes.groupby("day").cumcount().astype(float)
    steps = [_step(above, *pair) for pair in pairwise([nodes[nodes["day"] == day] for day in nodes["day"].unique()])]
    links = [link for found, _ in steps for link in found]
    return _with_interest(nodes, links, [gain for _, gains in steps for gain in gains])


def _places(above: Above, ids: list[str], before: list[str]) -> list[int]:
    """The place of the pool that each came from, so that bands cross as little as they can."""
    known = {row_id: place for place, row_id in enumerate(before)}
    return [
        min((known[key] for key in _ancestors(above, row_id) if key in known), default=len(before)) for row_id in ids
    ]


def _step(
    above: Above, old: pd.DataFrame, new: pd.DataFrame
) -> tuple[list[tuple[int, int, float]], list[dict[str, Any]]]:
    """How the money went from the pools of one day to those of another, and what came as interest."""
    links: list[tuple[int, int, float]] = []
    gains: list[dict[str, Any]] = []
    left = {source: usd for source, usd in old["usd"].to_dict().items() if usd > 0}
    usd, interest = new["usd"].to_dict(), new["interest"].to_dict()
    for target, sources in _by_descent(above, new, old):
        wanted = usd[target]
        for source in sources or list(left):
            amount = min(left.get(source, 0.0), wanted)
            if amount > 0:
                links.append((source, target, amount))
                wanted -= amount
                left[source] -= amount
                if not left[source]:
                    del left[source]
            if wanted <= 0:
                break
        if wanted > 0 and pd.notna(interest[target]):
            gains.append({"target": target, "usd": wanted, "day": old["day"].iloc[0]})
    return links, gains


def _with_interest(nodes: pd.DataFrame, links: list[tuple[int, int, float]], gains: list[dict[str, Any]]) -> Flow:
    """The flow with a node for what was earned, beside the pool that earned it, in the order of days and places."""
    places = nodes["place"].to_dict()
    beside: dict[int, float] = {}
    for source, target, _ in links:
        beside[target] = max(beside.get(target, 0.0), places[source])
    extra = {"holder": "Interest", "status": INTEREST, "figure": "", "id": "", "actor_id": ""}
    rows = [
        {**extra, "usd": gain["usd"], "day": gain["day"], "place": beside.get(gain["target"], 0.0) + 0.5}
        for gain in gains
    ]
    links = [*links, *((len(nodes) + number, gain["target"], gain["usd"]) for number, gain in enumerate(gains))]
    nodes = pd.concat([nodes, pd.DataFrame(rows)], ignore_index=True) if rows else nodes
    order = nodes.sort_values(["day", "place"], kind="stable").index
    where = {int(old): new for new, old in enumerate(order)}
    frame = pd.DataFrame(
        [(where[source], where[target], usd) for source, target, usd in links], columns=["source", "target", "usd"]
    )
    return Flow(nodes.loc[order, NODE_COLUMNS].reset_index(drop=True), frame)


def _by_descent(above: Above, new: pd.DataFrame, old: pd.DataFrame) -> Iterable[tuple[int, list[int]]]:
    """Each new pool with the old ones that it names; last those that name none, to which what is left of any may go."""
    ids = dict(zip(old["id"], old.index.tolist(), strict=True))
    named = {
        target: [ids[key] for key in _ancestors(above, row_id) if key in ids]
        for target, row_id in zip(new.index.tolist(), new["id"].tolist(), strict=True)
    }
    return sorted(named.items(), key=lambda entry: not entry[1])


def _ancestors(above: Above, row_id: str) -> list[str]:
    """The row itself and every row that it supersedes or lies in, nearest first."""
    found = [row_id]
    for key in found:  # which grows meanwhile
        for parent in above[key]:
            if parent and parent not in found:
                found.append(parent)
    return found


@remembered(most=4)
def _above(record: Record) -> Above:
    """For each row of funds the one that it supersedes and the one that it lies in; to be read only."""
    funds = record.funds
    pairs = zip(funds["supersedes"].tolist(), funds["part_of"].tolist(), strict=True)
    return dict(zip(funds["id"].tolist(), pairs, strict=True))


def _moved(before: Places, after: Places) -> bool:
    """Whether other actors hold the pools, in another state, or one holds a tenth less."""
    return bool((np.isnan(before) != np.isnan(after)).any() or (after < 0.9 * before).any())


def _sums(size: int, places: Places, amounts: Places) -> Places:
    """The sum of the amounts at each place, NaN at a place that has none."""
    sums = np.full(size, np.nan)
    sums[places] = 0.0
    np.add.at(sums, places, amounts)
    return sums


def _outer(own: Stocks, day: dt.date) -> Places:
    """For each row whether it holds on a day and lies in none that does."""
    held = _held(own, day)
    return held & ~_inside(own, held)


def _held(own: Stocks, day: dt.date) -> Places:
    moment = np.datetime64(day, "ns")
    return (own.begin <= moment) & (own.end > moment)


def _inside(own: Stocks, held: Places) -> Places:
    """For each row whether it lies in another, and both are among those held."""
    return held & (own.parent >= 0) & held[own.parent]


def _earned(own: Stocks, day: dt.date) -> Places:
    """What each row is known to have earned by a day, which is inside it, in US dollars; NaN where nobody says."""
    parts = _inside(own, _held(own, day)) & (own.column("channel") == INTEREST)
    return _sums(len(parts), own.parent[parts], np.nan_to_num(own.column("usd")[parts]))
