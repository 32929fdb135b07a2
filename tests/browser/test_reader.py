"""What readers do with keys, pointer, printer and translation, as they do it in a real Chromium."""

import unicodedata
from collections import Counter

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import POINT_IN, address_of, choose, painted, settled
from tests.waiting import until

FIND = "Country or body"
# As a translator in the browser does it: each text in two elements of its own.
TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest('script, style, svg, canvas, [translate=no]')) continue;
    const outer = document.createElement('font'), inner = document.createElement('font');
    inner.textContent = text.data;
    outer.append(inner);
    text.replaceWith(outer);
  }
}"""
TEXTS = """() => {
  const walker = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest('script, style, svg, canvas, .st-key-address'))
      texts.push(walker.currentNode.data.trim());
  return texts.filter(Boolean);
}"""
# Texts and marks that reach over an edge of the screen without anything to scroll, and sideways scrolling of the page.
CUT = """() => {
  const main = document.querySelector('[data-testid=stMain]'), cut = [];
  if (main.scrollWidth > main.clientWidth) cut.push(`the page scrolls sideways: ${main.scrollWidth}`);
  for (const element of main.querySelectorAll('*')) {
    if (element.closest('svg, canvas, [data-testid=stDataFrame], .st-key-address, .st-key-picture_matrix')) continue;
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const box = element.getBoundingClientRect();
    let around = element.parentElement, scrolls = false;
    for (; around !== main; around = around.parentElement)
      scrolls ||= /auto|scroll/.test(getComputedStyle(around).overflowX) && around.scrollWidth > around.clientWidth;
    if (box.width > 1 && !scrolls && (box.right > innerWidth + 1 || box.left < -1)) cut.push(element.textContent);
  }
  return cut;
}"""
PAGES = ["", "matrix", "funds", "changes", "countries", "countries?actor=RUS", "data", "?actor=PAK&stance=engaging"]


def click_on(page: Page, actor_id: str) -> None:
    point = page.evaluate(POINT_IN, actor_id)
    page.mouse.click(point["x"], point["y"])


def says(page: Page, part: str) -> None:
    until(lambda: part in address_of(page), say=lambda: f"{address_of(page)} has no {part}")
    settled(page)


def says_no_more(page: Page, part: str) -> None:
    until(lambda: part not in address_of(page), say=lambda: f"{address_of(page)} still has {part}")
    settled(page)


@pytest.mark.parametrize("typed", ["cote d'ivoire", "CÔTE D’IVOIRE", unicodedata.normalize("NFD", "Côte dʼIvoire")])
def test_a_country_is_found_however_its_name_is_typed(page: Page, server: str, typed: str) -> None:
    page.goto(server)
    settled(page)
    page.get_by_label(FIND, exact=True).press_sequentially(typed)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    says(page, "actor=CIV")


def test_rows_and_numbers_are_found_however_they_are_typed(page: Page, server: str) -> None:
    page.goto(f"{server}/data?table=stances&rows=TURKIYE")
    settled(page)
    expect(page.get_by_text("0 rows of")).to_have_count(0)
    page.goto(f"{server}/funds")
    settled(page)
    page.locator("summary", has_text="Headline numbers").click()
    field = page.get_by_label("Numbers that contain")
    field.fill("nobody has this")
    field.press("Enter")
    expect(page.get_by_text("No number contains “nobody has this”.")).to_be_visible()


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_emptying_the_box_takes_the_pick_back(page: Page, server: str, key: str) -> None:
    page.goto(f"{server}/?actor=IND")
    settled(page)
    page.get_by_label(FIND, exact=True).fill("")
    page.keyboard.press(key)
    says_no_more(page, "actor=")
    page.get_by_label(FIND, exact=True).fill("")
    page.keyboard.press("Enter")
    settled(page)
    assert "actor=" not in address_of(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    says(page, "actor=")


def test_a_pick_is_undone_by_the_same_click_and_a_drag_is_none(page: Page, server: str) -> None:
    page.goto(server)
    painted(page)
    point = page.evaluate(POINT_IN, "BRA")
    page.mouse.move(point["x"], point["y"])
    page.mouse.down()
    page.mouse.move(point["x"] + 30, point["y"], steps=4)
    page.mouse.up()
    settled(page)
    assert "actor=" not in address_of(page)
    click_on(page, "BRA")
    says(page, "actor=BRA")
    click_on(page, "BRA")
    says_no_more(page, "actor=")
    click_on(page, "BRA")
    says(page, "actor=BRA")
    choose(page, FIND, "India")
    says(page, "actor=IND")
    click_on(page, "BRA")
    says(page, "actor=BRA")


def test_the_second_press_of_a_double_click_undoes_nothing(page: Page, server: str) -> None:
    page.goto(server)
    painted(page)
    point = page.evaluate(POINT_IN, "BRA")
    page.mouse.dblclick(point["x"], point["y"])
    says(page, "actor=BRA")
    settled(page)
    assert "actor=BRA" in address_of(page)


def test_a_mark_of_another_picture_is_undone_too(page: Page, server: str) -> None:
    page.goto(f"{server}/matrix?view=crosstab")
    settled(page)
    mark = page.locator(".scatterlayer .points path").nth(7)
    circle = page.get_by_label("Who stands in a circle? Click one, or choose it here")
    nobody = circle.input_value()
    for chosen in (False, True):
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box
        if box["x"] < -1000:
            continue  # the other arrangement of a figure that turns, which is not seen
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        until(lambda chosen=chosen: (circle.input_value() == nobody) == chosen)  # type: ignore[misc]
        settled(page)


def test_links_say_the_day_that_is_shown(page: Page, server: str) -> None:
    page.goto(f"{server}/?stance=supportive")
    settled(page)
    page.get_by_role("button", name="Previous", exact=True).first.click()
    settled(page)
    says(page, "date=")
    day = address_of(page).split("date=")[1][:10]
    addresses = [link.get_attribute("href") or "" for link in page.locator(".standings a").all()]
    assert addresses
    assert all(f"date={day}" in address and "stance=supportive" in address for address in addresses)


@pytest.mark.parametrize(
    "path", ["?stance=supportive", "?actor=PAK", "matrix", "matrix?view=history", "funds", "countries"]
)
def test_a_translated_page_shows_the_new_day(page: Page, server: str, path: str) -> None:
    sign = "&" if "?" in path else "?"
    page.goto(f"{server}/{path}{sign}date=2026-01-10")
    settled(page)
    page.evaluate(TRANSLATE)
    page.locator(".st-key-masthead_day [role=spinbutton]").first.click()
    page.keyboard.type("20230303")
    page.keyboard.press("Enter")
    says(page, "date=2023-03-03")
    fresh = page.context.new_page()
    fresh.goto(f"{server}/{path}{sign}date=2023-03-03")
    settled(fresh)
    shown, expected = Counter(page.evaluate(TEXTS)), Counter(fresh.evaluate(TEXTS))
    assert not expected - shown
    assert not shown - expected


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_on_small_and_enlarged_screens(browser: Browser, server: str, path: str) -> None:
    for width, height, scale in ((320, 700, 1), (700, 500, 2), (768, 1024, 1), (900, 1000, 1)):
        context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
        page = context.new_page()
        page.goto(f"{server}/{path}")
        settled(page)
        assert not page.evaluate(CUT), width
        context.close()


@pytest.mark.parametrize("path", ["", "matrix", "funds", "countries?actor=RUS"])
def test_on_paper_pictures_are_as_wide_as_the_sheet_and_controls_are_gone(page: Page, server: str, path: str) -> None:
    page.goto(f"{server}/{path}")
    settled(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    for drawing in page.locator(".js-plotly-plot .main-svg:first-child").all():
        box = drawing.bounding_box()
        assert box
        if box["x"] < -1000:
            continue  # the other arrangement of a figure that turns, which is not seen
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 719
        assert drawing.get_attribute("viewBox")
    for hidden in (".st-key-masthead", "[class*=_toolbar]", "[class*=st-key-controls]"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".main-svg[viewBox]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_seen_on_links_lists_and_buttons(page: Page, server: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(server)
    settled(page)
    links = (".st-key-masthead_pages a", ".standings a", ".how summary")
    for place in (*links, ".st-key-shape button", ".stSelectbox input"):
        part = page.locator(place).first
        page.keyboard.press("Tab")  # so that the browser knows that the keyboard is used
        part.focus()
        outlined = "part => [part, part.parentElement].some(e => getComputedStyle(e).outlineStyle === 'solid')"
        assert part.evaluate(outlined), place


def test_reduced_motion_is_honoured(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(server)
    settled(page)
    lasting = """() => [...document.querySelectorAll('[data-testid=stApp] *')].filter(element =>
      getComputedStyle(element).transitionDuration.split(',').some(time => parseFloat(time) > 0.01)).length"""
    assert page.evaluate(lasting) == 0
