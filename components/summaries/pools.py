"""Pools of money through time: how much of the subject's own is held, which pool went into which, what is suspended.

A pool is a stock that lies inside no other and is frozen or in trust. Sums are those of `summaries.money`.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import change_days, replaced_on
from components.record.vocabulary import STATUSES
from components.summaries.currency import ENDS, currency_of
from components.summaries.fund_rows import with_figures
from components.summaries.funds import INTEREST, STOCK_STATUSES, SUSPENDED
from components.summaries.money import Total, merged, of_rows, sums_at

NODE_COLUMNS = ["day", "id", "actor_id", "holder", "short", "rate_on", "value", "status"]
LINK_COLUMNS = ["source", "target", "value"]
Above = dict[str, tuple[str, str]]
Places = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Flow:
    """Pools at a few days, and how the money went from each to the next.

    `nodes`: one for each pool and day, in order: `day` (datetime64), `holder`, `short` and `rate_on`, `value` in
    `currency`, `status`, `actor_id`. `links`: `source` and `target` (places in `nodes`), `value`; interest earned
    between two days comes from a node of its own with status `interest`. A pool without a figure in the currency has no
    node, and is counted in `totals`, one for each of the days.
    """

    nodes: pd.DataFrame
    links: pd.DataFrame
    totals: list[Total]
    currency: str


@dataclass(frozen=True, slots=True)
class Stocks:
    """Stocks through all time: what is asked of each of many days is worked out once.

    `frame` as from `with_figures`, in `currency`; `moments` at which any begins or ends; and for each row its total,
    the first moment on which it holds, the first on which it does not, the place of the row that it lies in, -1 for
    none, and a number for each actor and status.
    """

    frame: pd.DataFrame
    currency: str
    moments: list[dt.date]
    totals: list[Total]
    begin: Places
    end: Places
    parent: Places
    holder: Places

    def column(self, name: str) -> Places:
        """A column of the frame, to be asked for places."""
        return self.frame[name].to_numpy()

    def total(self, places: Places) -> Total:
        """What the rows at these places come to, which lie in no other of them."""
        return merged((self.totals[place] for place in places), self.currency)


@dataclass(frozen=True, slots=True)
class Pools:
    """Pools on a few days, in order: each day with their places in `stocks.frame`."""

    stocks: Stocks
    days: list[tuple[dt.date, Places]]


def has_pools(record: Record) -> bool:
    """Whether any of the subject's own money was ever frozen or in trust."""
    own = _stocks(record, record.tracker.subject)
    return bool((own.column("status") != SUSPENDED).any())


def pools_through(record: Record, day: dt.date) -> Pools:
    """The subject's pools on each day up to this one on which any of its stocks begins or ends, and on this one."""
    own = _stocks(record, record.tracker.subject)
    shown = own.column("status") != SUSPENDED
    moments = [*(moment for moment in own.moments if moment < day), day]
    return Pools(own, [(moment, np.flatnonzero(_outer(own, moment) & shown)) for moment in moments])


def suspended_through(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> Pools:
    """What is suspended, whoever owns it, on each day up to this one on which any of it begins or ends, and on this.

    Of all holders only those in `actor_ids`, where it is given.
    """
    every = _stocks(record, "")
    shown = every.column("status") == SUSPENDED
    if actor_ids is not None:
        shown &= every.frame["actor_id"].isin(actor_ids).to_numpy()
    start = pd.Timestamp(record.tracker.start)
    turning = {max(pd.Timestamp(moment), start).date() for ends in (every.begin, every.end) for moment in ends[shown]}
    moments = [*sorted(moment for moment in turning if moment < day), day]
    return Pools(every, [(moment, np.flatnonzero(_outer(every, moment) & shown)) for moment in moments])


@remembered(most=4)
def _stocks(record: Record, owner: str) -> Stocks:
    """The stocks of an owner, or of all of them for ""."""
    funds = record.funds[record.funds["owner"] == owner] if owner else record.funds
    ends = {moment.date() for moment in pd.concat([funds["date"], funds["until"]]).dropna()}
    funds = funds[funds["status"].isin(STOCK_STATUSES)]
    figured = with_figures(record, funds)
    anew = replaced_on(record)[figured.index].to_numpy("datetime64[ns]")
    end = np.fmin(pd.to_datetime(figured["until"]).to_numpy("datetime64[ns]"), anew)  # the earlier of those there are
    places = {row_id: place for place, row_id in enumerate(figured["id"].tolist())}
    currency = currency_of(record)
    return Stocks(
        frame=figured,
        currency=currency,
        totals=[*of_rows(figured, currency).values()],
        moments=[moment for moment in change_days(record) if moment in ends],
        begin=figured["date"].to_numpy("datetime64[ns]"),
        end=np.where(np.isnat(end), pd.Timestamp.max.to_datetime64(), end),
        parent=np.array([places.get(row_id, -1) for row_id in figured["part_of"].tolist()], dtype=int),
        holder=figured.groupby(["actor_id", "status"]).ngroup().to_numpy(),
    )


def held_over_time(pools: Pools) -> pd.DataFrame:
    """What is held from each of these days on: `date`, `value`, `low`, `high` and the `total` that they come from.

    In the record's currency: NaN while nothing is recorded, or not in it; zero once all that was recorded has ended.
    """
    rows = []
    began = False
    for moment, places in pools.days:
        found = pools.stocks.total(places)
        began = began or found.rows > 0
        ends = (found.value, found.low, found.high) if found.rows or not began else (0.0, 0.0, 0.0)
        rows.append((pd.Timestamp(moment), *ends, found))
    frame = pd.DataFrame(rows, columns=["date", *ENDS, "total"])
    return frame.astype(dict.fromkeys(ENDS, float))


def turns(pools: Pools) -> list[tuple[dt.date, Places]]:
    """Those days on which a pool came, went or shrank, not those with a new figure for the same pools."""
    kept: list[tuple[dt.date, Places]] = []
    value, size = pools.stocks.column("value"), len(pools.stocks.frame)
    before: tuple[Places, Places] = (np.array([]), np.array([]))
    for moment, places in pools.days:
        holders = pools.stocks.holder[places]
        now = np.bincount(holders, minlength=size) > 0, sums_at(holders, value[places], size)
        if len(places) and (not kept or _moved(before, now)):
            kept.append((moment, places))
            before = now
    return kept


def events(pools: Pools) -> list[tuple[pd.Timestamp, str, str]]:
    """What happened to the pools: the moment, its date in words as coarse as it is known, and what, in words.

    Pools that came or changed, and what was decided about one of the same sum. A new figure for a pool that only grew
    or shrank a little is no event.
    """
    found: list[tuple[pd.Timestamp, str, str]] = []
    frame, value, holder = pools.stocks.frame, pools.stocks.column("value"), pools.stocks.holder
    known: dict[int, int] = {}
    turning = {moment for moment, _ in turns(pools)}
    for moment, places in pools.days:
        now = dict(zip(holder[places].tolist(), places.tolist(), strict=True))
        told: list[tuple[str, str]] = []
        for key, place in now.items():
            if known.get(key) == place:
                continue
            row = frame.iloc[place]
            before = value[known[key]] if key in known else np.nan
            changed = key not in known or abs(row["value"] - before) > 0.1 * row["value"]
            if moment in turning and changed:
                told.append((row["since"], f"{row['holder']} {row['short']} {STATUSES[row['status']].label.lower()}"))
            elif row["value"] == before:
                told.append((row["since"], row["summary"].removesuffix(".")))
        known = now
        if told:
            found.append((pd.Timestamp(moment), told[0][0], "; ".join(text for _, text in told)))
    return found


def pool_flow(record: Record, day: dt.date) -> Flow:
    """Where the money went: the pools at each turn and on the day itself."""
    pools = pools_through(record, day)
    shown = turns(pools)
    if shown and shown[-1][0] != day:
        shown.append(pools.days[-1])
    totals = [pools.stocks.total(places) for _, places in shown]
    stages: list[pd.DataFrame] = []
    above = _above(record)
    for moment, places in shown:
        frame = pools.stocks.frame.iloc[places][NODE_COLUMNS[1:]]
        frame = frame.assign(day=pd.Timestamp(moment), interest=_earned(pools.stocks, moment)[places])
        frame = frame[frame["value"].notna()]
        frame["place"] = _places(above, frame["id"].tolist(), stages[-1]["id"].tolist() if stages else [])
        if len(frame):
            stages.append(frame.sort_values(["place", "value"], ascending=[True, False]))
    currency = pools.stocks.currency
    if not stages:
        return Flow(pd.DataFrame(columns=NODE_COLUMNS), pd.DataFrame(columns=LINK_COLUMNS), totals, currency)
    nodes = pd.concat(stages, ignore_index=True)
    nodes["place"] = nodes.groupby("day").cumcount().astype(float)
    steps = [_step(above, *pair) for pair in pairwise([nodes[nodes["day"] == day] for day in nodes["day"].unique()])]
    links = [link for found, _ in steps for link in found]
    gains = [gain for _, found in steps for gain in found]
    return Flow(*_with_interest(nodes, links, gains), totals, currency)


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
    left = {source: value for source, value in old["value"].to_dict().items() if value > 0}
    value, interest = new["value"].to_dict(), new["interest"].to_dict()
    for target, sources in _by_descent(above, new, old):
        wanted = value[target]
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
        if wanted > 0 and interest[target] > 0:
            gains.append({"target": target, "value": min(wanted, interest[target]), "day": old["day"].iloc[0]})
    return links, gains


def _with_interest(
    nodes: pd.DataFrame, links: list[tuple[int, int, float]], gains: list[dict[str, Any]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and links with a node for what was earned, beside the pool that earned it, in order of days and places."""
    places = nodes["place"].to_dict()
    beside: dict[int, float] = {}
    for source, target, _ in links:
        beside[target] = max(beside.get(target, 0.0), places[source])
    extra = {"holder": "Interest", "status": INTEREST, "short": "", "rate_on": "", "id": "", "actor_id": ""}
    rows = [
        {**extra, "value": gain["value"], "day": gain["day"], "place": beside.get(gain["target"], 0.0) + 0.5}
        for gain in gains
    ]
    links = [*links, *((len(nodes) + number, gain["target"], gain["value"]) for number, gain in enumerate(gains))]
    nodes = pd.concat([nodes, pd.DataFrame(rows)], ignore_index=True) if rows else nodes
    order = nodes.sort_values(["day", "place"], kind="stable").index
    where = {int(old): new for new, old in enumerate(order)}
    frame = pd.DataFrame(
        [(where[source], where[target], value) for source, target, value in links], columns=LINK_COLUMNS
    )
    return nodes.loc[order, NODE_COLUMNS].reset_index(drop=True), frame


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


def _moved(before: tuple[Places, Places], now: tuple[Places, Places]) -> bool:
    """Whether other actors hold the pools, in another state, or one is known to hold a tenth less."""
    return bool((before[0] != now[0]).any() or (now[1] < 0.9 * before[1]).any())


def _outer(own: Stocks, day: dt.date) -> Places:
    """For each row whether it holds on a day and lies in none that does, at whatever depth."""
    held = _held(own, day)
    inside = np.zeros(len(held), dtype=bool)
    above = own.parent
    while (above >= 0).any():
        inside |= (above >= 0) & held[above]
        above = np.where(above >= 0, own.parent[above], -1)
    return held & ~inside


def _held(own: Stocks, day: dt.date) -> Places:
    moment = np.datetime64(day, "ns")
    return (own.begin <= moment) & (own.end > moment)


def _earned(own: Stocks, day: dt.date) -> Places:
    """What each row is known to have earned by a day, which is inside it; NaN where nobody says how much."""
    held = _held(own, day)
    parts = held & (own.parent >= 0) & held[own.parent] & (own.column("channel") == INTEREST)
    return sums_at(own.parent[parts], own.column("value")[parts], len(parts))
