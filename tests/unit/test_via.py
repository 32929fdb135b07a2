"""A source that was read at another's place says so wherever it is listed; publishers are counted, not hosts."""

from dataclasses import replace
from pathlib import Path

import pytest

from components.publish import rows
from components.publish.brief_page import page
from components.publish.cards import Cards
from components.publish.explorer_data import evidence
from components.record.model import Record
from components.record.schema import SOURCES
from components.summaries.changes_text import as_markdown
from components.summaries.sources import publishers_line, source_words, whose
from components.summaries.tables import as_written
from tests.briefs import a_brief, parsed, words_of
from tests.sites import Read, written

READ_AT = "The Paper, read at A <Host>, 11 January 2020"


@pytest.fixture
def hosted(small: Record) -> Record:
    """The small record, of which one source was read at another's place."""
    via = ["A <Host>" if key == "press-1" else "" for key in small.sources.index]
    return replace(small, sources=small.sources.assign(via=via))


def test_a_source_names_its_publisher_where_it_was_read_and_its_day(hosted: Record) -> None:
    said = [source_words(row) for row in hosted.sources.itertuples()]
    assert said == [READ_AT, "The Other Paper", "Government of Alphaland, 1 June 2020"]


def test_who_was_read_at_its_own_place_is_named_once() -> None:
    assert (whose("AFP", "AFP"), whose("AFP", ""), whose("AFP", "The Host")) == ("AFP", "AFP", "AFP, read at The Host")


def test_publishers_are_counted_and_hosts_are_not(hosted: Record) -> None:
    assert publishers_line(hosted, ["press-1", "press-1", "press-2"]) == "Sources: The Paper and The Other Paper"


def test_cards_explorer_and_lists_of_changes_say_it(hosted: Record) -> None:
    day = hosted.tracker.data_until
    cards = Cards(hosted, day)
    row = next(row for row in rows.of(rows.stances(hosted, day)) if row.id == "AAA-2020-03")
    assert "The Paper, read at A &lt;Host&gt;, 11 January 2020" in cards.stance(row)
    assert dict(evidence(cards))["AAA"]["AAA-2020-03"]["sources"][0]["words"] == READ_AT
    changes = rows.changes(hosted, hosted.tracker.start, day)
    assert "[The Paper, read at A \\<Host\\>, 11 January 2020](" in as_markdown(changes, hosted)


def test_site_and_brief_say_it(hosted: Record, tmp_path: Path) -> None:
    site = written(hosted, tmp_path / "site")
    assert READ_AT in Read((site / "rows" / "AAA-2020-03" / "index.html").read_text("utf-8")).text
    for annex in (False, True):
        said = words_of(parsed(page(a_brief(hosted, annex=annex))))
        assert "The Paper, read at A <Host>" in said
    assert READ_AT in said


def test_the_column_leaves_only_where_a_cell_is_filled(hosted: Record, small: Record) -> None:
    assert list(as_written(hosted, SOURCES)["via"]) == ["A <Host>", "", ""]
    assert "via" not in as_written(small, SOURCES)
