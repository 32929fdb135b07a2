"""The stance map through time as a GIF, or as an MP4, to be shown where nothing can be clicked.

Belongs here: which days a film has, what stands in a frame beside the map, and how long each is seen.
Does not belong here: the film that plays in the page (figures.film), the map itself, and file formats (encoding).
"""

import argparse
import datetime as dt
import io
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from components.figures.figure import Options
from components.figures.stance_map import StanceMap
from components.publish.encoding import TICKS, WRITERS
from components.publish.files import write_whole
from components.publish.options import a_day, refuse, run
from components.publish.picture import Picture, picture_of
from components.publish.shapes import Shape
from components.publish.templates import module
from components.record.model import Record
from components.record.reading import DEFAULT_FOLDER
from components.record.wording import agreeing, counted, day_in_words
from components.summaries.sources import citation, publishers_line, source_ids
from components.summaries.time import moved

if TYPE_CHECKING:
    from PIL.Image import Image

    from components.publish.stage import Order

STEPS = {"month": "ME", "quarter": "QE", "change": ""}  # the end of each period, as pandas calls it
TABS = 2  # of the browser: frames drawn at once
HELD = 4  # times as long as another is the last frame seen, at the least
NARROWEST, WIDEST = 320, 1920
YEAR_ROOM = 44  # px that the label of a year needs


@dataclass(frozen=True, slots=True)
class Film:
    """What all frames share: the days, the lines above and below the map, the theme and the width in px."""

    record: Record
    days: Sequence[dt.date]
    title: str
    notes: tuple[str, ...]
    theme: str
    width: int

    @property
    def years(self) -> list[tuple[str, float]]:
        """Each January's year with its place on the bar, or every second or third where there is no room for all."""
        years = range(self.days[0].year + 1, self.days[-1].year + 1)
        every = math.ceil(len(years) * YEAR_ROOM / self.width) or 1
        return [(str(year), self.place(dt.date(year, 1, 1))) for year in years[::every]]

    def place(self, day: dt.date) -> float:
        """Where a day stands between the first and the last one, from 0 to 1."""
        first, last = self.days[0], self.days[-1]
        return (day - first) / (last - first) if last > first else 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """One day of a film: the map's picture, with the film's words and the day in large around it."""

    film: Film
    of_day: Picture
    when: dt.date

    @property
    def figure(self) -> StanceMap:
        """The map of the day."""
        assert isinstance(self.of_day.figure, StanceMap)  # noqa: S101
        return self.of_day.figure

    @property
    def title(self) -> str:
        """What the film is about, from when to when."""
        return self.film.title

    @property
    def alt(self) -> str:
        """What the map of the day shows."""
        return self.of_day.alt

    @property
    def day(self) -> str:
        """The day in words."""
        return day_in_words(self.when)

    @property
    def place(self) -> float:
        """How far the film is, from 0 to 1."""
        return self.film.place(self.when)

    @property
    def years(self) -> list[tuple[str, float]]:
        """The years below the bar."""
        return self.film.years

    def words(self, part: str, theme: str = "") -> str:
        """A part of the words as HTML, of the same size on every day."""
        return str(getattr(module("film.html"), part)(self, theme))


def main(arguments: list[str] | None = None) -> int:
    """Write the film and return the exit code."""
    return run(_parser().parse_args(arguments), _write_film)


def _write_film(record: Record, _day: dt.date, options: argparse.Namespace) -> int:
    from PIL.Image import open as opened  # noqa: PLC0415
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    first, last = _ends(record, options)
    days = film_days(record, first, last, options.step, with_first=options.first is not None)
    ticks = shown_for(len(days), options.seconds)
    film = a_film(record, days, options.theme, options.width)
    writers = [(image_format, WRITERS[image_format]()) for image_format in options.format]
    images: dict[dt.date, Image] = {}
    try:
        with renderer(TABS) as browser, tqdm(total=len(days), unit="frame", file=sys.stderr) as progress:

            def take(day: dt.date, png: bytes) -> None:
                images[day] = _even(opened(io.BytesIO(png)).convert("RGB"))
                progress.update()

            browser.draw_each(_orders(film), take)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    for image_format, written in writers:
        path = options.out / f"film-{days[0].isoformat()}-{days[-1].isoformat()}.{image_format}"
        write_whole(path, written([images[day] for day in days], ticks))
        sys.stdout.write(f"{path}: {counted(len(days), 'frame')}, {path.stat().st_size / 1e6:.1f} MB\n")
    return 0


def _ends(record: Record, options: argparse.Namespace) -> tuple[dt.date, dt.date]:
    """The first and the last day asked for, or the record's. Raises ValueError for days that it does not hold."""
    start, end = record.tracker.start, record.tracker.data_until
    first, last = options.first or start, options.last or end
    if not start <= first <= last <= end:
        raise ValueError(f"--from {first} --to {last} is not in the record: choose days in order from {start} to {end}")
    return first, last


def film_days(record: Record, first: dt.date, last: dt.date, step: str, *, with_first: bool) -> list[dt.date]:
    """The days of the frames, in order: the last, and before it each end of a period or each day of a new stance.

    `step` is a key of STEPS; the first day is among them where `with_first` says so.
    """
    moments = moved(record, last)["date"] if step == "change" else pd.date_range(first, last, freq=STEPS[step])
    days = {moment.date() for moment in moments}
    return sorted({day for day in days if first <= day <= last} | {last} | ({first} if with_first else set()))


def shown_for(frames: int, seconds: float) -> list[int]:
    """For how many ticks each frame is seen, so that all take that many seconds: as long as each other, then the last.

    Raises ValueError where the film is too short for its frames.
    """
    ticks = round(seconds * TICKS)
    each = ticks // (frames - 1 + HELD)
    if each < 1:
        needed = math.ceil((frames - 1 + HELD) / TICKS)
        short = f"{counted(frames, 'frame')} {agreeing(frames, 'needs', 'need')} {counted(needed, 'second')}"
        raise ValueError(f"{short}: choose --seconds {needed} or more")
    return [each] * (frames - 1) + [ticks - each * (frames - 1)]


def a_film(record: Record, days: Sequence[dt.date], theme: str, width: int) -> Film:
    """What the frames of those days share: words that say what of when, and from whom."""
    rows = record.stances[record.stances["date"] <= pd.Timestamp(days[-1])]
    about = picture_of(record, StanceMap.name, days[-1]).figure.about()
    title = f"{about}, {day_in_words(days[0])} to {day_in_words(days[-1])}"
    notes = (publishers_line(record, source_ids(rows)), f"{citation(record)}.")
    return Film(record, days, title, notes, theme, width)


def _orders(film: Film) -> Iterator[tuple[dt.date, "Order"]]:
    """Each frame as the browser asks for it, with its day."""
    from components.publish.stage import Order  # noqa: PLC0415

    shape = Shape("Film", film.width, 0, 1)
    for day in film.days:
        frame = Frame(film, picture_of(film.record, StanceMap.name, day, Options()), day)
        yield day, Order(frame, shape, film.theme, "png")


def _even(image: "Image") -> "Image":
    """The image with even sides, as an MP4 must have."""
    return image.crop((0, 0, image.width // 2 * 2, image.height // 2 * 2))


def _width(text: str) -> int:
    if not text.isdecimal() or not NARROWEST <= int(text) <= WIDEST:
        raise argparse.ArgumentTypeError(f"“{text}” is no width: choose from {NARROWEST} to {WIDEST} pixels")
    return 2 * (int(text) // 2)  # an MP4 has even sides


def _parser() -> argparse.ArgumentParser:
    description = "Write the stance map through time as a film."
    made = argparse.ArgumentParser(prog="python -m components.export film", description=description)
    made.set_defaults(as_of=None)
    made.add_argument("--from", dest="first", type=a_day, metavar="DATE", help="default: the record's first day")
    made.add_argument("--to", dest="last", type=a_day, metavar="DATE", help="default: the record's last day")
    made.add_argument("--step", choices=STEPS, default="month", help="a frame for the end of each month (the default) "
                      "or quarter, or for each day on which a stance changed")  # fmt: skip
    made.add_argument("--format", nargs="+", choices=WRITERS, default=["gif"], help="default: gif")
    made.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    made.add_argument("--seconds", type=float, default=16, metavar="N", help="how long the film is (default: 16)")
    made.add_argument("--width", type=_width, default=900, metavar="PX", help="default: 900")
    made.add_argument("--out", type=Path, default=Path("exports"), metavar="PATH", help="default: exports")
    made.add_argument("--data", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER", help="default: data/")
    return made
