"""The closed lists of a subject: what its tracker states, beside what is shipped."""

from collections.abc import Callable
from pathlib import Path

import pytest

from components.publish.picture import picture_of
from components.record import vocabulary
from components.record.codebook import codebook
from components.record.model import Record
from components.record.reading import read
from components.record.schema import tables_of
from components.record.words import words_of
from tests.folders import problems

STATED = """
[levels]
charge = "Envoy: Somebody below an ambassador."
[acts]
deal = "Deal: Something signed."
[conditions]
normal = "Normal relations: After an agreement."
[levers.diplomacy]
seat = "Seat: Votes on a seat."
[levers.sport]
games = "Games"
"""
Change = Callable[[str, str, str, str], Path]


def stated(folder: Path, text: str, head: str = "") -> Path:
    path = folder / "tracker.toml"
    path.write_text(f"{head}{path.read_text('utf-8')}{text}", "utf-8")
    return folder


def test_what_is_not_stated_is_as_shipped(small: Record) -> None:
    words = small.words
    assert words.acts == vocabulary.ACTS
    assert words.levers == vocabulary.LEVERS
    assert words.stance_tree == vocabulary.STANCE_TREES["government"]
    assert words.stances["opposed"].definition == "Against."


def test_a_stated_list_is_the_subjects_and_shipped_codes_in_use_stay(folder: Path) -> None:
    words = read(stated(folder, STATED)).words
    used = set(read(folder).stances["act"])
    assert next(iter(words.acts)) == "deal"
    assert used <= set(words.acts)
    assert "listing" not in words.acts
    assert "recognition" in words.acts, "the rules speak of it"
    assert words.conditions["normal"].label == "Normal relations"
    assert words.levels["charge"].label == "Envoy"
    assert list(words.levels) == list(vocabulary.LEVELS)
    assert [code for code, term in words.levers.items() if term.group == "diplomacy"] == ["seat"]
    assert words.lever_families["sport"].label == "Sport"
    assert words.levers["aid"] == vocabulary.LEVERS["aid"]


def test_own_codes_are_allowed_in_the_tables_and_shipped_ones_stay_so(folder: Path, change: Change) -> None:
    stated(folder, STATED)
    change("stances", "AAA-2020-03", "act", "listing")
    assert read(folder).words.acts["listing"] == vocabulary.ACTS["listing"]
    change("stances", "AAA-2020-03", "act", "deal")
    assert read(folder).words.acts["deal"].definition == "Something signed."
    assert "“deal”" not in problems(change("stances", "AAA-2020-03", "act", "dael"))
    assert "“dael”" in problems(folder)


def test_codebook_and_tables_follow(folder: Path) -> None:
    words = read(stated(folder, STATED, 'recognises = "state"\n')).words
    text = codebook(words)
    assert "| `games` | Games | sport:  |" in text
    assert "`international_consensus`" not in text
    assert vocabulary.STANCE_TREES["state"]["opposed"] in text
    lists = {column.name: column.terms for column in tables_of(words)["stances"].columns}
    assert lists["act"] == words.acts
    assert words.of_what == "Recognition is of a state, not of its government."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[conditions]\nnormal = 3\n", "conditions: “{'normal': 3}”; allowed: a table of texts"),
        ('[conditions]\nNormal = "N"\n', "conditions: “Normal”; allowed: a code of small letters"),
        ('[conditions]\nnormal = ""\n', "conditions: “normal” has no label"),
        ('[levels]\nfoo = "Foo"\n', "levels: “foo”; allowed: none, contact"),
        ('[acts]\none = "A"\ntwo = "a"\n', "acts: “a” is the label of two codes"),
        (f'[acts]\none = "{"A" * 31}"\n', "acts: a label of 31 letters"),
        ('[levers]\nmoney = "x"\n', "levers.money: “x”; allowed: a table of texts"),
        ('[levers.money]\nveto = "Veto"\n', "levers.money: “veto”; allowed: each code in one family"),
        ('[levers.money]\na = "A"\n[levers.law]\na = "B"\n', "levers.law: “a”; allowed: each code in one family"),
        ('[levers.money]\nmoney = "Money"\n', "levers.money: “money” is a family"),
        ('[levers.money]\na = "A: =1+1"\n', "levers.money: “=1+1” begins like a formula"),
        ("[money]\nplan = 3\n", "money: “{'plan': 3}”; allowed: a table of texts"),
        ('[money]\nplans = "Budgets"\nbudget = "Budget"\n', "money: “budget”; allowed: plan, plans, "),
        ('[money]\nplan = "=1+1"\n', "“money”: “=1+1” reads as a formula"),
    ],
)
def test_a_list_that_cannot_be_used_is_told(folder: Path, text: str, said: str) -> None:
    assert f"tracker.toml:1:{said}" in problems(stated(folder, text))


def test_money_has_the_names_of_the_subject(folder: Path, shipped: Record) -> None:
    record = read(stated(folder, '[money]\nplan = "yearly budget"\nplans = "Budgets"\nledger = ""\n'))
    day = record.tracker.data_until
    assert record.words.money["ledger"] == vocabulary.MONEY["ledger"].label
    plans = picture_of(record, "plans", day)
    assert plans.label == "Budgets"
    assert plans.subtitle == "What each year’s yearly budget required and received, US dollars"
    assert picture_of(record, "pool_flow", day).label == "Where the money went"
    assert "| `plan` | yearly budget |" in codebook(record.words)
    assert picture_of(shipped, "pool_flow", day).alt.startswith("Where the reserves went. ")


@pytest.mark.parametrize("head", ['recognises = "states"\n', "recognises = [1]\n"])
def test_recognition_is_of_a_government_or_a_state(folder: Path, head: str) -> None:
    assert "allowed: government, state" in problems(stated(folder, "", head))


@pytest.mark.parametrize("head", ['neighbours = "NEAR"\n', "neighbours = [1]\n"])
def test_the_bloc_of_neighbours_is_one_of_the_blocs(folder: Path, head: str) -> None:
    assert "is no bloc; allowed: one of CLUB" in problems(stated(folder, "", head))


def test_what_is_stated_wrongly_counts_for_nothing() -> None:
    wrong = {"recognises": ["state"], "acts": "x", "levers": {"money": 3}, "levels": {"none": 3}, "stances": 3}
    assert words_of(wrong).levels == vocabulary.LEVELS
    assert words_of(wrong).recognises == "government"


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Deal", "deal"), ("UN decision", "UN decision"), ("Agreement with Serbia", "agreement with Serbia"), ("X", "x")],
)
def test_a_label_inside_a_sentence_keeps_names_and_initials(label: str, inside: str) -> None:
    assert vocabulary.Term("code", label, "").lowered == inside
