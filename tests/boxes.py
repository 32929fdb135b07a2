"""Whether two labels meet that need not stand upright: their boxes as Chromium measures them, turned as they are."""

import itertools
from collections.abc import Sequence

Point = Sequence[float]

# The corners on the screen of an element of an SVG, of the box that it has before it is turned.
CORNERS = """node => {
  const box = node.getBBox(), place = node.getScreenCTM(), right = box.x + box.width, bottom = box.y + box.height;
  return [[box.x, box.y], [right, box.y], [right, bottom], [box.x, bottom]]
    .map(([x, y]) => new DOMPoint(x, y).matrixTransform(place)).map(point => [point.x, point.y]);
}"""


def apart(one: Sequence[Point], other: Sequence[Point], slack: float) -> bool:
    """Whether a straight line along an edge parts two boxes, but for so many pixels."""
    return any(_overlap(one, other, normal) <= slack for box in (one, other) for normal in _normals(box))


def _normals(box: Sequence[Point]) -> list[Point]:
    """The directions across the edges of a box, each one pixel long; none of a box without an area."""
    edges = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(box[:3])]
    lengths = [(x * x + y * y) ** 0.5 for x, y in edges]
    return [(-y / long, x / long) for (x, y), long in zip(edges, lengths, strict=True) if long]


def _overlap(one: Sequence[Point], other: Sequence[Point], normal: Point) -> float:
    ends = [[x * normal[0] + y * normal[1] for x, y in box] for box in (one, other)]
    return min(max(ends[0]), max(ends[1])) - max(min(ends[0]), min(ends[1]))
