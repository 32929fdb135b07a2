"""The charts on the site: each drawn once in both themes, for wide screens and phones, with its words.

Belongs here: the drawings, the page of each chart, and the list of all. Does not belong here: what a chart shows
(figures), how it is drawn (stage), and the files of its data (site_chart_data).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd
from markupsafe import Markup

from components.figures.figure import WIDTHS
from components.figures.stance_map import StanceMap
from components.figures.theme import Theme
from components.publish import rows
from components.publish.cards import Cards
from components.publish.inline import height_of
from components.publish.picture import Picture, picture_of
from components.publish.shapes import SHAPES
from components.publish.site_page import Files, Page, Site
from components.record.wording import long_date

if TYPE_CHECKING:
    from components.publish.browser import Renderer

WIDE, PHONE = 1080, WIDTHS[1]  # px of a drawing on a page
CARD = SHAPES["article"]  # of the picture that others show beside a link
SHOWN = 12  # rows that stand in full under a chart; all have a page of their own
# The rows behind a chart, and how they are drawn: by its name, or else by the page of the dashboard that shows it.
Evidence = tuple[Callable[..., pd.DataFrame], Callable[[Cards, Any], Markup]]
EVIDENCE: Mapping[str, Evidence] = {
    "counts": (rows.moves, Cards.stance),
    "history": (rows.held, Cards.stance),
    "pledges": (rows.flows, Cards.sum),
}
OF_PAGE: Mapping[str, Evidence] = {
    "map": (rows.held, Cards.stance),
    "matrix": (rows.levers, Cards.lever),
    "funds": (rows.stocks_and_other_readings, Cards.sum),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of the site: its picture, the folder of its files, and the height in px of its drawing by its width."""

    name: str
    picture: Picture
    heights: Mapping[int, int]

    @property
    def path(self) -> str:
        """The folder of its page."""
        return f"charts/{self.name}/"

    @property
    def borders(self) -> bool:
        """Whether it is a map, which has the rule of its borders beside it."""
        return isinstance(self.picture.figure, StanceMap)

    @property
    def data(self) -> str:
        """The path of its data in each folder of data, without an ending."""
        return f"charts/{self.name}"


def drawn(site: Site, name: str, browser: "Renderer") -> tuple[Drawing, Files]:
    """A chart with the files of its drawings."""
    from components.publish.stage import Order  # noqa: PLC0415 - the dashboard runs without the image libraries

    picture = picture_of(site.record, name, site.day)
    grown = WIDE / WIDTHS[0] if picture.figure.grows else 1
    wanted = {WIDE: round(picture.figure.heights[0] * grown), PHONE: picture.figure.heights[1]}
    files: Files = {}
    heights = {}
    for width, height in wanted.items():
        for theme in get_args(Theme):
            svg = browser.draw_plot(picture, theme, width, height)
            files[f"charts/{name}/{width}-{theme}.svg"] = _coarser(svg)
            heights[width] = round(height_of(svg))
    files[f"charts/{name}/card.png"] = browser.draw(Order(picture, CARD, "light", "png"))
    return Drawing(name, picture, heights), files


def _coarser(svg: str) -> str:
    """A drawing with the points of its shapes to a tenth of a px, which is finer than seen."""
    return re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d)\d+", r"\1", path.group()), svg)


def charts_page(site: Site, drawings: Mapping[str, Drawing]) -> Files:
    """Every chart with its finding, small."""
    page = Page(site, "charts/", f"{len(drawings)} charts of the record")
    return page.written("site_charts.html", drawings=drawings)


def chart_page(site: Site, drawing: Drawing) -> Files:
    """A chart with its table, its evidence and its sources."""
    picture, name = drawing.picture, drawing.name
    where, parameters = picture.figure.place
    live = site.live_at(where, **parameters)
    about = f"{picture.subtitle}, as of {picture.day}"
    page = Page(site, drawing.path, picture.finding, live, about, image=f"{drawing.path}card.png")
    evidence, more = _evidence(page, EVIDENCE.get(name) or OF_PAGE[where])
    others = {other: figure.label_in(page.site.record) for other, figure in site.figures.items() if other != name}
    return page.written("site_chart.html", drawing=drawing, evidence=evidence, more=more, others=others)


def _evidence(page: Page, evidence: Evidence) -> tuple[list[Markup], list[tuple[str, str, str]]]:
    """The rows behind a chart: the first of them as cards, of the others the name, the date and the address."""
    behind, draw = evidence
    cards, found = page.cards, rows.of(behind(page.site.record, page.site.day))
    more = [(cards.name(row.actor_id), long_date(_date_of(row)), page.row(row.id)) for row in found[SHOWN:]]
    return [draw(cards, row) for row in found[:SHOWN]], more


def _date_of(row: Any) -> str:
    """The date of a row as it is written: of a lever that since when it is held."""
    return str(row.date_text if hasattr(row, "date_text") else row.from_text)
