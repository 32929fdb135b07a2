"""The two pages of a brief about all: who stands where by name, what changed, who could move, and the money."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from components.figures.pledges import Pledges
from components.figures.stocks import Stocks
from components.figures.theme import STANCE_PAINTS, STRONG
from components.publish import rows
from components.publish.brief_front import changed, listed, say, sources_of_day, table
from components.publish.brief_parts import Brief, Line, Number, Part
from components.publish.brief_table import known_best
from components.record.on_day import RECOGNITION
from components.record.used import used
from components.record.vocabulary import LEVELS, POSITIONS, STANCES, STATUSES, WITHDREW
from components.record.wording import agreeing, counted, enumerated, long_date, sentence
from components.summaries.conditions import conditions_on
from components.summaries.currency import converted_in
from components.summaries.envoys import highest
from components.summaries.flows import PAID, PLEDGED, flow_frame, pledge_rows, pledges_on
from components.summaries.funds import GROUPS, funds_headline, stock_frame, stock_totals
from components.summaries.plans import plan_years, rows_of_plans
from components.summaries.stances import VERBS, headline, jointly, map_frame, of_stance, recognising
from components.summaries.standing import standings_on
from components.summaries.terms import NOT_STATED, terms_of

PICTURES = ("map",)
NAMED, NAMED_OF_MANY, LETTERS = 6, 3, 90  # of those whom a number counts, and of all their names at the most
ENVOYS = 12  # of those who accept an ambassador, named
NEVER = "never"  # the condition of who rules recognition out
SHORT = 2  # more rows of a list whose rows are short
PLANS = 2  # the newest


def finding(brief: Brief) -> str:
    """What the brief says, in one sentence."""
    return headline(brief.record, brief.day)


def standfirst(brief: Brief) -> Markup:
    """Who recognises, each fact with its own date, and who accepts an ambassador; else the question."""
    standings = standings_on(brief.record, brief.day)
    told = []
    for actor_id in recognising(brief.record, brief.day)[:NAMED_OF_MANY]:
        now = standings[actor_id]
        cited = brief.cited(sources_of_day(brief, actor_id, now.recognised_since))
        told.append((f"{now.name} {now.in_words()[:1].lower()}{now.in_words()[1:]}.", cited))
    for group in highest(brief.record, brief.day)[: 1 if brief.room else 0]:
        most = _fitting([envoy.name for envoy in group.countries], ENVOYS, 2 * LETTERS)
        newest = [sources_of_day(brief, envoy.actor_id, envoy.since)[:1] for envoy in group.countries[:most]]
        cited = brief.cards.cited([key for keys in newest for key in keys]) if newest else Markup()
        told.append((f"{group.in_words(brief.record.tracker.object, most)}.", cited))
    return say("standfirst", told, brief.record.tracker.question)


def numbers(brief: Brief) -> list[Number]:
    """How many recognise, withdrew, support, deal with and refuse, by name where there is room; what is held back."""
    record, day = brief.record, brief.day
    frame = map_frame(record, day).drop(index=record.tracker.subject, errors="ignore")
    frame = frame.loc[[actor_id for actor_id in known_best(record, day) if actor_id in frame.index]]
    classes = frame["stance_class"]
    of = {code: list(frame.loc[of_stance(classes, code), "name"]) for code in (RECOGNITION, *POSITIONS)}
    first, withdrew, short = of[RECOGNITION], of[WITHDREW.code], of["supportive"]
    shorter = f"it short of that{jointly(classes, 'supportive')}"
    made = [
        _number(first, f"{agreeing(len(first), 'recognises', 'recognise')} {record.tracker.object}", "supportive"),
        *([_number(withdrew, "withdrew", WITHDREW.code)] if withdrew else []),
        _number(short, f"{agreeing(len(short), 'supports', 'support')} {shorter}", "supportive"),
        *(
            _number(of[code], f"{agreeing(len(of[code]), *verbs)}{jointly(classes, code)}", code)
            for code, verbs in VERBS.items()
        ),
    ]
    return [*made, *([_held_back(brief)] if Stocks.is_in(record) else [])]


def _number(names: Sequence[str], words: str, code: str) -> Number:
    """How many they are; of those whose names are many or long, only the first by name."""
    most = _fitting(names, NAMED if len(names) <= NAMED else NAMED_OF_MANY, LETTERS)
    return Number(str(len(names)), words, enumerated(names, most) or "Nobody", STANCE_PAINTS[code])


def _fitting(names: Sequence[str], most: int, letters: int) -> int:
    """How many names, at the most, have room in so many letters; at least one."""
    while most > 1 and len(enumerated(names, most)) > letters:
        most -= 1
    return most


def _held_back(brief: Brief) -> Number:
    """The total of what is frozen or in trust, else suspended, with the days of the figures that it is made of."""
    stocks = stock_frame(brief.record, brief.day)
    totals = stock_totals(brief.record, stocks)
    if not totals:
        return Number("No sum", "is on record as held back", "", STRONG)
    group, total = next(iter(totals.items()))
    frame = stocks[stocks["money_group"] == group].sort_values("date", kind="stable")
    dates = list(dict.fromkeys(map(long_date, frame["date_text"])))
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    words = f"{GROUPS[group].lower()}, in {counted(total.rows, 'pool')}"
    told = [f"Newest figures: {when}", converted_in(brief.record, frame).note]
    return Number(total.amounts(), words, ". ".join(filter(None, told)), STRONG)


def parts(brief: Brief) -> list[Part]:
    """The parts in order."""
    asked, has_money = used(brief.record, "stances", "condition"), len(brief.record.funds)
    made = [changed, *([_movers] if asked else []), *([_money] if has_money else []), table]
    return [part(brief) for part in made]  # made in the order of reading, because that numbers the sources


def _movers(brief: Brief) -> Part:
    """Who has said what recognition would take, closest contact first, and who rules it out."""
    said = rows.of(conditions_on(brief.record, brief.day))
    standings = standings_on(brief.record, brief.day)
    never = [row for row in said if NEVER in row.conditions]
    open_ = sorted((row for row in said if row not in never), key=lambda row: _distance(standings[row.actor_id]))
    lines = [_mover(brief, row) for row in open_[: brief.most + SHORT]]
    shown = [(f"{row.name} ({long_date(row.date_text)})", brief.cited(row.source_ids)) for row in never[: brief.most]]
    found = counted(len(said), "country has", "countries have") if said else "No country has"
    intro = "Closest contact first. Dates are those of their own words; what they will do the record does not say."
    content = listed(brief, lines, "", intro if lines else "", len(open_))
    content += say("ruled_out", shown, len(never) - len(shown))
    return Part("movers", "Conditions", f"{found} said what recognition would take", content)


def _distance(standing: Any) -> tuple[int, int, str]:
    return list(STANCES).index(standing.stance.code), -list(LEVELS).index(standing.level.code), standing.name


def _mover(brief: Brief, row: Any) -> Line:
    known = brief.record.words.conditions
    asked = enumerated([known[code].lowered for code in row.conditions], len(known))
    return Line(row.name, long_date(row.date_text), sentence(asked), "", brief.cited(row.source_ids))


def _money(brief: Brief) -> Part:
    """What is held back, what plans asked and were given, and for how many givers a payment is on record."""
    record, day = brief.record, brief.day
    stocks = rows.of(rows.stocks(record, day))
    lines = [_stock(brief, row) for row in stocks[: brief.most + SHORT]]
    nothing = "No sum is on record as held back." if Stocks.is_in(record) else ""
    content = listed(brief, lines, nothing, known=len(stocks))
    plans = "; ".join(plan_years(record, day)["words"][-PLANS:])
    summed = rows.stocks(record, day), rows_of_plans(record, day), pledge_rows(record, day)
    asked = [f"{record.words.money['plans']}: {plans}."] if plans else []
    told = [*asked, *([_pledged(brief)] if Pledges.is_in(record) else [])]
    apart = "Money held back exists on the day, pledges run over years: never added." if stocks and told else ""
    paid = say("paid", told, f"{apart} {converted_in(record, *summed).short}".strip())
    return Part("money", "Money", funds_headline(record, day), content + paid)


def _stock(brief: Brief, row: Any) -> Line:
    terms = terms_of(row.terms)
    release = f"Released by: {terms.release}." if terms.release != NOT_STATED else "Who can release it is not stated."
    words = f"{row.figure} {STATUSES[row.status].label.lower()}"
    return Line(row.holder, long_date(row.date_text), words, release, brief.cited(row.source_ids))


def _pledged(brief: Brief) -> str:
    """What givers pledged, and who of them paid, by name; never a sum beside another of fewer givers."""
    told = sentence(pledges_on(brief.record, brief.day).in_words())
    frame = flow_frame(brief.record, brief.day)
    paying = sorted(frame.loc[(frame[f"{PLEDGED}_stated"] != "") & (frame[f"{PAID}_stated"] != ""), "holder"])
    return f"{told}: {enumerated(paying, NAMED)}." if paying else f"{told}."
