"""Router and frame: load once, ask the day, the actor and the filters, hand them to a page.

Run by `streamlit run dashboard.py`; `-- --data FOLDER` shows another folder of the same form, and `-- --edit` adds a
page that changes its rows, on a server that only this machine reaches.
"""

import argparse
import functools
import sys
from pathlib import Path

import streamlit as st

from components.charts.theme import Style
from components.filters import in_words, passing
from components.load import (
    DEFAULT_FOLDER,
    Dataset,
    InvalidData,
    fingerprint,
    keep_last_good,
    last_good,
    load_dataset,
)
from components.pages import address, frame, sidebar
from components.pages.changes_page import show_changes_page
from components.pages.countries_page import show_countries_page
from components.pages.data_page import show_data_page
from components.pages.edit_page import refusal, show_edit_page
from components.pages.funds_page import show_funds_page
from components.pages.map_page import show_map_page
from components.pages.matrix_page import show_matrix_page
from components.pages.text import literal
from components.pages.view import View, theme_of_reader

PAGES = {
    "map": ("Map", show_map_page),
    "matrix": ("Matrix", show_matrix_page),
    "funds": ("Funds", show_funds_page),
    "changes": ("Changes", show_changes_page),
    "countries": ("Countries", show_countries_page),
    "data": ("Data", show_data_page),
}

EDIT_PAGE = {"edit": ("Edit", show_edit_page)}

USAGE = "Start it without options, or with -- and then --data and a folder, or --edit."


@st.cache_resource(max_entries=2, show_spinner="Reading and checking the record")
def load_once(folder: Path, mark: str) -> Dataset | InvalidData:
    """The dataset of a folder, or what is wrong with it; `mark` is its fingerprint, so that a change is read anew.

    Raises InvalidData, which is not kept, where the same files may be read at the next try.
    """
    try:
        return load_dataset(folder)
    except InvalidData as invalid:
        if invalid.may_pass:
            raise
        return invalid.with_traceback(None)  # which would keep alive all that was read


def main(first: str = "map") -> None:
    """Show the page that the address asks for; `first` is the one at the root."""
    options, fault = _options()
    st.html(frame.STYLE)
    if fault:
        st.error(literal(fault))
        return
    folder = options.data
    try:
        loaded = load_once(folder, fingerprint(folder))
    except InvalidData as invalid:
        loaded = invalid
    if isinstance(loaded, Dataset):
        keep_last_good(loaded)
        show(loaded, first, edit=options.edit)
    elif kept := last_good(folder):
        show(kept, first, broken=loaded, edit=options.edit)
    else:
        st.set_page_config(page_title="Data to be mended", layout="wide")
        frame.show_problems(loaded)


def _options() -> tuple[argparse.Namespace, str]:
    """What the dashboard was started with, and why that cannot be; "" where it can."""
    parser = argparse.ArgumentParser(prog="streamlit run dashboard.py --")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="a data folder (default: data/)")
    parser.add_argument("--edit", action="store_true", help="add a page that changes the record, on this machine only")
    options, unknown = parser.parse_known_args(sys.argv[1:])
    if unknown:
        return options, f"The dashboard was started with {' '.join(unknown)}, which it does not know. {USAGE}"
    return options, refusal(st.get_option("server.address")) if options.edit else ""


def show(dataset: Dataset, first: str, broken: InvalidData | None = None, *, edit: bool = False) -> None:
    """The frame and, inside it, the page; `broken` says what is wrong with the folder since the dataset was read."""
    st.set_page_config(page_title=dataset.tracker.title, layout="wide")
    if broken:
        frame.show_banner(broken, dataset)
    address.place_notices()
    address.tell_unknown_parameters()
    with st.sidebar:
        day = sidebar.ask_day(dataset)
        actor_id = sidebar.ask_actor(dataset)
        filters = sidebar.ask_filters(dataset)
    filtered = in_words(dataset, filters)
    view = View(day, actor_id, Style(theme=theme_of_reader()), passing(dataset, day, filters), filtered)
    pages = {
        path: st.Page(functools.partial(draw, dataset, view), title=title, url_path=path, default=path == first)
        for path, (title, draw) in {**PAGES, **(EDIT_PAGE if edit else {})}.items()
    }
    st.session_state["pages"] = pages
    page = st.navigation(list(pages.values()), position="top")
    st.caption(filtered or "All countries and bodies")  # always a line, so that no filter moves the page
    page.run()
    frame.show_footer(dataset)


if __name__ == "__main__":
    main()
