"""What a PDF says of itself, in place of what Chromium writes, and what is on which page of it.

Does not belong here: printing (browser, stage), and what stands on the pages.
"""

import io
import re
from collections.abc import Sequence
from typing import cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from components.publish.templates import render

NODE = re.compile(rb"\(node\d{8}\)")
HEADER = "%PDF-1.7"  # pypdf would write that of a version without tags


def described(  # noqa: PLR0913
    pdf: bytes,
    *,
    title: str,
    author: str,
    subject: str,
    language: str = "en",
    keywords: Sequence[str] = (),
    rights: str = "",
) -> bytes:
    """A PDF with this metadata and no other: no day or program, so that the same pages are the same bytes.

    Readers show its title in place of the file's name; tags, links and bookmarks stay.
    """
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pdf_header = HEADER
    told = {"/Title": title, "/Author": author, "/Subject": subject, "/Keywords": ", ".join(keywords)}
    writer.metadata = {name: words for name, words in told.items() if words}
    words = {"title": title, "author": author, "subject": subject, "language": language}
    writer.xmp_metadata = render("pdf_metadata.xml", **words, keywords=keywords, rights=rights).encode()
    root = writer.root_object
    stream = cast(DictionaryObject, root["/Metadata"])  # pypdf leaves out of what kind it is
    stream.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    written = io.BytesIO()
    writer.write(written)
    return _with_nodes_counted(written.getvalue())


def _with_nodes_counted(pdf: bytes) -> bytes:
    """A PDF whose tags have the same names each time, in the same order: Chromium names them by all it has drawn."""
    names = sorted(set(NODE.findall(pdf)))
    places = {name: b"(node%08d)" % place for place, name in enumerate(names, start=1)}
    return NODE.sub(lambda found: places[found.group()], pdf)


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def page_numbers(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of each element that it has a link to, by the element's id."""
    read = PdfReader(io.BytesIO(pdf))
    places = {
        name.removeprefix("/"): read.get_destination_page_number(at) for name, at in read.named_destinations.items()
    }
    return {name: place + 1 for name, place in places.items() if place is not None}
