"""Figures as image files: one warm headless Chromium, offline, in the same fonts as the page.

Belongs here: the browser, fonts and files.
Does not belong here: which charts there are (catalogue), or the command line.
"""

import asyncio
import base64
import logging
import os
import re
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import kaleido
import plotly.graph_objects as go
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.browsers.chromium import ChromeNotFoundError
from choreographer.channels import ChannelClosedError
from fontTools.ttLib import TTFont
from kaleido.errors import JavascriptError, KaleidoError

from components.figures.stance_map import NO_TOPOLOGY

FORMATS = ("png", "svg", "pdf")
WIDTH, HEIGHT = 1200, 675
PNG_SCALE = 2
EDGE = 24
CHARACTERS = 150  # of small text in a line of WIDTH pixels
SECONDS = 120  # that one image may take
SANS, SERIF = "Source Sans", "Source Serif"
FONT_FILES = {SANS: "SourceSansVF-Upright", SERIF: "SourceSerifVariable-Roman"}


_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{folder}</cachedir>
  <match target="pattern">
    <test name="family"><string>Source Sans</string></test>
    <edit name="family" mode="assign" binding="strong"><string>SourceSans3VF</string></edit>
  </match>
</fontconfig>
"""


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
class Drawing:
    """A figure and the file that it is to become.

    `width` is the figure's, in its own pixels, and `scale` says how many of the file's each of them takes. Its height
    is its own where it states one, else HEIGHT.
    """

    figure: go.Figure
    image_format: str
    width: int = WIDTH
    scale: float = 1


@dataclass(frozen=True, slots=True)
class Renderer:
    """A started browser that draws figures, as many at once as it has tabs. Each method raises ChromiumLost."""

    browser: kaleido.Kaleido
    loop: asyncio.Runner
    tabs: int = 1

    def draw(self, figure: go.Figure, image_format: str) -> bytes:
        """The figure as the bytes of a PNG (twice the pixels), SVG or PDF file, as wide as WIDTH."""
        return self.draw_file(Drawing(figure, image_format, scale=PNG_SCALE if image_format == "png" else 1))

    def draw_file(self, drawing: Drawing) -> bytes:
        """A drawing as the bytes of its file, an SVG the same each time."""
        return self.loop.run(_file(self.browser, drawing))

    def draw_each(self, drawings: Iterable[tuple[Key, Drawing]], take: Callable[[Key, bytes], None]) -> None:
        """Draw all of them and hand each over, with its key, as soon as it is done.

        What `drawings` or `take` raise ends it.
        """
        queue = iter(drawings)

        async def work() -> None:
            for key, drawing in queue:
                take(key, await _file(self.browser, drawing))

        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.tabs):
                    group.create_task(work())

        try:
            self.loop.run(all_of_them())
        except BaseExceptionGroup as found:
            raise found.exceptions[0] from None

    def draw_inline(self, figure: go.Figure, name: str, width: int, height: int = HEIGHT) -> str:
        """The figure as an SVG element of that width for a page that states `font_face` itself, once.

        Its height is its own where it states one. Its ids hold `name` and are the same each time, so that several
        stand in one page and the same figure is the same text.
        """
        drawn = self.loop.run(_drawn(self.browser, Drawing(figure, "svg", width), height))
        return _with_fixed_ids(drawn.decode(), f"{name}-")

    def print_page(self, page: str) -> bytes:
        """A self-contained HTML page as the bytes of a PDF file, on the paper that its style states."""
        printed: bytes = self.loop.run(_answered(_printed(self.browser, page)))
        return printed


@contextmanager
def renderer(tabs: int = 1) -> Iterator[Renderer]:
    """A warm browser with so many tabs for as long as the block runs. Raises NoChromium where there is none.

    It raises ChromiumLost where there is one that does not start. The browser is driven from here and not by Kaleido's
    own server, which waits for ever for one that cannot start.
    """
    with (
        tempfile.TemporaryDirectory(prefix="fonts-") as folder,
        _fonts_known_to_browser(Path(folder)),
        asyncio.Runner() as loop,
    ):
        # What these would log of a browser that ended, ChromiumLost says.
        logging.getLogger("choreographer").setLevel(logging.CRITICAL)
        loop.get_loop().set_exception_handler(lambda _loop, _what: None)
        try:
            browser = kaleido.Kaleido(n=tabs, mathjax=False)
        except ChromeNotFoundError as error:
            raise NoChromium from error
        try:
            loop.run(_answered(browser.open()))
            yield Renderer(browser, loop, tabs)
        finally:
            with suppress(Exception, asyncio.CancelledError):  # of a browser that has ended already
                loop.run(browser.close())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing. Raises OSError, which says what was not written."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(f"{path} could not be written: {error.strerror}") from error


@contextmanager
def _fonts_known_to_browser(folder: Path) -> Iterator[None]:
    """Make the fonts that Streamlit serves to pages known to a browser started in this block.

    It works where the browser asks fontconfig (Linux); elsewhere the system's own sans stands in.
    """
    with TTFont(_font_file()) as font:
        font.flavor = None  # the browser's own reader opens no WOFF2 from the system
        font.save(folder / "SourceSans.ttf")
    configuration = folder / "fonts.conf"
    configuration.write_text(_FONTCONFIG.format(folder=folder), encoding="utf-8")
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def font_face(family: str = SANS) -> str:
    """The @font-face rule with a font of the page inside it. Raises KeyError for a family that is not in FONT_FILES."""
    font = base64.b64encode(_font_file(family).read_bytes()).decode()
    return f'@font-face{{font-family:"{family}";font-weight:200 900;src:url(data:font/woff2;base64,{font})}}'


async def _answered(asked: Coroutine[Any, Any, Any]) -> Any:
    """What the browser gives back. Raises ChromiumLost where it ended or takes too long."""
    try:
        return await asyncio.wait_for(asked, SECONDS)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task and task.cancelling():  # it is this work that was cancelled, and not the browser that went away
            raise
        raise ChromiumLost from None
    except (KaleidoError, JavascriptError) as error:
        raise ValueError(f"A figure could not be drawn: {error}") from error
    except (TimeoutError, ChannelClosedError, BrowserClosedError, BrowserFailedError) as error:
        raise ChromiumLost from error


async def _drawn(browser: kaleido.Kaleido, drawing: Drawing, height: int = HEIGHT) -> bytes:
    options = {
        "format": drawing.image_format,
        "width": drawing.width,
        "height": drawing.figure.layout.height or height,
        "scale": drawing.scale,
    }
    image: bytes = await _answered(browser.calc_fig(drawing.figure.to_dict(), opts=options, topojson=NO_TOPOLOGY))
    return image


async def _file(browser: kaleido.Kaleido, drawing: Drawing) -> bytes:
    image = await _drawn(browser, drawing)
    return _with_font(_with_fixed_ids(image.decode(), "")).encode() if drawing.image_format == "svg" else image


def _with_fixed_ids(svg: str, name: str) -> str:
    """An SVG of plotly whose ids, which are others each time, hold `name` instead of chance."""
    svg = re.sub(r" trace[0-9a-f]{6}(?=[\" ])", "", svg)  # a class that is another each time, and says nothing
    own = re.search(r'id="defs-([0-9a-f]+)"', svg)
    if own is None:
        return svg
    return re.sub(rf'(\bid="|url\(#|href="#)([^")]*?){own.group(1)}', lambda found: f"{found[1]}{found[2]}{name}", svg)


async def _printed(browser: kaleido.Kaleido, page: str) -> bytes:
    """Print a page in a tab of its own that has no network, once its fonts are there."""
    tab = await browser.create_tab("about:blank")

    async def ask(command: str, **parameters: Any) -> dict[str, Any]:
        answer = await tab.send_command(command, params=parameters)
        if "error" in answer:
            raise OSError(f"Chromium could not print the page: {answer['error'].get('message', command)}")
        result: dict[str, Any] = answer["result"]
        return result

    try:
        await ask("Network.enable")
        await ask("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        frame = (await ask("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        await ask("Page.setDocumentContent", frameId=frame, html=page)
        await ask("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True)
        pdf = await ask("Page.printToPDF", printBackground=True, preferCSSPageSize=True, generateDocumentOutline=True)
        return base64.b64decode(pdf["data"])
    finally:
        await browser.close_tab(tab.target_id)


def _font_file(family: str = SANS) -> Path:
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise ImportError(name="streamlit")
    folder = Path(found.origin).parent / "static" / "static" / "media"
    return next(folder.glob(f"{FONT_FILES[family]}.*.woff2"))


def _with_font(svg: str) -> str:
    """An SVG that carries its font, so that it looks the same where the font is not installed."""
    head, end, rest = svg.partition(">")
    return f"{head}{end}<style>{font_face()}</style>{rest}"
