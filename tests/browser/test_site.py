"""The site as the command writes it and a reader meets it, in a real Chromium, below a path of a plain server."""

import functools
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from components.figures.catalogue import FIGURES
from components.publish import site
from components.publish.site_charts import PHONE as PHONE_WIDTH
from components.publish.site_charts import WIDE
from components.publish.site_folder import MARK
from components.record.model import Record
from tests.browsing import PHONE
from tests.conftest import ROOT, SMALL
from tests.sites import HOME, check_links
from tests.waiting import until

CHARTS = [name for name, figure in FIGURES.items() if not figure.of_actors and not figure.plays]
PAGES = [
    *("", "actors/", "charts/", "numbers/", "changes/", "data/", "data/latest/", "actors/PAK/", "actors/UN/"),
    *("numbers/engaging/", "rows/RUS-2025-07-03/", "rows/9.5-billion/"),
    *(f"charts/{name}/" for name in CHARTS),
]


@pytest.fixture(scope="module")
def made(shipped: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped record, by the command itself."""
    out = tmp_path_factory.mktemp("made") / "below" / "site"
    done = export("--out", str(out), "--address", f"{HOME}/", "--live", "https://live.example/board/")
    assert done.returncode == 0, done.stderr
    assert f"pages in {out}" in done.stdout
    assert "100%" in done.stderr
    return out


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """The site below a path of a server that knows nothing of it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(made.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/below/site/"
        server.shutdown()


@pytest.fixture
def reader(page: Page) -> Iterator[Page]:
    """A page that fails the test on any message of an error on its console."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    assert not errors


def export(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "components.export", "site", *arguments]
    known = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, check=False)


def test_every_link_and_file_of_the_shipped_site_is_there(made: Path, shipped: Record) -> None:
    check_links(made, HOME)
    for name in ("stances", "levers", "funds", "reconciliation"):
        assert all((made / "rows" / row_id / "index.html").is_file() for row_id in shipped.table(name)["id"])
    data = made / "data" / "latest"
    for path in (ROOT / "data").iterdir():
        assert (data / path.name).read_bytes() == path.read_bytes()


def test_each_chart_is_a_drawing_in_both_themes_and_widths_and_a_picture_for_others(made: Path) -> None:
    for name in CHARTS:
        folder = made / "charts" / name
        for width in (WIDE, PHONE_WIDTH):
            for theme, paper in (("light", "#FFFFFF"), ("dark", "#14171A")):
                drawing = ElementTree.parse(folder / f"{width}-{theme}.svg").getroot()  # noqa: S314 - of our own making
                assert drawing.get("width") == str(width)
                assert paper.lower() in [rect.get("fill", "").lower() for rect in list(drawing)[:4]]
        assert (folder / "card.png").read_bytes().startswith(b"\x89PNG")


def test_the_site_stays_small(made: Path) -> None:
    files = [path for path in made.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 45_000_000
    assert len(files) < 2_500


def test_the_same_record_makes_the_same_bytes(tmp_path: Path) -> None:
    def build(seed: str) -> dict[str, bytes]:
        out = tmp_path / seed
        done = export("--data", str(SMALL), "--out", str(out), PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        assert "Without --address it has no feeds" in done.stdout
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    with ThreadPoolExecutor() as both:
        first, second = both.map(build, ("1", "2"))
    assert first == second


def test_a_site_that_is_ended_leaves_nothing_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "components.export", "site", "--out", str(tmp_path / "site")]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writing:
        until(lambda: any(tmp_path.glob(".site-*/fresh/charts/*/card.png")), lambda: writing.poll() is None)
        writing.send_signal(signal.SIGTERM)
        _, said = writing.communicate()
    assert writing.returncode == 143
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_a_chart_has_the_colours_of_the_reader_and_the_width_of_the_screen(reader: Page, address: str) -> None:
    reader.emulate_media(color_scheme="dark")
    reader.goto(f"{address}charts/map/")
    assert shown(reader) == f"{address}charts/map/{WIDE}-dark.svg"
    assert reader.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
    reader.emulate_media(color_scheme="light")
    reader.set_viewport_size(PHONE)  # type: ignore[arg-type]
    until(lambda: shown(reader) == f"{address}charts/map/{PHONE_WIDTH}-light.svg")


def shown(page: Page) -> str:
    """The address of the drawing that the browser has chosen, once it is there."""
    until(lambda: page.evaluate("document.querySelector('.still img').naturalWidth > 0"))
    return str(page.evaluate("document.querySelector('.still img').currentSrc"))


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_every_page_without_sideways_scrolling(reader: Page, address: str, name: str) -> None:
    reader.set_viewport_size(PHONE)  # type: ignore[arg-type]
    reader.goto(address + name)
    assert reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_from_a_number_to_the_proof(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.get_by_role("link", name="Numbers", exact=True).click()
    reader.get_by_role("link", name=re.compile("^1 country recognises")).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile("1 country recognises the Taliban"))
    reader.get_by_role("link", name="RUS-2025-07-03").click()
    expect(reader.get_by_role("heading", level=2).first).to_have_text(re.compile("sources?$"))
    reader.get_by_role("link", name="Russia", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile("^Russia: recognises since 3 July 2025"))


def test_a_band_of_recognition_lies_over_that_of_the_stance(reader: Page, address: str) -> None:
    reader.goto(f"{address}actors/RUS/")
    bands = reader.locator(".bands span")
    expect(bands.last).to_have_attribute("title", "Recognises, from 3 July 2025 to 30 June 2026")
    whole, last = reader.locator(".bands").bounding_box(), bands.last.bounding_box()
    assert whole
    assert last
    assert abs((last["x"] + last["width"]) - (whole["x"] + whole["width"])) < 3
    assert 0.15 < last["width"] / whole["width"] < 0.25


def test_the_command_refuses_a_folder_of_somebody_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert site.main(["--data", str(SMALL), "--out", str(tmp_path)]) == 1
    assert "is not empty and not a site written by this command" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert not (tmp_path / MARK).exists()


@pytest.mark.parametrize("option", ["--live", "--address"])
@pytest.mark.parametrize(
    "text", ["dashboard.example", "javascript:alert(1)", "https://", "https://a.example/?date=2020-01-01"]
)
def test_what_is_no_web_address_is_refused(option: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        site.main([option, text])
    assert stopped.value.code == 2
    assert "is not a web address: write it as https://dashboard.example" in capsys.readouterr().err
