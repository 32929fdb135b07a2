"""Archived copies: which answer of the archive gives one that may stand for a source, and how it is written."""

import asyncio
import json
from pathlib import Path
from typing import Any, cast

import pytest

from components.curate.editing import Contents, Trial, tried_contents
from components.curate.edits import Overtaken, Refused
from components.curate.form import canonical
from components.curate.links.copies import FOUND, NONE, Search, find_copy, searches, write_copies
from components.curate.links.visits import Answer, Visitor
from components.record.reading import read, read_text
from components.record.schema import SOURCES
from tests.folders import edit

URL, DATE = "https://paper.example/1", "2020-01-11"
COPY = "http://web.archive.org/web/20200112093000/https://paper.example/1"


def closest(**changes: object) -> bytes:
    there = {"available": True, "url": COPY, "timestamp": "20200112093000", "status": "200", **changes}
    return json.dumps({"url": URL, "archived_snapshots": {"closest": there}}).encode()


def found(body: bytes, date: str = DATE, first: Answer | None = None) -> Answer:
    class Archive:
        async def read(self, asked: str) -> tuple[Answer, bytes]:
            assert asked.startswith("https://archive.org/wayback/available?url=https%3A%2F%2Fpaper.example%2F1")
            return first or Answer("ok", 200), body

    question = Search(2, {"id": "press-1", "url": URL, "date": date}, None).question
    return asyncio.run(find_copy(cast(Visitor, Archive()), question))


@pytest.mark.parametrize("date", [DATE, "2020-01-12", "2020-01", "2020", ""])
def test_a_copy_is_found_and_has_its_day(date: str) -> None:
    assert found(closest(), date) == Answer(FOUND, url=COPY.replace("http:", "https:", 1), told="2020-01-12")


@pytest.mark.parametrize(
    "changes",
    [
        {"available": False},
        {"available": "yes"},
        {"status": "404"},
        {"status": None},
        {"url": "https://web.archive.org/web/20200112093000/https://other.example/1"},
        {"url": "https://evil.example/web/20200112093000/https://paper.example/1"},
        {"url": "javascript:alert(1)"},
        {"url": COPY + '"><script>'},
        {"url": COPY + "\u202e"},
        {"url": COPY + "x" * 2000},
        {"url": "https://web.archive.org/web/20200110235959/https://paper.example/1"},
    ],
)
def test_what_may_not_stand_for_the_source_is_none(changes: dict[str, Any]) -> None:
    assert found(closest(**changes)).code == NONE


def test_no_copy_is_none() -> None:
    assert found(b'{"url": "paper.example/1", "archived_snapshots": {}}').code == NONE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b"[]",
        b"{}",
        b'{"archived_snapshots": []}',
        b"[" * 100_000,
        b"\xff\xfe",
        closest(url=5),
    ],
)
def test_rubbish_is_no_answer(body: bytes) -> None:
    assert found(body).code == "rubbish"


def test_an_archive_that_fails_has_not_said_that_there_is_no_copy() -> None:
    assert found(b"", first=Answer("failing", 503)) == Answer("failing", 503)


def with_copy(folder: Path, source: str = "press-1", copy: str = COPY) -> list[Search]:
    blank = searches(read_text(folder).frames["sources"], {})
    assert {one.source["id"] for one in blank} == {"press-1", "gov-1"}
    answers = {one.question: Answer(FOUND, url=copy, told="2020-01-12") for one in blank if one.source["id"] == source}
    return searches(read_text(folder).frames["sources"], answers)


def test_one_cell_is_written_and_nothing_else(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert write_copies(folder, with_copy(folder)) == 1
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.pop("sources.csv") == before.pop("sources.csv").replace(
        b"https://paper.example/1,,press", f"https://paper.example/1,{COPY},press".encode()
    )
    assert after == before
    assert read(folder).sources.loc["press-1", "archive_url"] == COPY


def test_a_file_in_its_form_stays_in_it(folder: Path) -> None:
    path = folder / "sources.csv"
    path.write_bytes(canonical(SOURCES, path.read_bytes())[0])
    write_copies(folder, with_copy(folder))
    assert canonical(SOURCES, path.read_bytes()) == (path.read_bytes(), [])


def test_a_source_that_has_changed_since_is_left(folder: Path) -> None:
    looked_for = with_copy(folder)
    edit(folder / "sources.csv", "https://paper.example/1", "https://paper.example/2")
    before = (folder / "sources.csv").read_bytes()
    assert write_copies(folder, looked_for) == 0
    assert (folder / "sources.csv").read_bytes() == before


def test_what_would_break_the_record_is_not_written(folder: Path) -> None:
    before = (folder / "sources.csv").read_bytes()
    with pytest.raises(Refused, match=r"Nothing was written, for the record would not be valid: sources\.csv:2"):
        write_copies(folder, with_copy(folder, copy="=formula"))
    assert (folder / "sources.csv").read_bytes() == before


def test_who_writes_meanwhile_is_not_written_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(contents: Contents) -> Trial:
        edit(folder / "sources.csv", "A report", "A better report")
        return tried_contents(contents)

    monkeypatch.setattr("components.curate.links.copies.tried_contents", meanwhile)
    with pytest.raises(Overtaken):
        write_copies(folder, with_copy(folder))
    assert COPY not in (folder / "sources.csv").read_text("utf-8")
