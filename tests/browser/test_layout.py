"""A page stays where it is while it loads: what Chromium itself measures of how far anything moves."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import PHONE, WIDE, settled
from tests.pages import PAGES

MOST = 0.05  # of the screen, times how far it moves; Chromium calls up to 0.1 good
# Each shift from the first paint on, but for those within half a second of what a reader does, and what moved in it.
WATCH = """window.shifts = [];
const named = node => node?.nodeType === 1 ? `${node.className} ${node.innerText?.slice(0, 40)}` : "text";
new PerformanceObserver(list => list.getEntries().filter(shift => !shift.hadRecentInput).forEach(shift =>
  window.shifts.push({value: shift.value, moved: shift.sources.map(({node, previousRect: from, currentRect: to}) =>
    `${named(node)}: ${from.x}, ${from.y} to ${to.x}, ${to.y}`)})
)).observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_loads(page: Page, server: str, path: str, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.add_init_script(WATCH)
    page.goto(f"{server}/{path}")
    settled(page)
    page.evaluate("document.fonts.ready.then(() => 1)")
    settled(page)
    shifts: list[dict[str, Any]] = page.evaluate("window.shifts")
    assert sum(shift["value"] for shift in shifts) < MOST, shifts
