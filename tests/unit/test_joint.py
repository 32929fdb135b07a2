"""What several countries did together: one card and one item of Markdown, that names them all; a ribbon by month."""

import datetime as dt

import pytest

from components.publish.cards import Cards
from components.publish.templates import filled
from components.record.model import Record
from components.summaries import changes, changes_text
from components.summaries.joint import sources_of, together
from components.summaries.ribbon import ribbon_of
from tests.by_hand import NOTHING, RECOGNISED, REFUSES
from tests.random_records import BEFORE, BODIES, COUNTRIES, END, record_of, stance_row

DAY = "2020-03-01"


def joint_record(number: int) -> Record:
    """So many countries refuse on one day after no position was found, one refuses again, a body too."""
    rows = [stance_row(actor_id, "2020-01-10", NOTHING) for actor_id in COUNTRIES[:number]]
    rows += [stance_row(actor_id, DAY, REFUSES) for actor_id in (*COUNTRIES[:number], BODIES[0])]
    rows += [stance_row(COUNTRIES[number], "2020-01-10", REFUSES), stance_row(COUNTRIES[number], DAY, REFUSES)]
    return record_of(rows)


def parts_of(record: Record) -> list[list[str]]:
    frame = changes.changes_between(record, dt.date(2020, 2, 1), END)
    return [[row.actor_id for row in part] for part in together(record, frame)]


def test_three_countries_of_one_day_act_and_source_stand_together_and_a_body_alone() -> None:
    assert parts_of(joint_record(3)) == [[*COUNTRIES[:4]], [BODIES[0]]]


def test_two_countries_stand_each_alone() -> None:
    assert all(len(part) == 1 for part in parts_of(joint_record(1)))


def test_a_joint_text_is_one_card_that_names_all_and_says_what_came_of_it() -> None:
    record = joint_record(3)
    cards = Cards(record, END, footnote=lambda *row: ", ".join(row))
    (card,) = [card for card in cards.changes(changes.changes_between(record, dt.date(2020, 2, 1), END))
               if "together" in card]  # fmt: skip
    assert "4 countries together" in card
    for actor_id in COUNTRIES[:4]:
        assert f"{actor_id}-{DAY}" in card.split("<details")[1]
        assert record.actors.at[actor_id, "name"] in card.split("<details")[0]
    assert "No public position found → ○ Opposed" in card and "still ○ Opposed" in card


def test_a_joint_text_on_paper_folds_nothing_away() -> None:
    record = joint_record(3)
    frame = changes.changes_between(record, dt.date(2020, 2, 1), END)
    card = next(card for card in Cards(record, END).changes(frame) if "together" in card)
    assert "<details" not in card
    assert all(f"row <code>{actor_id}-{DAY}</code>" in card for actor_id in COUNTRIES[:4])


def test_a_joint_text_is_one_item_of_markdown_with_every_row() -> None:
    record = joint_record(3)
    frame = changes.changes_between(record, dt.date(2020, 2, 1), END)
    item = next(line for line in changes_text.as_markdown(frame, record).splitlines() if "together" in line)
    assert item.startswith("- 1 March 2020, **4 countries together**, stance: ")
    assert ": Land AAA, Land BBB and Land CCC. " in item
    assert f"rows AAA-{DAY}, BBB-{DAY}, CCC-{DAY}, {COUNTRIES[3]}-{DAY}" in item
    assert len(changes_text.as_text(frame)) == len(frame) == 5


def test_the_shipped_text_of_september_2024_is_one_card(shipped: Record) -> None:
    frame = changes.changes_between(shipped, dt.date(2024, 9, 24), dt.date(2024, 9, 25))
    largest = max(together(shipped, frame), key=len)
    assert len(largest) == 22
    assert largest[0].kind == "Stance" and largest[-1].kind == "Act"
    assert len(sources_of(largest)) == 3


@pytest.mark.parametrize(
    ("since", "until", "of", "labels"),
    [
        (dt.date(2019, 12, 31), dt.date(2020, 3, 1), "month", ["Jan", "Feb", "Mar"]),
        (dt.date(2019, 12, 31), dt.date(2021, 6, 30), "quarter", ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2"]),
        (dt.date(2015, 12, 31), dt.date(2020, 6, 30), "year", ["2016", "2017", "2018", "2019", "2020"]),
    ],
)
def test_a_ribbon_has_few_columns_and_counts_every_row(
    small: Record, since: dt.date, until: dt.date, of: str, labels: list[str]
) -> None:
    rows = changes.changes_between(small, since, until)
    ribbon = ribbon_of(small, rows, since, until)
    assert ribbon.of == of
    assert [column.label for column in ribbon.columns] == labels
    assert sum(map(sum, ribbon.counts.values())) == len(rows)


def test_a_ribbon_names_who_recognised_and_withdrew_and_is_heard_as_a_table() -> None:
    withdrew = ("withdrawal", "engaging", "presence")
    record = record_of([stance_row("AAA", "2020-03-01", RECOGNISED), stance_row("AAA", "2020-06-15", withdrew)])
    rows = changes.changes_between(record, BEFORE, END)
    ribbon = ribbon_of(record, rows, BEFORE, END)
    assert list(ribbon.counts) == ["Recognition"], "tiers without a change are left out"
    assert [names for names in ribbon.named if names] == [["Land AAA"], ["Land AAA withdrew"]]
    html = filled("ribbon.html", "ribbon", ribbon)
    assert html.count('scope="col"') == len(ribbon.columns)
    assert '<th scope="row">Recognition</th>' in html
    assert 'title="March 2020: 1 change"' in html and "Land AAA withdrew" in html


def test_names_in_a_ribbon_are_text() -> None:
    record = record_of([stance_row("AAA", "2020-03-01", RECOGNISED)], names={"AAA": "<b>Al</b>"})
    html = filled("ribbon.html", "ribbon", ribbon_of(record, changes.changes_between(record, BEFORE, END), BEFORE, END))
    assert "&lt;b&gt;Al" in html and "<b>Al" not in html
