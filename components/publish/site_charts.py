"""The charts on the site: each drawn once in both themes, for wide screens and phones, with its words and its data.

Belongs here: the drawings, the page of each chart, the list of all, and the files of their data. Does not belong here:
what a chart shows (figures), and how it is drawn (stage).
"""

import json
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
from components.record.model import Record
from components.summaries.sources import citation
from components.summaries.tables import as_csv

if TYPE_CHECKING:
    from components.publish.browser import Renderer

WIDE, PHONE = 1080, WIDTHS[1]  # px of a drawing on a page
CARD = SHAPES["article"]  # of the picture that others show beside a link
# The rows that stand under each chart, and how they are drawn; one that is not named has its sources alone.
EVIDENCE: Mapping[str, tuple[Callable[..., pd.DataFrame], Callable[[Cards, Any], Markup]]] = {
    "map": (rows.held, Cards.stance),
    "tiles": (rows.held, Cards.stance),
    "counts": (rows.moves, Cards.stance),
    "history": (rows.held, Cards.stance),
    "matrix": (rows.levers, Cards.lever),
    "crosstab": (rows.levers, Cards.lever),
    "bubbles": (rows.levers, Cards.lever),
    "held_and_promised": (rows.stocks, Cards.sum),
    "stocks": (rows.stocks_and_other_readings, Cards.sum),
    "pool_flow": (rows.stocks_and_other_readings, Cards.sum),
    "suspended": (rows.stocks, Cards.sum),
    "money_time": (rows.stocks_and_other_readings, Cards.sum),
    "pledges": (rows.flows, Cards.sum),
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
    files, heights = {}, {}
    for width, height in wanted.items():
        for theme in get_args(Theme):
            svg = browser.draw_plot(picture, theme, width, height)
            files[f"charts/{name}/{width}-{theme}.svg"] = _coarser(svg).encode()
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
    sources = [page.cards.sources[key] for key in picture.figure.source_ids]
    others = {other: figure.label for other, figure in site.figures.items() if other != name}
    return page.written(
        "site_chart.html", drawing=drawing, evidence=_evidence(page, name), sources=sources, others=others
    )


def chart_data(site: Site, drawing: Drawing) -> Files:
    """The table behind a chart as CSV, and what must be known of it as JSON, for a folder of data."""
    table = drawing.picture.figure.table()
    told = json.dumps(_told(site, drawing, table), ensure_ascii=False, indent=1)
    return {f"{drawing.data}.csv": as_csv(table), f"{drawing.data}.json": f"{told}\n".encode()}


def _told(site: Site, drawing: Drawing, table: pd.DataFrame) -> dict[str, Any]:
    picture, record = drawing.picture, site.record
    address = site.at(drawing.path)
    return {
        "chart": drawing.name,
        "tracker": record.tracker.title,
        "title": picture.finding,
        "measure": picture.subtitle,
        "day": site.day.isoformat(),
        "record_until": record.tracker.data_until.isoformat(),
        "alt": picture.alt,
        "notes": list(picture.figure.notes()),
        "columns": [{"name": str(name), "type": _kind(table[name])} for name in table],
        "rows": len(table),
        "sources": _sources(record, picture.figure.source_ids),
        "licence": record.tracker.licence,
        "citation": f"“{picture.title}”. {citation(record)}" + (f". {address}" if address else ""),
    }


def _kind(column: pd.Series) -> str:
    return "number" if pd.api.types.is_numeric_dtype(column) else "text"


def _sources(record: Record, keys: tuple[str, ...]) -> list[dict[str, str]]:
    listed = record.sources.loc[list(keys)]
    return [
        {"id": row.id, "title": row.title, "publisher": row.publisher, "date": row.date_text, "url": row.url}
        for row in rows.of(listed)
    ]


def _evidence(page: Page, name: str) -> list[Markup]:
    """The rows behind a chart as cards."""
    if name not in EVIDENCE:
        return []
    behind, draw = EVIDENCE[name]
    cards = page.cards
    return [draw(cards, row) for row in rows.of(behind(page.site.record, page.site.day))]
