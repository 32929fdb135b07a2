"""Router and frame: load once, ask the day, the actor and the filters, hand them to a page.

Run by `streamlit run dashboard.py`; `-- --data FOLDER` shows another folder of the same form, as TRACKER_DATA does in
the environment or the secrets, and `-- --edit` adds a page that changes its rows, on a server that only this machine
reaches.
"""

import argparse
import functools
import sys
from contextlib import nullcontext
from pathlib import Path

import streamlit as st

from components.figures.catalogue import figures_in
from components.pages.changes_page import show_changes_page
from components.pages.countries_page import show_countries_page
from components.pages.data_page import show_data_page
from components.pages.edit_page import refusal, show_edit_page
from components.pages.embed_page import is_embedded, show_embed
from components.pages.funds_page import show_funds_page
from components.pages.map_page import show_map_page
from components.pages.matrix_page import show_matrix_page
from components.pages.parts import address, frame, masthead
from components.pages.parts.text import literal
from components.pages.parts.view import View, theme_of_reader
from components.record.chosen import DEFAULT, chosen_folder
from components.record.filters import in_words, passing
from components.record.model import InvalidData, Record
from components.record.shelf import Shelf

PAGES = {
    "map": ("Map", show_map_page),
    "matrix": ("Matrix", show_matrix_page),
    "funds": ("Funds", show_funds_page),
    "changes": ("Changes", show_changes_page),
    "countries": ("Countries", show_countries_page),
    "data": ("Data", show_data_page),
}

ROOT = "start"  # reserved by the framework for the page at the root

EDIT_PAGE = {"edit": ("Edit", show_edit_page)}

USAGE = "Start it without options, or with -- and then --data and a folder, or --edit."


@st.cache_resource
def shelf() -> Shelf:
    """The records of this process, which all readers share."""
    return Shelf()


def main(first: str = "map") -> None:
    """Show the page that the address asks for; `first` is the one at the root."""
    frame.show_style(theme_of_reader())
    with frame.page():
        _open(first)


def _open(first: str) -> None:
    options, fault = _options()
    if fault:
        st.set_page_config(page_title="To be started otherwise")
        st.error(literal(fault))
        return
    with nullcontext() if shelf().is_current(options.data) else st.spinner("Reading and checking the record"):
        reading = shelf().reading(options.data)
    if reading.record:
        show(reading.record, first, broken=reading.broken, edit=options.edit)
    elif reading.broken:
        st.set_page_config(page_title="Data to be mended")
        frame.show_problems(reading.broken)


def _options() -> tuple[argparse.Namespace, str]:
    """What the dashboard was started with, and why that cannot be; "" where it can."""
    parser = argparse.ArgumentParser(prog="streamlit run dashboard.py --")
    parser.add_argument("--data", type=Path, help=DEFAULT)
    parser.add_argument("--edit", action="store_true", help="add a page that changes the record, on this machine only")
    options, unknown = parser.parse_known_args(sys.argv[1:])
    if unknown:
        return options, f"The dashboard was started with {' '.join(unknown)}, which it does not know. {USAGE}"
    try:
        options.data = options.data or chosen_folder()
    except ValueError as wrong:
        return options, str(wrong)
    return options, refusal(st.get_option("server.address")) if options.edit else ""


def show(record: Record, first: str, broken: InvalidData | None = None, *, edit: bool = False) -> None:
    """The frame and, inside it, the page; `broken` says what is wrong with the folder since the record was read."""
    if is_embedded():
        show_embed(record)
        return
    if broken:
        frame.show_banner(broken, record)
    address.begin()
    address.tell_unknown_parameters()
    places = masthead.open_masthead(record)
    with places.actor:
        actor_id = masthead.ask_actor(record)
    with places.day:
        day = masthead.ask_day(record)
    with places.filters:
        filters = masthead.ask_filters(record)
    view = View(day, actor_id, theme_of_reader(), passing(record, day, filters), in_words(record, filters))
    frame.show_kicker(record, filters)
    listed = [path for path in (*PAGES, *EDIT_PAGE) if _has_rows(record, path)]
    draws = {
        path: (title, functools.partial(draw, record, view) if path in listed else frame.show_nothing)
        for path, (title, draw) in {**PAGES, **(EDIT_PAGE if edit else {})}.items()
    }
    pages = {
        path: st.Page(draw, title=title, url_path=ROOT if path == first else path, default=path == first)
        for path, (title, draw) in draws.items()
    }
    # The page at the root answers to no name of its own: links to its name lead to a twin, which is not listed.
    title, draw = draws[first]
    twin = st.Page(draw, title=title, url_path=first, visibility="hidden")
    st.session_state["pages"] = pages
    page = st.navigation([*pages.values(), twin], position="hidden")
    masthead.show_pages(places.pages, [page for path, page in pages.items() if path in listed])
    st.set_page_config(page_title=f"{page.title} · {record.tracker.title}")
    page.run()
    frame.show_footer(record)
    del st.session_state["pages"]  # which would keep the record for as long as the session, also once it is replaced


def _has_rows(record: Record, path: str) -> bool:
    """Whether a record has anything that a page shows, on whatever day; without, no link leads to it."""
    if path == "changes":
        return any(len(record.table(name)) for name in ("stances", "levers", "funds"))
    return path not in {"matrix", "funds"} or any(figure.place[0] == path for figure in figures_in(record).values())


if __name__ == "__main__":
    main()
