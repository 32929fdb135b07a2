"""Strange records on every page: no page fails or is empty, and none leads to what the record does not have."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.browsing import PHONE, running, settled
from tests.pages import PAGES, Open, headline, markup, words
from tests.strange import NAMES, STRANGE

STRANGEST = [
    *("no levers", "no money", "no stances", "nothing", "one actor"),
    *("1949", "scripts", "bodies only", "recognised at once", "one day"),
]
NOTHING = "The record has nothing for this page"
WITHOUT = {
    "no money": {"funds"},
    "nothing": {"matrix", "funds", "changes"},
    "one actor": {"funds"},
    "1949": {"funds"},
    "recognised at once": {"funds"},
    "one day": {"funds"},
}
BROKEN = re.compile(r"\b(nan|NaN|NaT|undefined)\b|0 of 0|\b0 (countries|sums|levers|sources|judgements)\b")


@pytest.mark.parametrize("name", STRANGEST)
def test_every_page_of_a_strange_record(open_page: Open, name: str, tmp_path: Path) -> None:
    folder = STRANGE[name](tmp_path)
    for path in PAGES:
        app = open_page(path, folder)
        assert not app.exception, path
        has_nothing = path in WITHOUT.get(name, ())
        assert (headline(app).strip() == NOTHING) == has_nothing, path
        assert not BROKEN.search(_told(app)), path
        offered = {link.proto.label.lower() for link in app.get("page_link")} & set(PAGES)
        assert offered == set(PAGES) - WITHOUT.get(name, set())
        assert all(len(asked.options) > 1 for asked in app.selectbox if asked.label != "Country or body"), path


def test_an_actor_of_a_strange_record(open_page: Open, tmp_path: Path) -> None:
    for name in ("nothing", "one actor", "one day"):
        app = open_page("countries", STRANGE[name](tmp_path / name), actor=next(iter(NAMES)))
        assert headline(app).endswith({"nothing": "not coded on this day"}.get(name, "2020"))
        assert "Compare with" not in {asked.label for asked in app.multiselect} or name != "one actor"


def test_an_address_that_asks_for_what_the_record_does_not_have_is_told(open_page: Open, tmp_path: Path) -> None:
    folder = STRANGE["stances alone"](tmp_path)
    app = open_page("matrix", folder, view="crosstab", lever="aid")
    (notice,) = app.warning
    assert "view “crosstab”" in notice.value
    assert "lever “aid”" in notice.value
    assert "changed its stance" in headline(app)


def test_an_embedded_chart_that_the_record_does_not_have(page: Page, tmp_path: Path) -> None:
    folder = STRANGE["one day"](tmp_path / "record")
    with running(tmp_path / "log", "--", "--data", str(folder)) as address:
        page.goto(f"{address}/?chart=plans&embed=true")
        expect(page.get_by_text("The record has nothing for the chart “plans”")).to_be_visible()
        page.goto(address)
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Only Alphaland recognises the council")
        expect(page.get_by_role("button", name="Play")).to_have_count(0)
        expect(page.get_by_role("link", name="Funds")).to_have_count(0)


def test_names_of_any_script_keep_to_their_room(page: Page, tmp_path: Path) -> None:
    folder = STRANGE["scripts"](tmp_path / "record")
    with running(tmp_path / "log", "--", "--data", str(folder)) as address:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        for path in ("", "matrix?view=history", "countries?actor=BEN", "changes"):
            page.goto(f"{address}/{path}")
            settled(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        page.goto(address)
        settled(page)
        too_wide = "[...document.querySelectorAll('.standings p')].filter(p => p.scrollWidth > p.clientWidth).length"
        assert page.evaluate(too_wide) == 0


def _told(app: AppTest) -> str:
    """What stands on a page in words, without its markup."""
    return re.sub(r"<[^>]*>", " ", f"{words(app)} {markup(app)}")
