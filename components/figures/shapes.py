"""The shapes that pictures are made in, and the size of their type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from components.figures.theme import MEASURED, Style

EDGE, NATURAL_EDGE = 20, 24
NATURAL = "natural"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in pixels; `height` is 0 where it is as high as its picture needs.

    `magnified` is how many of its pixels one of the figure's takes, so that small type of 12 pixels can be read where
    a picture is shown at half its size. `scale` is how many times its pixels a PNG usually has.
    """

    label: str
    width: int
    height: int
    magnified: float
    scale: int = 1

    def style(self, theme: str, shapes: str | dict[str, Any]) -> Style:
        """How figures are drawn that fill it, in the theme `light` or `dark`."""
        look: Literal["light", "dark"] = "dark" if theme == "dark" else "light"
        if not self.height:
            return Style(look, 150, NATURAL_EDGE, shapes)
        width, height = round(self.width / self.magnified), round(self.height / self.magnified)
        return Style(look, int((width - 2 * EDGE) / MEASURED), EDGE, shapes, width, height)


SHAPES: Mapping[str, Shape] = {
    NATURAL: Shape("Natural", 1200, 0, 1, 2),
    "article": Shape("Article", 1200, 675, 15 / 8),
    "slide": Shape("Slide", 1920, 1080, 15 / 8),
    "square": Shape("Square", 1080, 1080, 15 / 8),
}
