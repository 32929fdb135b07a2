"""The shapes of countries: one for every country of the record, and a point for every shape."""

from components.record.model import Record
from components.record.shapes import load_points, load_shapes


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
