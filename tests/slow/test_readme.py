"""Every command of the README is run, in a copy of this folder, so that none can rot."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PIL import Image

import dashboard
from components.run import launch
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "exports", "releases", "site")
LAUNCH, SERVE = ["python3", "-m", "components.launch"], ["python", "-m", "components.serve"]


def commands() -> list[list[str]]:
    """The commands of the indented blocks, in words; a line that ends in a backslash goes on."""
    blocks = re.findall(r"(?:^ {4}\S.*\n)(?:^ {4}.*\n)*", re.sub(r"^```.*?^```", "", README, flags=re.M | re.S), re.M)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True) for line in lines]


# Options whose words are of the shipped record; without one, a command runs as well, and sooner, on a small one.
OF_THE_RECORD = {"--as-of", "--from", "--since", "--actor"}
ALL = commands()
STARTING = [command for command in ALL if command[:3] == LAUNCH]
SERVING = [command for command in ALL if command[:3] == SERVE]
COMPILING = [command for command in ALL if command[:3] == ["uv", "pip", "compile"]]
RUN = [command for command in ALL if command not in (*STARTING, *SERVING, *COMPILING)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with a history, because one command asks for what changed since."""
    folder: Path = shutil.copytree(ROOT, tmp_path_factory.mktemp("readme") / "copy", ignore=LEFT_OUT)
    author = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*author, "commit", "-q", "-m", "A copy"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


def as_line(command: list[str]) -> str:
    return " ".join(command)


def test_the_commands_are_all_of_a_kind_that_is_tested() -> None:
    assert len(STARTING) >= 3
    assert len(COMPILING) == 2
    assert {as_line(command[:3]) for command in RUN} == {
        "python -m components.curate", "python -m components.validation", "python -m components.export"
    }  # fmt: skip


def on_shipped(command: list[str]) -> bool:
    return bool(OF_THE_RECORD & set(command))


@pytest.mark.parametrize(
    "command",
    [pytest.param(command, marks=[pytest.mark.shipped] if on_shipped(command) else []) for command in RUN],
    ids=[as_line(command) for command in RUN],
)
def test_a_command_does_what_it_says(copy: Path, command: list[str]) -> None:
    started = [sys.executable, *command[1:]] if command[0] == "python" else command
    if "components.export" in command and not on_shipped(command):
        started = [*started, "--data", "tests/small"]
    done = subprocess.run(started, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    if "components.export" in command:
        out = copy / (command[command.index("--out") + 1] if "--out" in command else "exports")
        assert list(out.iterdir())
        for word in command:
            if word in {"png", "pdf", "html", "gif", "mp4"}:
                assert list(out.rglob(f"*.{word}")), f"no {word} in {out}"


@pytest.mark.parametrize("command", SERVING, ids=as_line)
def test_a_server_knows_its_options(copy: Path, command: list[str]) -> None:
    asked = [sys.executable, *command[1:], *([] if "--config-only" in command else ["--config-only"])]
    done = subprocess.run(asked, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "upstream" in done.stdout


@pytest.mark.parametrize("command", STARTING, ids=as_line)
def test_what_is_started(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    """Nothing is installed and no server started: which command would be, and whether its options are known."""
    started: list[str] = []

    def become(words: list[str]) -> int:
        started.extend(words)
        return 0

    monkeypatch.setattr(launch, "_environment", lambda _requirements: Path(sys.executable))
    monkeypatch.setattr(launch, "_lacking", lambda _programs: [])
    monkeypatch.setattr(launch, "_become", become)
    assert launch.main(command[3:]) == 0
    if command[3:] == ["test"]:
        assert started == [sys.executable, "-m", "pytest"]
        return
    assert started[1:5] == ["-m", "streamlit", "run", "dashboard.py"]
    ours, _, own = as_line(command[3:]).partition("-- ")
    known = subprocess.run([*started[:4], "--help"], capture_output=True, text=True, check=True).stdout
    for option in re.findall(r"--[\w.]+", ours):
        assert option in known
    monkeypatch.setattr("sys.argv", ["dashboard.py", *own.split()])
    assert "does not know" not in dashboard._options()[1]


@pytest.mark.parametrize("command", COMPILING, ids=lambda command: command[-1])
def test_what_is_pinned_exists(command: list[str]) -> None:
    project = tomllib.loads((ROOT / command[3]).read_text(encoding="utf-8"))
    assert (ROOT / command[command.index("-o") + 1]).is_file()
    assert command[command.index("--extra") + 1] in project["project"]["optional-dependencies"]
    if "--group" in command:
        assert command[command.index("--group") + 1] in project["dependency-groups"]
    head = (ROOT / command[-1]).read_text(encoding="utf-8").splitlines()[:2]
    assert any(command[command.index("--custom-compile-command") + 1] in line for line in head)


def test_its_links_and_its_picture_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target
    picture = ROOT / "static" / "preview.png"
    assert picture.stat().st_size < 150_000
    with Image.open(picture) as image:
        assert image.format == "PNG"
        assert image.width >= 1000
