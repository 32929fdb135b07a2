"""What curators do to a whole folder: its form, its coverage, and what a change to it does."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from components.curate.command import main
from components.curate.coverage import report
from components.curate.differences import NOTHING_SHOWN, changed_picture, changed_rows
from components.curate.editing import Refused
from components.curate.form import canonical, fix_format
from components.curate.revisions import diff
from components.record.model import Record
from components.record.reading import read
from components.record.schema import FUNDS, STANCES, TABLES
from tests.conftest import ROOT, SMALL, Change

FILES = [table.file for table in TABLES.values() if not table.optional]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rewrite(folder: Path, table: str, change: Callable[[list[list[str]]], object]) -> None:
    """Change the rows of a file, the header first."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


# Form


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
        (",".join(STANCES.column_names).encode() + b"\na,b\n", "does not have 13 cells"),
        (",".join([*STANCES.column_names, "note"]).encode() + b"\n", "unknown column"),
        (",".join(STANCES.column_names).encode() + b'\n"a\rb"' + b"," * 12 + b"\n", "would not survive"),
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


# Differences


def test_no_change_says_so() -> None:
    assert diff(str(SMALL), SMALL) == (["No difference."], True)


def differences(folder: Path) -> list[str]:
    lines, clean = diff(str(SMALL), folder)
    assert clean
    return lines


def test_a_changed_stance_is_told_in_rows_days_and_counts(change: Change) -> None:
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    folder = change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    assert differences(folder) == [
        "stances.csv: AAA-2020-06-01b, stance: was “supportive”, is “engaging”",
        "stances.csv: AAA-2020-06-01b, recognition_level: was “recognition”, is “contact”",
        "Alphaland: was supportive at level recognition, is engaging at level contact on 31 December 2020",
        "Countries, supportive: 1 before, 0 after",
        "Countries, engaging: 0 before, 1 after",
        "Countries, recognising: 1 before, 0 after",
    ]


def test_a_change_of_the_past_is_told_with_its_days(change: Change) -> None:
    assert differences(change("stances", "AAA-2020-03", "stance", "opposed")) == [
        "stances.csv: AAA-2020-03, stance: was “engaging”, is “opposed”",
        "Alphaland, from 1 March 2020 to 31 May 2020: was engaging at level contact, is opposed at level contact",
    ]


def test_rows_removed_and_added_are_told(folder: Path) -> None:
    rewrite(folder, "stances", lambda rows: rows.pop())
    rewrite(folder, "levers", lambda rows: rows.append([
        "CCC-aid-2020-02", "CCC", "aid", "pressure", "It stopped.", "2020-02", "", "press-2", "medium", "2020-03-01",
    ]))  # fmt: skip
    lines = differences(folder)
    assert "stances.csv: BBB-2020-02-01 removed (review, none, none, medium, world, “A survey found nothing.”)" in lines
    assert "levers.csv: CCC-aid-2020-02 added (aid, pressure, medium, “It stopped.”)" in lines
    assert "Betaland: was no public position found at level no contact, is not coded on 31 December 2020" in lines
    assert "Countries, no public position found: 1 before, 0 after" in lines
    assert "Countries, not coded: 1 before, 2 after" in lines
    assert "Gammaland, aid: pressure, now held, was not (CCC-aid-2020-02)" in lines


def test_a_lever_that_ends_or_turns_is_told(change: Change) -> None:
    change("levers", "BNK-reserves-2019", "direction", "incentive")
    lines = differences(change("levers", "AAA-aid-2020-06-01", "until", "2020-09-01"))
    assert "levers.csv: AAA-aid-2020-06-01, until: was blank, is “2020-09-01”" in lines
    assert "Alphaland, aid: incentive, no longer held (AAA-aid-2020-06-01)" in lines
    assert "The Bank, reserves: was pressure, is incentive (BNK-reserves-2019)" in lines


def test_totals_that_move_are_told(change: Change) -> None:
    change("funds", "BNK-frozen-2020-01-01", "low_usd", "700")
    for column in ("amount", "amount_usd"):
        change("funds", "AAA-pledged-2020-07-01", column, "310")
    lines = differences(change("funds", "BBB-pledged-2020-07-02", "currency", "GBP"))
    assert "Frozen or in trust, in all: $800–1,000 in 1 sum before, $700–1,000 in 1 sum after" in lines
    assert "Alphaland, pledged: $300 before, $310 after" in lines
    assert any(line.startswith("Betaland, besides: 1 sum in EUR") and "1 sum in GBP" in line for line in lines)


def test_sums_that_read_alike_in_short_are_told_to_the_dollar(folder: Path, change: Change, tmp_path: Path) -> None:
    for column in ("amount", "amount_usd"):
        change("funds", "ALL-pledged-2020-07-01", column, "9000000000")
        change("funds", "AAA-pledged-2020-07-01", column, "4010000000")
    before = tmp_path / "before"
    shutil.copytree(folder, before)
    for column in ("amount", "amount_usd"):
        change("funds", "AAA-pledged-2020-07-01", column, "4020000000")
    lines, _ = diff(str(before), folder)
    assert "Alphaland, pledged: $4,010,000,000 before, $4,020,000,000 after" in lines


def test_what_shows_nowhere_says_so_and_long_cells_show_where_they_differ(change: Change) -> None:
    start = "The minister explained at some length what had been said before, and why it was said "
    change("stances", "AAA-2020-06-01b", "summary", start + "then.")
    folder = change("sources", "gov-1", "language", "fr")
    lines = differences(folder)
    assert lines[-1] == NOTHING_SHOWN
    assert "sources.csv: gov-1, language: was “en”, is “fr”" in lines
    other = folder.parent / "other"
    shutil.copytree(folder, other)
    change("stances", "AAA-2020-06-01b", "summary", start + "now.")
    assert "and why it was said now.”" in diff(str(other), folder)[0][0]


def test_a_moved_last_day_and_another_order_are_told(folder: Path) -> None:
    path = folder / "tracker.toml"
    path.write_text(path.read_text().replace("data_until = 2020-12-31", "data_until = 2020-12-30"))
    rewrite(folder, "sources", lambda rows: rows.sort(key=lambda row: (row[0] != "id", row[0])))
    lines = differences(folder)
    assert "tracker.toml, data_until: was “2020-12-31”, is “2020-12-30”" in lines
    assert "sources.csv: rows stand in another order" in lines


def test_with_problems_rows_are_told_and_effects_are_not(change: Change) -> None:
    folder = change("stances", "AAA-2020-03", "stance", "friendly")
    lines, clean = diff(str(SMALL), folder)
    assert not clean
    assert lines == [
        "stances.csv: AAA-2020-03, stance: was “engaging”, is “friendly”",
        f"{folder}: 1 problem; what moves is not known until it is mended",
    ]


def test_a_revision_of_git_can_be_the_old_one(folder: Path, change: Change) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "One"]):
        subprocess.run([*git, *step], check=True)
    change("stances", "AAA-2020-03", "stance", "opposed")
    assert "stances.csv: AAA-2020-03, stance: was “engaging”, is “opposed”" in diff("HEAD", folder)[0]
    for wrong in ("no-such-thing", "--output=x", "HEAD:"):
        with pytest.raises(Refused, match="neither a folder nor a revision"):
            diff(wrong, folder)


def test_the_whole_shipped_record_compares_with_itself(shipped: Record) -> None:
    assert changed_picture(shipped, shipped) == [NOTHING_SHOWN]
    assert changed_rows({}, {}) == []


# Report


def test_the_report_counts_what_there_is(small: Record) -> None:
    text = "\n".join(" ".join(line.split()) for line in report(small))
    assert "Small Tracker: coverage on 31 December 2020" in text
    assert "Actors by region coded none not coded all\nEurope 1 0 0 1\n" in text
    assert "All 1 1 3 5\n" in text
    assert "Rows by year stances levers funds\n2019 0 1 0\n2020 5 2 11\n" in text
    assert "Official 1\nAgency 0\nPress 2\n" in text
    assert "Unchecked for a year on 31 December 2020 rows of those that hold\nstances 0 2\nlevers 0 2" in text


def test_the_columns_of_the_report_are_aligned(small: Record) -> None:
    lines = report(small)
    head = lines.index("")
    assert len({len(line) for line in lines[head + 1 : lines.index("", head + 1)]}) == 1


def test_the_report_lists_what_nobody_has_checked_for_a_year(change: Change) -> None:
    lines = report(read(change("levers", "BNK-reserves-2019", "checked_on", "2019-12-30")))
    end = lines.index("", lines.index("  BNK-reserves-2019, checked 2019-12-30"))  # warnings follow
    assert lines[end - 2].split() == ["levers", "1", "2"]


def test_the_report_of_the_shipped_record_adds_up(shipped: Record) -> None:
    lines = report(shipped)
    everyone = next(line for line in lines if line.startswith("All"))
    coded, none, unknown, every = (int(number.replace(",", "")) for number in everyone.split()[1:])
    assert coded + none + unknown == every == len(shipped.actors) - 1


# Command


def test_the_command_does_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--fix-format"]) == 0
    assert "sources.csv: rows sorted" in capsys.readouterr().out
    assert main([str(folder), "--report"]) == 0
    assert "Sources by kind" in capsys.readouterr().out
    assert main(["--diff", str(SMALL), str(folder)]) == 0
    assert main([str(folder), "--diff", str(SMALL)]) == 0
    assert capsys.readouterr().out.count("sources.csv: rows stand in another order") == 2
    assert main([str(folder)]) == 0
    assert "no problems" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_without_a_traceback(
    folder: Path, capsys: pytest.CaptureFixture[str], change: Change
) -> None:
    assert main([str(folder), "--diff", "no-such-revision"]) == 1
    assert "neither a folder nor a revision" in capsys.readouterr().err
    change("stances", "AAA-2020-03", "act", "war")
    assert main([str(folder), "--report"]) == 1
    assert "stances.csv:3:act" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--diff", "a", "b", "c"])
    with pytest.raises(SystemExit):
        main(["--report", "--fix-format"])
