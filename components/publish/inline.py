"""A drawing as an element of a page: an SVG whose ids are its own among all that stand there."""

import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
WORDS = {f"{{{SVG}}}title", f"{{{SVG}}}desc"}

ElementTree.register_namespace("", SVG)


def inline(svg: str, prefix: str, alt: str) -> str:
    """An SVG of our own drawing for a page; `prefix` goes before each of its ids, `alt` is what is read aloud of it."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    for words in [child for child in root if child.tag in WORDS]:
        root.remove(words)
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, _rewritten(name.rpartition("}")[2], value, prefix))
    root.attrib.update({"role": "img", "aria-label": alt})
    return ElementTree.tostring(root, encoding="unicode")


def _rewritten(name: str, value: str, prefix: str) -> str:
    """The value of an attribute: an id has its prefix, also where it is referred to, and no line is finer than seen."""
    if name == "id":
        return f"{prefix}-{value}"
    if name == "d":
        return re.sub(r"(\.\d\d)\d+", r"\1", value)
    if name == "href":
        return value.replace("#", f"#{prefix}-", 1)
    return value.replace("url(#", f"url(#{prefix}-").replace('url("#', f'url("#{prefix}-')


def height_of(svg: str) -> float:
    """The height in px of an SVG of our own drawing."""
    return float(ElementTree.fromstring(svg).get("height", "0"))  # noqa: S314 - of our own making
