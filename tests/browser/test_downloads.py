"""What readers take away from pages: tables of the page Data, and pictures that are those of the exporter."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from components.publish import bundle
from components.publish.browser import renderer
from components.publish.names import file_stem
from components.publish.picture import picture_of
from components.publish.shapes import Shape
from components.publish.stage import Order
from components.record.model import Record
from components.record.reading import read
from tests.browser.test_export import ALIKE, DAY, SVG, difference, drawn_elsewhere, emptied
from tests.browsing import painted, settled
from tests.conftest import ROOT, SMALL
from tests.pages import Open
from tests.unit.test_bundle import sheets


def labels(app: AppTest) -> set[str]:
    """The downloads that a page offers."""
    assert not app.exception
    return {button.proto.label for button in app.get("download_button")}


def test_the_data_page_offers_both(open_page: Open) -> None:
    assert {"Whole record, .xlsx", "Whole record, .zip"} <= labels(open_page("data", SMALL))
    assert "Only the actors shown, .zip" not in labels(open_page("data", SMALL))
    some = {"Only the actors shown, .xlsx", "Only the actors shown, .zip"}
    assert some <= labels(open_page("data", SMALL, region="Europe"))


def test_without_the_library_the_data_page_offers_no_workbook(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    shown = labels(open_page("data", SMALL))
    assert "Whole record, .zip" in shown
    assert not [label for label in shown if "xlsx" in label]


def test_a_reader_gets_what_the_button_says(server: str, page: Page, shipped: Record, tmp_path: Path) -> None:
    page.goto(f"{server}/data?region=Central%20Asia")
    settled(page)
    for label, ending in (("Whole record", "zip"), ("Only the actors shown", "xlsx")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=f"{label}, .{ending}").click()
        saved.value.save_as(tmp_path / f"file.{ending}")
        assert saved.value.suggested_filename.endswith(f".{ending}")
    assert (tmp_path / "file.zip").read_bytes() == bundle.data_package(read(ROOT / "data"))
    told = {row[0]: str(row[1]) for row in sheets((tmp_path / "file.xlsx").read_bytes())["README"]}
    assert told["Filters"].startswith("Only: Region Central Asia (on 30 June 2026).")


NARROWER = 12  # px: the margin of a page's picture than the exporter's


@pytest.mark.parametrize(("where", "name"), [("", "map"), ("matrix", "matrix"), ("funds", "held_and_promised")])
def test_the_picture_of_a_page_is_the_exporters(
    server: str, page: Page, shipped: Record, tmp_path: Path, where: str, name: str
) -> None:
    """In its words, their order and, where the rows of a drawing decide how high it is, in its looks."""
    page.goto(f"{server}/{where}?date={DAY}")
    (painted if name == "map" else settled)(page)
    svg, png = (saved_picture(page, name, form, tmp_path) for form in ("svg", "png"))
    root = ElementTree.parse(svg).getroot()  # noqa: S314 - of our own making
    width = round(float(root.get("width", "0")))
    picture = picture_of(shipped, name, shipped.tracker.start.replace(month=9, day=27))
    order = Order(picture, Shape("Page", width + 2 * NARROWER, 0), "light", "svg")
    theirs = tmp_path / "exporter.svg"
    theirs.write_bytes(ThreadPoolExecutor(1).submit(drawn, order).result())  # the tests' own browser has this thread
    assert [root[0].text, root[1].text] == [picture.title, picture.alt]
    assert not [element for element in root.iter() if element.tag in {f"{SVG}text", f"{SVG}style", f"{SVG}image"}]
    for words in (picture.finding, picture.subtitle, *picture.notes):
        assert squeezed(words) in lines(root), words
    assert lines(root).startswith(lines(ElementTree.parse(theirs).getroot())[:200])  # noqa: S314
    with Image.open(png) as image, drawn_elsewhere(svg, tmp_path / "other.png", image.width) as other:
        assert image.width == pytest.approx(2 * float(root.get("width", "0")), abs=1)
        assert difference(image, other) < min(ALIKE, difference(image, emptied(image)) / 3)
        if picture.figure.heights == (0, 0):
            cut = 2 * NARROWER  # px of images of twice the pixels
            with drawn_elsewhere(theirs, tmp_path / "exporter.png", image.width + 2 * cut) as exported:
                assert exported.height == pytest.approx(image.height + 2 * cut, abs=2)
                inside = exported.crop((cut, cut, cut + image.width, cut + image.height))
            assert difference(image, inside) < ALIKE


def drawn(order: Order) -> bytes:
    with renderer() as browser:
        return browser.draw(order)


def saved_picture(page: Page, name: str, form: str, folder: Path) -> Path:
    frame = page.locator(f".st-key-picture_{name}_frame")
    with page.expect_download() as saved:
        frame.get_by_role("button", name=f"Download this chart as {form.upper()}").click()
    assert saved.value.suggested_filename == f"{file_stem(read(), name, DAY)}-page-light.{form}"
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def lines(root: ElementTree.Element) -> str:
    """All words that are drawn, without blanks, because a line may end at any."""
    return squeezed("".join(element.get("aria-label", "") for element in root.iter()))


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)
