"""The pages of actors: the list of all, and one for each that has rows."""

import datetime as dt
from html import escape

import pandas as pd

from components.figures.catalogue import Options
from components.publish import site_rows as rows
from components.publish.site_page import Site, actor_path, picture, placed, table, whole_page
from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.wording import counted
from components.summaries.countries import (
    country_headline,
    history_until,
    overview,
    overview_headline,
    peers,
    say_do_gap,
)
from components.summaries.fund_rows import with_figures


def actors_with_rows(record: Record, day: dt.date, money: pd.DataFrame) -> frozenset[str]:
    """The actors that have a row by the day: a stance, a lever or a sum of money. The subject has no page."""
    frames = [stances_on(record, day), levers_until(record, day), money]
    return frozenset(actor_id for frame in frames for actor_id in frame["actor_id"]) - {record.tracker.subject}


def money_until(record: Record, day: dt.date) -> pd.DataFrame:
    """Every row of money by the day, newest first, also other readings and what has ended, with `replaced`."""
    known = with_figures(record, record.funds[record.funds["date"] <= pd.Timestamp(day)])
    known = known.sort_values(["date", "id"], ascending=False, kind="stable")
    return known.assign(replaced=known["id"].isin(set(known["supersedes"])))


def actors_page(site: Site) -> dict[str, str]:
    """The list of all actors, each with a link to its page where it has one."""
    frame = overview(site.record, site.day, None)
    links = {frame.at[actor_id, "Name"]: actor_path(actor_id) for actor_id in frame.index if actor_id in site.actor_ids}
    sentence = overview_headline(site.record, site.day, frame)
    body = table(frame, "Countries and bodies", links)
    return {"countries.html": whole_page(site, "countries.html", sentence, body, site.live_at("countries"))}


def actor_page(site: Site, actor_id: str) -> dict[str, str]:
    """One actor: its history as a picture and as rows, what it says against what it does, levers, money, peers."""
    record, day, path = site.record, site.day, actor_path(actor_id)
    made, figures = picture(site, "standing", Options(actor_ids=(actor_id,)), actor_id)
    history = history_until(record, actor_id, day)
    levers = levers_until(record, day)
    levers = levers[levers["actor_id"] == actor_id].sort_values(["held", "from"], ascending=False, kind="stable")
    money = site.money[site.money["actor_id"] == actor_id]
    own = {
        "dated row": [rows.stance_row(site, row, at_home=True) for row in rows.of(history.iloc[::-1])],
        "lever": [rows.lever_row(site, row, at_home=True) for row in rows.of(levers)],
        "sum of money": [rows.fund_row(site, row, at_home=True) for row in rows.of(money)],
    }
    gap = ""
    if not history.empty:
        words = say_do_gap(history.iloc[-1]["stance"], history.iloc[-1]["recognition_level"])
        gap = f"<h2>Said against done</h2>\n<p>{escape(words)}</p>"
    parts = [
        placed(site, "standing", made, path, actor_id),
        gap,
        *(f"<h2>{_how_many(kind, len(cards))}</h2>\n{chr(10).join(cards)}" for kind, cards in own.items() if cards),
        f"<h2>Peers</h2>\n{table(peers(record, actor_id, day).rename_axis('Group').reset_index(), 'Peers')}",
    ]
    body = "\n".join(part for part in parts if part)
    live = site.live_at("countries", actor=actor_id)
    return {path: whole_page(site, path, country_headline(record, actor_id, day), body, live), **figures}


def _how_many(kind: str, number: int) -> str:
    return counted(number, kind, "sums of money" if kind == "sum of money" else "").capitalize()
