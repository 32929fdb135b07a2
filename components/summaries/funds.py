"""Where the money is: stocks by holder and flows by giver. The only module that adds sums of money.

Stocks and flows never meet in one sum. A row inside another (`part_of`) is not added to it, and a sum without a
stated dollar figure is listed, not converted.
"""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from components.as_of import flows_until, stocks_on
from components.load import Dataset
from components.phrasing import as_of, counted, dollars, enumerated, long_date, original_amount
from components.vocabulary import STATUSES

INVESTMENT = "investment"  # the channel of sums that are to earn, which are not aid
FLOW_STAGES = [code for code, term in STATUSES.items() if term.group == "flow"]


def stock_frame(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each stock that holds and is not inside another that does, largest first within its status.

    Adds to the columns of funds: `holder` and `owner_name` (names), `usd`, `low` and `high` in US dollars
    (equal where no range is stated, NaN where no dollar figure is), `figure` (in words) and `since`. Of all holders
    only those in `actor_ids`, where it is given; so in the functions below.
    """
    rows = _of_actors(stocks_on(dataset, day), actor_ids)
    return _with_figures(dataset, rows[~rows["part_of"].isin(set(rows["id"]))])


def superseded_stocks(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The other readings of the stocks that hold: rows that `stock_frame` supersedes, with the same columns."""
    replaced = set(stock_frame(dataset, day, actor_ids)["supersedes"]) - {""}
    return _with_figures(dataset, dataset.funds[dataset.funds["id"].isin(replaced)])


def stock_totals(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums of a stock frame by status, indexed by it: `usd`, `low`, `high` in US dollars and `rows`."""
    sums = frame.groupby("status")[["usd", "low", "high"]].sum()
    return sums.assign(rows=frame.groupby("status").size()).reindex([s for s in STATUSES if s in sums.index])


def flow_frame(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each giver of its own money, largest first.

    `actor_id`; `holder`, its name; `pledged`, `committed` and `disbursed`, sums in US dollars by the day;
    `unconverted`, in words, what has no dollar figure. A row inside another of the same giver and stage is not added
    to it. A stage that nobody reported is NaN, which is not zero. What `listed_flows` has is left out.
    """
    rows = _with_figures(dataset, _of_actors(flows_until(dataset, day), actor_ids))
    rows = rows[_reason_not_drawn(dataset, rows) == ""]
    same = rows.set_index("id")[["actor_id", "status"]]
    parents = same.reindex(rows["part_of"]).set_axis(rows.index)
    rows = rows[~((parents["actor_id"] == rows["actor_id"]) & (parents["status"] == rows["status"]))]
    givers = rows["actor_id"].unique()
    sums = rows.groupby(["actor_id", "status"])["usd"].sum(min_count=1).unstack()
    sums = sums.reindex(index=givers, columns=FLOW_STAGES)
    unstated = rows[rows["usd"].isna()]
    counts = unstated.groupby("actor_id")["currency"].agg(_in_words).reindex(givers).fillna("")
    frame = sums.assign(
        actor_id=givers, holder=dataset.actors["name"].reindex(givers), unconverted=counts, size=sums.max(axis=1)
    )
    return frame.sort_values(["size", "holder"], ascending=[False, True], na_position="last").drop(columns="size")


def listed_flows(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The flows that are listed and not drawn, with the columns of `stock_frame` and `reason`, in words."""
    rows = flow_rows(dataset, day, actor_ids)
    rows = rows.assign(reason=_reason_not_drawn(dataset, rows))
    return rows[rows["reason"] != ""]


def flow_rows(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Every flow by the day in its newest reading, newest first, with the columns of `stock_frame`."""
    rows = _with_figures(dataset, _of_actors(flows_until(dataset, day), actor_ids))
    return rows.sort_values("date", ascending=False, kind="stable")


def funds_headline(dataset: Dataset, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """The finding of the day in one sentence; frozen and promised money are named apart."""
    stocks = stock_frame(dataset, day, actor_ids)
    totals = stock_totals(stocks)
    parts = [
        f"{dollars(row['low'], row['high'])} {STATUSES[str(status)].label.lower()}"
        for status, row in totals.iterrows()
        if row["high"] > 0
    ]
    pledged = flow_frame(dataset, day, actor_ids)["pledged"]
    if pledged.notna().any():
        parts.append(
            f"apart from that, {dollars(pledged.sum())} pledged by {counted(pledged.notna().sum(), 'named giver')}"
        )
    return f"{as_of(day, actor_ids)}: {'; '.join(parts) or 'no sum is recorded'}"


def _of_actors(rows: pd.DataFrame, actor_ids: Collection[str] | None) -> pd.DataFrame:
    return rows if actor_ids is None else rows[rows["actor_id"].isin(actor_ids)]


def _in_words(currencies: pd.Series) -> str:
    return f"{counted(len(currencies), 'sum')} in {enumerated(sorted(set(currencies)), 3)} without a dollar figure"


def _reason_not_drawn(dataset: Dataset, rows: pd.DataFrame) -> pd.Series:
    """Why a flow is not an actor's own giving of aid, in words; "" where it is."""
    reason = pd.Series("", index=rows.index, dtype=str)
    reason[rows["channel"] == INVESTMENT] = "Investment, not aid"
    reason[rows["owner"] != rows["actor_id"]] = "Money of others, passed on"
    joint = rows["actor_id"].isin(dataset.tracker.joint) | rows["id"].isin(_holding_others(rows))
    reason[joint] = "Total of several givers"
    return reason


def _holding_others(rows: pd.DataFrame) -> set[str]:
    """The ids of rows that hold a row of another actor."""
    actor_of = rows.set_index("id")["actor_id"]
    inside = rows[rows["part_of"].isin(actor_of.index)]
    return set(inside.loc[actor_of.reindex(inside["part_of"]).to_numpy() != inside["actor_id"].to_numpy(), "part_of"])


def _with_figures(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    names = dataset.actors["name"]
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
    frame["figure"] = [
        dollars(row.low, row.high)
        if pd.notna(row.usd)
        else f"{original_amount(row.amount, row.currency)} (no dollar figure)"
        for row in frame.itertuples()
    ]
    frame["rank"] = frame["status"].map(list(STATUSES).index)
    return frame.sort_values(["rank", "usd"], ascending=[True, False], kind="stable").drop(columns="rank")
