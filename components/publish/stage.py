"""The stage: a page in a tab of the exporter's browser, on which a picture is laid out and taken as a file.

Belongs here: what one tab does. Does not belong here: starting the browser, and several tabs at once (browser).
"""

import asyncio
import base64
import functools
import json
from dataclasses import dataclass, replace
from typing import Any, Protocol

import choreographer

from components.figures.figure import Figure
from components.figures.theme import NO_TOPOLOGY, Look
from components.publish.colours import NAMES
from components.publish.fonts import OUTLINES, font_face, package_folder
from components.publish.shapes import Shape
from components.publish.templates import render, styles, text
from components.record.shapes import load_shapes

PARTS = ("heading", "legend", "below")
SCREEN_HEIGHT = 800  # px, for a picture that is as high as it needs
PX_PER_INCH = 96
SHOT_SECONDS = 25  # after which a screenshot is asked for anew
RATIO = 2.2  # of the width to the height of a drawing that fills what it is given, where nothing says how high it is


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
        magnified = order.shape.magnified
        if order.image_format == "svg":
            named = {"title": order.picture.title, "description": order.picture.alt, "magnified": magnified}
            return str(await self.call("asSvg", named)).encode()
        if order.image_format == "pdf":
            return await self._as_pdf(width, height, magnified)
        return await self._as_png(width, height)

    async def plot(self, picture: Worded, theme: str, width: int, height: int) -> str:
        """The drawing of a picture alone, as an SVG."""
        shape = Shape("", width, 0)
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
        """Put words, then the drawing in the room that they leave; the size of the whole in px of the picture."""
        shape, look = order.shape, Look("dark" if order.theme == "dark" else "light")
        scale = order.scale * shape.magnified if order.image_format == "png" else 1
        screen = {"width": shape.inner_width, "height": shape.inner_height or SCREEN_HEIGHT}
        await self.ask("Emulation.setDeviceMetricsOverride", **screen, deviceScaleFactor=scale, mobile=False)
        room = await self.call("setWords", _words(order, look, words))
        look = replace(look, width=room["width"], height=room["height"] if shape.height else 0, shapes="world")
        drawn = json.loads(order.picture.figure.draw(look).to_json())
        drawn["layout"]["width"] = look.width
        drawn["layout"]["height"] = drawn["layout"].get("height") or height or round(look.width / RATIO)
        drawn["config"] = {"displayModeBar": False, "topojsonURL": NO_TOPOLOGY, "staticPlot": True}
        whole = await self.call("setPlot", drawn)
        return whole["width"], whole["height"]

    async def _as_png(self, width: int, height: int) -> bytes:
        """A screenshot; Chromium now and then waits for ever for a frame of a window that is not in front."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        while True:
            taken = self.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
            try:
                shot = await asyncio.wait_for(taken, SHOT_SECONDS)
            except TimeoutError:
                await self.ask("Page.bringToFront")
            else:
                return base64.b64decode(shot["data"])

    async def _as_pdf(self, width: int, height: int, scale: float) -> bytes:
        paper = {"paperWidth": scale * width / PX_PER_INCH, "paperHeight": scale * height / PX_PER_INCH, "scale": scale}
        margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0)
        pdf = await self.ask("Page.printToPDF", printBackground=True, **paper, **margins, pageRanges="1")
        return base64.b64decode(pdf["data"])


def _words(order: Order, look: Look, shown: bool) -> dict[str, object]:
    """What the stage must know to lay out the words of a picture, or none of them."""
    shape, picture = order.shape, order.picture
    return {
        "title": picture.title,
        "words": {part: picture.words(_part(part, shape)) if shown else "" for part in PARTS},
        "colours": {name: look.of(paint) for name, paint in NAMES.items()},
        "dark": look.theme == "dark",
        "width": shape.inner_width,
        "height": shape.inner_height,
        "edge": shape.edge if shown else 0,
        "type": shape.type_in_px,
    }


def _part(part: str, shape: Shape) -> str:
    """A part of the words as a shape has it: one with sizes of its own has a foot of two cells."""
    return "foot" if part == "below" and shape.type else part


@functools.cache
def _outlines() -> dict[str, dict[str, str]]:
    outlines: dict[str, dict[str, str]] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return outlines


def stage_page() -> str:
    """The page as HTML, with everything in it but Plotly's script, which lies beside."""
    return render(
        "stage.html",
        faces=font_face(),
        style=styles("picture.css", "stage.css"),
        plotly=(package_folder("plotly") / "package_data" / "plotly.min.js").as_uri(),
        script=text("picture_svg.js") + text("stage.js"),
    )
