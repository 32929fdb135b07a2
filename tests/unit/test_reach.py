"""Until when the record was researched, and what was open on that day: in words, where its reach is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from components.publish.brief_page import page
from components.record.model import Record
from tests.briefs import a_brief, parsed, words_of
from tests.sites import Read, written

OPEN = ("Whether <Alphaland> would ratify.", "Who signed in December.")


@pytest.fixture
def undecided(small: Record) -> Record:
    """The small record with two matters open on its last day."""
    return replace(small, tracker=replace(small.tracker, still_open=OPEN))


def test_the_site_says_until_when_and_what_was_open(small: Record, undecided: Record, tmp_path: Path) -> None:
    for record, name in ((small, "bare"), (undecided, "open")):
        text = Read((written(record, tmp_path / name) / "data" / "index.html").read_text("utf-8")).text
        assert "We looked until 31 December 2020." in text
        assert ("Open on that day:" in text) == (record is undecided)
    assert [words for words in OPEN if words not in text] == []


def test_the_annex_of_a_brief_says_it(small: Record, undecided: Record) -> None:
    said = words_of(parsed(page(a_brief(undecided, annex=True))))
    assert "We looked until 31 December 2020. Open on that day:" in said and all(words in said for words in OPEN)
    assert "Open on that day" not in words_of(parsed(page(a_brief(small, annex=True))))
