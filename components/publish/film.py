"""The command that writes the stance map through time as a film, to be shown where nothing can be clicked.

Does not belong here: what stands in a frame (film_frames) and file formats (encoding).
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from components.publish.encoding import TICKS, WRITERS
from components.publish.files import write_whole
from components.publish.film_frames import SHAPES, Film, a_film
from components.publish.options import a_day, refuse, run, warn_of_boxes, whole_number
from components.record.chosen import ask_folder
from components.record.model import Record
from components.record.wording import counted
from components.summaries.film_days import MOST, film_days

if TYPE_CHECKING:
    from components.publish.browser import Renderer

TABS = 2  # of the browser: frames drawn at once
SHORTEST, LONGEST = MOST // TICKS, 600  # seconds of a film that can be asked for


def main(arguments: list[str] | None = None) -> int:
    """Write the films and return the exit code."""
    return run(_parser().parse_args(arguments), _write_films)


def _write_films(record: Record, _day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    days = film_days(record, *_ends(record, options))
    kinds = [(shape, theme) for shape in dict.fromkeys(options.shape) for theme in dict.fromkeys(options.theme)]
    writers = {image_format: WRITERS[image_format]() for image_format in options.format}
    try:
        with renderer(TABS) as browser, tqdm(total=len(days) * len(kinds), unit="frame", file=sys.stderr) as progress:
            for shape, theme in kinds:
                film = a_film(record, days, shape, theme)
                frames, ticks = _drawn(browser, film, progress.update), film.ticks(options.seconds)
                for image_format, written in writers.items():
                    path = options.out / f"{film.stem}.{image_format}"
                    write_whole(path, written(frames, ticks, film.about))
                    length = f"{counted(len(days), 'frame')}, {counted(round(sum(ticks) / TICKS), 'second')}"
                    progress.write(f"{path}: {length}, {path.stat().st_size / 1e6:.1f} MB", file=sys.stdout)
        warn_of_boxes(browser.undrawn)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    return 0


def _drawn(browser: "Renderer", film: Film, done: Callable[[], object]) -> list[bytes]:
    """The frames of a film as PNGs, in order; `done` is called after each."""
    drawn: dict[int, bytes] = {}

    def take(number: int, png: bytes) -> None:
        drawn[number] = png
        done()

    browser.draw_each(film.orders(), take)
    return [drawn[number] for number in sorted(drawn)]


def _ends(record: Record, options: argparse.Namespace) -> tuple[dt.date, dt.date]:
    """The first and the last day asked for, or the record's. Raises ValueError for days that it does not hold."""
    start, end = record.tracker.start, record.tracker.data_until
    first, last = options.first or start, options.last or end
    if not start <= first <= last <= end:
        raise ValueError(f"--from {first} --to {last} is not in the record: choose days in order from {start} to {end}")
    return first, last


def _parser() -> argparse.ArgumentParser:
    description = f"Write the stance map through time as films of at most {MOST} frames."
    made = argparse.ArgumentParser(prog="python -m components.export film", description=description)
    made.set_defaults(as_of=None)
    several: dict[str, Any] = {"nargs": "+"}
    sizes = "; ".join(f"{code}: {shape.width} × {shape.height}" for code, shape in SHAPES.items())
    seconds = f"how long a film is, {SHORTEST} to {LONGEST} (default: so long that all can be read)"
    length = whole_number("number of seconds", SHORTEST, LONGEST)
    made.add_argument("--from", dest="first", type=a_day, metavar="DATE", help="default: the record's first day")
    made.add_argument("--to", dest="last", type=a_day, metavar="DATE", help="default: the record's last day")
    made.add_argument(
        "--format", **several, choices=WRITERS, default=["mp4"], help="default: mp4; a GIF is half the size"
    )
    made.add_argument("--shape", **several, choices=SHAPES, default=["wide"], help=f"{sizes} (default: wide)")
    made.add_argument("--theme", **several, choices=("light", "dark"), default=["light"], help="default: light")
    made.add_argument("--seconds", type=length, metavar="N", help=seconds)
    made.add_argument("--out", type=Path, default=Path("exports"), metavar="PATH", help="default: exports")
    ask_folder(made, "--data")
    return made
