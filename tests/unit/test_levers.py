"""Who holds which lever: rows of the matrix, their groups and their order."""

import datetime as dt

import pytest

from components.record.model import Record
from components.summaries import levers
from tests.random_records import record_of, stance_row

JUNE, END = dt.date(2020, 6, 1), dt.date(2020, 12, 31)


def test_the_matrix_shows_whoever_is_coded_or_holds_a_lever(small: Record) -> None:
    shown = levers.matrix(small, JUNE)
    assert list(shown.rows.index) == ["AAA", "BBB", "BNK"]
    assert list(shown.rows["group"]) == ["Supportive", "No public position found", "Not coded"]
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
