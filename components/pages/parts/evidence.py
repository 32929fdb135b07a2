"""Evidence on a page: the card of the picked actor, and rows as cards with their sources."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from components.pages.parts.address import link, page_link
from components.pages.parts.share import row_citation
from components.pages.parts.text import literal
from components.pages.parts.view import View, pick_actor
from components.publish import rows
from components.publish.cards import Cards
from components.record.model import Record
from components.record.on_day import levers_until, newest_first, stance_history
from components.record.vocabulary import NOT_CODED
from components.record.wording import counted, day_in_words
from components.summaries.actors import actor_money
from components.summaries.countries import history_until
from components.summaries.empty import empty_state
from components.summaries.standing import standings_on

LATEST = 6
CARD_WIDTH = 380  # px, of the card beside a picture


def cards_of(record: Record, view: View, *, at_home: bool = False) -> Cards:
    """Draws rows as cards of this page; `at_home` is beside or on the page of their actor, which is not named."""
    return Cards(record, view.day, _address_of, footnote=partial(row_citation, record), at_home=at_home)


def _address_of(actor_id: str) -> str:
    return link("countries", actor=actor_id)


def show_cards(cards: Iterable[str]) -> None:
    """Cards one below another, as one element of the page."""
    if html := "".join(cards):
        st.html(html)


@contextmanager
def beside_card(record: Record, view: View, lever: str = "") -> Iterator[None]:
    """A place for a picture, which has the whole width until an actor is picked: its card then stands at the right.

    `lever` is the one that was picked, after its actor and a colon; it stands first on the card of that actor.
    """
    if not view.actor_id:
        yield
        return
    with st.container(horizontal=True, gap="medium", key="beside"):
        with st.container():
            yield
        with st.container(width=CARD_WIDTH, key="card"):
            show_actor_card(record, view, lever)


def show_actor_card(record: Record, view: View, lever: str = "") -> None:
    """Stance, level, levers and money of the picked actor on the day, each with its sources."""
    actor = record.actors.loc[view.actor_id]
    with st.container(horizontal=True, vertical_alignment="center", key="card_head"):
        st.subheader(literal(actor["name"]), anchor=False)
        st.button("Close", icon=":material/close:", type="tertiary", key="close", on_click=pick_actor, args=("",))
    if view.actor_id == record.tracker.subject:
        st.markdown("Not applicable: the subject of the record takes no stance.")
        return
    holder, _, code = lever.partition(":")
    if holder == view.actor_id:
        found = rows.levers(record, view.day, view.actor_id)
        cards = cards_of(record, view, at_home=True)
        show_cards(cards.lever(row) for row in rows.of(found[found["lever"] == code]))
    _show_stances(record, view)
    page_link("countries", "All of its history, and comparisons")
    show_levers(record, view)
    show_money(record, view)


def show_latest(record: Record, view: View) -> None:
    """The newest rows of the record on the day, for a reader who has not picked anybody yet."""
    keys = newest_first(record)
    keys = keys[keys["date"] <= pd.Timestamp(view.day)]
    if view.passing is not None:
        keys = keys[keys["actor_id"].isin(view.passing)]
    st.subheader("Latest changes", anchor=False)
    st.caption("Click a country, or find one by name above, to see its evidence.")
    if keys.empty:
        tell_empty(record, view)
    cards = cards_of(record, view)
    show_cards(cards.stance(row) for row in rows.of(stance_history(record).loc[keys.index[:LATEST]]))


def show_latest_levers(record: Record, view: View) -> None:
    """The levers that began last, for a reader who has not picked anybody yet."""
    found = levers_until(record, view.day).sort_values(["from", "id"], ascending=False, kind="stable")
    if view.passing is not None:
        found = found[found["actor_id"].isin(view.passing)]
    st.subheader("Latest levers", anchor=False)
    st.caption("Click a mark, or find an actor by name above, to see its evidence.")
    if found.empty:
        tell_empty(record, view)
    cards = cards_of(record, view)
    show_cards(cards.lever(row) for row in rows.of(found.head(LATEST)))


def tell_empty(record: Record, view: View) -> None:
    """Say that there is nobody to show, or nothing recorded of them, and the way out where filters are on."""
    shown = record.actors.index if view.passing is None else view.passing
    filtered = view.passing is not None
    said = empty_state(len(shown), 0, filtered=filtered, who="actor")
    st.markdown(f"{said}.{' Clear filters above.' if filtered else ''}")


def _show_stances(record: Record, view: View) -> None:
    standing = standings_on(record, view.day).get(view.actor_id)
    if standing is None:
        st.markdown(
            f"{NOT_CODED.symbol} **{NOT_CODED.label}** on {day_in_words(view.day)}: no row of the record holds yet. "
            "That is neither a stance nor a search without result."
        )
        return
    # As HTML, which is replaced whole: text that is changed in place stays as it was once a browser has translated it.
    said = f"<p><b>{standing.term.symbol} {escape(standing.in_words())}</b></p>"
    envoys = standing.envoys_in_words()
    st.html(f"{said}<p>{escape(envoys)}.</p>" if envoys else said)
    cards = cards_of(record, view, at_home=True)
    latest, *earlier = rows.of(history_until(record, view.actor_id, view.day).iloc[::-1])
    show_cards([cards.stance(latest)])
    if earlier:
        with st.expander("Earlier rows"):
            show_cards([f"<p>{counted(len(earlier), 'row')}</p>", *(cards.stance(row) for row in earlier)])


def show_envoys(record: Record, view: View) -> None:
    """Which envoys the picked actor accepts and keeps, each since when, where that was researched."""
    standing = standings_on(record, view.day).get(view.actor_id)
    if standing and (told := standing.envoys_in_words()):
        st.markdown("##### Envoys")
        st.html(f"<p>{escape(told)}.</p>")


def show_levers(record: Record, view: View) -> None:
    """The levers that the picked actor holds on the day and, folded, those that it has held."""
    found = rows.of(rows.levers(record, view.day, view.actor_id))
    if not found:
        return
    st.markdown("##### Levers")
    cards = cards_of(record, view, at_home=True)
    show_cards(cards.lever(row) for row in found if not cards.is_over(row.until))
    if ended := [row for row in found if cards.is_over(row.until)]:
        with st.expander(f"Ended: {counted(len(ended), 'lever')}"):
            show_cards(cards.lever(row) for row in ended)


def show_money(record: Record, view: View) -> None:
    """What the picked actor holds, gave or promised by the day."""
    if found := rows.of(actor_money(record, view.day, view.actor_id)):
        st.markdown("##### Money")
        cards = cards_of(record, view, at_home=True)
        show_cards(cards.sum(row) for row in found)
