"""Names of actors: two never have one, however it is written."""

import re

import pytest

from components.record.reading import read
from tests.conftest import Change
from tests.folders import problems

NAMES = [
    ("name", "Alphaland", r"actors.csv:4:name: “Alphaland” is the name of AAA in line 3 too; allowed: a name that no"),
    ("name", "ALPHA LAND", r"actors.csv:4:name: “ALPHA LAND” is the name of AAA in line 3 too"),
    ("name", "Alpha", r"actors.csv:3:aliases: “Alpha” is the name of BBB in line 4; .*; remove it, or rename"),
    ("name", "land of\u00a0a", r"actors.csv:3:aliases: “Land of A” is the name of BBB in line 4"),
    ("aliases", "Beta;alphaland", r"actors.csv:4:aliases: “alphaland” is the name of AAA in line 3"),
    ("aliases", "The bank", r"actors.csv:4:aliases: “The bank” is the name of BNK in line 6"),
]
# Two ways to write one name: composed and decomposed letters, apostrophes, and signs of the full width.
SAME = [
    ("Côte d'Ivoire", "Co\u0302te d’Ivoire"),
    ("Türkiye", "TU\u0308RKIYE"),
    ("Ｂｅｔａ", "Beta"),
    ("Großland", "GROSSLAND"),
]


@pytest.mark.parametrize(("column", "value", "message"), NAMES)
def test_a_name_of_two_actors_is_named(change: Change, column: str, value: str, message: str) -> None:
    assert re.search(message, problems(change("actors", "BBB", column, value)))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_written_in_two_ways_is_one_name(change: Change, one: str, other: str) -> None:
    change("actors", "AAA", "name", one)
    found = problems(change("actors", "BBB", "name", other))
    assert f"actors.csv:4:name: “{other}” is the name of AAA in line 3 too" in found


def test_actors_may_share_an_alias_and_repeat_their_own_name(change: Change) -> None:
    change("actors", "BBB", "aliases", "Alpha;Beta land")
    assert list(read(change("actors", "CCC", "name", "Gamma")).actors["name"])[2:4] == ["Betaland", "Gamma"]
