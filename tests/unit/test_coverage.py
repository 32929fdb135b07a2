"""The report: what the record covers, and what nobody has checked for a year."""

from pathlib import Path

from components.curate.coverage import report
from components.record.model import Record
from components.record.reading import read
from tests.conftest import Change


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


def test_the_report_of_a_record_adds_up(any_record: Record) -> None:
    lines = report(any_record)
    everyone = next(line for line in lines if line.startswith("All"))
    coded, none, unknown, every = (int(number.replace(",", "")) for number in everyone.split()[1:])
    assert coded + none + unknown == every == len(any_record.actors) - 1


def test_the_report_ends_with_the_warnings(small: Record, drawn: Path) -> None:
    blank, *told = report(small)[-len(small.warnings) - 1 :]
    assert blank == "" and told == [f"warning: {warning}" for warning in small.warnings]
    assert told[1].startswith("warning: actors.csv:2:actor_id: “SUB” has no shape")
    assert not [line for line in report(read(drawn)) if "warning" in line]
