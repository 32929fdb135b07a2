"""The record as a folder of plain pages, which any web server can give to any number of readers.

Belongs here: the command, the files that pages share, the data files, and how the folder is put in place.
Does not belong here: what stands on a page (site_pages) and its markup (templates).
"""

import argparse
import datetime as dt
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from components.publish import bundle
from components.publish.colours import colours
from components.publish.fonts import LATIN_FILE, font_file, package_folder
from components.publish.options import parser, run
from components.publish.site_page import Files
from components.publish.site_pages import pages, site_of
from components.publish.templates import styles, text
from components.record.model import Record
from components.record.schema import TABLES
from components.record.shapes import SHAPES_FILE
from components.record.wording import counted
from components.summaries.tables import as_csv, as_written

MARK = "site.json"  # the file by which a folder is known as a site that may be written anew
MAKER = "components.publish site"

Watched = Callable[[list[Callable[[], Files]]], Iterable[Callable[[], Files]]]


def main(arguments: list[str] | None = None) -> int:
    """Write the site and return the exit code."""
    made = parser("site", "Write a folder of plain pages that any web server can serve.", out="site")
    made.add_argument("--live", type=_address, metavar="URL", help="the dashboard that pages link to")
    return run(made.parse_args(arguments), _write_site)


def _write_site(record: Record, day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without it

    with _swapped_in(options.out) as folder:
        count = write_pages(
            record, day, options.live or "", folder, lambda jobs: tqdm(jobs, unit="page", file=sys.stderr)
        )
    sys.stdout.write(f"{counted(count, 'page')} in {options.out}\n")
    return 0


def write_pages(record: Record, day: dt.date, live: str, folder: Path, watched: Watched = iter) -> int:
    """Write everything into a folder; the number of pages. `watched` goes through them and may show how far it is."""
    shared = _shared_files()
    versions = {name: hashlib.sha256(content).hexdigest()[:8] for name, content in shared.items()}
    site = site_of(record, day, live, versions)
    mark = {"made_by": MAKER, "title": record.tracker.title, "as_of": day.isoformat()}
    _write(folder, {f"shared/{name}": content for name, content in shared.items()})
    _write(folder, {f"data/{name}": content for name, content in _data_files(record).items()})
    _write(folder, {MARK: f"{json.dumps(mark, ensure_ascii=False, indent=2)}\n".encode()})
    jobs = pages(site)
    for make in watched(jobs):
        _write(folder, {name: text.encode() for name, text in make().items()})
    return len(jobs)


def _shared_files() -> dict[str, bytes]:
    """What all pages share, once each: plotly's own script, the shapes, the font, the style sheet and the loader."""
    return {
        "plotly.min.js": (package_folder("plotly") / "package_data" / "plotly.min.js").read_bytes(),
        "world.json": SHAPES_FILE.read_bytes(),  # a name that every web server knows and compresses
        "source-sans.woff2": font_file().read_bytes(),
        LATIN_FILE.name: LATIN_FILE.read_bytes(),
        "site.css": _style().encode(),
        "site.js": text("site.js").encode(),
        "player.js": text("player.js").encode(),
    }


def _style() -> str:
    """One style sheet in the colours of the reader's own theme."""
    dark = f"@media (prefers-color-scheme: dark) {{\n{colours('dark')}}}\n"
    return colours("light") + dark + styles("picture.css", "card.css", "ribbon.css", "site.css")


def _data_files(record: Record) -> dict[str, bytes]:
    """Every table as CSV, and all of them in one file; the whole record, whatever the day of the site."""
    stem = bundle.stem(record)
    files = {table.file: as_csv(as_written(record, table)) for table in TABLES.values()}
    files[f"{stem}.zip"] = bundle.data_package(record)
    if bundle.can_write_workbook():
        files[f"{stem}.xlsx"] = bundle.workbook(record)
    return files


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def _swapped_in(out: Path) -> Iterator[Path]:
    """A fresh folder beside `out` that takes its place at the end of the block, or is removed where that fails.

    Raises ValueError for a folder that is there and is not a site of ours.
    """
    out = out.resolve()
    _check_replaceable(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as place:
        fresh, former = Path(place) / "fresh", Path(place) / "former"
        fresh.mkdir()
        yield fresh
        _check_replaceable(out)
        if out.exists():
            out.rename(former)
        try:
            fresh.rename(out)
        except OSError:
            if former.exists():
                former.rename(out)
            raise


def _check_replaceable(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ValueError(f"{out} is a file: choose a folder with --out")
    try:
        ours = json.loads((out / MARK).read_text(encoding="utf-8")).get("made_by") == MAKER
    except (OSError, ValueError, AttributeError):
        ours = not any(out.iterdir())
    if not ours:
        raise ValueError(f"{out} is not empty and not a site written by this command: choose another folder with --out")


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"“{text}” is not a web address: write it as https://dashboard.example")
    return text.rstrip("/")
