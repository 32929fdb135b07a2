"""A figure of the catalogue for a page of the site: drawn in each theme, as JSON beside the pages."""

import json
from dataclasses import dataclass
from typing import Any, get_args

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.film import Film
from components.figures.theme import NO_TOPOLOGY, Look, Theme
from components.publish.picture import Picture, picture_of
from components.publish.site_page import Files, Site

CONFIG = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "scrollZoom": False, "responsive": True}
WIDE = {"matrix"}  # figures that need the width of a page, and are moved sideways on a phone


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture for a page, with the address of its files and what the page must know of its drawing.

    `heights` are its px on a wide screen and on a phone, which it fills or, where its rows decide, begins with. `opens`
    are the actor_ids whose pages a click opens; `borders` says that it is a map, `plays` that a player belongs to it,
    `wide` that a phone moves it sideways.
    """

    picture: Picture
    key: str
    heights: tuple[int, int]
    fills: bool
    borders: bool
    plays: bool
    wide: bool
    opens: tuple[str, ...]
    files: Files


def drawing(site: Site, name: str, options: Options | None = None, key: str = "") -> Drawing:
    """A figure of the catalogue drawn in each theme, as JSON beside the pages."""
    day = site.record.tracker.data_until if FIGURES[name].plays else site.day  # a film shows all days
    picture = picture_of(site.record, name, day, options)
    drawn = {theme: picture.figure.draw(Look(theme, shapes=site.shared("world.json"))) for theme in get_args(Theme)}
    files = {f"figures/{key or name}-{theme}.json": _as_json(figure) for theme, figure in drawn.items()}
    if isinstance(picture.figure, Film):
        files[f"figures/{key or name}-player.json"] = json.dumps(picture.figure.player(), separators=(",", ":"))
    layout, heights = drawn["light"].layout, picture.figure.heights
    fills = heights != (0, 0)
    own = round(layout.height or 0)
    return Drawing(
        picture,
        key or name,
        heights=heights if fills else (own, own),
        fills=fills,
        borders=bool(layout.geo.to_plotly_json()),
        plays=FIGURES[name].plays,
        wide=name in WIDE,
        opens=tuple(sorted(site.actor_ids)) if picture.figure.click and not key else (),
        files=files,
    )


def _as_json(figure: Any) -> str:
    drawn: dict[str, Any] = json.loads(figure.to_json())
    return json.dumps({**drawn, "config": CONFIG}, ensure_ascii=False, separators=(",", ":"))
