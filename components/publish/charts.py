"""Charts of the catalogue as image files: every chart, day, shape and theme asked for, those done left alone."""

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.figures.catalogue import CHARTS, Options, Picture, draw_parts, make_ready
from components.figures.shapes import NATURAL, SHAPES
from components.publish.options import day_in_record, known_actors, parser, refuse, run
from components.publish.written import Written
from components.record.model import Record
from components.record.shapes import load_shapes
from components.record.wording import agreeing, counted

if TYPE_CHECKING:
    from components.publish.images import Drawing

IMAGES = [name for name, chart in CHARTS.items() if chart.still]
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

    def file_name(self, part: int = 1) -> str:
        """`CHART-DAY[-SHAPE][-dark][-part][@Nx].FORMAT`: what is usual is left out."""
        shape = "" if self.shape == NATURAL else f"-{self.shape}"
        theme = "" if self.theme == "light" else f"-{self.theme}"
        number = f"-{part}" if part > 1 else ""
        usual = self.image_format != "png" or self.scale == SHAPES[self.shape].scale
        scale = "" if usual else f"@{self.scale}x"
        return f"{self.chart}-{self.day.isoformat()}{shape}{theme}{number}{scale}.{self.image_format}"


def main(arguments: list[str] | None = None) -> int:
    """Write the images and return the exit code."""
    options = _parser().parse_args(arguments)
    options.days, options.as_of = options.as_of or [None], None
    return run(options, _write_images)


def _write_images(record: Record, _day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.images import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    if any(CHARTS[name].of_actors for name in options.charts) and not options.actors:
        return refuse("This chart is about actors: name them, such as --actors IND CHN", 2)
    actors = Options(actor_ids=known_actors(record, options.actors))
    days = list(dict.fromkeys(day_in_record(record, day) for day in options.days))
    written = Written(options.out, f"{record.fingerprint} {' '.join(actors.actor_ids)}")
    jobs = _jobs(options, days)
    waiting = jobs if options.force else [job for job in jobs if not written.has(job.file_name())]
    done = 0
    try:
        if waiting:
            with (
                renderer(min(options.jobs, len(waiting))) as browser,
                tqdm(total=len(jobs), initial=len(jobs) - len(waiting), unit="image", file=sys.stderr) as progress,
            ):

                def take(key: tuple[Job, int, int], image: bytes) -> None:
                    nonlocal done
                    job, part, parts = key
                    others = [job.file_name(other) for other in range(2, parts + 1)] if part == 1 else []
                    written.write(job.file_name(part), image, others)
                    done += 1
                    progress.set_postfix_str(job.file_name(part), refresh=False)
                    progress.update(part == 1)

                browser.draw_each(_drawings(record, waiting, actors), take)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    except KeyboardInterrupt:
        return refuse("Stopped. The same command goes on where it stopped.", 130)
    there = len(jobs) - len(waiting)
    kept = f", {there} {agreeing(there, 'was', 'were')} there already" if there else ""
    sys.stdout.write(f"{counted(done, 'image')} in {options.out}{kept}\n")
    return 0


def _jobs(options: argparse.Namespace, days: list[dt.date]) -> list[Job]:
    """Every image, those of one chart and day together, because their data are made once."""
    return list(
        dict.fromkeys(
            Job(name, day, shape, theme, image_format, scale)
            for name in _names(options)
            for day in days
            for shape in options.shape
            for theme in options.theme
            for image_format in options.format
            for scale in (options.scale or [SHAPES[shape].scale] if image_format == "png" else [1])
        )
    )


def _drawings(record: Record, jobs: list[Job], wanted: Options) -> Iterator[tuple[tuple[Job, int, int], "Drawing"]]:
    """Each image's drawing, as the browser asks for it, with its job, its part and how many parts there are."""
    from components.publish.images import Drawing  # noqa: PLC0415

    shapes = load_shapes()
    ready: dict[Any, Any] = {}
    drawn: dict[Any, list[Picture]] = {}
    for job in jobs:
        data, look = (job.chart, job.day), (job.chart, job.day, job.shape, job.theme)
        if data not in ready:
            ready = {data: make_ready(job.chart, record, job.day, wanted)}
        if look not in drawn:
            drawn = {look: draw_parts(ready[data], SHAPES[job.shape].style(job.theme, shapes))}
        parts = drawn[look]
        scale = SHAPES[job.shape].magnified * (job.scale if job.image_format == "png" else 1)
        for part, picture in reversed(list(enumerate(parts, start=1))):  # the first last, which stands for all
            yield (job, part, len(parts)), Drawing(picture.figure, job.image_format, _width(job.shape), scale)


def _width(shape: str) -> int:
    return round(SHAPES[shape].width / SHAPES[shape].magnified)


def _names(options: argparse.Namespace) -> list[str]:
    """The charts to write: those that were named, else all that are images and have the actors they need."""
    if options.charts:
        return list(options.charts)
    return [name for name in IMAGES if options.actors or not CHARTS[name].of_actors]


def _chart(text: str) -> str:
    if text not in IMAGES:
        raise argparse.ArgumentTypeError(f"“{text}” is no chart: choose from {', '.join(IMAGES)}")
    return text


def _jobs_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of jobs: choose from 1 to {MOST_JOBS}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    made = parser("charts", "Write charts as image files.", out="exports", several_days=True)
    several: dict[str, Any] = {"nargs": "+"}
    made.add_argument("charts", nargs="*", type=_chart, metavar="CHART", help=f"{', '.join(IMAGES)} (default: all)")
    made.add_argument("--format", **several, choices=FORMATS, default=["png"], help="default: png")
    made.add_argument(
        "--shape",
        **several,
        choices=SHAPES,
        default=[NATURAL],
        help="; ".join(f"{code}: {shape.width} × {shape.height or 'as needed'}" for code, shape in SHAPES.items())
        + f" (default: {NATURAL})",
    )
    made.add_argument("--theme", **several, choices=THEMES, default=["light"], help="default: light")
    made.add_argument(
        "--scale",
        **several,
        type=int,
        choices=SCALES,
        help=f"of PNG (default: {SHAPES[NATURAL].scale} for {NATURAL}, else 1)",
    )
    made.add_argument("--actors", **several, default=[], metavar="ID", help="actor_ids, for the chart standing")
    made.add_argument("--jobs", type=_jobs_number, default=2, metavar="N", help="images drawn at once (default: 2)")
    made.add_argument("--force", action="store_true", help="draw again what is there already")
    return made
