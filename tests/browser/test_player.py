"""The player of the film in a real browser: by mouse and by keys, in both themes, and on a map drawn anew."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from components.figures.figure import Options
from components.figures.film import Film
from components.figures.theme import NO_TOPOLOGY, Look, Theme
from components.publish.fonts import package_folder
from components.publish.templates import text
from components.record.model import Record
from components.record.reading import read
from components.record.shapes import load_shapes
from tests.browsing import painted, settled
from tests.conftest import SMALL
from tests.spans import stretched

PLAYER = f"""{text("player.js")}
window.take = player(document.getElementById("host"), () => document.querySelector(".js-plotly-plot"), DATA);"""
# The colour of each country and small state, as the browser shows it.
FILLS = """() => Object.fromEntries(
  [...document.querySelectorAll(".choroplethlayer path, .scatterlayer path.point")]
    .map(shape => [shape.__data__.loc ?? shape.__data__.data, getComputedStyle(shape).fill]))"""


@pytest.fixture
def film(shipped: Record) -> Film:
    return Film.build(shipped, shipped.tracker.start, Options())


def open_film(page: Page, film: Film, theme: Theme = "light") -> dict[str, Any]:
    """A page with the map and its player; gives what the player plays."""
    page.set_content('<div id="host"></div><div id="plot"></div>')
    page.add_script_tag(path=package_folder("plotly") / "package_data" / "plotly.min.js")
    draw(page, film, theme)
    data = film.player()
    page.add_script_tag(content=PLAYER.replace("DATA", json.dumps(data)))
    return data


def stop_the_clock(page: Page) -> None:
    """From now on time passes only where a test says so, however long the machine takes."""
    page.clock.install(time="2020-01-01T00:00:00")
    page.clock.pause_at("2020-01-01T01:00:00")


def draw(page: Page, film: Film, theme: Theme) -> None:
    figure = json.loads(film.draw(Look(theme, 900, 400, load_shapes())).to_json())
    config = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY}
    page.evaluate("([f, config]) => Plotly.react('plot', f.data, f.layout, config).then(() => 1)", [figure, config])


def fills(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(FILLS)
    return found


def expected(data: dict[str, Any], at: int, theme: str) -> dict[str, str]:
    """The colours that a month has, as a browser writes them."""
    colours = [bytes.fromhex(shade[theme][1:]) for shade in data["classes"]]
    return {
        actor_id: f"rgb({', '.join(map(str, colours[int(places[at])]))})" for actor_id, places in data["places"].items()
    }


def as_played(page: Page, data: dict[str, Any], at: int, theme: str = "light") -> None:
    shown, wanted = fills(page), expected(data, at, theme)
    assert len(shown) > 190
    assert {actor_id: colour for actor_id, colour in shown.items() if actor_id in wanted} == {
        actor_id: wanted[actor_id] for actor_id in shown if actor_id in wanted
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_keys_of_the_slider_colour_the_map(page: Page, film: Film, theme: Theme) -> None:
    data = open_film(page, film, theme)
    last = len(data["days"]) - 1
    as_played(page, data, last, theme)
    slider = page.get_by_role("slider", name="Month")
    slider.press("Home")
    as_played(page, data, 0, theme)
    assert expected(data, 0, theme) != expected(data, last, theme)
    slider.press("ArrowRight")
    as_played(page, data, 1, theme)
    assert slider.get_attribute("aria-valuetext") == (
        f"{data['words'][1]}: "
        + " · ".join(f"{label} {count}" for label, count in zip(data["labels"], data["counts"][1], strict=True))
    )
    slider.press("End")
    as_played(page, data, last, theme)


def test_play_runs_to_the_end_and_can_be_stopped(page: Page, film: Film) -> None:
    stop_the_clock(page)
    data = open_film(page, film)
    button, slider = page.get_by_role("button"), page.get_by_role("slider")
    expect(button).to_have_text("Play")
    button.press("Enter")
    expect(button).to_have_text("Pause")
    expect(page.locator("strong")).to_have_text(data["words"][0])
    page.clock.run_for(3 * 12_000 // len(data["days"]) + 50)
    expect(slider).to_have_value("3")
    as_played(page, data, 3)
    button.press("Space")
    page.clock.run_for(2_000)
    expect(slider).to_have_value("3")
    button.click()
    page.clock.run_for(12_000)
    expect(button).to_have_text("Play")
    expect(slider).to_have_value(str(len(data["days"]) - 1))
    as_played(page, data, len(data["days"]) - 1)


def test_a_map_drawn_anew_keeps_its_month_and_takes_the_colours_of_its_theme(page: Page, film: Film) -> None:
    data = open_film(page, film)
    page.get_by_role("slider").press("Home")
    draw(page, film, "dark")
    as_played(page, data, 0, "dark")


def test_the_slider_of_a_long_record_shows_the_last_turning_point_by_the_day(page: Page, tmp_path: Path) -> None:
    record = read(stretched(SMALL, tmp_path / "record", dt.date(1949, 10, 1)))
    data = Film.build(record, record.tracker.start, Options()).player()
    day = next(at for at, before in enumerate(data["days"]) if at and not before.endswith("12-31"))
    between = dt.date.fromisoformat(data["days"][day]) + dt.timedelta(days=1)
    page.set_content('<div id="host"></div>')
    shown = f'{{day: () => "{between}", tell: () => 0, stay: at => window.stayed = at}}'
    script = f'{text("player.js")}; player(document.getElementById("host"), () => null, {json.dumps(data)}, {shown});'
    page.add_script_tag(content=script)
    slider = page.get_by_role("slider", name="Day")
    expect(slider).to_have_value(str(day))
    expect(page.get_by_text("1949", exact=True)).to_be_visible()
    slider.press("ArrowRight")
    assert page.evaluate("window.stayed") == day + 1


def test_it_moves_nothing_by_itself_and_goes_without_a_trace(page: Page, film: Film) -> None:
    stop_the_clock(page)
    data = open_film(page, film)
    before = fills(page)
    page.clock.run_for(60_000)
    assert fills(page) == before
    page.get_by_role("button").click()
    page.evaluate("window.take()")
    page.clock.run_for(60_000)
    assert page.locator("#host > *").count() == 0
    as_played(page, data, 0)


def test_the_page_goes_to_the_month_where_a_reader_stays(page: Page, server: str) -> None:
    page.goto(server)
    painted(page)
    headline, slider = page.locator("h1"), page.get_by_role("slider", name="Month")
    words = headline.inner_text()
    slider.press("Home")
    expect(page).to_have_url(re.compile(r"date=2021-08-31"))
    expect(headline).to_contain_text("As of 31 August 2021")
    expect(headline).to_contain_text("No country recognises the Taliban")
    slider.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"date=2021-09-30"))
    page.go_back()
    expect(slider).to_have_value("0")
    slider.press("End")
    expect(page).not_to_have_url(re.compile("date="))
    settled(page)
    assert headline.inner_text() == words


def test_headline_and_slider_say_the_same_day_however_it_is_chosen(page: Page, server: str) -> None:
    page.goto(f"{server}/?date=2023-01-01&region=europe")
    painted(page)
    slider = page.get_by_role("slider", name="Month")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("January 2023"))
    page.get_by_role("button", name="Previous").click()
    expect(slider).to_have_attribute("aria-valuetext", re.compile("December 2022"))
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    settled(page)
    expect(page.locator("h1")).to_contain_text("As of")
    expect(page.locator("body.playing")).to_have_count(0)


def test_only_stances_on_the_map_are_played(page: Page, server: str) -> None:
    for asked in ("?shape=tiles", "?colour=level"):
        page.goto(f"{server}/{asked}")
        settled(page)
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        expect(page.get_by_role("slider")).to_have_count(0)
