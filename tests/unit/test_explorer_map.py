"""The map of the site's front page: every country is on it, where it lies, and no outline runs across the world."""

import re
from itertools import accumulate, pairwise

from components.publish.explorer_map import WIDTH, height, shapes
from components.record.model import Record
from components.record.shapes import load_points

PLACES = {shape.actor_id: shape for shape in shapes()}


def outlines(path: str) -> list[list[tuple[int, int]]]:
    """The points of each outline of a path."""
    found = []
    for start, rest in re.findall(r"M(-?\d+ ?-?\d+)l([^zM]+)z", path):
        numbers = [int(text) for text in re.findall(r"-?\d+", f"{start} {rest}")]
        moves = zip(numbers[::2], numbers[1::2], strict=True)
        found.append(list(accumulate(moves, lambda at, move: (at[0] + move[0], at[1] + move[1]))))
    return found


def test_every_country_of_the_shipped_record_has_a_shape_or_a_marker(shipped: Record) -> None:
    countries = shipped.actors.index[shipped.actors["kind"] == "country"]
    drawn = {shape.actor_id for shape in shapes() if shape.path or shape.small}
    assert set(countries) & set(load_points().index) <= drawn


def test_shapes_lie_on_the_map_and_none_runs_across_it() -> None:
    for shape in shapes():
        assert 0 <= shape.x <= WIDTH and 0 <= shape.y <= height(), shape.actor_id
        for points in outlines(shape.path):
            assert min(x for x, _ in points) >= -60 and max(x for x, _ in points) <= WIDTH + 60, shape.actor_id
            assert all(abs(x - a) < WIDTH / 10 for (a, _), (x, _) in pairwise([*points, points[0]])), shape.actor_id


def test_north_is_up_and_the_map_is_cut_in_the_bering_strait() -> None:
    norway, algeria, chile = PLACES["NOR"], PLACES["DZA"], PLACES["CHL"]
    assert norway.y < algeria.y < chile.y
    assert PLACES["USA"].x < PLACES["BRA"].x < PLACES["FRA"].x < PLACES["IND"].x < PLACES["NZL"].x
    russia = [x for points in outlines(PLACES["RUS"].path) for x, _ in points]
    assert min(russia) > WIDTH / 2
