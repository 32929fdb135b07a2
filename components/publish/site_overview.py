"""The first page of the site."""

from collections.abc import Mapping

from components.figures.classes import Classes, paint_of
from components.publish import rows
from components.publish.site_charts import Drawing
from components.publish.site_page import Files, Page, Site
from components.record.vocabulary import NOT_APPLICABLE
from components.summaries.stances import headline

LATEST = 6


def front_page(site: Site, drawings: Mapping[str, Drawing]) -> Files:
    """The page at `/`: the first chart, who stands where by name, the newest rows and the way to all else."""
    shown = next(iter(drawings.values()))
    page = Page(site, "", headline(site.record, site.day), site.live_at())
    newest = rows.stances(site.record, site.day).head(LATEST)
    return page.written(
        "site_overview.html",
        drawing=shown,
        drawings=drawings,
        groups=_groups(page, shown),
        newest=[page.cards.stance(row) for row in rows.of(newest)],
    )


def _groups(page: Page, shown: Drawing) -> list[tuple[object, ...]]:
    """Each class of the map with its countries by name."""
    figure = shown.picture.figure
    if not isinstance(figure, Classes):
        return []
    return [
        (shade.label, paint_of(shade), [(name, page.actor(actor_id)) for actor_id, name in found])
        for shade, found in figure.members()
        if shade.code != NOT_APPLICABLE.code
    ]
