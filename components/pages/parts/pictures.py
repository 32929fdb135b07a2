"""A chart of the catalogue on a page: the figure, its downloads, and the table behind it."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from components.figures.catalogue import CHARTS, Options, Picture, draw_parts, draw_picture, make_ready
from components.figures.shapes import NATURAL, SHAPES
from components.figures.stance_map import NO_TOPOLOGY
from components.figures.theme import Style
from components.pages.parts.cells import pick_cell
from components.pages.parts.share import show_share
from components.pages.parts.studio import NEEDED, has_chromium, memory_left, studio
from components.pages.parts.view import View, pick_actor
from components.record.cache import remembered
from components.record.model import Record
from components.record.shapes import load_shapes

FILLING = {"map", "tiles", "film"}  # pictures that take the height their frame has, which the style sheet sets by width
CONFIG = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "scrollZoom": False}
OF_CELLS = {"crosstab", "bubbles"}  # pictures whose marks stand for several actors: a click opens their list
DESIGNED = [code for code in SHAPES if code != NATURAL]
WITHOUT_CLICK = {"pool_flow", "money_time"}
PICTURES_KEPT = 128

_FOLDER = Path(__file__).parents[1] / "js"
_download_menu = st.components.v2.component("picture_download", js=(_FOLDER / "download.js").read_text("utf-8"))
_film_keys = st.components.v2.component("film_keys", js=(_FOLDER / "film.js").read_text("utf-8"))


def show_picture(name: str, record: Record, view: View, options: Options | None = None) -> Picture:
    """Draw a chart with its downloads and table, and give it back; a click on a country or mark picks its actor."""
    options = replace(options or Options(), passing=view.passing, filtered=view.filtered)
    if name == "film":
        picture = _draw_film(record.fingerprint, view.style, _dataset=record)
    else:
        shown = options if name == "map" else replace(options, zoom=Options().zoom)
        picture = _draw_once(record, name, view.day, view.style, shown)
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
        _show_toolbar(name, record, view, options, picture.title)
        _show_table(key, picture)
    return picture


def _show_table(key: str, picture: Picture) -> None:
    """The table behind a picture, which is sent only to those who ask for it: it is larger than the picture."""
    table = st.expander("Table behind this picture", key=f"{key}_table", on_change="rerun")
    if table.open:
        table.dataframe(picture.table(), hide_index=True, alt=f"Table behind the picture: {picture.title}")


# Figures are not changed after they are drawn, so that all readers can be sent the same one.
@remembered(most=PICTURES_KEPT)
def _draw_once(record: Record, name: str, day: dt.date, style: Style, options: Options) -> Picture:
    return draw_picture(name, record, day, style, options)


@st.cache_resource(max_entries=4, show_spinner="Drawing every month of the record")
def _draw_film(fingerprint: str, style: Style, _dataset: Record) -> Picture:
    """The film is the same on every day; `fingerprint` tells one record from another."""
    return draw_picture("film", _dataset, _dataset.tracker.data_until, style)


def _show_toolbar(name: str, record: Record, view: View, options: Options, title: str) -> None:
    key = f"picture_{name}"
    # The same on every day, so that it is sent once: the browser finds the day of its file in the address.
    last = record.tracker.data_until.isoformat()
    data = {"chart": f"st-key-{key}", "name": name, "last": last, "labels": {"png": "PNG", "svg": "SVG"}}
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_toolbar"):
        _download_menu(key=f"{key}_download", data=data, width="content")
        if CHARTS[name].still and has_chromium():
            _show_shapes(name, record, view, options)
        show_share(record, view, key, title)


def _show_shapes(name: str, record: Record, view: View, options: Options) -> None:
    """A small menu of pictures in designed shapes, drawn on the server when one is asked for."""
    menu = st.popover("Article, slide, square", key=f"picture_{name}_shapes", type="tertiary", on_change="rerun")
    if not menu.open:
        return
    with menu:
        if memory_left() < NEEDED:
            st.caption("The server has no memory to spare for this now. PNG and SVG of this view are made here.")
            return
        shape = st.segmented_control(
            "Shape", DESIGNED, format_func=_shape_label, default=DESIGNED[0], key=f"picture_{name}_shape", required=True
        )
        formats = {"png": "PNG", "png@2": "PNG, twice the pixels", "svg": "SVG", "pdf": "PDF"}
        chosen = st.segmented_control(
            "Format", list(formats), format_func=formats.__getitem__, default="png", key=f"picture_{name}_format",
            required=True,
        )  # fmt: skip
        order = Order(name, record, view.day, options, view.style.theme, shape or DESIGNED[0], chosen or "png")
        st.download_button(
            "Draw and download",
            order.made,
            order.file_name,
            on_click="ignore",
            key=f"picture_{name}_make",
        )
        # The framework has one sentence for whatever fails, so that the way out stands here beforehand.
        st.caption(
            "Drawn on the server in a few seconds, one picture at a time. Should that fail: PNG and SVG of this view "
            "are made in the browser, beside this menu."
        )


def _shape_label(code: str) -> str:
    shape = SHAPES[code]
    return f"{shape.label} {shape.width} × {shape.height}"


@dataclass(frozen=True, slots=True)
class Order:
    """A picture in a shape that a reader may ask for: `png@2` is a PNG of twice the pixels."""

    name: str
    record: Record
    day: dt.date
    options: Options
    theme: str
    shape: str
    wanted: str

    @property
    def file_name(self) -> str:
        """The name of its file; several parts come as one ZIP file."""
        return f"{self._stem()}.{'zip' if self._may_be_several() else self._ending()}"

    def made(self) -> bytes:
        """Draw it, in the queue of all readers. Raises what `components.publish.images` raises."""
        from components.publish.images import Drawing  # noqa: PLC0415 - pages start without the image libraries

        shape = SHAPES[self.shape]
        ready = make_ready(self.name, self.record, self.day, self.options)
        parts = draw_parts(ready, shape.style(self.theme, load_shapes()))
        scale = shape.magnified * int(self.wanted.partition("@")[2] or 1)
        width = round(shape.width / shape.magnified)
        files = [studio().draw(Drawing(part.figure, self._ending(), width, scale)) for part in parts]
        if not self._may_be_several():
            return files[0]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number, file in enumerate(files, start=1):
                archive.writestr(zipfile.ZipInfo(f"{self._stem()}-{number}.{self._ending()}"), file)
        return packed.getvalue()

    def _stem(self) -> str:
        dark = "-dark" if self.theme == "dark" else ""
        return f"{file_name(self.name, self.day)}-{self.shape}{dark}"

    def _ending(self) -> str:
        return self.wanted.partition("@")[0]

    def _may_be_several(self) -> bool:
        return CHARTS[self.name].of_actors and len(self.options.actor_ids) > 1


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
