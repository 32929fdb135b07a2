"""What is looked for is found however it is spelled, in tables, in lists and in addresses."""

import unicodedata
from collections.abc import Iterator

import pytest

from components.pages.parts.parameter import understood
from components.record.folding import findable, folded
from components.record.model import Record
from components.record.reading import read
from components.summaries.tables import as_written, containing, matching
from tests.conftest import Change

NAMES = [
    "Côte d'Ivoire",
    "Türkiye",
    "São Tomé and Príncipe",
    "Łódź",
    "Søren’s",
    "Đà Nẵng",
    "İstanbul",
    "Œuvre",
    "Åland",
]


def spellings(name: str) -> Iterator[str]:
    """Ways in which a reader or another record may write a name."""
    for form in ("NFC", "NFD"):
        yield unicodedata.normalize(form, name)
    yield name.replace("'", "’").upper()
    yield name.replace("’", "ʼ").lower()
    yield name.replace("'", "`")
    yield folded(name)


@pytest.mark.parametrize("name", NAMES)
def test_all_spellings_of_a_name_are_one(name: str) -> None:
    assert {folded(spelling) for spelling in spellings(name)} == {folded(name)}
    assert folded(name).isascii()
    for spelling in spellings(name):
        assert understood([spelling], {"x": name}) == (["x"], [])


def offers(option: str, typed: str) -> bool:
    """Whether a list of Streamlit's offers an option for what is typed: it has all of its signs in their order."""
    signs = iter(option.lower())
    return all(sign in signs for sign in typed.lower())


@pytest.mark.parametrize("name", NAMES)
def test_a_list_offers_a_name_for_all_spellings(name: str) -> None:
    assert offers(findable(name), folded(name))
    assert offers(findable(unicodedata.normalize("NFD", name)), folded(name))
    assert offers(findable(name), findable(name).split(" · ")[0])


def test_a_name_in_a_list_looks_as_it_is_written() -> None:
    for name in ("Pakistan", "Côte d'Ivoire", "Türkiye · Turkey"):
        assert unicodedata.normalize("NFC", findable(name)) == name


def test_rows_are_found_however_a_name_is_spelled(shipped: Record) -> None:
    stances = as_written(shipped, next(table for table in shipped.tables if table.name == "stances"))
    for name in ("Côte d'Ivoire", "Türkiye"):
        counts = {len(matching(shipped, stances, spelling)) for spelling in spellings(name)}
        assert len(counts) == 1
        assert counts.pop() > 0
    assert len(matching(shipped, stances, "women’s")) == len(matching(shipped, stances, "women's")) > 0


def test_a_record_in_decomposed_letters_is_searched_like_any_other(change: Change) -> None:
    record = read(change("actors", "AAA", "name", unicodedata.normalize("NFD", "Côte d’Alpha")))
    assert containing(record.actors[["name"]], "cote d'alpha").sum() == 1
    assert containing(record.actors[["name"]], "CÔTE D’ALPHA").sum() == 1
