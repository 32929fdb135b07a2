"""What a change to a folder does: rows in words, whose stance moves and when, which totals."""

import shutil
import subprocess
from pathlib import Path

import pytest

from components.curate.differences import NOTHING_SHOWN, changed_picture, changed_rows
from components.curate.edits import Refused
from components.curate.revisions import diff
from components.record.model import Record
from tests.conftest import SMALL, Change
from tests.folders import rewrite


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


def test_a_whole_record_compares_with_itself(any_record: Record) -> None:
    assert changed_picture(any_record, any_record) == [NOTHING_SHOWN]
    assert changed_rows({}, {}) == []
