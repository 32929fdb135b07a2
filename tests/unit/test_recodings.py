"""What was judged anew, in words: on the card of its row, in the list of all, on the site and in a release's log."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from components.publish import rows
from components.publish.cards import Cards
from components.publish.explorer_data import evidence
from components.publish.release_log import Log, log_of
from components.record.model import Record
from components.record.reading import read, read_text
from components.summaries.recodings import (
    judged_anew,
    judged_counts,
    judged_headline,
    judged_matching,
    recodings_by_row,
)
from tests.conftest import SMALL
from tests.folders import rewrite
from tests.sites import Read, check_links, written

HEADER = "id,row_id,date,change,column,old,new,why\n"
LOG = """\
one,AAA-2020-03,2021-02-01,recode,stance,opposed,engaging,Talks were a refusal.
two,AAA-2020-03,2021-02-02,correction,source_ids,press-1;gone-1,press-1;press-2,It was cut off.
three,AAA-2020-01-10,2021-02-01,recode,condition,never;womens_rights,womens_rights,It said “for now”.
four,AAA-2020-01-10,2021-02-01,correction,summary,The minister <b>met</b> them.,The minister refused.,Misread.
five,BNK-frozen-2020-01-01,2021-01-31,correction,amount_usd,9000,900,A digit too many.
six,AAA-aid-2020-01-10,2021-01-31,correction,until,,2020-06-01,An end was found.
seven,BBB-2020-05,2021-01-31,recode,,Betaland had talked.,,One side’s claim.
"""


@pytest.fixture
def logged(folder: Path) -> Record:
    """The small record with a log of seven changes in five rows, of which one was dropped."""
    (folder / "recodings.csv").write_text(HEADER + LOG, "utf-8")
    return read(folder)


def test_a_cell_is_told_with_what_stood_and_what_stands_in_words(logged: Record) -> None:
    told = {cell.id: cell.told for row in judged_anew(logged) for cell in row.cells}
    assert told == {
        "one": "Recoded 1 February 2021: stance was opposed, now engaging. Talks were a refusal.",
        "two": "Corrected 2 February 2021: sources were The Paper, gone-1, now The Paper, The Other Paper. "
        "It was cut off.",
        "three": "Recoded 1 February 2021: condition was never, women's rights, now women's rights. It said “for now”.",
        "four": "Corrected 1 February 2021: summary was “The minister <b>met</b> them”, now “The minister refused”. "
        "Misread.",
        "five": "Corrected 31 January 2021: amount usd was 9,000, now 900. A digit too many.",
        "six": "Corrected 31 January 2021: until was blank, now 1 June 2020. An end was found.",
        "seven": "Dropped 31 January 2021, because the codebook changed: “Betaland had talked”. One side’s claim.",
    }


def test_rows_come_newest_first_each_once(logged: Record) -> None:
    judged = judged_anew(logged)
    assert [(row.name, row.row_id) for row in judged] == [
        ("Alphaland", "AAA-2020-03"), ("Alphaland", "AAA-2020-01-10"), ("Alphaland", "AAA-aid-2020-01-10"),
        ("Betaland", "BBB-2020-05"), ("The Bank", "BNK-frozen-2020-01-01"),
    ]  # fmt: skip
    assert [cell.id for cell in judged[0].cells] == ["two", "one"]
    assert [row.row_id for row in judged if not row.date_text] == ["BBB-2020-05"]


def test_names_stand_before_counts_and_reasons_apart(logged: Record) -> None:
    judged = judged_anew(logged)
    assert judged_headline(judged) == "Alphaland, Betaland and The Bank: 5 rows judged anew"
    assert judged_counts(judged) == [
        "Recoded because the codebook changed: stance in 1 row and condition in 1 row.",
        "Corrected because we were wrong: sources in 1 row, summary in 1 row, until in 1 row and amount usd in 1 row.",
        "Dropped: BBB-2020-05, 1 row in all.",
    ]


def test_a_cell_that_changed_twice_counts_as_one_row(folder: Path) -> None:
    again = "eight,AAA-2020-03,2020-12-01,recode,stance,none,opposed,It had refused.\n"
    (folder / "recodings.csv").write_text(HEADER + again + LOG, "utf-8")
    record = read(folder)
    assert judged_counts(judged_anew(record))[0].startswith("Recoded because the codebook changed: stance in 1 row")
    assert [cell.was for cell in recodings_by_row(record)["AAA-2020-03"] if cell.column == "stance"] == [
        "opposed", "no public position found",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "actor_ids", "found"),
    [
        ("alphaland", None, 3), ("DROPPED", None, 1), ("digit", None, 1),
        ("", {"BBB"}, 1), ("refus", {"AAA"}, 2), ("x y z", None, 0),
    ],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(logged: Record, wanted: str, actor_ids: set[str] | None, found: int) -> None:
    assert len(judged_matching(logged, judged_anew(logged), wanted, actor_ids)) == found


@pytest.mark.parametrize(
    ("find", "draw", "row_id", "line"),
    [
        (rows.stances, Cards.stance, "AAA-2020-03", "Recoded 1 February 2021: stance was opposed. Talks"),
        (rows.levers, Cards.lever, "AAA-aid-2020-01-10", "Corrected 31 January 2021: until was blank. An end"),
        (rows.money, Cards.sum, "BNK-frozen-2020-01-01", "Corrected 31 January 2021: amount usd was 9,000. A digit"),
        (rows.stances, Cards.stance, "AAA-2020-01-10", "summary was “The minister &lt;b&gt;met&lt;/b&gt; them”"),
    ],
)  # fmt: skip
def test_a_card_tells_what_stood_there_before(
    logged: Record, small: Record, find: Callable[..., Any], draw: Callable[..., str], row_id: str, line: str
) -> None:
    day = logged.tracker.data_until
    card, plain = (
        draw(Cards(record, day), next(row for row in rows.of(find(record, day)) if row.id == row_id))
        for record in (logged, small)
    )
    assert line in card
    assert "Recoded" not in plain and "Corrected" not in plain


def test_the_front_page_of_the_site_tells_it_too(logged: Record) -> None:
    proofs = dict(evidence(Cards(logged, logged.tracker.data_until)))
    assert proofs["AAA"]["AAA-2020-03"]["recoded"][1] == recodings_by_row(logged)["AAA-2020-03"][1].beside
    assert proofs["AAA"]["AAA-2020-06-01"]["recoded"] == []


def test_the_site_lists_it_and_leads_there_and_back(logged: Record, tmp_path: Path) -> None:
    site = written(logged, tmp_path / "site")
    check_links(site)
    page = Read((site / "recodings" / "index.html").read_text("utf-8"))
    told = [cell.told for row in judged_anew(logged) for cell in row.cells]
    assert [words for words in told if words not in page.text] == []
    assert {"AAA-2020-03", "BBB-2020-05"} <= page.ids
    leads = [a["href"] for a in page.named("a")]
    assert "../rows/AAA-2020-03/" in leads and "../rows/BBB-2020-05/" not in leads
    row = Read((site / "rows" / "AAA-2020-03" / "index.html").read_text("utf-8"))
    assert "../../recodings/#AAA-2020-03" in [a["href"] for a in row.named("a")]
    data = (site / "data" / "index.html").read_text("utf-8")
    assert 'href="../recodings/"' in data and judged_headline(judged_anew(logged)) in data


def test_a_record_without_a_log_shows_nothing_of_it(small: Record, tmp_path: Path) -> None:
    site = written(small, tmp_path / "site")
    assert not (site / "recodings").exists()
    assert [path for path in site.rglob("*.html") if "recodings/" in path.read_text("utf-8")] == []
    assert (judged_anew(small), log_of(small)) == ((), Log())


def test_the_log_of_a_release_tells_each_change_once(logged: Record) -> None:
    told = {section.heading: [entry.row_id for entry in section.entries] for section in log_of(logged).ours}
    assert told == {"Judged anew": [row.row_id for row in judged_anew(logged) for _ in row.cells]}


def test_what_is_logged_is_not_told_again_as_a_cell_rewritten_or_a_row_taken_out(folder: Path) -> None:
    rewrite(folder, "stances", lambda rows: (rows[1].__setitem__(4, "none"), rows.pop()))
    log = (
        "a,AAA-2020-01-10,2021-01-01,recode,stance,opposed,none,So.\nb,BBB-2020-02-01,2021-01-01,correction,,It.,,So.\n"
    )
    (folder / "recodings.csv").write_text(HEADER + log, "utf-8")
    rewrite(folder, "stances", lambda rows: rows[1].__setitem__(7, ""))
    record = read(folder)
    found = {
        section.heading: section.entries for section in log_of(record, read_text(SMALL), record.tracker.start).ours
    }
    assert [entry.row_id for entry in found["Judged anew"]] == ["AAA-2020-01-10", "BBB-2020-02-01"]
    assert [entry.words for entry in found["Cells rewritten"]] == ["condition was “womens_rights”, is blank"]
    assert "Rows taken out" not in found
    again = log_of(record, read_text(folder), record.tracker.start)
    assert [section for section in again.ours if section.heading == "Judged anew"] == []
