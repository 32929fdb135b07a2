"""Which pages the site has, and what stands on each figure's page, and on changes.

Does not belong here: the front page (explorer), the pages of actors (site_actors) and of the data (site_data), and what
all pages share (site_page).
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from components.publish import rows
from components.publish.cards import Cards
from components.publish.explorer import front_page
from components.publish.site_actors import actor_page, actors_page, actors_with_rows
from components.publish.site_data import data_page
from components.publish.site_figures import drawing
from components.publish.site_page import Files, Page, Site
from components.record.model import Record
from components.record.vocabulary import CONDITIONS
from components.summaries.conditions import ALL, condition_counts, conditions_on
from components.summaries.moves import headline, others, span_in_words
from components.summaries.ribbon import ribbon_of

DAYS = 365  # how far back the changes go
# The rows that stand under each figure, and how they are drawn; one that is not named has its sources alone.
EVIDENCE: Mapping[str, tuple[Callable[[Record, dt.date], pd.DataFrame], Callable[[Cards, Any], Markup]]] = {
    "map": (rows.held, Cards.stance),
    "tiles": (rows.held, Cards.stance),
    "film": (rows.moves, Cards.stance),
    "counts": (rows.moves, Cards.stance),
    "history": (rows.held, Cards.stance),
    "matrix": (rows.levers, Cards.lever),
    "crosstab": (rows.levers, Cards.lever),
    "bubbles": (rows.levers, Cards.lever),
    "stocks": (rows.stocks_and_other_readings, Cards.sum),
    "pool_flow": (rows.stocks_and_other_readings, Cards.sum),
    "money_time": (rows.stocks_and_other_readings, Cards.sum),
    "pledges": (rows.flows, Cards.sum),
}


def site_of(record: Record, day: dt.date, live: str, versions: Mapping[str, str]) -> Site:
    """What every page needs, made once; see Site."""
    return Site(record, day, live, actors_with_rows(record, day), versions)


def pages(site: Site) -> list[Callable[[], Files]]:
    """What makes each page: its file and the files of its figures, by their path from the top of the site."""
    alone = [front_page, _changes, actors_page, data_page]
    figures = [functools.partial(_figure, site, name) for name in site.figures]
    actors = [functools.partial(actor_page, site, actor_id) for actor_id in sorted(site.actor_ids)]
    return [*(functools.partial(make, site) for make in alone), *figures, *actors]


def _figure(site: Site, name: str) -> Files:
    shown = drawing(site, name)
    where, parameters = shown.picture.figure.place
    page = Page(site, f"{name}.html", shown.picture.title, site.live_at(where, **parameters))
    sources = [page.cards.sources[key] for key in shown.picture.figure.source_ids]
    made = page.written("site_figure.html", drawing=shown, evidence=_evidence(page, name), sources=sources)
    return {**made, **shown.files}


def _evidence(page: Page, name: str) -> list[Markup]:
    """The rows behind a figure as cards."""
    if name not in EVIDENCE:
        return []
    (behind, draw), cards = EVIDENCE[name], page.cards
    return [draw(cards, row) for row in rows.of(behind(page.site.record, page.site.day))]


def _changes(site: Site) -> Files:
    record, day = site.record, site.day
    since = max(record.tracker.start - dt.timedelta(days=1), day - dt.timedelta(days=DAYS))
    live = site.live_at("changes", since=since.isoformat(), until=day.isoformat())
    page = Page(site, "changes.html", f"{span_in_words(since, day)}: {headline(record, since, day)}", live)
    cards = page.cards
    counts = condition_counts(record, day).T.rename(index={ALL: "All countries"})
    counts = counts.rename(columns={code: term.label for code, term in CONDITIONS.items()})
    changed = rows.changes(record, since, day)
    return page.written(
        "site_changes.html",
        others=others(record, since, day),
        ribbon=ribbon_of(record, changed, since, day),
        number=len(changed),
        changes=cards.changes(changed),
        corrections=cards.changes(rows.corrections(record, since, day)),
        conditions=[cards.condition(row) for row in rows.of(conditions_on(record, day))],
        counts=counts.rename_axis("Bloc").reset_index(),
    )
