"""A real server and a real Chromium for the tests that need them; each folder's conftest hands on their fixtures."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from tests.conftest import ROOT
from tests.waiting import PATIENCE, until

expect.set_options(timeout=PATIENCE * 1000)

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
# The first byte of a message by which a browser asks for a run of the script.
RERUN = BackMsg(rerun_script=ClientState()).SerializeToString()[0]
# Streamlit shows whether its script runs, but not yet that a run has been asked for: the state of its outermost React
# component says which run is the last one that has begun, and each message to the server for a new one is noted here.
SETTLED = """rerun => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || !document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')) return false;
  const last = () => {
    let fiber = app[Object.keys(app).find(key => key.startsWith("__reactFiber"))];
    while (!fiber.stateNode?.state?.scriptRunId) fiber = fiber.return;
    return fiber.stateNode.state.scriptRunId;
  };
  if (!window.watched) {
    window.watched = {askedAfter: ""};
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (message) {
      if (new Uint8Array(message)[0] === rerun) window.watched.askedAfter = last();
      return send.call(this, message);
    };
  }
  return window.watched.askedAfter !== last() && app.dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-testid="stSkeleton"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(c => c.querySelector(".main-svg"));
}"""
# The point of the screen inside a country's shape that is furthest from the edges of its box.
POINT_IN = """id => {
  const path = [...document.querySelectorAll('.choroplethlayer path')].find(p => p.__data__ && p.__data__.loc === id);
  const box = path.getBoundingClientRect(), inverse = path.getScreenCTM().inverse();
  const steps = [10, 9, 11, 8, 12, 7, 13, 6, 14, 5, 15];
  for (const i of steps) for (const j of steps) {
    const point = new DOMPoint(box.left + box.width * i / 20, box.top + box.height * j / 20);
    if (path.isPointInFill(point.matrixTransform(inverse))) return {x: point.x, y: point.y};
  }
}"""
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
        until(lambda: answers(self.port), lambda: self.process.poll() is None, self.log.read_text)
        return f"http://127.0.0.1:{self.port}"

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def answers(port: int) -> bool:
    """Whether a server of Streamlit's at a port of this machine says that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1400 pixels that fails the test on any request that leaves the machine and on any script error."""
    context = browser.new_context(viewport=WIDE, accept_downloads=True)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
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
    """Wait until the script has run for whatever was asked of it so far, and its words and pictures are there.

    A slider and a table ask only a while after they were used: wait for what they change.
    """
    # A field passes on what a reader changes once it is painted anew, and Streamlit asks in a timer of 0 ms after that.
    painted_twice = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20)))"
    for _ in range(2):  # a run has a number a moment before it says that it runs
        page.evaluate(f"new Promise(done => {painted_twice})")
        page.wait_for_function(SETTLED, arg=RERUN, timeout=PATIENCE * 1000)


def choose(page: Page, label: str, words: str) -> None:
    """Type into a list of the page and take the first that fits."""
    field = page.get_by_label(label, exact=True)
    fitting = page.get_by_role("option", name=words).first

    def offered() -> bool:
        field.fill(words)
        with suppress(PlaywrightTimeout):  # a list that is drawn anew forgets what was typed
            fitting.and_(page.locator("[data-focused]")).wait_for(timeout=2000)
        return fitting.is_visible()

    until(offered, say=lambda: f"{label} does not offer {words}")
    field.press("Enter")
    settled(page)
    if page.locator("[data-testid=stMultiSelect]", has=field).count():
        field.press("Escape")  # its list stays open for more, which would empty a list of one


def address_of(page: Page) -> str:
    """The address as the browser has it now; `page.url` hears of changes only while Playwright is at work."""
    return str(page.evaluate("location.href"))


def painted(page: Page) -> None:
    settled(page)
    page.wait_for_function("document.querySelectorAll('.choroplethlayer path').length > 190", timeout=PATIENCE * 1000)
