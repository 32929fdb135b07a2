"""A record that is changed while people look, days at the edges, and clocks of other zones."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from components.record.on_day import stances_on
from components.record.reading import read
from tests.browsing import running, settled
from tests.conftest import Change
from tests.folders import FAULTS, edit, mend, page_of_html
from tests.pages import PAGES, headline, headlines, markup, told_in, words
from tests.waiting import PATIENCE

BANNER = "The data folder was changed and cannot be used"


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setattr("sys.argv", ["dashboard.py", "--data", str(folder)])

    def run(page: str = "map", **parameters: str) -> AppTest:
        app = AppTest.from_string(f"from dashboard import main\nmain({page!r})\n", default_timeout=PATIENCE)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return run


def errors(app: AppTest) -> str:
    return "\n".join(error.value for error in app.error).replace("&#46;", ".").replace("&#45;", "-")


@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_the_last_good_record_stays_up_until_it_is_mended(
    opened: Callable[..., AppTest], folder: Path, fault: Callable[[Path], None], message: str
) -> None:
    app = opened()
    good = headline(app)
    path = folder / "stances.csv"
    content = path.read_bytes()

    fault(path)
    app.run()
    assert not app.exception
    assert headline(app) == good
    assert BANNER in errors(app)
    assert message in errors(app) + told_in(app, "found")[0] + told_in(app, "column")[0]
    assert "stances.csv" in told_in(app, "file")
    app.button(key="previous").click().run()
    assert not app.exception
    assert headline(app) != good

    mend(path, content.replace(b"The minister refused.", b"The minister said no."))
    fresh = opened(date="2020-02-15", actor="AAA")
    assert not fresh.error
    assert "<p>The minister said no.</p>" in markup(fresh)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_usable_under_the_banner(opened: Callable[..., AppTest], folder: Path, page: str) -> None:
    opened()
    (folder / "tracker.toml").unlink()
    (folder / "funds.csv").write_bytes(b"\0")
    app = opened(page)
    assert not app.exception
    assert len(headlines(app)) == 1
    assert "The first: funds.csv, line 1" in errors(app)
    assert "2 problems in 2 files" in errors(app) or "problems in 2 files" in errors(app)


def test_a_first_load_that_fails_shows_the_problems_alone(opened: Callable[..., AppTest], folder: Path) -> None:
    (folder / "funds.csv").unlink()
    app = opened()
    assert headline(app) == "The data cannot be shown until it is mended"
    assert not app.error


@pytest.fixture(params=["America/Adak", "UTC", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    import time  # noqa: PLC0415

    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_clock_and_its_zone_change_nothing(opened: Callable[..., AppTest], zone: str) -> None:
    for page in PAGES:
        app = opened(page, date="2020-06-01")
        assert not app.exception
        assert str(app.date_input(key="date").value) == "2020-06-01"
    assert "As of 31 December 2020" in headline(opened())


def test_the_leap_day_is_a_day(opened: Callable[..., AppTest], change: Change, folder: Path) -> None:
    edit(folder / "tracker.toml", "data_until = 2020-12-31", "data_until = 2024-02-29")
    edit(folder / "stances.csv", "BBB-2020-02-01,BBB,2020-02-01", "BBB-2020-02-29,BBB,2020-02-29")
    change("stances", "BBB-2020-02-29", "coded_on", "2020-02-29")
    change("stances", "BBB-2020-02-29", "checked_on", "2024-02-29")
    record = read(folder)
    assert "BBB" not in stances_on(record, dt.date(2020, 2, 28)).index
    assert "BBB" in stances_on(record, dt.date(2020, 2, 29)).index
    for page in PAGES:
        app = opened(page, date="2020-02-29", freshness="Over 18 months")
        assert not app.exception
        assert not app.warning
    assert "As of 29 February 2020" in headline(opened(date="2020-02-29"))
    assert "is not a day of the record" in words(opened(date="2021-02-29"))
    assert "As of 29 February 2024" in headline(opened())


@pytest.mark.parametrize("day", ["2019-12-31", "2021-01-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("page", PAGES)
def test_a_day_before_or_after_the_record_is_named(opened: Callable[..., AppTest], page: str, day: str) -> None:
    app = opened(page, date=day)
    assert not app.exception
    assert "which is not a day of the record" in words(app)
    assert str(app.date_input(key="date").value) == "2020-12-31"


def test_a_file_changed_under_an_open_page_in_a_browser(folder: Path, tmp_path: Path, page: Page) -> None:
    path = folder / "stances.csv"
    content = path.read_bytes()
    with running(tmp_path / "log", "--", "--data", str(folder)) as address:
        page.goto(f"{address}/?date=2020-02-01&actor=AAA")
        settled(page)
        good = page.locator("h1").inner_text()
        alert = page.locator('[data-testid="stAlert"]')
        for fault, message in FAULTS:
            fault(path)
            press(page)
            expect(alert).to_contain_text(BANNER)
            expect(page.locator("h1")).to_have_text(good)
            expect(page.locator('[data-testid="stException"]')).to_have_count(0)
            if fault is not page_of_html:
                expect(alert).to_contain_text(message)
            page.get_by_role("link", name="Matrix").click()
            settled(page)
            expect(page.locator("h1")).to_contain_text("As of 1 February 2020")
            page.get_by_role("link", name="Map").click()
            settled(page)
            mend(path, content.replace(b"The minister refused.", f"After {fault.__name__}.".encode()))
            press(page)
            expect(alert).to_have_count(0)
            expect(page.get_by_text(f"After {fault.__name__}.").first).to_be_visible()
        assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def press(page: Page) -> None:
    """Make the open page run again, as any click does, and come back to the same day."""
    page.get_by_role("button", name="Previous").click()
    settled(page)
    page.get_by_role("button", name="Next").click()
    settled(page)


def test_a_browser_of_another_zone_sees_the_same_day(server: str, browser: Any) -> None:
    for zone in ("Pacific/Kiritimati", "America/Adak"):
        context = browser.new_context(timezone_id=zone)
        page = context.new_page()
        page.goto(f"{server}/?date=2024-02-29")
        settled(page)
        expect(page.locator("h1")).to_contain_text("29 February 2024")
        expect(page).to_have_url(re.compile("date=2024-02-29"))
        page.get_by_role("button", name="Previous").click()
        settled(page)
        page.get_by_role("button", name="Next").click()
        settled(page)
        shown = page.locator("h1").inner_text()
        page.reload()
        settled(page)
        assert page.locator("h1").inner_text() == shown
        context.close()


def test_a_picture_that_the_server_fails_to_draw_says_where_else_it_is_made(
    folder: Path, tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    with running(tmp_path / "log", "--", "--data", str(folder)) as address:
        page.goto(address)
        settled(page)
        page.get_by_role("button", name="Article, slide, square").first.click()
        page.get_by_role("button", name="Draw and download").click()
        expect(page.locator('[data-testid="stDownloadButtonError"]')).to_contain_text("Failed")
        way_out = "PNG and SVG of this view are made in the browser, beside this menu."
        expect(page.locator('[data-testid="stPopoverBody"]')).to_contain_text(way_out)
        page.keyboard.press("Escape")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download this chart as SVG").first.click()
        assert saved.value.suggested_filename == "small-tracker-map-2020-12-31-page-light.svg"
