"""The whole record in one file to take away: a workbook for a spreadsheet, and a data package for a program.

Belongs here: which files a package holds, and how they are packed. Does not belong here: the workbook itself
(workbook), what a package says of its files (datapackage), and which rows a part of a record needs (selection).
With filters both hold the rows that pass and whatever those rows need, so that the package still loads.
"""

import io
import zipfile
from collections.abc import Collection, Mapping

from components.publish.datapackage import descriptor, resources_of
from components.publish.names import file_stem
from components.publish.selection import part_of, scope
from components.publish.workbook import can_write_workbook, workbook_of
from components.record.codebook import README_FILE, own_codebook
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.record.schema import STANCES, TRACKER_FILE
from components.record.second_coding import second_coding
from components.summaries.tables import as_csv, as_written

__all__ = ["can_write_workbook", "data_package", "files_of", "stem", "workbook", "zipped"]

FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16


def stem(record: Record, *, part: bool = False) -> str:
    """The name of a bundle without its ending: the record's, its last day, and whether it is a part of it."""
    return file_stem(record, record.tracker.data_until.isoformat(), "selection" if part else "")


def workbook(record: Record, *, actor_ids: Collection[str] | None = None, filtered: str = "") -> bytes:
    """An XLSX file of all tables; the same bytes for the same record.

    With `actor_ids` only their rows and what those need; `filtered` says so in words. Raises ImportError without
    XlsxWriter.
    """
    return workbook_of(part_of(record, actor_ids), scope(actor_ids, filtered))


def data_package(record: Record, *, actor_ids: Collection[str] | None = None, filtered: str = "") -> bytes:
    """A ZIP file with the folder's files and `datapackage.json`; the same bytes for the same record.

    Unpacked it is a data folder that loads. With `actor_ids` only their rows and what those need; `filtered` says so
    in words. All of it is as it was when the record was read: the folder is not looked at again.
    """
    part = part_of(record, actor_ids)
    files = files_of(part)
    return zipped(
        {"datapackage.json": descriptor(part, resources_of(part, files), scope(actor_ids, filtered)), **files}
    )


def files_of(record: Record) -> dict[str, bytes]:
    """The files of a data folder with this record, by name: its own codebook, tracker.toml, tables, second coding."""
    texts = {README_FILE: own_codebook(record), TRACKER_FILE: record.texts.get(TRACKER_FILE, "")}
    tables = {table.file: as_csv(as_written(record, table)) for table in record.tables}
    codings = second_coding(record.texts.get(SECOND_CODING_FILE, ""))
    if codings is not None:
        tables[SECOND_CODING_FILE] = as_csv(codings[codings[STANCES.key].isin(record.stances["id"])])
    return {**{name: text.encode() for name, text in texts.items() if text}, **tables}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in this order and with no time of their own, so that the same record makes the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP)
            entry.create_system, entry.external_attr = 3, READABLE_FILE  # as on Unix, wherever it is made
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=9)
    return content.getvalue()
