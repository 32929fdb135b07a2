"""What each picture says, in one short sentence computed from its data: its title, before the date."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from components.figures.history import movers
from components.figures.money_time import MoneyTime
from components.figures.pledges import Pledges
from components.figures.timeline import TERMS
from components.record.vocabulary import DIRECTIONS, LEVELS, LEVERS, STATUSES
from components.record.wording import agreeing, counted, money, percent
from components.summaries.colouring import LEVER, Colouring, Shade, class_counts, unmuted
from components.summaries.crosstab import COLUMNS
from components.summaries.funds import FLOW_STAGES, GROUPS, stock_totals
from components.summaries.ledger import Ledger
from components.summaries.levers import Matrix
from components.summaries.pools import Flow

RECOGNITION = "recognition"
ONE, MANY = "country", "countries"
NAMED = 3
HELD, PAID = "held back", "promised or paid"
Classes = Collection[Shade]


def map_finding(coloured: Colouring, muted: Collection[str], recognised: str) -> str:
    """How the countries of a colouring divide; `recognised` is whom a country recognises, in words."""
    counts = class_counts(coloured, muted)
    if coloured.mode == "stance":
        return _by_stance(coloured, counts, muted, recognised)
    if coloured.mode == "level":
        highest = list(LEVELS.values())[: -NAMED - 1 : -1]
        parts = [f"{counts[term.code]} at {term.label.lower()}" for term in highest if counts[term.code]]
        return f"Level of contact: {', '.join(parts) or f'no {ONE} beyond a presence'}"
    if coloured.mode.startswith(LEVER):
        parts = [f"{counts[code]} {agreeing(counts[code], *verbs)}" for code, verbs in _VERBS.items() if counts[code]]
        name = LEVERS[coloured.mode.removeprefix(LEVER)].label
        return f"{name}: {', '.join(parts) or f'no {ONE} holds this lever'}"
    shades = [shade for shade in coloured.classes if shade.code not in TERMS]
    parts = [f"{shade.label[:1].lower()}{shade.label[1:]} {counts[shade.code]}" for shade in shades]
    return f"{coloured.title}: {', '.join(parts)}"


# Of one and of many.
_VERBS = {
    "pressure": ("presses", "press"),
    "both": ("does both", "do both"),
    "incentive": ("pulls", "pull"),
    "ended": ("did once", "did once"),
}


def _by_stance(coloured: Colouring, counts: Mapping[str, int], muted: Collection[str], recognised: str) -> str:
    levels = unmuted(coloured, muted)["level"]
    recognise = int((levels == LEVELS[RECOGNITION].label).sum())
    short = counts["supportive"] - recognise
    parts = [
        f"{number} {words}"
        for number, words in (
            (short, "more supportive" if recognise else "supportive"),
            (counts["engaging"], "engaging"),
            (counts["opposed"], "opposed"),
        )
        if number
    ]
    who = counted(recognise, ONE, MANY) if recognise else f"No {ONE}"
    return ", ".join([f"{who} {agreeing(max(recognise, 1), 'recognises', 'recognise')} {recognised}", *parts])


def counts_finding(frame: pd.DataFrame, day: pd.Timestamp, shades: Classes) -> str:
    """How the numbers of those at the two ends moved from the first day up to the day."""
    held = frame[frame["date"] <= day].iloc[-1]
    ends = [next(shade for shade in shades if shade.code == code) for code in _ends(shades)]
    if len(frame) and day == frame["date"].iloc[0]:
        return f"The record begins with {' and '.join(f'{held[end.code]} {end.label.lower()}' for end in ends)}"
    parts = [f"{end.label.lower()} from {frame[end.code].iloc[0]} to {held[end.code]}" for end in ends]
    return f"Since {frame['date'].iloc[0]:%B %Y}: {', '.join(parts)}"


def _ends(shades: Classes) -> tuple[str, str]:
    codes = {shade.code for shade in shades}
    return ("supportive", "opposed") if "supportive" in codes else ("ambassador", RECOGNITION)


def history_finding(frame: pd.DataFrame) -> str:
    """How many moved."""
    moved = movers(frame)
    if not moved:
        return f"None of {counted(len(frame), 'actor')} has changed its stance yet"
    verb = agreeing(moved, "has changed its", "have changed their")
    return f"{moved} of {counted(len(frame), 'actor')} {verb} stance"


def standing_finding(bands: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Where each stands at the end of its band; of many the first few."""
    last = bands.groupby("actor_id", sort=False)["stance"].last()
    parts = [f"{names[str(actor_id)]}: {TERMS[code].label.lower()}" for actor_id, code in last.items()]
    more = f" and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return f"{'; '.join(parts[:NAMED])}{more}" or "Nobody is shown"


def matrix_finding(matrix: Matrix) -> str:
    """How many hold levers, and which way they push."""
    held = matrix.cells[matrix.cells["held"].astype(bool)]
    press, pull = (held.loc[held["direction"] == way, "actor_id"].nunique() for way in DIRECTIONS)
    both = int((held.groupby("actor_id")["direction"].nunique() == len(DIRECTIONS)).sum())
    if held.empty:
        return "Nobody shown holds a lever"
    holders = held["actor_id"].nunique()
    parts = [
        f"{count} {agreeing(count, *_VERBS[code])}"
        for code, count in (("pressure", press), ("incentive", pull), ("both", both))
    ]
    return f"{counted(holders, 'actor')} {agreeing(holders, 'holds', 'hold')} levers: {', '.join(parts)}"


def crosstab_finding(frame: pd.DataFrame) -> str:
    """The lever that most hold, and how many of them are opposed."""
    counts = frame.map(len)
    if not counts.to_numpy().sum():
        return "Nobody shown holds a lever"
    lever = str(counts.sum(axis=1).idxmax())
    opposed = int(counts.at[lever, "opposed"])
    return (
        f"Most hold {LEVERS[lever].label.lower()}: {counted(int(counts.loc[lever].sum()), 'actor')}, {opposed} opposed"
    )


def bubbles_finding(amounts: pd.DataFrame, measure: str) -> str:
    """Where the largest sum lies."""
    sums = amounts.astype(float).stack()
    if sums.empty or not sums.max() > 0:
        return "No sum is recorded for those who hold a lever"
    lever, stance = sums.idxmax()
    label = next(term.label for term in COLUMNS if term.code == stance).lower()
    what = HELD if measure == "held" else PAID
    return f"Largest sum {what}: {money(sums.max())}, by holders of {LEVERS[lever].label.lower()} ({label})"


def ledger_finding(ledger: Ledger) -> str:
    """What is held back, by group; never added up."""
    parts = [
        f"{ledger.unit.text(found.low, found.high)} {GROUPS[group].lower()}"
        for group, found in stock_totals(ledger.frame).items()
        if found.high > 0
    ]
    return ", ".join(parts) or "No sum is held back"


def pool_flow_finding(flow: Flow) -> str:
    """The pools of the first day and of the last."""
    nodes = flow.nodes[flow.nodes["status"].isin(STATUSES)] if len(flow.nodes) else flow.nodes
    if nodes.empty:
        return "No pool is recorded"
    stages = [own["usd"].astype(float) for _, own in nodes.groupby("day")]
    told = [f"{money(sums.sum())} in {counted(len(sums), 'pool')}" for sums in (stages[0], stages[-1])]
    return f"From {told[0]} to {told[1]}" if len(stages) > 1 else told[0]


def money_time_finding(data: MoneyTime) -> str:
    """What is held back and, apart from that, how far the newest plan with a figure got."""
    last = data.held.iloc[-1] if len(data.held) else None
    parts = [f"{money(last['low'], last['high'])} held back"] if last is not None and last["high"] > 0 else []
    plans = data.plans[data.plans["received"].notna() & (data.plans["required"] > 0)] if len(data.plans) else data.plans
    if len(plans):
        plan: Any = plans.iloc[-1]
        parts.append(f"{percent(plan['received'] / plan['required'])} of the plan for {plan['year']} received")
    return "; ".join(parts) or "No sum is recorded"


def pledges_finding(pledges: Pledges, when: str) -> str:
    """What was pledged by how many, and what is reported as paid; `when` begins the sentence where it is given."""
    first, *_, last = FLOW_STAGES
    frame, text = pledges.frame, pledges.unit.text
    pledged, paid = frame[first].astype(float), frame[last].astype(float)
    parts = []
    if pledged.notna().any():
        parts.append(f"{text(pledged.sum())} pledged by {counted(int(pledged.notna().sum()), 'giver')}")
    if paid.notna().any():
        parts.append(f"{text(paid.sum())} reported as {STATUSES[last].label.lower()}")
    return f"{when}{', '.join(parts) or 'no pledge is recorded'}"
