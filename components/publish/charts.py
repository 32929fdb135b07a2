"""The command that writes figures of the catalogue as image files: every chart, day, shape and theme asked for."""

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.figures.catalogue import FIGURES, figures_in
from components.figures.figure import Options
from components.publish.files import write_whole
from components.publish.metadata import described
from components.publish.options import day_in_record, known_actors, parser, refuse, run, warn_of_boxes, whole_number
from components.publish.picture import Picture, image_name, picture_of
from components.publish.shapes import SHAPES
from components.record.model import Record
from components.record.wording import counted

if TYPE_CHECKING:
    from components.publish.stage import Order

IMAGES = [name for name, figure in FIGURES.items() if figure.leaves]
FORMATS, THEMES, SCALES = ("png", "svg", "pdf"), ("light", "dark"), (1, 2, 3)
MOST_JOBS = 8


@dataclass(frozen=True, slots=True)
class Job:
    """One image to write; `scale` counts for a PNG alone."""

    chart: str
    day: dt.date
    shape: str
    theme: str
    image_format: str
    scale: int
    editable: bool

    @property
    def kind(self) -> str:
        """What its file name ends with, where it is not as usual."""
        return "-editable" if self.editable else f"@{self.scale}x" if self.scale > 1 else ""


def main(arguments: list[str] | None = None) -> int:
    """Write the images and return the exit code."""
    options = _parser().parse_args(arguments)
    options.days, options.as_of = options.as_of or [None], None
    return run(options, _write_images)


def _write_images(record: Record, _day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    if any(FIGURES[name].of_actors for name in options.charts) and not options.actors:
        return refuse("This chart is about actors: name them, with --actors and their actor_ids", 2)
    actors = Options(actor_ids=known_actors(record, options.actors))
    missing = [name for name in options.charts if name not in figures_in(record)]
    if missing:
        return refuse(f"The record has nothing for the chart {missing[0]}: choose from {', '.join(_known(record))}", 2)
    options.charts = _names(record, options)
    jobs = _jobs(options, [day_in_record(record, day) for day in options.days])
    try:
        with (
            renderer(min(options.jobs, len(jobs))) as browser,
            tqdm(total=len(jobs), unit="image", file=sys.stderr) as progress,
        ):

            def take(named: tuple[str, Picture], image: bytes) -> None:
                file_name, picture = named
                write_whole(options.out / file_name, described(image, picture, file_name.rpartition(".")[2]))
                progress.set_postfix_str(file_name, refresh=False)
                progress.update()

            browser.draw_each(_orders(record, jobs, actors), take)
        warn_of_boxes(browser.undrawn)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    sys.stdout.write(f"{counted(len(jobs), 'image')} in {options.out}\n")
    return 0


def _jobs(options: argparse.Namespace, days: list[dt.date]) -> list[Job]:
    """Every image, each once."""
    return list(
        dict.fromkeys(
            Job(name, day, shape, theme, image_format, scale, image_format == "svg" and options.editable)
            for name in options.charts
            for day in days
            for shape in options.shape
            for theme in options.theme
            for image_format in options.format
            for scale in (options.scale if image_format == "png" else [1])
        )
    )


def _orders(record: Record, jobs: list[Job], wanted: Options) -> Iterator[tuple[tuple[str, Picture], "Order"]]:
    """What the browser is to draw for each job, made as it asks for it, with the name of its file and the picture."""
    from components.publish.stage import Order  # noqa: PLC0415

    for job in jobs:
        picture = picture_of(record, job.chart, job.day, wanted)
        file_name = image_name(picture, job.shape, job.theme, job.image_format, job.kind)
        order = Order(picture, SHAPES[job.shape], job.theme, job.image_format, job.scale, editable=job.editable)
        yield (file_name, picture), order


def _names(record: Record, options: argparse.Namespace) -> list[str]:
    """The charts to write: those that were named, else all that the record has and that have the actors they need."""
    if options.charts:
        return list(options.charts)
    return [name for name in _known(record) if options.actors or not FIGURES[name].of_actors]


def _known(record: Record) -> list[str]:
    return [name for name in IMAGES if name in figures_in(record)]


def _chart(text: str) -> str:
    if text not in IMAGES:
        raise argparse.ArgumentTypeError(f"“{text}” is no chart: choose from {', '.join(IMAGES)}")
    return text


def _parser() -> argparse.ArgumentParser:
    made = parser("charts", "Write charts as image files.", out="exports", several_days=True)
    several: dict[str, Any] = {"nargs": "+"}
    sizes = "; ".join(f"{code}: {shape.width} × {shape.height}" for code, shape in SHAPES.items())
    usual = "pixels of a PNG for each of its shape's (default: 1)"
    made.add_argument("charts", nargs="*", type=_chart, metavar="CHART", help=f"{', '.join(IMAGES)} (default: all)")
    made.add_argument("--format", **several, choices=FORMATS, default=["png"], help="default: png")
    made.add_argument("--shape", **several, choices=SHAPES, default=["article"], help=f"{sizes} (default: article)")
    made.add_argument("--theme", **several, choices=THEMES, default=["light"], help="default: light")
    made.add_argument("--scale", **several, type=int, choices=SCALES, default=[1], help=usual)
    editable = "SVG with its words as text, in Source Sans, to be changed; else they are outlines, alike everywhere"
    made.add_argument("--editable", action="store_true", help=editable)
    made.add_argument("--actors", **several, default=[], metavar="ID", help="actor_ids, for the chart standing")
    jobs = whole_number("number of jobs", 1, MOST_JOBS)
    made.add_argument("--jobs", type=jobs, default=2, metavar="N", help="images drawn at once (default: 2)")
    return made
