"""`python -m components.curate.make_shapes`: static/world.geojson anew, from Natural Earth by way of npm's world-atlas.

Run by hand when the border rule or the list of actors changes; needs npm and the development requirements.
The rule itself is printed beside the map: `names_and_borders` in data/tracker.toml.
Beside its shape every country has a cell of its own on the tile map: `column` and `row`, from the upper left corner.
By `names` of the file, which has what people call each country, the check tells which shape a wrong code means.
"""

import json
import math
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pycountry
from shapely import LineString, Point, Polygon, box, get_parts, union_all
from shapely.geometry.base import BaseGeometry

from components.record.check.cells import split_list
from components.record.reading import DEFAULT_FOLDER, read_text

PACKAGE = "world-atlas@2.0.2"
TARGET = Path(__file__).parents[2] / "static" / "world.geojson"
TOLERANCE_DEGREES = 0.1
SMALLEST_ISLAND = 0.1  # square degrees; smaller rings are left out where the actor has a larger one
SMALL_STATE = 1.3  # square degrees at the equator; below it a shape is too small to hit and gets a marker
CRIMEA = Point(34.2, 45.3)
SAHARA_BEGINS = 27.67  # degrees north: what Natural Earth draws as Morocco south of it lies in Western Sahara

# Natural Earth gives these no ISO code.
BY_NAME = {
    "Kosovo": "XKX",
    "Somaliland": "SOM",
    "N. Cyprus": "CYP",
    "Indian Ocean Ter.": "AUS",
    "Siachen Glacier": "XSG",
}
# Territories are drawn with the state that is responsible for them.
BELONGS_TO = {
    **dict.fromkeys(("ASM", "GUM", "MNP", "PRI", "VIR", "UMI"), "USA"),
    **dict.fromkeys(
        ("AIA", "BMU", "CYM", "FLK", "GGY", "GIB", "IMN", "JEY", "MSR", "PCN", "SHN", "SGS", "TCA", "VGB"), "GBR"
    ),
    **dict.fromkeys(("ATF", "BLM", "GUF", "MAF", "NCL", "PYF", "SPM", "WLF", "GLP", "MTQ", "REU", "MYT"), "FRA"),
    **dict.fromkeys(("ABW", "BES", "CUW", "SXM"), "NLD"),
    **dict.fromkeys(("FRO", "GRL"), "DNK"),
    **dict.fromkeys(("HKG", "MAC"), "CHN"),
    **dict.fromkeys(("CCK", "CXR", "HMD", "NFK"), "AUS"),
    **dict.fromkeys(("COK", "NIU", "TKL"), "NZL"),
    **dict.fromkeys(("BVT", "SJM"), "NOR"),
    "ALA": "FIN",
}
LEFT_OUT = {"ATA", "IOT"}
UNASSIGNED = {"ESH", "XSG"}

# The tile map: cells from west to east and from north to south before countries make room for one another.
TILE_COLUMNS, TILE_ROWS, TILE_SEAM = 34, 18, -169.0
NORTH, SOUTH = 75.0, -50.0
ROUNDS = 500
SEA_BETWEEN = 1.4  # cells between countries of two continents, where one cell is between those of the same
HOLD = 0.03  # of the way back to its own place, that a country goes in the first round
# Where readers look for them, which is not the middle of their largest piece of land.
TILE_PLACES = {"DNK": (9.5, 56.0), "RUS": (45.0, 58.0)}
CONTINENTS = {
    **dict.fromkeys(("Northern America", "Latin America and Caribbean"), "Americas"),
    **dict.fromkeys(("Central Asia", "South Asia", "East Asia", "Southeast Asia", "Middle East"), "Asia"),
}

Ring = list[tuple[float, float]]
Numbers = npt.NDArray[np.float64]


def main() -> None:
    """Write the shapes of every country of the record, and say how large the file is."""
    with tempfile.TemporaryDirectory() as folder:
        medium, large = (_read_package(Path(folder), f"countries-{scale}.json") for scale in ("50m", "10m"))
    # As text, because a record is checked against the shapes that are made here.
    actors = read_text(DEFAULT_FOLDER).frames["actors"].set_index("actor_id", drop=False)
    countries = sorted(actors.index[actors["kind"] == "country"])
    rings = _rings_by_actor(medium)
    if strangers := set(rings) - set(countries) - UNASSIGNED:
        raise SystemExit(f"no rule says whose these are: {', '.join(sorted(strangers))}")
    detailed = _rings_by_actor(large)
    for actor_id in set(countries) - set(rings):
        rings[actor_id] = detailed[actor_id]
    rings["MAR"], rings["ESH"] = _cut_at_the_parallel(rings["MAR"], rings["ESH"])
    features = [_feature(actor_id, rings[actor_id]) for actor_id in [*countries, *sorted(UNASSIGNED)]]
    _add_tiles(features[: len(countries)], actors.loc[countries, "region"])
    names = {key: [actors.at[key, "name"], *split_list(actors.at[key, "aliases"])] for key in countries}
    collection = {"type": "FeatureCollection", "features": features, "names": names}
    text = json.dumps(collection, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(features)} shapes, {len(text):,} bytes")  # noqa: T201


def _read_package(folder: Path, name: str) -> dict[str, Any]:
    archive = folder / "package.tgz"
    if not archive.exists():
        command = ["npm", "pack", "--silent", PACKAGE]
        packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
        (folder / packed.stdout.strip()).rename(archive)
    with tarfile.open(archive) as package:
        member = package.extractfile(f"package/{name}")
        if member is None:
            raise SystemExit(f"{PACKAGE} has no {name}")
        content: dict[str, Any] = json.load(member)
        return content


def _rings_by_actor(topology: dict[str, Any]) -> dict[str, list[list[Ring]]]:
    """Polygons, each a list of rings, by actor_id."""
    arcs = [_simplified(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    polygons: defaultdict[str, list[list[Ring]]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        actor_id = _actor_of(geometry)
        if actor_id in LEFT_OUT:
            continue
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for part in parts:
            rings = [_joined(ring, arcs) for ring in part]
            in_crimea = actor_id == "RUS" and Polygon(rings[0]).contains(CRIMEA)
            polygons["UKR" if in_crimea else actor_id].append(rings)
    return polygons


def _actor_of(geometry: dict[str, Any]) -> str:
    name = geometry["properties"]["name"]
    if "id" not in geometry:
        return BY_NAME.get(name, name)
    country = pycountry.countries.get(numeric=geometry["id"])
    code = country.alpha_3 if country else name
    return BELONGS_TO.get(code, code)


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _simplified(points: Ring) -> Ring:
    """Fewer points with both ends kept, so that neighbours that share the line still meet."""
    closed = points[0] == points[-1]
    if len(points) < 8 or (closed and Polygon(points).area < SMALL_STATE):
        return points
    return [(x, y) for x, y in LineString(points).simplify(TOLERANCE_DEGREES).coords]


def _joined(indices: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _cut_at_the_parallel(north: list[list[Ring]], south: list[list[Ring]]) -> tuple[list[list[Ring]], list[list[Ring]]]:
    """Two countries of which one ends and the other begins at the parallel; all other borders stay as drawn."""
    upper, lower = (union_all([Polygon(shell, holes) for shell, *holes in polygons]) for polygons in (north, south))
    below = box(-180, -90, 180, SAHARA_BEGINS)
    return _rings(upper.difference(below)), _rings(union_all([lower, upper.intersection(below)]))


def _rings(shape: BaseGeometry) -> list[list[Ring]]:
    return [
        [[(x, y) for x, y in ring.coords] for ring in (part.exterior, *part.interiors)] for part in get_parts(shape)
    ]


def _feature(actor_id: str, polygons: list[list[Ring]]) -> dict[str, Any]:
    largest = max((Polygon(rings[0]) for rings in polygons), key=lambda polygon: float(polygon.area))
    centre = largest.representative_point()
    area = sum(Polygon(rings[0]).area for rings in polygons) * math.cos(math.radians(centre.y))
    kept = [r for r in polygons if Polygon(r[0]).area >= SMALLEST_ISLAND] or polygons
    return {
        "type": "Feature",
        "id": actor_id,
        "properties": {"lon": round(centre.x, 2), "lat": round(centre.y, 2), "small": area < SMALL_STATE},
        "geometry": {"type": "MultiPolygon", "coordinates": [_rounded(rings) for rings in kept]},
    }


def _rounded(rings: list[Ring]) -> list[list[list[float]]]:
    """To about a kilometre; finer where that would leave nothing."""
    digits = 2 if Polygon(rings[0]).area > SMALLEST_ISLAND else 3
    rounded = [[[round(x, digits), round(y, digits)] for x, y in ring] for ring in rings]
    return [ring for ring in rounded if len({tuple(point) for point in ring}) >= 3]


def _add_tiles(features: list[dict[str, Any]], regions: pd.Series) -> None:
    """Give each country a cell of its own, near to where it lies among the others.

    Countries first push one another apart until each has room, held by their own places and continents held apart by
    a strip of sea; then all take cells so that the sum of squared ways to them is the smallest there is.
    """
    continents = regions.map(lambda region: CONTINENTS.get(region, region)).to_numpy()
    home = np.array([_place(feature, continent) for feature, continent in zip(features, continents, strict=True)])
    room = np.where(continents[:, None] == continents[None, :], 1.0, SEA_BETWEEN)
    spread = _pushed_apart(home, room)
    spread -= spread.min(axis=0)
    width, height = np.ceil(spread.max(axis=0)).astype(int) + 1
    cells = np.array([(column, row) for row in range(height) for column in range(width)])
    ways = ((spread[:, None] - cells[None, :]) ** 2).sum(axis=2)
    taken = cells[_cheapest(ways)]
    taken -= taken.min(axis=0)
    for feature, (column, row) in zip(features, taken.tolist(), strict=True):
        feature["properties"] |= {"column": column, "row": row}


def _place(feature: dict[str, Any], continent: str) -> tuple[float, float]:
    """A country's own place in cells; the Pacific is not torn in two."""
    lon, lat = TILE_PLACES.get(feature["id"], (feature["properties"]["lon"], feature["properties"]["lat"]))
    if continent == "Oceania" and lon < 0:
        lon += 360
    return (lon - TILE_SEAM) / 360 * TILE_COLUMNS, (NORTH - lat) / (NORTH - SOUTH) * TILE_ROWS


def _pushed_apart(home: Numbers, room: Numbers) -> Numbers:
    """Places of which no two are nearer than their `room`, or hardly."""
    places = home.copy()
    for turn in range(ROUNDS):
        apart = places[:, None] - places[None, :]
        distance = np.hypot(apart[..., 0], apart[..., 1]) + 1e-9
        overlap = np.clip(room - distance, 0, None)
        np.fill_diagonal(overlap, 0)
        places += (apart / distance[..., None] * overlap[..., None] / 4).sum(axis=1)
        places += (home - places) * HOLD * (1 - turn / ROUNDS)
    return places


def _cheapest(costs: Numbers) -> list[int]:
    """For each row its own column so that the sum of costs is the smallest: the Hungarian method, row by row.

    Row 0 and column 0 of the working arrays stand for "nobody": there each search for a free column begins and ends.
    """
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        owner[0] = row
        least, came_from = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=int)
        seen = np.zeros(columns + 1, dtype=bool)
        column = 0
        while owner[column]:
            seen[column] = True
            reduced = costs[owner[column] - 1] - row_price[owner[column]] - column_price[1:]
            better = ~seen[1:] & (reduced < least[1:])
            least[1:][better], came_from[1:][better] = reduced[better], column
            column = int(np.argmin(np.where(seen, np.inf, least)))
            step = least[column]
            row_price[owner[seen]] += step
            column_price[seen] -= step
            least[~seen] -= step
        while column:
            owner[column] = owner[came_from[column]]
            column = int(came_from[column])
    return [int(np.flatnonzero(owner[1:] == row)[0]) for row in range(1, rows + 1)]


if __name__ == "__main__":
    main()
