"""The one browser on the server that draws designed pictures for readers: started when asked, closed soon after."""

import os
import queue
import threading
from concurrent.futures import Future
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from components.publish.browser import Renderer
    from components.publish.stage import Order

LIBRARIES = ("choreographer", "fontTools")
MEGABYTE = 1 << 20
NEEDED = 600 * MEGABYTE  # what a browser takes; with less left it is not started
ROOMY = 1000 * MEGABYTE  # left beside a running browser, so that it may wait for the next reader
WARM_SECONDS = 60
MOST_WAITING = 4  # readers; each takes one of the few threads that hand out downloads
CONTROL_GROUP = Path("/sys/fs/cgroup")


class Busy(Exception):  # noqa: N818 - the name says what is the matter
    """So many readers wait for pictures that one more would hold up what others do."""


class Studio:
    """A queue of pictures before one browser in a thread of its own; readers wait for theirs, the server does not."""

    def __init__(self) -> None:
        """Begin without a browser."""
        self._orders: queue.Queue[tuple[Order, Future[bytes]]] = queue.Queue()
        self._door = threading.Lock()
        self._open = False
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)

    def draw(self, order: "Order") -> bytes:
        """A picture as a file. Raises Busy at once, or what `publish.browser` raises."""
        if not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            return self._drawn(order)
        finally:
            self._waiting.release()

    def _drawn(self, order: "Order") -> bytes:
        done: Future[bytes] = Future()
        with self._door:
            self._orders.put((order, done))
            if not self._open:
                self._open = True
                threading.Thread(target=self._work, name="studio", daemon=True).start()
        return done.result()

    def _work(self) -> None:
        from components.publish.browser import renderer  # noqa: PLC0415 - pages start without the image libraries

        try:
            with renderer() as browser:
                while self._draw_next(browser):
                    pass
        except Exception as error:  # whatever it is, nobody is to wait for ever
            with self._door:
                self._open = False
                self._refuse_all(error)

    def _draw_next(self, browser: "Renderer") -> bool:
        """Draw the next one in the queue; whether the browser is to go on."""
        try:
            order, done = self._orders.get(timeout=WARM_SECONDS if memory_left() > ROOMY else 0.1)
        except queue.Empty:
            with self._door:
                self._open = not self._orders.empty()
            return self._open
        try:
            done.set_result(browser.draw(order))
        except ValueError as error:  # this figure cannot be drawn; others can
            done.set_exception(error)
        except Exception as error:
            done.set_exception(error)
            raise
        return True

    def _refuse_all(self, error: Exception) -> None:
        with suppress(queue.Empty):
            while True:
                self._orders.get_nowait()[1].set_exception(error)


@st.cache_resource(show_spinner=False)
def studio() -> Studio:
    """The studio that all readers share."""
    return Studio()


@st.cache_resource(show_spinner=False)
def has_chromium() -> bool:
    """Whether this machine could draw pictures: asked once, without starting anything."""
    if any(find_spec(library) is None for library in LIBRARIES):
        return False
    from choreographer.browsers.chromium import Chromium  # noqa: PLC0415 - only where it is there

    return bool(os.environ.get("BROWSER_PATH") or Chromium.find_browser(skip_local=False))


def memory_left() -> int:
    """How many bytes of memory this process and a browser may still take, by the machine and by its container."""
    left = [_number(line) * 1024 for line in _lines(Path("/proc/meminfo")) if line.startswith("MemAvailable")]
    limit, used = (_lines(CONTROL_GROUP / name) for name in ("memory.max", "memory.current"))
    if limit and used and limit[0].isdecimal():
        cached = [_number(line) for line in _lines(CONTROL_GROUP / "memory.stat") if line.startswith("inactive_file ")]
        left.append(int(limit[0]) - int(used[0]) + sum(cached))
    return min(left, default=ROOMY)  # where nobody says, as on a reader's own machine


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _number(line: str) -> int:
    return int(line.split()[1])
