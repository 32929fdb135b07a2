"""What a PDF says of itself is what it was given, whatever signs that holds, and nothing of the machine or the day."""

import io
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from components.publish.pdf import described

TOLD: dict[str, Any] = {
    "title": "Only “A & B” <i>recognise</i> – 中文",
    "author": "R & D",
    "subject": "Who?",
    "keywords": ["recognition", "<levers>"],
    "rights": "CC BY 4.0",
}


@pytest.fixture(scope="module")
def printed() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_outline_item(title="A heading of words", page_number=0)
    writer.add_metadata({"/CreationDate": "D:20200101000000Z", "/Creator": "a browser"})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_it_says_what_it_was_given_and_nothing_else(printed: bytes) -> None:
    read = PdfReader(io.BytesIO(described(printed, **TOLD)))
    assert read.metadata == {
        "/Title": TOLD["title"],
        "/Author": TOLD["author"],
        "/Subject": TOLD["subject"],
        "/Keywords": "recognition, <levers>",
    }
    told = read.xmp_metadata
    assert told is not None
    assert told.dc_title == {"x-default": TOLD["title"]}
    assert told.dc_creator == [TOLD["author"]]
    assert told.dc_subject == TOLD["keywords"]
    assert told.dc_rights == {"x-default": "CC BY 4.0"}
    root: dict[Any, Any] = dict(read.root_object)
    assert (root["/Lang"], root["/ViewerPreferences"]) == ("en", {"/DisplayDocTitle": True})


def test_pages_and_bookmarks_stay_and_the_same_is_the_same_bytes(printed: bytes) -> None:
    pdf = described(printed, **TOLD)
    read = PdfReader(io.BytesIO(pdf))
    assert [entry.title for entry in read.outline if isinstance(entry, Destination)] == ["A heading of words"]
    assert len(read.pages) == 1
    assert described(printed, **TOLD) == pdf
    assert b"CreationDate" not in pdf and b"a browser" not in pdf


def test_what_is_blank_is_left_out(printed: bytes) -> None:
    read = PdfReader(io.BytesIO(described(printed, title="T", author="A", subject="")))
    assert read.metadata == {"/Title": "T", "/Author": "A"}
    assert read.xmp_metadata is not None
    assert not read.xmp_metadata.dc_subject
    assert not read.xmp_metadata.dc_description
