"""Every page as a screen reader or a keyboard meets it: axe-core, headings, names, alternatives to pictures."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.browsing import settled

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES = ["", "matrix", "funds", "changes", "countries", "countries?actor=PAK", "data"]
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_that_is_ours(page: Page, server: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{server}/{path}")
    settled(page)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    ours = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
    assert not ours, "\n".join(ours)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_first_heading_and_its_pictures_have_words(page: Page, server: str, path: str) -> None:
    page.goto(f"{server}/{path}")
    settled(page)
    expect(page.locator("h1")).to_have_count(1)
    for chart in page.locator('[data-testid="stPlotlyChart"]').all():
        words = chart.evaluate(
            "node => [node, ...node.querySelectorAll('*')].map(n => n.getAttribute('aria-label') || '').join(' ')"
        )
        assert len(words.strip()) > 40
