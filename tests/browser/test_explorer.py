"""The front page of the site: it says on every day what Python says, and answers mouse, finger and keyboard."""

import datetime as dt
import functools
import gzip
import itertools
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog, Page, expect

from components.publish import site
from components.publish.explorer import front_page
from components.publish.explorer_data import record_for_script
from components.publish.site_folder import write
from components.publish.templates import text
from components.record.filters import Filters, in_words, passing
from components.record.model import Record
from components.record.on_day import change_days, stances_on
from components.record.reading import read
from components.record.vocabulary import NOT_APPLICABLE, NOT_CODED
from components.summaries.colouring import colouring
from components.summaries.stances import headline, map_frame
from components.summaries.standing import class_codes, standings_on
from tests.browser.test_access import AXE, SERIOUS
from tests.browsing import PHONE
from tests.conftest import SMALL
from tests.hostile import ALL
from tests.random_records import filters, records
from tests.waiting import until

FILTERS = [
    Filters(),
    Filters(stance=("opposed",)),
    Filters(stance=("not_coded", "none"), region=("Oceania", "Africa")),
    Filters(level=("ambassador", "charge"), bloc=("SCO", "Neighbours")),
    Filters(lever=("sanctions", "reserves")),
    Filters(direction=("incentive",), bloc=("G20",)),
    Filters(lever=("aid",), direction=("pressure",), stance=("opposed",)),
    Filters(confidence=("low",), freshness=("stale", "ageing")),
    Filters(freshness=("fresh",), region=("Europe", "International")),
    Filters(stance=("supportive",), region=("Oceania",)),
]
LIVE = "https://live.example/board"
# What the script says of a day and filters: classes and words by actor_id, who passes, and the headline.
ANSWER = """cases => cases.map(([day, filters]) => {
  const filtered = Object.keys(filters).length > 0;
  const passing = actors.filter(actor => !filtered || passes(actor, day, filters)).map(({ id }) => id);
  return {
    classes: Object.fromEntries(actors.map(actor => [actor.id, classOn(actor, day)])),
    told: Object.fromEntries(actors.flatMap(actor => rowOn(actor, day) ? [[actor.id, rowOn(actor, day).told]] : [])),
    passing: filtered ? passing.toSorted() : null,
    headline: headline(countries.filter(({ id }) => passing.includes(id)), day, filtered),
  };
})"""


def written(record: Record, folder: Path) -> Path:
    """The front page of a record and what it fetches."""
    made = site.site_of(record, record.tracker.data_until, live=LIVE)
    write(folder, site._shared() | front_page(made, {}))
    return folder


@pytest.fixture(scope="module")
def made(shipped: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(shipped, tmp_path_factory.mktemp("front"))


class serving:  # noqa: N801 - reads as a sentence
    """A server that knows nothing of the folder it gives, for as long as the block runs; gives its address."""

    def __init__(self, folder: Path) -> None:
        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """The page under a path of its server."""
    with serving(made.parent) as top:
        yield f"{top}/{made.name}/"


@pytest.fixture
def reader(page: Page, address: str) -> Iterator[Page]:
    """A reader of the page, who fails the test on any message of an error on the console."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(address)
    yield page
    assert not errors


def says(record: Record, day: dt.date, filters: Filters) -> dict[str, Any]:
    """What Python says of a day and filters, in the form of ANSWER."""
    shown = passing(record, day, filters)
    classes = class_codes(stances_on(record, day)).reindex(record.actors.index).fillna(NOT_CODED.code)
    return {
        "classes": {**classes, **colouring(record, day).frame["class"], record.tracker.subject: NOT_APPLICABLE.code},
        "told": {actor_id: standing.in_words() for actor_id, standing in standings_on(record, day).items()},
        "passing": None if shown is None else sorted(shown),
        "headline": headline(record, day, shown),
    }


def compare(page: Page, record: Record, days: list[dt.date], filters: list[Filters]) -> None:
    cases = [(day, chosen) for day in days for chosen in filters]
    answers = page.evaluate(ANSWER, [[day.isoformat(), active(chosen)] for day, chosen in cases])
    for (day, chosen), answer in zip(cases, answers, strict=True):
        assert answer == says(record, day, chosen), (day, chosen)


def active(filters: Filters) -> dict[str, list[str]]:
    return {name: list(codes) for name, codes in asdict(filters).items() if codes}


def test_the_script_says_what_python_says_on_days_through_five_years(reader: Page, shipped: Record) -> None:
    start, end = shipped.tracker.start, shipped.tracker.data_until
    spread = (end - start) // 12
    days = [*(start + step * spread for step in range(12)), *change_days(shipped)[3::80], dt.date(2024, 2, 29), end]
    compare(reader, shipped, days, FILTERS)
    compare(reader, shipped, change_days(shipped)[::4], [Filters()])


@given(record=records(), chosen=st.lists(filters(), max_size=3))
@example(record=read(SMALL), chosen=[FILTERS[1], FILTERS[5], Filters(freshness=("ageing", "stale"))])
def test_the_script_says_what_python_says_of_any_record(
    record: Record, chosen: list[Filters], browser: Browser
) -> None:
    first, last = record.tracker.start, record.tracker.data_until
    days = [first + dt.timedelta(days=step) for step in range(0, (last - first).days + 1, 24)]
    data = json.dumps(record_for_script(record, last)).replace("<", "\\u003c")
    with browser.new_page() as page:
        page.set_content(f'<script id="record" type="application/json">{data}</script>')
        page.add_script_tag(content=text("explorer_record.js"))
        compare(page, record, [*days, last], [Filters(), *chosen])


def test_the_slider_goes_through_five_years_by_keyboard(reader: Page, shipped: Record) -> None:
    title, slider = reader.locator("h1"), reader.get_by_role("slider", name="Day")
    expect(title).to_have_text(headline(shipped, shipped.tracker.data_until))
    assert fill(reader, "RUS") == "rgb(0, 27, 58)"
    expect(reader.locator("[data-name=RUS]")).to_have_text("Russia3 July 2025")
    slider.focus()
    reader.keyboard.press("Home")
    expect(title).to_have_text(headline(shipped, shipped.tracker.start))
    expect(reader.locator(".day")).to_have_text("As of 15 August 2021")
    expect(reader.locator("[data-name=RUS]")).to_be_hidden()
    days = [shipped.tracker.start]
    for _ in range(40):
        reader.keyboard.press("PageUp")
        day = dt.date.fromisoformat(reader.evaluate("state.day"))
        expect(title).to_have_text(headline(shipped, day))
        days.append(day)
    assert days[-1] == shipped.tracker.data_until
    assert f"{headline(shipped, days[-1])}" in (slider.get_attribute("aria-valuetext") or "")
    assert "#" not in reader.url.rstrip("#")  # the last day needs no address


def fill(page: Page, actor_id: str) -> str:
    """The colour of a country once it no longer fades."""
    colour = f"getComputedStyle(document.querySelector('.world path[data-actor={actor_id}]')).fill"
    seen: list[str] = []

    def stays() -> bool:
        seen.append(page.evaluate(colour))
        return len(seen) > 8 and len(set(seen[-8:])) == 1

    until(stays)
    return seen[-1]


def test_arrows_step_from_change_to_change_and_play_can_be_stopped(reader: Page, shipped: Record) -> None:
    reader.keyboard.press("ArrowLeft")
    before = max(day for day in stance_and_lever_days(shipped) if day < shipped.tracker.data_until)
    assert reader.url.endswith(f"#date={before}")
    expect(reader.locator(".moved")).to_contain_text("New: ")
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("button", name="To the next change")).to_be_disabled()
    reader.get_by_role("button", name="Play").click()
    expect(reader.locator(".day")).to_contain_text("2022")
    assert "date=" not in reader.url  # until the reader stays
    reader.get_by_role("button", name="Pause").click()
    expect(reader.get_by_role("button", name="Play")).to_be_visible()
    assert re.search(r"#date=2022-\d\d-\d\d$", reader.url)


def stance_and_lever_days(record: Record) -> set[dt.date]:
    columns = (record.stances["date"], record.levers["from"], record.levers["until"])
    return {moment.date() for moment in itertools.chain(*columns) if moment == moment}  # noqa: PLR0124 - NaT is none


def test_colours_do_not_fade_for_those_who_want_less_motion(reader: Page) -> None:
    fading = "getComputedStyle(document.querySelector('.world path[data-actor=RUS]')).transitionDuration"
    assert reader.evaluate(fading) == "0.25s"
    reader.emulate_media(reduced_motion="reduce")
    assert reader.evaluate(fading) == "0s"


def test_filters_hatch_the_others_count_and_can_be_cleared(reader: Page, shipped: Record) -> None:
    reader.locator(".filters summary").click()
    reader.get_by_role("group", name="Stance").get_by_label("Opposed").check()
    reader.get_by_role("group", name="Region").get_by_label("Oceania").check()
    chosen = Filters(stance=("opposed",), region=("Oceania",))
    day = shipped.tracker.data_until
    shown = passing(shipped, day, chosen)
    assert shown is not None
    expect(reader.locator("h1")).to_have_text(headline(shipped, day, shown))
    expect(reader.locator(".only span")).to_have_text(in_words(shipped, chosen))
    assert reader.url.endswith("#stance=opposed&region=Oceania")
    assert "hatch" in fill(reader, "RUS")
    left_out = reader.locator(".classes [data-class=left_out] summary")
    expect(left_out).to_contain_text(f"Left out by the filters {196 - len(shown)}")
    classes = map_frame(shipped, day).loc[list(shown), "stance_class"]
    for code in ("opposed", "opposed_jointly"):
        names = sorted(shipped.actors.loc[classes.index[classes == code], "name"])
        group = reader.locator(f".classes > [data-class={code}]")
        expect(group.locator("summary b")).to_have_text(str(len(names)))
        assert group.locator("a").all_text_contents() == names
        assert group.is_visible() == bool(names)
    reader.get_by_role("group", name="Stance").get_by_label("Supportive").check()
    reader.get_by_role("group", name="Stance").get_by_label("Opposed").uncheck()
    expect(reader.locator("h1")).to_have_text("No country matches the filters")
    reader.get_by_role("button", name="Clear filters").click()
    expect(reader.locator("h1")).to_have_text(headline(shipped, day))
    assert reader.locator(".filters :checked").count() == 0
    expect(reader.locator(".only")).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("cote d'iv", "Côte d’Ivoire"), ("TURKIYE", "Türkiye"), ("russian fed", "Russia"), ("kingdom", "United Kingdom")],
)
def test_an_actor_is_found_by_any_name_with_the_keyboard(reader: Page, typed: str, name: str) -> None:
    field = reader.get_by_role("combobox", name="Find a country or body")
    field.press_sequentially(typed)
    found = reader.get_by_role("option", name=re.compile(name.replace("’", "['’]"))).first
    expect(found).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    for _ in range(8):
        if found.get_attribute("aria-selected") == "true":
            break
        field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", found.get_attribute("id") or "")
    field.press("Enter")
    expect(reader.get_by_role("dialog")).to_contain_text(name.replace("’", "'"))
    expect(reader.get_by_role("listbox")).to_be_hidden()
    reader.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_the_name_that_the_page_uses_comes_before_other_names(reader: Page) -> None:
    reader.get_by_role("combobox").fill("united r")  # as in United Republic of Tanzania
    expect(reader.get_by_role("option")).to_have_text(["Tanzania"])
    reader.get_by_role("combobox").fill("uni")
    expect(reader.get_by_role("option").first).to_have_text("United Arab Emirates")


def test_a_name_that_is_not_there_is_said(reader: Page) -> None:
    reader.get_by_role("combobox").fill("Atlantis")
    expect(reader.get_by_role("option")).to_have_text("No such name")
    reader.get_by_role("combobox").press("Enter")
    expect(reader.locator("dialog")).to_be_hidden()


def test_a_pick_shows_what_holds_on_the_day_with_its_sources(reader: Page, shipped: Record) -> None:
    reader.evaluate("document.querySelector('.world path[data-actor=RUS]').scrollIntoView()")
    reader.locator(".world path[data-actor=RUS]").dispatch_event("click")
    panel = reader.get_by_role("dialog", name="Russia")
    for words in ("Recognises since 3 July 2025", "Supportive since 21 October 2021", "Levers on 30 June 2026: "):
        expect(panel).to_contain_text(words)
    row = stances_on(shipped, shipped.tracker.data_until).loc["RUS"]
    expect(panel).to_contain_text(row["summary"])
    for key in row["source_ids"]:
        expect(panel.locator(f'a[href="{shipped.sources.at[key, "url"]}"]')).to_have_count(1)
    expect(panel.get_by_role("link", name="This row")).to_have_attribute("href", re.compile(row["id"]))
    expect(panel.get_by_role("link", name="All of its history")).to_have_attribute("href", re.compile("RUS"))
    assert reader.locator(".picked path").count() == 1
    reader.goto(f"{reader.url.split('#')[0]}#actor=RUS&date=2025-07-02")
    expect(panel).to_contain_text("Ambassador since 1 June 2025")
    expect(panel).not_to_contain_text("Recognises")
    reader.goto(f"{reader.url.split('#')[0]}#actor=AFG")
    expect(reader.get_by_role("dialog", name="Afghanistan")).to_contain_text(
        "the subject of the record takes no stance"
    )


def test_bodies_and_countries_are_picked_from_lists_and_the_focus_comes_back(reader: Page) -> None:
    reader.locator(".bodies summary").click()
    union = reader.locator(".bodies").get_by_role("link", name="European Union")
    union.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("dialog", name="European Union")).to_contain_text("since")
    reader.keyboard.press("Escape")
    expect(reader.locator("dialog")).to_be_hidden()
    expect(union).to_be_focused()
    assert "actor" not in reader.url


def test_on_a_phone_the_panel_comes_to_the_reader(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        page.locator(".classes [data-class=supportive] a").first.tap()
        panel = page.get_by_role("dialog")
        expect(panel.get_by_role("link", name="This row")).to_be_visible()
        assert page.evaluate("document.querySelector('dialog').matches(':modal')")
        box = panel.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"] + 1
        panel.get_by_role("button", name="Close").tap()
        expect(page.locator("dialog")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_view_is_shared_and_back_leads_to_the_one_before(reader: Page, shipped: Record, address: str) -> None:
    reader.goto(f"{address}#date=2024-09-25&stance=opposed&bloc=EU&actor=UN")
    chosen, day = Filters(stance=("opposed",), bloc=("EU",)), dt.date(2024, 9, 25)
    title = headline(shipped, day, passing(shipped, day, chosen))
    expect(reader.locator("h1")).to_have_text(title)
    expect(reader.get_by_role("dialog", name="United Nations")).to_be_visible()
    dashboard = reader.get_by_role("link", name="Open this view in the live dashboard")
    same = f"{LIVE}/?stance=opposed&bloc=EU&date={day}&actor=UN"
    expect(dashboard).to_have_attribute("href", same)
    reader.get_by_role("button", name="Clear filters").click()
    reader.get_by_role("button", name="Close").click()
    expect(reader.locator("h1")).to_have_text(headline(shipped, day))
    expect(dashboard).to_have_attribute("href", f"{LIVE}/?date={day}")  # the codes are those of the dashboard
    reader.go_back()
    reader.go_back()
    expect(reader.locator("h1")).to_have_text(title)
    expect(reader.get_by_role("dialog", name="United Nations")).to_be_visible()
    reader.go_forward()
    expect(reader.locator("h1")).to_have_text(headline(shipped, day))
    expect(reader.locator(".notice")).to_be_empty()


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("date=2023-02-30", "date"),
        ("date=2031-01-01&stance=hostile", "date, stance"),
        ("actor=__proto__&bloc=EU&bloc=<b>", "actor, bloc"),
    ],
)
def test_what_the_address_cannot_ask_for_is_ignored_and_said(
    reader: Page, address: str, asked: str, named: str
) -> None:
    reader.goto(f"{address}#{asked}&utm_source=elsewhere")
    said = f"The address asks for what this page does not have ({named}): that was ignored."
    expect(reader.locator(".notice")).to_have_text(said)
    expect(reader.locator(".day")).to_have_text("As of 30 June 2026")
    expect(reader.locator("dialog")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(reader: Page, address: str, scheme: str) -> None:
    reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    reader.goto(f"{address}#actor=RUS&stance=supportive")
    reader.reload()
    reader.locator(".filters summary").click()
    reader.get_by_role("combobox").fill("a")
    expect(reader.get_by_role("link", name="This row")).to_be_visible()
    reader.evaluate(AXE)
    found = reader.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [violation for violation in found["violations"] if violation["impact"] in SERIOUS]
    assert not [f"{one['id']}: {node['html'][:160]}" for one in serious for node in one["nodes"]]


def test_without_a_script_the_map_and_the_words_are_there(browser: Browser, address: str, shipped: Record) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("h1")).to_have_text(headline(shipped, shipped.tracker.data_until))
        expect(page.locator(".day")).to_have_text("As of 30 June 2026")
        expect(page.get_by_role("img", name="World map. Recognises: 1 country; ")).to_be_visible()
        expect(page.locator("[data-name=RUS]")).to_be_visible()
        page.locator(".classes [data-class=engaging] summary").click()
        expect(page.get_by_role("link", name="India", exact=True)).to_have_attribute("href", re.compile("IND"))
        expect(page.locator(".controls")).to_be_hidden()
        expect(page.locator(".steps")).to_be_hidden()


def test_a_first_visit_takes_less_than_200_kb_and_no_plotly(page: Page, made: Path, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(address).split("?")[0]))
    page.goto(address, wait_until="networkidle")
    assert set(fetched) == {
        *("", "shared/favicon.svg", "shared/site.css", "shared/explorer.css", "shared/explorer.js"),
        "shared/source-sans-latin.woff2",
    }
    sent = [(made / (name or "index.html")).read_bytes() for name in set(fetched)]
    assert sum(min(len(content), len(gzip.compress(content, 6))) for content in sent) < 200_000


def test_the_map_is_painted_before_the_rest_of_the_page_arrives(made: Path) -> None:
    page = (made / "index.html").read_text(encoding="utf-8")
    assert page.index("</svg>") < page.index('<script type="application/json"') < page.index("</main>")
    assert len(gzip.compress(page[: page.index("</svg>")].encode(), 6)) < 60_000


def test_it_answers_without_a_server(browser: Browser, made: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{(made / 'index.html').as_uri()}#date=2023-01-31")
        expect(page.locator("h1")).to_contain_text("No country recognises")
        page.locator(".classes [data-class=supportive] a").first.click()
        expect(page.get_by_role("dialog")).to_contain_text("Supportive since 23 September 2021")
        expect(page.get_by_role("dialog")).to_contain_text("cannot be loaded here")
        assert page.url.endswith("#date=2023-01-31&actor=CHN")


def test_evidence_that_does_not_come_is_said(page: Page, address: str) -> None:
    page.route("**/explorer/*.json", lambda route: route.fulfill(body="<h1>Sign in</h1>"))
    page.goto(f"{address}#actor=CHN")
    expect(page.get_by_role("dialog", name="China")).to_contain_text("cannot be loaded here")


def test_hostile_text_stays_text(page: Page, small: Record, tmp_path: Path) -> None:
    actors = small.actors.assign(name=[f"{name} {ALL}" for name in small.actors["name"]])
    sources = small.sources.assign(url="javascript:alert(1)", publisher=ALL, title=ALL)
    stances = small.stances.assign(summary=ALL)
    tracker = replace(small.tracker, title=ALL, object=ALL)
    record = replace(small, tracker=tracker, actors=actors, sources=sources, stances=stances)
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    with serving(written(record, tmp_path)) as top:
        page.goto(f"{top}/#actor=AAA")
        expect(page.get_by_role("dialog")).to_contain_text(ALL)
        expect(page.locator(".sources li")).to_contain_text(ALL)
        page.get_by_role("combobox").fill("alpha")
        expect(page.get_by_role("option")).to_contain_text(ALL)
        page.keyboard.press("ArrowLeft")
        expect(page.locator("h1")).to_contain_text(ALL)
        assert page.locator("img, a[href^='javascript:']").count() == 0
    assert not asked
