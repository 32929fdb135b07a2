"""The tests' own measure of whether labels meet."""

from tests.boxes import apart

UPRIGHT = [(0, 0), (40, 0), (40, 10), (0, 10)]


def moved(box: list[tuple[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    return [(a + x, b + y) for a, b in box]


def test_upright_boxes_meet_or_not() -> None:
    assert apart(UPRIGHT, moved(UPRIGHT, 40, 0), 0)
    assert apart(UPRIGHT, moved(UPRIGHT, 0, 9), 2)
    assert not apart(UPRIGHT, moved(UPRIGHT, 30, 5), 2)


def test_aslant_boxes_side_by_side_do_not_meet_although_they_share_columns_and_rows() -> None:
    aslant = [(0, 30), (30, 0), (37, 7), (7, 37)]
    assert apart(aslant, moved(aslant, 20, 0), 2)
    assert not apart(aslant, moved(aslant, 8, 0), 2)
