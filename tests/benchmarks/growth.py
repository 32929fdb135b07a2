"""How cost grows with the record: folders of many times the rows; how long images and the exporter's commands take."""

import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.theme import Look
from components.publish.browser import renderer
from components.publish.picture import picture_of
from components.publish.shapes import SHAPES
from components.publish.stage import Order
from components.record import on_day as as_of
from components.record.check import check_record
from components.record.chosen import chosen_folder
from components.record.model import Record
from components.record.reading import read, read_text
from tests.benchmarks.grow import grow
from tests.benchmarks.servers import ROOT
from tests.benchmarks.serving import step_of_page
from tests.benchmarks.table import Line

# No two are asked in the same step of the record, so that no answer is ready.
DAYS = [dt.date(2025, 7, 3), dt.date(2024, 9, 27), dt.date(2023, 5, 6)]
STEPS = {"map", "counts", "stances on a day", "levers on a day", "stocks on a day"}
STILL = ["map", "tiles", "counts", "stocks", "matrix", "history"]


def growth(times: list[int]) -> list[Line]:
    """Load, check, what holds on a day, each figure and the map page on a day not asked for yet, for each size."""
    lines: list[Line] = []
    for number in times:
        with tempfile.TemporaryDirectory() as folder:
            grown = grow(chosen_folder(), Path(folder) / "data", number)
            size = f"{number}× rows"
            written = read_text(grown)
            lines.append(Line(f"{size}: check", _seconds(lambda: check_record(written.frames, written.tracker)), "s"))  # noqa: B023
            begun = time.process_time()
            record = read(grown)
            goal = 5.0 if number == 100 else None
            lines.append(Line(f"{size}: load, with the check", time.process_time() - begun, "s", goal=goal))
            for what, step in _steps(record).items():
                milliseconds = 1000 * statistics.median(_seconds(lambda: step(day)) for day in DAYS)  # noqa: B023
                goal = 200.0 if what in STEPS else None
                lines.append(Line(f"{size}: {what}", milliseconds, "ms", goal=goal))
            page = 1000 * step_of_page(grown, DAYS)
            lines.append(Line(f"{size}: step of the date, the whole map page", page, "ms", goal=200.0))
    return lines


def _steps(record: Record) -> dict[str, Callable[[dt.date], object]]:
    actors = tuple(record.actors.index[:2])

    def drawn(name: str) -> Callable[[dt.date], object]:
        options = Options(actor_ids=actors if FIGURES[name].of_actors else ())
        return lambda day: picture_of(record, name, day, options).figure.draw(Look())

    return {
        "stances on a day": lambda day: as_of.stances_on(record, day + dt.timedelta(days=1)),
        "levers on a day": lambda day: as_of.levers_until(record, day + dt.timedelta(days=1)),
        "stocks on a day": lambda day: as_of.stocks_on(record, day + dt.timedelta(days=1)),
        **{name: drawn(name) for name in FIGURES},
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def images_made(rounds: int) -> list[Line]:
    """Images with a browser that is started already: each figure is drawn and made into a PNG."""
    record, shape = read(chosen_folder()), SHAPES["article"]
    lines = []
    with renderer() as browser:
        for name in STILL:
            seconds = []
            for number in range(rounds + 1):
                day = DAYS[0] - dt.timedelta(days=number)
                begun = time.perf_counter()
                browser.draw(Order(picture_of(record, name, day), shape, "light", "png"))
                seconds.append(time.perf_counter() - begun)
            lines.append(Line(f"image of {name}", 1 / statistics.median(seconds[1:]), "a second"))
    return lines


def commands_run(commands: list[str]) -> list[Line]:
    """Seconds that a command of the exporter takes, with its start and that of its browser."""
    lines = []
    for command in commands:
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "components.export", *command.split(), "--out", folder],
                cwd=ROOT, check=True, capture_output=True,
            )  # fmt: skip
            lines.append(Line(f"export {command}", time.perf_counter() - begun, "s"))
    return lines
