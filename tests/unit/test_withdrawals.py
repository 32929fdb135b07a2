"""Who recognised and took that back: a class of its own in every place, and in no record that has none."""

import datetime as dt
from itertools import groupby

import pytest

from components.curate.differences import changed_picture
from components.figures.counts import Counts
from components.figures.crosstab import Crosstab
from components.figures.figure import Options
from components.figures.film import Film
from components.figures.history import History
from components.figures.matrix import LeverMatrix
from components.figures.stance_map import StanceMap
from components.figures.standing import Standings
from components.publish.brief_annex_all import parts
from components.publish.brief_front_actor import numbers as numbers_of_actor
from components.publish.brief_front_all import numbers as numbers_of_all
from components.publish.brief_table import table_rows
from components.publish.explorer_data import record_for_script
from components.publish.release_tables import panel, panel_fields
from components.publish.site_bands import bands_of
from components.publish.site_days import who_stood_where
from components.record.filters import Filters, choices, passing
from components.record.model import Record
from components.record.on_day import stance_history
from components.summaries.countries import country_headline, overview, peers
from components.summaries.crosstab import crosstab
from components.summaries.stances import headline
from components.summaries.standing import class_codes, standings_on
from tests.briefs import a_brief
from tests.by_hand import ENGAGES, RECOGNISED, REFUSES, SUPPORTS, WITHDREW
from tests.random_records import COUNTRIES, END, lever_row, record_of, stance_row

SIGNED = ("joint_statement", "opposed", "none")


@pytest.fixture(scope="module")
def record() -> Record:
    """AAA recognises; BBB withdrew and engages; CCC withdrew and recognised anew; DDD refuses; EEE withdrew."""
    return record_of(
        [
            *(stance_row(actor_id, "2020-01-10", RECOGNISED) for actor_id in ("AAA", "BBB", "CCC", "EEE")),
            stance_row("BBB", "2020-03-01", WITHDREW),
            stance_row("BBB", "2020-06-15", ENGAGES),
            stance_row("CCC", "2020-03-01", WITHDREW),
            stance_row("CCC", "2020-06-15", RECOGNISED),
            stance_row("DDD", "2020-02-01", REFUSES),
            stance_row("EEE", "2020-05", WITHDREW),
        ],
        [lever_row("BBB", "aid", "pressure", "2020-02-01"), lever_row("DDD", "aid", "pressure", "2020-02-01")],
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-01-31", "4 countries recognise the council"),
        ("2020-03-31", "Land AAA and Land EEE recognise the council; Land BBB and Land CCC withdrew; Land DDD refuses"),
        ("2020-12-31", "Land AAA and Land CCC recognise the council; Land BBB and Land EEE withdrew; Land DDD refuses"),
    ],
)
def test_a_headline_names_who_withdrew_and_counts_nobody_twice(record: Record, day: str, said: str) -> None:
    assert headline(record, dt.date.fromisoformat(day)) == said


@pytest.mark.parametrize(("number", "said"), [(1, "Land AAA withdrew"), (4, "four withdrew")])
def test_many_that_withdrew_are_counted(number: int, said: str) -> None:
    rows = [stance_row(actor_id, "2020-01-10", WITHDREW) for actor_id in COUNTRIES[:number]]
    assert headline(record_of(rows), END) == f"No country recognises the council; {said}"


def test_each_fact_has_its_own_date_and_recognition_that_of_its_latest_run(record: Record) -> None:
    assert country_headline(record, "BBB", END) == (
        "Land BBB: withdrew recognition on 1 March 2020; presence since 15 June 2020; engaging since 15 June 2020"
    )
    assert country_headline(record, "EEE", END).startswith("Land EEE: withdrew recognition in May 2020; ")
    now = standings_on(record, END)
    assert (now["CCC"].recognised_since, now["CCC"].withdrew) == ("2020-06-15", "")


@pytest.mark.parametrize(
    ("rows", "classes"),
    [
        ([("2020-01-10", RECOGNISED), ("2020-03-01", REFUSES)], ["recognition", "opposed"]),  # a level is no act
        ([("2020-01-10", WITHDREW), ("2020-03-01", SIGNED)], ["withdrew", "withdrew"]),
        ([("2020-01-10", WITHDREW), ("2020-03-01", SUPPORTS)], ["withdrew", "withdrew"]),
    ],
)
def test_the_act_begins_the_class_and_recognition_ends_it(
    rows: list[tuple[str, tuple[str, str, str]]], classes: list[str]
) -> None:
    record = record_of([stance_row("AAA", date, outcome) for date, outcome in rows])
    assert class_codes(stance_history(record)).tolist() == classes


@pytest.mark.parametrize(("corrected", "withdrew"), [(SUPPORTS, ""), (WITHDREW, "2020-03-01")])
def test_a_withdrawal_that_we_took_back_was_none(corrected: tuple[str, str, str], withdrew: str) -> None:
    rows = [
        stance_row("AAA", "2020-01-10", RECOGNISED),
        stance_row("AAA", "2020-03-01", WITHDREW),
        stance_row("AAA", "2020-03-01", corrected, "b", change="correction"),
    ]
    assert standings_on(record_of(rows), END)["AAA"].withdrew == withdrew


def test_a_text_signed_with_others_is_told_beside_the_withdrawal() -> None:
    record = record_of([stance_row("AAA", "2020-01-10", ("withdrawal", "engaging", "contact")),
                        stance_row("AAA", "2020-03-01", SIGNED)])  # fmt: skip
    now = standings_on(record, END)["AAA"]
    assert now.class_code == "withdrew" and now.in_words().endswith("opposed since 1 March 2020, only in a joint text")


def test_filters_find_it_by_its_stance_and_by_its_withdrawal(record: Record) -> None:
    assert list(choices(record)["stance"][1]) == [
        "supportive", "engaging", "opposed", "withdrew", "not_coded",
    ]  # fmt: skip
    assert passing(record, END, Filters(stance=("withdrew",))) == frozenset({"BBB", "EEE"})
    assert passing(record, END, Filters(stance=("engaging",))) == frozenset({"BBB"})
    assert passing(record, END, Filters(stance=("opposed",))) == frozenset({"DDD", "EEE"})
    assert passing(record, dt.date(2020, 3, 31), Filters(stance=("withdrew",))) == frozenset({"BBB", "CCC"})


def test_pictures_have_it_as_a_class(record: Record) -> None:
    shown = StanceMap.build(record, END, Options())
    keys = {key.text: (key.count, key.names) for key in shown.legend()}
    assert keys["Withdrew"] == (2, "Land BBB, Land EEE") and keys["Opposed"] == (1, "Land DDD")
    table = shown.table().set_index("Country")
    columns = ["Stance on recognition", "Stance since", "Withdrew"]
    assert table.loc["Land BBB", columns].tolist() == ["Engaging", "15 June 2020", "1 March 2020"]
    film = Film.build(record, END, Options())
    assert [code for code, _ in groupby(film.codes.loc["CCC"])] == ["recognition", "withdrew", "recognition"]
    counts = Counts.build(record, END, Options())
    assert counts.steps["withdrew"].iloc[-1] == 2 and counts.finding().endswith("; Land BBB and Land EEE withdrew")
    assert "withdrew" not in Counts.build(record, END, Options(colour="level")).steps
    history = History.build(record, END, Options())
    bands = history.bands[history.bands["actor_id"] == "BBB"]
    assert bands[["stance", "since"]].to_numpy().tolist() == [
        ["not_coded", "2020-01-01"], ["supportive", "2020-01-10"], ["withdrew", "2020-03-01"],
    ]  # fmt: skip
    assert "◁ Withdrew" in [key.text for key in history.legend()]
    assert Standings.build(record, END, Options(actor_ids=("EEE",))).finding() == "Land EEE: withdrew"


def test_columns_of_stances_have_it(record: Record) -> None:
    assert crosstab(record, END).loc["aid"].to_dict() == {
        "supportive": (), "engaging": (), "opposed": ("DDD",), "withdrew": ("BBB",), "not_coded": (),
    }  # fmt: skip
    assert Crosstab.build(record, END, Options()).alt().endswith("Aid: 1 opposed, 1 withdrew.")
    assert LeverMatrix.build(record, END, Options()).table().set_index("Actor")["Stance"]["Land BBB"] == "Withdrew"
    assert peers(record, "AAA", END).loc["CLUB", ["Supportive", "Withdrew"]].tolist() == [2, 2]
    assert overview(record, END, None).at["BBB", "Withdrew"] == "2020-03-01"


def test_what_is_published_has_it(record: Record) -> None:
    script = record_for_script(record, END)
    assert script["classes"]["withdrew"] == "Withdrew"
    assert [row["class"] for row in script["actors"]["BBB"]["rows"]] == ["recognition", "withdrew", "withdrew"]
    labels = [band.label for band in bands_of(record, ["BBB"], END)["BBB"]]
    assert labels == ["Not coded", "Supportive", "Withdrew", "Recognises"]
    assert '"withdrew":["BBB","CCC"]' in who_stood_where(record)["on/2020-03-01.json"]
    frame = panel(record)
    assert frame[frame["actor_id"] == "CCC"]["withdrew"].tolist() == [""] * 2 + ["2020-03-01"] * 3 + [""] * 7
    assert [field["name"] for field in panel_fields(record)["fields"]] == list(frame)


def test_a_brief_counts_and_names_it(record: Record) -> None:
    brief = a_brief(record)
    told = [(number.number, number.words, number.whom) for number in numbers_of_all(brief)]
    assert ("2", "withdrew", "Land BBB and Land EEE") in told and ("1", "refuses", "Land DDD") in told
    first = numbers_of_actor(a_brief(record, "BBB"))[0]
    assert (first.number, first.whom) == ("◁ Withdrew", "On 1 March 2020")
    (entry,) = table_rows(record, END, ["EEE"])
    assert (entry.stance.label, entry.stance_since, entry.withdrew) == ("Opposed", "May 2020", "May 2020")
    (stances,) = [part for part in parts(brief) if part and part.name == "stances"]
    assert "◁ Withdrew: 2 countries" in stances.content and "○ Opposed: 1 country" in stances.content


def test_a_change_of_the_act_alone_is_told(record: Record) -> None:
    rows = [stance_row("AAA", "2020-01-10", ("review", "opposed", "none"))]
    before, after = record_of(rows), record_of([{**rows[0], "act": "withdrawal"}])
    assert changed_picture(before, after) == [
        "Land AAA: was opposed at level no contact, is opposed at level no contact (withdrew recognition on "
        "10 January 2020) on 31 December 2020",
        "Countries, opposed: 1 before, 0 after",
        "Countries, withdrew: 0 before, 1 after",
    ]


def test_a_record_without_withdrawals_has_no_class_of_them(small: Record) -> None:
    texts = [
        *(key.text for key in StanceMap.build(small, END, Options()).all_keys()),
        *StanceMap.build(small, END, Options()).table(),
        *Counts.build(small, END, Options()).table(),
        *(label for _, labels in choices(small).values() for label in labels.values()),
        *overview(small, END, None), *peers(small, "AAA", END), *crosstab(small, END), *panel(small),
        *record_for_script(small, END)["classes"].values(), *who_stood_where(small).values(),
    ]  # fmt: skip
    assert not any("withdrew" in text.lower() for text in texts)


def test_who_recognises_after_a_withdrawal_does_so_again(sample: Record) -> None:
    standings = standings_on(sample, sample.tracker.data_until)
    assert standings["LBR"].in_words() == "Recognises again since 22 June 2018"
    assert not standings["USA"].again
