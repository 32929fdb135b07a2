"""How a release is cited, in the forms that programs read: CFF, BibTeX, RIS and CSL-JSON; and its licences in words.

Does not belong here: the line to copy (summaries.sources).
"""

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

from components.publish.datapackage import licence_code
from components.publish.names import slug
from components.record.model import Record
from components.record.schema import TABLES

LICENCE_OF_CODE = Path(__file__).parents[2] / "LICENSE"
CODE_LICENCE = "LICENSE-CODE.txt"
CC_BY = "CC-BY-4.0"
# Those that the citation file format knows by these names and a record of this kind may have.
KNOWN = {CC_BY, "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0"}
TERMS = (
    "That is the Creative Commons Attribution 4.0 International licence: you may share and adapt the data, also "
    "commercially, if you give appropriate credit, link to the licence and say what you changed. You may add no terms "
    "that keep others from what the licence permits. The data come without warranties.\n\n"
    "The licence: https://creativecommons.org/licenses/by/4.0/legalcode\n"
)
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
TEX |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # with a backslash they would still be counted
TEX |= {sign: f"\\{sign}" for sign in "&%$#_"}


@dataclass(frozen=True, slots=True)
class Work:
    """What every form of citation says. The authors publish it themselves, so that they are its publisher too."""

    key: str
    author: str
    title: str
    version: str
    day: dt.date
    licence: str
    address: str


def work_of(record: Record, version: str) -> Work:
    """A release of the record as a work. Its author stands before the first colon of the tracker's citation."""
    tracker = record.tracker
    author, title = tracker.author, tracker.title
    key, day = f"{slug(title)}-{version}", last_day(record)
    return Work(key, author, title, version, day, tracker.licence, tracker.repository)


def last_day(record: Record) -> dt.date:
    """The last day on which the record says that it was worked on: researched, coded or checked."""
    columns = [
        record.table(table.name)[column.name]
        for table in TABLES.values()
        for column in table.columns
        if column.name in {"coded_on", "checked_on"}
    ]
    days = [cells.max().date() for cells in columns if cells.notna().any()]
    return max([record.tracker.data_until, *days])


def citations(work: Work) -> dict[str, bytes]:
    """The files that cite a release, by name."""
    made = {
        "CITATION.cff": _cff(work),
        "citation.bib": _bibtex(work),
        "citation.ris": _ris(work),
        "citation.json": json.dumps([_csl(work)], ensure_ascii=False, indent=2) + "\n",
    }
    return {name: text.encode() for name, text in made.items()}


def licences(work: Work) -> dict[str, bytes]:
    """What may be done with the data and, in the release that its own authors make, with the code, by file name."""
    data = f"{work.title}, version {work.version}\n{work.author}\n\nThe data are under {work.licence}.\n"
    if licence_code(work.licence) == CC_BY:
        data += f"\n{TERMS}"
    made = {"LICENSE-DATA.txt": data.encode()}
    code = re.search(r"^MIT License$.*", LICENCE_OF_CODE.read_text(encoding="utf-8"), re.M | re.S)
    if code and f" {work.author}\n" in code.group():
        made[CODE_LICENCE] = code.group().encode()
    return made


def _cff(work: Work) -> str:
    """Its values are written as JSON has them, which is YAML too."""
    code = licence_code(work.licence)
    lines = {
        "cff-version": "1.2.0",
        "message": "Please cite this release by its version and, for a single judgement, the id of its row.",
        "type": "dataset",
        "title": work.title,
        "authors": [{"name": work.author}],
        "version": work.version,
        "date-released": work.day.isoformat(),
        **({"license": code} if code in KNOWN else {}),
        **({"repository": work.address, "url": work.address} if work.address else {}),
    }
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())


def _bibtex(work: Work) -> str:
    fields = {
        "author": f"{{{_tex(work.author)}}}",  # braces of its own keep a group of people from being read as a name
        "title": f"{{{_tex(work.title)}}}",
        "publisher": _tex(work.author),
        "version": _tex(work.version),
        "date": work.day.isoformat(),
        "year": str(work.day.year),
        "note": _tex(work.licence),
        "url": work.address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@dataset{{{work.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in text)


def _ris(work: Work) -> str:
    lines = [
        ("TY", "DATA"),
        ("ID", work.key),
        ("AU", work.author),
        ("TI", work.title),
        ("PB", work.author),
        ("ET", work.version),
        ("PY", f"{work.day:%Y}"),
        ("DA", f"{work.day:%Y/%m/%d}"),
        ("N1", work.licence),
        ("UR", work.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value or tag == "ER")


def _csl(work: Work) -> dict[str, object]:
    told: dict[str, object] = {
        "id": work.key,
        "type": "dataset",
        "title": work.title,
        "author": [{"literal": work.author}],
        "publisher": work.author,
        "version": work.version,
        "issued": {"date-parts": [[work.day.year, work.day.month, work.day.day]]},
        "note": work.licence,
    }
    return {**told, "URL": work.address} if work.address else told
