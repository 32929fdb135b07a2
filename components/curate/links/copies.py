"""Archived copies: what the Wayback Machine has of a page, and how that comes into sources.csv.

Belongs here: its availability service, which copy may stand for a source, and writing archive_url.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pandas as pd

from components.curate.editing import read_contents, rows_of_file, save, tried_contents, with_edits
from components.curate.edits import Edit, Refused
from components.curate.links.addresses import host_of
from components.curate.links.visits import Answer, Visitor
from components.record.check.cells import LONGEST_CELL, PLAIN_ADDRESS
from components.record.schema import SOURCES
from components.record.wording import counted, long_date, number

SERVICE = "https://archive.org/wayback/available"
SAVING = "https://web.archive.org/save"
COPY = re.compile(r"https?://(web\.archive\.org/web/(\d{14})/(https?://.+))")
FOUND, NONE = "copy", "none"


@dataclass(frozen=True, slots=True)
class Search:
    """A source that has no archived copy, and what was answered about one; None where it was not asked."""

    line: int
    source: Mapping[str, str]
    answer: Answer | None

    @property
    def question(self) -> str:
        """The address that asks for the copy nearest to the source's date, which may be blank or a month."""
        date = self.source["date"].replace("-", "")
        return f"{SERVICE}?{urlencode({'url': self.source['url'], **({'timestamp': date} if date else {})})}"

    @property
    def copy(self) -> str:
        """The copy's address; "" where none was found."""
        return self.answer.url if self.answer and self.answer.code == FOUND else ""

    def __str__(self) -> str:
        """`file:line:column: what, what to do: address`, on one line."""
        if self.answer and self.copy:
            said = f"has a copy of {long_date(self.answer.told)}: {self.copy}"
        elif self.answer and self.answer.code == NONE:
            said = f"has no copy since it was published; save the page at {SAVING}: {self.source['url']}"
        else:
            said = f"got no good answer from the archive; run this again later: {self.source['url']}"
        return f"{SOURCES.file}:{self.line}:archive_url: {self.source['id']} {said}"

    def row(self) -> dict[str, str]:
        """The search as a row of a CSV file."""
        answer = self.answer or Answer("")
        kept = {name: self.source[name] for name in ("id", "publisher", "date", "url")}
        return {**kept, "archive_url": self.copy, "copied_on": answer.told if self.copy else "", "answer": answer.code}


def searches(sources: pd.DataFrame, answers: Mapping[str, Answer]) -> list[Search]:
    """A search for each row of a text frame of sources.csv that has no copy; `answers` are by question."""
    rows = zip(sources.index.tolist(), sources.to_dict("records"), strict=True)
    blank = [Search(line, row, None) for line, row in rows if not row["archive_url"]]
    return [replace(one, answer=answers.get(one.question)) for one in blank]


def in_numbers(sources: pd.DataFrame, found: Sequence[Search]) -> str:
    """How many sources have a copy, how many could have one, and how many have none."""
    codes = Counter(one.answer.code for one in found if one.answer)
    counts = {
        "in the record": len(sources) - len(found),
        "found": codes[FOUND],
        "not there": codes[NONE],
        "not known": len(found) - codes[FOUND] - codes[NONE],
    }
    told = ", ".join(f"{number(count)} {words}" for words, count in counts.items())
    again = "; run this again for the last" if counts["not known"] else ""
    return f"Archived copies of {counted(len(sources), 'source')}: {told}{again}."


async def find_copy(visitor: Visitor, asked: str) -> Answer:
    """The copy that a question finds: FOUND with its address and its day, NONE, or why there is no answer."""
    answer, body = await visitor.read(asked)
    if answer.code != "ok":
        return answer
    try:
        nearest = json.loads(body)["archived_snapshots"].get("closest", {})
        copy, good = nearest.get("url", ""), nearest.get("available") is True and str(nearest.get("status"))[:1] == "2"
        wanted = parse_qs(urlsplit(asked).query)
        return _fit(copy, wanted["url"][0], wanted.get("timestamp", [""])[0]) if good else Answer(NONE)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Answer("rubbish", answer.status)


def _fit(copy: str, url: str, since: str) -> Answer:
    """A copy, provided that it is of that host's page, not older than the page's own date, and fit for a cell."""
    parts = COPY.fullmatch(copy)
    if parts is None or host_of(parts[3]) != host_of(url) or parts[2][: len(since)] < since:
        return Answer(NONE)
    address = f"https://{parts[1]}"
    if not PLAIN_ADDRESS.fullmatch(address) or not address.isprintable() or len(address) > LONGEST_CELL:
        return Answer(NONE)
    return Answer(FOUND, url=address, told=f"{parts[2][:4]}-{parts[2][4:6]}-{parts[2][6:8]}")


def write_copies(folder: Path, found: Sequence[Search]) -> int:
    """Write the copies that were found into sources.csv; how many were written.

    A source whose url has changed since, or that has a copy by now, is left. Raises Refused where the record would
    not be valid afterwards or somebody else has written meanwhile, OSError where the disk refuses.
    """
    contents = read_contents(folder)
    rows = rows_of_file(SOURCES, contents)
    edits = [
        Edit(SOURCES.name, row["id"], row, {**row, "archive_url": one.copy})
        for one in found
        if (row := rows.get(one.source["id"])) and one.copy
        if row["url"] == one.source["url"] and not row["archive_url"]
    ]
    wanted = with_edits(contents, edits)
    if problems := tried_contents(wanted).problems:
        raise Refused(f"Nothing was written, for the record would not be valid: {problems[0]}")
    save(folder, contents, wanted)
    return len(edits)
