"""A real server and a real Chromium for the tests that need them; their fixtures reach tests through conftest."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
WIDE, PHONE = {"width": 1400, "height": 1000}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A started Chromium; for one module, because Playwright keeps an event loop that the exporter cannot share."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Chromium is missing: install the package chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


class running:  # noqa: N801 - reads as a sentence
    """A server of the dashboard for as long as the block runs; gives its address."""

    def __init__(self, log: Path, *arguments: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = log
        self.arguments = arguments

    def __enter__(self) -> str:
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"]
        bound = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, *bound, *self.arguments], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
            )
        address = f"http://127.0.0.1:{self.port}"
        for _ in range(300):
            assert self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                    return address
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1400 pixels that fails the test on any request that leaves the machine and on any script error."""
    context = browser.new_context(viewport=WIDE, accept_downloads=True)  # type: ignore[arg-type]
    opened = context.new_page()
    left: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda r: left.append(r.url) if leaves(r.url) else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not left
    assert not errors


def leaves(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1"


def settled(page: Page) -> None:
    """Wait until the script has run and the page is drawn."""
    page.wait_for_timeout(250)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_timeout(250)


def painted(page: Page) -> None:
    settled(page)
    page.wait_for_function("document.querySelectorAll('.choroplethlayer path').length > 190", timeout=60_000)
