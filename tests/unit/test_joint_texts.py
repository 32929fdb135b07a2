"""A stance that rests on texts signed with others alone is told apart wherever stances are counted or named."""

import datetime as dt

import pytest

from components.figures.counts import Counts
from components.figures.figure import Options
from components.figures.film import Film
from components.figures.stance_map import StanceMap
from components.figures.theme import Look
from components.publish.cards import Cards
from components.publish.explorer_data import record_for_script
from components.publish.rows import of
from components.record.model import Record
from components.record.on_day import stance_history
from components.summaries import moves
from components.summaries.changes import changes_between
from components.summaries.countries import by_weight, overview
from components.summaries.joint import in_words, together
from components.summaries.stances import headline
from components.summaries.standing import standings_on
from tests.by_hand import NOTHING, REFUSES
from tests.random_records import BEFORE, END, record_of, stance_row

SIGNED = ("joint_statement", "opposed", "none")
BACKED = ("joint_statement", "supportive", "none")
DAY = "2020-03-01"
ONLY = "only by a joint text"


@pytest.fixture(scope="module")
def joint() -> Record:
    """AAA refuses itself, BBB and CCC in one text, CCC in June in its own words too; DDD supports in a text."""
    return record_of(
        [
            stance_row("AAA", "2020-02-01", REFUSES),
            stance_row("AAA", DAY, SIGNED),
            stance_row("BBB", DAY, SIGNED),
            stance_row("BBB", "2020-05-01", ("visit", "opposed", "contact")),
            stance_row("CCC", DAY, SIGNED),
            stance_row("CCC", "2020-06-01", REFUSES),
            stance_row("DDD", "2020-04-01", BACKED),
            stance_row("EEE", "2020-04-01", NOTHING),
        ]
    )


@pytest.mark.parametrize(
    ("day", "actor_ids", "said"),
    [
        ("2020-12-31", None, f"one supports it short of that, {ONLY}, 3 refuse, 1 of them {ONLY}"),
        ("2020-03-31", None, "3 refuse, 2 of them only by a joint text"),
        ("2020-03-31", {"BBB", "CCC"}, "2 refuse, all only by a joint text"),
        ("2020-12-31", {"BBB"}, "Land BBB refuses, only by a joint text"),
        ("2020-12-31", {"AAA", "CCC"}, "2 refuse"),
    ],
)  # fmt: skip
def test_a_headline_says_of_how_many_a_joint_text_is_all(
    joint: Record, day: str, actor_ids: set[str] | None, said: str
) -> None:
    assert headline(joint, dt.date.fromisoformat(day), actor_ids).partition("; ")[2] == said


def test_a_map_has_a_lighter_class_for_them_with_its_own_key(joint: Record) -> None:
    shown = StanceMap.build(joint, END, Options())
    keys = {key.text: (key.count, key.names) for key in shown.legend()}
    assert keys["Opposed in its own words"] == (2, "Land AAA, Land CCC")
    assert keys["Opposed only in a joint text"] == (1, "Land BBB")
    assert keys["Supportive only in a joint text"] == (1, "Land DDD")
    fills = shown.fills(Look())
    assert len({fills[code] for code in ("opposed", "opposed_jointly", "supportive_jointly")}) == 3
    table = shown.table().set_index("Country")
    assert table.at["Land BBB", "Stance on recognition"] == "Opposed, only in a joint text"


def test_other_colourings_say_it_in_their_table_alone(joint: Record) -> None:
    shown = StanceMap.build(joint, END, Options(colour="level"))
    assert "opposed_jointly" not in shown.fills(Look())
    assert shown.table().set_index("Country").at["Land BBB", "Stance"] == "Opposed, only in a joint text"


def test_a_film_moves_them_to_their_own_words(joint: Record) -> None:
    codes = Film.build(joint, END, Options()).codes.loc["CCC"]
    assert [codes[day] for day in (dt.date(2020, 2, 29), dt.date(2020, 3, 31), dt.date(2020, 6, 30))] == [
        "not_coded", "opposed_jointly", "opposed",
    ]  # fmt: skip


def test_lines_over_time_say_it_below(joint: Record) -> None:
    notes = Counts.build(joint, END, Options()).notes()
    assert "Opposed 3, 1 of them only by a joint text." in notes
    some = Counts.build(joint, END, Options(passing=frozenset({"AAA"}))).notes()
    assert not any("joint" in note for note in some)


def test_cards_and_standings_say_it(joint: Record) -> None:
    rows = {row.id: Cards(joint, END).stance(row) for row in of(stance_history(joint))}
    assert "Joint statement" in rows[f"BBB-{DAY}"] and "Opposed, only in a joint text" in rows[f"BBB-{DAY}"]
    assert "only in a joint text" in rows["BBB-2020-05-01"], "a visit is no word of its own"
    assert "only in a joint text" not in rows[f"AAA-{DAY}"] + rows["CCC-2020-06-01"]
    told = standings_on(joint, END)["BBB"].in_words()
    assert told == "Contact since 1 May 2020; opposed since 1 March 2020, only in a joint text"


def test_a_list_of_all_says_it_and_keeps_its_order(joint: Record) -> None:
    frame = by_weight(joint, overview(joint, END, frozenset({"AAA", "BBB", "DDD", "EEE"})))
    assert frame["Stance"].to_dict() == {
        "DDD": "● Supportive, only in a joint text",
        "BBB": "○ Opposed, only in a joint text",
        "AAA": "○ Opposed",
        "EEE": "– No public position found",
    }
    assert [frame.index[0], frame.index[-1]] == ["DDD", "EEE"]
    assert by_weight(joint, overview(joint, END, frozenset())).empty


def test_changes_say_that_it_was_a_text() -> None:
    rows = [stance_row(actor_id, "2020-01-10", NOTHING) for actor_id in ("AAA", "BBB")]
    rows += [stance_row("AAA", DAY, REFUSES), stance_row("BBB", DAY, SIGNED)]
    assert moves.headline(record_of(rows), BEFORE, END) == "Land AAA came out against recognition"
    assert "Land BBB came out against it in a joint text" in moves.others(record_of(rows), BEFORE, END)


def test_two_that_signed_one_text_are_one_card() -> None:
    rows = [stance_row(actor_id, DAY, SIGNED) for actor_id in ("AAA", "BBB")]
    rows[1]["source_ids"] = "press-2;press-1"
    record = record_of([*rows, stance_row("CCC", DAY, SIGNED, source_ids="gov-1")])
    groups = together(record, changes_between(record, BEFORE, END))
    assert sorted(len(group) for group in groups) == [1, 2]
    signed = max(groups, key=len)
    assert in_words(signed) == "2 countries signed one text"
    assert "2 countries signed one text" in Cards(record, END).together(signed)


def test_a_record_without_joint_texts_has_no_class_of_them(small: Record) -> None:
    labels = [key.text for key in StanceMap.build(small, END, Options()).all_keys()]
    assert "Opposed" in labels and not any("joint" in label for label in labels)
    assert not any("joint" in label for label in record_for_script(small, END)["classes"].values())
