"""What was pledged, committed and paid, by giver. Sums are those of `summaries.money`."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import flows_until
from components.record.vocabulary import STATUSES
from components.record.wording import counted
from components.summaries.currency import currency_of, figure_in
from components.summaries.fund_rows import figures_of, of_actors
from components.summaries.money import Key, Spelt, Total, as_stated_by, total, totals_by
from components.summaries.shares import share

INVESTMENT = "investment"  # the channel of sums that are to earn, which are not aid
FLOW_STAGES = [code for code, term in STATUSES.items() if term.group == "flow"]
PLEDGED, *_, PAID = FLOW_STAGES


@dataclass(frozen=True, slots=True)
class Pledges:
    """What givers pledged, and for how many of them any payment is on record.

    What was paid is no second sum beside it: it is of fewer givers, so that the two could not be divided.
    """

    total: Total
    givers: int
    paying: int

    def in_words(self, spelt: Spelt | None = None) -> str:
        """“18 givers pledged $5.5bn; payments are on record for 3 of them”; `spelt` as `Unit.text`."""
        if not self.givers:
            return "no pledge is recorded"
        told = f"{counted(self.givers, 'giver')} pledged {self.total.amounts(spelt=spelt)}"
        return f"{told}; {self.paid_in_words()}"

    def paid_of_all(self) -> str:
        """For how many of all givers any payment is on record, in a clause that stands alone."""
        return f"payments are on record for {self.paying} of {counted(self.givers, 'giver')}"

    def paid_in_words(self) -> str:
        """For how many of the givers any payment is on record: “payments are on record for 3 of them”."""
        if self.givers == 1:
            return f"{'a' if self.paying else 'no'} payment is on record"
        paying = {0: "none", self.givers: "all"}.get(self.paying, f"{self.paying}")
        return f"payments are on record for {paying} of them"


@remembered(most=32)
def flow_frame(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, conference: str = ""
) -> pd.DataFrame:
    """One row for each giver of its own money, largest first.

    `actor_id`; `holder`, its name; `pledged`, `committed` and `disbursed`, sums in the record's currency by the day;
    `<stage>_stated`, the same in the currencies as stated, in words; `<stage>_about`, whether all of it is converted;
    `gap`, how much of the promise is not reported as paid or, failing that, committed; `unconverted`, in words, what
    has no figure in the record's currency; `reach`, whom it covers, in words. A stage that nobody reported, or neither
    in that currency nor at a rate, is NaN, which is not zero; so is the gap where either end of it is. Rows are those
    of `drawn_flows`.
    """
    rows = drawn_flows(record, day, actor_ids, conference)
    givers = sorted(set(rows["actor_id"].tolist()))
    stages = _stages_of(givers, totals_by(record, rows, "actor_id", "status"))
    stated = _stages_of(givers, as_stated_by(record, rows, "actor_id", "status"))
    sums = [{stage: found[stage].number for stage in found} for found in stages]
    frame = pd.DataFrame(sums, index=pd.Index(givers, dtype=object), columns=FLOW_STAGES, dtype=float).assign(
        actor_id=givers,
        holder=record.actors["name"].reindex(givers),
        gap=[_gap(*pair) for pair in zip(stages, stated, strict=True)],
        unconverted=[_unconverted(found, currency_of(record)) for found in stages],
        reach=_reach(rows).reindex(givers),
    )
    for stage in FLOW_STAGES:
        frame[f"{stage}_stated"] = [found[stage].as_stated() if stage in found else "" for found in stated]
        frame[f"{stage}_about"] = [stage in found and found[stage].is_converted for found in stages]
    size = frame[FLOW_STAGES].max(axis=1)
    keys = frame.assign(size=size).sort_values(["size", "holder"], ascending=[False, True], na_position="last")
    return frame.loc[keys.index]


@remembered(most=32)
def pledges_on(record: Record, day: dt.date, actor_ids: Collection[str] | None = None, conference: str = "") -> Pledges:
    """What the givers of `drawn_flows` pledged by the day."""
    rows, pledged = (made(record, day, actor_ids, conference) for made in (drawn_flows, pledge_rows))
    givers = set(pledged["actor_id"].tolist())
    paying = givers & set(rows.loc[rows["status"] == PAID, "actor_id"].tolist())
    return Pledges(total(record, pledged), len(givers), len(paying))


def pledge_rows(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, conference: str = ""
) -> pd.DataFrame:
    """Those of `drawn_flows` that are pledges."""
    rows = drawn_flows(record, day, actor_ids, conference)
    return rows[rows["status"] == PLEDGED]


@remembered(most=32)
def largest_stages(record: Record, day: dt.date) -> dict[str, Total]:
    """For each giver of its own money by actor_id the largest sum that it reported, pledged, committed or paid."""
    found: dict[str, Total] = {}
    for (giver, _), stage in _by_stage(totals_by(record, drawn_flows(record, day), "actor_id", "status")):
        if giver not in found or (stage.value is not None and not stage.value <= found[giver].number):
            found[giver] = stage
    return found


@remembered(most=32)
def drawn_flows(
    record: Record, day: dt.date, actor_ids: Collection[str] | None = None, conference: str = ""
) -> pd.DataFrame:
    """The flows that are an actor's own giving of aid, newest first, with the columns of `with_figures`.

    What `listed_flows` has is left out. With `conference`, the id of a row of several givers, only what lies inside it.
    """
    rows = flow_rows(record, day)
    own = of_actors(rows[_reason_not_drawn(record, day) == ""], actor_ids)
    return own[own["id"].isin(_family_of(rows, conference))] if conference else own


@remembered(most=32)
def conferences(record: Record, day: dt.date) -> pd.DataFrame:
    """The pledging conferences by the day: flows of several givers that hold rows of others; columns as `flow_rows`."""
    rows = flow_rows(record, day)
    return rows[rows["id"].isin(_holding_others(rows)) & (rows["status"] == PLEDGED)]


@remembered(most=32)
def listed_flows(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The flows that are listed and not drawn, with the columns of `with_figures` and `reason`, in words."""
    rows = flow_rows(record, day).assign(reason=_reason_not_drawn(record, day))
    return of_actors(rows[rows["reason"] != ""], actor_ids)


@remembered(most=32)
def flow_rows(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Every flow by the day in its newest reading, newest first, with the columns of `with_figures`."""
    rows = figures_of(record, of_actors(flows_until(record, day), actor_ids))
    return rows.sort_values("date", ascending=False, kind="stable")


def _stages_of(givers: list[str], totals: dict[Key, Total]) -> list[dict[str, Total]]:
    """For each giver its totals by stage, in the order of the stages."""
    return [{stage: totals[giver, stage] for stage in FLOW_STAGES if (giver, stage) in totals} for giver in givers]


def _gap(stages: dict[str, Total], stated: dict[str, Total]) -> float:
    """How much of a promise is not reported as used; NaN where either is not known, or not all of it.

    Of what is converted it is the part that the amounts as stated tell: a rate that moved is nobody's debt.
    """
    if PLEDGED not in stages or len(stages) < 2:
        return float("nan")
    last = next(stage for stage in reversed(FLOW_STAGES) if stage in stages)
    promised, used = stages[PLEDGED], stages[last]
    if promised.others or used.others:
        return float("nan")
    if not (promised.converted or used.converted):
        return max(promised.number - used.number, 0.0)
    part = share(stated[last], stated[PLEDGED], last, PLEDGED).value
    return float("nan") if part is None else promised.number * max(1 - part, 0.0)


def _unconverted(stages: dict[str, Total], currency: str) -> str:
    """In which currencies a giver's sums are that have no figure in the record's."""
    others = [other for stage in stages.values() for other in stage.others]
    rows = counted(sum(other.rows for other in others), "sum")
    codes = ", ".join(sorted({other.currency for other in others}))
    return f"{rows} in {codes} without a {figure_in(currency)}" if others else ""


def _by_stage(totals: dict[Key, Total]) -> list[tuple[Key, Total]]:
    """Totals by giver and stage, in the order of the stages."""
    return sorted(totals.items(), key=lambda entry: FLOW_STAGES.index(entry[0][1]))


def _family_of(rows: pd.DataFrame, row_id: str) -> set[str]:
    """The ids of the rows inside a row, at whatever depth."""
    found: set[str] = set()
    inside = {row_id}
    while inside:
        inside = set(rows.loc[rows["part_of"].isin(inside), "id"]) - found
        found |= inside
    return found


def _reach(rows: pd.DataFrame) -> pd.Series:
    """For whom each giver's rows are meant, in words."""
    wide = (rows["covers"] == "region").groupby(rows["actor_id"])
    return wide.any().map({True: "in part for the region", False: ""}).mask(wide.all(), "for the region")


@remembered(most=32)
def _reason_not_drawn(record: Record, day: dt.date) -> pd.Series:
    """Why a flow of `flow_rows` is not an actor's own giving of aid, in words; "" where it is."""
    rows = flow_rows(record, day)
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
    """The ids of rows that hold a row of another actor, at whatever depth."""
    ids, actors, parents = (rows[column].tolist() for column in ("id", "actor_id", "part_of"))
    above = {row_id: (actor, parent) for row_id, actor, parent in zip(ids, actors, parents, strict=True)}
    holding: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for actor, row_id in zip(actors, parents, strict=True):
        at = row_id
        while at in above and (at, actor) not in seen:
            seen.add((at, actor))
            holder, parent = above[at]
            if holder != actor:
                holding.add(at)
            at = parent
    return holding
