"""The look of every drawing: colours, type, and what all of them share. Words around a drawing are not made here."""

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import plotly.graph_objects as go
import plotly.io

from components.record.vocabulary import LISTED, NOT_APPLICABLE, NOT_CODED, WITHDREW
from components.record.wording import isolated

plotly.io.templates.default = None  # all of the look is here; the library's own would only add bytes

FONT_FAMILY = "Source Sans, sans-serif"
TEXT_SIZE, SMALL_SIZE = 14, 12
PHONE = 358  # px that a drawing has on the narrowest phone: what is safe to count on where the width is not known
HOVER_CHARACTERS = 44  # of a line in a hover label, so that it fits a phone
# px from one line of names to the next, and of one in small type, and how many characters of a line a phone holds
LINE, SMALL_LINE, LINE_CHARACTERS = 19, 16, 50
CLICK = "<br><i>Click for the evidence</i><extra></extra>"  # how a hover text ends where a click opens a card
# plotly.js would fetch its own borders before it draws ours; this answers it without the network.
NO_TOPOLOGY = 'data:application/json,{"type":"Topology","objects":{},"arcs":[]}#'

Theme = Literal["light", "dark"]
Trace = dict[str, Any]
Drawing = go.Figure


class Paint(NamedTuple):
    """A colour in the light and in the dark theme."""

    light: str
    dark: str


PAPER = Paint("#FFFFFF", "#14171A")
INK = Paint("#1B1F24", "#ECEDEE")
QUIET = Paint("#5A6169", "#A6ADB4")
RULE = Paint("#D9DCE0", "#343A40")
LAND = Paint("#F7F7F5", "#2A2F36")
SEA = Paint("#EAEFF3", "#1B2127")
OUTLINE = Paint("#4A4F55", "#0B0D0F")
ACCENT = Paint("#8A4B08", "#E0A458")
# Which way a lever pushes; no hue of a stance.
WAY_PAINTS = {"pressure": Paint("#6B3A12", "#D9A066"), "incentive": Paint("#0F7C70", "#5CC8BD")}
DARK_INK, LIGHT_INK = "#101418", "#FFFFFF"  # on a colour
# Of money, from the strongest to the faintest on the paper of the theme.
STRONG, MIDDLE, FAINT = Paint("#3C4248", "#D5D8DB"), Paint("#8A9097", "#868D95"), Paint("#C9CDD2", "#4A5158")

# Stance colours keep their hue in the dark theme and gain the lightness that a dark ground takes away.
_DARK = {
    "supportive": "#5B9BD5",
    "engaging": "#DDAA33",
    "opposed": "#D0707E",
    WITHDREW.code: "#9E5FF7",
    "none": "#4C545B",
    NOT_CODED.code: "#2F353B",
    NOT_APPLICABLE.code: "#D5D8DB",
}
STANCE_PAINTS = {term.code: Paint(term.colour, _DARK[term.code]) for term in (*LISTED.values(), NOT_APPLICABLE)}


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawing is to look and the room that it has, in px.

    `width` and `height` are 0 where only the browser that shows it knows them: it is then as wide as it is given, and
    as high as its rows need. `shapes` is the GeoJSON of the world, or where a browser finds it.
    """

    theme: Theme = "light"
    width: int = 0
    height: int = 0
    shapes: str | dict[str, Any] = "app/static/world.geojson"

    def of(self, paint: Paint) -> str:
        """A colour in this theme."""
        return paint.dark if self.theme == "dark" else paint.light

    @property
    def room(self) -> int:
        """The px of width that are safe to count on."""
        return self.width or PHONE

    def characters(self, px: float = 0, size: int = TEXT_SIZE) -> int:
        """How many characters of a size are safe in a line of so many px, or of the whole width; at least one."""
        return max(int(LINE_CHARACTERS * (px or self.room) / PHONE * TEXT_SIZE / size), 1)

    @staticmethod
    def px(text: str) -> int:
        """The px of width that are safe for a text in one line."""
        return round(len(text) * PHONE / LINE_CHARACTERS)


def plain(text: str) -> str:
    """Text of the record as Plotly may draw it: its own markup cannot be reached."""
    return html.escape(isolated(text), quote=False)


def wrapped(text: str, characters: int = HOVER_CHARACTERS) -> list[str]:
    """Lines of text for Plotly, each escaped."""
    return [plain(line) for line in textwrap.wrap(text, characters)]


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read better on a colour written as #RRGGBB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return DARK_INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else LIGHT_INK


def trace(kind: str, **properties: Any) -> Trace:
    """A trace as its figure takes it, which checks it: the library's own objects would be checked twice.

    Its marks stay as they are when another mark is clicked; for its text, see `still`.
    """
    clickable = kind in {"bar", "scatter", "scattergeo", "choropleth"}
    return {"type": kind, **({"unselected": _STILL} if clickable else {}), **properties}


_STILL = {"marker": {"opacity": 1}}


def still(ink: str) -> dict[str, Any]:
    """The properties of a trace whose text is all of one ink and stays as it is when another mark is clicked."""
    return {"unselected": {**_STILL, "textfont": {"color": ink}}}


def label(text: str, look: Look, *, size: int = SMALL_SIZE, paint: Paint = INK, **place: Any) -> dict[str, Any]:
    """Words in a drawing, escaped already, at the place that Plotly's own parameters of an annotation give."""
    bare = {"showarrow": False, "align": "left", "borderpad": 0, "borderwidth": 0}
    return {**bare, "text": text, "font": {"size": size, "color": look.of(paint)}, **place}


def drawing(  # noqa: PLR0913
    traces: Sequence[Trace],
    layout: dict[str, Any],
    look: Look,
    *,
    labels: Sequence[dict[str, Any]] = (),
    height: int = 0,
    ground: Paint = PAPER,
) -> go.Figure:
    """A figure in the type and colours of the theme, with no words but its own `labels` (annotations).

    `layout` is its own; `height` is what its rows need, 0 where it fills what it is given. A look that has a height
    comes first. `ground` is what lies behind it.
    """
    paper = look.of(ground)
    whole = {
        **layout,
        "font": {"family": FONT_FAMILY, "size": SMALL_SIZE + 1, "color": look.of(INK)},
        "paper_bgcolor": paper,
        "plot_bgcolor": paper,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, **layout.get("margin", {})},
        "hoverlabel": {"font": {"family": FONT_FAMILY, "size": TEXT_SIZE}, "align": "left", "bgcolor": look.of(PAPER)},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "height": look.height or height or None,
        "annotations": list(labels),
    }
    # Put together at once: the library checks whatever is added or updated later anew.
    return go.Figure({"data": list(traces), "layout": whole})
