"""Editing rows: what is spliced in, what is refused, and several who write at once."""

import csv
import io
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from components.curate import editing
from components.curate.edits import Edit, Overtaken, Refused
from components.record.reading import read
from components.record.schema import FUNDS, SOURCES, STANCES, TABLES
from tests.conftest import ROOT, Change

NEW_STANCE = {
    "id": "CCC-2020-05-01",
    "actor_id": "CCC",
    "date": "2020-05-01",
    "act": "talks",
    "stance": "engaging",
    "recognition_level": "contact",
    "summary": "Envoys met, and spoke.",
    "condition": "",
    "source_ids": "gov-1",
    "confidence": "high",
    "coded_on": "2020-06-01",
    "checked_on": "2020-06-01",
    "change": "world",
}


def rows(folder: Path, table: str = "stances") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{table}.csv").read_text(encoding="utf-8"), newline="")))


def new(key: str = NEW_STANCE["id"], **cells: str) -> Edit:
    return Edit("stances", key, None, {**NEW_STANCE, "id": key, **cells})


def changed(folder: Path, table: str, key: str, **cells: str) -> Edit:
    row = editing.rows_of_file(TABLES[table], editing.read_contents(folder))[key]
    return Edit(table, key, row, {**row, **cells})


def put(folder: Path, *edits: Edit) -> list[str]:
    base = editing.read_contents(folder)
    return editing.save(folder, base, editing.with_edits(base, edits))


def test_a_new_row_stands_in_its_sorted_place_and_no_other_byte_changes(folder: Path) -> None:
    before = (folder / "stances.csv").read_bytes()
    assert put(folder, new("AAA-2020-04-01", actor_id="AAA", date="2020-04-01")) == ["stances.csv"]
    after = (folder / "stances.csv").read_bytes()
    added = next(line for line in after.splitlines(keepends=True) if line.startswith(b"AAA-2020-04-01"))
    assert b'"Envoys met, and spoke."' in added
    assert after.replace(added, b"") == before
    ids = [row["id"] for row in rows(folder)]
    assert ids.index("AAA-2020-04-01") == ids.index("AAA-2020-03") + 1
    read(folder)


@pytest.mark.parametrize("table", ["stances", "levers", "funds", "sources"])
def test_a_changed_row_changes_no_other_byte_of_the_shipped_record(table: str) -> None:
    contents = editing.read_contents(ROOT / "data")
    header, *found = editing.records(contents[f"{table}.csv"])
    column = "title" if table == "sources" else "summary"
    for _written, cells in found[:: max(len(found) // 7, 1)]:
        row = dict(zip(header[1], cells, strict=True))
        edit = Edit(table, row["id"], row, {**row, column: "Other words, with a comma."})
        after = editing.with_edits(contents, [edit])
        old, now = (editing.records(files[f"{table}.csv"]) for files in (contents, after))
        assert sum(one != other for one, other in zip(old, now, strict=True)) == 1
        assert editing.with_edits(after, [Edit(table, row["id"], edit.after, row)]) == contents


def test_marks_line_ends_and_quoting_of_others_are_kept(folder: Path) -> None:
    path = folder / "stances.csv"
    text = path.read_text(encoding="utf-8").replace("The minister refused.", '"The minister refused."')
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").rstrip("\r\n").encode())
    before = path.read_bytes()
    put(folder, new())
    after = path.read_bytes()
    assert after == before + b"\r\n" + after[len(before) + 2 :]
    assert after.endswith(b",world\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    read(folder)


def test_joined_records_are_the_file() -> None:
    for content in editing.read_contents(ROOT / "data").items():
        if content[0].endswith(".csv"):
            assert "".join(written for written, _ in editing.records(content[1])).encode() == content[1]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ([], "AAA-2020-03"),
        (["see AAA-2020-03-01 and XAAA-2020-03, AAA-2020-03x1"], "AAA-2020-03"),
        (["AAA-2020-03,AAA"], "AAA-2020-03b"),
        (["AAA-2020-03d was withdrawn."], "AAA-2020-03e"),
        (["AAA-2020-03", "AAA-2020-03b;AAA-2020-03c"], "AAA-2020-03d"),
    ],
)
def test_an_id_is_the_next_that_no_text_has_ever_named(texts: list[str], wanted: str) -> None:
    assert editing.next_id(STANCES, {"actor_id": "AAA", "date": "2020-03"}, texts) == wanted


def test_no_letter_after_z() -> None:
    row = {"actor_id": "AAA", "status": "pledged", "date": "2020"}
    with pytest.raises(Refused, match="No letter is left"):
        editing.next_id(FUNDS, row, ["AAA-pledged-2020z"])


def test_an_id_of_a_row_that_is_gone_is_not_used_while_a_file_beside_speaks_of_it(folder: Path) -> None:
    (folder / "README.md").write_text("`AAA-2020-05-05` was a mistake.", encoding="utf-8")
    texts = editing.texts_of(folder, editing.read_contents(folder))
    assert editing.next_id(STANCES, {"actor_id": "AAA", "date": "2020-05-05"}, texts) == "AAA-2020-05-05b"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("=HYPERLINK(1)", "begins like a formula"),
        ("@SUM(1)", "begins like a formula"),
        ("abc \u202e txt", "hidden character U+202E"),
        ("nul \x00 here", "hidden character U+0000"),
        ("two\nlines", "hidden character U+000A"),
        ("cut\rhere", ""),
        ("", "cell is blank"),
    ],
)
def test_a_bad_cell_is_found_before_anything_is_written(folder: Path, cell: str, found: str) -> None:
    base = editing.read_contents(folder)
    trial = editing.tried_contents(editing.with_edits(base, [new(summary=cell)]))
    assert trial.record is None
    assert any(problem.file == "stances.csv" and found in problem.found for problem in trial.problems)
    assert editing.read_contents(folder) == base


def test_a_file_that_changed_is_not_written_over(folder: Path, change: Change) -> None:
    base = editing.read_contents(folder)
    wanted = editing.with_edits(base, [new()])
    change("actors", "BBB", "name", "Betastan")
    theirs = editing.read_contents(folder)
    with pytest.raises(Overtaken, match=r"actors\.csv changed on disk"):
        editing.save(folder, base, wanted)
    assert editing.read_contents(folder) == theirs


def test_a_row_that_somebody_else_changed_is_not_changed_again(folder: Path, change: Change) -> None:
    mine = changed(folder, "stances", "AAA-2020-03", summary="My words.")
    change("stances", "AAA-2020-03", "summary", "Their words.")
    with pytest.raises(Overtaken, match="no longer what this change was made from"):
        put(folder, mine)
    with pytest.raises(Overtaken):
        editing.rebased([mine], editing.read_contents(folder), [])


def test_a_new_row_moves_to_the_next_letter_and_rows_inside_it_follow(folder: Path) -> None:
    outer = {**rows(folder, "funds")[4], "id": "CCC-pledged-2020-08-01", "actor_id": "CCC", "date": "2020-08-01"}
    inner = {**outer, "id": "CCC-pledged-2020-08-01b", "part_of": outer["id"]}
    mine = [Edit("funds", row["id"], None, row) for row in (outer, inner)]
    put(folder, Edit("funds", outer["id"], None, {**outer, "summary": "Somebody else's."}))
    now = editing.read_contents(folder)
    moved = editing.rebased(mine, now, editing.texts_of(folder, now))
    assert [edit.key for edit in moved] == ["CCC-pledged-2020-08-01c", "CCC-pledged-2020-08-01b"]
    assert moved[1].after["part_of"] == "CCC-pledged-2020-08-01c"
    put(folder, *moved)
    read(folder)


def test_a_source_of_a_taken_id_is_refused(folder: Path) -> None:
    row = rows(folder, "sources")[0]
    with pytest.raises(Overtaken, match="needs an id of its own"):
        put(folder, Edit("sources", row[SOURCES.key], None, row))


def test_writing_keeps_the_mode_and_leaves_nothing_behind(folder: Path) -> None:
    path = folder / "stances.csv"
    path.chmod(0o640)
    names = sorted(entry.name for entry in folder.iterdir())
    put(folder, new())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(entry.name for entry in folder.iterdir()) == names


def test_a_full_disk_changes_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = editing.read_contents(folder)
    wanted = {**base, "actors.csv": base["actors.csv"] + b"x", "stances.csv": base["stances.csv"] + b"x"}
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        editing.save(folder, base, wanted)
    assert editing.read_contents(folder) == base
    assert not list(folder.glob(".*"))


def test_a_lock_that_stays_taken_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "TRIES", 2)
    with editing.locked(folder), pytest.raises(Refused, match="somebody else"), editing.locked(folder):
        pass


def write_many(folder: Path, actor_id: str, count: int) -> None:
    """What a curator does who never gives up: take up the files, put a row in, save, and again where overtaken."""
    for number in range(count):
        day = f"2020-07-{number + 1:02}"
        edit = new(f"{actor_id}-{day}", actor_id=actor_id, date=day, coded_on="2020-08-01", checked_on="2020-08-01")
        while True:
            try:
                put(folder, edit)
                break
            except Overtaken:
                continue


def assert_nothing_is_lost(folder: Path, start: Callable[..., Any]) -> None:
    """Three write at once, each on a thread or process of its own that `start` makes."""
    before = {row["id"] for row in rows(folder)}
    writers = [start(target=write_many, args=(folder, actor_id, 15)) for actor_id in ("AAA", "BBB", "CCC")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    ids = [row["id"] for row in rows(folder)]
    assert len(ids) == len(set(ids)) == len(before) + 45
    assert before < set(ids)
    assert not list(folder.glob(".*"))
    read(folder)


def test_nothing_is_lost_when_several_write_at_once(folder: Path) -> None:
    assert_nothing_is_lost(folder, threading.Thread)
