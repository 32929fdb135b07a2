"""The data of the site: the files of a version at stable addresses, and the pages that list them.

Each build writes the same files into data/latest/ and into the folder of the record's last day; folders of earlier
records stay. Does not belong here: the data of a chart (site_chart_data) and of each day (site_days), and
the bundles (bundle).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from components.publish import bundle
from components.publish.site_chart_data import chart_data
from components.publish.site_charts import Drawing
from components.publish.site_days import compact, who_stood_where
from components.publish.site_number_pages import told
from components.publish.site_numbers import Number
from components.publish.site_page import Files, Page, Site
from components.record.codebook import closed_lists
from components.record.model import Record
from components.record.schema import TABLES
from components.record.vocabulary import STANCES
from components.record.wording import counted, day_in_words
from components.summaries.recodings import judged_anew, judged_counts, judged_headline

LATEST = "latest"
VERSION = re.compile(r"\d{4}-\d{2}-\d{2}")


def version_of(record: Record) -> str:
    """The name of the version: the record's last day."""
    return record.tracker.data_until.isoformat()


def versions_in(out: Path) -> list[str]:
    """The versions whose data a site has already, newest first."""
    folder = out / "data"
    return sorted((path.name for path in _folders(folder) if VERSION.fullmatch(path.name)), reverse=True)


def _folders(folder: Path) -> Iterable[Path]:
    return (path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()


def data_files(site: Site, drawings: Mapping[str, Drawing], numbers: Sequence[Number]) -> Files:
    """Every file of the data, twice: as the latest, and under its version."""
    files = _bundles(site.record) | who_stood_where(site.record)
    files["numbers.json"] = compact(told(site, numbers))
    for drawing in drawings.values():
        files |= chart_data(site, drawing)
    return {f"data/{folder}/{name}": content for folder in (LATEST, site.version) for name, content in files.items()}


def _bundles(record: Record) -> Files:
    """The data package packed and unpacked, and the workbook."""
    stem, package = bundle.stem(record), bundle.data_package(record)
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        files: Files = {name: packed.read(name) for name in packed.namelist()}
    files[f"{stem}.zip"] = package
    if bundle.can_write_workbook():
        files[f"{stem}.xlsx"] = bundle.workbook(record)
    return files


def data_page(site: Site, drawings: Mapping[str, Drawing]) -> Files:
    """The newest files, the definitions and the codebook."""
    record = site.record
    heading = f"The whole record, until {day_in_words(record.tracker.data_until)}"
    sizes = ", ".join(counted(len(record.table(name)), *words) for name, words in _ROWS.items())
    page = Page(site, "data/", heading, site.live_at("data"), sizes)
    judged = judged_anew(record)
    codebook = {**_tree(record), **_columns(), **_lists(record)}
    anew = {"judged": judged, "judged_headline": judged_headline(judged), "judged_counts": judged_counts(judged)}
    return page.written("site_data.html", **_listed(record), **anew, drawings=drawings, codebook=codebook)


def version_page(site: Site, drawings: Mapping[str, Drawing], folder: str) -> Files:
    """The files of a folder of data."""
    heading = f"The record until {day_in_words(site.record.tracker.data_until)}: files"
    page = Page(site, f"data/{folder}/", heading)
    return page.written("site_version.html", **_listed(site.record), drawings=drawings)


_ROWS = {
    "actors": ("actor", "actors"),
    "stances": ("judgement of stance", "judgements of stance"),
    "levers": ("lever", "levers"),
    "funds": ("sum of money", "sums of money"),
    "sources": ("source", "sources"),
}


def _listed(record: Record) -> dict[str, dict[str, str]]:
    """The bundles and the tables by their names, each with what it is."""
    stem = bundle.stem(record)
    bundles = {f"{stem}.zip": "all tables with datapackage.json; unpacked it is a data folder"}
    if bundle.can_write_workbook():
        bundles[f"{stem}.xlsx"] = "all tables in one workbook, with a sheet that explains them"
    tables = {
        table.file: f"{counted(len(record.table(table.name)), 'row')}; one row is {table.row_is}"
        for table in record.tables
    }
    return {"bundles": bundles, "tables": tables}


def _tree(record: Record) -> dict[str, pd.DataFrame]:
    """By which rule a stance is chosen."""
    steps = [(STANCES[code].label, rule) for code, rule in record.words.stance_tree.items()]
    return {"Which stance: the first that applies": pd.DataFrame(steps, columns=["Stance", "Rule"])}


def _columns() -> dict[str, pd.DataFrame]:
    """What each column of each table means."""
    return {
        table.file: pd.DataFrame([(c.name, c.meaning) for c in table.columns], columns=["Column", "Meaning"])
        for table in TABLES.values()
    }


def _lists(record: Record) -> dict[str, pd.DataFrame]:
    """What each code of each closed list means."""
    return {
        f"Codes of {name}": pd.DataFrame(
            [(code, f"{term.label}: {term.definition}") for code, term in terms.items()], columns=["Code", "Meaning"]
        )
        for name, terms in closed_lists(record.words).items()
    }
