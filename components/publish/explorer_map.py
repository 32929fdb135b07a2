"""The world as a still SVG: each shape as a path, in the projection of the figure, for pages that draw without Plotly.

Belongs here: where a shape and a point lie on the page. Does not belong here: colours, names, and who is shown.
"""

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from components.figures.stance_map import SEAM_AWAY, WORLD_LATITUDES
from components.record.shapes import load_shapes

WIDTH = 10_000  # of the map in its own units, of which paths are whole numbers: ten to a px of a wide screen
SEAM = SEAM_AWAY - 180  # degrees; what lies west of it is drawn at the eastern edge

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """The path of an actor, a point inside it, and whether it needs a marker to be seen."""

    actor_id: str
    path: str
    x: int
    y: int
    small: bool


@functools.cache
def height() -> int:
    """The height of the map in its own units."""
    return _placed(0, WORLD_LATITUDES[0])[1]


@functools.cache
def shapes() -> tuple[Shape, ...]:
    """Every shape that the map holds."""
    found = []
    for feature in load_shapes()["features"]:
        known = feature["properties"]
        ((x, y),) = _outline([(known["lon"], known["lat"])])
        path = "".join(map(_path, _rings(feature["geometry"])))
        found.append(Shape(feature["id"], path, x, y, bool(known["small"])))
    return tuple(found)


def _rings(geometry: dict[str, Any]) -> Iterable[Sequence[Point]]:
    """The outlines of a shape that the map holds at least in part."""
    south, north = WORLD_LATITUDES
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        latitudes = [point[1] for point in ring]
        if max(latitudes) > south and min(latitudes) < north:
            yield ring


def _path(ring: Sequence[Point]) -> str:
    """An outline as a path, each point told from the one before; "" where it shrinks to a line."""
    placed = _outline(ring)
    points = [point for at, point in enumerate(placed) if at == 0 or point != placed[at - 1]]
    if len(points) < 4:
        return ""
    moves = [(x - a, y - b) for (a, b), (x, y) in pairwise(points[:-1])]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(f'{x} {y}' for x, y in moves)}z".replace(" -", "-")


def _outline(ring: Sequence[Point]) -> list[tuple[int, int]]:
    """Where an outline lies: without a jump at 180°, and wholly on the side of the seam where its middle is."""
    first = ring[0][0]
    east = [lon + 360 if lon < first - 180 else lon - 360 if lon > first + 180 else lon for lon, _ in ring]
    turn = 360 if (min(east) + max(east)) / 2 < SEAM else 0
    return [_placed(lon + turn, lat) for lon, (_, lat) in zip(east, ring, strict=True)]


def _placed(lon: float, lat: float) -> tuple[int, int]:
    """Where a point of the earth lies on the map, by the Natural Earth projection (Šavrič and others, 2011)."""
    x, y = _natural_earth(math.radians(lon - SEAM_AWAY), math.radians(lat))
    edge, top = _natural_earth(math.pi, 0)[0], _natural_earth(0, math.radians(WORLD_LATITUDES[1]))[1]
    scale = WIDTH / 2 / edge
    return round(WIDTH / 2 + scale * x), round(scale * (top - y))


def _natural_earth(lon: float, lat: float) -> Point:
    two = lat * lat
    four = two * two
    across = 0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    up = 1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four))
    return lon * across, lat * up
