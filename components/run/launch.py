"""`python3 -m components.launch [test]`: everything that a fresh machine needs, then the dashboard or all tests.

Runs on a bare Python with pip, before anything is installed: it uses the standard library alone. It makes `.venv`,
installs the pinned packages into it, and programs of the system (Chromium, for tests more) where they are missing and
the machine allows it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)
ADMINISTRATORS = ("/usr/sbin", "/usr/local/sbin")  # where nginx lies, which not every user's PATH names


class Program(NamedTuple):
    """A program of the system: what it is called, its names as commands, and the package of Debian that has it."""

    name: str
    commands: tuple[str, ...]
    package: str


CHROMIUM = Program("Chromium", ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), "chromium")
NGINX = Program("nginx", ("nginx",), "nginx-light")
RSVG = Program("rsvg-convert", ("rsvg-convert",), "librsvg2-bin")


def main(arguments: list[str]) -> int:
    """Install what is missing, run the dashboard or the tests with the other arguments, and return their exit code."""
    if sys.version_info < OLDEST:
        return _say(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.", 1)
    testing = arguments[:1] == ["test"]
    try:
        python = _environment(ROOT / "tests" / "requirements.txt" if testing else ROOT / "requirements.txt")
    except subprocess.CalledProcessError as error:
        return _say(f"The packages could not be installed (exit code {error.returncode}); the lines above say why.", 1)
    for program in _lacking([CHROMIUM, NGINX, RSVG] if testing else [CHROMIUM]):
        lost = "its tests cannot run" if testing else "images cannot be drawn on this machine"
        remedy = f"install the package {program.package}"
        _say(f"{program.name} is missing and could not be installed here, so {lost}: {remedy}.")
    # Without an address of its own, Streamlit would ask a server on the internet for the machine's.
    dashboard = ["-m", "streamlit", "run", "dashboard.py", "--browser.serverAddress", "localhost"]
    command = ["-m", "pytest"] if testing else dashboard
    return _become([str(python), *command, *(arguments[1:] if testing else arguments)])


def _become(command: list[str]) -> int:
    """Run a command in place of this process, so that stopping the one stops the other."""
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - our own command
    return subprocess.call(command)  # noqa: S603 - our own command


def _environment(requirements: Path) -> Path:
    """The interpreter of `.venv`, with the pinned packages in it."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    mark = ENVIRONMENT / f"installed-{requirements.parent.name}.sha256"
    if not python.exists():
        # Debian's Python has venv without ensurepip; the pip that is here can install into it from outside.
        venv.create(ENVIRONMENT, with_pip=False)
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        _say("Installing the pinned packages into .venv (a minute or so the first time) …")
        pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
        install = [*pip, "install", "--quiet", "--progress-bar=on", "--require-hashes", "-r", str(requirements)]
        subprocess.run(install, check=True)  # noqa: S603 - our own command
        mark.write_text(wanted, encoding="utf-8")
    return python


def _lacking(programs: Sequence[Program]) -> list[Program]:
    """The programs that are not here and cannot be installed either."""
    missing = [program for program in programs if not _is_here(program)]
    if missing and _apt("update"):
        for program in missing:
            _say(f"Installing {program.package} from the system's packages (a few minutes) …")
            if _apt("install", "-y", "--no-install-recommends", program.package) and program is NGINX:
                _stop_nginx()
    return [program for program in missing if not _is_here(program)]


def _is_here(program: Program) -> bool:
    if program is CHROMIUM and os.environ.get("BROWSER_PATH"):
        return True
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *ADMINISTRATORS])
    return any(shutil.which(command, path=path) for command in program.commands)


def _stop_nginx() -> None:
    """Stop the server that Debian starts with nginx: the tests start their own."""
    if shutil.which("systemctl"):
        stop = [*(_sudo() or []), "systemctl", "disable", "--now", "nginx"]
        subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603


def _sudo() -> list[str] | None:
    """What stands before a command that only root may run; None where this user cannot run it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo", "--non-interactive"] if shutil.which("sudo") else None


def _apt(*arguments: str) -> bool:
    """Run Debian's apt-get, where this user may do so without being asked for a password; False where it fails."""
    apt, sudo = shutil.which("apt-get"), _sudo()
    if apt is None or sudo is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*sudo, apt, "-qq", *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own command
    return done.returncode == 0


def _say(sentence: str, code: int = 0) -> int:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
    return code
