"""Frames and sentences, by equality where the record is small."""

import datetime as dt

import pandas as pd
import pytest

from components.record.model import Record
from components.record.schema import TABLES
from components.summaries import countries, flows, funds, levers, sources, stances, tables
from components.summaries.actors import actor_money
from components.summaries.money import Total
from tests.random_records import record_of, stance_row

JUNE = dt.date(2020, 6, 1)
END = dt.date(2020, 12, 31)


def test_the_map_frame_tells_four_things_apart(small: Record) -> None:
    frame = stances.map_frame(small, JUNE)
    assert frame["stance"].to_dict() == {
        "SUB": "not_applicable",
        "AAA": "supportive",
        "BBB": "none",
        "CCC": "not_coded",
    }
    assert frame.loc["AAA"].tolist() == [
        "Alphaland",
        "supportive",
        "recognition",
        "Recognises since 1 June 2020",
        "1 June 2020",
        "1 June 2020",
        "The minister explained it.",
        "Government of Alphaland",
    ]
    assert frame.loc["CCC"].tolist() == ["Gammaland", "not_coded", *[""] * 6]
    assert frame.loc["SUB"].tolist() == ["Subland", "not_applicable", *[""] * 6]


def test_counts_keep_a_class_that_is_empty(small: Record) -> None:
    counts = stances.class_counts(stances.map_frame(small, dt.date(2020, 1, 1))).set_index("code")["count"]
    assert counts.to_dict() == {
        "supportive": 0, "engaging": 0, "opposed": 0, "none": 0, "not_coded": 3, "not_applicable": 1,
    }  # fmt: skip


def test_headlines_say_the_day_and_the_finding(small: Record) -> None:
    assert stances.headline(small, JUNE) == (
        "As of 1 June 2020: Alphaland recognises the council, 0 are supportive short of that, 0 engaging, 0 opposed"
    )
    assert stances.headline(small, dt.date(2020, 1, 10)) == (
        "As of 10 January 2020: 0 recognise the council, 0 are supportive short of that, 0 engaging, 1 opposed"
    )
    assert levers.matrix_headline(small, JUNE) == (
        "As of 1 June 2020: 2 actors hold 2 levers; 1 presses, 1 offers incentives, 0 do both"
    )
    assert levers.matrix_headline(small, dt.date(2020, 1, 1)) == (
        "As of 1 January 2020: 1 actor holds 1 lever; 1 presses, 0 offer incentives, 0 do both"
    )
    assert countries.overview_headline(small, END, countries.overview(small, END, frozenset({"AAA"}))).startswith(
        "As of 31 December 2020: 1 actor of 1 listed is coded"
    )
    assert funds.funds_headline(small, END) == (
        "As of 31 December 2020: $800–1,000 frozen or in trust; apart from that, 2 givers pledged $300, besides EUR 7; "
        "payments are on record for 1 of them"
    )
    assert funds.funds_headline(small, dt.date(2020, 1, 1)).endswith("$800–1,000 frozen or in trust")


def test_the_matrix_shows_whoever_is_coded_or_holds_a_lever(small: Record) -> None:
    shown = levers.matrix(small, JUNE)
    assert list(shown.rows.index) == ["AAA", "BBB", "BNK"]
    assert list(shown.rows["group"]) == ["Europe", "Africa", "International"]
    assert shown.levers == ["reserves", "aid"]
    assert shown.cells.set_index(["actor_id", "lever", "direction"])["held"].to_dict() == {
        ("AAA", "aid", "incentive"): True, ("AAA", "aid", "pressure"): False, ("BNK", "reserves", "pressure"): True,
    }  # fmt: skip


def test_the_matrix_groups_by_bloc_and_can_show_everyone(small: Record) -> None:
    shown = levers.matrix(small, JUNE, "CLUB", everyone=True)
    assert shown.rows["group"].to_dict() == {
        "AAA": "CLUB members", "BBB": "All others", "ALL": "All others", "CCC": "All others", "BNK": "All others",
    }  # fmt: skip
    assert "SUB" not in shown.rows.index


@pytest.mark.parametrize(
    ("sort", "others"),
    [
        ("name", ["ALL", "BBB", "CCC", "BNK"]),
        ("stance", ["BBB", "ALL", "CCC", "BNK"]),
        ("levers", ["BNK", "ALL", "BBB", "CCC"]),
        ("moved", ["ALL", "BBB", "CCC", "BNK"]),
    ],
)
def test_the_matrix_sorts_inside_its_groups(small: Record, sort: str, others: list[str]) -> None:
    assert list(levers.matrix(small, JUNE, "CLUB", sort=sort, everyone=True).rows.index) == ["AAA", *others]


def test_the_latest_move_is_a_change_of_stance_and_no_other_row() -> None:
    record = record_of(
        [
            stance_row("AAA", "2020-01-10", ("statement", "opposed", "none")),
            stance_row("AAA", "2020-03-01", ("mission_opened", "engaging", "presence")),
            stance_row("BBB", "2020-01-10", ("statement", "opposed", "none")),
            stance_row("BBB", "2020-03-02", ("mission_opened", "engaging", "presence")),
            stance_row("CCC", "2020-06-15", ("statement", "opposed", "none")),
            stance_row("AAA", "2020-12", ("talks", "engaging", "contact")),
        ]
    )
    assert list(levers.matrix(record, END, "CLUB", sort="moved").rows.index) == ["BBB", "AAA", "CCC"]


def test_stocks_count_a_part_once(small: Record) -> None:
    frame = funds.stock_frame(small, dt.date(2020, 5, 1))
    assert list(frame["id"]) == ["BNK-frozen-2020-01-01", "AAA-suspended-2020-01-10"]
    totals = funds.stock_totals(small, frame)
    assert totals["held"] == Total("USD", 900, 800, 1000, 1)
    assert totals["suspended"] == Total("USD", None, None, None, 1, (Total("EUR", 50, 50, 50, 1),))
    assert list(funds.stock_parts(small, dt.date(2020, 5, 1), frame)["id"]) == ["BNK-in_trust-2020-05-01"]
    assert frame["figure"].tolist() == ["$800–1,000", "EUR 50 (no dollar figure)"]


def test_other_readings_are_kept(small: Record) -> None:
    money = actor_money(small, dt.date(2020, 5, 1), "BNK")
    assert list(money["id"]) == ["BNK-frozen-2020-01-01"]


def test_flows_are_a_givers_own_and_counted_once(small: Record) -> None:
    frame = flows.flow_frame(small, END)
    assert list(frame["holder"]) == ["Alphaland", "Betaland"]
    assert frame.loc["AAA", ["pledged", "disbursed"]].tolist() == [300, 120]
    assert pd.isna(frame.at["AAA", "committed"])
    assert pd.isna(frame.at["BBB", "pledged"])
    assert frame.at["BBB", "unconverted"] == "1 sum in EUR without a dollar figure"


def test_what_is_not_drawn_is_listed_with_its_reason(small: Record) -> None:
    listed = flows.listed_flows(small, END).set_index("id")["reason"].to_dict()
    assert listed == {"ALL-pledged-2020-07-01": "Total of several givers", "BBB-pledged-2020-08": "Investment, not aid"}


def test_stocks_and_flows_never_meet(small: Record) -> None:
    assert set(funds.stock_frame(small, END)["status"]) <= {"frozen", "suspended", "in_trust"}
    assert set(flows.flow_rows(small, END)["status"]) <= {"pledged", "committed", "disbursed"}


def test_publishers_stand_by_how_often_they_are_cited(small: Record) -> None:
    keys = sources.source_ids(small.stances, small.levers)
    assert keys == ["press-1", "press-2", "gov-1"]
    assert sources.publishers_line(small, keys) == "Sources: Government of Alphaland, The Other Paper and The Paper"
    assert sources.publishers_line(small, []) == ""


@pytest.mark.parametrize("name", list(TABLES))
def test_tables_leave_as_they_came(shipped: Record, name: str) -> None:
    table = TABLES[name]
    written = tables.as_csv(tables.as_written(shipped, table)).decode()
    assert written == (shipped.folder / table.file).read_text(encoding="utf-8")


def test_rows_are_found_by_any_name_of_their_actor(small: Record) -> None:
    written = tables.as_written(small, TABLES["levers"])
    assert list(tables.matching(small, written, "land of a")["actor_id"]) == ["AAA", "AAA"]
    assert list(tables.matching(small, written, "RESERVES")["id"]) == ["BNK-reserves-2019"]
    assert tables.matching(small, written, "(").empty
    assert len(tables.matching(small, written, " ")) == 3
