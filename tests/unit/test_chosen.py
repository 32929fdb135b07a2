"""The folder that is meant where nothing names one: the environment's, else data/, for every command alike."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from components.curate import __main__ as curate
from components.curate import command as check
from components.publish import command as export
from components.record.chosen import VARIABLE, chosen_folder
from tests.conftest import ROOT, SMALL

Command = Callable[[list[str]], int]
# Each command that reads a folder, with its arguments and the option that comes before the folder's name.
READING: dict[str, tuple[Command, list[str], list[str]]] = {
    "validation": (check.main, [], []),
    "doubts": (curate.main, ["doubts"], []),
    "agreement": (curate.main, ["agreement"], []),
    "sources": (curate.main, ["sources"], []),
    **{name: (export.main, [name], ["--data"]) for name in ("charts", "film", "site", "release", "brief")},
}


@pytest.fixture(params=READING)
def reading(request: pytest.FixtureRequest) -> tuple[Command, list[str], list[str]]:
    return READING[request.param]


@pytest.mark.parametrize("named", ["", "  "])
def test_without_a_setting_it_is_the_shipped_one(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv(VARIABLE, named)
    assert chosen_folder() == ROOT / "data"


@pytest.mark.parametrize("named", ["tests/small", str(SMALL)])
def test_a_setting_is_relative_to_the_repository(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    monkeypatch.setenv(VARIABLE, named)
    monkeypatch.chdir(tmp_path)
    assert chosen_folder() == SMALL
    assert check.main([]) == 0
    assert "6 actors, 5 stances" in capsys.readouterr().out


@pytest.mark.parametrize(("named", "found"), [("kosvo", "does not exist"), ("/srv/README.md", "does not exist")])
def test_every_command_says_that_a_setting_names_no_folder(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reading: tuple[Command, list[str], list[str]],
    named: str,
    found: str,
) -> None:
    command, arguments, _ = reading
    monkeypatch.setenv(VARIABLE, named)
    with pytest.raises(SystemExit, match="2"):
        command(arguments)
    said = capsys.readouterr().err
    assert f"The setting {VARIABLE}, of the environment or of the app’s secrets, names “{Path(named).name}”" in said
    assert f"which {found}; allowed: a data folder" in said
    assert "/srv" not in said


def test_a_file_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "README.md")
    with pytest.raises(ValueError, match=r"names “README\.md”, which is a file; allowed"):
        chosen_folder()


def test_what_a_command_is_told_goes_before_the_setting(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    reading: tuple[Command, list[str], list[str]],
) -> None:
    command, arguments, option = reading
    monkeypatch.setenv(VARIABLE, "kosvo")
    monkeypatch.chdir(tmp_path)
    command([*arguments, *option, str(tmp_path)])  # an empty folder, which is refused for what it is
    said = "".join(capsys.readouterr())
    assert VARIABLE not in said
    assert "file is missing" in said


def test_the_dashboard_takes_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import dashboard  # noqa: PLC0415 - with the pages, which few tests of this room need

    monkeypatch.setenv(VARIABLE, "tests/small")
    monkeypatch.setattr(sys, "argv", ["dashboard.py"])
    assert dashboard._options()[0].data == SMALL
    monkeypatch.setenv(VARIABLE, "kosvo")
    assert "names “kosvo”, which does not exist" in dashboard._options()[1]
    monkeypatch.setattr(sys, "argv", ["dashboard.py", "--data", "elsewhere"])
    assert dashboard._options()[0].data == Path("elsewhere")
    assert not dashboard._options()[1]
