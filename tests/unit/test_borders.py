"""The shapes of the world, the places of tiles, and the names that tell them apart."""

import itertools

import numpy as np
import pandas as pd
from shapely import LinearRing, Point, get_parts
from shapely.geometry import shape

from components.curate.make_shapes import _cheapest
from components.record.check.actors import comparable
from components.record.model import Record
from components.record.shapes import load_names, load_points, load_shapes


def test_western_sahara_begins_at_its_border_and_is_one_piece() -> None:
    shapes = {feature["id"]: shape(feature["geometry"]) for feature in load_shapes()["features"]}
    morocco, sahara = shapes["MAR"], shapes["ESH"]
    assert morocco.bounds[1] == sahara.bounds[3] == 27.67
    assert 20.7 < sahara.bounds[1] < 21
    assert len(get_parts(sahara)) == len(get_parts(morocco)) == 1
    assert all(sahara.contains(Point(lon, lat)) for lon, lat in [(-13, 24), (-13.2, 27.1), (-15.9, 23.5), (-9, 27.5)])
    assert all(morocco.contains(Point(lon, lat)) for lon, lat in [(-7.6, 33.5), (-12, 28), (-9, 27.8)])
    points = load_points()
    for code, found in (("MAR", morocco), ("ESH", sahara)):
        assert found.contains(Point(points.at[code, "lon"], points.at[code, "lat"]))
        assert found.area > 10 and not points.at[code, "small"]
    for code in ("DZA", "MRT", "ESP"):
        assert shapes[code].intersection(morocco.union(sahara)).area < 0.05, code


def test_every_outline_runs_the_way_that_a_map_of_the_sphere_needs() -> None:
    for feature in load_shapes()["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            assert not LinearRing(polygon[0]).is_ccw, feature["id"]


def test_a_name_of_a_shape_means_one_country(shipped: Record) -> None:
    names = load_names()
    assert set(names) == set(shipped.actors.index[shipped.actors["kind"] == "country"])
    codes = pd.Series({(code, comparable(name)): code for code, known in names.items() for name in known})
    assert codes.groupby(level=1).nunique().max() == 1
    assert names["ROU"] == ["Romania"] and "Kosova" in names["XKX"]


def test_tiles_lie_about_where_the_countries_do(shipped: Record) -> None:
    points = load_points()
    assert {feature["id"] for feature in load_shapes()["features"]} == set(points.index)
    countries = points.join(shipped.actors["region"], how="inner").dropna(subset=["column"])
    assert countries[["column", "row"]].min().tolist() == [0, 0]
    away = countries[countries["region"] != "Oceania"]  # it is not torn at the date line
    assert away["column"].rank().corr(away["lon"].rank()) > 0.95
    assert countries["row"].rank().corr(countries["lat"].rank()) < -0.95
    for region in set(away["region"]) - {"Northern America"}:
        own = away.loc[away["region"] == region, ["column", "row"]].to_numpy()
        apart = np.abs(own[:, None] - own[None, :]).max(axis=2)
        assert (np.sort(apart, axis=1)[:, 1] <= 2).all(), region


def test_the_cheapest_assignment_is_the_cheapest() -> None:
    costs = np.random.default_rng(7).integers(0, 50, (5, 7)).astype(float)
    chosen = _cheapest(costs)
    assert len(set(chosen)) == 5
    least = min(costs[range(5), order].sum() for order in itertools.permutations(range(7), 5))
    assert costs[range(5), chosen].sum() == least


def test_every_country_has_a_shape_and_every_shape_a_point(shipped: Record) -> None:
    countries = set(shipped.actors.index[shipped.actors["kind"] == "country"])
    ids = {feature["id"] for feature in load_shapes()["features"]}
    assert countries <= ids
    assert all(
        feature["geometry"]["coordinates"] and all(feature["geometry"]["coordinates"])
        for feature in load_shapes()["features"]
    )
    points = load_points()
    assert set(points.index) == ids
    assert points["lon"].between(-180, 180).all()
    assert points["lat"].between(-60, 84).all()
    assert {"SGP", "BHR", "MDV", "TUV", "VAT", "XKX", "PSE"} <= set(points.index[points["small"]])
