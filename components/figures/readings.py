"""Words at the readings of a step line: as many as have room, the most telling first. All in px from the lower left."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from components.figures.theme import SMALL_LINE, SMALL_SIZE, Look

ASIDE, CLEAR = 6, 3  # px from a reading to its words, and from the line to them

Anchor = Literal["left", "right"]


class Reading(NamedTuple):
    """A reading of the line, and what may be said of it, the longest first; `entry` is for whoever asks."""

    x: float
    y: float
    texts: Sequence[str]
    entry: Any


class Words(NamedTuple):
    """What is said of a reading, and the side of the words that is at it."""

    reading: Reading
    text: str
    anchor: Anchor


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        """Whether the words would touch."""
        apart = abs(self.bottom - other.bottom) >= SMALL_LINE
        return not apart and self.left < other.right + ASIDE and other.left < self.right + ASIDE

    def lies_on(self, line: Sequence[tuple[float, float]]) -> bool:
        """Whether a step line of places, each with the height from there on, runs through the words."""
        ends = [x for x, _ in line[1:]] + [float("inf")]
        return any(
            y > self.bottom - 1 and x < self.right and end > self.left for (x, y), end in zip(line, ends, strict=True)
        )


def words_with_room(
    readings: Iterable[Reading], line: Sequence[tuple[float, float]], width: float, look: Look
) -> list[Words]:
    """What is said of each reading for which there is room, those that come first before those that follow."""
    taken, found = list[_Box](), list[Words]()
    for reading in readings:
        for words, box in _ways(reading, look):
            inside = box.left >= 0 and box.right <= width
            if inside and not box.lies_on(line) and not any(box.meets(other) for other in taken):
                taken.append(box)
                found.append(words)
                break
    return found


def _ways(reading: Reading, look: Look) -> Iterator[tuple[Words, _Box]]:
    """The longest text first, right of its reading and then left of it."""
    for text in reading.texts:
        px = len(text) / look.characters(1000, SMALL_SIZE) * 1000
        right, left = reading.x + ASIDE, reading.x - ASIDE
        yield Words(reading, text, "left"), _Box(right, right + px, reading.y + CLEAR)
        yield Words(reading, text, "right"), _Box(left - px, left, reading.y + CLEAR)
