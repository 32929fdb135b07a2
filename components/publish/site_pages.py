"""Which files the site has beside its drawings, and in which order they are made.

Does not belong here: what stands on a page (site_*, one module a kind), and what all pages share (site_page).
"""

from collections.abc import Callable, Mapping
from functools import partial

from components.publish.explorer import front_page
from components.publish.site_actors import actor_pages, actors_page
from components.publish.site_changes import changes_page, feeds
from components.publish.site_charts import Drawing, chart_page, charts_page
from components.publish.site_data import LATEST, data_files, data_page, version_page
from components.publish.site_finding import search_index
from components.publish.site_number_pages import number_pages
from components.publish.site_numbers import numbers
from components.publish.site_page import Files, Site
from components.publish.site_recodings import recoding_pages
from components.publish.site_rows import row_pages

Job = Callable[[], Files]


def jobs(site: Site, drawings: Mapping[str, Drawing]) -> list[Job]:
    """What makes each page and each file; the drawings are there by the time that one is called."""
    found = numbers(site)
    return [
        partial(front_page, site, drawings),
        partial(changes_page, site),
        partial(actors_page, site),
        partial(charts_page, site, drawings),
        partial(data_page, site, drawings),
        *(partial(version_page, site, drawings, folder) for folder in (LATEST, site.version)),
        *(partial(_chart, site, drawings, name) for name in site.figures),
        *number_pages(site, found),
        *actor_pages(site),
        *row_pages(site),
        *recoding_pages(site),
        *feeds(site),
        partial(data_files, site, drawings, found),
        partial(search_index, site, drawings, found),
    ]


def _chart(site: Site, drawings: Mapping[str, Drawing], name: str) -> Files:
    return chart_page(site, drawings[name])
