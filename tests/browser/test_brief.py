"""A brief stands alone: what it says, that every row has its sources, that it asks for nothing, and its PDF."""

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from choreographer.browsers.chromium import Chromium
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from components.figures.catalogue import FIGURES
from components.figures.figure import WIDTHS
from components.publish import brief as command
from components.publish.brief import POLICY, drawn, main, page
from components.publish.brief_parts import Brief
from components.publish.browser import renderer
from components.publish.fonts import FILES
from components.record.model import Record
from components.record.wording import dated, quoted_address
from components.summaries.changes import changes_between
from components.summaries.countries import country_headline, history_until
from components.summaries.flows import flow_rows
from components.summaries.funds import funds_headline, stock_frame
from components.summaries.levers import matrix_headline
from components.summaries.stances import class_counts, headline, map_frame
from tests.browsing import PHONE, WIDE
from tests.conftest import ROOT, SMALL

MOST = 8 * 1024 * 1024
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> \" ' &amp; [x](javascript:alert(1))"


def written_page(record: Record, actor_id: str = "", since: dt.date | None = None) -> str:
    """The page of the record's last day, with a mark in place of each picture."""
    day = record.tracker.data_until
    names = command.OF_ACTOR if actor_id else command.PICTURES
    pictures = {name: Markup(f'<figure id="picture-{name}"></figure>') for name in names}  # noqa: S704 - our own
    return page(Brief(record, day, since or day - dt.timedelta(days=90), actor_id, pictures=pictures))


def parsed(text: str) -> ElementTree.Element:
    """The page as a tree; it is well formed by the rules of XML too, but for its doctype and empty elements."""
    closed = re.sub(r"(<meta [^>]*)>", r"\1/>", text.removeprefix("<!doctype html>"))
    return ElementTree.fromstring(closed)  # noqa: S314 - of our own making


def words_of(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@pytest.fixture(params=["small", "small AAA", "small CCC", "small BNK", "shipped", "shipped CHN"])
def told(request: pytest.FixtureRequest) -> tuple[Record, str, ElementTree.Element]:
    name, _, actor_id = request.param.partition(" ")
    record: Record = request.getfixturevalue(name)
    return record, actor_id, parsed(written_page(record, actor_id))


def test_each_fact_stands_with_its_own_date(shipped: Record) -> None:
    card = "● Supportive since 21 October 2021 · Recognition since 3 July 2025 · Medium confidence"
    assert card in words_of(parsed(written_page(shipped)))
    alone = words_of(parsed(written_page(shipped, "RUS")))
    assert card in alone
    assert "Russia: recognises since 3 July 2025; supportive since 21 October 2021 – as of 30 June 2026" in alone
    assert "level of contact, since 3 July 2025" in alone


def test_it_begins_with_the_finding(told: tuple[Record, str, ElementTree.Element]) -> None:
    record, actor_id, tree = told
    day = record.tracker.data_until
    finding = country_headline(record, actor_id, day) if actor_id else headline(record, day)
    assert [words_of(h1) for h1 in tree.iter("h1")] == [dated(finding, day)]
    assert words_of(next(tree.iter("title"))) == dated(finding, day)


def test_it_holds_nothing_that_runs_or_is_fetched(told: tuple[Record, str, ElementTree.Element]) -> None:
    record, _, tree = told
    allowed = {quoted_address(url) for name in ("url", "archive_url") for url in record.sources[name]}
    for element in tree.iter():
        assert element.tag not in {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
        assert not {name for name in element.attrib if name.startswith("on") or name in {"src", "srcset", "action"}}
        address = element.get("href", "#")
        assert address.startswith("#") or (element.tag == "a" and address in allowed)
    policies = [meta.get("content") for meta in tree.iter("meta") if meta.get("http-equiv")]
    assert policies == [POLICY]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:" in POLICY


def test_its_own_links_lead_somewhere(told: tuple[Record, str, ElementTree.Element]) -> None:
    _, _, tree = told
    ids = [element.get("id", "") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {a.get("href", "")[1:] for a in tree.iter("a") if a.get("href", "").startswith("#")}
    assert targets <= set(ids)


def test_every_row_and_card_has_its_sources(told: tuple[Record, str, ElementTree.Element]) -> None:
    _, _, tree = told
    tables = [table for table in tree.iter("table") if "rows" in table.get("class", "").split()]
    rows = [row for table in tables for body in table.iter("tbody") for row in body if row.get("class") != "group"]
    for row in [*rows, *tree.iter("article")]:
        assert [span for span in row.iter("span") if span.get("class") == "cited"], words_of(row)


def test_every_cited_source_is_listed_once_and_in_order(shipped: Record) -> None:
    tree = parsed(written_page(shipped))
    cited = [a.get("href", "") for span in tree.iter("span") if span.get("class") == "cited" for a in span.iter("a")]
    listed = [li.get("id") for ol in tree.iter("ol") if ol.get("class") == "sources" for li in ol]
    assert list(dict.fromkeys(cited)) == [f"#{name}" for name in listed]
    assert len(listed) > 100


def test_a_number_is_the_records_and_leads_to_its_rows(shipped: Record) -> None:
    tree = parsed(written_page(shipped))
    counts = class_counts(map_frame(shipped, shipped.tracker.data_until)).set_index("code")["count"]
    tiles = [li for ul in tree.iter("ul") if ul.get("class") == "numbers" for li in ul]
    numbers = [int(words_of(b)) for tile in tiles for b in tile.iter("b")]
    assert numbers[0] + numbers[1] == counts["supportive"]
    assert numbers[2:5] == [counts["engaging"], counts["opposed"], counts["none"]]
    assert [a.get("href") for tile in tiles for a in tile.iter("a")][2] == "#stance-engaging"


def test_it_says_what_the_summaries_say(shipped: Record) -> None:
    day = shipped.tracker.data_until
    since = day - dt.timedelta(days=400)
    tree = parsed(written_page(shipped, since=since))
    text = words_of(tree)
    for sentence in (matrix_headline(shipped, day), funds_headline(shipped, day)):
        finding = sentence.partition(": ")[2]
        assert finding[:1].upper() + finding[1:] in text
    ids = [*stock_frame(shipped, day)["id"], *flow_rows(shipped, day)["id"]]
    ids += list(changes_between(shipped, since, day)["row_id"])
    assert not [row_id for row_id in ids if f"row {row_id}" not in text]


def test_one_actor_has_all_its_dated_rows(shipped: Record) -> None:
    text = words_of(parsed(written_page(shipped, "CHN")))
    for row in history_until(shipped, "CHN", shipped.tracker.data_until).itertuples():
        assert row.summary in text
        assert f"row {row.id}, checked " in text


def test_text_of_the_record_stays_text(small: Record) -> None:
    """Whatever a cell holds, the page has the same elements as before, and the words are there to read."""
    columns = {
        "actors": ["name"], "stances": ["summary"], "levers": ["summary"], "funds": ["summary", "channel", "terms"],
        "sources": ["title", "publisher", "url", "archive_url"],
    }  # fmt: skip
    frames = {name: small.table(name).assign(**dict.fromkeys(given, HOSTILE)) for name, given in columns.items()}
    tracker = replace(small.tracker, title=HOSTILE, question=HOSTILE, names_and_borders=HOSTILE, repository=HOSTILE)
    hostile = replace(small, tracker=tracker, **frames)
    for actor_id in ("", "AAA"):
        text = written_page(hostile, actor_id)
        assert "<script" not in text and "<img" not in text
        tree = parsed(text)
        assert all(a.get("href", "").startswith("#") for a in tree.iter("a"))
        assert words_of(tree).count(HOSTILE) > 10


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//host.example/x", "file:///etc/passwd"])
def test_only_an_address_of_the_web_becomes_a_link(small: Record, url: str) -> None:
    text = written_page(replace(small, sources=small.sources.assign(url=url, archive_url="")))
    assert url not in text


def test_hostile_text_stays_text_in_a_picture(small: Record) -> None:
    """Of every figure: its words are escaped, its drawing is the same each time, and no id of it is another's."""
    tracker = replace(small.tracker, title=HOSTILE, question=HOSTILE, licence=HOSTILE)
    hostile = replace(small, actors=small.actors.assign(name=HOSTILE), tracker=tracker)
    day = small.tracker.data_until
    ids: list[str] = []
    with renderer() as browser:
        for name, figure in FIGURES.items():
            told = Brief(hostile, day, day, "AAA" if figure.of_actors else "")
            pictures = [drawn(told, name, browser) for _ in range(2)]
            assert pictures[0] == pictures[1], f"{name}: the same figure is the same text"
            tree = ElementTree.fromstring(pictures[0])  # noqa: S314 - of our own making
            assert not [element for element in tree.iter() if element.tag.endswith(("script", "img", "}a"))]
            assert HOSTILE in words_of(tree)
            ids += [element.get("id", "") for element in tree.iter() if element.get("id")]
            assert_refers_to_itself(tree, name)
    assert len(ids) == len(set(ids))


def assert_refers_to_itself(tree: ElementTree.Element, name: str) -> None:
    """Each of the two drawings uses what it defines, and its words are those of the page."""
    shown = [element for element in tree.iter() if element.tag.endswith("}svg")]
    assert [float(svg.get("width", "0")) for svg in shown] == list(WIDTHS), name
    for svg, width in zip(shown, WIDTHS, strict=True):
        own = {element.get("id") for element in svg.iter() if element.get("id")}
        assert all(str(known).startswith(f"{name}-{width}-") for known in own)
        values = " ".join(value for element in svg.iter() for value in element.attrib.values())
        assert set(re.findall(r"url\(\"?#([^\")]+)", values)) <= own
        assert svg.get("aria-hidden") == "true"
        assert svg.get("role") is None


def test_without_chromium_it_says_so_and_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    assert main(["--data", str(SMALL), "--format", "pdf", "html", "--out", str(tmp_path)]) == 2
    assert "install it (Debian and Ubuntu: apt-get install chromium)" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-of", "2019-01-01"], "outside the record: choose a day from 2020-01-01 to 2020-12-31"),
        (["--since", "2019-12-30"], "choose a day from 2019-12-31 to 2020-12-30"),
        (["--as-of", "2020-05-01", "--since", "2020-05-01"], "choose a day from 2019-12-31 to 2020-04-30"),
        (["--actor", "ZZZ"], "--actor ZZZ is not an actor_id of the record"),
        (["--actor", "SUB"], "--actor SUB is not an actor_id of the record"),
    ],
)
def test_what_is_wrong_with_a_day_or_an_actor_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], message: str
) -> None:
    assert main(["--data", str(SMALL), "--out", str(tmp_path), *arguments]) == 1
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--since", "soon"], "“soon” is not a day"), (["--format", "docx"], "invalid choice: 'docx'")],
)
def test_a_wrong_option_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_a_broken_folder_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "actors.csv:1:-: file is missing" in capsys.readouterr().err


def run_brief(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "components.export", "brief", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Briefs by the command itself: of the shipped record about all and about one, dark, and of the small one."""
    out = tmp_path_factory.mktemp("briefs")
    for arguments in (
        ["--format", "html", "pdf", "--out", str(out)],
        ["--actor", "CHN", "--theme", "dark", "--format", "html", "pdf", "--out", str(out)],
        ["--data", str(SMALL), "--as-of", "2020-01-05", "--format", "html", "pdf", "--out", str(out)],
    ):
        done = run_brief(*arguments)
        assert done.returncode == 0, done.stderr
        assert "2 files in" in done.stdout
        assert "100%" in done.stderr
    assert not list(out.glob(".*")), "a part of a file is left"
    return {f"{path.stem}{path.suffix}": path for path in out.iterdir()}


def test_a_file_is_named_after_its_day_and_actor(files: dict[str, Path], shipped: Record) -> None:
    day = shipped.tracker.data_until.isoformat()
    stems = (f"brief-{day}", f"brief-CHN-{day}", "brief-2020-01-05")
    assert set(files) == {f"{stem}.{kind}" for stem in stems for kind in ("html", "pdf")}


def test_a_file_is_small_and_has_each_font_once(files: dict[str, Path]) -> None:
    for path in files.values():
        assert path.stat().st_size < MOST
    for text in (path.read_text(encoding="utf-8") for path in files.values() if path.suffix == ".html"):
        assert text.count("@font-face") == text.count("font/woff2") == 2
        for family in FILES:
            assert text.count(f'@font-face{{font-family:"{family}"') == 1


def test_a_whole_file_is_well_formed_with_pictures_in_words(files: dict[str, Path]) -> None:
    for path in files.values():
        if path.suffix == ".html":
            tree = parsed(path.read_text(encoding="utf-8"))
            ids = [element.get("id") for element in tree.iter() if element.get("id")]
            assert len(ids) == len(set(ids))
            pictures = [element for element in tree.iter() if element.get("role") == "img"]
            assert all(len(picture.get("aria-label", "")) > 40 for picture in pictures)
            assert len(pictures) == len(list(tree.iter("figure")))
            nothing_promised = [name for name in command.PICTURES if name != "pledges"]
            wanted = {"brief-CHN": command.OF_ACTOR, "brief-2020-01-05": nothing_promised}
            names = next((names for begin, names in wanted.items() if path.name.startswith(begin)), command.PICTURES)
            assert len(pictures) == len(names)
            assert not re.search(r"<script|url\((?!#|data:)|@import", path.read_text(encoding="utf-8"))


def test_a_pdf_has_pages(files: dict[str, Path]) -> None:
    for path in files.values():
        if path.suffix == ".pdf":
            content = path.read_bytes()
            assert content.startswith(b"%PDF-")
            assert len(re.findall(rb"/Type\s*/Page\b", content)) > 1
            assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", content), "A4"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_it_opens_without_a_network(
    browser: Browser, files: dict[str, Path], shipped: Record, size: dict[str, int]
) -> None:
    day = shipped.tracker.data_until
    findings = {f"brief-{day}.html": headline(shipped, day),
                f"brief-CHN-{day}.html": country_headline(shipped, "CHN", day)}  # fmt: skip
    for name, finding in findings.items():
        context = browser.new_context(viewport=size, offline=True)  # type: ignore[arg-type]
        assert_stands_alone(context.new_page(), files[name].as_uri(), dated(finding, day), size["width"])
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
