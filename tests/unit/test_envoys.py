"""Who accepts which envoy and who keeps which: by name and since when, and blank is not “none”."""

import datetime as dt

import pytest

from components.publish.envoys import envoys_line, envoys_section
from components.record.model import Record
from components.summaries.countries import overview
from components.summaries.envoys import RECEIVED, SENT, envoys_on, highest, not_researched, tells_envoys
from components.summaries.standing import standings_on
from tests.random_records import END, record_of, stance_row

HOST = ("ambassador", "supportive", "ambassador")
DEALS = ("charge", "engaging", "charge")
SENDS = ("ambassador", "engaging", "ambassador")
STAYS = ("mission_opened", "engaging", "presence")
MET = ("visit", "engaging", "contact")
THEM = "the council"


@pytest.fixture(scope="module")
def envoys() -> Record:
    """AAA accepts a chargé, then an ambassador; BBB keeps one alone; CCC has staff; DDD is blank; a body has staff."""
    return record_of(
        [
            stance_row("AAA", "2020-02", DEALS, envoy_received="charge", envoy_sent="none"),
            stance_row("AAA", "2020-06-15", HOST, envoy_received="ambassador", envoy_sent="charge"),
            stance_row("AAA", "2020-07-01", ("visit", *HOST[1:]), envoy_received="ambassador", envoy_sent="charge"),
            stance_row("BBB", "2020-03-01", SENDS, envoy_received="none", envoy_sent="ambassador"),
            stance_row("CCC", "2020-03-02", DEALS, envoy_received="staff"),
            stance_row("DDD", "2020-03-02", MET),
            stance_row("BNK", "2020-03-02", STAYS, envoy_sent="staff"),
        ]
    )


def names(record: Record, day: dt.date, side: str, rank: str) -> list[tuple[str, str]]:
    group = envoys_on(record, day, {"received": RECEIVED, "sent": SENT}[side])[rank]
    return [(envoy.actor_id, envoy.since) for envoy in (*group.countries, *group.bodies)]


@pytest.mark.parametrize(
    ("day", "side", "rank", "who"),
    [
        ("2020-12-31", "received", "ambassador", [("AAA", "2020-06-15")]),
        ("2020-12-31", "received", "charge", []),
        ("2020-06-14", "received", "charge", [("AAA", "2020-02")]),
        ("2020-12-31", "sent", "ambassador", [("BBB", "2020-03-01")]),
        ("2020-12-31", "sent", "charge", [("AAA", "2020-06-15")]),
        ("2020-12-31", "sent", "staff", [("BNK", "2020-03-02")]),
        ("2020-12-31", "received", "staff", [("CCC", "2020-03-02")]),
        ("2020-12-31", "received", "none", [("BBB", "")]),
        ("2020-01-01", "received", "ambassador", []),
    ],
)
def test_each_rank_of_each_direction_has_its_own_names_and_dates(
    envoys: Record, day: str, side: str, rank: str, who: list[tuple[str, str]]
) -> None:
    assert names(envoys, dt.date.fromisoformat(day), side, rank) == who


def test_who_was_not_researched_is_nowhere_and_is_said(envoys: Record) -> None:
    for side in (RECEIVED, SENT):
        listed = [e.actor_id for group in envoys_on(envoys, END, side).values() for e in group.countries]
        assert "DDD" not in listed
    assert not_researched(envoys, END) == (
        "Not researched: whether 1 of 4 accept one and whether 2 of 4 keep one. That is not “no envoy”."
    )
    assert not_researched(envoys, END, {"AAA", "BBB"}) == ""


def test_names_come_first_and_nobody_is_said_too(envoys: Record) -> None:
    accept, keep = highest(envoys, END)
    assert accept.in_words(THEM, 3) == "Accepts an ambassador of the council: Land AAA"
    assert keep.in_words(THEM, 3) == "Keeps an ambassador with the council: Land BBB"
    nobody, _ = highest(envoys, END, {"BBB", "DDD"})
    assert nobody.in_words(THEM, 3) == "No country on record accepts an ambassador of the council"


def test_filters_say_that_they_leave_some_out(envoys: Record) -> None:
    assert "Accepts an ambassador of the council: Land AAA." in envoys_line(envoys, END, "#envoys")
    some = envoys_line(envoys, END, "#envoys", {"BBB"})
    assert "Among those shown, no country on record accepts an ambassador" in some


def test_the_section_names_all_with_dates_and_leads_to_their_pages(envoys: Record) -> None:
    html = envoys_section(envoys, END, lambda actor_id: f"to-{actor_id}" if actor_id != "CCC" else "")
    assert '<a href="to-AAA" target="_self">Land AAA</a> <small>since 15 June 2020</small>' in html
    assert "Land CCC <small>since 2 March 2020</small>" in html and "to-CCC" not in html
    assert "Bodies, not counted: " in html and "Land DDD" not in html


def test_one_actor_has_both_directions_each_with_its_own_date(envoys: Record) -> None:
    told = {actor_id: now.envoys_in_words() for actor_id, now in standings_on(envoys, END).items()}
    assert told == {
        "AAA": "Accepts: ambassador since 15 June 2020; keeps: chargé since 15 June 2020",
        "BBB": "Accepts: no envoy; keeps: ambassador since 1 March 2020",
        "CCC": "Accepts: staff since 2 March 2020",
        "DDD": "",
        "BNK": "Keeps: staff since 2 March 2020",
    }


def test_the_list_of_all_has_a_column_for_each_direction(envoys: Record) -> None:
    frame = overview(envoys, END, None)
    assert frame.loc["AAA", ["Accepts", "Keeps"]].tolist() == ["Ambassador", "Chargé"]
    assert frame.loc["DDD", ["Accepts", "Keeps"]].tolist() == ["", ""]


def test_a_record_that_tells_no_envoys_says_nothing_of_them(small: Record) -> None:
    assert not tells_envoys(small) and not highest(small, END)
    assert not envoys_line(small, END, "#envoys") and not envoys_section(small, END, str)
    assert not any(now.envoys_in_words() for now in standings_on(small, END).values())
    assert "Accepts" not in overview(small, END, None)


def test_a_name_is_text() -> None:
    row = stance_row("AAA", "2020-06-15", HOST, envoy_received="ambassador")
    record = record_of([row], names={"AAA": "<b>Al</b>"})
    for html in (envoys_line(record, END, "#envoys"), envoys_section(record, END, str)):
        assert "&lt;b&gt;Al" in html and "<b>Al" not in html
