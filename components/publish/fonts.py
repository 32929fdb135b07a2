"""The fonts of the page, which Streamlit brings along, for what is shown without it."""

import base64
import functools
from importlib.util import find_spec
from pathlib import Path

SANS, SERIF = "Source Sans", "Source Serif"
OUTLINES = Path(__file__).parents[2] / "static" / "source-sans.json"  # see make_outlines
LATIN_FILE = Path(__file__).parents[2] / "static" / "source-sans-latin.woff2"  # see make_outlines
# What that file holds: Latin letters, punctuation, the euro and arrows.
LATIN = ((0x20, 0x17F), (0x2010, 0x203A), (0x20AC, 0x20AC), (0x2190, 0x2193))
FILES = {SANS: "SourceSansVF-Upright", SERIF: "SourceSerifVariable-Roman"}


def package_folder(name: str) -> Path:
    """The folder of an installed package, found without starting it. Raises ImportError where it is missing."""
    found = find_spec(name)
    if found is None or found.origin is None:
        raise ImportError(name=name)
    return Path(found.origin).parent


def font_file(family: str = SANS) -> Path:
    """The WOFF2 file of a variable font. Raises KeyError for a family that is not in FILES."""
    return next((package_folder("streamlit") / "static" / "static" / "media").glob(f"{FILES[family]}.*.woff2"))


@functools.cache
def font_face(family: str = SANS) -> str:
    """The @font-face rule with a font of the page inside it."""
    font = base64.b64encode(font_file(family).read_bytes()).decode()
    return f'@font-face{{font-family:"{family}";font-weight:200 900;src:url(data:font/woff2;base64,{font})}}'


def latin_face(address: str) -> str:
    """The @font-face rule of the Latin part of the page's font, which is a sixth of the whole.

    It is a family of its own, so that no sign that it lacks makes a browser fetch the whole.
    """
    src = f'src:url("{address}") format("woff2")'
    return f'@font-face{{font-family:"{SANS} Latin";font-weight:200 900;font-display:swap;{src}}}\n'
