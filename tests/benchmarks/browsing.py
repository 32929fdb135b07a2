"""What a reader's browser sees: when the map is painted, with an empty and a full cache, and what a step sends."""

import asyncio
import contextlib
import os
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, sync_playwright

from tests.benchmarks.servers import Server
from tests.benchmarks.table import Line, ratio
from tests.browsing import ARGUMENTS

SHAPE = ".choroplethlayer path"
DRAWN = 100  # shapes, after which the map counts as painted
WIDE = {"width": 1280, "height": 800}
NOT_RUNNING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
STEPS = 7


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A started Chromium."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


def paints(rounds: int) -> list[Line]:
    """The first page until its map is painted, of both in turns; the servers are warm."""
    found: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(name, bare=name == "bare page")) for name in ("bare page", "dashboard")]
        started = stack.enter_context(browser())
        for server in servers:  # neither server nor browser does anything for the first time
            with started.new_context(viewport=WIDE) as context:  # type: ignore[arg-type]
                _painted_after(context, server.address)
        for _ in range(rounds):
            for server in servers:
                with started.new_context(viewport=WIDE) as context:  # type: ignore[arg-type]
                    for cache in ("empty", "full"):
                        found.setdefault((cache, server.name), []).append(_painted_after(context, server.address))
    return [
        ratio(
            f"first page painted, cache {cache}",
            statistics.median(found[cache, "dashboard"]),
            statistics.median(found[cache, "bare page"]),
            "s",
            goal=1.15,
        )
        for cache in ("empty", "full")
    ]


def _painted_after(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(SHAPE).nth(DRAWN).wait_for(state="attached", timeout=60_000)
    seconds = time.perf_counter() - begun
    page.wait_for_selector(NOT_RUNNING, timeout=60_000)
    page.close()
    return seconds


def sent() -> list[Line]:
    """What a step of the date sends to a browser: as its messages are, and as they go over the wire, packed."""
    with Server("dashboard") as server, Wire(server.port) as wire, browser() as started:
        page = started.new_page(viewport=WIDE)  # type: ignore[arg-type]
        frames: list[int] = []

        def listen(socket: WebSocket) -> None:
            socket.on("framereceived", lambda content: frames.append(len(content)))

        page.on("websocket", listen)
        page.goto(f"{wire.address}/?date=2026-06-30")
        page.locator(SHAPE).nth(DRAWN).wait_for(state="attached", timeout=60_000)
        _settle(page)
        plain, packed = [], []
        for _ in range(STEPS):
            frames.clear()
            before = wire.received
            page.get_by_role("button", name="Previous").click()
            _settle(page)
            plain.append(sum(frames))
            packed.append(wire.received - before)
    return [
        Line("step of the date, sent over the wire", statistics.median(packed) / 1000, "kB", goal=20),
        Line("step of the date, messages unpacked", statistics.median(plain) / 1000, "kB"),
    ]


def _settle(page: Page) -> None:
    page.wait_for_timeout(700)
    page.wait_for_selector(NOT_RUNNING, timeout=60_000)
    page.wait_for_timeout(700)


@dataclass
class Wire:
    """A port that hands everything on to another one of this machine and counts what comes back."""

    target: int
    received: int = 0
    port: int = 0
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __enter__(self) -> "Wire":
        """Listen, in a thread of its own."""
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        """Hand nothing on any more."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        listening = self.loop.run_until_complete(asyncio.start_server(self._hand_on, "127.0.0.1", 0))
        self.port = listening.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        their_reader, their_writer = await asyncio.open_connection("127.0.0.1", self.target)
        both = self._copy(reader, their_writer, False), self._copy(their_reader, writer, True)
        await asyncio.gather(*both, return_exceptions=True)

    async def _copy(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while content := await source.read(65_536):
                self.received += len(content) if counted else 0
                target.write(content)
                await target.drain()
        target.close()
