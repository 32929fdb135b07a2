"""Rules of the closed lists that tracker.toml states, and of what else it says about its subject in a word."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from components.record.check.cells import unsafe
from components.record.check.problems import listed, quoted
from components.record.schema import TRACKER_NEIGHBOURS, TRACKER_RECOGNISES
from components.record.vocabulary import ACTS, CONDITIONS, LEVELS, LEVER_FAMILIES, LEVERS, MONEY, RECOGNISES, Terms
from components.record.words import LABEL_END, term_of

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
LONGEST_LABEL = 30  # letters that the head of a column has room for
FORM = f'`code = "Label{LABEL_END}what it means."`'
SHIPPED: Mapping[str, Terms] = {
    "levels": LEVELS,
    "acts": ACTS,
    "conditions": CONDITIONS,
    "lever_families": LEVER_FAMILIES,
}

Fault = tuple[str, str, str, str]


def faults_of_words(tracker: Mapping[str, Any]) -> Iterator[Fault]:
    """Key, what is found, what is allowed and what to do, for all that the tracker says of its subject's words."""
    recognises, near = tracker.get(TRACKER_RECOGNISES, "state"), tracker.get(TRACKER_NEIGHBOURS)
    if not isinstance(recognises, str) or recognises not in RECOGNISES:
        yield TRACKER_RECOGNISES, quoted(str(recognises)), listed(RECOGNISES), "use one of the two, or remove the key"
    blocs = tracker.get("blocs")
    if near is not None and isinstance(blocs, dict) and (not isinstance(near, str) or near not in blocs):
        remedy = "mend it, or add the bloc to `[blocs]`"
        yield TRACKER_NEIGHBOURS, f"{quoted(str(near))} is no bloc", f"one of {listed(blocs, 30)}", remedy
    for key, shipped in SHIPPED.items():
        if key in tracker:
            yield from _list_faults(key, tracker[key], shipped, only_shipped=key == "levels")
    if "levers" in tracker:
        yield from _lever_faults(tracker["levers"])
    yield from _money_faults(tracker.get("money", {}))


def _money_faults(stated: object) -> Iterator[Fault]:
    if not isinstance(stated, dict) or not all(isinstance(text, str) for text in stated.values()):
        yield "money", quoted(str(stated)), 'a table of texts, `code = "Name"`', "mend it, or remove the table"
        return
    for code in stated:
        if code not in MONEY:
            yield "money", quoted(code), listed(MONEY, len(MONEY)), "use one of these codes, or remove it"


def _lever_faults(stated: object) -> Iterator[Fault]:
    if not isinstance(stated, dict):
        yield "levers", quoted(str(stated)), "a table for each family, such as `[levers.money]`", "mend it"
        return
    families: dict[str, str] = {}
    for family, table in stated.items():
        if not CODE.fullmatch(family):
            yield "levers", quoted(family), "small letters, digits and `_`", "rename the family"
        yield from _list_faults(f"levers.{family}", table, LEVERS)
        for code in table if isinstance(table, dict) else ():
            known = families.setdefault(code, family)
            shipped = LEVERS[code].group if code in LEVERS else family
            if known != family or shipped != family:
                other = known if known != family else shipped
                allowed = f"each code in one family, a shipped one in its own ({quoted(other)})"
                yield f"levers.{family}", quoted(code), allowed, "remove it there, or give it another code"
            if code in {**LEVER_FAMILIES, **stated}:
                yield f"levers.{family}", f"{quoted(code)} is a family", "another code than its own", "rename it"


def _list_faults(key: str, stated: object, shipped: Terms, *, only_shipped: bool = False) -> Iterator[Fault]:
    if not isinstance(stated, dict) or not all(isinstance(text, str) for text in stated.values()):
        yield key, quoted(str(stated)), f"a table of texts, {FORM}", "mend it, or remove the table"
        return
    labels: dict[str, str] = {}
    for code, text in stated.items():
        if not CODE.fullmatch(code):
            yield key, quoted(code), "a code of small letters, digits and `_`, beginning with a letter", "rename it"
        if only_shipped and code not in shipped:
            yield key, quoted(code), listed(shipped, 30), "use one of these codes: the ladder is the same for all"
        elif code not in shipped and not text.partition(LABEL_END)[0].strip():
            yield key, f"{quoted(code)} has no label", FORM, "write what it is called"
        term = term_of(code, text, shipped.get(code))
        yield from ((key, *fault) for fault in unsafe(term.definition))
        label = term.label
        if len(label) > LONGEST_LABEL:
            yield key, f"a label of {len(label)} letters, {quoted(label)}", f"at most {LONGEST_LABEL}", "shorten it"
        if labels.setdefault(label.casefold(), code) != code:
            yield key, f"{quoted(label)} is the label of two codes", "each label once", "reword one of them"
