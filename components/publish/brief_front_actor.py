"""The two pages of a brief about one actor: where it stands, what it did, holds, wants and gave, and its peers."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from components.figures.theme import STANCE_PAINTS, STRONG
from components.publish import rows
from components.publish.brief_front import changed, listed, say, table
from components.publish.brief_parts import Brief, Line, Number, Part
from components.record.on_day import replaced_on
from components.record.used import used
from components.record.vocabulary import DIRECTIONS, NOT_CODED, STANCES, STATUSES, WITHDREW
from components.record.wording import agreeing, counted, dated_when, day_in_words, enumerated, long_date, sentence
from components.summaries.conditions import conditions_on
from components.summaries.countries import country_headline, say_do_gap
from components.summaries.standing import NONE, Standing, standings_on

PICTURES = ("standing",)
NAMED = 6  # levers
NOTHING_HELD = "No row of the record holds yet. That is neither a stance nor a search without result."


def finding(brief: Brief) -> str:
    """Where it stands, each fact with its own date, in one sentence."""
    return country_headline(brief.record, brief.actor_id, brief.day)


def standfirst(brief: Brief) -> Markup:
    """Whether its deeds match its words, and which envoys there are."""
    now = _now(brief)
    told = say_do_gap(brief.record, now.stance.code, now.level.code) if now else NOTHING_HELD
    if now and (envoys := now.envoys_in_words()):
        told += f" {envoys}."
    return say("standfirst", [], told)


def numbers(brief: Brief) -> list[Number]:
    """Its stance and level since when, how many rows say so, its levers by name, and what it asks for."""
    levers = [] if brief.record.levers.empty else [_levers_held(brief)]
    condition = [_condition(brief)] if used(brief.record, "stances", "condition") else []
    return [*_standing(brief), _rows(brief), *levers, *condition]


def parts(brief: Brief) -> list[Part]:
    """The parts in order."""
    # In the order of reading, because that numbers the sources.
    made = [changed(brief), *_wants(brief), _history(brief)]
    made += [] if brief.record.levers.empty else [_levers(brief)]
    made += [] if brief.record.funds.empty else [_money(brief)]
    return [*made, table(brief)]


def _now(brief: Brief) -> Standing | None:
    return standings_on(brief.record, brief.day).get(brief.actor_id)


def _standing(brief: Brief) -> list[Number]:
    """Stance and level, each with its own day; what was not found has none since when it was not."""
    now = _now(brief)
    if now is None:
        return [Number(NOT_CODED.label, "stance on recognition"), Number(NOT_CODED.label, "level of contact")]
    stance, level = STANCES[now.stance.code], brief.record.words.levels[now.level.code].label
    since = "A search found none" if now.stance.code == NONE else f"Since {now.stance.since_in_words()}"
    reached = "None is known" if now.level.code == NONE else f"Since {now.level.since_in_words()}"
    found = [
        Number(f"{stance.symbol} {stance.label}", "stance on recognition", since, STANCE_PAINTS[now.stance.code]),
        Number(level, "level of contact", reached, STRONG),
    ]
    return [_withdrawal(now.withdrew), *found] if now.withdrew else found


def _withdrawal(date: str) -> Number:
    withdrew = f"{WITHDREW.symbol} {WITHDREW.label}"
    return Number(withdrew, "its recognition", sentence(dated_when(date)), STANCE_PAINTS[WITHDREW.code])


def _rows(brief: Brief) -> Number:
    known = rows.stances(brief.record, brief.day, brief.actor_id)["date_text"].tolist()
    if not known:
        return Number("No", "dated row is on record")
    first, last = long_date(known[-1]), long_date(known[0])
    words = agreeing(len(known), "dated row", "dated rows")
    return Number(str(len(known)), words, first if first == last else f"{first} to {last}", STRONG)


def _levers_held(brief: Brief) -> Number:
    known, terms = rows.levers(brief.record, brief.day, brief.actor_id), brief.record.words.levers
    held = known[known["held"]]
    names = list(dict.fromkeys(terms[code].lowered for code in held["lever"]))
    words = f"{agreeing(len(held) or 1, 'lever', 'levers')} held on {day_in_words(brief.day)}"
    return Number(str(len(held) or "No"), words, sentence(enumerated(names, NAMED)), STRONG)


def _condition(brief: Brief) -> Number:
    for row in _asked(brief):
        said = f"Said on {long_date(row.date_text)}"
        return Number(_in_words(brief, row), "asked for before recognition", said, STRONG)
    return Number("No", "condition for recognition is on record", "", STRONG)


def _asked(brief: Brief) -> list[Any]:
    """What it says recognition would take, as one row of `conditions_on`; none where it has not said."""
    return rows.of(conditions_on(brief.record, brief.day, [brief.actor_id]))


def _in_words(brief: Brief, row: Any) -> str:
    known = brief.record.words.conditions
    return sentence(enumerated([known[code].lowered for code in row.conditions], len(known)))


def _wants(brief: Brief) -> list[Part]:
    """In which words, and on which evidence, it said what recognition would take."""
    known = rows.stances(brief.record, brief.day, brief.actor_id).set_index("id")["summary"]
    parts = []
    for row in _asked(brief):
        told = Line("", long_date(row.date_text), _in_words(brief, row), known[row.row_id], brief.cited(row.source_ids))
        parts.append(Part("wants", "Conditions", "What it said recognition would take", listed(brief, [told], "")))
    return parts


def _history(brief: Brief) -> Part:
    """Its dated rows up to the first day of the changes, newest first, without those taken back since."""
    known = rows.stances(brief.record, brief.since, brief.actor_id)
    known = known[known["undone"] == ""]
    lines = [_dated_row(brief, row) for row in rows.of(known)[: brief.most]]
    found = counted(len(known), "dated row")
    finding = f"{found} up to {day_in_words(brief.since)}, newest first" if lines else "No earlier row is on record"
    content = listed(brief, lines, f"The record has none of it up to {day_in_words(brief.since)}.", known=len(known))
    return Part("history", "History", finding, content)


def _dated_row(brief: Brief, row: Any) -> Line:
    known = brief.record.words
    stance, level = STANCES[row.stance], known.levels[row.recognition_level].lowered
    words = f"{known.acts[row.act].label}: {stance.symbol} {stance.label.lower()}, level {level}"
    return Line("", long_date(row.date_text), words, row.summary, brief.cited(row.source_ids))


def _levers(brief: Brief) -> Part:
    """What it holds or does now; how many have ended."""
    known = rows.levers(brief.record, brief.day, brief.actor_id)
    held = rows.of(known[known["held"]])
    lines = [_lever(brief, row) for row in held[: brief.most]]
    ended = len(known) - len(held)
    finding = f"{counted(len(held), 'lever')} held{f', {ended} ended' if ended else ''}" if held else "No lever is held"
    otherwise = f"{counted(ended, 'lever has', 'levers have')} ended." if ended else "The record has no lever of it."
    return Part("levers", "Levers", finding, listed(brief, lines, otherwise, known=len(held)))


def _lever(brief: Brief, row: Any) -> Line:
    way = DIRECTIONS[row.direction]
    words = f"{way.symbol} {brief.record.words.levers[row.lever].label}, {way.label.lower()}"
    return Line("", f"since {long_date(row.from_text)}", words, row.summary, brief.cited(row.source_ids))


def _money(brief: Brief) -> Part:
    """What it holds back, gave or promised, each sum in its newest reading; none is added to another."""
    record, day = brief.record, brief.day
    known = rows.money(record, day, brief.actor_id)
    known = known[~(replaced_on(record)[known.index] <= pd.Timestamp(day))]
    lines = [_sum(brief, row) for row in rows.of(known)[: brief.most]]
    finding = f"{counted(len(known), 'sum')} on record, newest first" if lines else "No sum of it is on record"
    otherwise = "The record has no money that it holds back, gave, promised or asked for."
    return Part("money", "Money", finding, listed(brief, lines, otherwise, known=len(known)))


def _sum(brief: Brief, row: Any) -> Line:
    status = STATUSES[row.status]
    when = f"{'since ' if status.group == 'stock' else ''}{long_date(row.date_text)}"
    until = f" until {long_date(row.until_text)}" if brief.cards.is_over(row.until) else ""
    words = ", ".join([f"{row.figure} {status.label.lower()}", *brief.cards.notes(row)])
    return Line("", when + until, words, row.summary, brief.cited(row.source_ids))
