"""A versioned package of the record to keep and to cite: the same record gives the same bytes.

Belongs here: the command, and which files are in a release. Does not belong here: what they say (release_tables,
release_citation, release_log, release_codebook, workbook), and how they are put in place (release_past).
"""

import argparse
import datetime as dt
import functools
import hashlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from components.publish import bundle
from components.publish.datapackage import described, descriptor, resources_of
from components.publish.names import slug
from components.publish.options import parser, refuse, run
from components.publish.pdf import described as pdf_described
from components.publish.release_citation import CODE_LICENCE, Work, citations, licences, work_of
from components.publish.release_codebook import codebook_page
from components.publish.release_log import log_of
from components.publish.release_past import DATA, Version, past_releases, put_in_place, require_folder, version_of
from components.publish.release_tables import as_parquet, panel, panel_as_parquet, panel_fields
from components.publish.templates import render_markdown
from components.record.model import Record
from components.record.reading import read_text
from components.record.wording import counted
from components.summaries.sources import citation
from components.summaries.tables import BYTE_ORDER_MARK, as_csv

if TYPE_CHECKING:
    from components.publish.browser import Renderer

Makers = dict[str, Callable[[], bytes]]

ABOUT_PANEL = "One row is one country in one month: where it stood as the month ended."
FILES = {
    "codebook.pdf": "how the record is coded: tables, columns, codes",
    "CHANGELOG.md": "what changed since the release before, in the world and by our corrections",
    DATA: "the record as CSV, UTF-8, as it is written; a data folder that the dashboard shows",
    "excel/": "the same CSV files with a byte order mark, so that Excel reads every letter",
    "parquet/": "the same tables with types",
    "panel.csv, panel.parquet": "where each country stood as each month ended",
    "datapackage.json": "every CSV file and column, in the form of Frictionless Data",
}
NOTHING = {
    "The world": "Nothing that the record tells.",
    "Corrections": "None that the record tells.",
}


def main(arguments: list[str] | None = None) -> int:
    """Write a release and return the exit code."""
    made = parser(
        "release", "Write a versioned package of the record, as a folder and as a ZIP.", out="releases", of_a_day=False
    )
    return run(made.parse_args(arguments), _write_release)


def _write_release(record: Record, _day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - commands start without the image libraries

    from components.publish.browser import ChromiumLost, NoChromium, renderer  # noqa: PLC0415

    require_folder(options.out)
    name = slug(record.tracker.title)
    data = bundle.files_of(record)
    past = past_releases(options.out, name)
    version = version_of(record.tracker.data_until, data, past)
    before = {known: path for known, path in past.items() if known < version}
    try:
        with renderer() as browser:
            makers = _makers(record, version, data, before, browser)
            files = {path: make() for path, make in tqdm(makers.items(), unit="file", file=sys.stderr)}
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    files["SHA256SUMS"] = _sums(files)
    stem = f"{name}-{version}"
    package = bundle.zipped({f"{stem}/{path}": content for path, content in files.items()})
    new = put_in_place(options.out, stem, files, package)
    told = f"{counted(len(files), 'file')} in" if new else "Nothing to do: this record is released already in"
    sys.stdout.write(f"{told} {options.out / stem} and {options.out / stem}.zip\n")
    return 0


def _makers(
    record: Record, version: Version, data: Mapping[str, bytes], before: Mapping[Version, Path], browser: "Renderer"
) -> Makers:
    """Each file of a release with what makes it."""
    work = work_of(record, str(version))
    months = panel(record)
    tables = {**{name: content for name, content in data.items() if name.endswith(".csv")}, "panel.csv": as_csv(months)}
    resource = described("panel.csv", ABOUT_PANEL, tables["panel.csv"], panel_fields(record))
    resources = [*resources_of(record, data, DATA), resource]
    package = functools.partial(descriptor, record, resources, version=str(version))
    made = {
        **citations(work),
        **licences(work),
        **{f"{DATA}{name}": content for name, content in data.items()},
        "panel.csv": tables["panel.csv"],
        **{f"excel/{name}": BYTE_ORDER_MARK + content for name, content in tables.items()},
    }
    return {
        "codebook.pdf": lambda: _codebook(record, work, browser),
        "README.md": lambda: _readme(record, work, before),
        "CHANGELOG.md": lambda: _changelog(record, work, before),
        "datapackage.json": package,
        **{name: functools.partial(bytes, content) for name, content in made.items()},
        f"{work.key}.xlsx": lambda: bundle.workbook(record),
        "panel.parquet": lambda: panel_as_parquet(months),
        **{f"parquet/{table.name}.parquet": functools.partial(as_parquet, record, table) for table in record.tables},
    }


def _codebook(record: Record, work: Work, browser: "Renderer") -> bytes:
    pdf = browser.print_page(codebook_page(record, work))
    subject = f"How version {work.version} of the record is coded"
    title = f"{work.title}: codebook"
    return pdf_described(pdf, title=title, author=work.author, subject=subject, rights=work.licence)


def _readme(record: Record, work: Work, before: Mapping[Version, Path]) -> bytes:
    files = {f"{work.key}.xlsx": "all tables in one workbook, days as dates", **FILES}
    text = render_markdown(
        "release_readme.md",
        work=work,
        tracker=record.tracker,
        files=files,
        cite=citation(record),
        code=CODE_LICENCE in licences(work),
        name=slug(work.title),
        past=sorted(before, reverse=True),
    )
    return text.encode()


def _changelog(record: Record, work: Work, before: Mapping[Version, Path]) -> bytes:
    last = max(before, default=None)
    log = log_of(record, read_text(before[last] / DATA), last.day) if last else log_of(record)
    parts = {"The world": log.world, "Corrections": log.ours} if last else {"Corrections": log.ours}
    return render_markdown("release_changelog.md", work=work, before=last, parts=parts, nothing=NOTHING).encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    """The sums in the form that sha256sum checks."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
