"""A card says all that its row says, links only to the web and to its own places, and lets no cell become markup."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from jinja2 import UndefinedError

from components.publish import rows
from components.publish.cards import Cards, References
from components.publish.templates import render, web_address
from components.record.model import Record
from components.summaries.conditions import conditions_on
from tests.hostile import ALL, PAYLOADS, SHORT

END = dt.date(2020, 12, 31)
TEXT = {
    "actors": {"name": SHORT},
    "stances": {"summary": ALL},
    "levers": {"summary": ALL},
    "funds": {"summary": ALL, "channel": SHORT, "terms": ALL},
    "sources": {"title": ALL, "publisher": SHORT},
}


def words(card: str) -> str:
    """What a reader sees, line by line; a card is well formed by the rules of XML too."""
    return "\n".join("".join(line.itertext()) for line in ElementTree.fromstring(card))  # noqa: S314 - our own


def links(card: str) -> list[str]:
    return [link.get("href", "") for link in ElementTree.fromstring(card).iter("a")]  # noqa: S314 - our own


def row_of(frame: pd.DataFrame, row_id: str, key: str = "id") -> Any:
    return next(row for row in rows.of(frame) if getattr(row, key) == row_id)


@pytest.fixture
def cards(small: Record) -> Cards:
    return Cards(small, END)


@pytest.fixture
def linked(small: Record) -> Cards:
    return Cards(small, END, lambda actor: f"at/{actor}", lambda actor, row: f"at/{actor}#{row}")


def every(cards: Cards) -> list[str]:
    """A card of each row of a record, and of its changes and conditions."""
    record, day = cards.record, cards.day
    before = record.tracker.start - dt.timedelta(days=1)
    frames: list[tuple[pd.DataFrame, Callable[[Any], str]]] = [
        (rows.stances(record, day), cards.stance),
        (rows.levers(record, day), cards.lever),
        (rows.money(record, day), cards.sum),
        (rows.changes(record, before, day), cards.change),
        (conditions_on(record, day), cards.condition),
    ]
    made = [draw(row) for frame, draw in frames for row in rows.of(frame)]
    assert len(made) > 30
    return made


def test_a_stance_says_act_stance_level_confidence_sources_row_and_check(small: Record, cards: Cards) -> None:
    known = rows.stances(small, END)
    assert words(cards.stance(row_of(known, "AAA-2020-01-10"))) == (
        "Alphaland · 10 January 2020 · Statement\nThe minister refused.\nAsks for: women's rights\n"
        "○ Opposed · No contact · Medium confidence · The Paper, 11 January 2020 · row AAA-2020-01-10, "
        "checked 1 February 2020"
    )
    assert words(cards.stance(row_of(known, "AAA-2020-06-01b"))).endswith(
        "● Supportive · Recognition · High confidence · Government of Alphaland, 1 June 2020 · row AAA-2020-06-01b, "
        "checked 2 June 2020"
    )


def test_stance_and_level_that_began_with_earlier_rows_have_each_its_own_date(shipped: Record) -> None:
    day = shipped.tracker.data_until
    row = rows.of(rows.stances(shipped, day, "CHN"))[0]
    assert row.stance_since == "2021-09-23"
    assert row.level_since == "2023-09-13"
    said = "● Supportive since 23 September 2021 · Ambassador since 13 September 2023 · "
    assert said in words(Cards(shipped, day).stance(row))


def test_a_stance_that_was_taken_back_on_its_day_says_so(small: Record) -> None:
    taken_back = small.stances["id"] == "AAA-2020-06-01b"
    record = replace(small, stances=small.stances.assign(change=small.stances["change"].mask(taken_back, "correction")))
    row = row_of(rows.stances(record, END), "AAA-2020-06-01")
    assert "\n● Supportive · Recognition, since corrected · High confidence" in words(Cards(record, END).stance(row))


def test_a_lever_says_its_direction_and_until_when_it_was_held(small: Record, cards: Cards) -> None:
    known = rows.levers(small, END)
    assert words(cards.lever(row_of(known, "AAA-aid-2020-01-10"))) == (
        "Alphaland · ■ Aid · pressure · since 10 January 2020 until 1 June 2020\nAid was stopped.\n"
        "Medium confidence · The Paper, 11 January 2020 · row AAA-aid-2020-01-10, checked 2 June 2020"
    )
    assert words(cards.lever(row_of(known, "BNK-reserves-2019"))).startswith(
        "The Bank · ■ Reserves · pressure · since 2019\n"
    )
    before = dt.date(2020, 5, 31)
    held = row_of(rows.levers(small, before), "AAA-aid-2020-01-10")
    assert "since 10 January 2020\n" in words(Cards(small, before).lever(held))


def test_a_sum_says_its_state_its_terms_and_what_it_is_to_other_sums(small: Record, cards: Cards) -> None:
    known = rows.money(small, END)
    assert words(cards.sum(row_of(known, "BNK-in_trust-2020-05-01"))) == (
        "The Bank · $420 in trust · since 1 May 2020\nThe trust grew by interest.\n"
        "Trust · Managed · part of a larger sum · new reading\n"
        "High confidence · Government of Alphaland, 1 June 2020 · row BNK-in_trust-2020-05-01"
    )
    earlier = row_of(known, "BNK-in_trust-2020-03-01")
    notes = "\nTrust · Managed · part of a larger sum"
    assert f"{notes} · replaced by another reading\n" in words(cards.sum(earlier))
    assert f"{notes}\n" in words(Cards(small, dt.date(2020, 4, 30)).sum(earlier)), "not replaced yet"
    paid = words(cards.sum(row_of(known, "AAA-disbursed-2020-09-01")))
    assert paid.startswith("Alphaland · $120 disbursed · 1 September 2020\nAlphaland paid.\npart of a larger sum\n")


def test_a_sum_has_an_end_once_it_has_ended(small: Record, cards: Cards) -> None:
    row = row_of(rows.money(small, END), "AAA-suspended-2020-01-10")
    began = "Alphaland · €50 (no dollar figure) suspended · since 10 January 2020"
    assert words(cards.sum(row)).startswith(f"{began} until 1 June 2020\n")
    assert words(Cards(small, dt.date(2020, 5, 31)).sum(row)).startswith(f"{began}\n")


def test_a_change_and_a_condition_say_whose_and_when(small: Record, cards: Cards) -> None:
    changes = rows.changes(small, dt.date(2019, 12, 31), END)
    assert words(cards.change(row_of(changes, "AAA-2020-03", "row_id"))) == (
        "Alphaland · March 2020\nTalks: ○ Opposed → ◐ Engaging, level no contact → contact\nEnvoys met.\n"
        "The Paper, 11 January 2020 · The Other Paper · row AAA-2020-03"
    )
    day = dt.date(2020, 3, 31)
    assert words(cards.condition(row_of(conditions_on(small, day), "AAA-2020-01-10", "row_id"))) == (
        "Alphaland · 10 January 2020\nAsks for: women's rights\nThe Paper, 11 January 2020 · row AAA-2020-01-10"
    )


def test_row_and_confidence_of_a_change_stand_behind_cite_where_a_footnote_can_be_made(small: Record) -> None:
    cards = Cards(small, END, footnote=lambda actor_id, row_id, date: f"{actor_id}, {date}, row {row_id}")
    changes = rows.changes(small, dt.date(2019, 12, 31), END)
    shown, folded = cards.change(row_of(changes, "AAA-2020-03", "row_id")).split("<details")
    assert "AAA-2020-03" not in shown and "onfidence" not in shown
    assert "AAA, 2020-03, row AAA-2020-03" in folded and "High confidence" in folded
    condition = row_of(conditions_on(small, dt.date(2020, 3, 31)), "AAA-2020-01-10", "row_id")
    shown, folded = cards.condition(condition).split("<details")
    assert "AAA-2020-01-10" not in shown and "row AAA-2020-01-10" in folded
    correction = changes.iloc[0].copy()
    correction["change"], correction["kind"] = "correction", "Correction"
    assert "<details" not in cards.change(correction), "its day is that of the coding"
    assert "Correction" in cards.change(correction)


def test_names_rows_and_sources_are_links(small: Record, linked: Cards) -> None:
    row = row_of(rows.stances(small, END), "AAA-2020-03")
    assert links(linked.stance(row)) == [
        "at/AAA", "https://paper.example/1", "https://other.example/2", "at/AAA#AAA-2020-03",
    ]  # fmt: skip
    home = replace(linked, at_home=True).stance(row)
    assert links(home)[0] == "https://paper.example/1"
    assert words(home).startswith("March 2020 · Talks")
    assert ElementTree.fromstring(home).get("id") == "AAA-2020-03"  # noqa: S314 - our own
    assert ElementTree.fromstring(linked.stance(row)).get("id") is None  # noqa: S314 - our own


def test_sources_are_numbers_where_they_are_listed_elsewhere(small: Record) -> None:
    references = References()
    cards = Cards(small, END, references=references)
    known = rows.stances(small, END)
    assert "· [1] · " in words(cards.stance(row_of(known, "AAA-2020-06-01")))
    assert "· [2, 3] · " in words(cards.stance(row_of(known, "AAA-2020-03")))
    again = cards.stance(row_of(known, "AAA-2020-06-01b"))
    assert "· [1] · " in words(again)
    assert links(again) == ["#source-1"]
    assert references.numbers == {"gov-1": 1, "press-1": 2, "press-2": 3}


def test_a_row_may_be_a_series(small: Record, cards: Cards) -> None:
    known = rows.stances(small, END)
    assert cards.stance(known.iloc[0]) == cards.stance(rows.of(known)[0])


def test_every_card_is_plain_markup(small: Record, shipped: Record) -> None:
    """Such as pages let through: they drop styles, scripts and targets."""
    for record in (small, shipped):
        day = record.tracker.data_until
        for card in every(Cards(record, day, lambda actor: f"?actor={actor}", lambda _, row: f"#{row}", at_home=True)):
            for element in ElementTree.fromstring(card).iter():  # noqa: S314 - our own
                assert element.tag in {"article", "p", "b", "a", "span", "code"}
                assert set(element.attrib) <= {"class", "id", "href", "rel"}
                if element.get("href", "").startswith("http"):
                    assert element.get("rel") == "noopener noreferrer"


def test_no_cell_becomes_markup_and_every_sign_is_shown(small: Record) -> None:
    tables = {name: small.table(name).assign(**cells) for name, cells in TEXT.items()}
    hostile = replace(small, **tables)
    for given in ({}, {"references": References()}, {"at_home": True}):
        plain, harmed = every(Cards(small, END, **given)), every(Cards(hostile, END, **given))
        for card, harmful in zip(plain, harmed, strict=True):
            assert elements(harmful) == elements(card)
        shown = "\n".join(map(words, harmed))
        assert not [payload for payload in PAYLOADS if payload not in shown]


def elements(card: str) -> list[tuple[str, list[str]]]:
    """The elements of a card with their attributes, but for what in a card comes with a text that is not blank."""
    found = ElementTree.fromstring(card).iter()  # noqa: S314 - our own
    return [(element.tag, sorted(element.attrib)) for element in found if element.tag != "p"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript://x.example/%0aalert(1)", "data:text/html,x", "//host.example/x", "file:///etc",
     'https://x.example/" onclick="alert(1)', "https://", "https://x.example/<b>", " https://x.example", ""],
)  # fmt: skip
def test_only_an_address_of_the_web_becomes_a_link(small: Record, url: str) -> None:
    assert not web_address(url)
    record = replace(small, sources=small.sources.assign(url=url, archive_url=url))
    assert not [link for card in every(Cards(record, END)) for link in links(card)]


def test_signs_that_could_end_a_link_are_written_as_codes() -> None:
    assert web_address("https://x.example/a(b)|c?d=é&e") == "https://x.example/a(b)%7Cc?d=%C3%A9&e"


def test_a_template_that_is_given_nothing_for_a_name_says_so() -> None:
    with pytest.raises(UndefinedError, match="'policy' is undefined"):
        render("base.html")
