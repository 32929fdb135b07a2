"""The site as files, of a small record and without a browser: links, addresses, data, feeds, and texts that attack."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from choreographer.browsers.chromium import Chromium

from components.figures.catalogue import figures_in
from components.publish import site
from components.publish.colours import NAMES
from components.publish.site_page import POLICY
from components.record.model import Record
from components.record.on_day import change_days, stances_on
from components.record.reading import read as read_record
from tests.conftest import SMALL
from tests.sites import HOME, Read, check_links, html_files, written

ATOM = "{http://www.w3.org/2005/Atom}"
CHARTS = [name for name, figure in figures_in(read_record(SMALL)).items() if not figure.of_actors and not figure.plays]
LIVE = "https://live.example/board"
HOSTILE = "<script>alert(1)</script> \" onload='alert(1)' <img src=x onerror=alert(1)>"
NEEDS_ADDRESS = ("sitemap.xml", "robots.txt", "changes/feed.xml", "actors/AAA/feed.xml")


@pytest.fixture(scope="module")
def made(small: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small record, with an address of its own and a dashboard."""
    return written(small, tmp_path_factory.mktemp("made"), address=HOME, live=LIVE)


@pytest.fixture(scope="module")
def bare(small: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, when nobody has said where it will be."""
    return written(small, tmp_path_factory.mktemp("bare"))


def read(folder: Path, path: str) -> Read:
    return Read((folder / path / "index.html").read_text(encoding="utf-8"))


def test_every_link_leads_to_a_file(made: Path, bare: Path, small: Record) -> None:
    outside = check_links(made, HOME)
    day = small.tracker.data_until
    assert {f"{LIVE}/?date={day}", f"{LIVE}/countries?date={day}&actor=AAA"} <= outside
    assert not [link for link in check_links(bare) if "tracker.example" in link or "live.example" in link]


def test_everything_has_a_folder_of_its_own(made: Path, small: Record) -> None:
    ids = [row_id for name in ("stances", "levers", "funds") for row_id in small.table(name)["id"]]
    wanted = {f"rows/{row_id}" for row_id in ids} | {f"charts/{name}" for name in CHARTS}
    wanted |= {f"actors/{actor_id}" for actor_id in ("AAA", "BBB", "BNK", "ALL")}
    wanted |= {"", "actors", "charts", "numbers", "changes", "data", "data/latest", "data/2020-12-31"}
    folders = {path.parent.relative_to(made).as_posix().removeprefix(".") for path in made.rglob("index.html")}
    assert folders - wanted == {f"numbers/{each['number']}" for each in numbers(made)}
    assert wanted <= folders


@pytest.mark.parametrize("name", CHARTS)
def test_under_each_chart_stand_rows_that_prove_it(made: Path, name: str) -> None:
    page = read(made, f"charts/{name}")
    assert "Evidence: " in page.text
    assert [a["href"] for a in page.named("a") if a["href"].startswith("../../rows/")]


def xml(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 - of our own making


def numbers(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / "data" / "latest" / "numbers.json").read_text("utf-8"))
    return found


def test_no_page_but_the_first_has_a_script_and_each_has_its_policy_and_one_heading(made: Path) -> None:
    for path, page in html_files(made).items():
        policies = [a["content"] for a in page.named("meta") if a.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [POLICY], path
        assert len(page.named("h1")) == 1, path
        scripts = {a.get("src", "").partition("?")[0] or a["type"] for a in page.named("script")}
        first = {"shared/explorer.js", "application/json"} if path == made / "index.html" else set()
        assert scripts == first, path
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_another_subjects_site_has_no_word_of_this_one(made: Path) -> None:
    for path in made.rglob("*"):
        if path.suffix in {".html", ".json", ".xml", ".svg", ".css", ".txt"}:
            assert not re.search("taliban|afghan|kabul", path.read_text(encoding="utf-8"), re.IGNORECASE), path


def test_a_card_for_others_needs_whole_addresses(made: Path, bare: Path) -> None:
    told = {a.get("property", ""): a["content"] for a in read(made, "charts/stocks").named("meta") if "content" in a}
    assert told["og:url"] == f"{HOME}/charts/stocks/"
    assert told["og:image"] == f"{HOME}/charts/stocks/card.png"
    assert [a["href"] for a in read(made, "rows/AAA-2020-03").named("link") if a["rel"] == "canonical"] == [
        f"{HOME}/rows/AAA-2020-03/"
    ]
    for page in html_files(bare).values():
        assert not [a for a in page.named("link") if a["rel"] == "canonical"]
        assert not [a for a in page.named("meta") if a.get("property") in {"og:image", "og:url"}]


def test_feeds_and_the_sitemap_are_there_with_an_address_alone(made: Path, bare: Path) -> None:
    assert all((made / name).is_file() for name in NEEDS_ADDRESS)
    assert not any((bare / name).exists() for name in NEEDS_ADDRESS)
    listed = [element.text for element in xml(made / "sitemap.xml").iter() if element.text]
    pages = {
        f"{HOME}/{path.relative_to(made).as_posix()}".removesuffix("index.html") for path in made.rglob("index.html")
    }
    assert {address for address in listed if address.strip()} == pages
    assert f"Sitemap: {HOME}/sitemap.xml" in (made / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["changes", "actors/AAA", "actors/BNK"])
def test_a_feed_is_atom(made: Path, folder: str) -> None:
    feed = xml(made / folder / "feed.xml")
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == f"{HOME}/{folder}/"
    assert feed.findtext(f"{ATOM}title")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": f"{HOME}/{folder}/feed.xml", "alternate": f"{HOME}/{folder}/",
    }  # fmt: skip
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(set(ids)) == len(ids) > 0
    times = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert times == sorted(times, reverse=True)
    assert (feed.findtext(f"{ATOM}updated") or "") >= times[0]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", time) for time in times)
    for entry, entry_id in zip(entries, ids, strict=True):
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}summary")
        assert (made / entry_id[len(HOME) + 1 :].partition("#")[0] / "index.html").is_file()


def test_a_lever_that_began_and_ended_has_two_entries(made: Path) -> None:
    feed = (made / "actors" / "AAA" / "feed.xml").read_text(encoding="utf-8")
    assert f"<id>{HOME}/rows/AAA-aid-2020-01-10/</id>\n<title>Alphaland: Began" in feed
    assert f"<id>{HOME}/rows/AAA-aid-2020-01-10/#ended</id>\n<title>Alphaland: Ended" in feed


def test_the_page_of_what_is_missing_is_whole_in_itself(made: Path, bare: Path) -> None:
    for folder, links in ((made, {"/some/path/"}), (bare, set())):
        page = Read((folder / "404.html").read_text(encoding="utf-8"))
        assert {a["href"] for a in page.named("a")} == links
        assert [a["href"] for a in page.named("link")] == ["data:,"]
        assert "url(" not in (folder / "404.html").read_text(encoding="utf-8")


def test_the_data_lie_at_the_newest_and_at_their_own_address(made: Path, small: Record) -> None:
    latest, version = made / "data" / "latest", made / "data" / "2020-12-31"
    files = {path.relative_to(latest) for path in latest.rglob("*") if path.is_file()}
    assert files == {path.relative_to(version) for path in version.rglob("*") if path.is_file()}
    for name in ("stances.csv", "tracker.toml"):
        assert (version / name).read_bytes() == (latest / name).read_bytes() == (SMALL / name).read_bytes()
    named = {"small-tracker-2020-12-31.zip", "datapackage.json", "numbers.json", "on/index.json", "charts/map.csv"}
    assert set(map(Path, named)) <= files
    told = json.loads((latest / "charts" / "map.json").read_text(encoding="utf-8"))
    table = pd.read_csv(latest / "charts" / "map.csv")
    assert [column["name"] for column in told["columns"]] == list(table)
    assert told["rows"] == len(table)
    assert (told["day"], told["licence"]) == ("2020-12-31", small.tracker.licence)
    assert told["citation"].endswith(f"{HOME}/charts/map/")
    assert {source["url"] for source in told["sources"]} <= set(small.sources["url"])


def test_no_cell_of_a_charts_table_begins_like_a_formula(made: Path) -> None:
    for path in (made / "data" / "latest" / "charts").glob("*.csv"):
        cells = pd.read_csv(path, dtype=str, keep_default_na=False).to_numpy().ravel()
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))], path


def test_who_stood_where_is_told_for_each_day_on_which_it_changed(made: Path, small: Record) -> None:
    folder = made / "data" / "latest" / "on"
    days = json.loads((folder / "index.json").read_text(encoding="utf-8"))["days"]
    assert {path.stem for path in folder.iterdir()} == {*days, "index"}
    assert days[0] == str(small.tracker.start)
    last = None
    for day in change_days(small):
        held = stances_on(small, day)
        last = json.loads((folder / f"{day}.json").read_text("utf-8")) if str(day) in days else last
        assert last
        for codes, column in ((last["stances"], "stance"), (last["levels"], "recognition_level")):
            assert {actor: code for code, ids in codes.items() for actor in ids} == held[column].to_dict()


def test_each_number_counts_those_whom_it_names_and_has_its_rows(made: Path) -> None:
    found = {str(each["number"]): each for each in numbers(made)}
    assert found["recognition"]["actor_ids"] == ["AAA"]
    assert found["recognition"]["rows"] == ["AAA-2020-06-01b", "AAA-2020-06-01"]
    assert found["recognition"]["says"] == "country recognises the council"
    assert (found["held"]["value"], found["held"]["rows"]) == ("$800–1,000", ["BNK-frozen-2020-01-01"])
    for code, each in found.items():
        page = read(made, f"numbers/{code}")
        assert str(each["value"]) in page.text
        if str(each["value"]).isdecimal() and code != "moves":
            assert len(each["actor_ids"]) == int(str(each["value"])), code  # type: ignore[arg-type]
        for row_id in each["rows"]:  # type: ignore[attr-defined]
            assert f"../../rows/{row_id}/" in [a["href"] for a in page.named("a")]


def test_the_search_finds_actors_by_their_aliases_and_leads_to_pages(made: Path) -> None:
    found = json.loads((made / "search.json").read_text(encoding="utf-8"))
    assert {"name": "Alphaland", "kind": "actor", "address": "actors/AAA/", "aliases": ["Alpha", "Land of A"]} in found
    assert {entry["kind"] for entry in found} == {"actor", "chart", "number", "page"}
    assert all((made / entry["address"] / "index.html").is_file() for entry in found)


def test_a_row_has_its_sources_its_kin_and_its_cells(made: Path) -> None:
    page = read(made, "rows/BNK-in_trust-2020-05-01")
    links = [a["href"] for a in page.named("a")]
    assert {"https://gov.example/r", "../../rows/BNK-frozen-2020-01-01/"} <= set(links)
    assert "The trust grew by interest." in page.text
    assert (
        f"Row BNK-in_trust-2020-05-01. Small Tracker (record until 31 December 2020). CC BY 4.0. {HOME}/rows/"
        in page.text
    )
    earlier = read(made, "rows/AAA-2020-03")
    assert [a["href"] for a in earlier.named("a") if a.get("rel") == "prev"] == ["../../rows/AAA-2020-01-10/"]


def test_an_actor_with_the_name_of_a_chart_collides_with_nothing(folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("*.csv"):
        path.write_text(re.sub(r"\bAAA\b", "map", path.read_text(encoding="utf-8")), encoding="utf-8")
    made = written(read_record(folder), tmp_path / "site")
    check_links(made)
    assert "Alphaland" in read(made, "actors/map").text
    assert (
        read(made, "charts/map").named("img")[0]["alt"].startswith("Stance on recognition. Only Alphaland recognises")
    )


def test_rows_of_two_tables_with_one_id_share_a_page(small: Record, tmp_path: Path) -> None:
    levers = small.levers.assign(id=["AAA-2020-03", *small.levers["id"][1:]])
    made = written(replace(small, levers=levers), tmp_path)
    text = read(made, "rows/AAA-2020-03").text
    assert "Envoys met." in text
    assert "Aid was stopped." in text


@pytest.mark.parametrize(
    ("row_id", "says"),
    [
        ("index.html", "cannot be part of an address"),
        ("CON", "cannot be part of an address"),
        ("x" * 121, "at most 120 characters"),
        ("aaa-2020-01-10", "differ in nothing but capital letters"),
    ],
)
def test_an_id_that_cannot_be_an_address_is_refused(small: Record, tmp_path: Path, row_id: str, says: str) -> None:
    stances = small.stances.assign(id=[*small.stances["id"][:-1], row_id])
    with pytest.raises(ValueError, match=says):
        written(replace(small, stances=stances), tmp_path)
    assert not list(tmp_path.iterdir())


def test_hostile_text_stays_text(small: Record, tmp_path: Path) -> None:
    sources = small.sources.assign(url="javascript:alert(1)", publisher=HOSTILE, title=HOSTILE)
    actors = small.actors.assign(name=[f"{name} {HOSTILE}" for name in small.actors["name"]])
    tables = {name: small.table(name).assign(summary=HOSTILE) for name in ("stances", "levers", "funds")}
    tracker = replace(small.tracker, title=HOSTILE, question=HOSTILE, citation=HOSTILE, names_and_borders=HOSTILE)
    record = replace(small, tracker=tracker, sources=sources, actors=actors, **tables)
    written(record, tmp_path, address=HOME, live='https://live.example/"><script>alert(1)</script>')
    for path, page in html_files(tmp_path).items():
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"iframe", "base", "form", "object"}, path
        assert path == tmp_path / "index.html" or "script" not in tags, path
        assert not [a for a in page.named("img") if not a["src"].endswith(".svg")]
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert not [a["href"] for a in page.named("a") if a.get("href", "").startswith("javascript:")]
        assert HOSTILE in page.text
    for name in NEEDS_ADDRESS:
        if name.endswith(".xml"):
            assert f"{ATOM}script" not in {element.tag for element in xml(tmp_path / name).iter()}


def test_a_day_on_which_nothing_is_known_has_a_site(small: Record, tmp_path: Path) -> None:
    check_links(written(small, tmp_path, day=small.tracker.start, address=HOME), HOME)


def test_the_style_has_each_colour_of_the_theme_light_and_dark(made: Path) -> None:
    style = (made / "shared" / "site.css").read_text(encoding="utf-8")
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    for name, paint in NAMES.items():
        assert f"--{name}: {paint.light}" in light
        assert f"--{name}: {paint.dark}" in dark
    own = {"fill", "fill-dark", "line", "line-dark", "width", "size"}  # of a swatch and of a band
    assert set(re.findall(r"var\(--([\w-]+)", style)) <= {*NAMES, *own}
    assert re.findall(r"url\(\"?([^\")]+)", style) == ["source-sans-latin.woff2"]


def test_without_chromium_it_says_so_and_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    assert site.main(["--data", str(SMALL), "--out", str(tmp_path / "site")]) == 2
    assert "install it (Debian and Ubuntu: apt-get install chromium)" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
