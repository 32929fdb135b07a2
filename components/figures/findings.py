"""What each picture says, in one short sentence computed from its data: its title, before the date."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from components.figures.history import movers
from components.figures.money_time import MoneyTime
from components.figures.pledges import Pledges
from components.figures.timeline import TERMS
from components.record.vocabulary import DIRECTIONS, LEVELS, LEVERS, NOT_APPLICABLE, NOT_CODED, STATUSES
from components.record.wording import counted, dollars
from components.summaries.colouring import LEVER, Colouring, Shade, class_counts, unmuted
from components.summaries.crosstab import COLUMNS
from components.summaries.empty import empty_state
from components.summaries.funds import FLOW_STAGES, GROUPS, stock_totals
from components.summaries.ledger import Ledger
from components.summaries.levers import Matrix
from components.summaries.pools import Flow
from components.summaries.standing import RECOGNITION

ONE, MANY = "country", "countries"
NAMED = 3
HELD, PAID = "held back", "promised or paid"
Classes = Collection[Shade]


def map_finding(coloured: Colouring, muted: Collection[str], recognised: str) -> str:
    """How the countries of a colouring divide; `recognised` is whom a country recognises, in words."""
    counts = class_counts(coloured, muted)
    shown = sum(counts.values()) - counts[NOT_APPLICABLE.code]
    if empty := empty_state(shown, shown - counts[NOT_CODED.code], filtered=bool(muted)):
        return empty
    if coloured.mode == "stance":
        return _by_stance(coloured, counts, muted, recognised)
    if coloured.mode == "level":
        highest = list(LEVELS.values())[: -NAMED - 1 : -1]
        parts = [f"{counts[term.code]} at {term.label.lower()}" for term in highest if counts[term.code]]
        return f"Level of contact: {', '.join(parts) or f'no {ONE} beyond a presence'}"
    if coloured.mode.startswith(LEVER):
        parts = [f"{counts[code]} {verb}" for code, verb in _VERBS.items() if counts[code]]
        name = LEVERS[coloured.mode.removeprefix(LEVER)].label
        return f"{name}: {', '.join(parts) or f'no {ONE} holds this lever'}"
    shades = [shade for shade in coloured.classes if shade.code not in TERMS]
    parts = [f"{shade.label[:1].lower()}{shade.label[1:]} {counts[shade.code]}" for shade in shades]
    return f"{coloured.title}: {', '.join(parts)}"


_VERBS = {"pressure": "press", "both": "do both", "incentive": "pull", "ended": "did once"}


def _by_stance(coloured: Colouring, counts: Mapping[str, int], muted: Collection[str], recognised: str) -> str:
    frame = unmuted(coloured, muted)
    recognises = frame["level"] == RECOGNITION
    recognise, short = (int(found.sum()) for found in (recognises, (frame["stance"] == "supportive") & ~recognises))
    parts = [
        f"{number} {words}"
        for number, words in (
            (short, "more supportive" if recognise else "supportive"),
            (counts["engaging"], "engaging"),
            (counts["opposed"], "opposed"),
        )
        if number
    ]
    first = f"{counted(recognise, ONE, MANY) if recognise else f'No {ONE}'} recognise{'' if recognise > 1 else 's'}"
    return ", ".join([f"{first} {recognised}", *parts])


def counts_finding(frame: pd.DataFrame, shades: Classes, *, filtered: bool) -> str:
    """How the numbers of those at the two ends moved from the first day up to the last of `frame`."""
    first, held = frame.iloc[0], frame.iloc[-1]
    shown = int(held.drop("date").sum())
    if empty := empty_state(shown, shown - held[NOT_CODED.code], filtered=filtered):
        return empty
    ends = [next(shade for shade in shades if shade.code == code) for code in _ends(shades)]
    if first["date"] == held["date"]:
        return f"The record begins with {' and '.join(f'{held[end.code]} {end.label.lower()}' for end in ends)}"
    parts = [f"{end.label.lower()} from {first[end.code]} to {held[end.code]}" for end in ends]
    return f"Since {first['date']:%B %Y}: {', '.join(parts)}"


def _ends(shades: Classes) -> tuple[str, str]:
    codes = {shade.code for shade in shades}
    return ("supportive", "opposed") if "supportive" in codes else ("ambassador", RECOGNITION)


def history_finding(frame: pd.DataFrame, passing: Collection[str] | None) -> str:
    """How many moved; `passing` are the actor_ids that pass the filters, None where nothing filters."""
    coded = int((~frame.isin([NOT_CODED.code, NOT_APPLICABLE.code])).any(axis=1).sum())
    if empty := _no_actors(coded, passing):
        return empty
    moved = movers(frame)
    if not moved:
        return f"None of {counted(len(frame), 'actor')} has changed its stance yet"
    verb = "has changed its" if moved == 1 else "have changed their"
    return f"{moved} of {counted(len(frame), 'actor')} {verb} stance"


def standing_finding(bands: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Where each stands at the end of its band; of many the first few."""
    last = bands.groupby("actor_id", sort=False)["stance"].last()
    parts = [f"{names[str(actor_id)]}: {TERMS[code].label.lower()}" for actor_id, code in last.items()]
    more = f" and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return f"{'; '.join(parts[:NAMED])}{more}" or "Nobody is shown"


def matrix_finding(matrix: Matrix, passing: Collection[str] | None) -> str:
    """How many hold levers, and which way they push; `passing` as for the history."""
    if empty := _no_actors(len(matrix.rows), passing):
        return empty
    held = matrix.cells[matrix.cells["held"].astype(bool)]
    press, pull = (held.loc[held["direction"] == way, "actor_id"].nunique() for way in DIRECTIONS)
    both = int((held.groupby("actor_id")["direction"].nunique() == len(DIRECTIONS)).sum())
    if held.empty:
        return "Nobody holds a lever"
    holders = held["actor_id"].nunique()
    verb = "holds" if holders == 1 else "hold"
    return f"{counted(holders, 'actor')} {verb} levers: {press} press, {pull} pull, {both} do both"


def _no_actors(recorded: int, passing: Collection[str] | None) -> str:
    return empty_state(
        recorded if passing is None else len(passing), recorded, filtered=passing is not None, who="actor"
    )


def crosstab_finding(frame: pd.DataFrame) -> str:
    """The lever that most hold, and how many of them are opposed."""
    counts = frame.map(len)
    if not counts.to_numpy().sum():
        return "Nobody holds a lever"
    lever = str(counts.sum(axis=1).idxmax())
    opposed = int(counts.at[lever, "opposed"])
    return (
        f"Most hold {LEVERS[lever].label.lower()}: {counted(int(counts.loc[lever].sum()), 'actor')}, {opposed} opposed"
    )


def bubbles_finding(money: pd.DataFrame, measure: str) -> str:
    """Where the largest sum lies."""
    sums = money.astype(float).stack()
    if sums.empty or not sums.max() > 0:
        return "No sum is recorded for those who hold a lever"
    lever, stance = sums.idxmax()
    label = next(term.label for term in COLUMNS if term.code == stance).lower()
    what = HELD if measure == "held" else PAID
    return f"Largest sum {what}: {dollars(sums.max())}, by holders of {LEVERS[lever].label.lower()} ({label})"


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
    told = [f"{dollars(sums.sum())} in {counted(len(sums), 'pool')}" for sums in (stages[0], stages[-1])]
    return f"From {told[0]} to {told[1]}" if len(stages) > 1 else told[0]


def money_time_finding(data: MoneyTime) -> str:
    """What is held back and, apart from that, how far the newest plan with a figure got."""
    last = data.held.iloc[-1] if len(data.held) else None
    parts = [f"{dollars(last['low'], last['high'])} held back"] if last is not None and last["high"] > 0 else []
    plans = data.plans[data.plans["received"].notna()] if len(data.plans) else data.plans
    if len(plans):
        plan: Any = plans.iloc[-1]
        parts.append(f"{plan['received'] / plan['required']:.0%} of the plan for {plan['year']} received")
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
