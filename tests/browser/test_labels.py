"""The labels in a drawing, as Chromium measures them: none meets another or leaves it, in any room."""

import datetime as dt
import itertools
import json
from typing import Any

import pytest
from playwright.sync_api import Page

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.theme import NO_TOPOLOGY, SMALL_SIZE, Look
from components.publish.fonts import font_face, package_folder
from components.record.model import Record
from components.record.shapes import load_shapes

SLACK = 2.0  # px by which the boxes of two labels may meet, because a box is higher than its letters
# The natural width, the smallest that a designed shape leaves, one of its usual sizes, and a phone.
LOOKS = {"natural": (1152, 0), "low": (600, 150), "square": (536, 380), "phone": (358, 0)}
DAYS = ("2021-08-15", "2021-09-27", "2022-06-01", "2026-06-30")
MEASURE = """() => [...document.querySelectorAll("#plot svg text")].map(text => {
  const box = text.getBoundingClientRect(), frame = document.querySelector("#plot").getBoundingClientRect();
  return {words: text.textContent, left: box.left - frame.left, right: box.right - frame.left,
          top: box.top - frame.top, bottom: box.bottom - frame.top, size: parseFloat(getComputedStyle(text).fontSize)};
}).filter(box => box.right - box.left > 0 && box.words.trim())"""


def boxes(page: Page, figure: Any, width: int) -> list[dict[str, Any]]:
    drawn = json.loads(figure.to_json())
    drawn["layout"]["width"] = width
    drawn["layout"].setdefault("height", 400)
    config = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "staticPlot": True}
    page.evaluate("([f, config]) => Plotly.newPlot('plot', f.data, f.layout, config).then(() => 1)", [drawn, config])
    found: list[dict[str, Any]] = page.evaluate(MEASURE)
    return [{**box, "height": drawn["layout"]["height"]} for box in found]


def check(what: str, found: list[dict[str, Any]], width: int) -> None:
    for box in found:
        assert box["left"] >= -SLACK and box["right"] <= width + SLACK, (what, box)
        assert box["top"] >= -SLACK and box["bottom"] <= box["height"] + SLACK, (what, box)
        assert box["size"] >= SMALL_SIZE, (what, box)
    downwards = sorted(found, key=lambda box: box["top"])
    for place, one in enumerate(downwards):
        for other in itertools.takewhile(lambda box: box["top"] < one["bottom"] - SLACK, downwards[place + 1 :]):  # noqa: B023
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            assert across <= SLACK, (what, one, other)


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("name", [name for name in FIGURES if name not in {"map", "film"}])
def test_no_labels_meet_or_leave_the_drawing(shipped: Record, page: Page, name: str, look: str) -> None:
    page.set_content(f"<style>body {{margin: 0}} {font_face()}</style><div id='plot'></div>")
    page.add_script_tag(path=package_folder("plotly") / "package_data" / "plotly.min.js")
    page.evaluate("document.fonts.load('14px Source Sans').then(() => 1)")
    width, height = LOOKS[look]
    many = ("VCT", "UNCC", *shipped.actors.index[:10])
    every = [Options(actor_ids=("PAK", "IND")), Options(actor_ids=many, colour="level", everyone=True)]
    for day, options in itertools.product(DAYS, every):
        built = FIGURES[name].build(shipped, dt.date.fromisoformat(day), options)
        figure = built.draw(Look(width=width, height=height, shapes=load_shapes()))
        check(f"{name} on {day}", boxes(page, figure, width), width)
