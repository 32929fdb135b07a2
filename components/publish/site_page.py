"""A page of the site: its frame, pictures, tables and links. All text that enters HTML is escaped here or in site_rows.

Does not belong here: which pages there are and what stands on them (site_pages).
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal
from urllib.parse import quote, urlencode

import pandas as pd

from components.figures.catalogue import CHARTS, Options, Picture, draw_picture
from components.figures.stance_map import NO_TOPOLOGY
from components.figures.theme import Style
from components.record.model import Record
from components.record.wording import day_in_words
from components.summaries.sources import citation

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CONFIG = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "scrollZoom": False, "responsive": True}
OF_MANY = {"crosstab", "bubbles"}  # pictures whose marks stand for several actors: a click opens nobody
WIDE = {"matrix"}  # pictures that need the width of a page, and are moved sideways on a phone
# plotly fetches NO_TOPOLOGY from a data: address, writes styles of its own, and draws images for downloads.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'"
)
PARTS = {"index.html": "Overview", "changes.html": "Changes", "countries.html": "Countries", "data.html": "Data"}


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs: the record, the day, the dashboard's address ("" for none), the actors that have a page.

    `money` has every row of it by the day, as from `site_actors.money_until`, and `sources` each source by its key.
    `versions` has a short mark of the content of each shared file, so that no reader keeps an old one.
    """

    record: Record
    day: dt.date
    live: str
    actor_ids: frozenset[str]
    money: pd.DataFrame
    sources: Mapping[str, Any]
    versions: Mapping[str, str]

    def shared(self, name: str) -> str:
        """The address of a shared file, from the top of the site."""
        return f"shared/{name}?v={self.versions[name]}"

    def live_at(self, page: str = "", **parameters: str) -> str:
        """The address of a view of the dashboard on the day of the site; "" where none is known."""
        if not self.live:
            return ""
        return f"{self.live}/{page}?{urlencode({'date': self.day.isoformat(), **parameters})}"


def still_charts() -> list[str]:
    """The charts that have a page: all but those of chosen actors, and the film with them."""
    return [name for name, chart in CHARTS.items() if not chart.of_actors]


def chart_label(name: str) -> str:
    """The name of a chart in navigation."""
    return name.replace("_", " ").capitalize()


def actor_path(actor_id: str) -> str:
    """The address of an actor's page, from the top of the site."""
    return f"countries/{quote(actor_id, safe='')}.html"


def whole_page(site: Site, path: str, heading: str, body: str, live: str = "") -> str:
    """A page as one HTML text; `body` is HTML, `heading` is text, `live` the same view of the dashboard."""
    tracker, up = site.record.tracker, "../" * path.count("/")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{escape(tracker.question)}">
<title>{escape(heading)} – {escape(tracker.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{up}{site.shared("site.css")}">
<noscript><style>.picture {{height: auto !important; min-height: 0 !important;}}</style></noscript>
<script src="{up}{site.shared("plotly.min.js")}" defer></script>
<script src="{up}{site.shared("site.js")}" type="module"></script>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<p class="brand"><a href="{up}index.html">{escape(tracker.title)}</a></p>
{_navigation(path, up)}
</header>
<main id="content">
<h1>{escape(heading)}</h1>
{_live_link(live)}
{body}
</main>
{_footer(site)}
</body>
</html>
"""


def _navigation(path: str, up: str) -> str:
    def link(target: str, words: str) -> str:
        here = ' aria-current="page"' if target == path else ""
        return f'<li><a href="{up}{target}"{here}>{escape(words)}</a></li>'

    parts = "".join(link(target, words) for target, words in PARTS.items())
    charts = "".join(link(f"{name}.html", chart_label(name)) for name in still_charts())
    rows = {"Pages": parts, "Charts": charts}
    return "\n".join(f'<nav aria-label="{name}"><ul>{links}</ul></nav>' for name, links in rows.items())


def _live_link(live: str) -> str:
    return f'<p class="live"><a href="{escape(live)}">Open this view in the live dashboard</a></p>' if live else ""


def _footer(site: Site) -> str:
    tracker = site.record.tracker
    until = f"Record from {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}"
    code = ""
    if tracker.repository.startswith("https://"):
        address = escape(tracker.repository)
        code = f' · <a href="{address}">Code and data</a> · <a href="{address}/issues">Report an error</a>'
    return (
        f"<footer>\n<p>{until}. These pages show {day_in_words(site.day)}. "
        f"Data: {escape(tracker.licence)}.{code}</p>\n<p>Cite: {escape(citation(site.record))}</p>\n</footer>"
    )


def picture(site: Site, name: str, options: Options | None = None, key: str = "") -> tuple[Picture, dict[str, str]]:
    """A chart drawn for a page, and its files: the figure in each theme, as JSON beside the pages."""
    # The film plays to the end of the record on every day.
    day = site.day if CHARTS[name].still else site.record.tracker.data_until
    drawn = {
        theme: draw_picture(name, site.record, day, Style(theme, shapes=site.shared("world.json")), options)
        for theme in THEMES
    }
    files = {f"figures/{key or name}-{theme}.json": _as_json(made) for theme, made in drawn.items()}
    return drawn["light"], files


def _as_json(made: Picture) -> str:
    figure: dict[str, Any] = json.loads(made.figure.to_json())
    return json.dumps({**figure, "config": CONFIG}, ensure_ascii=False, separators=(",", ":"))


def placed(site: Site, name: str, made: Picture, path: str, key: str = "") -> str:
    """The place of a picture on a page: its words, which the script replaces by the figure, and the table behind it."""
    up = "../" * path.count("/")
    opens = "" if name in OF_MANY or up else " ".join(sorted(site.actor_ids))
    height = made.figure.layout.height
    size = f' style="min-height: {round(height)}px"' if height else ""
    note = ""
    if made.figure.layout.geo.to_plotly_json():
        note = f'<p class="small"><b>Names and borders.</b> {escape(site.record.tracker.names_and_borders)}</p>'
    return (
        f'<div class="frame{" wide" if name in WIDE else ""}"><div class="picture picture-{escape(name)}"{size} '
        f'data-figure="{up}figures/{escape(quote(key or name))}" data-opens="{escape(opens)}" '
        f'data-title="{escape(made.title)}"><p>{escape(made.alt)}</p></div></div>\n{note}\n'
        f"{folded('Table behind this picture', table(made.table(), made.title))}"
    )


def folded(words: str, content: str) -> str:
    """Content that a reader opens; it works without a script."""
    return f"<details><summary>{escape(words)}</summary>\n{content}\n</details>"


def table(frame: pd.DataFrame, caption: str, links: Mapping[str, str] | None = None) -> str:
    """A frame as a table, its first column as the heading of each row. `links` has an address for some of those."""
    head = "".join(f'<th scope="col">{escape(str(column))}</th>' for column in frame.columns)
    rows = []
    for first, *others in frame.itertuples(index=False, name=None):
        words = escape(_cell(first))
        address = (links or {}).get(str(first))
        heading = f'<a href="{escape(address)}">{words}</a>' if address else words
        cells = "".join(f"<td{_number(cell)}>{escape(_cell(cell))}</td>" for cell in others)
        rows.append(f'<tr><th scope="row">{heading}</th>{cells}</tr>')
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{chr(10).join(rows)}\n</tbody>\n</table></div>"
    )


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def _number(value: Any) -> str:
    return "" if isinstance(value, str) else ' class="number"'
