"""Charts of the catalogue as image files."""

import argparse
import datetime as dt
import sys

from components.catalogue import CHARTS, Options, draw_picture
from components.charts.theme import Style
from components.export.options import known_actors, parser, refuse, run
from components.load import Dataset, load_shapes

IMAGES = [name for name, chart in CHARTS.items() if chart.still]


def main(arguments: list[str] | None = None) -> int:
    """Write the images and return the exit code."""
    return run(_parser().parse_args(arguments), _write_images)


def _write_images(dataset: Dataset, day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.images import CHARACTERS, EDGE, NoChromium, renderer, write_whole  # noqa: PLC0415

    if any(CHARTS[name].of_actors for name in options.charts) and not options.actors:
        return refuse("This chart is about actors: name them, such as --actors IND CHN", 2)
    style = Style(options.theme, CHARACTERS, EDGE, load_shapes())
    wanted = Options(actor_ids=known_actors(dataset, options.actors))
    jobs = [(name, image_format) for name in _names(options) for image_format in options.format]
    try:
        with renderer() as browser, tqdm(jobs, unit="image", file=sys.stderr) as progress:
            for name, image_format in progress:
                path = options.out / f"{name}-{day.isoformat()}.{image_format}"
                progress.set_postfix_str(path.name)
                figure = draw_picture(name, dataset, day, style, wanted).figure
                write_whole(path, browser.draw(figure, image_format))
    except NoChromium as missing:
        return refuse(str(missing), 2)
    sys.stdout.write(f"{len(jobs)} images in {options.out}\n")
    return 0


def _names(options: argparse.Namespace) -> list[str]:
    """The charts to write: those that were named, else all that are images and have the actors they need."""
    if options.charts:
        return list(options.charts)
    return [name for name in IMAGES if options.actors or not CHARTS[name].of_actors]


def _chart(text: str) -> str:
    if text not in IMAGES:
        raise argparse.ArgumentTypeError(f"“{text}” is no chart: choose from {', '.join(IMAGES)}")
    return text


def _parser() -> argparse.ArgumentParser:
    made = parser("charts", "Write charts as image files.", out="exports")
    made.add_argument("charts", nargs="*", type=_chart, metavar="CHART", help=f"{', '.join(IMAGES)} (default: all)")
    made.add_argument("--format", nargs="+", choices=("png", "svg", "pdf"), default=["png"], help="default: png")
    made.add_argument("--actors", nargs="+", default=[], metavar="ID", help="actor_ids, for the chart standing")
    made.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    return made
