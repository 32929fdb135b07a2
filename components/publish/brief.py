"""The brief: one self-contained HTML file, and a PDF of it, about all or about one actor, to read without a network.

Belongs here: the command, the page as a whole and its pictures. Does not belong here: what its parts say (brief_parts,
brief_all, brief_actor) and its markup (templates).
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from components.figures.figure import WIDTHS, Options
from components.figures.theme import PAPER, QUIET, Look
from components.publish import brief_actor, brief_all
from components.publish.brief_parts import Brief, licence, say, sources
from components.publish.colours import colours
from components.publish.files import write_whole
from components.publish.fonts import FILES, font_face
from components.publish.inline import height_of, inline
from components.publish.options import a_day, known_actors, parser, refuse, run, warn_of_boxes
from components.publish.picture import picture_of
from components.publish.templates import render, styles
from components.record.model import Record
from components.record.wording import counted, dated
from components.summaries.countries import country_headline
from components.summaries.stances import headline

if TYPE_CHECKING:
    from components.publish.browser import Renderer

DAYS = 90  # before the day, where no other first day of the changes is asked for
PICTURES, OF_ACTOR = ("map", "counts", "stocks", "pledges"), ("standing",)
TALLEST = 1000  # px, of a picture that a sheet of paper holds; of a taller one it has the table
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)


def main(arguments: list[str] | None = None) -> int:
    """Write the brief and return the exit code."""
    return run(_parser().parse_args(arguments), _write_brief)


def page(brief: Brief, faces: str = "") -> str:
    """The brief as an HTML page; `faces` are the @font-face rules of its fonts."""
    record, look = brief.record, Look(brief.theme)
    about = brief_actor if brief.actor_id else brief_all
    found = country_headline(record, brief.actor_id, brief.day) if brief.actor_id else headline(record, brief.day)
    title = dated(found, brief.day)
    parts = [part for part in about.parts(brief) if part]
    return render(
        "brief.html",
        policy=POLICY,
        scheme=brief.theme,
        title=title,
        description=record.tracker.question,
        style=faces + colours(brief.theme) + styles("picture.css", "card.css", "brief.css"),
        paper=look.of(PAPER),
        quiet=look.of(QUIET),
        record=record,
        tiles=about.tiles(brief),
        parts=[*parts, sources(brief), licence(brief, title)],
    )


def drawn(brief: Brief, name: str, browser: "Renderer", done: Callable[[], object] = lambda: None) -> Markup:
    """A picture of the catalogue with its words; `done` is called after each of its drawings."""
    actor_ids = (brief.actor_id,) if brief.actor_id else ()
    picture = picture_of(brief.record, name, brief.day, Options(actor_ids=actor_ids))
    drawings = []
    for width, height in zip(WIDTHS, picture.figure.heights, strict=True):
        drawings.append(browser.draw_plot(picture, brief.theme, width, height))
        done()
    placed = [inline(svg, f"{name}-{width}") for svg, width in zip(drawings, WIDTHS, strict=True)]
    return say("picture", picture, brief.theme, *placed, height_of(drawings[0]) > TALLEST)


def _write_brief(record: Record, day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - commands start without the image libraries

    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    brief = _brief(record, day, options)
    names = OF_ACTOR if brief.actor_id else PICTURES
    steps = len(names) * len(WIDTHS) + len(options.format)
    try:
        with renderer() as browser, tqdm(total=steps, unit="step", file=sys.stderr) as progress:
            brief = replace(brief, pictures={name: drawn(brief, name, browser, progress.update) for name in names})
            text = page(brief, "".join(map(font_face, FILES)))
            for kind in options.format:
                path = options.out / f"{_stem(brief)}.{kind}"
                progress.set_postfix_str(path.name)
                write_whole(path, text.encode() if kind == "html" else browser.print_page(text))
                progress.update()
        warn_of_boxes(browser.undrawn)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    sys.stdout.write(f"{counted(len(options.format), 'file')} in {options.out}\n")
    return 0


def _brief(record: Record, day: dt.date, options: argparse.Namespace) -> Brief:
    """What the options ask for. Raises ValueError for an actor or a day that is not in the record."""
    known_actors(record, [options.actor] if options.actor else [], "--actor")
    return Brief(record, day, _first_day(record, day, options.since), options.actor, options.theme)


def _stem(brief: Brief) -> str:
    return "-".join(part for part in ("brief", brief.actor_id, brief.day.isoformat()) if part)


def _first_day(record: Record, day: dt.date, asked: dt.date | None) -> dt.date:
    """The day after which changes count. Raises ValueError for one outside the record or not before the day."""
    first = record.tracker.start - dt.timedelta(days=1)
    if asked is not None and not first <= asked < day:
        last = day - dt.timedelta(days=1)
        raise ValueError(f"--since {asked} is not before the day of the brief: choose a day from {first} to {last}")
    return asked or max(first, day - dt.timedelta(days=DAYS))


def _parser() -> argparse.ArgumentParser:
    made = parser("brief", "Write a brief as one self-contained HTML file, and as PDF.", out="exports")
    made.add_argument("--since", type=a_day, metavar="DATE", help=f"of the changes (default: {DAYS} days before)")
    made.add_argument("--actor", default="", metavar="ID", help="an actor_id (default: about all)")
    made.add_argument("--format", nargs="+", choices=("html", "pdf"), default=["html"], help="default: html")
    made.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    return made
