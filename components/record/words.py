"""The closed lists of one subject: the shipped ones, and what tracker.toml states in their place.

Belongs here: how a stated list and a shipped one become the list of a record. Does not belong here: the shipped lists
(vocabulary), and what is wrong with a stated one (check).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from components.record import vocabulary
from components.record.vocabulary import Term, Terms

LABEL_END = ": "  # between the label of a code and what it means
# Acts that the rules speak of: every record may need them.
ALWAYS_ACTS = ("recognition", "withdrawal", "statement", "joint_statement", "review")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of a subject, each in the order in which it is shown.

    `recognises` says of what recognition is, a code of `vocabulary.RECOGNISES`; `stance_tree` how a stance is chosen;
    `stances` have the definitions that the subject gives them; `money` are the names of `vocabulary.MONEY`, by code.
    """

    recognises: str
    stances: Terms
    stance_tree: Mapping[str, str]
    levels: Terms
    acts: Terms
    conditions: Terms
    lever_families: Terms
    levers: Terms
    money: Mapping[str, str]

    @property
    def of_what(self) -> str:
        """The sentence that says of what recognition is."""
        return vocabulary.RECOGNISES[self.recognises].definition


def words_of(tracker: Mapping[str, Any], used: Mapping[str, Collection[str]] | None = None) -> Words:
    """The lists of a subject from what tracker.toml states; what it states wrongly is taken for not stated.

    A list that is stated is the subject's. Beside it stay the shipped codes that are `used`, by the column that they
    stand in: all of them where that is not known, as they are allowed in every record.
    """

    def beside(column: str, always: Collection[str] = ()) -> Callable[[str], bool]:
        return lambda code: used is None or code in always or code in used.get(column, ())

    recognises = str(tracker.get("recognises") or vocabulary.GOVERNMENT)
    recognises = recognises if recognises in vocabulary.RECOGNISES else vocabulary.GOVERNMENT
    levers, families = _levers(tracker, beside("lever"))
    defined, money = _texts(tracker, "stances"), _texts(tracker, "money")
    stances = vocabulary.STANCES.items()
    return Words(
        recognises,
        {code: replace(term, definition=defined.get(code) or term.definition) for code, term in stances},
        vocabulary.STANCE_TREES[recognises],
        _relabelled(vocabulary.LEVELS, _texts(tracker, "levels")),
        _listed(vocabulary.ACTS, tracker, "acts", beside("act", ALWAYS_ACTS)),
        _listed(vocabulary.CONDITIONS, tracker, "conditions", beside("condition")),
        families,
        levers,
        {code: money.get(code) or term.label for code, term in vocabulary.MONEY.items()},
    )


def term_of(code: str, text: str, shipped: Term | None = None, group: str = "") -> Term:
    """A code with what a tracker states of it: `Label: what it means.`, the label alone, or "" for what is shipped."""
    label, _, definition = text.partition(LABEL_END)
    known = shipped or Term(code, code.replace("_", " ").capitalize(), "")
    label, definition = label.strip() or known.label, definition.strip() or known.definition
    return replace(known, label=label, definition=definition, group=group or known.group)


def _levers(tracker: Mapping[str, Any], stays: Callable[[str], bool]) -> tuple[Terms, Terms]:
    """The levers of a subject by family, and the families that have any."""
    stated = {family: _texts(tracker, "levers", family) for family in table_at(tracker, "levers")}
    shipped = vocabulary.LEVERS
    named = _texts(tracker, "lever_families")
    families = {code: named.get(code, "") for code in {**vocabulary.LEVER_FAMILIES, **named, **stated}}
    levers: dict[str, Term] = {}
    for family in families:
        own = [code for code, term in shipped.items() if term.group == family]
        listed = stated.get(family, dict.fromkeys(own, ""))
        levers |= {code: term_of(code, text, shipped.get(code), group=family) for code, text in listed.items()}
        levers |= {code: shipped[code] for code in own if code not in levers and stays(code)}
    held = {term.group for term in levers.values()}
    known = vocabulary.LEVER_FAMILIES
    return levers, {code: term_of(code, text, known.get(code)) for code, text in families.items() if code in held}


def _listed(shipped: Terms, tracker: Mapping[str, Any], key: str, stays: Callable[[str], bool]) -> Terms:
    if key not in tracker:
        return shipped
    own = {code: term_of(code, text, shipped.get(code)) for code, text in _texts(tracker, key).items()}
    return {**own, **{code: term for code, term in shipped.items() if code not in own and stays(code)}}


def _relabelled(shipped: Terms, texts: Mapping[str, str]) -> Terms:
    return {code: term_of(code, texts.get(code, ""), term) for code, term in shipped.items()}


def table_at(tracker: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """A table of the tracker by the names that lead to it; without an entry where there is none, or something else."""
    table: Any = tracker
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _texts(tracker: Mapping[str, Any], *keys: str) -> dict[str, str]:
    """A table of texts of the tracker, without what is none."""
    return {code: text for code, text in table_at(tracker, *keys).items() if isinstance(text, str)}
