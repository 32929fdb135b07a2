"""Figures as image files: one warm headless Chromium, offline, in the same fonts as the page.

Belongs here: the browser, fonts and files.
Does not belong here: which charts there are (catalogue), or the command line.
"""

import asyncio
import base64
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kaleido
import plotly.graph_objects as go
import streamlit
from choreographer.browsers.chromium import ChromeNotFoundError
from fontTools.ttLib import TTFont

from components.charts.stance_map import NO_TOPOLOGY

FORMATS = ("png", "svg", "pdf")
WIDTH, HEIGHT = 1200, 675
PNG_SCALE = 2
EDGE = 24
CHARACTERS = 150  # of small text in a line of WIDTH pixels
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


@dataclass(frozen=True, slots=True)
class Renderer:
    """A started browser that draws one figure after another."""

    browser: kaleido.Kaleido
    loop: asyncio.Runner

    def draw(self, figure: go.Figure, image_format: str) -> bytes:
        """The figure as the bytes of a PNG (twice the pixels), SVG or PDF file, as wide as WIDTH.

        Its height is its own where it states one, else HEIGHT.
        """
        image = self._drawn(figure, image_format, WIDTH, figure.layout.height or HEIGHT)
        return _with_font(image) if image_format == "svg" else image

    def draw_inline(self, figure: go.Figure, name: str, width: int, height: int = HEIGHT) -> str:
        """The figure as an SVG element of that width for a page that states `font_face` itself, once.

        Its height is its own where it states one. Its ids hold `name` and are the same each time, so that several
        stand in one page and the same figure is the same text.
        """
        svg = self._drawn(figure, "svg", width, figure.layout.height or height).decode()
        svg = re.sub(r" trace[0-9a-f]{6}(?=[\" ])", "", svg)  # a class that is another each time, and says nothing
        own = re.search(r'id="defs-([0-9a-f]+)"', svg)
        if own is None:
            return svg
        return re.sub(
            rf'(\bid="|url\(#|href="#)([^")]*?){own.group(1)}', lambda found: f"{found[1]}{found[2]}{name}-", svg
        )

    def print_page(self, page: str) -> bytes:
        """A self-contained HTML page as the bytes of a PDF file, on the paper that its style states."""
        printed: bytes = self.loop.run(_printed(self.browser, page))
        return printed

    def _drawn(self, figure: go.Figure, image_format: str, width: int, height: int) -> bytes:
        options = {
            "format": image_format,
            "width": width,
            "height": height,
            "scale": PNG_SCALE if image_format == "png" else 1,
        }
        drawing = self.browser.calc_fig(figure.to_dict(), opts=options, topojson=NO_TOPOLOGY)
        image: bytes = self.loop.run(drawing)
        return image


@contextmanager
def renderer() -> Iterator[Renderer]:
    """A warm browser for as long as the block runs. Raises NoChromium where there is none.

    The browser is driven from here and not by Kaleido's own server, which waits for ever for one that cannot start.
    """
    with (
        tempfile.TemporaryDirectory(prefix="fonts-") as folder,
        _fonts_known_to_browser(Path(folder)),
        asyncio.Runner() as loop,
    ):
        try:
            browser = kaleido.Kaleido(n=1, mathjax=False)
            loop.run(browser.open())
        except ChromeNotFoundError as error:
            raise NoChromium from error
        try:
            yield Renderer(browser, loop)
        finally:
            loop.run(browser.close())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


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
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return next(folder.glob(f"{FONT_FILES[family]}.*.woff2"))


def _with_font(svg: bytes) -> bytes:
    """An SVG that carries its font, so that it looks the same where the font is not installed."""
    head, end, rest = svg.decode().partition(">")
    return f"{head}{end}<style>{font_face()}</style>{rest}".encode()
