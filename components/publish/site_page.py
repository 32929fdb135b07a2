"""A page of the site: what it needs to know, and its addresses. Its markup stands in templates/site*.html.

Does not belong here: which pages there are and what stands on them (site_pages, site_actors), figures (site_figures).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from components.figures.catalogue import FIGURES
from components.figures.figure import Figure
from components.publish.cards import Cards
from components.publish.templates import render
from components.record.model import Record
from components.summaries.sources import citation

Files = dict[str, str]  # text by path from the top of the site

# plotly fetches NO_TOPOLOGY from a data: address, writes styles of its own, and draws images for downloads.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'"
)
FIRST = "map"  # the page that the dashboard shows at its root
PARTS = {"index.html": "Overview", "changes.html": "Changes", "countries.html": "Countries", "data.html": "Data"}


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs: the record, the day, the dashboard's address ("" for none), the actors that have a page.

    `versions` has a short mark of the content of each shared file, so that no reader keeps an old one.
    """

    record: Record
    day: dt.date
    live: str
    actor_ids: frozenset[str]
    versions: Mapping[str, str]

    @property
    def figures(self) -> Mapping[str, type[Figure]]:
        """The figures that have a page: all but those of chosen actors."""
        return {name: figure for name, figure in FIGURES.items() if not figure.of_actors}

    def shared(self, name: str) -> str:
        """The address of a shared file, from the top of the site."""
        return f"shared/{name}?v={self.versions[name]}"

    def live_at(self, page: str = "", **parameters: str) -> str:
        """The address of a view of the dashboard on the day of the site; "" where none is known."""
        if not self.live:
            return ""
        path = "" if page == FIRST else page
        return f"{self.live}/{path}?{urlencode({'date': self.day.isoformat(), **parameters})}"

    def actor_path(self, actor_id: str) -> str:
        """The address of an actor's page, from the top of the site; "" for one that has none."""
        return f"countries/{quote(actor_id, safe='')}.html" if actor_id in self.actor_ids else ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it stands from the top of the site, what it says first, and the same view of the dashboard.

    `at_home` is the page of an actor, on which its rows have their place.
    """

    site: Site
    path: str
    heading: str
    live: str = ""
    at_home: bool = False

    @property
    def up(self) -> str:
        """The way from the page to the top of the site."""
        return "../" * self.path.count("/")

    @property
    def cards(self) -> Cards:
        """Rows as this page shows them."""
        return Cards(self.site.record, self.site.day, self._actor, self._row, at_home=self.at_home)

    def written(self, template: str, **values: Any) -> Files:
        """The page as its file: a template filled in."""
        tracker = self.site.record.tracker
        title, description = f"{self.heading} – {tracker.title}", tracker.question
        head = {"policy": POLICY, "scheme": "light dark", "title": title, "description": description}
        frame = {"page": self, "site": self.site, "parts": PARTS, "citation": citation(self.site.record)}
        return {self.path: render(template, **head, **frame, **values)}

    def _actor(self, actor_id: str) -> str:
        path = self.site.actor_path(actor_id)
        return f"{self.up}{path}" if path else ""

    def _row(self, actor_id: str, row_id: str) -> str:
        home = "" if self.at_home else self._actor(actor_id)
        return f"{home}#{quote(row_id)}" if home or self.at_home else ""
