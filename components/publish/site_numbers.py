"""Which headline numbers there are: what each counts, its value on the day, and who and what is behind it.

Does not belong here: how they are worked out (summaries), and their pages (site_number_pages).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

from components.publish import rows
from components.publish.cards import Cards
from components.publish.site_page import Site
from components.record.on_day import RECOGNITION, WITHDRAWAL, positions, stances_on
from components.record.used import used
from components.record.vocabulary import ENVOYS, NOT_CODED, ONLY_JOINTLY, STATUSES, WITHDREW
from components.record.wording import agreeing, counted, day_in_words, number, sentence
from components.summaries.conditions import conditions_on
from components.summaries.currency import converted_in
from components.summaries.envoys import HIGHEST, highest
from components.summaries.flows import PAID, PLEDGED, drawn_flows, pledge_rows, pledges_on
from components.summaries.funds import GROUPS, stock_frame, stock_totals
from components.summaries.levers import influence
from components.summaries.money import Total
from components.summaries.stances import jointly, map_frame, of_stance, recognising
from components.summaries.standing import JOINTLY, NONE
from components.summaries.time import moved

FEW = 6  # names that stand beside a number


@dataclass(frozen=True, slots=True)
class Number:
    """A headline number: its `code` in the address, its value, what it says together with it, and what that means.

    `who` are those whom it counts, their names by actor_id, `apart` some of them by what is particular to them;
    `behind` are the rows that prove it, which `draw` draws; `chart` shows it, where one does.
    """

    code: str
    value: str
    says: str
    meaning: str
    chart: str
    who: Mapping[str, str]
    behind: pd.DataFrame
    draw: Callable[[Cards, Any], Markup] = Cards.stance
    apart: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def named(self) -> str:
        """Those whom it counts, where they are few."""
        return ", ".join(self.who.values()) if len(self.who) <= FEW else ""

    @property
    def sentence(self) -> str:
        """The number with what it counts."""
        return f"{self.value} {self.says}"

    @property
    def row_ids(self) -> list[str]:
        """The ids of the rows that prove it."""
        ids: list[str] = self.behind["id" if "id" in self.behind else "row_id"].tolist()
        return ids


def numbers(site: Site) -> list[Number]:
    """All of them; one that the record says nothing of is left out."""
    made = (_recognition, _stances, _envoys, _moves, _levers, _held_back, _pledges, _conditions)
    return [found for make in made for found in make(site)]


def _recognition(site: Site) -> Iterable[Number]:
    who = recognising(site.record, site.day)
    says = f"{agreeing(len(who), 'country recognises', 'countries recognise')} {site.record.tracker.object}"
    meaning = site.record.words.levels[RECOGNITION].definition
    yield Number("recognition", number(len(who)), says, meaning, "map", _names(site, who), _recognitions(site, who))


def _stances(site: Site) -> Iterable[Number]:
    """How many countries there are of each stance that do not recognise."""
    record, classes = site.record, map_frame(site.record, site.day)["stance_class"]
    for code, term in {**positions(record), NOT_CODED.code: NOT_CODED}.items():
        who = classes.index[of_stance(classes, code)].tolist()
        says = f"{agreeing(len(who), 'country is', 'countries are')} {term.label.lower()}"
        if code == NONE:
            says = agreeing(len(who), "country has no known position", "countries have no known position")
        if term is WITHDREW:
            says = agreeing(len(who), "country withdrew its recognition", "countries withdrew their recognition")
        says += f"{' short of recognition' if code == 'supportive' else ''}{jointly(classes, code)}"
        if who or code in used(record, "stances", "stance"):
            named = _names(site, who)
            joint = {actor_id: name for actor_id, name in named.items() if classes[actor_id] in JOINTLY.values()}
            apart = {sentence(ONLY_JOINTLY): joint} if joint else {}
            behind = _withdrawals(site, who) if term is WITHDREW else _held(site, who)
            yield Number(
                code.replace("_", "-"), number(len(who)), says, term.definition, "map", named, behind, apart=apart
            )


def _envoys(site: Site) -> Iterable[Number]:
    """How many countries accept an ambassador, and how many keep one; nothing where the record tells no envoys."""
    known = rows.stances(site.record, site.day)
    for group in highest(site.record, site.day):
        side, since = group.side, {envoy.actor_id: envoy.since for envoy in group.countries}
        own = known[known["actor_id"].isin(since) & (known[side.column] == HIGHEST)]
        behind = own[own["date_text"] == own["actor_id"].map(since)]
        label = group.label(site.record.tracker.object)
        says = f"{agreeing(len(since), 'country', 'countries')} {label[:1].lower()}{label[1:]}"
        meaning = ENVOYS[HIGHEST].definition
        yield Number(f"ambassador-{side.code}", number(len(since)), says, meaning, "", _names(site, since), behind)


def _moves(site: Site) -> Iterable[Number]:
    moves = moved(site.record, site.day)
    moves = moves[moves["before"] != NOT_CODED.code]
    known = rows.stances(site.record, site.day)
    who = _names(site, moves["actor_id"])
    says = f"{agreeing(len(moves), 'change', 'changes')} of stance in {counted(len(who), 'country', 'countries')}"
    since = day_in_words(site.record.tracker.start)
    meaning = f"Each time since {since} that a country’s stance became another one; to be coded first is no change."
    if moved(site.record, site.record.tracker.data_until)["before"].ne(NOT_CODED.code).any():
        yield Number("moves", number(len(moves)), says, meaning, "counts", who, known[known["id"].isin(moves["id"])])


def _levers(site: Site) -> Iterable[Number]:
    known = rows.levers(site.record, site.day)
    held = known[known["held"]]
    holders, words = influence(site.record, site.day)
    says = f"{agreeing(len(holders), 'state or body', 'states and bodies')} {words}"
    meaning = "A lever is something that a state or body can give or withhold; each that is held on this day counts."
    if len(held):
        yield Number(
            "levers", number(len(holders)), says, meaning, "matrix", _names(site, held["actor_id"]), held, Cards.lever
        )


def _held_back(site: Site) -> Iterable[Number]:
    """The money that is held back, each kind with its own sum: they are not added."""
    frame = stock_frame(site.record, site.day)
    for group, total in stock_totals(site.record, frame).items():
        own = frame[frame["money_group"] == group]
        terms = [term for code, term in STATUSES.items() if code in set(own["status"])]
        told = [*(f"{term.label}: {term.definition}" for term in terms), converted_in(site.record, own).note]
        meaning = " ".join(filter(None, told))
        value, besides = _sum(total)
        says = f"{GROUPS[group].lower()}, in {counted(len(own), 'sum')}{besides}"
        yield Number(group, value, says, meaning, "stocks", _names(site, own["actor_id"]), own, Cards.sum)


def _pledges(site: Site) -> Iterable[Number]:
    """What was pledged, and of how many givers a payment is on record, which is no sum beside it."""
    pledges = pledges_on(site.record, site.day)
    if not pledges.givers:
        return
    flows, pledged = drawn_flows(site.record, site.day), pledge_rows(site.record, site.day)
    paid = flows[(flows["status"] == PAID) & flows["actor_id"].isin(pledged["actor_id"])]
    value, besides = _sum(pledges.total)
    givers = counted(pledges.givers, "giver")
    says = f"pledged by {givers}{besides}"
    who = _names(site, pledged["actor_id"])
    meaning = f"{STATUSES[PLEDGED].definition} {converted_in(site.record, pledged).note}".strip()
    yield Number(PLEDGED, value, says, meaning, "pledges", who, pledged, Cards.sum)
    says = f"of {givers} that pledged {agreeing(pledges.paying, 'has', 'have')} a payment on record"
    who = _names(site, paid["actor_id"])
    yield Number("paying", number(pledges.paying), says, STATUSES[PAID].definition, "pledges", who, paid, Cards.sum)


def _conditions(site: Site) -> Iterable[Number]:
    said = conditions_on(site.record, site.day)
    says = f"{agreeing(len(said), 'country has', 'countries have')} said what recognition would take"
    meaning = "The latest row that states a condition counts, until the country recognises."
    who = _names(site, said["actor_id"])
    if who:
        yield Number("conditions", number(len(said)), says, meaning, "map", who, said, Cards.condition)


def _sum(total: Total) -> tuple[str, str]:
    """A sum, and in a clause of its own what it leaves out."""
    value, comma, besides = total.amounts().partition(", besides ")
    return value, f"{comma}{besides}"


def _names(site: Site, actor_ids: Iterable[str]) -> dict[str, str]:
    """The names of actors, in their order, by actor_id."""
    named: dict[str, str] = site.record.actors.loc[list(set(actor_ids)), "name"].sort_values().to_dict()
    return named


def _recognitions(site: Site, actor_ids: list[str]) -> pd.DataFrame:
    """The rows by which these actors came to recognise, and have since."""
    known, since = rows.stances(site.record, site.day), _held(site, actor_ids)["level_since"]
    own = known[(known["recognition_level"] == RECOGNITION) & known["actor_id"].isin(actor_ids)]
    return own[own["date_text"] == own["actor_id"].map(since)]


def _withdrawals(site: Site, actor_ids: list[str]) -> pd.DataFrame:
    """The rows by which these actors took their recognition back."""
    known, withdrew = rows.stances(site.record, site.day), _held(site, actor_ids)["withdrew_since"]
    own = known[(known["act"] == WITHDRAWAL) & known["actor_id"].isin(actor_ids)]
    return own[own["date_text"] == own["actor_id"].map(withdrew)]


def _held(site: Site, actor_ids: list[str]) -> pd.DataFrame:
    """The rows that hold, by actor_id."""
    held = stances_on(site.record, site.day)
    return held[held.index.isin(actor_ids)].sort_index()
