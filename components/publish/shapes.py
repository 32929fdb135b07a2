"""The shapes that pictures are made in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SMALLEST = 12  # px of the smallest letters of a drawing, as it is drawn


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in pixels; `height` is 0 where it is as high as its picture needs.

    `ticks` are the pixels of the smallest letters of the drawing, `margin` those that stay empty at the sides; `type`
    are the sizes of the words around it, of their letters and lines, by name; empty where the page's own hold.
    """

    label: str
    width: int
    height: int
    ticks: int = SMALLEST
    margin: int = 24
    type: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def magnified(self) -> float:
        """How many of its pixels one px of the picture takes."""
        return self.ticks / SMALLEST

    @property
    def inner_width(self) -> float:
        """The width in px of the picture."""
        return self.width / self.magnified

    @property
    def inner_height(self) -> float:
        """The height in px of the picture, 0 where it is as high as it needs."""
        return self.height / self.magnified

    @property
    def edge(self) -> float:
        """The px that stay empty around it."""
        return self.margin / self.magnified

    @property
    def type_in_px(self) -> dict[str, float]:
        """The sizes of `type` in px of the picture: `title` and `title-line`, and so on."""
        pairs = [pair for name, (size, line) in self.type.items() for pair in ((name, size), (f"{name}-line", line))]
        return {name: pixels / self.magnified for name, pixels in pairs}


SHAPES: Mapping[str, Shape] = {
    "article": Shape(
        "Article", 1200, 675, 22, 40, {"title": (36, 42), "measure": (24, 30), "legend": (22, 28), "note": (20, 26)}
    ),
    "slide": Shape(
        "Slide", 1920, 1080, 28, 80, {"title": (60, 68), "measure": (36, 44), "legend": (32, 40), "note": (26, 34)}
    ),
    "square": Shape(
        "Square", 1080, 1080, 28, 56, {"title": (56, 64), "measure": (34, 42), "legend": (30, 38), "note": (24, 32)}
    ),
}
