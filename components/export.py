"""`python -m components.export [CHART …]`: charts of the catalogue as image files, offline.

Exit code 0: all written. 1: something is wrong with the data, the day or a file. 2: no Chromium, or a wrong option.
"""

import argparse
import datetime as dt
import sys
from pathlib import Path

from components.catalogue import CHARTS, Options, draw_picture
from components.charts.theme import Style
from components.load import DEFAULT_FOLDER, Dataset, InvalidData, load_dataset, load_shapes

IMAGES = [name for name, chart in CHARTS.items() if chart.still]


def main(arguments: list[str] | None = None) -> int:
    """Write the images and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        dataset = load_dataset(options.data)
        day = _day_in_record(dataset, options.as_of)
        return _write_images(dataset, day, options)
    except InvalidData as invalid:
        sys.stderr.writelines(f"{problem}\n" for problem in invalid.problems)
        return _refuse(str(invalid), 1)
    except (OSError, ValueError) as error:
        return _refuse(str(error), 1)


def _write_images(dataset: Dataset, day: dt.date, options: argparse.Namespace) -> int:
    try:
        from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

        from components.images import CHARACTERS, EDGE, NoChromium, renderer, write_whole  # noqa: PLC0415
    except ImportError as error:
        return _refuse(f"Images need the package {error.name}: pip install -r requirements.txt", 2)
    if any(CHARTS[name].of_actors for name in options.charts) and not options.actors:
        return _refuse("This chart is about actors: name them, such as --actors IND CHN", 2)
    style = Style(options.theme, CHARACTERS, EDGE, load_shapes())
    wanted = Options(actor_ids=_known_actors(dataset, options.actors))
    jobs = [(name, image_format) for name in _names(options) for image_format in options.format]
    try:
        with renderer() as browser, tqdm(jobs, unit="image", file=sys.stderr) as progress:
            for name, image_format in progress:
                path = options.out / f"{name}-{day.isoformat()}.{image_format}"
                progress.set_postfix_str(path.name)
                figure = draw_picture(name, dataset, day, style, wanted).figure
                write_whole(path, browser.draw(figure, image_format))
    except NoChromium as missing:
        return _refuse(str(missing), 2)
    sys.stdout.write(f"{len(jobs)} images in {options.out}\n")
    return 0


def _refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _day_in_record(dataset: Dataset, day: dt.date | None) -> dt.date:
    start, end = dataset.tracker.start, dataset.tracker.data_until
    if day is not None and not start <= day <= end:
        raise ValueError(f"--as-of {day} is outside the record: choose a day from {start} to {end}")
    return day or end


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day: write it as YYYY-MM-DD") from None


def _names(options: argparse.Namespace) -> list[str]:
    """The charts to write: those that were named, else all that are images and have the actors they need."""
    if options.charts:
        return list(options.charts)
    return [name for name in IMAGES if options.actors or not CHARTS[name].of_actors]


def _known_actors(dataset: Dataset, actor_ids: list[str]) -> tuple[str, ...]:
    for actor_id in actor_ids:
        if actor_id not in dataset.actors.index or actor_id == dataset.tracker.subject:
            raise ValueError(f"--actors {actor_id} is not an actor_id of the record: see actors.csv")
    return tuple(actor_ids)


def _chart(text: str) -> str:
    if text not in IMAGES:
        raise argparse.ArgumentTypeError(f"“{text}” is no chart: choose from {', '.join(IMAGES)}")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m components.export", description="Write charts as image files.")
    parser.add_argument("charts", nargs="*", type=_chart, metavar="CHART", help=f"{', '.join(IMAGES)} (default: all)")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="YYYY-MM-DD (default: the record's last day)")
    parser.add_argument("--format", nargs="+", choices=("png", "svg", "pdf"), default=["png"], help="default: png")
    parser.add_argument("--out", type=Path, default=Path("exports"), metavar="DIR", help="default: exports/")
    parser.add_argument("--actors", nargs="+", default=[], metavar="ID", help="actor_ids, for the chart standing")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER", help="default: data/")
    return parser


if __name__ == "__main__":
    sys.exit(main())
