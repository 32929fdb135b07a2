"""Addresses that mean harm or make no sense, on every page: named, shown as text, and nothing breaks."""

import random

import pytest

from components.pages.parts.address import KNOWN
from tests.conftest import SMALL
from tests.fuzzing import DATES, TEXTS
from tests.pages import PAGES, Open, headlines, words

NUL, LONG, SCRIPT = "\0", "x" * 5_000, "<script>alert(1)</script>[x](javascript:alert(1)) :red[x] $x$"
VALUES = [SCRIPT, "", "9" * 400, LONG + "\u202e", "2020-02-30", "AAA" + NUL]
# What each page asks for by a list or a day: a value that is neither is named above the page.
NAMED = {
    "map": ["shape", "colour", "zoom"],
    "matrix": ["view", "group", "sort"],
    "funds": ["unit"],
    "changes": ["since", "until", "kind"],
    "data": ["table"],
}


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("page", PAGES)
def test_one_hostile_value_for_every_parameter(page: str, value: str, open_page: Open) -> None:
    app = open_page(page, SMALL, **dict.fromkeys(sorted(KNOWN), value))
    assert not app.exception
    shown = words(app)
    assert len(headlines(app)) == 1
    assert "<script>" not in shown and "](javascript" not in shown and ":red[" not in shown
    assert len(app.warning) <= 1  # however much is wrong
    if value == SCRIPT:
        (notice,) = app.warning
        assert "ignored" in notice.value
        for name in NAMED.get(page, []):
            alone = open_page(page, SMALL, **{name: value})
            assert f"asks for {name} “" in alone.warning[0].value, name


@pytest.mark.parametrize("page", PAGES)
def test_random_addresses(page: str, open_page: Open) -> None:
    dice = random.Random(page)  # noqa: S311 - to be repeated, not to be secret
    codes = ["AAA", "BBB", "Europe", "opposed", "history", "tiles", "film", "region", "name", "true", "CLUB", "funds"]
    labels = ["Opposed", "Time", "Tiles", "Play", "Region", "Name", "Stance and lever", "Alphaland", "World", "Flow"]
    pool = [*codes * 4, *labels * 2, *TEXTS, *DATES, "opposed,engaging", "AAA,BBB,CCC,BNK,AAA"]
    for _ in range(4):
        names = dice.sample([*sorted(KNOWN), "x", "", "a b", "<b>", "__proto__"], dice.randint(1, 8))
        parameters: dict[str, str | list[str]] = {
            name: dice.choice(pool) if dice.random() < 0.8 else dice.choices(pool, k=3) for name in names
        }
        app = open_page(page, SMALL, **parameters)
        assert not app.exception, parameters


def test_an_unknown_parameter_is_named(open_page: Open) -> None:
    app = open_page("map", SMALL, **{SCRIPT: "1"})
    assert "which no page knows" in app.warning[0].value
    assert "<script>" not in app.warning[0].value
