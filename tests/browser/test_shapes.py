"""Pictures in designed shapes: their pixels, and that no words meet or leave the picture, as Chromium measures them."""

import io
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image
from playwright.sync_api import Page

from components.pages.parts import studio
from components.pages.parts.studio import has_chromium, memory_left
from components.publish.charts import IMAGES
from components.publish.shapes import SHAPES, Shape
from components.record.model import Record
from tests.boxes import CORNERS, apart
from tests.browser.test_export import export, stem
from tests.browsing import settled

LAST = "2026-06-30"
BEFORE = ("2021-08-15", "2021-09-27", "2023-03-01")
# Every line of words is a group of outlines that names them; an outline's scale is its size in thousandths.
MEASURE = f"""() => {{
  const corners = {CORNERS};
  const svg = document.querySelector("svg"), view = svg.viewBox.baseVal, frame = svg.getBoundingClientRect();
  const scale = view.width / frame.width;
  const size = line => Math.min(...[...line.children].map(sign => 1000 * sign.transform.baseVal[1].matrix.a));
  return [...svg.querySelectorAll("g[aria-label]")].map(line => {{
    const box = line.getBoundingClientRect();
    return {{words: line.getAttribute("aria-label"), size: size(line), corners: corners(line),
            outside: line.parentNode === svg,
            left: (box.left - frame.left) * scale, right: (box.right - frame.left) * scale,
            top: (box.top - frame.top) * scale, bottom: (box.bottom - frame.top) * scale}};
  }}).filter(box => box.right - box.left > 0 && box.words.trim());
}}"""


@pytest.fixture(scope="module")
def drawn(shipped: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every chart as SVG: in all shapes on the last day, in the lowest one on some more; one as PNG."""
    out = tmp_path_factory.mktemp("shapes")
    common = ["--actors", "PAK", "IND", "--jobs", "3", "--out", str(out)]
    for arguments in (
        ["--as-of", LAST, "--shape", *SHAPES, "--format", "svg"],
        ["--as-of", *BEFORE, "--shape", "article", "--format", "svg"],
        ["matrix", "--as-of", LAST, "--shape", *SHAPES, "--scale", "1", "2", "3", "--theme", "dark"],
    ):
        done = export(*arguments, *common)
        assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("name", IMAGES)
def test_no_words_meet_or_leave_the_picture(drawn: Path, page: Page, name: str) -> None:
    files = sorted(file for day in (*BEFORE, LAST) for file in drawn.glob(f"{stem(name, day)}-*.svg"))
    assert len(files) == len(BEFORE) + len(SHAPES)
    page.set_content("<style>body {margin: 0}</style><div></div>")
    for file in files:
        size = next(SHAPES[code] for code in SHAPES if f"-{code}-" in file.stem)
        page.set_viewport_size({"width": size.width, "height": size.height})
        page.evaluate("svg => {document.querySelector('div').innerHTML = svg}", file.read_text(encoding="utf-8"))
        boxes = page.evaluate(MEASURE)
        assert len(boxes) > 3
        check(file.name, boxes, size)


@pytest.mark.parametrize("name", IMAGES)
@pytest.mark.parametrize("code", SHAPES)
def test_type_and_drawing_have_the_sizes_of_the_shape(drawn: Path, page: Page, name: str, code: str) -> None:
    """Titles of two lines at most, legends and notes of one, letters that can be read, and a drawing that fills it."""
    shape = SHAPES[code]
    svg = (drawn / f"{stem(name, LAST)}-{code}-light.svg").read_text(encoding="utf-8")
    page.set_viewport_size({"width": shape.width, "height": shape.height})
    page.set_content(f"<style>body {{margin: 0}}</style>{svg}")
    boxes = [{**box, "size": round(box["size"] * shape.magnified)} for box in page.evaluate(MEASURE)]
    words, labels = ([box for box in boxes if box["outside"] == outside] for outside in (True, False))
    rows = {part: [box for box in words if box["size"] == size] for part, (size, _) in shape.type.items()}
    assert sum(map(len, rows.values())) == len(words)
    square = shape.width == shape.height
    most = {"title": 2, "measure": 1 + square, "legend": 7 if name == "map" else 1 + square, "note": 2}
    for part, found in rows.items():
        assert lines(found) <= most[part], (part, [box["words"] for box in found])
    assert min(box["size"] for box in labels) >= shape.ticks
    assert not [box["words"] for box in boxes if "…" in box["words"]]
    edge = shape.edge - 1
    assert all(edge <= box["left"] and box["right"] <= shape.inner_width - edge for box in words)
    above = [*rows["title"], *rows["measure"], *([] if name == "map" else rows["legend"])]
    high = min(box["top"] for box in rows["note"]) - max(box["bottom"] for box in above)
    share = high * (shape.inner_width - 2 * shape.edge) / (shape.inner_width * shape.inner_height)
    alone = code == "article" and lines(rows["title"]) == 1
    assert share >= (0.5 if square else 0.6 if alone else 0.55), share


def lines(boxes: list[dict[str, Any]]) -> int:
    """How many lines they stand in."""
    tops = sorted(box["top"] for box in boxes)
    return len(tops) and 1 + sum(later - top > 4 for top, later in itertools.pairwise(tops))


def check(file: str, boxes: list[dict[str, Any]], shape: Shape) -> None:
    """All boxes lie in the picture, none meets another, and no type is too small."""
    for box in boxes:
        assert box["left"] >= 0 and box["right"] <= shape.inner_width, (file, box)
        assert box["top"] >= 0 and box["bottom"] <= shape.inner_height, (file, box)
        assert round(box["size"] * shape.magnified) >= shape.type["note"][0], (file, box)
    for one, other in itertools.combinations(boxes, 2):
        across = min(one["right"], other["right"]) - max(one["left"], other["left"])
        down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
        assert across <= 0 or down <= 0 or apart(one["corners"], other["corners"], 0), (file, one, other)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picture_has_the_pixels_of_its_shape(drawn: Path, shape: str) -> None:
    size = SHAPES[shape]
    for name in IMAGES:
        file = drawn / f"{stem(name, LAST)}-{shape}-light.svg"
        head = file.read_text(encoding="utf-8")[:300]
        assert f'width="{size.width}" height="{size.height}"' in head
    for scale in (1, 2, 3):
        suffix = "" if scale == 1 else f"@{scale}x"
        with Image.open(drawn / f"{stem('matrix', LAST)}-{shape}-dark{suffix}.png") as image:
            assert image.size == (size.width * scale, size.height * scale)


@pytest.mark.parametrize("name", ["history", "matrix", "crosstab", "pledges"])
def test_what_is_left_out_is_said(drawn: Path, name: str) -> None:
    lines = re.findall(
        'aria-label="([^"]+)"', (drawn / f"{stem(name, LAST)}-article-light.svg").read_text(encoding="utf-8")
    )
    assert [line for line in lines if re.match(r"and \d[\d,]* ", line)], lines


def test_a_reader_gets_a_shape_drawn_on_the_server(page: Page, server: str) -> None:
    page.goto(f"{server}/funds?date=2021-09-27")
    settled(page)
    page.get_by_role("button", name="Article, slide, square").first.click()
    menu = page.get_by_test_id("stPopoverBody")
    for shape, picked, ending in (("article", "PNG", "png"), ("square", "SVG", "svg")):
        menu.get_by_text(SHAPES[shape].label).click()
        menu.get_by_text(picked, exact=True).click()
        settled(page)
        with page.expect_download() as saved:
            menu.get_by_role("button", name="Draw and download").click()
        assert (
            saved.value.suggested_filename
            == f"taliban-recognition-tracker-held-and-promised-2021-09-27-{shape}-light.{ending}"
        )
        content = saved.value.path().read_bytes()
        if ending == "png":
            with Image.open(io.BytesIO(content)) as image:
                assert image.size == (1200, 675)
        else:
            assert b'width="1080" height="1080"' in content[:300]


def test_a_server_without_chromium_or_memory_offers_no_shapes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    has_chromium.clear()
    assert not has_chromium()
    has_chromium.clear()
    assert memory_left() > 0
    for name, text in (("memory.max", "734003200\n"), ("memory.current", "419430400\n"), ("memory.stat", "anon 5\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(studio, "CONTROL_GROUP", tmp_path)
    assert memory_left() == 300 << 20 < studio.NEEDED
