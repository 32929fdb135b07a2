"""The pages of actors: the list of all, and one for each that has rows."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from components.figures.classes import paint_of
from components.figures.figure import Key
from components.figures.theme import Paint
from components.publish import rows
from components.publish.envoys import envoys_section
from components.publish.site_bands import Band, bands_of, years
from components.publish.site_page import Files, Page, Site
from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.vocabulary import NOT_CODED, WITHDREW
from components.record.wording import long_date
from components.summaries.colouring import shades_for
from components.summaries.countries import by_weight, country_headline, overview, overview_headline, peers, say_do_gap
from components.summaries.standing import standings_on
from components.summaries.time import BY_STANCE


def actors_with_rows(record: Record, day: dt.date) -> frozenset[str]:
    """The actors that have a row by the day: a stance, a lever or a sum of money. The subject has no page."""
    frames = [stances_on(record, day), levers_until(record, day), rows.money(record, day)]
    return frozenset(actor_id for frame in frames for actor_id in frame["actor_id"]) - {record.tracker.subject}


def actors_page(site: Site) -> Files:
    """Who stands where by name, each with a link to its page where it has one; and the same as a table."""
    frame = overview(site.record, site.day, None)
    page = Page(site, "actors/", overview_headline(frame), site.live_at("countries"))
    links = {frame.at[actor_id, "Name"]: page.actor(str(actor_id)) for actor_id in frame.index}
    table = by_weight(site.record, frame)
    for column in table.columns.intersection(["Stance since", "Level since", WITHDREW.label]):
        table[column] = table[column].map(long_date)
    envoys = envoys_section(site.record, site.day, page.actor)
    return page.written("site_actors.html", frame=table, links=links, groups=_groups(site, frame, links), envoys=envoys)


def _groups(
    site: Site, frame: pd.DataFrame, links: Mapping[str, str]
) -> list[tuple[str, Paint, list[tuple[str, str]]]]:
    """Those that recognise, and then those of each stance that do not, by name, without classes that nobody is in."""
    classes = {actor_id: now.class_code for actor_id, now in standings_on(site.record, site.day).items()}
    codes = frame.index.map(lambda actor_id: classes.get(actor_id, NOT_CODED.code))
    named = [(shade, frame.loc[codes == shade.code, "Name"]) for shade in shades_for(site.record, BY_STANCE)]
    return [
        (shade.label, paint_of(shade), [(name, links[name]) for name in names]) for shade, names in named if len(names)
    ]


def actor_pages(site: Site) -> list[Callable[[], Files]]:
    """What makes the page of each actor."""
    actor_ids = sorted(site.actor_ids)
    bands = bands_of(site.record, actor_ids, site.day)
    return [partial(_actor_page, site, actor_id, bands[actor_id]) for actor_id in actor_ids]


def _actor_page(site: Site, actor_id: str, bands: Sequence[Band]) -> Files:
    """One actor: its history as a band and as rows, what it says against what it does, levers, money, peers."""
    record, day = site.record, site.day
    path = site.actor_path(actor_id)
    heading = country_headline(record, actor_id, day)
    page = Page(site, path, heading, site.live_at("countries", actor=actor_id), feed=f"{path}feed.xml", at_home=True)
    history = rows.of(rows.stances(record, day, actor_id))
    cards = page.cards
    return page.written(
        "site_actor.html",
        bands=bands,
        keys=[Key(label, paint) for label, paint in {band.label: band.paint for band in bands}.items()],
        years=years(record, day),
        envoys=now.envoys_in_words() if (now := standings_on(record, day).get(actor_id)) else "",
        gap=say_do_gap(record, history[0].stance, history[0].recognition_level) if history else "",
        stances=[cards.stance(row) for row in history],
        levers=[cards.lever(row) for row in rows.of(rows.levers(record, day, actor_id))],
        sums=[cards.sum(row) for row in rows.of(rows.money(record, day, actor_id))],
        peers=peers(record, actor_id, day).rename_axis("Group").reset_index(),
    )
