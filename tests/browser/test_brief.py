"""A brief as files: two pages of A4 for whomever it is about, a PDF that programs can read, HTML that stands alone."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from choreographer.browsers.chromium import Chromium
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pypdf.generic import Destination

from components.figures.catalogue import FIGURES
from components.figures.figure import WIDTHS
from components.publish.brief import BESIDE, drawn, main, pictures_of
from components.publish.brief_parts import Brief
from components.publish.brief_print import fitted, printed
from components.publish.browser import Renderer, renderer
from components.publish.fonts import FILES, font_face
from components.record.model import Record
from components.record.wording import dated
from components.summaries.countries import country_headline
from components.summaries.stances import headline
from tests.briefs import HOSTILE, a_brief, parsed
from tests.browsing import PHONE, WIDE
from tests.conftest import ROOT, SMALL

MOST = 8 * 1024 * 1024
A4 = (595, 842)  # points
FACES = "".join(map(font_face, FILES))
SHEET = 1000  # px between the upper and the lower margin of A4
SMALLEST_ON_PAPER = 8 * 96 / 72  # px


@pytest.fixture(scope="module")
def drawing() -> Iterator[Renderer]:
    with renderer() as started:
        yield started


def stretched(record: Record) -> Record:
    """The record with names and sentences twice as long as they are."""
    names = record.actors["name"] + " with all of its lands and islands"
    frames = {table: record.table(table) for table in ("stances", "levers", "funds")}
    told = {table: frame.assign(summary=(frame["summary"] + " ") * 2) for table, frame in frames.items()}
    return replace(record, actors=record.actors.assign(name=names), **told)


def pdf_of(record: Record, actor_id: str, drawing: Renderer) -> bytes:
    brief = a_brief(record, actor_id)
    brief = replace(brief, pictures={name: drawn(brief, name, drawing) for name in pictures_of(brief)})
    return printed(*fitted(brief, FACES, drawing), FACES, drawing)


@pytest.mark.parametrize("whom", ["", "IND", "USA", "MWI", "RUS", "PAK", "EU", "BIS"])
def test_it_has_two_pages(shipped: Record, drawing: Renderer, whom: str) -> None:
    read = PdfReader(io.BytesIO(pdf_of(shipped, whom, drawing)))
    assert [tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in read.pages] == [A4, A4]
    first, last = (sheet.extract_text() for sheet in read.pages)
    assert "Cite as" in last and "Where the facts above come from" in last
    assert "What the words mean" not in first


@pytest.mark.parametrize("whom", ["", "CCC"])
def test_it_has_two_pages_of_the_smallest_record(small: Record, drawing: Renderer, whom: str) -> None:
    assert len(PdfReader(io.BytesIO(pdf_of(small, whom, drawing))).pages) <= 2


@pytest.mark.parametrize("whom", ["", "USA"])
def test_it_has_two_pages_of_long_names_and_sentences(shipped: Record, drawing: Renderer, whom: str) -> None:
    assert len(PdfReader(io.BytesIO(pdf_of(stretched(shipped), whom, drawing))).pages) == 2


@pytest.fixture(scope="module")
def read(drawing: Renderer, shipped: Record) -> PdfReader:
    """The PDF of a brief with an annex, about one actor."""
    brief = a_brief(shipped, "CHN", annex=True, room=2)
    brief = replace(brief, pictures={name: drawn(brief, name, drawing) for name in pictures_of(brief)})
    pdf = printed(brief, b"", FACES, drawing)
    assert pdf == printed(brief, b"", FACES, drawing), "the same record is the same bytes"
    return PdfReader(io.BytesIO(pdf))


def elements(node: Any, kind: str) -> Iterator[dict[str, Any]]:
    """The elements of one kind in the tree of tags of a PDF."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child, kind)
    elif isinstance(node, dict):
        if node.get("/S") == kind:
            yield node
        yield from elements(node.get("/K", []), kind) if "/K" in node else ()


def titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, Destination):
            yield str(entry.title)
        else:
            yield from titles(entry)


def test_a_pdf_says_what_it_is_and_never_when_or_with_what_it_was_made(read: PdfReader, shipped: Record) -> None:
    assert read.metadata == {
        "/Title": dated(country_headline(shipped, "CHN", shipped.tracker.data_until), shipped.tracker.data_until),
        "/Author": "Taliban Recognition Tracker contributors",
        "/Subject": shipped.tracker.question,
        "/Keywords": "Taliban Recognition Tracker, China, 2026-06-30",
    }
    root: dict[Any, Any] = dict(read.root_object)
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert root["/MarkInfo"]["/Marked"]


def test_its_bookmarks_are_its_headings_with_their_spaces(read: PdfReader, shipped: Record) -> None:
    found = list(titles(read.outline))
    assert found[0] == country_headline(shipped, "CHN", shipped.tracker.data_until)
    assert "Where the facts above come from" in found
    assert "Annex: the rows of the record, with all their sources" in found
    assert not [title for title in found if re.search(r"[a-z]{25}", title)]


def test_its_tags_tell_headings_tables_and_what_the_picture_shows(read: PdfReader) -> None:
    tree: Any = read.root_object["/StructTreeRoot"]
    assert len(list(elements(tree["/K"], "/H1"))) == 1
    pictures = [str(figure["/Alt"]) for figure in elements(tree["/K"], "/Figure") if "/Alt" in figure]
    assert len(pictures) == 1
    assert pictures[0].startswith("China.")
    scopes = [str(cell.get("/A")) for cell in elements(tree["/K"], "/TH")]
    assert scopes
    assert all("/Scope" in scope for scope in scopes)


def test_its_fonts_are_inside(read: PdfReader) -> None:
    fonts = [font.get_object() for sheet in read.pages for font in sheet["/Resources"]["/Font"].values()]  # type: ignore[index]
    drawn_as_shapes = [font for font in fonts if "/CharProcs" in font]
    others = [font["/DescendantFonts"][0].get_object() for font in fonts if font["/Subtype"] == "/Type0"]
    assert len(drawn_as_shapes) + len(others) == len(fonts) > 0
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object()) for font in others)


def test_the_contents_of_the_annex_tell_the_right_pages(read: PdfReader) -> None:
    contents = read.pages[2].extract_text()
    listed = re.findall(r"^(\w+) .* (\d+)$", contents.partition("Annex: ")[2], re.MULTILINE)
    assert [label for label, _ in listed] == [
        "History", "Levers", "Money", "Changes", "Conditions", "Peers", "Method", "Sources",
    ]  # fmt: skip
    for label, number in listed:
        assert f"\n{label}: " in read.pages[int(number) - 1].extract_text()


def test_every_sheet_of_the_annex_has_its_head_and_number(read: PdfReader) -> None:
    for number, sheet in enumerate(read.pages, start=1):
        text = sheet.extract_text()
        assert f"{number} / {len(read.pages)}" in text
        assert "CC BY 4.0 · record to 30 June 2026" in text
        assert ("Annex: " in text) == (number > 2)


def test_hostile_text_stays_text_in_a_picture(small: Record, drawing: Renderer) -> None:
    """Of every figure: its words are escaped, its drawing is the same each time, and no id of it is another's."""
    tracker = replace(small.tracker, title=HOSTILE, question=HOSTILE, licence=HOSTILE)
    hostile = replace(small, actors=small.actors.assign(name=HOSTILE), tracker=tracker)
    day = small.tracker.data_until
    ids: list[str] = []
    for name, figure in FIGURES.items():
        told = Brief(hostile, day, day, "AAA" if figure.of_actors else "")
        pictures = [drawn(told, name, drawing) for _ in range(2)]
        assert pictures[0] == pictures[1], f"{name}: the same figure is the same text"
        tree = ElementTree.fromstring(pictures[0])  # noqa: S314 - of our own making
        assert not [element for element in tree.iter() if element.tag.endswith(("script", "img", "}a"))]
        ids += [element.get("id", "") for element in tree.iter() if element.get("id")]
        assert_refers_to_itself(tree, name)
    assert len(ids) == len(set(ids))


def assert_refers_to_itself(tree: ElementTree.Element, name: str) -> None:
    """Each of the three drawings uses what it defines, and says what it shows."""
    shown = [element for element in tree.iter() if element.tag.endswith("}svg")]
    widths = [float(svg.get("width", "0")) for svg in shown]
    assert widths[1:] == list(WIDTHS), name
    for svg, width in zip(shown, widths, strict=True):
        own = {element.get("id") for element in svg.iter() if element.get("id")}
        assert all(str(known).startswith(f"{name}-{width:.0f}-") for known in own)
        values = " ".join(value for element in svg.iter() for value in element.attrib.values())
        assert set(re.findall(r"url\(\"?#([^\")]+)", values)) <= own
        assert svg.get("role") == "img"
        assert len(svg.get("aria-label", "")) > 40


def test_without_chromium_it_says_so_and_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    assert main(["--data", str(SMALL), "--format", "pdf", "html", "--out", str(tmp_path)]) == 2
    assert "install it (Debian and Ubuntu: apt-get install chromium)" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def files(shipped: Record, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Briefs by the command itself: with the annex about all, dark about one, and of the small record."""
    out = tmp_path_factory.mktemp("briefs")
    for number, arguments in enumerate(
        (
            ["--annex", "--format", "html"],
            ["--actor", "CHN", "--theme", "dark", "--format", "html", "pdf"],
            ["--data", str(SMALL), "--as-of", "2020-01-05", "--format", "html", "pdf"],
        )
    ):
        program = [sys.executable, "-m", "components.export", "brief", *arguments, "--out", str(out)]
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert f"{2 if number else 1} file" in done.stdout
        assert "100%" in done.stderr
    assert not list(out.glob(".*")), "a part of a file is left"
    return {path.name: path for path in out.iterdir()}


ABOUT_ALL = "taliban-recognition-tracker-brief-2026-06-30-annex.html"
ABOUT_ONE = "taliban-recognition-tracker-brief-chn-2026-06-30-dark"


def test_a_file_is_named_after_what_is_in_it(files: dict[str, Path]) -> None:
    small = "small-tracker-brief-2020-01-05"
    pairs = [f"{stem}.{kind}" for stem in (ABOUT_ONE, small) for kind in ("html", "pdf")]
    assert set(files) == {ABOUT_ALL, *pairs}


def test_a_file_is_small_and_has_each_font_once(files: dict[str, Path]) -> None:
    for path in files.values():
        assert path.stat().st_size < MOST
    for text in (path.read_text(encoding="utf-8") for path in files.values() if path.suffix == ".html"):
        assert text.count("@font-face") == text.count("font/woff2") == 2
        for family in FILES:
            assert text.count(f'@font-face{{font-family:"{family}"') == 1


def test_a_whole_file_is_well_formed_with_pictures_in_words(files: dict[str, Path]) -> None:
    for name, path in files.items():
        if path.suffix == ".html":
            tree = parsed(path.read_text(encoding="utf-8"))
            ids = [element.get("id") for element in tree.iter() if element.get("id")]
            assert len(ids) == len(set(ids))
            pictures = [element for element in tree.iter() if element.get("role") == "img"]
            assert all(len(picture.get("aria-label", "")) > 40 for picture in pictures)
            assert len(list(tree.iter("figure"))) == (4 if name == ABOUT_ALL else 1)
            assert len(pictures) == 3 * len(list(tree.iter("figure")))
            assert not re.search(r"<script|url\((?!#|data:)|@import", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_it_opens_without_a_network(
    browser: Browser, files: dict[str, Path], shipped: Record, size: dict[str, int]
) -> None:
    day = shipped.tracker.data_until
    findings = {ABOUT_ALL: headline(shipped, day), f"{ABOUT_ONE}.html": country_headline(shipped, "CHN", day)}
    for name, finding in findings.items():
        context = browser.new_context(viewport=size, offline=True)  # type: ignore[arg-type]
        assert_stands_alone(context.new_page(), files[name].as_uri(), finding, size["width"])
        context.close()


def assert_stands_alone(opened: Page, address: str, finding: str, width: int) -> None:
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(address)
    assert opened.locator("h1").inner_text().replace("\n", " ") == finding
    opened.wait_for_function("document.fonts.status === 'loaded'")
    assert opened.evaluate("[...document.fonts].map((font) => font.status)") == ["loaded", "loaded"]
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate(SMALLEST) >= 12
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert not said


def test_on_paper_nothing_is_too_small_too_tall_or_dark(browser: Browser, files: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": BESIDE[0] + 174, "height": SHEET}, offline=True)
    for name in (ABOUT_ALL, f"{ABOUT_ONE}.html"):
        opened = context.new_page()
        opened.emulate_media(media="print")
        opened.goto(files[name].as_uri())
        assert opened.evaluate(SMALLEST) >= SMALLEST_ON_PAPER - 0.01
        heights = opened.evaluate("[...document.querySelectorAll('figure')].map((one) => one.offsetHeight)")
        assert 0 < max(heights) < SHEET
        assert opened.evaluate(PAPER) == ["rgb(255, 255, 255)", "light"]
    context.close()


PAPER = """() => {
  const style = getComputedStyle(document.documentElement);
  return [style.backgroundColor, style.colorScheme];
}"""
# The smallest text that is shown, in pixels, inside pictures too as they are scaled.
SMALLEST = """() => {
  const shown = [...document.querySelectorAll("body *")].filter((element) =>
    element.getClientRects().length && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return Math.round(100 * Math.min(...shown.map((element) => {
    const picture = element.closest("svg");
    const scale = picture ? picture.getBoundingClientRect().width / picture.viewBox.baseVal.width : 1;
    return parseFloat(getComputedStyle(element).fontSize) * scale;
  }))) / 100;
}"""
