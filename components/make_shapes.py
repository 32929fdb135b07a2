"""`python -m components.make_shapes`: static/world.geojson anew, from Natural Earth by way of npm's world-atlas.

Run by hand when the border rule or the list of actors changes; needs npm and the development requirements.
The rule itself is printed beside the map: `names_and_borders` in data/tracker.toml.
"""

import json
import math
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pycountry
from shapely import LineString, Point, Polygon

from components.load import DEFAULT_FOLDER, load_dataset

PACKAGE = "world-atlas@2.0.2"
TARGET = Path(__file__).parent.parent / "static" / "world.geojson"
TOLERANCE_DEGREES = 0.1
SMALLEST_ISLAND = 0.1  # square degrees; smaller rings are left out where the actor has a larger one
SMALL_STATE = 1.3  # square degrees at the equator; below it a shape is too small to hit and gets a marker
CRIMEA = Point(34.2, 45.3)

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

Ring = list[tuple[float, float]]


def main() -> None:
    """Write the shapes of every country of the record, and say how large the file is."""
    with tempfile.TemporaryDirectory() as folder:
        medium, large = (_read_package(Path(folder), f"countries-{scale}.json") for scale in ("50m", "10m"))
    actors = load_dataset(DEFAULT_FOLDER).actors
    countries = sorted(actors.loc[actors["kind"] == "country", "actor_id"])
    rings = _rings_by_actor(medium)
    if strangers := set(rings) - set(countries) - UNASSIGNED:
        raise SystemExit(f"no rule says whose these are: {', '.join(sorted(strangers))}")
    detailed = _rings_by_actor(large)
    for actor_id in set(countries) - set(rings):
        rings[actor_id] = detailed[actor_id]
    features = [_feature(actor_id, rings[actor_id]) for actor_id in [*countries, *sorted(UNASSIGNED)]]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
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


if __name__ == "__main__":
    main()
