"""The shapes that pictures are made in."""

from collections.abc import Mapping
from dataclasses import dataclass

EDGE, NATURAL_EDGE = 20, 24
NATURAL = "natural"
WIDE = 1.3  # times as wide as high


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in pixels; `height` is 0 where it is as high as its picture needs.

    `magnified` is how many of its pixels one px of the picture takes, so that small type of 12 px can be read where a
    picture is shown at half its size. `scale` is how many times its pixels a PNG usually has.
    """

    label: str
    width: int
    height: int
    magnified: float
    scale: int = 1

    @property
    def inner_width(self) -> int:
        """The width in px of the picture."""
        return round(self.width / self.magnified)

    @property
    def inner_height(self) -> int:
        """The height in px of the picture, 0 where it is as high as it needs."""
        return round(self.height / self.magnified)

    @property
    def wide(self) -> bool:
        """Whether it is much wider than high, so that there is more room beside a drawing than above it."""
        return self.width > WIDE * self.height > 0

    @property
    def edge(self) -> int:
        """The px that stay empty around it."""
        return EDGE if self.height else NATURAL_EDGE


SHAPES: Mapping[str, Shape] = {
    NATURAL: Shape("Natural", 1200, 0, 1, 2),
    "article": Shape("Article", 1200, 675, 15 / 8),
    "slide": Shape("Slide", 1920, 1080, 15 / 8),
    "square": Shape("Square", 1080, 1080, 15 / 8),
}
