"""What people come for, from the start page in as few clicks as it takes, in a real Chromium."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from components.record.model import Record
from components.record.on_day import stances_on
from tests.browsing import choose, settled

CLICKS = {"india": 5, "changes": 4, "oic": 6, "europe": 7}


class Reader:
    """Counts each click, key or typed field as one step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def click(self, role: str, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self._did()

    def unfold(self, words: str) -> None:
        self.page.get_by_text(words, exact=True).click()
        self._did()

    def choose(self, label: str, words: str) -> None:
        choose(self.page, label, words)
        self._did()

    def type_day(self, label: str, day: str) -> None:
        group = self.page.locator('[data-testid="stDateInput"]').filter(has_text=label)
        group.locator("[role=spinbutton]").first.click()
        self.page.keyboard.type(day.replace("-", ""))
        self.page.locator("h1").click()
        self._did()

    def _did(self) -> None:
        self.steps += 1
        settled(self.page)


@pytest.fixture
def reader(page: Page, server: str) -> Reader:
    """A reader before the start page."""
    page.goto(server)
    settled(page)
    return Reader(page)


def test_where_india_stood_in_march_2023_and_how_to_cite_it(reader: Reader, page: Page, shipped: Record) -> None:
    reader.choose("Country or body", "India")
    reader.type_day("As of", "2023-03-15")
    expect(page.locator("h1")).to_contain_text("15 March 2023")
    reader.click("link", "All of its history")
    expect(page.locator("h1")).to_contain_text("India: engaging since")
    expect(page.locator("h1")).to_contain_text("15 March 2023")
    page.locator(".cite summary").first.click()
    row = stances_on(shipped, dt.date(2023, 3, 15)).at["IND", "id"]
    expect(page.locator(".cite").filter(has_text=f"row {row}")).to_be_visible()
    assert reader.steps <= CLICKS["india"]


def test_what_changed_in_2025(reader: Reader, page: Page) -> None:
    reader.click("link", "Changes")
    reader.type_day("After", "2024-12-31")
    reader.type_day("Up to and including", "2025-12-31")
    expect(page.locator("h1")).to_contain_text("31 December 2025")
    expect(page.get_by_text("TJK-2025-12-25").first).to_be_visible()
    reader.click("button", "Recognition", exact=True)
    expect(page.get_by_text("TJK-2025-12-25")).to_have_count(0)
    expect(page.get_by_text("RUS-2025-07-03").first).to_be_visible()
    assert reader.steps <= CLICKS["changes"]


def test_which_oic_members_accept_an_ambassador(reader: Reader, page: Page, shipped: Record) -> None:
    reader.click("button", "Filters")
    reader.choose("Bloc", "OIC")
    reader.choose("Level", "Ambassador")
    reader.click("link", "Countries")
    held = stances_on(shipped, shipped.tracker.data_until)
    members = shipped.actors.index[["OIC" in blocs for blocs in shipped.actors["blocs"]]]
    expected = held.loc[held.index.isin(members) & (held["recognition_level"] == "ambassador")]
    expect(page.locator("h1")).to_contain_text(f"Positions of {len(expected)} states")
    expect(page.get_by_role("button", name="Level: Ambassador")).to_be_visible()
    expect(page.get_by_role("button", name="Bloc: OIC")).to_be_visible()
    assert reader.steps <= CLICKS["oic"]


def test_which_europeans_hold_frozen_money(reader: Reader, page: Page, shipped: Record) -> None:
    reader.click("link", "Matrix")
    reader.click("button", "Filters")
    reader.choose("Region", "Europe")
    reader.choose("Lever held", "Reserves")
    levers = shipped.levers[(shipped.levers["lever"] == "reserves") & shipped.levers["until"].isna()]
    europe = shipped.actors.loc[levers["actor_id"].unique(), "region"] == "Europe"
    names = shipped.actors.loc[europe.index[europe], "name"]
    assert len(names)
    shown = page.locator(".js-plotly-plot").first.inner_text()
    assert all(name in shown for name in names)
    assert reader.steps <= CLICKS["europe"]


def test_one_click_clears_what_was_just_chosen(reader: Reader, page: Page) -> None:
    page.set_viewport_size({"width": 1400, "height": 1300})  # nothing scrolls, so that the button could move away
    reader.click("button", "Filters")
    reader.choose("Region", "Central Asia")
    expect(page.get_by_role("button", name="Region: Central Asia")).to_be_visible()
    reader.click("button", "Clear 1 filter")
    expect(page.locator(".st-key-kicker")).to_contain_text("Researched until")
    expect(page).not_to_have_url(re.compile("region"))
