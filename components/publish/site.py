"""The record as a folder of plain pages, which any web server can give to any number of readers.

Belongs here: the command, the files that pages share, and the whole as files. Does not belong here: what stands on a
page (site_pages and what it names), its markup (templates), and how the folder is put in place (site_folder).
"""

import argparse
import datetime as dt
import hashlib
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from components.publish.colours import colours
from components.publish.fonts import LATIN_FILE, latin_face
from components.publish.options import parser, refuse, run
from components.publish.site_actors import actors_with_rows
from components.publish.site_charts import Drawing, drawn
from components.publish.site_data import version_of, versions_in
from components.publish.site_finding import for_machines, missing_page
from components.publish.site_folder import NAMED, check_names, check_subject, mark, replaced, write
from components.publish.site_page import Files, Site, as_bytes
from components.publish.site_pages import Job, jobs
from components.publish.site_rows import row_ids
from components.publish.templates import styles, text
from components.record.model import Record
from components.record.wording import counted, enumerated

if TYPE_CHECKING:
    from components.publish.browser import Renderer

PAGE = "index.html"
LEFT_OUT = (
    "Without --address it has no feeds, sitemap, robots.txt, canonical addresses and pictures for social media, which "
    "need the whole address of the site.\n"
)


def main(arguments: list[str] | None = None) -> int:
    """Write the site and return the exit code."""
    made = parser("site", "Write a folder of plain pages that any web server can serve.", out="site")
    made.add_argument("--live", type=_address, metavar="URL", help="the dashboard that pages link to")
    made.add_argument("--address", type=_address, metavar="URL", help="where the site itself will be")
    return run(made.parse_args(arguments), _write_site)


def _write_site(record: Record, day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    def watched(steps: list[Job]) -> Iterable[Job]:
        return tqdm(steps, unit="step", file=sys.stderr)

    site = site_of(record, day, live=options.live or "", address=options.address or "", out=options.out)
    try:
        with replaced(options.out) as (folder, kept), renderer() as browser:
            paths = write_site(site, folder, browser, watched)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    pages = sum(path.endswith(PAGE) for path in paths)
    sys.stdout.write(f"{counted(pages, 'page')} in {options.out}\n{_said_of(kept)}")
    sys.stdout.write("" if site.address else LEFT_OUT)
    return 0


def _said_of(kept: list[str]) -> str:
    """What was kept that this command did not write; the data of earlier versions were written by it."""
    own = [name for name in kept if not name.startswith("data/")]
    return f"Kept, because this command did not write it: {enumerated(own, NAMED)}\n" if own else ""


def site_of(record: Record, day: dt.date, *, live: str = "", address: str = "", out: Path | None = None) -> Site:
    """What every page needs, made once; see Site.

    Raises ValueError for ids that cannot be addresses, and for a folder `out` that has another subject's site.
    """
    if out:
        check_subject(out, record.tracker.title)
    marks = {name: hashlib.sha256(as_bytes(content)).hexdigest()[:8] for name, content in _shared_files().items()}
    actors, known = actors_with_rows(record, day), row_ids(record, day)
    check_names("actors.csv", actors)
    check_names("Rows of stances, levers, funds and reconciliation", known)
    version = version_of(record)
    former = tuple(name for name in (versions_in(out) if out else []) if name != version)
    return Site(record, day, live, address, version, former, actors, known, marks)


def write_site(
    site: Site, folder: Path, browser: "Renderer", watched: Callable[[list[Job]], Iterable[Job]] = iter
) -> list[str]:
    """Write everything into a folder; the paths. `watched` goes through the steps and may show how far it is."""
    drawings: dict[str, Drawing] = {}
    draw = [partial(_drawn, site, browser, drawings, name) for name in site.figures]
    paths: list[str] = []
    for make in watched([_shared, *draw, *jobs(site, drawings)]):
        files = make()
        write(folder, files)
        paths += files
    pages = [path.removesuffix(PAGE) for path in paths if path.endswith(PAGE)]
    last = for_machines(site, pages) | missing_page(site, _style())
    stable = f"data/{site.version}/"
    removable = [path for path in (*paths, *last) if not path.startswith(stable)]
    write(folder, last | mark(site.record.tracker.title, site.day.isoformat(), removable))
    return paths


def _drawn(site: Site, browser: "Renderer", drawings: dict[str, Drawing], name: str) -> Files:
    drawings[name], files = drawn(site, name, browser)
    return files


def _shared() -> Files:
    return {f"shared/{name}": content for name, content in _shared_files().items()}


def _shared_files() -> Files:
    """What all pages share, once each: the font, the style sheet and the sign of the tracker."""
    return {
        LATIN_FILE.name: LATIN_FILE.read_bytes(),
        "site.css": latin_face(LATIN_FILE.name) + _style(),
        "favicon.svg": text("favicon.svg"),
    }


def _style() -> str:
    """The look of every page in the colours of the reader's own theme, without the font."""
    dark = f"@media (prefers-color-scheme: dark) {{\n{colours('dark')}}}\n"
    return colours("light") + dark + styles("picture.css", "card.css", "ribbon.css", "site.css", "envoys.css")


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"“{text}” is not a web address: write it as https://dashboard.example")
    return text.rstrip("/")
