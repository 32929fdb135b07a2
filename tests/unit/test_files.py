"""Files that are no tables, or not the right ones: each is named, with what to do."""

import re
from pathlib import Path

import pytest

from components.record.model import InvalidData
from components.record.reading import read
from tests.folders import edit, problems
from tests.fuzzing import SMALL_FILES, write

FILES = [
    ("stances", "act,stance", "act", r"stances.csv:1:stance: column is missing; allowed: id, actor_id"),
    ("stances", "act,stance", "act,mood,stance", r"stances.csv:1:“mood”: unknown column"),
    ("stances", "act,stance", "act,act", r"stances.csv:1:act: column stands twice"),
    ("levers", ",press-1,medium", ",press-1", r"levers.csv:2:-: 9 cells; allowed: 10, as in the header"),
    ("levers", "Aid was stopped.", '"Aid was" stopped.', r"levers.csv:2:-: cannot be read as CSV"),
    ("levers", "Aid was stopped.", "Aid\0was stopped.", r"levers.csv:2:"),
]


@pytest.mark.parametrize(("table", "before", "after", "message"), FILES)
def test_a_broken_file_is_named(folder: Path, table: str, before: str, after: str, message: str) -> None:
    edit(folder / f"{table}.csv", before, after)
    assert re.search(message, problems(folder))


def test_a_file_of_other_rows_has_an_end(folder: Path) -> None:
    (folder / "levers.csv").write_text("id,actor_id\n" + "x\n" * 100_000, "utf-8")
    found = problems(folder).splitlines()
    assert "levers.csv:1002:-: too many rows of another length" in "\n".join(found)
    assert len(found) < 1_100


def test_a_first_line_that_is_blank_is_named(folder: Path) -> None:
    path = folder / "levers.csv"
    path.write_bytes(b"\n" + path.read_bytes())
    assert "levers.csv:1:-: first line is blank" in problems(folder)


def test_a_folder_in_the_place_of_each_file_is_named(tmp_path: Path) -> None:
    place = tmp_path / "record"
    write(dict.fromkeys(SMALL_FILES), place)
    with pytest.raises(InvalidData) as caught:
        read(place)
    assert len(caught.value.problems) == len(SMALL_FILES)


def test_a_missing_file_is_named_and_the_others_are_still_checked(folder: Path) -> None:
    (folder / "levers.csv").unlink()
    stances = folder / "stances.csv"
    stances.write_text(stances.read_text(encoding="utf-8").replace("talks", "war"), encoding="utf-8")
    found = problems(folder)
    assert "levers.csv:1:-: file is missing" in found
    assert "stances.csv:3:act: “war”" in found


def test_a_folder_that_is_not_there_lists_its_files(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere").count("file is missing") == 6


def test_a_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    (folder / "levers.csv").unlink()
    (folder / "levers.csv").mkdir()
    assert "levers.csv:1:-: file cannot be read" in problems(folder)


def test_another_encoding_is_named_with_its_line(folder: Path) -> None:
    path = folder / "stances.csv"
    path.write_bytes(path.read_bytes().replace(b"Envoys met", "Envoyés".encode("latin-1")))
    assert "stances.csv:3:-: byte 0xe9 is not UTF-8" in problems(folder)


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    path = folder / "stances.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read(folder).stances) == 5


def test_a_page_of_html_is_not_taken_for_a_table(folder: Path) -> None:
    (folder / "funds.csv").write_text("<!doctype html>\n<html><body>Error 404</body></html>\n", encoding="utf-8")
    found = problems(folder)
    assert "funds.csv:1:“<!doctype html>”: unknown column" in found


def test_an_empty_file_is_named(folder: Path) -> None:
    (folder / "funds.csv").write_text("", encoding="utf-8")
    assert "funds.csv:1:-: file is empty" in problems(folder)


def test_tables_may_have_no_rows(folder: Path) -> None:
    for name in ("stances", "levers", "funds", "sources"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    record = read(folder)
    assert (len(record.stances), len(record.funds), len(record.actors)) == (0, 0, 6)


def test_a_file_of_the_largest_size_is_still_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (folder / "funds.csv").stat().st_size  # the largest of the small record
    monkeypatch.setattr("components.record.reading.LARGEST_FILE", size)
    assert len(read(folder).stances) == 5
    monkeypatch.setattr("components.record.reading.LARGEST_FILE", size - 1)
    assert problems(folder).startswith(f"funds.csv:1:-: file is larger than {size - 1:,} bytes")
