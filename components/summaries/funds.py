"""Where the money is: stocks by holder, and what the funds of a day come to in one sentence.

Stocks and flows never meet in one sum. A sum that neither states the record's currency nor has a rate is
told beside them.
"""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import stocks_on
from components.record.vocabulary import STATUSES
from components.record.wording import sentence
from components.summaries.empty import empty_state
from components.summaries.flows import pledges_on
from components.summaries.fund_rows import all_figures, figures_of, largest_first, of_actors
from components.summaries.money import Total, outermost, total
from components.summaries.plans import newest_in_words, plan_years

INTEREST = "interest"  # the channel of a row that is what a stock has earned, inside that stock
STOCK_STATUSES = [code for code, term in STATUSES.items() if term.group == "stock"]
HELD, SUSPENDED = "held", "suspended"
GROUPS = {HELD: "Frozen or in trust", SUSPENDED: "Suspended"}


@remembered(most=32)
def stock_frame(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One row for each stock that holds and is not inside another that does, largest first within its group.

    Adds to the columns of funds those of `with_figures` and `money_group`, a code of GROUPS. Of all holders only
    those in `actor_ids`, where it is given; so in the functions below.
    """
    frame = figures_of(record, outermost(record, of_actors(stocks_on(record, day), actor_ids)))
    frame["money_group"] = frame["status"].map(lambda status: SUSPENDED if status == SUSPENDED else HELD)
    order = {code: place for place, code in enumerate(GROUPS)}
    keys = frame.assign(place=frame["money_group"].map(order)).sort_values(
        ["place", "value"], ascending=[True, False], kind="stable"
    )
    return frame.loc[keys.index]


def stock_parts(record: Record, day: dt.date, frame: pd.DataFrame) -> pd.DataFrame:
    """What is known of the inside of each stock of a stock frame: the rows that lie in it and hold on the day."""
    rows = stocks_on(record, day)
    return figures_of(record, rows[rows["part_of"].isin(set(frame["id"]))])


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
    return largest_first(listed.merge(all_figures(record), on="id"))


def stock_totals(record: Record, frame: pd.DataFrame) -> dict[str, Total]:
    """The totals of a stock frame by group, without groups that have no rows."""
    groups = {group: frame[frame["money_group"] == group] for group in GROUPS}
    return {group: total(record, rows) for group, rows in groups.items() if len(rows)}


def stocks_and_more(record: Record) -> bool:
    """Whether a record has both money that lies somewhere and other that was promised or asked for."""
    families = {STATUSES[code].group for code in record.funds["status"].unique()}
    return "stock" in families and len(families) > 1


def funds_headline(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """What is held back and for how many givers any payment is on record, in one sentence and never in one sum."""
    totals = stock_totals(record, stock_frame(record, day, actor_ids))
    held = [found.amounts(GROUPS[group].lower()) for group, found in list(totals.items())[:1]]
    pledges = pledges_on(record, day, actor_ids)
    plans = plan_years(record, day)
    if actor_ids is None and len(plans) and not (held or pledges.givers):
        return newest_in_words(plans, record.words.money["plan"])
    empty = "" if actor_ids is None else empty_state(len(actor_ids), 1, filtered=True, who="actor")
    return sentence(
        "; ".join([*held, *([pledges.paid_of_all()] if pledges.givers else [])]) or empty or "no sum is recorded"
    )
