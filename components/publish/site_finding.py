"""How pages are found: the index for a search, and where the site's own address is known the map for search engines.

Also the page that a server shows for an address that is not there.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from components.publish.site_charts import Drawing
from components.publish.site_numbers import Number
from components.publish.site_page import Files, Page, Site
from components.publish.templates import render

MOST_ADDRESSES = 50_000  # that a sitemap may have


def search_index(site: Site, drawings: Mapping[str, Drawing], numbers: Sequence[Number]) -> Files:
    """What can be found by name: actors, charts, numbers and pages."""
    actors = site.record.actors[site.record.actors.index.isin(site.actor_ids)]
    named = zip(actors.index, actors["name"], actors["aliases"], strict=True)
    entries = [
        *(_entry(name, "actor", site.actor_path(actor_id), aliases) for actor_id, name, aliases in named),
        *(_entry(drawing.picture.label, "chart", drawing.path) for drawing in drawings.values()),
        *(_entry(number.sentence, "number", f"numbers/{number.code}/") for number in numbers),
        *(_entry(label, "page", path) for path, label in site.parts.items()),
    ]
    return {"search.json": json.dumps(entries, ensure_ascii=False, separators=(",", ":"))}


def for_machines(site: Site, paths: Iterable[str]) -> Files:
    """The sitemap of these pages and the file that names it; none without the site's own address."""
    if not site.address:
        return {}
    addresses = [site.at(path) for path in paths][:MOST_ADDRESSES]
    told = f"User-agent: *\nAllow: /\nSitemap: {site.at('sitemap.xml')}\n"
    return {
        "sitemap.xml": render("site_map.xml", addresses=addresses),
        "robots.txt": told,
    }


def missing_page(site: Site, style: str) -> Files:
    """The page of what is not there: whole in itself, because it is shown at any depth."""
    page = Page(site, "", "There is no such page")
    return {"404.html": page.written("site_missing.html", style=style)["index.html"]}


def _entry(name: str, kind: str, address: str, aliases: Iterable[str] = ()) -> dict[str, object]:
    return {"name": name, "kind": kind, "address": address, "aliases": list(aliases)}
