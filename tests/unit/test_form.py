"""The form of the files: reached in one step, no cell changed, what is not understood left alone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from components.curate.form import canonical, fix_format
from components.record.reading import read
from components.record.schema import FUNDS, STANCES, TABLES
from tests.conftest import ROOT
from tests.folders import rewrite

FILES = [table.file for table in TABLES.values() if not table.optional]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_shipped_record_is_in_its_form_byte_for_byte(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    lines, clean = fix_format(folder)
    assert clean
    assert {line.split(": ")[1] for line in lines} == {"nothing to do"}
    assert contents(folder) == contents(ROOT / "data")


def test_the_form_is_reached_in_one_step(folder: Path) -> None:
    fix_format(folder)
    once = contents(folder)
    assert {line.split(": ")[1] for line in fix_format(folder)[0]} == {"nothing to do"}
    assert contents(folder) == once
    read(folder)


SPOILT: list[tuple[str, Callable[[str], bytes]]] = [
    ("byte order mark removed", lambda text: b"\xef\xbb\xbf" + text.encode()),
    ("line ends made LF", lambda text: text.replace("\n", "\r\n").encode()),
    ("line ends made LF", lambda text: text.rstrip("\n").encode()),
    ("blank lines removed", lambda text: text.replace("\n", "\n\n").encode()),
    ("quotes made minimal", lambda text: text.replace("Envoys met.", '"Envoys met."').encode()),
    ("rows sorted", lambda text: "".join([*text.splitlines(True)[:1], *text.splitlines(True)[:0:-1]]).encode()),
]


@pytest.mark.parametrize(("words", "spoil"), SPOILT)
def test_what_is_out_of_form_is_mended_and_named(folder: Path, words: str, spoil: Callable[[str], bytes]) -> None:
    path = folder / "stances.csv"
    before = path.read_text(encoding="utf-8")
    path.write_bytes(spoil(before))
    assert f"stances.csv: {words}" in fix_format(folder)[0]
    assert path.read_text(encoding="utf-8") == before


def test_columns_come_into_order_with_their_cells(folder: Path) -> None:
    before = (folder / "stances.csv").read_bytes()
    rewrite(folder, "stances", lambda rows: rows.__setitem__(slice(None), [row[::-1] for row in rows]))
    assert "stances.csv: columns put in order" in fix_format(folder)[0]
    assert (folder / "stances.csv").read_bytes() == before


def test_actors_stay_as_they_are_and_no_cell_changes(folder: Path) -> None:
    before = read(folder)
    actors = (folder / "actors.csv").read_bytes()
    fix_format(folder)
    assert (folder / "actors.csv").read_bytes() == actors
    after = read(folder)
    for table in before.tables:
        frames = (record.table(table.name).reset_index(drop=True) for record in (before, after))
        old, new = (frame.sort_values(table.key, ignore_index=True) for frame in frames)
        assert old.equals(new)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,actor_id\n1,2\n", "column is missing"),
        (b"", "it is empty"),
        (b"<!DOCTYPE html><html></html>", "column is missing"),
        ("id,für".encode("latin-1"), "is not UTF-8"),
        (b'id,"open\n', "cannot be read as CSV"),
        (",".join(STANCES.column_names).encode() + b"\na,b\n", "does not have 15 cells"),
        (",".join([*STANCES.column_names, "note"]).encode() + b"\n", "unknown column"),
        (",".join(STANCES.column_names).encode() + b'\n"a\rb"' + b"," * 14 + b"\n", "would not survive"),
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(folder: Path, content: bytes, reason: str) -> None:
    (folder / "stances.csv").write_bytes(content)
    lines, clean = fix_format(folder)
    if reason == "would not survive" and clean:  # Python 3.13 and later quote it, and then it does
        return
    assert not clean
    assert (folder / "stances.csv").read_bytes() == content
    assert any(line.startswith("stances.csv: left as it is: ") and reason in line for line in lines)
    assert "sources.csv: rows sorted" in lines


def test_a_column_that_may_be_missing_is_not_added() -> None:
    names = [column.name for column in FUNDS.columns if not column.extra]
    content = (",".join(names) + "\n").encode()
    assert canonical(FUNDS, content) == (content, [])


def test_a_missing_file_and_a_missing_folder_are_named(folder: Path, tmp_path: Path) -> None:
    (folder / "levers.csv").unlink()
    lines, clean = fix_format(folder)
    assert not clean
    assert "levers.csv: left as it is: it cannot be read (No such file or directory)" in lines
    assert fix_format(tmp_path / "nowhere") == ([f"{tmp_path / 'nowhere'}: there is no such folder"], False)


def test_the_codebook_follows_the_words_of_the_subject(folder: Path) -> None:
    own = "# Ours\n\n<!-- codebook: begin -->\n\nold\n\n<!-- codebook: end -->\n\nThe end.\n"
    (folder / "README.md").write_text(own, encoding="utf-8")
    assert [str(warning) for warning in read(folder).warnings if warning.file == "README.md"] == [
        "README.md:3:-: the tables between the marks are out of date; allowed: those of this edition and of "
        "tracker.toml; run the check with --fix-format"
    ]
    with (folder / "tracker.toml").open("a", encoding="utf-8") as file:
        file.write('\n[acts]\ndeal = "Deal: A treaty signed with one state."\n')
    assert fix_format(folder)[0][-1] == "README.md: tables of the codebook made anew"
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Ours\n")
    assert text.endswith("\n\nThe end.\n")
    assert "| `deal` | Deal | A treaty signed with one state. |" in text
    assert not [warning for warning in read(folder).warnings if warning.file == "README.md"]
    assert not any("README" in line for line in fix_format(folder)[0])


@pytest.mark.parametrize(
    "text", ["Ours.\n", "<!-- codebook: begin -->\n", "<!-- codebook: end --><!-- codebook: begin -->"]
)
def test_a_codebook_without_both_marks_is_left_alone(folder: Path, text: str) -> None:
    (folder / "README.md").write_text(text, encoding="utf-8")
    assert not any(warning.file == "README.md" for warning in read(folder).warnings)
    fix_format(folder)
    assert (folder / "README.md").read_text(encoding="utf-8") == text
