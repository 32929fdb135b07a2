"""What each picture says, in one short sentence computed from its data: its title, before the date."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from components.figures.crosstab import Crosstab
from components.figures.history import movers
from components.figures.money_time import MoneyTime
from components.figures.pledges import Pledges
from components.figures.timeline import TERMS
from components.record.vocabulary import DIRECTIONS, LEVELS, LEVERS
from components.record.wording import counted
from components.summaries.colouring import LEVER, Colouring, Shade, class_counts, unmuted
from components.summaries.crosstab import COLUMNS
from components.summaries.currency import figure_in
from components.summaries.funds import GROUPS
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
        parts = [f"{counts[code]} {verb}" for code, verb in _VERBS.items() if counts[code]]
        name = LEVERS[coloured.mode.removeprefix(LEVER)].label
        return f"{name}: {', '.join(parts) or f'no {ONE} holds this lever'}"
    shades = [shade for shade in coloured.classes if shade.code not in TERMS]
    parts = [f"{shade.label[:1].lower()}{shade.label[1:]} {counts[shade.code]}" for shade in shades]
    return f"{coloured.title}: {', '.join(parts)}"


_VERBS = {"pressure": "press", "both": "do both", "incentive": "pull", "ended": "did once"}


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
    first = f"{counted(recognise, ONE, MANY) if recognise else f'No {ONE}'} recognise{'' if recognise > 1 else 's'}"
    return ", ".join([f"{first} {recognised}", *parts])


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
    verb = "has changed its" if moved == 1 else "have changed their"
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
    return f"{counted(held['actor_id'].nunique(), 'actor')} hold levers: {press} press, {pull} pull, {both} do both"


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


def bubbles_finding(data: Crosstab, measure: str) -> str:
    """Where the largest sum lies."""
    sums = data.sizes.stack()
    if sums.empty:
        return f"No {figure_in(data.currency)} is recorded for those who hold a lever"
    lever, stance = sums.idxmax()
    label = next(term.label for term in COLUMNS if term.code == stance).lower()
    what = HELD if measure == "held" else PAID
    return f"Largest sum {what}: {data.text(sums.max())}, by holders of {LEVERS[lever].label.lower()} ({label})"


def ledger_finding(ledger: Ledger) -> str:
    """What is held back, by group; never added up."""
    parts = [found.amounts(GROUPS[group].lower(), ledger.unit.text) for group, found in ledger.totals.items()]
    return "; ".join(parts) or "No sum is recorded as held back"


def pool_flow_finding(flow: Flow) -> str:
    """The pools of the first day and of the last."""
    if not flow.totals:
        return "No pool is recorded"
    told = [found.in_words("pool") for found in (flow.totals[0], flow.totals[-1])]
    return f"From {told[0]} to {told[1]}" if len(flow.totals) > 1 else told[0]


def money_time_finding(data: MoneyTime) -> str:
    """What is held back and, apart from that, how far the newest plan with a figure got."""
    held = data.held["total"].iloc[-1]
    parts = [held.amounts("held back")] if held.rows else []
    plans: list[Any] = [plan for plan in data.plans.to_dict("records") if plan["given"].rows]
    for plan in plans[-1:]:
        when = f" {plan['by']}" if plan["open"] else ""
        parts.append(
            f"plan for {plan['year']}: {plan['share'].in_words()}"
            if plan["share"].value is None
            else f"{plan['share'].in_words()} of the plan for {plan['year']} received{when}"
        )
    return "; ".join(parts) or "No sum is recorded"


def pledges_finding(pledges: Pledges, when: str) -> str:
    """What was pledged by how many, and how many have paid; `when` begins the sentence where it is given."""
    return f"{when}{pledges.found.in_words(pledges.unit.text)}"
