"""A chart of the catalogue on a page: the figure, its downloads, and the table behind it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import streamlit as st

from components.catalogue import Options, Picture, draw_picture
from components.charts.stance_map import NO_TOPOLOGY
from components.charts.theme import Style
from components.load import Dataset
from components.pages.cells import pick_cell
from components.pages.share import show_share
from components.pages.view import View, pick_actor

FILLING = {"map", "tiles", "film"}  # pictures that take the height their frame has, which the style sheet sets by width
CONFIG = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "scrollZoom": False}
OF_CELLS = {"crosstab", "bubbles"}  # pictures whose marks stand for several actors: a click opens their list
WITHOUT_CLICK = {"pool_flow", "money_time"}

_FOLDER = Path(__file__).parent
_download_menu = st.components.v2.component("picture_download", js=(_FOLDER / "download.js").read_text("utf-8"))
_film_keys = st.components.v2.component("film_keys", js=(_FOLDER / "film.js").read_text("utf-8"))


def show_picture(name: str, dataset: Dataset, view: View, options: Options | None = None) -> Picture:
    """Draw a chart with its downloads and table, and give it back; a click on a country or mark picks its actor."""
    options = replace(options or Options(), passing=view.passing, filtered=view.filtered)
    if name == "film":
        picture = _draw_film(dataset.fingerprint, view.style, _dataset=dataset)
    else:
        picture = draw_picture(name, dataset, view.day, view.style, options)
    key = f"picture_{name}"
    with st.container(key=f"{key}_frame", gap="small"):
        st.plotly_chart(
            picture.figure,
            key=key,
            height="stretch" if name in FILLING else "content",
            theme=None,
            config=CONFIG,
            alt=picture.alt,
            on_select="ignore" if name in WITHOUT_CLICK else lambda: _pick_from(name),
            selection_mode="points",
        )
        if name == "film":
            _film_keys(key=f"{key}_keys", data={"chart": f"st-key-{key}"}, height=1)
        _show_toolbar(name, dataset, view, picture.title)
        with st.expander("Table behind this picture"):
            st.dataframe(picture.table, hide_index=True, alt=f"Table behind the picture: {picture.title}")
    return picture


@st.cache_resource(max_entries=4, show_spinner="Drawing every month of the record")
def _draw_film(fingerprint: str, style: Style, _dataset: Dataset) -> Picture:
    """The film is the same on every day; `fingerprint` tells one record from another."""
    return draw_picture("film", _dataset, _dataset.tracker.data_until, style)


def _show_toolbar(name: str, dataset: Dataset, view: View, title: str) -> None:
    key = f"picture_{name}"
    data = {"chart": f"st-key-{key}", "name": file_name(name, view.day), "labels": {"png": "PNG", "svg": "SVG"}}
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_toolbar"):
        _download_menu(key=f"{key}_download", data=data, width="content")
        show_share(dataset, view, key, title)


def file_name(name: str, day: dt.date) -> str:
    """The name of a picture's file, without its ending."""
    return f"{name}-{day.isoformat()}"


def _pick_from(name: str) -> None:
    if name in OF_CELLS:
        pick_cell(name)
        return
    points = st.session_state[f"picture_{name}"]["selection"]["points"]
    point = points[0] if points else {}
    actor_id = point.get("location") or point.get("customdata")
    if isinstance(actor_id, list):
        actor_id = actor_id[0]
    if isinstance(actor_id, str) and actor_id:
        pick_actor(actor_id)
