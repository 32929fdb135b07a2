"""Cells and addresses that mean harm, on every page of a real Chromium: nothing runs, all of it is text."""

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, expect

from components.pages.parts.address import KNOWN
from components.record.reading import read
from tests.browsing import PHONE, WIDE, running, settled
from tests.conftest import SMALL
from tests.hostile import ALL, LONG, PAYLOADS, SHORT
from tests.waiting import until

PATHS = [
    "", "?actor=AAA", "?actor=BBB", "?shape=tiles", "?shape=film", "matrix", "matrix?view=history&all=true",
    "matrix?view=crosstab", "funds", "funds?actor=BNK", "changes?since=2019-12-31", "countries",
    "countries?actor=AAA&with=BNK", "data", "data?table=actors", "data?table=sources",
]  # fmt: skip
# No link comes out of a cell, not even one to an address that stands there in full.
HARMLESS = """() => ({
  ran: window.harm,
  links: [...document.querySelectorAll('a, area, form')]
    .map(e => [e.getAttribute('href') || e.getAttribute('xlink:href') || e.getAttribute('action') || '', e.textContent])
    .filter(([href]) => /^\\s*(javascript|data|vbscript):|evil/i.test(href)),
  made: [...document.querySelectorAll('[onerror], [onload], [onclick], iframe[src*=evil], img[src*=evil], .katex')]
    .map(e => e.outerHTML.slice(0, 200)),
  styles: [...document.querySelectorAll('style')].filter(e => e.textContent.includes('h1 {display: none}')).length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record with harm in every cell that holds free text, and in the tracker."""
    folder = tmp_path_factory.mktemp("harm")
    for path in SMALL.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        for name, cell in {
            "summary": ALL, "title": ALL, "publisher": SHORT, "channel": SHORT, "terms": ALL, "language": SHORT,
        }.items():  # fmt: skip
            if name in header:
                for number, row in enumerate(rows):  # one publisher of all sources would be one newsroom
                    row[header.index(name)] = f"{cell} {number}" if name == "publisher" else cell
        if path.name == "actors.csv":
            rows[1][1], rows[1][5] = SHORT, f"{SHORT};{LONG[1:]}"  # two actors never share a name
            rows[2][1] = LONG
        with (folder / path.name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    text = (SMALL / "tracker.toml").read_text("utf-8")
    for value in (
        "Small Tracker",
        "Who recognises the council of Subland?",
        "CC BY 4.0",
        "For.",
        "Members of the club",
    ):
        text = text.replace(f'"{value}"', f"'''{SHORT}'''")
    text = text.replace('"As the actors name themselves."', f"'''{ALL}'''").replace('"the council"', f"'''{SHORT}'''")
    (folder / "tracker.toml").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def harmful_server(harmful: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("log") / "log"
    with running(log, "--", "--data", str(harmful)) as address:
        yield address
    assert "Traceback" not in log.read_text("utf-8")


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page that also fails the test on any dialog and any window that opens."""
    opened: list[str] = []

    def refuse(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("popup", lambda popup: opened.append(popup.url))
    yield page
    assert not opened


def test_the_check_lets_this_record_in(harmful: Path) -> None:
    record = read(harmful)
    assert set(record.stances["summary"]) == {ALL}
    assert record.tracker.title == SHORT


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_and_nothing_breaks(watched: Page, harmful_server: str, path: str) -> None:
    watched.goto(f"{harmful_server}/{path}")
    for viewport in (WIDE, PHONE):
        watched.set_viewport_size(viewport)  # type: ignore[arg-type]
        settled(watched)
        unfold(watched)
        expect(watched.locator("h1")).to_be_visible()
        harmless(watched)


@pytest.mark.parametrize(
    "path", ["?actor=AAA", "matrix?actor=AAA", "funds", "changes?since=2019-12-31", "countries?actor=AAA"]
)
def test_every_sign_of_a_cell_is_shown(watched: Page, harmful_server: str, path: str) -> None:
    watched.goto(f"{harmful_server}/{path}")
    settled(watched)
    unfold(watched)
    main = watched.locator('[data-testid="stMain"]')
    expect(main).to_contain_text(PAYLOADS[-1], use_inner_text=True)
    shown = main.inner_text()
    missing = [payload for payload in PAYLOADS if payload not in shown]
    assert not missing


def test_labels_over_marks_are_text(watched: Page, harmful_server: str) -> None:
    watched.goto(f"{harmful_server}/matrix")
    settled(watched)
    watched.wait_for_selector(".scatterlayer path.point")
    label = watched.locator(".hoverlayer")
    marks = iter(watched.locator(".scatterlayer path.point").all())

    def hostile_name_shown() -> bool:
        next(marks).hover(force=True)
        expect(label.locator("text").first).to_be_visible()
        return "<b onclick=alert(1)>x</b>" in "".join(label.all_text_contents())

    until(hostile_name_shown)
    harmless(watched)


@pytest.mark.parametrize("path", ["", "matrix", "funds", "changes", "countries", "data"])
def test_a_harmful_address_does_nothing(watched: Page, harmful_server: str, path: str) -> None:
    asked = "&".join(f"{name}={quote(SHORT + PAYLOADS[1])}" for name in sorted({*KNOWN, "x"} - {"embed"}))
    watched.goto(f"{harmful_server}/{path}?{asked}&{quote(PAYLOADS[0])}=1")
    settled(watched)
    expect(watched.locator('[data-testid="stAlert"]').filter(has_text="was ignored").first).to_be_visible()
    harmless(watched)


def harmless(page: Page) -> None:
    """Nothing has run, no markup has come out of a cell, no exception shows, nothing scrolls sideways."""
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    found = page.evaluate(HARMLESS)
    assert found == {"ran": None, "links": [], "made": [], "styles": 0, "wide": found["wide"]}
    assert found["wide"] <= 0


def unfold(page: Page) -> None:
    """Open what is folded on the page, but for the filters."""
    folded = '[data-testid="stMain"] details:not([open]) > summary'
    page.evaluate("folded => document.querySelectorAll(folded).forEach(summary => summary.click())", folded)
    settled(page)
