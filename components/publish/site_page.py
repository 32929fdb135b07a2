"""A page of the site: what it needs to know, and its addresses. Its markup stands in templates/site*.html.

Does not belong here: which pages there are (site_pages), and what stands on them (site_*, one module a kind).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from components.figures.catalogue import figures_in
from components.figures.figure import Figure
from components.publish.cards import Cards
from components.publish.templates import render
from components.record.model import Record
from components.summaries.sources import citation

Files = dict[str, str | bytes]  # contents by path from the top of the site

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
FIRST = "map"  # the page that the dashboard shows at its root
CHANGES = "changes/"
PARTS = {
    "": "Overview",
    "actors/": "Countries",
    "charts/": "Charts",
    "numbers/": "Numbers",
    CHANGES: "Changes",
    "data/": "Data",
}


def as_bytes(content: str | bytes) -> bytes:
    """The content of a file as it is written."""
    return content.encode() if isinstance(content, str) else content


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs: the record, the day, who and which rows have a page, and addresses.

    `live` is the dashboard's address, `address` the site's own; "" where not known. `version` names the folder of the
    data, beside `former` ones. `marks` has a short sum of the content of each shared file, so that no reader keeps an
    old one.
    """

    record: Record
    day: dt.date
    live: str
    address: str
    version: str
    former: tuple[str, ...]
    actor_ids: frozenset[str]
    row_ids: frozenset[str]
    marks: Mapping[str, str]

    @property
    def figures(self) -> Mapping[str, type[Figure]]:
        """The figures that have a page: all but those of chosen actors, and the film, which the overview plays."""
        known = figures_in(self.record).items()
        return {name: figure for name, figure in known if not figure.of_actors and not figure.plays}

    @property
    def parts(self) -> Mapping[str, str]:
        """The pages that every page leads to, by path; that of changes only where the record has any row."""
        tables = ("stances", "levers", "funds")
        has_rows = any(len(self.record.table(name)) for name in tables)
        return {path: label for path, label in PARTS.items() if path != CHANGES or has_rows}

    @property
    def card(self) -> str:
        """The path of the picture that stands for the whole site."""
        return f"charts/{next(iter(self.figures))}/card.png"

    def shared(self, name: str) -> str:
        """The address of a shared file, from the top of the site."""
        return f"shared/{name}?v={self.marks[name]}"

    def at(self, path: str) -> str:
        """The whole address of a path; "" where the site's own is not known."""
        return f"{self.address}/{path}" if self.address else ""

    @property
    def home(self) -> str:
        """The way from anywhere on the server to the top of the site; "" where it is not known."""
        return f"{urlsplit(self.address).path}/" if self.address else ""

    def live_at(self, page: str = "", **parameters: str) -> str:
        """The address of a view of the dashboard on the day of the site; "" where none is known."""
        if not self.live:
            return ""
        path = "" if page == FIRST else page
        return f"{self.live}/{path}?{urlencode({'date': self.day.isoformat(), **parameters})}"

    def actor_path(self, actor_id: str) -> str:
        """The address of an actor's page, from the top of the site; "" for one that has none."""
        return f"actors/{quote(actor_id, safe='')}/" if actor_id in self.actor_ids else ""

    def row_path(self, row_id: str) -> str:
        """The address of a row's page, from the top of the site; "" for one that has none."""
        return f"rows/{quote(row_id, safe='')}/" if row_id in self.row_ids else ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its folder from the top of the site, what it says first, and the same view of the dashboard.

    `about` is its description for those who find it elsewhere, the tracker's question where there is no other; `image`
    is the picture that goes with it there. `feed` is the path of a feed. `at_home` is the page of an actor, on which
    its rows have their place.
    """

    site: Site
    path: str
    heading: str
    live: str = ""
    about: str = ""
    image: str = ""
    feed: str = ""
    at_home: bool = False

    @property
    def up(self) -> str:
        """The way from the page to the top of the site."""
        return "../" * self.path.count("/") or "./"

    @property
    def cards(self) -> Cards:
        """Rows as this page shows them."""
        return Cards(self.site.record, self.site.day, self.actor, self._row, at_home=self.at_home)

    def actor(self, actor_id: str) -> str:
        """The way from the page to an actor's; "" for one that has none."""
        path = self.site.actor_path(actor_id)
        return f"{self.up}{path}" if path else ""

    def row(self, row_id: str) -> str:
        """The way from the page to a row's; "" for one that has none."""
        path = self.site.row_path(row_id)
        return f"{self.up}{path}" if path else ""

    def cite(self, what: str) -> str:
        """How to cite something that this page is about."""
        address = self.site.at(self.path)
        return f"{what}. {citation(self.site.record)}. {address}".strip()

    def written(self, template: str, **values: Any) -> Files:
        """The page as its file: a template filled in."""
        tracker = self.site.record.tracker
        title = f"{self.heading} – {tracker.title}"
        head = {"policy": POLICY, "scheme": "light dark", "title": title, "description": self.about or tracker.question}
        frame = {"page": self, "site": self.site, "parts": self.site.parts, "citation": citation(self.site.record)}
        return {f"{self.path}index.html": render(template, **head, **frame, **values)}

    def _row(self, _actor_id: str, row_id: str) -> str:
        return self.row(row_id)
