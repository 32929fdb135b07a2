"""What countries say recognition would take: counted by bloc, and who says so."""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from components.record.model import Record
from components.record.on_day import RECOGNITION, stance_history
from components.record.used import in_use, used

ALL = "countries"


def conditions_on(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each country whose conditions hold on the day, by name, of those in `actor_ids` where given.

    `actor_id`, `name`, `conditions` (codes), `date_text`, `row_id`, `source_ids`. The latest row that states any
    condition counts, also where later rows repeat none; formal recognition ends it, and nothing said before counts.
    What we took back on the same day counts for nothing.
    """
    rows = stance_history(record)
    rows = rows[(rows["date"] <= pd.Timestamp(day)) & (rows["undone"] == "")]
    recognised = rows["recognition_level"] == RECOGNITION
    later = recognised[::-1].groupby(rows["actor_id"]).cummax()[::-1]
    stated = rows[~later & rows["condition"].map(bool).astype(bool)]
    latest = stated.groupby("actor_id", sort=False).tail(1)
    countries = record.actors[record.actors["kind"] == "country"]
    latest = latest[latest["actor_id"].isin(countries.index)]
    if actor_ids is not None:
        latest = latest[latest["actor_id"].isin(actor_ids)]
    frame = pd.DataFrame(
        {
            "actor_id": latest["actor_id"],
            "name": countries["name"].reindex(latest["actor_id"]).to_numpy(),
            "conditions": latest["condition"],
            "date_text": latest["date_text"],
            "row_id": latest["id"],
            "source_ids": latest["source_ids"],
        }
    )
    return frame.sort_values("name", kind="stable", ignore_index=True)


def condition_counts(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """How many countries name each condition on the day: one row a code that the record has, also where nobody does.

    Columns: `countries` (all of them), then each bloc that has members. A country that names two conditions counts in
    both rows.
    """
    stated = conditions_on(record, day, actor_ids)
    blocs = record.actors["blocs"].reindex(stated["actor_id"])
    said = list(zip(stated["conditions"], blocs, strict=True))
    known = list(in_use(record, record.words.conditions, "stances", "condition"))
    joined = used(record, "actors", "blocs")
    counts = {ALL: [sum(code in codes for codes, _ in said) for code in known]}
    for bloc in (bloc for bloc in record.tracker.blocs if bloc in joined):
        counts[bloc] = [sum(code in codes and bloc in members for codes, members in said) for code in known]
    return pd.DataFrame(counts, index=known)
