"""Starting on a fresh machine: what is installed, what is said where it cannot be, and which command follows."""

import sys
from pathlib import Path

import pytest

from components.run import launch

Said = pytest.CaptureFixture[str]


class Machine:
    """A machine on which nothing is really done: the commands that are here, whether packages can be installed."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.here = {"chromium", "nginx", "rsvg-convert"}
        self.installs = True
        self.asked: list[tuple[str, ...]] = []
        self.requirements = ""
        self.started: list[str] = []
        self.stopped = False
        patch.delenv("BROWSER_PATH", raising=False)
        patch.setattr("shutil.which", lambda command, path="": command if command in self.here else None)
        patch.setattr(launch, "_environment", self.environment)
        patch.setattr(launch, "_apt", self.apt)
        patch.setattr(launch, "_stop_nginx", lambda: setattr(self, "stopped", True))
        patch.setattr(launch, "_become", self.become)

    def environment(self, requirements: Path) -> Path:
        self.requirements = str(requirements.relative_to(launch.ROOT))
        return Path("python")

    def become(self, command: list[str]) -> int:
        self.started.extend(command)
        return 0

    def apt(self, *arguments: str) -> bool:
        self.asked.append(arguments)
        if self.installs and arguments[0] == "install":
            commands = {"chromium": "chromium", "nginx-light": "nginx", "librsvg2-bin": "rsvg-convert"}
            self.here.add(commands[arguments[-1]])
        return self.installs


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


def test_the_dashboard_is_started_with_its_options(machine: Machine, capsys: Said) -> None:
    assert launch.main(["--server.port", "8600"]) == 0
    assert machine.requirements == "requirements.txt"
    assert machine.started[:5] == ["python", "-m", "streamlit", "run", "dashboard.py"]
    assert machine.started[-4:] == ["--browser.serverAddress", "localhost", "--server.port", "8600"]
    assert (machine.asked, capsys.readouterr().err) == ([], "")


def test_the_tests_are_started_with_their_options(machine: Machine) -> None:
    assert launch.main(["test", "-k", "money"]) == 0
    assert machine.requirements == "tests/requirements.txt"
    assert machine.started == ["python", "-m", "pytest", "-k", "money"]


def test_tests_get_what_they_need_from_the_systems_packages(machine: Machine, capsys: Said) -> None:
    machine.here.clear()
    assert launch.main(["test"]) == 0
    assert machine.asked[0] == ("update",)
    assert [arguments[-1] for arguments in machine.asked[1:]] == ["chromium", "nginx-light", "librsvg2-bin"]
    assert machine.stopped
    assert "missing" not in capsys.readouterr().err


def test_the_dashboard_needs_chromium_alone(machine: Machine) -> None:
    machine.here.clear()
    assert launch.main([]) == 0
    assert [arguments[-1] for arguments in machine.asked] == ["update", "chromium"]
    assert not machine.stopped


def test_what_cannot_be_installed_is_named_and_the_rest_goes_on(machine: Machine, capsys: Said) -> None:
    machine.installs = False
    machine.here = {"nginx"}
    assert launch.main(["test"]) == 0
    assert machine.started == ["python", "-m", "pytest"]
    assert capsys.readouterr().err.splitlines() == [
        "Chromium is missing and could not be installed here, so its tests cannot run: install the package chromium.",
        "rsvg-convert is missing and could not be installed here, so its tests cannot run: "
        "install the package librsvg2-bin.",
    ]
    assert launch.main([]) == 0
    assert "so images cannot be drawn on this machine: install the package chromium." in capsys.readouterr().err
    assert machine.started[3:6] == ["python", "-m", "streamlit"]


def test_any_browser_does(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.here = {"google-chrome"}
    launch.main([])
    machine.here.clear()
    monkeypatch.setenv("BROWSER_PATH", "/opt/browser")
    launch.main([])
    assert machine.asked == []


def test_an_old_python_is_refused(machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert launch.main([]) == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err
    assert not machine.started
