"""What a PDF says of itself: title, author, subject, keywords, rights and language, in place of what Chromium writes.

Does not belong here: printing (browser, stage), and what stands on the pages.
"""

import io
from collections.abc import Sequence
from typing import cast

from pypdf import PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from components.publish.templates import render

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
    return written.getvalue()
