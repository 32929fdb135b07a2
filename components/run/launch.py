"""`python3 -m components.launch [test]`: everything that a fresh machine needs, then the dashboard or all tests.

Runs on a bare Python with pip, before anything is installed: it uses the standard library alone. It makes `.venv`,
installs the pinned packages into it, and Chromium (for tests nginx too) where it is missing and the machine allows it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Install what is missing, run the dashboard or the tests with the other arguments, and return their exit code."""
    if sys.version_info < OLDEST:
        return _say(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.", 1)
    testing = arguments[:1] == ["test"]
    try:
        python = _environment(ROOT / "tests" / "requirements.txt" if testing else ROOT / "requirements.txt")
    except subprocess.CalledProcessError as error:
        return _say(f"The packages could not be installed (exit code {error.returncode}); the lines above say why.", 1)
    if not _browser() and not (_install("chromium") and _browser()):
        lost = "the browser tests cannot run" if testing else "images cannot be drawn on this machine"
        _say(f"Chromium is missing and could not be installed here, so {lost}: install the package chromium.")
    if testing and not _nginx() and not _install_nginx():
        _say("nginx is missing and could not be installed here, so its tests cannot run: install nginx-light.")
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


def _browser() -> str | None:
    return os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def _install_nginx() -> bool:
    """Install it, and stop the server that Debian starts with it: the tests start their own."""
    if not _install("nginx-light"):
        return False
    if shutil.which("systemctl"):
        stop = [*(_sudo() or []), "systemctl", "disable", "--now", "nginx"]
        subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    return _nginx() is not None


def _sudo() -> list[str] | None:
    """What stands before a command that only root may run; None where this user cannot run it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo", "--non-interactive"] if shutil.which("sudo") else None


def _install(package: str) -> bool:
    """Try Debian's package, where this user may install packages without being asked for a password."""
    apt, sudo = shutil.which("apt-get"), _sudo()
    if apt is None or sudo is None:
        return False
    _say(f"Installing {package} from the system's packages (a few minutes) …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        done = subprocess.run([*sudo, apt, *step], env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
        if done.returncode != 0:
            return False
    return True


def _say(sentence: str, code: int = 0) -> int:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
    return code
