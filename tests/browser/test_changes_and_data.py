"""The pages Changes and Data: what stands on them, in which order, and that no column of them is cut on a phone."""

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.record.reading import DEFAULT_FOLDER, read
from components.summaries.agreement import agreements
from components.summaries.changes import changes_between
from tests.browsing import PHONE, settled
from tests.conftest import SMALL
from tests.folders import edit
from tests.pages import Open, headline, markup, words
from tests.spans import stretched

pytestmark = pytest.mark.shipped

YEAR = {"since": "2024-12-31", "until": "2025-12-31"}


def tiers(text: str) -> list[str]:
    return re.findall(r"^(Recognition|Rank|Stance or contact|Money): \d+$", text, re.MULTILINE)


def test_tiers_come_in_the_order_of_their_weight_and_acts_are_folded(open_page: Open) -> None:
    app = open_page("changes", **YEAR)
    assert tiers(words(app)) == ["Recognition", "Rank", "Stance or contact", "Money"]
    since, until = map(dt.date.fromisoformat, YEAR.values())
    others = changes_between(read(DEFAULT_FOLDER), since, until)["kind"].isin(["Act", "Lever"]).sum()
    assert [folded.label for folded in app.expander if "Other" in folded.label] == [
        f"**Other**, acts and levers: {others}"
    ]
    assert "row RUS-2025-07-03" in markup(app).split("<details")[2], "behind the fold of the first card"
    assert len(headline(app).split(" 2025 ")[-1].split()) <= 12


def test_an_address_of_before_there_was_rank_shows_what_it_showed(open_page: Open) -> None:
    assert tiers(words(open_page("changes", kind="Stance", **YEAR))) == ["Rank", "Stance or contact"]
    assert tiers(words(open_page("changes", kind="Rank", **YEAR))) == ["Rank"]


def test_every_year_of_the_record_can_be_pressed(open_page: Open) -> None:
    app = open_page("changes")
    assert [button.label for button in app.button if str(button.key).startswith("year_")] == [
        "2026", "2025", "2024", "2023", "2022", "2021",
    ]  # fmt: skip
    app.button(key="year_2021").click().run()
    assert "After 14 August 2021, up to 31 December 2021" in headline(app)


def test_a_long_record_offers_its_latest_years_and_decades(open_page: Open, tmp_path: Path) -> None:
    folder = stretched(SMALL, tmp_path / "record", dt.date(1949, 10, 1))
    app = open_page("changes", folder, since="1949-09-30", until="1951-06-30")
    assert "After 30 September 1949, up to 30 June 1951" in headline(app)
    assert not [sentence.value for sentence in app.warning]
    labels = [button.label for button in app.button if str(button.key).startswith("year_")]
    assert labels == [*map(str, range(2020, 2009, -1)), *(f"{decade}s" for decade in range(2000, 1930, -10))]
    app.button(key="year_1970s").click().run()
    assert "After 31 December 1969, up to 31 December 1979" in headline(app)


def test_the_data_page_says_how_it_was_coded_and_what_it_lacks(open_page: Open) -> None:
    app = open_page("data")
    said, tables = words(app), markup(app)
    assert all(rule in said for rule in read(DEFAULT_FOLDER).words.stance_tree.values())
    for agreement in agreements(read(DEFAULT_FOLDER)):
        assert f"{agreement.all.alike} of {agreement.all.rows}, {agreement.all.alpha:.3f} (" in tables
    assert "We looked until 30 June 2026." in said
    assert re.search(r"Of 221 actors, \d+ have a position with evidence; for \d+ a search found none", said)
    assert "Taliban Recognition Tracker contributors" in app.code[0].value and "30 June 2026" in app.code[0].value
    assert "row SWE-2026-06-23" in app.code[1].value
    assert len(headline(app).removeprefix("Record until 30 June 2026").split()) <= 12


def test_the_data_page_lists_what_was_judged_anew_and_what_was_open(open_page: Open, folder: Path) -> None:
    log = "a,AAA-2020-03,2021-02-01,recode,stance,opposed,engaging,Talks.\nb,BBB-2020-05,2021-02-01,recode,,It,,Gone.\n"
    (folder / "recodings.csv").write_text(f"id,row_id,date,change,column,old,new,why\n{log}", "utf-8")
    edit(folder / "tracker.toml", "joint =", 'still_open = ["Who *signed* it."]\njoint =')
    app = open_page("data", folder)
    assert "Alphaland and Betaland: 2 rows judged anew." in markup(app)
    assert "Recoded 1 February 2021: stance was opposed, now engaging. Talks." in markup(app)
    assert re.search(r'<a href="[^"]*countries\?actor=AAA">AAA-2020-03</a>', markup(app))
    assert "row BBB-2020-05</p>" in markup(app), "a row that was dropped has no place"
    assert "We looked until 31 December 2020. Open on that day:\n\n- Who &#42;signed&#42; it" in words(app)
    assert "Researched until 31 December 2020." in markup(app)
    sought = open_page("data", folder, rows="betaland")
    assert "1 row of 2 that contain “betaland”." in words(sought)
    assert "AAA-2020-03</a>" not in markup(sought) and "Dropped 1 February 2021" in markup(sought)


def test_a_row_is_cited_by_an_address_whose_day_has_it(open_page: Open) -> None:
    early = open_page("changes", date="2021-08-15", kind="Recognition", **YEAR)
    assert "countries?date=2025-07-03&amp;actor=RUS" in markup(early)
    later = open_page("changes", date="2026-01-01", kind="Recognition", **YEAR)
    assert "countries?date=2026-01-01&amp;actor=RUS" in markup(later)
    assert "2021-08-15" in open_page("data", date="2021-08-15").code[1].value


def test_counts_of_what_is_covered_unfold_as_tables(page: Page, server: str) -> None:
    page.goto(f"{server}/data")
    settled(page)
    page.get_by_text("Counts by region, year and kind of source").click()
    expect(page.get_by_role("table", name="Sources by kind of publisher")).to_contain_text(
        f"{len(read(DEFAULT_FOLDER).sources):,}"
    )
    expect(page.get_by_role("table", name="Actors on 30 June 2026")).to_contain_text("Central Asia")


@pytest.mark.parametrize("path", ["changes?since=2024-12-31&until=2025-12-31", "changes?since=2021-08-14", "data"])
def test_ribbon_and_tables_fit_a_phone(page: Page, server: str, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{server}/{path}")
    settled(page)
    for place in page.locator(":is(.ribbon, .scroll):visible").all():
        assert place.evaluate("element => element.scrollWidth <= element.clientWidth"), place.inner_text()
    if "changes" in path:
        box = page.locator(".ribbon").bounding_box()
        assert box and box["height"] < 180
        expect(page.get_by_role("row", name=re.compile("^Recognition"))).to_contain_text("Russia")
