"""Router and frame: load once, ask the day, the actor and the filters, hand them to a page.

Run by `streamlit run dashboard.py`; `-- --data FOLDER` shows another folder of the same form.
"""

import argparse
import functools
import sys
from pathlib import Path

import streamlit as st

from components.charts.theme import Style
from components.filters import in_words, passing
from components.load import DEFAULT_FOLDER, Dataset, InvalidData, fingerprint, load_dataset
from components.pages import address, frame, sidebar
from components.pages.changes_page import show_changes_page
from components.pages.countries_page import show_countries_page
from components.pages.data_page import show_data_page
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

USAGE = "Start it without options, or with -- --data and a folder."


@st.cache_resource(max_entries=2, show_spinner="Reading and checking the record")
def load_once(folder: Path, mark: str) -> Dataset:
    """The dataset of a folder; `mark` is its fingerprint, so that it is read anew when a file has changed."""
    return load_dataset(folder)


def main(first: str = "map") -> None:
    """Show the page that the address asks for; `first` is the one at the root."""
    parser = argparse.ArgumentParser(prog="streamlit run dashboard.py --")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="a data folder (default: data/)")
    options, unknown = parser.parse_known_args(sys.argv[1:])
    st.html(frame.STYLE)
    if unknown:
        st.error(f"The dashboard was started with {literal(' '.join(unknown))}, which it does not know. {USAGE}")
        return
    folder = options.data
    try:
        dataset = load_once(folder, fingerprint(folder))
    except InvalidData as invalid:
        st.set_page_config(page_title="Data to be mended", layout="wide")
        frame.show_problems(invalid)
        return
    show(dataset, first)


def show(dataset: Dataset, first: str) -> None:
    """The frame and, inside it, the page."""
    st.set_page_config(page_title=dataset.tracker.title, layout="wide")
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
        for path, (title, draw) in PAGES.items()
    }
    st.session_state["pages"] = pages
    page = st.navigation(list(pages.values()), position="top")
    st.caption(filtered or "All countries and bodies")  # always a line, so that no filter moves the page
    page.run()
    frame.show_footer(dataset)


if __name__ == "__main__":
    main()
