"""The fonts of the page, which Streamlit brings along, for what is shown without it."""

import base64
import functools
from importlib.util import find_spec
from pathlib import Path

SANS, SERIF = "Source Sans", "Source Serif"
OUTLINES = Path(__file__).parents[2] / "static" / "source-sans.json"  # see make_outlines
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
