"""The pages of actors: the list of all, and one for each that has rows."""

import datetime as dt

from components.figures.figure import Options
from components.publish import rows
from components.publish.site_figures import drawing
from components.publish.site_page import Files, Page, Site
from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.wording import dated
from components.summaries.countries import country_headline, overview, overview_headline, peers, say_do_gap


def actors_with_rows(record: Record, day: dt.date) -> frozenset[str]:
    """The actors that have a row by the day: a stance, a lever or a sum of money. The subject has no page."""
    frames = [stances_on(record, day), levers_until(record, day), rows.money(record, day)]
    return frozenset(actor_id for frame in frames for actor_id in frame["actor_id"]) - {record.tracker.subject}


def actors_page(site: Site) -> Files:
    """The list of all actors, each with a link to its page where it has one."""
    frame = overview(site.record, site.day, None)
    links = {frame.at[actor_id, "Name"]: site.actor_path(str(actor_id)) for actor_id in frame.index}
    heading = dated(overview_headline(frame), site.day)
    page = Page(site, "countries.html", heading, site.live_at("countries"))
    return page.written("site_actors.html", frame=frame, links=links)


def actor_page(site: Site, actor_id: str) -> Files:
    """One actor: its history as a picture and as rows, what it says against what it does, levers, money, peers."""
    record, day = site.record, site.day
    live = site.live_at("countries", actor=actor_id)
    heading = dated(country_headline(record, actor_id, day), day)
    page = Page(site, site.actor_path(actor_id), heading, live, at_home=True)
    shown = drawing(site, "standing", Options(actor_ids=(actor_id,)), actor_id)
    history = rows.of(rows.stances(record, day, actor_id))
    cards = page.cards
    made = page.written(
        "site_actor.html",
        drawing=shown,
        gap=say_do_gap(history[0].stance, history[0].recognition_level) if history else "",
        stances=[cards.stance(row) for row in history],
        levers=[cards.lever(row) for row in rows.of(rows.levers(record, day, actor_id))],
        sums=[cards.sum(row) for row in rows.of(rows.money(record, day, actor_id))],
        peers=peers(record, actor_id, day).rename_axis("Group").reset_index(),
    )
    return {**made, **shown.files}
