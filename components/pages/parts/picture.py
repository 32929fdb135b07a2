"""A figure of the catalogue on a page: its words, its drawing, its downloads, and the table behind it."""

import datetime as dt
from dataclasses import replace
from functools import partial

import streamlit as st

from components.figures.catalogue import FIGURES
from components.figures.figure import WIDTHS, Figure, Options
from components.figures.theme import NO_TOPOLOGY, PAPER, Drawing, Look, Theme
from components.pages.parts.cells import pick_cell
from components.pages.parts.designed import show_designed
from components.pages.parts.player import show_player
from components.pages.parts.scripts import scripts
from components.pages.parts.share import show_share
from components.pages.parts.view import View, pick_actor, pick_lever
from components.publish.picture import KEPT, Picture, picture_of
from components.publish.templates import filled, text
from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import isolated

NARROW = "_narrow"  # how the key of the arrangement for a narrow room ends
CONFIG = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "scrollZoom": False}


_download = st.components.v2.component("picture_download", js=text("picture_svg.js") + scripts("day.js", "download.js"))


def heights() -> str:
    """The style of the figures that fill what they are given: their heights on a wide screen and on a phone."""
    rules = {name: figure for name, figure in FIGURES.items() if figure.heights != (0, 0)}
    wide = "".join(f".st-key-picture_{name}{{{_height(figure, 0)}}}" for name, figure in rules.items())
    phone = "".join(f".st-key-picture_{name}{{{_height(figure, 1)}}}" for name, figure in rules.items())
    turns = "".join(_turn(name, figure.turns) for name, figure in FIGURES.items() if figure.turns)
    return f"{wide}@media(max-width:640px){{{phone}}}{turns}"


def _turn(name: str, px: int) -> str:
    """Of a figure that turns the arrangement that fits; the other is drawn out of sight, as wide as it is meant."""
    away = "position:absolute;left:-9999px;visibility:hidden"
    return (
        f"@container (max-width:{px - 0.02}px){{.st-key-picture_{name}{{{away};width:{px}px!important}}}}"
        f"@container (min-width:{px}px){{.st-key-picture_{name}{NARROW}{{{away};width:{WIDTHS[1]}px!important}}}}"
    )


def _height(figure: type[Figure], at: int) -> str:
    if figure.grows:
        return f"height:auto;aspect-ratio:{WIDTHS[at]}/{figure.heights[at]}"
    return f"height:{figure.heights[at]}px"


def show_picture(
    name: str, record: Record, view: View, options: Options | None = None, *, hero: bool = False
) -> Picture:
    """Show a figure with its downloads and table, and give it back; a click picks the actor or the cell of a mark.

    Of a hero the page has said the finding in its headline.
    """
    options = replace(options or Options(), passing=view.passing)
    key = f"picture_{name}"
    with st.container(key=f"hero_{name}" if hero else None), st.container(key=f"{key}_frame", gap=None):
        picture = _show_drawing(name, record, view, options)
        _show_toolbar(picture, record, view)
    return picture


def show_alone(name: str, record: Record, view: View, options: Options, address: str) -> None:
    """Show a figure with its words and nothing else but a link to its place on the dashboard."""
    fills = FIGURES[name].heights != (0, 0)
    with st.container(key="embed_filled" if fills else "embed", gap=None):
        _show_drawing(name, record, view, replace(options, passing=view.passing), click=False)
        st.html(filled("picture.html", "way_home", record.tracker.title, address))


def _show_drawing(name: str, record: Record, view: View, options: Options, *, click: bool = True) -> Picture:
    picture = picture_of(record, name, view.day, options, view.filtered)
    figure, key = picture.figure, f"picture_{name}"
    st.html(picture.words("heading", view.theme) + picture.words("legend", view.theme))
    rooms = {key: figure.turns, f"{key}{NARROW}": 0} if figure.turns else {key: 0}
    for chart, width in rooms.items():
        st.plotly_chart(
            _drawn(record, name, view.day, options, view.filtered, view.theme, width),
            key=chart,
            height="stretch" if figure.heights != (0, 0) else "content",
            theme=None,
            config=CONFIG,
            alt=isolated(picture.alt),
            on_select=partial(_pick, name, chart) if figure.click and click else "ignore",
            selection_mode="points",
        )
    if figure.has_player and click:
        show_player(record, view)
    st.html(picture.words("below", view.theme))
    return picture


# Figures are not changed after they are drawn, so that all readers can be sent the same one.
@remembered(most=KEPT)
def _drawn(  # noqa: PLR0913, PLR0917
    record: Record, name: str, day: dt.date, options: Options, filtered: str, theme: Theme, width: int
) -> Drawing:
    return picture_of(record, name, day, options, filtered).figure.draw(Look(theme, width))


def _show_toolbar(picture: Picture, record: Record, view: View) -> None:
    """One quiet row below a picture; its table is sent only to those who ask for it: it is larger than the picture."""
    name = picture.figure.name
    key = f"picture_{name}"
    # The same on every day, so that it is sent once: the browser finds title and day in the page.
    last = record.tracker.data_until.isoformat()
    stem, paper = picture.stem.removesuffix(f"-{view.day.isoformat()}"), Look(view.theme).of(PAPER)
    data = {"frame": f"st-key-{key}_frame", "stem": stem, "theme": view.theme, "last": last, "paper": paper}
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_toolbar"):
        _download(key=f"{key}_download", data=data, width="content")
        show_designed(picture, view)
        show_share(record, view, name, picture.title)
        table = st.toggle("Table", key=f"{key}_table", width="content")
    if table:
        st.dataframe(picture.figure.table(), hide_index=True, alt=f"Table behind the picture: {picture.title}")


def _pick(name: str, chart: str) -> None:
    """Pick what was clicked, or take the pick back where it is clicked again."""
    points = st.session_state[chart]["selection"]["points"]
    point = points[0] if points else {}
    clicked = point.get("location") or point.get("customdata")
    if isinstance(clicked, list):
        clicked = clicked[0]
    # Of a click on the mark that it still holds for selected, Plotly names none: it is that of the click before.
    before = f"{name}_clicked"
    clicked = st.session_state.get(before) if not points else clicked
    if not isinstance(clicked, str) or not clicked:
        return
    st.session_state[before] = clicked
    if FIGURES[name].click == "cell":
        pick_cell(name, clicked)
    elif FIGURES[name].click == "lever":
        pick_lever(*clicked.split(":"))
    else:
        pick_actor("" if st.session_state["actor"] == clicked else clicked)
