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
from tests.conftest import SMALL, Change
from tests.test_validation import edit, problems

PAYLOADS = [
    "<script>window.harm = 1; alert(1)</script>",
    '<img src=x onerror="window.harm = 2">',
    "<svg onload=window.harm=3></svg>",
    '<a href="javascript:window.harm=4">press</a>',
    "[press](javascript:window.harm=5)",
    "![dot](https://evil.example/dot.png)",
    '<iframe src="https://evil.example"></iframe>',
    "<style>h1 {display: none}</style>",
    ":red[red] :material/delete: :small[tiny] :smile:",
    "$x^2$ $$\\frac{a}{b}$$ \\(y\\)",
    "**bold** _slanted_ ~~gone~~ `code` # head",
    "%{customdata} %{x} {{7*7}} ${7*7} {0} %s",
    "&lt;b&gt; &#60;script&#62; &nbsp;",
    "www.evil.example WWW.evil.example https://evil.example/ HTTP://evil.example mail@evil.example",
    "a -> b <- c <-> d -- e --- f >= g <= h ~= i :streamlit: :material_delete: :+1: 10:30:15",
    'x =HYPERLINK("https://evil.example")',
]
ALL = "Harm " + " ".join(PAYLOADS)
SHORT = "Harm <b onclick=alert(1)>x</b> [y](javascript:alert(1)) :red[z] $q$ %{x}"
LONG = "W" * 1_900
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
                for row in rows:
                    row[header.index(name)] = cell
        if path.name == "actors.csv":
            rows[1][1], rows[1][5] = SHORT, f"{SHORT};{LONG}"
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
    expect(main).to_contain_text(PAYLOADS[-1], use_inner_text=True, timeout=30_000)
    shown = main.inner_text()
    missing = [payload for payload in PAYLOADS if payload not in shown]
    assert not missing


def test_labels_over_marks_are_text(watched: Page, harmful_server: str) -> None:
    watched.goto(f"{harmful_server}/matrix")
    settled(watched)
    watched.wait_for_selector(".scatterlayer path.point")
    for mark in watched.locator(".scatterlayer path.point").all()[:4]:
        mark.hover(force=True)
        watched.wait_for_timeout(300)
    harmless(watched)
    assert "<b onclick=alert(1)>x</b>" in "".join(watched.locator(".hoverlayer").all_text_contents())


@pytest.mark.parametrize("path", ["", "matrix", "funds", "changes", "countries", "data"])
def test_a_harmful_address_does_nothing(watched: Page, harmful_server: str, path: str) -> None:
    asked = "&".join(f"{name}={quote(SHORT + PAYLOADS[1])}" for name in sorted({*KNOWN, "x"} - {"embed"}))
    watched.goto(f"{harmful_server}/{path}?{asked}&{quote(PAYLOADS[0])}=1")
    settled(watched)
    expect(watched.locator('[data-testid="stAlert"]').filter(has_text="which no page knows").first).to_be_visible()
    harmless(watched)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=HYPERLINK(1)", "begins like a formula"),
        ("+1", "begins like a formula"),
        ("-1", "begins like a formula"),
        ("@SUM(1)", "begins like a formula"),
        ("\t=1", "hidden character U+0009"),
        ("abc \u202e cba", "hidden character U+202E"),
        ("abc \u2066 cba", "hidden character U+2066"),
        ("a\u200bb", "hidden character U+200B"),
        ("a\x1b[31mb", "hidden character U+001B"),
        ("two\nlines", "hidden character U+000A"),
        ("two\u2028lines", "hidden character U+2028"),
        ("x" * 100_000, "100,000 characters; allowed: at most 2,000"),
    ],
)
@pytest.mark.parametrize(
    ("table", "key", "column", "line"),
    [
        ("stances", "AAA-2020-03", "summary", 3),
        ("levers", "AAA-aid-2020-06-01", "summary", 3),
        ("funds", "BNK-in_trust-2020-05-01", "channel", 4),
        ("funds", "BNK-in_trust-2020-05-01", "terms", 4),
        ("sources", "press-2", "title", 3),
        ("sources", "press-2", "publisher", 3),
        ("actors", "AAA", "name", 3),
        ("actors", "AAA", "aliases", 3),
    ],
)
def test_what_the_check_refuses_is_named_with_its_place(
    change: Change, table: str, key: str, column: str, line: int, cell: str, message: str
) -> None:
    assert any(
        problem.startswith(f"{table}.csv:{line}:{column}: ") and message in problem
        for problem in problems(change(table, key, column, cell)).splitlines()
    )


def test_a_cell_of_more_than_a_field_can_hold_or_with_a_nul_is_named(change: Change) -> None:
    # A library may have raised the csv module's own limit in this process; then the check's limit says so.
    found = problems(change("stances", "AAA-2020-03", "summary", "x" * 10**6))
    assert "stances.csv:3:-: cannot be read as CSV" in found or "stances.csv:3:summary: 1,000,000 characters" in found


@pytest.mark.parametrize("key", ["title", "question", "object", "licence", "citation", "names_and_borders"])
def test_the_tracker_hides_nothing_either(folder: Path, key: str) -> None:
    edit(folder / "tracker.toml", f'{key} = "', f'{key} = "\\u202e')
    assert "hidden character U+202E" in problems(folder)


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
