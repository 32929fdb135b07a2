"""The site as files: links, bytes, texts; and as a reader meets it, in a real Chromium from a plain server."""

import datetime as dt
import functools
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from components.figures.catalogue import FIGURES
from components.figures.theme import NO_TOPOLOGY
from components.publish import site
from components.publish.colours import NAMES
from components.publish.site_page import POLICY
from components.publish.site_pages import EVIDENCE
from components.record.model import Record
from tests.browsing import PHONE, POINT_IN
from tests.conftest import ROOT, SMALL
from tests.waiting import until

LIVE = "https://live.example/board"
FIGURE_PAGES = [name for name, figure in FIGURES.items() if not figure.of_actors]
TOP = ["index", "changes", "countries", "data", *FIGURE_PAGES]
HOSTILE = "<script>alert(1)</script> \" onload='alert(1)' <img src=x onerror=alert(1)>"


class Read(HTMLParser):
    """What a page has: its elements with their attributes, their ids, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str, class_: str = "") -> list[str]:
        """What an attribute holds wherever it stands, or on the elements of a class."""
        found = [a for _, a in self.elements if attribute in a]
        return [a[attribute] for a in found if not class_ or class_ in a.get("class", "").split()]

    @property
    def ids(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.elements if "id" in attributes}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped record, by the command itself."""
    out = tmp_path_factory.mktemp("made") / "site"
    done = export("--out", str(out), "--live", f"{LIVE}/")
    assert done.returncode == 0, done.stderr
    assert f"pages in {out}" in done.stdout
    assert "100%" in done.stderr
    return out


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """The site on a server that knows nothing of it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(made))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
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


def small_site(record: Record, folder: Path, live: str = "") -> Path:
    site.write_pages(record, record.tracker.data_until, live, folder)
    return folder


def html_files(folder: Path) -> dict[Path, Read]:
    return {path: Read(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def check_links(folder: Path) -> set[str]:
    """Every address inside the site has a file, and a place on it where it names one; the addresses outside it."""
    pages, outside = html_files(folder), set()
    for path, page in pages.items():
        for tag, attributes in page.elements:
            for name in attributes.keys() & {"href", "src", "data-figure"}:
                parts = urlsplit(attributes[name])
                if parts.scheme or parts.netloc:
                    assert tag == "a" or attributes[name] == "data:,", f"{path}: {tag} fetches {attributes[name]}"
                    outside.add(attributes[name])
                    continue
                endings = ("-light.json", "-dark.json") if name == "data-figure" else ("",)
                for ending in endings:
                    target = path if not parts.path else (path.parent / (unquote(parts.path) + ending)).resolve()
                    assert target.is_file(), f"{path} refers to {attributes[name]}"
                    assert target.is_relative_to(folder)
                if parts.fragment:
                    assert unquote(parts.fragment) in pages[target].ids, f"{path} refers to {attributes[name]}"
    return outside


def test_every_link_and_file_of_the_shipped_site_is_there(made: Path, shipped: Record) -> None:
    outside = check_links(made)
    assert any(link.startswith(f"{LIVE}/?date=") for link in outside)
    assert f"{LIVE}/countries?date={shipped.tracker.data_until}&actor=PAK" in outside
    for row_id in shipped.stances["id"]:
        place = f"countries/{row_id[: row_id.index('-')]}.html"
        assert f'id="{row_id}"' in (made / place).read_text(encoding="utf-8")


def test_every_file_is_used_or_meant_to_be_taken_away(made: Path) -> None:
    files = {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()}
    assert {f"{name}.html" for name in TOP} <= files
    shared = {
        *("explorer.css", "explorer.js", "player.js", "plotly.min.js", "site.css", "site.js"),
        *("source-sans.woff2", "source-sans-latin.woff2", "world.json"),
    }
    assert {path for path in files if path.startswith("shared/")} == {f"shared/{name}" for name in shared}
    shapes = json.loads((made / "figures" / "map-light.json").read_text(encoding="utf-8"))["data"][0]["geojson"]
    assert (made / urlsplit(shapes).path).is_file()
    assert (made / "data" / "stances.csv").read_bytes() == (ROOT / "data" / "stances.csv").read_bytes()
    assert re.findall(r"url\(\"?([^\")]+)", (made / "shared" / "site.css").read_text("utf-8")) == ["source-sans.woff2"]


def test_every_page_has_the_policy_a_heading_and_no_script_of_its_own(made: Path) -> None:
    for path, page in html_files(made).items():
        policies = [a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [POLICY], path
        assert sum(tag == "h1" for tag, _ in page.elements) == 1, path
        scripts = [a for tag, a in page.elements if tag == "script"]
        assert [a for a in scripts if "src" not in a and a.get("type") != "application/json"] == []
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert "Cite: " in page.text
        assert "Record from" in page.text


def test_every_figure_has_a_page_with_its_words_and_where_the_dashboard_has_it(made: Path, shipped: Record) -> None:
    for name in FIGURE_PAGES:
        page = Read((made / f"{name}.html").read_text(encoding="utf-8"))
        assert page.values("data-figure") == [f"figures/{name}"]
        where, parameters = FIGURES[name].place
        told = {"date": shipped.tracker.data_until.isoformat(), **parameters}
        live = f"{LIVE}/{'' if where == 'map' else where}?{urlencode(told)}"
        assert [a["href"] for tag, a in page.elements if a.get("href", "").startswith(LIVE)] == [live]
        assert ("Evidence: " in page.text) == (name in EVIDENCE)
        assert shipped.tracker.licence in page.text
    actor = Read((made / "countries" / "PAK.html").read_text(encoding="utf-8"))
    assert actor.values("data-figure") == ["../figures/PAK"]


def test_a_drawing_asks_for_nothing_but_the_shared_shapes(made: Path) -> None:
    drawings = [path for theme in ("light", "dark") for path in (made / "figures").glob(f"*-{theme}.json")]
    assert {f"{name}-{theme}.json" for name in FIGURE_PAGES for theme in ("light", "dark")} <= {
        d.name for d in drawings
    }
    for path in drawings:
        drawing = json.loads(path.read_text(encoding="utf-8"))
        assert drawing["config"] == {
            "displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "scrollZoom": False, "responsive": True,
        }  # fmt: skip
        shapes = [trace["geojson"] for trace in drawing["data"] if "geojson" in trace]
        assert all(address.startswith("shared/world.json?v=") for address in shapes)


def test_a_figure_has_its_height_before_it_is_drawn(made: Path) -> None:
    for name in FIGURE_PAGES:
        (style,) = Read((made / f"{name}.html").read_text(encoding="utf-8")).values("style", "picture")
        drawing = json.loads((made / "figures" / f"{name}-light.json").read_text(encoding="utf-8"))
        own = round(drawing["layout"].get("height", 0))
        wide, phone = FIGURES[name].heights if FIGURES[name].heights != (0, 0) else (own, own)
        assert style == f"--wide: {wide}px; --phone: {phone}px"
        assert min(wide, phone) > 0


def test_the_style_has_each_colour_of_the_theme_light_and_dark(made: Path) -> None:
    style = (made / "shared" / "site.css").read_text(encoding="utf-8")
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    for name, paint in NAMES.items():
        assert f"--{name}: {paint.light}" in light
        assert f"--{name}: {paint.dark}" in dark
    own = {"fill", "fill-dark", "line", "line-dark", "width", "size", "wide", "phone"}  # of a swatch, of a picture
    assert set(re.findall(r"var\(--([\w-]+)", style)) <= {*NAMES, *own}


def test_the_same_record_makes_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        assert export("--data", str(SMALL), "--out", str(out), PYTHONHASHSEED=seed).returncode == 0
        made.append({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert made[0] == made[1]


def test_the_small_record_has_a_site_without_a_dashboard(small: Record, tmp_path: Path) -> None:
    outside = check_links(small_site(small, tmp_path))
    assert {urlsplit(link).netloc for link in outside if link != "data:,"} == {
        "paper.example", "other.example", "gov.example",
    }  # fmt: skip
    assert {path.stem for path in (tmp_path / "countries").iterdir()} == {"AAA", "BBB", "BNK", "ALL"}


def test_a_day_on_which_nothing_is_known_has_a_site(small: Record, tmp_path: Path) -> None:
    site.write_pages(small, small.tracker.start, "", tmp_path)
    check_links(tmp_path)


def test_hostile_text_stays_text(small: Record, tmp_path: Path, browser: Browser) -> None:
    sources = small.sources.assign(url="javascript:alert(1)", publisher=HOSTILE, title=HOSTILE)
    actors = small.actors.assign(name=[f"{name} {HOSTILE}" for name in small.actors["name"]])
    tables = {name: small.table(name).assign(summary=HOSTILE) for name in ("stances", "levers", "funds")}
    tracker = replace(small.tracker, title=HOSTILE, question=HOSTILE, citation=HOSTILE, names_and_borders=HOSTILE)
    record = replace(small, tracker=tracker, sources=sources, actors=actors, **tables)
    small_site(record, tmp_path, 'https://live.example/"><script>alert(1)</script>')
    for path, page in html_files(tmp_path).items():
        own = {"explorer.js"} if path.name == "index.html" else {"plotly.min.js", "site.js"}
        assert {a["src"].split("?")[0].split("/")[-1] for t, a in page.elements if t == "script" and "src" in a} == {
            *own, *(["player.js"] if path.stem == "film" else []),
        }, path  # fmt: skip
        assert not [tag for tag, _ in page.elements if tag in {"img", "iframe", "base", "form", "object"}]
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert not [a["href"] for _, a in page.elements if a.get("href", "").startswith("javascript:")]
        assert HOSTILE in page.text
    assert shown_dialogs(browser, tmp_path) == []


def shown_dialogs(browser: Browser, folder: Path) -> list[str]:
    """What pages ask in a browser that hands them out itself, policy and all."""
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    with browser.new_context() as context:
        page = context.new_page()
        page.on("dialog", dismiss)
        page.route("**/*", lambda route: route.fulfill(path=folder / urlsplit(route.request.url).path.lstrip("/")))
        for path in ("index.html", "countries/AAA.html", *(f"{name}.html" for name in FIGURE_PAGES)):
            page.goto(f"http://127.0.0.1:9/{path}")
            drawn(page)
    return asked


def drawn(page: Page) -> None:
    """Wait until every figure of a page is drawn."""
    for place in page.locator("[data-figure]").all():
        expect(place.locator(".main-svg").first).to_be_attached()


def test_the_map_is_painted_in_the_colours_of_the_reader_and_a_click_opens_a_page(reader: Page, address: str) -> None:
    reader.emulate_media(color_scheme="light")
    reader.goto(f"{address}/map.html")
    painted(reader)
    ground = "() => document.querySelector('.js-plotly-plot')._fullLayout.paper_bgcolor"
    assert reader.evaluate(ground) == "#FFFFFF"
    reader.emulate_media(color_scheme="dark")
    until(lambda: reader.evaluate(ground) == "#14171A")
    painted(reader)
    point = reader.evaluate(POINT_IN, "PAK")
    reader.mouse.click(point["x"], point["y"])
    expect(reader.locator("h1")).to_contain_text("Pakistan")
    drawn(reader)
    assert reader.url == f"{address}/countries/PAK.html"


def painted(page: Page) -> None:
    """Asked from here, because the policy of the pages forbids the browser to be given a text to ask itself."""
    until(lambda: page.locator(".choroplethlayer path").count() > 190)


@pytest.mark.parametrize("name", [*TOP, "countries/PAK", "countries/UN"])
def test_a_phone_shows_every_page_without_sideways_scrolling(reader: Page, address: str, name: str) -> None:
    reader.set_viewport_size(PHONE)  # type: ignore[arg-type]
    reader.goto(f"{address}/{name}.html")
    drawn(reader)
    assert reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_film_obeys_the_keyboard(reader: Page, address: str) -> None:
    reader.goto(f"{address}/film.html")
    painted(reader)
    slider = reader.get_by_role("slider", name="Month", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("June 2026: Recognises 1 "))
    russia = """() => getComputedStyle(
        [...document.querySelectorAll('.choroplethlayer path')].find(path => path.__data__.loc === 'RUS')).fill"""
    assert reader.evaluate(russia) == "rgb(0, 27, 58)"
    slider.focus()
    reader.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("August 2021: Recognises 0 "))
    assert reader.evaluate(russia) == "rgb(221, 170, 51)"


def test_a_film_is_of_the_whole_record_whatever_the_day(small: Record, tmp_path: Path) -> None:
    site.write_pages(small, dt.date(2020, 4, 30), "", tmp_path)
    (heading,) = re.findall("<h1>(.*)</h1>", (tmp_path / "film.html").read_text(encoding="utf-8"))
    assert heading.endswith(", 31 December 2020")
    days = json.loads((tmp_path / "figures" / "film-player.json").read_text(encoding="utf-8"))["days"]
    assert (days[0], days[-1]) == ("2020-01-31", "2020-12-31")
    assert "These pages show 30 April 2020." in (tmp_path / "film.html").read_text(encoding="utf-8")


def test_without_a_script_the_words_and_the_table_are_there(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/map.html")
        expect(page.get_by_text(re.compile("^Stance on recognition. .* World map. Recognises: "))).to_be_visible()
        expect(page.locator(".legend li").first).to_be_visible()
        page.get_by_text("Table behind this picture").click()
        expect(page.locator("th[scope=row]", has_text="Pakistan")).to_be_visible()
        assert page.locator(".picture").bounding_box()["height"] < 300  # type: ignore[index]


def test_a_new_site_takes_the_place_of_the_old_one(small: Record, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert site.main(["--data", str(SMALL), "--out", str(out)]) == 0
    (out / "stale.html").write_text("old", encoding="utf-8")
    assert site.main(["--data", str(SMALL), "--out", str(out)]) == 0
    assert not (out / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert out.stat().st_mode & 0o005 == 0o005  # the web server's user may read it


def test_a_failure_leaves_the_old_site_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    assert site.main(["--data", str(SMALL), "--out", str(out)]) == 0
    before = sorted(out.rglob("*"))

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(site, "pages", full)
    assert site.main(["--data", str(SMALL), "--out", str(out)]) == 1
    assert sorted(out.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert site.main(["--data", str(SMALL), "--out", str(tmp_path)]) == 1
    assert "is not empty and not a site written by this command" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    "live", ["dashboard.example", "javascript:alert(1)", "https://", "https://a.example/?date=2020-01-01"]
)
def test_a_dashboard_without_a_web_address_is_refused(live: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        site.main(["--live", live])
    assert stopped.value.code == 2
    assert "is not a web address: write it as https://dashboard.example" in capsys.readouterr().err
