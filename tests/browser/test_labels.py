"""The labels in a drawing, as Chromium measures them: none meets another or leaves it, in any room."""

import datetime as dt
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.theme import NO_TOPOLOGY, SMALL_SIZE, Look
from components.publish.fonts import font_face, package_folder
from components.record.model import Record
from components.record.reading import read
from components.record.shapes import load_shapes
from tests.boxes import CORNERS, apart
from tests.conftest import ROOT
from tests.fund_records import plan, record_of
from tests.spans import stretched

SLACK = 2.0  # px by which the boxes of two labels may meet, because a box is higher than its letters
# The natural width, the smallest that a designed shape leaves, one of its usual sizes, and a phone.
LOOKS = {"natural": (1152, 0), "low": (600, 180), "square": (536, 380), "phone": (358, 0)}
CHARTS_OF_MONEY = (
    "crosstab",
    "stocks",
    "held_and_promised",
    "pool_flow",
    "suspended",
    "pledges",
    "reserves",
    "plans",
)
DAYS = ("2021-08-15", "2021-09-27", "2022-06-01", "2026-06-30")
MEASURE = f"""() => {{ const corners = {CORNERS};
return [...document.querySelectorAll("#plot svg text")].map(text => {{
  const box = text.getBoundingClientRect(), frame = document.querySelector("#plot").getBoundingClientRect();
  return {{words: text.textContent, corners: corners(text), left: box.left - frame.left, right: box.right - frame.left,
          top: box.top - frame.top, bottom: box.bottom - frame.top, size: parseFloat(getComputedStyle(text).fontSize)}};
}}).filter(box => box.right - box.left > 0 && box.words.trim()) }}"""


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
            assert across <= SLACK or apart(one["corners"], other["corners"], SLACK), (what, one, other)


@pytest.fixture
def stage(page: Page) -> Page:
    """A page that has the fonts, Plotly and room for a drawing."""
    page.set_content(f"<style>body {{margin: 0}} {font_face()}</style><div id='plot'></div>")
    page.add_script_tag(path=package_folder("plotly") / "package_data" / "plotly.min.js")
    page.evaluate("document.fonts.load('14px Source Sans').then(() => 1)")
    return page


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("name", [name for name in FIGURES if name not in {"map", "film"}])
def test_no_labels_meet_or_leave_the_drawing(shipped: Record, stage: Page, name: str, look: str) -> None:
    width, height = LOOKS[look]
    many = ("VCT", "UNCC", *shipped.actors.index[:10])
    every = [Options(actor_ids=("PAK", "IND")), Options(actor_ids=many, colour="level", everyone=True)]
    for day, options in itertools.product(DAYS, every):
        built = FIGURES[name].build(shipped, dt.date.fromisoformat(day), options)
        figure = built.draw(Look(width=width, height=height, shapes=load_shapes()))
        check(f"{name} on {day}", boxes(stage, figure, width), width)


@pytest.mark.parametrize("look", list(LOOKS))
def test_sums_of_any_size_and_currency_find_room(shipped: Record, stage: Page, look: str) -> None:
    width, height = LOOKS[look]
    pools = [
        {"actor_id": name, "usd": usd, "date_text": f"2020-0{month}-01", "until": f"2020-0{month + 3}-01"}
        for month, (name, usd) in enumerate(
            zip(("AAA", "BBB", "CCC", "BNK", "ALL"), (1, 0, 9154, 5e6, 7e11), strict=True), 1
        )
    ]
    euros = [{"amount": row["usd"], "currency": "EUR", **row, "usd": None} for row in pools]
    plans = [
        plan(status, year, f"{year}-10-27", amount=1e9 + year, currency="EUR")
        for year in range(2014, 2021)
        for status in ("required", "received")
    ]
    records = [(record_of(*pools), Options()), (record_of(*euros, *plans, currency="EUR"), Options())]
    records += [(shipped, Options(unit=unit)) for unit in ("stated", "head", "plan")]
    for (record, options), name in itertools.product(records, CHARTS_OF_MONEY):
        figure = FIGURES[name].build(record, record.tracker.data_until, options).draw(Look(width=width, height=height))
        check(f"{name} of {options.unit}", boxes(stage, figure, width), width)


@pytest.mark.parametrize("span", [18, 77])
def test_labels_of_long_records_find_room(stage: Page, tmp_path: Path, span: int) -> None:
    record = read(stretched(ROOT / "data", tmp_path / "record", dt.date(2026 - span, 10, 1)))
    yearly = record_of(
        *(
            plan(status, year, f"{year}-10-27", usd=3e9)
            for year in range(2021 - span, 2021)
            for status in ("required", "received")
        )
    )
    of_years = {"history": record, "counts": record, "standing": record, "suspended": record, "reserves": record}
    charts = {**of_years, "plans": yearly, "held_and_promised": yearly}
    for (name, shown), (width, height) in itertools.product(charts.items(), LOOKS.values()):
        built = FIGURES[name].build(shown, shown.tracker.data_until, Options(actor_ids=tuple(shown.actors.index[:2])))
        found = boxes(stage, built.draw(Look(width=width, height=height)), width)
        check(f"{name} of {span} years", found, width)
        years = sum(bool(re.fullmatch(r"\d{4}", box["words"])) for box in found)
        assert years > 1 or name == "held_and_promised", name
