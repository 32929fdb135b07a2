"""`python -m components.publish.make_outlines`: the files in static/ that are made of the page's font.

source-sans.json has its outlines: programs that read no web fonts draw text as outlines; pages and the exporter put
these into their SVGs. source-sans-latin.woff2 is its Latin part, for pages that are to be there at once. Run by hand
when Streamlit brings another font; needs the development requirements.
"""

import json
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from components.publish.fonts import LATIN, LATIN_FILE, font_file

TARGET = Path(__file__).parents[2] / "static" / "source-sans.json"
WEIGHTS = (400, 700)
# Latin, Greek and Cyrillic letters, those that modify others, and the signs of punctuation, money, arrows, sums and
# plain shapes.
BLOCKS = (
    (0x20, 0x24F),
    (0x2B0, 0x2FF),
    (0x370, 0x52F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x2100, 0x22FF),
    (0x25A0, 0x25FF),
)
# A sign of the record's words that the font lacks: a circle with a hole as its right half.
OWN = {"◐": "M400 0A330 330 0 0 0 400 660A330 330 0 0 0 400 0ZM400 50A280 280 0 0 1 400 610Z"}


def main() -> None:
    """Write the outline of the signs of BLOCKS, 1,000 units to the em and y upwards, by weight and sign; and LATIN."""
    with TTFont(font_file()) as font:
        outlines = {str(weight): _outlines(font, weight) for weight in WEIGHTS}
    text = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")
    _write_latin()
    print(f"{TARGET.name}: {len(outlines[str(WEIGHTS[0])])} signs, {len(text):,} characters")  # noqa: T201
    print(f"{LATIN_FILE.name}: {LATIN_FILE.stat().st_size:,} bytes")  # noqa: T201


def _write_latin() -> None:
    options = Options(flavor="woff2")
    options.layout_features = [*options.layout_features, "tnum"]
    part = Subsetter(options)
    part.populate(unicodes=[code for first, last in LATIN for code in range(first, last + 1)])
    with TTFont(font_file(), recalcTimestamp=False) as font:
        part.subset(font)
        font.flavor = "woff2"
        font.save(LATIN_FILE)


def _outlines(font: TTFont, weight: int) -> dict[str, str]:
    glyphs = font.getGlyphSet(location={"wght": weight})
    outlines = {}
    for code, name in sorted(font.getBestCmap().items()):
        if not any(first <= code <= last for first, last in BLOCKS):
            continue
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
        glyphs[name].draw(pen)
        outlines[chr(code)] = pen.getCommands()
    return {**outlines, **OWN}


if __name__ == "__main__":
    main()
