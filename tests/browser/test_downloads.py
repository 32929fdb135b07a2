"""The downloads of the page Data: what it offers, and that a reader gets what a button says."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from components.publish import bundle
from components.record.model import Record
from components.record.reading import read
from tests.browsing import settled
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
