"""The shapes of the world, the same for every data folder."""

import functools
import json
from pathlib import Path
from typing import Any

import pandas as pd

SHAPES_FILE = Path(__file__).parents[2] / "static" / "world.geojson"


@functools.cache
def load_shapes() -> dict[str, Any]:
    """The world's shapes as GeoJSON, each feature's id an actor_id."""
    shapes: dict[str, Any] = json.loads(SHAPES_FILE.read_text(encoding="utf-8"))
    return shapes


def load_names() -> dict[str, list[str]]:
    """By the id of each shape of a country the names that people call it."""
    names: dict[str, list[str]] = load_shapes()["names"]
    return names


@functools.cache
def load_points() -> pd.DataFrame:
    """A row for each shape, indexed by its id: `lon` and `lat` of a point inside it, in degrees, and `small`."""
    features = load_shapes()["features"]
    return pd.DataFrame([feature["properties"] for feature in features], index=[feature["id"] for feature in features])
