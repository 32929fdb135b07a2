"""One warm headless Chromium, offline: pictures as PNG, SVG and PDF, drawings for a page, pages as PDF.

Belongs here: the browser and what is asked of it. Does not belong here: which pictures there are, files, commands.
"""

import asyncio
import base64
import functools
import json
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import choreographer
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.browsers.chromium import ChromeNotFoundError
from choreographer.channels import ChannelClosedError

from components.figures.figure import Figure
from components.figures.theme import ACCENT, INK, NO_TOPOLOGY, PAPER, QUIET, RULE, Look
from components.publish.fonts import OUTLINES, font_face, package_folder
from components.publish.shapes import Shape
from components.publish.templates import render, text
from components.record.shapes import load_shapes

FORMATS = ("png", "svg", "pdf")
COLOURS = {"ink": INK, "quiet": QUIET, "rule": RULE, "paper": PAPER, "accent": ACCENT}
PARTS = ("heading", "legend", "below")
SECONDS = 120  # that one image may take
PX_PER_INCH = 96
RATIO = 2.2  # of the width to the height of a drawing that fills what it is given, where nothing says how high it is


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


class Worded(Protocol):
    """A figure with words around it, as a picture or a frame of a film is."""

    @property
    def figure(self) -> Figure: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def alt(self) -> str: ...  # noqa: D102
    def words(self, part: str, theme: str = "") -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Order:
    """A picture and the file that it is to become: its shape, theme and format; `scale` counts for a PNG alone."""

    picture: Worded
    shape: Shape
    theme: str
    image_format: str
    scale: float = 1


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


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab that shows the stage: a page with Plotly's script, the fonts, and room for one picture."""

    session: choreographer.Tab

    async def ask(self, command: str, **parameters: Any) -> dict[str, Any]:
        """What the browser's protocol answers to a command. Raises ValueError with its message."""
        answer = await self.session.send_command(command, params=parameters)
        if "error" in answer:
            raise ValueError(f"Chromium could not do this ({command}): {answer['error'].get('message')}")
        result: dict[str, Any] = answer["result"]
        return result

    async def call(self, function: str, argument: object) -> Any:
        """What a function of the stage gives. Raises ValueError where it fails."""
        expression = f"{function}({json.dumps(argument)})"
        answer = await self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if problem := answer.get("exceptionDetails"):
            told = problem.get("exception", {}).get("description") or problem.get("text")
            raise ValueError(f"A figure could not be drawn: {told}")
        return answer["result"].get("value")

    async def image(self, order: Order) -> bytes:
        """A picture as the bytes of its file."""
        width, height = await self._set(order)
        named = {"title": order.picture.title, "description": order.picture.alt}
        if order.image_format == "svg":
            return str(await self.call("asSvg", named)).encode()
        if order.image_format == "pdf":
            return await self._as_pdf(width, height)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = await self.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    async def plot(self, picture: Worded, theme: str, width: int, height: int) -> str:
        """The drawing of a picture alone, as an SVG."""
        shape = Shape("", width, 0, 1)
        await self._set(Order(picture, shape, theme, "svg"), height=height, words=False)
        return str(await self.call("plotAsSvg", None))

    async def page_as_pdf(self, page: str) -> bytes:
        """Print a page, once its fonts are there, and go back to the stage."""
        frame = (await self.ask("Page.getFrameTree"))["frameTree"]["frame"]
        await self.ask("Page.setDocumentContent", frameId=frame["id"], html=page)
        await self.ask("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True)
        options = {"printBackground": True, "preferCSSPageSize": True, "generateDocumentOutline": True}
        pdf = await self.ask("Page.printToPDF", **options)
        await self.open(frame["url"])
        return base64.b64decode(pdf["data"])

    async def open(self, address: str) -> None:
        """Show the stage and hand it the shapes of the world and of the font's signs, once."""
        loaded = self.session.subscribe_once("Page.loadEventFired")
        await self.ask("Page.enable")
        await self.ask("Page.navigate", url=address)
        await loaded
        await self.call("setUp", {"shapes": load_shapes(), "outlines": _outlines()})

    async def _set(self, order: Order, *, height: int = 0, words: bool = True) -> tuple[int, int]:
        """Put words and drawing in place; the size of the whole in px of the picture."""
        shape, picture = order.shape, order.picture
        look = Look("dark" if order.theme == "dark" else "light")
        size = {"width": shape.inner_width, "height": shape.inner_height}
        scale = order.scale * shape.magnified if order.image_format == "png" else 1
        await self.ask(
            "Emulation.setDeviceMetricsOverride",
            **{**size, "height": size["height"] or 800},
            deviceScaleFactor=scale,
            mobile=False,
        )
        room = await self.call(
            "setWords",
            {
                **size,
                "title": picture.title,
                "words": {part: picture.words(part) if words else "" for part in PARTS},
                "aside": words and shape.wide and picture.figure.heights != (0, 0),
                "colours": {name: look.of(paint) for name, paint in COLOURS.items()},
                "dark": look.theme == "dark",
                "edge": shape.edge if words else 0,
            },
        )
        figure = picture.figure.draw(Look(look.theme, room["width"], room["height"] if size["height"] else 0, "world"))
        drawn = json.loads(figure.to_json())
        if not drawn["layout"].get("height"):
            drawn["layout"]["height"] = height or round(room["width"] / RATIO)
        drawn["layout"]["width"] = room["width"]
        drawn["config"] = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "staticPlot": True}
        whole = await self.call("setPlot", drawn)
        return whole["width"], whole["height"]

    async def _as_pdf(self, width: int, height: int) -> bytes:
        paper = {"paperWidth": width / PX_PER_INCH, "paperHeight": height / PX_PER_INCH}
        margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0)
        pdf = await self.ask("Page.printToPDF", printBackground=True, **paper, **margins, pageRanges="1")
        return base64.b64decode(pdf["data"])


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
        stage.write_text(_stage(), encoding="utf-8")
        try:
            browser = choreographer.Browser(headless=True)
        except ChromeNotFoundError as error:
            raise NoChromium from error
        try:
            yield Renderer(loop.run(_answered(_opened(browser, stage.as_uri(), tabs))), loop)
        finally:
            with suppress(Exception, asyncio.CancelledError):  # of a browser that has ended already
                loop.run(browser.close())


@functools.cache
def _outlines() -> dict[str, dict[str, str]]:
    outlines: dict[str, dict[str, str]] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return outlines


def _stage() -> str:
    return render(
        "stage.html",
        faces=font_face(),
        style=text("picture.css") + text("stage.css"),
        plotly=(package_folder("plotly") / "package_data" / "plotly.min.js").as_uri(),
        script=text("picture_svg.js") + text("stage.js"),
    )


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
