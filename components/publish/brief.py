"""The brief: two pages about all or about one actor as one HTML file and as PDF, with an annex on demand.

Belongs here: the command, and its pictures. Does not belong here: the page (brief_page), what its parts say, how that
is made to fit two pages of paper (brief_print), and its markup (templates).
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from markupsafe import Markup

from components.figures.figure import WIDTHS, Options
from components.publish import brief_annex_actor, brief_annex_all, brief_front_actor, brief_front_all
from components.publish.brief_front import say
from components.publish.brief_page import page
from components.publish.brief_parts import Brief
from components.publish.files import write_whole
from components.publish.fonts import FILES, font_face
from components.publish.inline import height_of, inline
from components.publish.names import file_stem
from components.publish.options import a_day, known_actors, parser, refuse, run, warn_of_boxes
from components.publish.picture import picture_of
from components.record.model import Record
from components.record.wording import counted

if TYPE_CHECKING:
    from components.publish.browser import Renderer

DAYS = 90  # before the day, where no other first day of the changes is asked for
BESIDE, ACROSS = (498, 225), (672, 300)  # px of a drawing on A4: beside the five numbers, or between the margins
TALLEST = 900  # px, of a drawing that a sheet holds with its heading; of a taller one paper has the table


def main(arguments: list[str] | None = None) -> int:
    """Write the brief and return the exit code."""
    return run(_parser().parse_args(arguments), _write_brief)


def pictures_of(brief: Brief) -> Sequence[str]:
    """The figures of the catalogue that it shows."""
    front, annex = _rooms(brief)
    return [*front.PICTURES, *(annex.PICTURES if brief.annex else ())]


def drawn(brief: Brief, name: str, browser: "Renderer", done: Callable[[], object] = lambda: None) -> Markup:
    """A picture of the catalogue with its words; `done` is called after each of its drawings."""
    actor_ids = (brief.actor_id,) if brief.actor_id else ()
    picture = picture_of(brief.record, name, brief.day, Options(actor_ids=actor_ids))
    in_front = name in _rooms(brief)[0].PICTURES
    sizes = [("light", *(BESIDE if in_front else ACROSS))]
    sizes += [(brief.theme, *size) for size in zip(WIDTHS, picture.figure.heights, strict=True)]
    drawings = []
    for theme, width, height in sizes:
        drawings.append(browser.draw_plot(picture, theme, width, height))
        done()
    placed = [inline(svg, f"{name}-{width}", picture.alt) for svg, (_, width, _) in zip(drawings, sizes, strict=True)]
    return say("picture", picture, brief.theme, *placed, titled=not in_front, too_tall=height_of(drawings[0]) > TALLEST)


def _rooms(brief: Brief) -> tuple[ModuleType, ModuleType]:
    """The modules that have its two pages and its annex."""
    return (brief_front_actor, brief_annex_actor) if brief.actor_id else (brief_front_all, brief_annex_all)


def _write_brief(record: Record, day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - commands start without the image libraries

    from components.publish.brief_print import fitted, printed  # noqa: PLC0415 - as above
    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415 - as above

    brief = _brief(record, day, options)
    names, faces = pictures_of(brief), "".join(map(font_face, FILES))
    steps = len(names) * (1 + len(WIDTHS)) + 1 + len(options.format)
    try:
        with renderer() as browser, tqdm(total=steps, unit="step", file=sys.stderr) as progress:
            brief = replace(brief, pictures={name: drawn(brief, name, browser, progress.update) for name in names})
            brief, front = fitted(brief, faces, browser)
            progress.update()
            made = {"html": lambda: page(brief, faces).encode(), "pdf": lambda: printed(brief, front, faces, browser)}
            for kind in options.format:
                path = options.out / f"{_stem(brief, options)}.{kind}"
                progress.set_postfix_str(path.name)
                write_whole(path, made[kind]())
                progress.update()
        warn_of_boxes(browser.undrawn)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    sys.stdout.write(f"{counted(len(options.format), 'file')} in {options.out}\n")
    return 0


def _brief(record: Record, day: dt.date, options: argparse.Namespace) -> Brief:
    """What the options ask for. Raises ValueError for an actor or a day that is not in the record."""
    known_actors(record, [options.actor] if options.actor else [], "--actor")
    since = _first_day(record, day, options.since)
    return Brief(record, day, since, options.actor, options.theme, annex=options.annex)


def _stem(brief: Brief, options: argparse.Namespace) -> str:
    """The name of its file without the ending; what was chosen beside the usual stands in it."""
    since = f"since {options.since}" if options.since else ""
    chosen = [since, "annex" if brief.annex else "", "" if brief.theme == "light" else brief.theme]
    return file_stem(brief.record, "brief", brief.actor_id, brief.day.isoformat(), *chosen)


def _first_day(record: Record, day: dt.date, asked: dt.date | None) -> dt.date:
    """The day after which changes count. Raises ValueError for one outside the record or not before the day."""
    first = record.tracker.start - dt.timedelta(days=1)
    if asked is not None and not first <= asked < day:
        last = day - dt.timedelta(days=1)
        raise ValueError(f"--since {asked} is not before the day of the brief: choose a day from {first} to {last}")
    return asked or max(first, day - dt.timedelta(days=DAYS))


def _parser() -> argparse.ArgumentParser:
    made = parser("brief", "Write a brief of two pages as one self-contained HTML file, and as PDF.", out="exports")
    made.add_argument("--since", type=a_day, metavar="DATE", help=f"of the changes (default: {DAYS} days before)")
    made.add_argument("--actor", default="", metavar="ID", help="an actor_id (default: about all)")
    made.add_argument("--annex", action="store_true", help="add every row with its sources (default: two pages)")
    made.add_argument("--format", nargs="+", choices=("html", "pdf"), default=["html"], help="default: html")
    made.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    return made
