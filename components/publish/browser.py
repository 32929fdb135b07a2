"""One warm headless Chromium, offline, that draws pictures as PNG, SVG and PDF, and prints pages.

Belongs here: starting and ending it, several tabs at once, what is said when it is missing or lost.
Does not belong here: what a tab does (stage), which pictures there are, files, commands.
"""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import choreographer
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.browsers.chromium import ChromeNotFoundError
from choreographer.channels import ChannelClosedError

from components.publish.stage import Order, Tab, Worded, stage_page

SECONDS = 120  # that one image may take


class NoChromium(Exception):  # noqa: N818 - the name says what is missing
    """There is no Chromium or Chrome that could draw images; the message says what to install."""

    def __init__(self) -> None:
        """Say it in one sentence."""
        super().__init__(
            "Images are drawn by Chromium, which was not found: install it "
            "(Debian and Ubuntu: apt-get install chromium) or set BROWSER_PATH to a Chrome or Chromium."
        )


class ChromiumLost(Exception):  # noqa: N818 - the name says what happened
    """Chromium ended, or did not answer any more, before an image was drawn; the message says what to do."""

    def __init__(self) -> None:
        """Say it in one sentence."""
        super().__init__(
            "Chromium ended or stopped answering before all was drawn: run the same again, "
            "with fewer --jobs where memory is short."
        )


Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Renderer:
    """A started browser that draws, as many at once as it has tabs. Each method raises ChromiumLost."""

    tabs: "asyncio.Queue[Tab]"
    loop: asyncio.Runner

    def draw(self, order: Order) -> bytes:
        """A picture as the bytes of its file, an SVG the same each time."""
        return self.loop.run(self._drawn(order))

    def draw_each(self, orders: Iterable[tuple[Key, Order]], take: Callable[[Key, bytes], None]) -> None:
        """Draw all of them and hand each over, with its key, as soon as it is done.

        What `orders` or `take` raise ends it.
        """
        queue = iter(orders)

        async def work() -> None:
            for key, order in queue:
                take(key, await self._drawn(order))

        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.tabs.qsize()):
                    group.create_task(work())

        try:
            self.loop.run(all_of_them())
        except BaseExceptionGroup as found:
            raise found.exceptions[0] from None

    def draw_plot(self, picture: Worded, theme: str, width: int, height: int = 0) -> str:
        """The drawing alone as an SVG element of that width; its height is its own where its rows decide."""

        async def drawn() -> str:
            async with self._tab() as tab:
                return await tab.plot(picture, theme, width, height)

        return self.loop.run(_answered(drawn()))

    def print_page(self, page: str) -> bytes:
        """A self-contained HTML page as the bytes of a PDF file, on the paper that its style states."""

        async def printed() -> bytes:
            async with self._tab() as tab:
                return await tab.page_as_pdf(page)

        return self.loop.run(_answered(printed()))

    async def _drawn(self, order: Order) -> bytes:
        async with self._tab() as tab:
            drawn: bytes = await _answered(tab.image(order))
            return drawn

    @asynccontextmanager
    async def _tab(self) -> AsyncIterator["Tab"]:
        tab = await self.tabs.get()
        try:
            yield tab
        finally:
            self.tabs.put_nowait(tab)


@contextmanager
def renderer(tabs: int = 1) -> Iterator[Renderer]:
    """A warm browser with so many tabs for as long as the block runs. Raises NoChromium where there is none.

    It raises ChromiumLost where there is one that does not start.
    """
    with tempfile.TemporaryDirectory(prefix="stage-") as folder, asyncio.Runner() as loop:
        # What these would log of a browser that ended, ChromiumLost says.
        logging.getLogger("choreographer").setLevel(logging.CRITICAL)
        loop.get_loop().set_exception_handler(lambda _loop, _what: None)
        stage = Path(folder) / "stage.html"
        stage.write_text(stage_page(), encoding="utf-8")
        try:
            browser = choreographer.Browser(headless=True)
        except ChromeNotFoundError as error:
            raise NoChromium from error
        try:
            yield Renderer(loop.run(_answered(_opened(browser, stage.as_uri(), tabs))), loop)
        finally:
            with suppress(Exception, asyncio.CancelledError):  # of a browser that has ended already
                loop.run(browser.close())


async def _opened(browser: choreographer.Browser, stage: str, tabs: int) -> "asyncio.Queue[Tab]":
    await browser.open()
    queue: asyncio.Queue[Tab] = asyncio.Queue()
    for _ in range(tabs):
        tab = Tab(await browser.create_tab("about:blank", window=True))  # hidden tabs draw nothing
        await tab.ask("Network.enable")
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        await tab.ask("Network.emulateNetworkConditions", **offline)
        await tab.open(stage)
        queue.put_nowait(tab)
    return queue


async def _answered(asked: Coroutine[Any, Any, Any]) -> Any:
    """What the browser gives back. Raises ChromiumLost where it ended or takes too long."""
    try:
        return await asyncio.wait_for(asked, SECONDS)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task and task.cancelling():  # it is this work that was cancelled, and not the browser that went away
            raise
        raise ChromiumLost from None
    except (TimeoutError, ChannelClosedError, BrowserClosedError, BrowserFailedError) as error:
        raise ChromiumLost from error
