"""The check as a command: what it prints, and its exit code."""

from pathlib import Path

import pytest

from components.curate.command import main
from tests.conftest import SMALL, Change
from tests.folders import edit

COUNTS = "in 6 actors, 5 stances, 3 levers, 11 funds, 3 sources; record until 2020-12-31\n"
Printed = pytest.CaptureFixture[str]


def test_it_prints_problems_and_exits_with_1(change: Change, capsys: Printed) -> None:
    assert main([str(change("stances", "AAA-2020-03", "act", "war"))]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("stances.csv:3:act: “war”; allowed: ")
    assert "1 problem" in said.err


def test_it_says_nothing_of_warnings_while_there_are_problems(folder: Path, capsys: Printed) -> None:
    edit(folder / "stances.csv", ",talks,", ",war,")
    assert main([str(folder)]) == 1
    assert "warning" not in capsys.readouterr().out


def test_it_sums_up_a_clean_folder_and_exits_with_0(drawn: Path, capsys: Printed) -> None:
    assert main([str(drawn)]) == 0
    assert capsys.readouterr() == (f"{drawn}: no problems {COUNTS}", "")


def test_it_prints_warnings_and_exits_with_0(drawn: Path, capsys: Printed) -> None:
    edit(drawn / "actors.csv", "GMB,", "GAM,")
    assert main([str(drawn)]) == 0
    assert capsys.readouterr() == (
        "warning: actors.csv:5:actor_id: “GAM” has no shape, so “Gambia” is counted but drawn on no map; "
        "allowed: the code of a shape (ISO 3166-1 alpha-3) for what maps shall show; write GMB, if that is it\n"
        f"{drawn}: no problems, 1 warning {COUNTS}",
        "",
    )


def test_it_does_each(folder: Path, capsys: Printed) -> None:
    assert main([str(folder), "--fix-format"]) == 0
    assert "sources.csv: rows sorted" in capsys.readouterr().out
    assert main([str(folder), "--report"]) == 0
    assert "Sources by kind" in capsys.readouterr().out
    assert main(["--diff", str(SMALL), str(folder)]) == 0
    assert main([str(folder), "--diff", str(SMALL)]) == 0
    assert capsys.readouterr().out.count("sources.csv: rows stand in another order") == 2
    assert main([str(folder)]) == 0
    assert "no problems" in capsys.readouterr().out


def test_it_says_what_is_wrong_without_a_traceback(folder: Path, capsys: Printed, change: Change) -> None:
    assert main([str(folder), "--diff", "no-such-revision"]) == 1
    assert "neither a folder nor a revision" in capsys.readouterr().err
    change("stances", "AAA-2020-03", "act", "war")
    assert main([str(folder), "--report"]) == 1
    assert "stances.csv:3:act" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--diff", "a", "b", "c"])
    with pytest.raises(SystemExit):
        main(["--report", "--fix-format"])
