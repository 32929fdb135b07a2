"""What people come for, from the start page in as few clicks as it takes, in a real Chromium."""

import datetime as dt
import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from components.publish.envoys import NAMED
from components.record.model import Record
from components.record.on_day import stances_on
from components.summaries.envoys import highest
from components.summaries.funds import stock_frame
from components.summaries.stances import map_frame
from components.summaries.standing import standings_on
from tests.browsing import PHONE, choose, painted, settled

# Each month that the headline says while the map plays, what it says of it, and whether Russia is named on the map.
WATCH = """() => {
  window.seen = [];
  const headline = document.querySelector("h1");
  const name = [...document.querySelectorAll(".scatterlayer text")].find(text => text.textContent.includes("Russia"));
  new MutationObserver(() => window.seen.push(
    [headline.querySelector(".over").innerText, headline.querySelector(".first").innerText, name.style.visibility]
  )).observe(headline, {childList: true, characterData: true, subtree: true});
}"""

# The fill of each shape of the map by its actor_id.
FILLS = """() => Object.fromEntries([...document.querySelectorAll(".choroplethlayer path")]
  .filter(path => path.__data__?.loc).map(path => [path.__data__.loc, getComputedStyle(path).fill]))"""


class Reader:
    """Counts each click, choice or typed field as one step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def click(self, role: str, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self._did()

    def click_on(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self._did()

    def choose(self, label: str, words: str) -> None:
        choose(self.page, label, words)
        self._did()

    def type_day(self, day: str) -> None:
        self.page.locator('[data-testid="stDateInput"] [role=spinbutton]').first.click()
        self.page.keyboard.type(day.replace("-", ""))
        self.page.keyboard.press("Enter")
        self._did()

    def _did(self) -> None:
        self.steps += 1
        settled(self.page)


@pytest.fixture
def reader(page: Page, server: str) -> Reader:
    """A reader before the start page."""
    page.goto(server)
    painted(page)
    return Reader(page)


def test_who_recognises(reader: Reader, page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("Only Russia recognises the Taliban")
    assert reader.steps == 0


def test_where_india_stood_in_march_2023_and_how_to_cite_it(reader: Reader, page: Page, shipped: Record) -> None:
    reader.choose("Country or body", "India")
    reader.type_day("2023-03-15")
    expect(page.locator("h1")).to_contain_text("15 March 2023")
    card = page.locator(".st-key-card")
    expect(card).to_contain_text("Engaging since")
    reader.click_on(".st-key-card .cite summary")
    row = stances_on(shipped, dt.date(2023, 3, 15)).at["IND", "id"]
    expect(card.locator(".cite").first).to_contain_text(f"row {row}")
    assert reader.steps <= 4


def test_the_map_as_a_picture(reader: Reader, page: Page) -> None:
    with page.expect_download() as download:
        reader.click("button", "Download this chart as PNG")
    assert Image.open(io.BytesIO(download.value.path().read_bytes())).width > 1000
    assert reader.steps <= 1


def test_frozen_against_pledged_as_a_picture(reader: Reader, page: Page) -> None:
    reader.click("link", "Funds")
    with page.expect_download() as download:
        reader.click("button", "Download this chart as PNG")
    assert download.value.suggested_filename.startswith("taliban-recognition-tracker-held-and-promised-")
    assert reader.steps <= 2


def test_which_oic_members_accept_an_ambassador(reader: Reader, page: Page, shipped: Record) -> None:
    reader.click("button", "Filters", exact=True)
    reader.choose("Bloc", "OIC")
    reader.choose("Level", "Ambassador")
    page.keyboard.press("Escape")
    held = stances_on(shipped, shipped.tracker.data_until)
    members = shipped.actors.index[["OIC" in blocs for blocs in shipped.actors["blocs"]]]
    expected = held.loc[held.index.isin(members) & (held["recognition_level"] == "ambassador")].index
    assert len(expected) > 3
    for name in shipped.actors.loc[expected, "name"]:
        expect(page.locator(".standings").get_by_role("link", name=name, exact=True)).to_be_visible()
    assert reader.steps <= 3


def test_who_refuses_and_could_release_or_pay(reader: Reader, page: Page) -> None:
    reader.click("link", "Matrix")
    reader.click("button", "Refuses and controls money")
    expect(page.get_by_role("button", name="Stance: Opposed")).to_be_visible()
    assert "United States" in page.locator(".js-plotly-plot").first.inner_text()
    assert reader.steps <= 2


def test_how_much_is_frozen_where_and_how_much_was_paid(reader: Reader, page: Page) -> None:
    reader.click("link", "Funds")
    expect(page.locator("h1")).to_contain_text("frozen or in trust; payments are on record for")
    shown = page.locator(".js-plotly-plot").first.inner_text()
    for words in ("Fund for the Afghan", "United States", "$3.5bn", "received $3.2bn", "Pledged by", "on record for"):
        assert words.replace(" ", "") in "".join(shown.split()), words
    hero = page.locator(".js-plotly-plot").first.bounding_box()
    assert hero and hero["y"] + hero["height"] < 1000
    assert reader.steps <= 1


def test_the_sources_of_one_number_of_the_funds(page: Page, server: str, shipped: Record) -> None:
    page.goto(f"{server}/funds")
    settled(page)
    reader = Reader(page)
    control = page.get_by_text("Rows and sources behind these numbers")
    box = control.bounding_box()
    assert box and box["y"] < 1000  # on the first screen, beside the number
    control.click()
    reader._did()
    cards = page.locator(".st-key-evidence .card")
    frozen = cards.filter(has_text=stock_frame(shipped, shipped.tracker.data_until).iloc[0]["summary"]).first
    expect(frozen).to_be_visible()
    assert frozen.get_by_role("link").count() > 0
    assert reader.steps == 1


def test_the_funds_page_is_short(page: Page, server: str) -> None:
    page.goto(f"{server}/funds")
    settled(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 3000


def test_china_russia_and_iran_compared(reader: Reader, page: Page) -> None:
    reader.choose("Country or body", "China")
    reader.click("link", "All of its history, and comparisons")
    reader.choose("Compare with", "Russia")
    reader.choose("Compare with", "Iran")
    shown = page.locator(".js-plotly-plot").first.inner_text()
    assert all(name in shown for name in ("China", "Russia", "Iran"))
    assert reader.steps <= 4


def test_what_changed_in_2025(reader: Reader, page: Page) -> None:
    reader.click("link", "Changes")
    reader.click("button", "2025", exact=True)
    expect(page.locator("h1")).to_contain_text("31 December 2025")
    expect(page.locator("h1")).to_contain_text("Russia recognised the Taliban")
    expect(page.locator(".ribbon .recognition")).to_contain_text("Russia")
    recognition = page.locator(".card").first
    expect(recognition).to_contain_text("3 July 2025")
    recognition.locator(".cite summary").click()
    expect(recognition).to_contain_text("row RUS-2025-07-03")
    box = recognition.bounding_box()
    assert box and box["y"] + box["height"] < page.viewport_size["height"]  # type: ignore[index]
    assert reader.steps <= 2


def test_an_embed_of_one_day_shows_the_chart_whole(reader: Reader, page: Page, browser: Browser, server: str) -> None:
    reader.click("button", "Cite, link, embed")
    codes = page.locator("code").all_inner_texts()
    frame = next(code for code in codes if "<iframe" in code and "date=" in code)
    assert 'title="' in frame and "aspect-ratio" in frame
    assert reader.steps <= 2
    address = frame.split('src="')[1].split('"')[0].replace("&amp;", "&")
    other = browser.new_page(viewport={"width": 700, "height": 440})
    other.goto(address)
    painted(other)
    assert other.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 440
    expect(other.get_by_role("link", name="Taliban Recognition Tracker")).to_be_visible()
    assert other.get_by_role("navigation").count() == 0
    other.close()


def test_play(reader: Reader, page: Page) -> None:
    page.evaluate(WATCH)
    reader.click("button", "Play", exact=True)
    assert reader.steps <= 1
    expect(page.locator("h1")).to_contain_text("As of 30 June 2026")  # it has played to the end
    seen = page.evaluate("window.seen")
    assert ["September 2021", "No country recognises the Taliban", "hidden"] in seen
    assert ["June 2025", "No country recognises the Taliban", "hidden"] in seen
    assert ["July 2025", "Only Russia recognises the Taliban", "visible"] in seen


def test_pakistan_on_a_phone(page: Page, server: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(server)
    painted(page)
    hero = page.locator(".js-plotly-plot").first.bounding_box()
    assert hero and hero["y"] < 320
    reader = Reader(page)
    reader.choose("Country or body", "Pakistan")
    sheet = page.locator(".st-key-card")
    expect(sheet).to_contain_text("Engaging since")
    box = sheet.bounding_box()
    assert box and 0 < box["y"] < PHONE["height"] and box["y"] + box["height"] <= PHONE["height"] + 1
    reader.click("button", "Close")
    expect(sheet).to_have_count(0)
    assert reader.steps <= 3


def test_one_click_clears_what_was_just_chosen(reader: Reader, page: Page) -> None:
    reader.click("button", "Filters", exact=True)
    reader.choose("Region", "Central Asia")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Region: Central Asia")).to_be_visible()
    reader.click("button", "Clear 1 filter")
    expect(page.locator(".st-key-kicker")).to_contain_text("Researched until")
    assert "region" not in page.evaluate("location.search")


def test_who_accepts_an_ambassador_is_one_look_or_one_click_away(reader: Reader, shipped: Record) -> None:
    accept, keep = highest(shipped, shipped.tracker.data_until)
    line = reader.page.locator(".envoys-line")
    expect(line).to_contain_text(accept.in_words(shipped.tracker.object, NAMED))
    reader.click("link", "Since when, and who keeps one there")
    section = reader.page.locator("#envoys")
    expect(section.locator("h2")).to_be_in_viewport()
    for group in (accept, keep):
        for envoy in group.countries:
            expect(section).to_contain_text(f"{envoy.name} since {envoy.since_in_words()}")
    reader.click_on("#envoys dd a")
    expect(reader.page.locator("h1")).to_contain_text(accept.countries[0].name)
    told = standings_on(shipped, shipped.tracker.data_until)[accept.countries[0].actor_id].envoys_in_words()
    expect(reader.page.get_by_text(f"{told}.")).to_be_visible()
    assert reader.steps == 2


def test_a_joint_text_alone_is_a_lighter_class_with_names(reader: Reader, shipped: Record) -> None:
    frame = map_frame(shipped, shipped.tracker.data_until)
    own, joint = (frame.index[frame["stance_class"] == code] for code in ("opposed", "opposed_jointly"))
    expect(reader.page.locator("h1")).to_contain_text(f"{len(joint)} of them only by a joint text")
    group = reader.page.locator(".standings section", has_text="Opposed only in a joint text")
    expect(group.locator("h2 b")).to_have_text(str(len(joint)))
    fills = reader.page.evaluate(FILLS)
    (of_own,), (of_joint,) = ({fills[actor_id] for actor_id in ids if actor_id in fills} for ids in (own, joint))
    assert of_own != of_joint
