"""A rehearsal of Streamlit Community Cloud: an empty folder, the tracked files, what the service reads, and its flags.

Log of the run: with `-s`, or where a test fails.
"""

import hashlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, expect

from components.record.chosen import VARIABLE
from tests.browsing import WIDE, address_of, answers, leaves, settled
from tests.conftest import ROOT
from tests.waiting import until

PAGES = ("", "matrix", "funds", "changes", "countries", "data")
SESSIONS, MEGABYTES = 10, 500
# The service takes the first of these that it finds; ours must be the only one.
READ_FIRST = ("uv.lock", "Pipfile", "environment.yml")
FLAGS = [
    "--server.headless=true", "--server.runOnSave=true", "--client.showErrorDetails=false",
    "--runner.fastReruns=true", "--browser.gatherUsageStats=true",
]  # fmt: skip
_made: dict[str, Path] = {}


@dataclass(frozen=True)
class Place:
    """A folder as the service would have it: the files, an own interpreter, and a home with nothing in it."""

    files: Path
    python: Path
    home: Path

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: value for name in ("LANG", "BROWSER_PATH") if (value := os.environ.get(name))}
        return {**kept, "PATH": f"{self.python.parent}:{os.environ['PATH']}", "HOME": str(self.home)}

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [str(self.python), *command],
            cwd=self.files,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    home, files = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("app")
    for path in tracked():
        (files / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, files / path)
    return Place(files, installed(files / "requirements.txt", tmp_path_factory, home), home)


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.split("\0") if path]


def installed(requirements: Path, folders: pytest.TempPathFactory, home: Path) -> Path:
    """The interpreter of a new environment with those packages alone; once for the same ones in a run of the tests."""
    key = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if key not in _made:
        folder = folders.mktemp("environment")
        # As in components.run.launch: Debian's Python makes no pip of its own, and the one outside does as well.
        venv.create(folder, with_pip=False, symlinks=True)
        python = folder / "bin" / "python"
        outside = getattr(sys, "_base_executable", sys.executable)
        command = [outside, "-m", "pip", "--python", str(python), "install", "--no-cache-dir", "--progress-bar=off"]
        environ = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
        began = time.monotonic()
        done = subprocess.run(
            [*command, "--disable-pip-version-check", "-r", str(requirements)],
            env={**environ, "HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        say(f"pip install -r requirements.txt: {time.monotonic() - began:.0f} s", done.stdout.strip().splitlines()[-1])
        _made[key] = python
    return _made[key]


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"[cloud] {line}\n" for line in lines))


@dataclass(frozen=True)
class Server:
    address: str
    process: subprocess.Popen[bytes]

    @property
    def megabytes(self) -> float:
        """The memory that the server and all that it started hold."""
        return sum(resident(pid) for pid in family(self.process.pid)) / 1024


@contextmanager
def started(place: Place, log: Path, port: int = 0, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The app, started as the service starts it, for as long as the block runs."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    command = [str(place.python), "-m", "streamlit", "run", "dashboard.py", *FLAGS]
    bound = ["--server.address=127.0.0.1", f"--server.port={port}"]
    began = time.monotonic()
    with log.open("ab") as written:
        process = subprocess.Popen(
            [*command, *bound],
            cwd=place.files,
            env={**place.environ, **(environ or {})},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        until(lambda: answers(port), lambda: process.poll() is None, log.read_text)
        say(f"streamlit run dashboard.py answers after {time.monotonic() - began:.1f} s")
        yield Server(address, process)
    finally:
        process.kill()  # the service does not wait for readers either
        process.wait()
        say(*log.read_text().strip().splitlines())


@pytest.fixture(scope="module")
def server(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(place, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


def family(pid: int) -> list[int]:
    children = [
        int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()
    ]
    return [pid, *(member for child in children for member in family(child))]


def resident(pid: int) -> int:
    """Kilobytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


@contextmanager
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of whom nothing is known yet, who cannot reach anything else."""
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    context.route(leaves, lambda route: route.abort())  # the service's own count of visits
    yield context
    context.close()


def test_there_is_one_file_of_packages_for_the_service_to_read(place: Place) -> None:
    assert not [name for name in READ_FIRST if (place.files / name).exists()]
    assert (place.files / ".streamlit" / "config.toml").is_file()
    assert (place.files / "packages.txt").read_text(encoding="utf-8").split() == ["chromium"]


def test_the_environment_holds_what_is_pinned_and_nothing_of_the_tests(place: Place) -> None:
    names = place.run(
        "-c", "import importlib.metadata as m; print(*(d.name.lower() for d in m.distributions()))"
    ).split()
    assert {"streamlit", "plotly", "pandas", "choreographer"} <= set(names)
    assert not {"pytest", "playwright", "mypy"} & set(names)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(browser: Browser, server: Server, path: str) -> None:
    with visitor(browser) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{server.address}/{path}?date=2024-01-01")
        settled(page)
        expect(page.locator("h1")).not_to_be_empty()
        expect(page.locator('[data-testid="stException"], [data-testid="stAlert"]')).to_have_count(0)
        if path in {"", "matrix", "funds"}:
            page.wait_for_selector(".js-plotly-plot .main-svg")
        if not path:
            page.wait_for_function("document.querySelectorAll('.choroplethlayer path').length > 190")
        assert not errors
        say(f"/{path}: {page.locator('h1').inner_text()}")


@pytest.mark.shipped
def test_an_image_can_be_drawn(place: Place, tmp_path: Path) -> None:
    said = place.run("-m", "components.export", "map", "--as-of", "2021-09-27", "--out", str(tmp_path))
    say(f"python -m components.export map: {said.strip()}")
    written = list(tmp_path.glob("*.png"))
    assert len(written) == 1
    with Image.open(io.BytesIO(written[0].read_bytes())) as image:
        assert len(image.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 50


def test_ten_sessions_fit_the_memory_of_the_service(browser: Browser, server: Server) -> None:
    before = server.megabytes
    with visitor(browser) as context:
        pages = [context.new_page() for _ in range(SESSIONS)]
        for number, page in enumerate(pages):
            page.goto(f"{server.address}/{PAGES[number % len(PAGES)]}?date=2023-0{number % 9 + 1}-01")
        for page in pages:
            settled(page)
            expect(page.locator("h1")).not_to_be_empty()
        held = server.megabytes
    say(f"memory of the server: {before:.0f} MB before, {held:.0f} MB with {SESSIONS} sessions open")
    assert held < MEGABYTES


@pytest.mark.shipped
def test_after_a_sleep_an_address_shows_what_it_showed(browser: Browser, place: Place, tmp_path: Path) -> None:
    with visitor(browser) as context:
        page = context.new_page()
        with started(place, tmp_path / "log") as before:
            page.goto(f"{before.address}/matrix?date=2024-01-01&actor=CHN")
            settled(page)
            shown, address = page.locator("h1").inner_text(), address_of(page)
        with started(place, tmp_path / "log", int(before.address.rpartition(":")[2])):
            page.goto(address)
            settled(page)
            expect(page.locator("h1")).to_have_text(shown)
            expect(page.locator("h3").first).to_have_text("China")


@pytest.mark.parametrize("told", ["environment", "secrets"])
def test_a_second_app_of_the_same_files_shows_another_subject(
    browser: Browser, place: Place, tmp_path: Path, told: str
) -> None:
    secrets = place.files / ".streamlit" / "secrets.toml"
    if told == "secrets":
        secrets.write_text(f'{VARIABLE} = "tests/kosovo"\n', "utf-8")
    environ = {VARIABLE: "tests/kosovo"} if told == "environment" else {}
    try:
        with visitor(browser) as context, started(place, tmp_path / "log", environ=environ) as running:
            page = context.new_page()
            for path in PAGES:
                page.goto(f"{running.address}/{path}?data=data&{VARIABLE}=data")
                settled(page)
                expect(page.locator("#root .name")).to_have_text("Kosovo Recognition Sample")
                expect(page).to_have_title(re.compile("Kosovo Recognition Sample$"))
                expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    finally:
        secrets.unlink(missing_ok=True)


def test_a_setting_that_names_no_folder_is_told_and_nothing_is_shown_in_its_place(
    browser: Browser, place: Place, tmp_path: Path
) -> None:
    with visitor(browser) as context, started(place, tmp_path / "log", environ={VARIABLE: "kosvo"}) as running:
        page = context.new_page()
        for path in (*PAGES, "?chart=map&embed=true"):
            page.goto(f"{running.address}/{path}")
            settled(page)
            expect(page.get_by_role("alert")).to_contain_text(f"{VARIABLE}, of the environment or of the app’s secrets")
            expect(page.locator("h1, .js-plotly-plot")).to_have_count(0)
