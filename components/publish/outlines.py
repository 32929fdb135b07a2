"""The text of an SVG as outlines: programs that read no web fonts draw it as the browser did."""

from xml.etree import ElementTree

from components.publish.fonts import outline

SVG = "http://www.w3.org/2000/svg"
EM = 1000

ElementTree.register_namespace("", SVG)


def with_outlines(svg: str) -> str:
    """An SVG of `picture_svg.js` whose texts are paths; signs that the font does not have stay text."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{{{SVG}}}text":
                parent[place] = _outlined(child)
    return ElementTree.tostring(root, encoding="unicode")


def _outlined(text: ElementTree.Element) -> ElementTree.Element:
    """A group with one path for each sign that a text has, or the text where one of its signs has no outline."""
    words, places = text.text or "", text.get("x", "").split()
    if len(words) != len(places):
        return text
    weight, size = int(float(text.get("font-weight", "400"))), float(text.get("font-size", "12"))
    paths = [outline(sign, weight) for sign in words]
    if None in paths:
        return text
    group = ElementTree.Element(f"{{{SVG}}}g", {"fill": text.get("fill", ""), "aria-label": words})
    scale = f"{size / EM:g}"
    for path, x in zip(paths, places, strict=True):
        if path:
            move = f"translate({x} {text.get('y', '0')}) scale({scale} -{scale})"
            ElementTree.SubElement(group, f"{{{SVG}}}path", {"d": path, "transform": move})
    return group
