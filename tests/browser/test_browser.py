"""Journeys in a real Chromium against a really running server, with nothing beyond this machine in reach."""

import datetime as dt
import io
import re
from codecs import BOM_UTF8
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, expect

from components.figures.theme import PAPER, SEA
from components.record.model import Record
from components.record.on_day import levers_until
from tests.browser.test_export import ALIKE, difference
from tests.browsing import PHONE, POINT_IN, WIDE, address_of, choose, painted, running, settled
from tests.conftest import ROOT, Change

# The middle of the first mark that stands for an actor or a cell.
POINT_OF_MARK = """id => {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const standing = plot.calcdata.flatMap(cd => cd.filter((_, at) => cd[0].trace.customdata?.[at] === id));
    const mark = [...plot.querySelectorAll(".point")].find(point => standing.includes(point.__data__));
    if (!mark) continue;
    mark.scrollIntoView({block: "center"});
    const box = mark.getBoundingClientRect();
    return {x: box.left + box.width / 2, y: box.top + box.height / 2};
  }
}"""
# How large a picture is on the page with all of its words, in pixels; a file adds a margin to it.
SIZE = """frame => {
  frame.classList.add("leaving");
  const boxes = [...frame.querySelectorAll(".heading, .legend, .below, .js-plotly-plot")]
    .filter(part => getComputedStyle(part).visibility !== "hidden").map(part => part.getBoundingClientRect());
  const span = (from, to) => Math.max(...boxes.map(b => b[to])) - Math.min(...boxes.map(b => b[from]));
  frame.classList.remove("leaving");
  return {width: span("left", "right"), height: span("top", "bottom")};
}"""
MARGIN = 12
# How strongly each mark and word of the first drawing is drawn.
STRENGTHS = """() => {
  const drawn = ".point path, path.point, .choroplethlayer path, text";
  return [...document.querySelector(".js-plotly-plot").querySelectorAll(drawn)]
    .map(node => getComputedStyle(node)) // a hatching is known by another name in each drawing
    .map(style => [style.opacity, style.fill.replace(/^url.*/, "hatched"), style.fillOpacity].join(" "));
}"""
# What of a picture's words is not as wide as its room, or is cut off, and what its drawing says beside its labels.
MISFITS = """() => [...document.querySelectorAll(".stPlotlyChart, [data-testid='stPlotlyChart']")].flatMap(chart => {
  const frame = chart.closest("[class*='_frame']"), room = frame.getBoundingClientRect();
  if (room.right < 0) return []; // the matrix on a phone, whose list stands in for it
  const found = [];
  for (const part of [...frame.querySelectorAll(".heading, .below")].filter(part => part.offsetParent)) {
    const box = part.getBoundingClientRect();
    if (Math.abs(box.width - room.width) > 1) found.push(`${part.className}: ${box.width} of ${room.width}`);
  }
  const words = [...frame.querySelectorAll(".heading *, .legend *, .below *")];
  for (const part of words.filter(part => part.getClientRects().length)) { // the headline stands in for some headings
    const box = part.getBoundingClientRect();
    if (box.right > room.right + 1 || box.left < room.left - 1 || part.scrollWidth > part.clientWidth + 1
        && getComputedStyle(part).display !== "inline") found.push(`cut off: ${part.textContent.slice(0, 60)}`);
  }
  const plot = chart.querySelector(".js-plotly-plot");
  if (plot.layout.title?.text) found.push(`title: ${plot.layout.title.text}`);
  if (plot.getBoundingClientRect().right > room.right + 1) found.push("the drawing is wider than its room");
  if (!frame.querySelector(".heading .title")?.textContent.trim()) found.push("no heading");
  return found;
})"""


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "matrix", "funds", "changes", "countries", "data"])
def test_every_page_opens_without_an_exception(
    page: Page, server: str, path: str, scheme: str, viewport: dict[str, int]
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(f"{server}/{path}")
    settled(page)
    expect(page.locator("h1")).to_contain_text("2026")
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    if path in {"", "matrix", "funds"}:
        page.wait_for_selector(".js-plotly-plot .main-svg >> visible=true")
        ground = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.paper_bgcolor")
        behind = PAPER if path else SEA
        assert ground == (behind.dark if scheme == "dark" else behind.light)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    assert page.evaluate(MISFITS) == []


def test_a_click_on_a_country_shows_its_evidence_and_the_address_keeps_it(page: Page, server: str) -> None:
    page.goto(server)
    painted(page)
    click(page, POINT_IN, "PAK")
    expect(page.locator("h3").first).to_have_text("Pakistan")
    link = page.locator('.st-key-card .evidence a[href^="http"]').first
    assert re.match(r"https?://", link.get_attribute("href") or "")
    expect(page).to_have_url(re.compile("actor=PAK"))

    page.get_by_role("button", name="Previous").click()
    settled(page)
    expect(page).to_have_url(re.compile("date="))
    day = re.search(r"date=(\d{4}-\d{2}-\d{2})", address_of(page))
    assert day
    before = page.locator("h1").inner_text()

    page.reload()
    painted(page)
    assert page.locator("h1").inner_text() == before
    expect(page).to_have_url(re.compile(f"date={day.group(1)}"))
    expect(page.locator("h3").first).to_have_text("Pakistan")

    page.get_by_role("link", name="Matrix").click()
    settled(page)
    expect(page).to_have_url(re.compile("actor=PAK"))
    expect(page).to_have_url(re.compile(day.group()))
    expect(page.locator("h3").first).to_have_text("Pakistan")


def test_back_and_forward_restore_what_was_seen(page: Page, server: str) -> None:
    page.goto(f"{server}/?date=2024-01-01")
    painted(page)
    choose(page, "Country or body", "Norway")
    page.get_by_role("link", name="Funds").click()
    settled(page)
    page.go_back()
    settled(page)
    expect(page.locator("h3").first).to_have_text("Norway")
    page.go_back()
    settled(page)
    expect(page.locator(".st-key-card")).to_have_count(0)
    page.go_forward()
    settled(page)
    expect(page.locator("h3").first).to_have_text("Norway")
    expect(page.locator("h1")).to_contain_text("1 January 2024")


def test_a_small_state_can_be_hit(page: Page, server: str) -> None:
    page.goto(f"{server}/?date=2024-01-01")
    painted(page)
    click(page, POINT_OF_MARK, "MDV")
    expect(page.locator("h3").first).to_have_text("Maldives")


def test_a_phone_shows_the_matrix_as_a_list(page: Page, server: str, shipped: Record) -> None:
    known = levers_until(shipped, dt.date(2021, 9, 27))
    held = known[known["held"] & (known["lever"] == "reserves") & (known["direction"] == "pressure")]
    names = sorted(shipped.actors["name"][held["actor_id"].unique()])
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{server}/matrix?date=2021-09-27")
    settled(page)
    line = page.locator(".st-key-matrix_list details").filter(has_text="Reserves")
    line.locator("summary").click()
    assert "United States" in names
    expect(line).to_contain_text(f"Pressure: {', '.join(names)}")
    expect(page.locator(".st-key-picture_matrix")).not_to_be_in_viewport()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    expect(line).to_be_hidden()
    expect(page.locator(".st-key-picture_matrix")).to_be_in_viewport()


def test_a_mark_of_the_matrix_opens_its_actor(page: Page, server: str) -> None:
    page.goto(f"{server}/matrix?date=2021-09-27")
    settled(page)
    page.wait_for_selector(".scatterlayer path.point")
    click(page, POINT_OF_MARK, "CHN:aid")
    expect(page).to_have_url(re.compile("actor=CHN"))
    expect(page.locator("h3").first).to_have_text("China")
    expect(page.locator(".st-key-card .card").first).to_contain_text("Aid")


def test_a_circle_of_the_cross_tab_opens_the_list_of_who_stands_in_it(page: Page, server: str) -> None:
    page.goto(f"{server}/matrix?view=crosstab&date=2021-09-27")
    page.wait_for_selector(".st-key-picture_crosstab .scatterlayer path.point")
    settled(page)
    click(page, POINT_OF_MARK, "reserves:opposed")
    expect(page.get_by_role("button", name="United States")).to_be_visible()
    page.get_by_role("button", name="United States").click()
    settled(page)
    expect(page).to_have_url(re.compile("actor=USA"))


def click(page: Page, where: str, actor_id: str) -> None:
    point = page.evaluate(where, actor_id)
    page.mouse.click(point["x"], point["y"])
    settled(page)


def test_a_country_is_found_by_another_of_its_names(page: Page, server: str) -> None:
    page.goto(server)
    painted(page)
    choose(page, "Country or body", "Turkey")
    expect(page).to_have_url(re.compile("actor=TUR"))
    expect(page.locator("h3").first).to_have_text("Türkiye")


def test_a_day_of_the_address_is_the_day_of_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/funds?date=2021-09-27")
    settled(page)
    expect(page.locator("h1")).to_contain_text("As of 27 September 2021")
    page.goto(f"{server}/?date=2021-02-30&actor=%3Cscript%3E")
    settled(page)
    (notice,) = page.locator('[data-testid="stAlert"]').all_inner_texts()
    assert "2021-02-30" in notice and "<script>" in notice
    expect(page.locator("h1")).to_contain_text("As of 30 June 2026")


@pytest.mark.parametrize(
    ("path", "chart", "subtitle"),
    [
        ("", "map", "Stance on recognition, 196 countries"),
        ("matrix", "matrix", "Levers of states and bodies"),
        ("funds", "held_and_promised", "Sums in US dollars"),
    ],
)
def test_a_picture_can_be_saved_from_the_page(page: Page, server: str, path: str, chart: str, subtitle: str) -> None:
    page.goto(f"{server}/{path}?date=2021-09-27")
    settled(page)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    size = page.locator(f".st-key-picture_{chart}_frame").evaluate(SIZE)
    stem = f"taliban-recognition-tracker-{chart.replace('_', '-')}"
    name, png = saved(page, "PNG")
    assert name == f"{stem}-2021-09-27-page-light.png"
    with Image.open(io.BytesIO(png)) as image:
        assert image.format == "PNG"
        assert image.size == pytest.approx(((size["width"] + 2 * MARGIN) * 2, (size["height"] + 2 * MARGIN) * 2), abs=1)
        assert len(image.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 50
    name, file = saved(page, "SVG")
    assert name == f"{stem}-2021-09-27-page-light.svg"
    svg = file.decode()
    for words in ("27 September 2021", subtitle, "Sources: ", "CC BY 4.0"):
        assert re.search(f'aria-label="[^"]*{words}', svg)
    assert not re.search(r"font-face|(href|src)=[\"']https?:", svg)


def saved(page: Page, image_format: str) -> tuple[str, bytes]:
    """The name and the content of the first picture of the page, as its toolbar saves it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download this chart as {image_format}").first.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.mark.parametrize(
    ("path", "where", "mark"),
    [
        ("?", POINT_IN, "PAK"),
        ("?shape=Tiles&", POINT_OF_MARK, "PAK"),
        ("matrix?", POINT_OF_MARK, "CHN:aid"),
        ("matrix?view=Time&", POINT_OF_MARK, "CHN"),
        ("matrix?view=Stance%20and%20lever&", POINT_OF_MARK, "reserves:opposed"),
        ("funds?", POINT_OF_MARK, "USA"),
    ],
    ids=["country", "tile", "matrix", "history", "cell", "stock"],
)
def test_a_click_picks_what_a_mark_stands_for_and_can_be_undone_without_a_trace(
    page: Page, server: str, path: str, where: str, mark: str
) -> None:
    page.goto(f"{server}/{path}date=2021-09-27")
    settled(page)
    page.wait_for_selector(".js-plotly-plot .point, .choroplethlayer path")
    before, styles = [saved(page, image_format) for image_format in ("SVG", "PNG")], page.evaluate(STRENGTHS)
    click(page, where, mark)
    if mark == "reserves:opposed":
        expect(page.get_by_role("button", name="United States")).to_be_visible()
    else:
        expect(page).to_have_url(re.compile(f"actor={mark.split(':', maxsplit=1)[0]}"))
        page.get_by_role("button", name="Close", exact=True).click()
        settled(page)
    page.mouse.move(0, 0)
    settled(page)
    after = [saved(page, image_format) for image_format in ("SVG", "PNG")]
    # Plotly keeps a pixel of what it took from squares when their room shrank.
    assert alike(before, after) if "Tiles" in path else ordered(after) == ordered(before)
    assert page.evaluate(STRENGTHS) == styles


def ordered(pictures: list[tuple[str, bytes]]) -> list[tuple[str, bytes | str]]:
    """Pictures with the attributes of each element in order: what is drawn twice has them in another one."""
    return [(name, canonicalize(file.decode()) if name.endswith("svg") else file) for name, file in pictures]


def alike(before: list[tuple[str, bytes]], after: list[tuple[str, bytes]]) -> bool:
    """Whether pictures have the same names, words and sizes, and look the same but for an edge here and there."""
    (_, svg), (_, png) = before
    (_, other_svg), (_, other_png) = after
    words = [re.findall(rb'aria-label="([^"]*)"', file) for file in (svg, other_svg)]
    with Image.open(io.BytesIO(png)) as one, Image.open(io.BytesIO(other_png)) as other:
        same = one.size == other.size and difference(one, other) < ALIKE
    return same and words[0] == words[1] and [name for name, _ in before] == [name for name, _ in after]


def test_the_links_of_cards_lead_to_the_page_of_the_country_and_back(page: Page, server: str) -> None:
    page.goto(f"{server}/?date=2024-01-01")
    settled(page)
    page.get_by_text("Latest changes").click()
    settled(page)
    link = page.locator(".card .who a").first
    name = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_contain_text(f"{name}: ")
    settled(page)
    expect(page.locator("h1")).to_contain_text("1 January 2024")
    assert re.search(r"/countries\?(?=.*actor=\w+)(?=.*date=2024-01-01)", address_of(page))
    page.go_back()
    settled(page)
    expect(page.locator(".st-key-card")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("1 January 2024")


def test_a_table_can_be_saved_as_csv(page: Page, server: str) -> None:
    page.goto(f"{server}/data?table=funds")
    settled(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="funds.csv, all rows").click()
    assert saved.value.path().read_bytes() == BOM_UTF8 + (ROOT / "data" / "funds.csv").read_bytes()


def test_another_folder_and_its_faults(page: Page, change: Change, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> [click](javascript:alert(1))"
    folder = change("stances", "AAA-2020-06-01b", "summary", hostile)
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    with running(tmp_path / "log", "--", "--data", str(folder)) as address:
        page.goto(f"{address}/?actor=AAA")
        settled(page)
        expect(page.get_by_text(hostile)).to_be_visible()
        change("stances", "AAA-2020-03", "act", "war")
        page.reload()
        settled(page)
        banner = page.get_by_text("This page shows the last good record")
        expect(banner).to_contain_text("stances.csv, line 3, column act")
        expect(page.get_by_text(hostile)).to_be_visible()
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)
        change("stances", "AAA-2020-03", "act", "talks")
        page.reload()
        settled(page)
        expect(banner).to_have_count(0)
        expect(page.locator("h1")).to_contain_text("As of 31 December 2020")
    assert not asked
