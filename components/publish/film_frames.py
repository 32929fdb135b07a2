"""The frames of a film: what stands around the map on each day, and how long each is seen.

Belongs here: what all frames share, and one frame. Does not belong here: which days there are and what happened
(film_captions), the command (film), file formats (encoding), and the film that plays in the page (figures.film).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from components.figures.figure import Options
from components.figures.stance_map import StanceMap
from components.figures.timeline import round_years
from components.publish.encoding import TICKS
from components.publish.film_captions import captions
from components.publish.names import file_stem
from components.publish.picture import Foot, Picture, foot_of, picture_of
from components.publish.shapes import Shape
from components.publish.templates import filled
from components.record.model import Record
from components.record.wording import day_in_words
from components.summaries.sources import citation, source_ids

if TYPE_CHECKING:
    from components.publish.stage import Order

PLAIN, CAPTION, WORD, END = 3, 5, 2, 30  # ticks that a frame is seen, and more for a caption, its words, and both ends
DIGITS = 3  # widths of a sign that a year needs on the bar, of its size of type
# The sizes of a picture of that shape, and those of the day (`now`) and of what happened (`caption`).
SHAPES: Mapping[str, Shape] = {
    "wide": Shape("wide", 1920, 1080, 30, 60, {
        "title": (54, 62), "measure": (36, 44), "legend": (32, 44),
        "now": (58, 72), "caption": (42, 52), "note": (26, 34),
    }),
    "portrait": Shape("portrait", 1080, 1350, 30, 50, {
        "title": (56, 64), "measure": (34, 44), "legend": (32, 44),
        "now": (72, 80), "caption": (46, 56), "note": (26, 34),
    }),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Film:
    """What all frames share: the days, what happened up to each since the one before, the words, shape and theme."""

    record: Record
    days: Sequence[dt.date]
    captions: Sequence[str]
    measure: str
    foot: Foot
    shape: Shape
    theme: str

    @property
    def stem(self) -> str:
        """The name of its file without the ending."""
        ends = self.days[0].isoformat(), self.days[-1].isoformat()
        return file_stem(self.record, "film", *ends, self.shape.label, self.theme)

    @property
    def about(self) -> str:
        """What it is, of when and from whom, as the file itself says it."""
        return f"{self.record.tracker.question} {self.measure}. {citation(self.record)}"

    @property
    def years(self) -> list[tuple[str, float]]:
        """Each January's year with its place on the bar, or every second or fifth where there is no room for all."""
        first, last = self.days[0], self.days[-1]
        years = [year for year in range(first.year, last.year + 1) if dt.date(year, 1, 1) >= first]
        room = (self.shape.width - 2 * self.shape.margin) // (DIGITS * self.shape.type["note"][0])
        return [(str(year), self.place(dt.date(year, 1, 1))) for year in round_years(years, room)]

    def place(self, day: dt.date) -> float:
        """Where a day stands between the first and the last one, from 0 to 1."""
        first, last = self.days[0], self.days[-1]
        return (day - first) / (last - first) if last > first else 1.0

    def orders(self) -> Iterator[tuple[int, "Order"]]:
        """Each frame as the browser asks for it, with its number."""
        from components.publish.stage import Order  # noqa: PLC0415 - the dashboard runs without the image libraries

        for number, (day, caption) in enumerate(zip(self.days, self.captions, strict=True)):
            frame = Frame(self, picture_of(self.record, StanceMap.name, day, Options()), day, caption)
            yield number, Order(frame, self.shape, self.theme, "png")

    def ticks(self, seconds: int | None = None) -> list[int]:
        """For how many ticks each frame is seen: so long that its caption can be read, or so that all take `seconds`.

        There must be a tick for each frame.
        """
        words = [len(caption.split()) for caption in self.captions]
        own = [PLAIN + (CAPTION + WORD * count if count else 0) for count in words]
        own[0] += END
        own[-1] += END
        if seconds is None:
            return own
        spare = seconds * TICKS - len(own)
        shares = [1 + spare * ticks // sum(own) for ticks in own[:-1]]
        return [*shares, seconds * TICKS - sum(shares)]


@dataclass(frozen=True, slots=True)
class Frame:
    """One day of a film: the map's picture, with the film's words, the day in large and what happened around it."""

    film: Film
    of_day: Picture
    when: dt.date
    caption: str

    @property
    def figure(self) -> StanceMap:
        """The map of the day."""
        assert isinstance(self.of_day.figure, StanceMap)  # noqa: S101
        return self.of_day.figure

    @property
    def title(self) -> str:
        """The question of the record."""
        return self.film.record.tracker.question

    @property
    def alt(self) -> str:
        """What the map of the day shows."""
        return self.of_day.alt

    @property
    def inset(self) -> bool:
        """Its legend stands beside the drawing, where it may change its counts."""
        return False

    def words(self, part: str, theme: str = "") -> str:
        """A part of the words as HTML."""
        return filled("film.html", part, self, theme)


def a_film(record: Record, days: Sequence[dt.date], shape: str, theme: str) -> Film:
    """The film of those days in a shape of SHAPES: words that say what of when, and from whom."""
    rows = record.stances[record.stances["date"] <= pd.Timestamp(days[-1])]
    figure = picture_of(record, StanceMap.name, days[-1]).figure
    measure = f"{figure.subtitle()}, {day_in_words(days[0])} to {day_in_words(days[-1])}"
    foot = foot_of(record, source_ids(rows), figure.note())
    return Film(record, days, captions(record, days), measure, foot, SHAPES[shape], theme)
