"""Pictures in designed shapes, drawn on the server for a reader who asks."""

from dataclasses import dataclass

import streamlit as st

from components.figures.theme import Theme
from components.pages.parts.studio import NEEDED, has_chromium, memory_left, studio
from components.pages.parts.view import View
from components.publish.picture import Picture, image_name
from components.publish.shapes import SHAPES

FORMATS = {"png": "PNG", "png@2": "PNG, twice the pixels", "svg": "SVG", "pdf": "PDF"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture in a shape that a reader may ask for, with the name of its file; `png@2` has twice the pixels."""

    picture: Picture
    theme: Theme
    shape: str
    form: str

    @property
    def file_name(self) -> str:
        """The name of its file."""
        image_format, _, times = self.form.partition("@")
        return image_name(self.picture, self.shape, self.theme, image_format, f"@{times}x" if times else "")

    def made(self) -> bytes:
        """Draw it, in the queue of all readers. Raises what `publish.browser` raises."""
        from components.publish.metadata import described  # noqa: PLC0415 - pages start without the image libraries
        from components.publish.stage import Order  # noqa: PLC0415

        image_format, _, times = self.form.partition("@")
        order = Order(self.picture, SHAPES[self.shape], self.theme, image_format, int(times or 1))
        return described(studio().draw(order), self.picture, image_format)


def show_designed(picture: Picture, view: View) -> None:
    """A small menu of shapes and formats, where this machine can draw them; nothing elsewhere."""
    if not (picture.figure.leaves and has_chromium()):
        return
    key = f"picture_{picture.figure.name}"
    menu = st.popover("Article, slide, square", key=f"{key}_shapes", type="tertiary", on_change="rerun")
    if not menu.open:
        return
    with menu:
        if memory_left() < NEEDED:
            st.caption("The server has no memory to spare for this now. PNG and SVG of this view are made here.")
            return
        shape = st.segmented_control(
            "Shape", list(SHAPES), format_func=_shape_label, default="article", key=f"{key}_shape", required=True
        )
        form = st.segmented_control(
            "Format", list(FORMATS), format_func=FORMATS.__getitem__, default="png", key=f"{key}_format", required=True
        )
        wanted = Wanted(picture, view.theme, shape or "article", form or "png")
        st.download_button("Draw and download", wanted.made, wanted.file_name, on_click="ignore", key=f"{key}_make")
        # The framework has one sentence for whatever fails, so that the way out stands here beforehand.
        st.caption(
            "Drawn on the server in a few seconds, one picture at a time. Should that fail, others may be before you: "
            "try again in a minute. PNG and SVG of this view are made in the browser, beside this menu."
        )


def _shape_label(code: str) -> str:
    shape = SHAPES[code]
    return f"{shape.label} {shape.width} × {shape.height}"
