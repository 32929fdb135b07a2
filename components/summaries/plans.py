"""Plans by year: what was required, what was received, and what is missing."""

import datetime as dt

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.vocabulary import STATUSES
from components.record.wording import long_date, sentence
from components.summaries.fund_rows import plan_rows
from components.summaries.money import Total, outermost, total, totals_by
from components.summaries.shares import Share, share

REQUIRED, RECEIVED = (code for code, term in STATUSES.items() if term.group == "plan")
BEFORE = ", before the year was over"
COLUMNS = [
    "year", "asked", "given", "required", "received", "unmet", "share", "received_on", "by", "open", "words", "row_ids",
]  # fmt: skip


@remembered(most=32)
def plan_years(record: Record, day: dt.date) -> pd.DataFrame:
    """One row for each year with a plan for the country by the day, in the newest readings.

    `year`; `asked` and `given`, the totals required and received; `required`, `received` and `unmet` in the record's
    currency, NaN where it is not known, which is not zero; `share`, a `shares.Share`; `received_on`, the date of the
    figure received as written, and `by`, in words; `open`, whether that date is before the year's last day, or there
    is none, so that more may have come; `words`, all of it in a line; `row_ids`. Plans of the actor that asks most are
    taken, so that none is counted inside another.
    """
    rows = plan_rows(record, day)
    rows = rows[rows["year"].notna() & (rows["covers"] != "region")]
    asked = rows[rows["status"] == REQUIRED]
    if asked.empty:
        return pd.DataFrame(columns=COLUMNS)
    planner = _planner(record, asked)
    asked = asked[asked["actor_id"] == planner]
    given = rows[rows["status"] == RECEIVED]
    planners = _planners(record)
    given = given[given["id"].map(lambda row_id: planners.get(row_id, planner)) == planner]
    years = sorted(int(year) for year in asked["year"].unique())
    return pd.DataFrame(
        [_year(record, year, asked[asked["year"] == year], given[given["year"] == year]) for year in years]
    )


def newest_in_words(plans: pd.DataFrame, noun: str) -> str:
    """How far the newest of the plans of `plan_years` with a figure received got; `noun` is what a plan is called."""
    for plan in [plan for plan in plans.itertuples() if plan.given.rows][-1:]:
        share, when = plan.share.in_words(), f" {plan.by}" if plan.open else ""
        if plan.share.value is None:
            return f"{sentence(noun)} for {plan.year}: {share}"
        return f"{share} of the {noun} for {plan.year} received{when}"
    return f"No payment into a {noun} is recorded" if len(plans) else f"No {noun} is recorded"


def rows_of_plans(record: Record, day: dt.date) -> pd.DataFrame:
    """The rows that `plan_years` adds, with the columns of `with_figures`."""
    rows = plan_rows(record, day)
    return rows[rows["id"].isin(set(plan_years(record, day)["row_ids"].explode().dropna()))]


def _planner(record: Record, asked: pd.DataFrame) -> str:
    """Who asks most, as far as that is known; of equals who asks most often, then the first by its id."""

    def size(entry: tuple[tuple[str], Total]) -> tuple[float, int]:
        return (-1.0 if entry[1].value is None else entry[1].value, entry[1].rows)

    totals = totals_by(record, asked, "actor_id")
    return str(max(sorted(totals.items()), key=size)[0][0])


@remembered(most=1)
def _planners(record: Record) -> dict[str, str]:
    """For each row received as part of a plan the actor whose plan that is."""
    columns = ("id", "actor_id", "status", "part_of")
    rows = {row[0]: row[1:] for row in zip(*(record.funds[name].tolist() for name in columns), strict=True)}
    planners = {}
    for row_id, (_, status, parent) in rows.items():
        at = parent
        while status == RECEIVED and at in rows and row_id not in planners:
            actor_id, stage, above = rows[at]
            if stage == REQUIRED:
                planners[row_id] = actor_id
            at = above
    return planners


def _year(record: Record, year: int, asked: pd.DataFrame, given: pd.DataFrame) -> dict[str, object]:
    asked, given = outermost(record, asked), outermost(record, given)
    required, received = total(record, asked), total(record, given)
    part = share(received, required, RECEIVED, REQUIRED)
    received_on = str(given["date_text"].max()) if len(given) else ""
    is_open = given.empty or bool(given["date"].min() < pd.Timestamp(year, 12, 31))
    return {
        "year": year,
        "asked": required,
        "given": received,
        "required": required.number,
        "received": received.number,
        "unmet": _unmet(required, received, part),
        "share": part,
        "received_on": received_on,
        "by": _by(received_on),
        "open": is_open,
        "words": _words(year, required, received, part, f"{_by(received_on)}{BEFORE if is_open else ''}"),
        "row_ids": (*asked["id"], *given["id"]),
    }


def _unmet(required: Total, received: Total, part: Share) -> float:
    """What is missing, NaN where not all of it is known; of what is converted by the share, which no rate moves."""
    if required.others or received.others:
        return float("nan")
    if part.value is None or not (required.converted or received.converted):
        return max(required.number - received.number, 0.0)
    return required.number * max(1 - part.value, 0.0)


def _words(year: int, required: Total, received: Total, part: Share, when: str) -> str:
    asked = f"{year}: required {required.amounts()}"
    if not received.rows:
        return f"{asked}, nothing reported as received"
    unknown = f"; {part.in_words()}" if part.value is None else ""
    return f"{asked}, received {received.amounts()} {when}{unknown}"


def _by(text: str) -> str:
    """A date as “by 27 October 2024”; of a year alone “in 2024”."""
    return f"{'in' if len(text) == 4 else 'by'} {long_date(text)}" if text else ""
