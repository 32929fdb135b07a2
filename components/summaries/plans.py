"""Humanitarian plans by year: what was required, what was received, and what is missing."""

import datetime as dt

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.summaries.funds import outermost, plan_rows, total

READ = ["id", "actor_id", "status", "covers", "year", "date_text", "part_of", "usd", "low", "high"]
COLUMNS = ["year", "required", "received", "received_low", "received_high", "received_on", "unmet", "over", "row_ids"]


@remembered(most=32)
def plan_years(record: Record, day: dt.date) -> pd.DataFrame:
    """One row for each year with a plan for the country by the day, in the newest readings.

    `year`; `required`, `received` and `unmet` in US dollars, NaN where nothing was reported, which is not zero;
    `received_low` and `received_high`; `received_on`, the date of that figure as written; `over`, whether the year is
    over on the day; `row_ids`. Plans of the actor that asks most are taken, so that none is counted inside another.
    """
    rows = plan_rows(record, day)[READ]
    rows = rows[rows["year"].notna() & (rows["covers"] != "region")]
    asked = rows[rows["status"] == "required"]
    if asked.empty:
        return pd.DataFrame(columns=COLUMNS)
    planner = asked.groupby("actor_id")["usd"].sum().idxmax()
    asked = asked[asked["actor_id"] == planner]
    years = [_year(int(year), asked, rows, day) for year in sorted(asked["year"].unique())]
    return pd.DataFrame(years)


def _year(year: int, asked: pd.DataFrame, rows: pd.DataFrame, day: dt.date) -> dict[str, object]:
    required = total(asked[asked["year"] == year])
    found = rows[(rows["status"] == "received") & (rows["year"] == year)]
    outer = outermost(found)
    received = total(outer) if len(outer) else None
    got = received.usd if received else float("nan")
    return {
        "year": year,
        "required": required.usd,
        "received": got,
        "received_low": received.low if received else float("nan"),
        "received_high": received.high if received else float("nan"),
        "received_on": str(outer["date_text"].max()) if received else "",
        "unmet": max(required.usd - got, 0.0) if received else float("nan"),
        "over": day >= dt.date(year, 12, 31),
        "row_ids": (*outermost(asked[asked["year"] == year])["id"], *outer["id"]),
    }
