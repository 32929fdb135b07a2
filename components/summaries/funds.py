"""Where the money is: stocks by holder and flows by giver. The only module that adds sums of money.

Stocks and flows never meet in one sum. A row inside another (`part_of`) is not added to it, and a sum without a
stated dollar figure is listed, not converted.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import flows_until, plans_until, stocks_on
from components.record.vocabulary import STATUSES
from components.record.wording import as_of, counted, enumerated, long_date, money

INVESTMENT = "investment"  # the channel of sums that are to earn, which are not aid
INTEREST = "interest"  # the channel of a row that is what a stock has earned, inside that stock
STOCK_STATUSES = [code for code, term in STATUSES.items() if term.group == "stock"]
FLOW_STAGES = [code for code, term in STATUSES.items() if term.group == "flow"]
HELD, SUSPENDED = "held", "suspended"
Numbers = np.ndarray[Any, Any]
GROUPS = {HELD: "Frozen or in trust", SUSPENDED: "Suspended"}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in US dollars with its range, of how many rows, and how many of them have no dollar figure."""

    usd: float
    low: float
    high: float
    rows: int
    unstated: int


def total(rows: pd.DataFrame) -> Total:
    """The sum of rows of money, each dollar once: a row inside another of them is not added.

    `rows` as from `with_figures`. Raises ValueError for rows of more than one family (stock, flow, plan).
    """
    families = {STATUSES[status].group for status in set(rows["status"].tolist())}
    if len(families) > 1:
        raise ValueError(f"sums of {' and '.join(sorted(families))} are never added")
    outer = _outside(rows)
    return summed(*(rows[column].to_numpy(float)[outer] for column in ("low", "usd", "high")))


def summed(low: Numbers, usd: Numbers, high: Numbers) -> Total:
    """The sum of rows of one family that do not lie in one another, from those columns of theirs."""
    sums = {name: float(np.nansum(ends)) for name, ends in (("usd", usd), ("low", low), ("high", high))}
    return Total(**sums, rows=len(usd), unstated=int(np.isnan(usd).sum()))


def outermost(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that lie inside no other of the rows."""
    return rows[_outside(rows)]


@remembered(most=32)
def stock_frame(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each stock that holds and is not inside another that does, largest first within its group.

    Adds to the columns of funds those of `with_figures` and `money_group`, a code of GROUPS. Of all holders only
    those in `actor_ids`, where it is given; so in the functions below.
    """
    frame = _figures_of(record, outermost(_of_actors(stocks_on(record, day), actor_ids)))
    frame["money_group"] = frame["status"].map(lambda status: SUSPENDED if status == SUSPENDED else HELD)
    order = {code: place for place, code in enumerate(GROUPS)}
    keys = frame.assign(place=frame["money_group"].map(order)).sort_values(
        ["place", "usd"], ascending=[True, False], kind="stable"
    )
    return frame.loc[keys.index]


def stock_parts(record: Record, day: dt.date, frame: pd.DataFrame) -> pd.DataFrame:
    """What is known of the inside of each stock of a stock frame: the rows that lie in it and hold on the day."""
    rows = stocks_on(record, day)
    return _figures_of(record, rows[rows["part_of"].isin(set(frame["id"]))])


@remembered(most=32)
def superseded_stocks(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Every reading that the stocks of a day replace, with the columns of `with_figures`, `replaced_by` and `why`.

    `why` says whether it is another figure for the same day, which conflicts, or an earlier figure.
    """
    columns = ("id", "date_text", "supersedes")
    told = {row[0]: row for row in zip(*(record.funds[name].tolist() for name in columns), strict=True)}
    rows = []
    for row_id in stock_frame(record, day, actor_ids)["id"].tolist():
        _, date, earlier = told[row_id]
        while earlier:
            same = told[earlier][1] == date
            rows.append((earlier, row_id, "Another figure for the same day" if same else "Earlier figure"))
            earlier = told[earlier][2]
    listed = pd.DataFrame(rows, columns=["id", "replaced_by", "why"])
    return _largest_first(listed.merge(_all_figures(record), on="id"))


def stock_totals(frame: pd.DataFrame) -> dict[str, Total]:
    """The totals of a stock frame by group, without groups that have no rows."""
    return {
        group: total(frame[frame["money_group"] == group]) for group in GROUPS if (frame["money_group"] == group).any()
    }


@remembered(most=32)
def flow_frame(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, conference: str = ""
) -> pd.DataFrame:
    """One row for each giver of its own money, largest first.

    `actor_id`; `holder`, its name; `pledged`, `committed` and `disbursed`, sums in US dollars by the day;
    `<stage>_stated`, the same in the currencies as stated, in words; `unconverted`, in words, what has no dollar
    figure; `reach`, whom it covers, in words. A row inside another of the same giver and stage is not added to it. A
    stage that nobody reported is NaN, which is not zero. Rows are those of `drawn_flows`.
    """
    rows = drawn_flows(record, day, actor_ids, conference)
    rows = rows[_outermost_of_own(rows)].sort_values(["actor_id", "status"], kind="stable")
    givers = rows["actor_id"].unique()
    sums = rows.groupby(["actor_id", "status"])["usd"].sum(min_count=1).unstack()
    stated = _as_stated(rows)
    unstated = rows[rows["usd"].isna()].groupby("actor_id")["currency"].agg(_in_words)
    frame = sums.reindex(index=givers, columns=FLOW_STAGES).assign(
        actor_id=givers,
        holder=record.actors["name"].reindex(givers),
        unconverted=unstated.reindex(givers).fillna(""),
        reach=_reach(rows).reindex(givers),
        **{f"{stage}_stated": [stated.get((actor_id, stage), "") for actor_id in givers] for stage in FLOW_STAGES},
    )
    size = frame[FLOW_STAGES].max(axis=1)
    keys = frame.assign(size=size).sort_values(["size", "holder"], ascending=[False, True], na_position="last")
    return frame.loc[keys.index]


@remembered(most=32)
def drawn_flows(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, conference: str = ""
) -> pd.DataFrame:
    """The flows that are an actor's own giving of aid, newest first, with the columns of `with_figures`.

    What `listed_flows` has is left out. With `conference`, the id of a row of several givers, only what lies inside it.
    """
    rows = flow_rows(record, day, actor_ids)
    own = rows[_reason_not_drawn(record, rows) == ""]
    return own[own["id"].isin(_family_of(rows, conference))] if conference else own


@remembered(most=32)
def conferences(record: Record, day: dt.date) -> pd.DataFrame:
    """The pledging conferences by the day: flows of several givers that hold rows of others; columns as `flow_rows`."""
    rows = flow_rows(record, day)
    return rows[rows["id"].isin(_holding_others(rows)) & (rows["status"] == FLOW_STAGES[0])]


def gap(row: pd.Series) -> float:
    """How much of what a giver of a flow frame promised it has not reported as paid or, failing that, committed.

    In US dollars; NaN where nothing later than the promise was reported, or no promise.
    """
    first, *later = (row[stage] for stage in FLOW_STAGES)
    reported = [amount for amount in later if pd.notna(amount)]
    return max(first - reported[-1], 0.0) if pd.notna(first) and reported else float("nan")


@remembered(most=32)
def listed_flows(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The flows that are listed and not drawn, with the columns of `with_figures` and `reason`, in words."""
    rows = flow_rows(record, day, actor_ids)
    rows = rows.assign(reason=_reason_not_drawn(record, rows))
    return rows[rows["reason"] != ""]


@remembered(most=32)
def flow_rows(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Every flow by the day in its newest reading, newest first, with the columns of `with_figures`."""
    rows = _figures_of(record, _of_actors(flows_until(record, day), actor_ids))
    return rows.sort_values("date", ascending=False, kind="stable")


@remembered(most=32)
def plan_rows(record: Record, day: dt.date) -> pd.DataFrame:
    """Every plan, and what it had received, by the day in its newest reading, with the columns of `with_figures`."""
    return _figures_of(record, plans_until(record, day))


def funds_headline(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """The finding of the day in one sentence; frozen and promised money are named apart."""
    totals = stock_totals(stock_frame(record, day, actor_ids))
    parts = [
        f"{money(found.low, found.high)} {GROUPS[group].lower()}" for group, found in totals.items() if found.high > 0
    ]
    pledged = flow_frame(record, day, actor_ids)["pledged"]
    if pledged.notna().any():
        parts.append(
            f"apart from that, {money(pledged.sum())} pledged by {counted(pledged.notna().sum(), 'named giver')}"
        )
    return f"{as_of(day, actor_ids)}: {'; '.join(parts) or 'no sum is recorded'}"


def with_figures(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of funds with what is shown of them, by status and, within it, largest first.

    `holder` and `owner_name` (names), `usd`, `low` and `high` in US dollars (equal where no range is stated, NaN
    where no dollar figure is), `figure` and `stated` (in words: in dollars, and as stated) and `since`.
    """
    names = record.actors["name"]
    usd = rows["amount_usd"].fillna((rows["low_usd"] + rows["high_usd"]) / 2)
    low, high = rows["low_usd"].fillna(usd), rows["high_usd"].fillna(usd)
    frame = rows.assign(
        holder=names.reindex(rows["actor_id"]).to_numpy(),
        owner_name=names.reindex(rows["owner"]).to_numpy(),
        usd=usd,
        low=low,
        high=high,
        since=rows["date_text"].map(long_date),
    )
    ends = list(zip(low.tolist(), high.tolist(), strict=True))
    frame["stated"] = [
        money(amount, currency=currency) if currency else money(*pair)
        for amount, currency, pair in zip(rows["amount"].tolist(), rows["currency"].tolist(), ends, strict=True)
    ]
    frame["figure"] = [
        f"{stated} (no dollar figure)" if unknown else money(*pair)
        for stated, unknown, pair in zip(frame["stated"].tolist(), usd.isna().tolist(), ends, strict=True)
    ]
    return _largest_first(frame)


def _largest_first(frame: pd.DataFrame) -> pd.DataFrame:
    rank = frame["status"].map(list(STATUSES).index)
    keys = pd.DataFrame({"rank": rank, "usd": frame["usd"]})
    return frame.loc[keys.sort_values(["rank", "usd"], ascending=[True, False], kind="stable").index]


def _outside(rows: pd.DataFrame) -> np.ndarray:
    """Whether each of the rows lies inside no other of them."""
    ids = set(rows["id"].tolist())
    return np.array([parent not in ids for parent in rows["part_of"].tolist()], dtype=bool)


def _figures_of(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """What `with_figures` gives of rows of the record in its own order; its words are made once for all days."""
    figured = _all_figures(record)
    return figured[figured.index.isin(rows.index)]


@remembered(most=4)
def _all_figures(record: Record) -> pd.DataFrame:
    return with_figures(record, record.funds)


def _of_actors(rows: pd.DataFrame, actor_ids: Collection[str] | None) -> pd.DataFrame:
    return rows if actor_ids is None else rows[rows["actor_id"].isin(actor_ids)]


def _family_of(rows: pd.DataFrame, row_id: str) -> set[str]:
    """The ids of the rows inside a row, at whatever depth."""
    found: set[str] = set()
    inside = {row_id}
    while inside:
        inside = set(rows.loc[rows["part_of"].isin(inside), "id"]) - found
        found |= inside
    return found


def _in_words(currencies: pd.Series) -> str:
    return f"{counted(len(currencies), 'sum')} in {enumerated(sorted(set(currencies)), 3)} without a dollar figure"


def _outermost_of_own(rows: pd.DataFrame) -> np.ndarray[Any, Any]:
    """For each row whether it lies in no other of the same actor and status."""
    own = list(zip(rows["actor_id"].tolist(), rows["status"].tolist(), strict=True))
    own_of = dict(zip(rows["id"].tolist(), own, strict=True))
    pairs = zip(rows["part_of"].tolist(), own, strict=True)
    return np.array([own_of.get(parent) != key for parent, key in pairs], dtype=bool)


def _as_stated(rows: pd.DataFrame) -> dict[tuple[str, str], str]:
    """By actor and status the sums of each currency, the largest first, as “EUR 1.2bn, USD 30m”."""
    sums: dict[tuple[str, str], dict[str, float]] = {}
    columns = (rows[column].tolist() for column in ("actor_id", "status", "currency", "amount"))
    for actor_id, status, currency, amount in sorted(zip(*columns, strict=True), key=lambda row: row[2]):
        if currency:
            own = sums.setdefault((actor_id, status), {})
            own[currency] = own.get(currency, 0.0) + amount
    return {
        key: ", ".join(
            money(amount, currency=currency)
            for currency, amount in sorted(own.items(), key=lambda item: item[1], reverse=True)
        )
        for key, own in sums.items()
    }


def _reach(rows: pd.DataFrame) -> pd.Series:
    """For whom each giver's rows are meant, in words."""
    wide = (rows["covers"] == "region").groupby(rows["actor_id"])
    return wide.any().map({True: "in part for the region", False: ""}).mask(wide.all(), "for the region")


def _reason_not_drawn(record: Record, rows: pd.DataFrame) -> pd.Series:
    """Why a flow is not an actor's own giving of aid, in words; "" where it is."""
    holding, joint = _holding_others(rows), set(record.tracker.joint)
    columns = (rows[column].tolist() for column in ("id", "actor_id", "owner", "channel"))
    reasons = [
        "Total of several givers"
        if actor_id in joint or row_id in holding
        else "Money of others, passed on"
        if owner != actor_id
        else "Investment, not aid"
        if channel == INVESTMENT
        else ""
        for row_id, actor_id, owner, channel in zip(*columns, strict=True)
    ]
    return pd.Series(reasons, index=rows.index, dtype=str)


def _holding_others(rows: pd.DataFrame) -> set[str]:
    """The ids of rows that hold a row of another actor."""
    ids, actors, parents = (rows[column].tolist() for column in ("id", "actor_id", "part_of"))
    actor_of = dict(zip(ids, actors, strict=True))
    return {parent for parent, actor in zip(parents, actors, strict=True) if actor_of.get(parent, actor) != actor}
