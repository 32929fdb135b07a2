"""One warm headless Chromium, offline, that draws pictures as PNG, SVG and PDF, and prints pages.

Belongs here: what can be asked of it, several tabs at once. Does not belong here: starting and ending it (chromium),
what a tab does (stage), which pictures there are, files, commands.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from components.publish.chromium import ChromiumLost, NoChromium, answered, chromium
from components.publish.stage import Order, Tab, Worded

__all__ = ["ChromiumLost", "NoChromium", "Renderer", "renderer"]

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Renderer:
    """A started browser that draws, as many at once as it has tabs. Each method raises ChromiumLost.

    `undrawn` gathers the signs that no font of this machine has, and that are boxes in what was drawn.
    """

    tabs: "asyncio.Queue[Tab]"
    loop: asyncio.Runner
    undrawn: set[str]

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

        return self.loop.run(answered(drawn()))

    def print_page(self, page: str) -> bytes:
        """A self-contained HTML page as the bytes of a PDF file, on the paper that its style states."""

        async def printed() -> bytes:
            async with self._tab() as tab:
                return await tab.page_as_pdf(page)

        return self.loop.run(answered(printed()))

    async def _drawn(self, order: Order) -> bytes:
        async with self._tab() as tab:
            drawn: bytes = await answered(tab.image(order))
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
    undrawn: set[str] = set()
    with chromium(tabs, undrawn) as (queue, loop):
        yield Renderer(queue, loop, undrawn)
