"""Frames over time: counts, moves, spans and rows of a few, the classes on many days."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from components.record.model import Record
from components.record.reading import read
from components.record.vocabulary import STANCES
from components.summaries.stances import class_counts, map_frame
from components.summaries.time import (
    BY_LEVEL,
    count_steps,
    month_ends,
    moved,
    stances_at,
    standing_bands,
    standing_rows,
)
from tests.conftest import Change

JUNE, END = dt.date(2020, 6, 1), dt.date(2020, 12, 31)
CODES = [*STANCES, "not_coded"]


def days(column: pd.Series) -> list[str]:
    return [moment.date().isoformat() for moment in column]


# Counts


def test_counts_step_on_every_day_on_which_somebody_moved(small: Record) -> None:
    frame = count_steps(small, END)
    assert list(frame.columns) == ["date", "supportive", "engaging", "opposed", "none", "not_coded"]
    assert days(frame["date"]) == [
        "2020-01-01", "2020-01-10", "2020-02-01", "2020-03-01", "2020-06-01", "2020-12-31",
    ]  # fmt: skip
    assert frame[CODES].to_numpy().tolist() == [
        [0, 0, 0, 0, 3],
        [0, 0, 1, 0, 2],
        [0, 0, 1, 1, 1],
        [0, 1, 0, 1, 1],
        [1, 0, 0, 1, 1],
        [1, 0, 0, 1, 1],
    ]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2020-01-01", ["2020-01-01"]),
        ("2020-01-10", ["2020-01-01", "2020-01-10"]),
        ("2020-02-20", ["2020-01-01", "2020-01-10", "2020-02-01", "2020-02-20"]),
    ],
)
def test_counts_and_moves_end_at_the_day(small: Record, day: str, known: list[str]) -> None:
    on = dt.date.fromisoformat(day)
    frame, whole = count_steps(small, on), count_steps(small, END)
    assert days(frame["date"]) == known
    assert frame[CODES].iloc[-1].tolist() == whole[whole["date"] <= day][CODES].iloc[-1].tolist()
    assert days(moved(small, on)["date"]) == [moment for moment in known if moment in {"2020-01-10", "2020-02-01"}]


def test_counts_of_some_countries_alone(small: Record) -> None:
    frame = count_steps(small, END, {"BBB", "BNK", "SUB"})
    assert days(frame["date"]) == ["2020-01-01", "2020-02-01", "2020-12-31"]
    assert frame[CODES].to_numpy().tolist() == [[0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0]]
    assert count_steps(small, END, set())[CODES].to_numpy().tolist() == [[0] * 5, [0] * 5]


def test_levels_are_counted_as_stances_are(small: Record) -> None:
    frame = count_steps(small, JUNE, column=BY_LEVEL).set_index("date")
    held = frame.loc[pd.Timestamp("2020-06-01")]
    assert (held["recognition"], held["contact"], held["none"], held["not_coded"]) == (1, 0, 1, 1)
    assert list(moved(small, JUNE, column=BY_LEVEL)["after"]) == ["none", "none", "contact", "recognition"]


def test_moves_name_the_row_that_made_them(small: Record) -> None:
    moves = moved(small, END)
    assert list(moves.columns) == ["date", "date_text", "actor_id", "name", "before", "after", "id"]
    assert [(day, *row) for day, row in zip(days(moves["date"]), moves.to_numpy()[:, 1:].tolist(), strict=True)] == [
        ("2020-01-10", "2020-01-10", "AAA", "Alphaland", "not_coded", "opposed", "AAA-2020-01-10"),
        ("2020-02-01", "2020-02-01", "BBB", "Betaland", "not_coded", "none", "BBB-2020-02-01"),
        ("2020-03-01", "2020-03", "AAA", "Alphaland", "opposed", "engaging", "AAA-2020-03"),
        ("2020-06-01", "2020-06-01", "AAA", "Alphaland", "engaging", "supportive", "AAA-2020-06-01"),
    ]


def test_of_two_rows_on_a_day_the_later_counts(change: Change) -> None:
    change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    record = read(change("stances", "AAA-2020-06-01b", "stance", "engaging"))
    assert list(moved(record, END)["id"]) == ["AAA-2020-01-10", "BBB-2020-02-01", "AAA-2020-03"]


@pytest.mark.parametrize("day", ["2021-08-15", "2021-08-31", "2022-06-01", "2024-09-26", "2026-06-30"])
def test_counts_are_those_of_the_map(shipped: Record, day: str) -> None:
    on = dt.date.fromisoformat(day)
    held = count_steps(shipped, on).iloc[-1]
    assert held["date"] == pd.Timestamp(on)
    counts = class_counts(map_frame(shipped, on)).set_index("code")["count"]
    assert held[CODES].tolist() == counts[CODES].tolist()


# Bands


def test_bands_cover_the_record_up_to_the_day(small: Record) -> None:
    bands = standing_bands(small, ["CCC", "AAA"], JUNE)
    assert list(zip(bands["actor_id"], days(bands["start"]), days(bands["end"]), bands["stance"], strict=True)) == [
        ("CCC", "2020-01-01", "2020-06-02", "not_coded"),
        ("AAA", "2020-01-01", "2020-01-10", "not_coded"),
        ("AAA", "2020-01-10", "2020-03-01", "opposed"),
        ("AAA", "2020-03-01", "2020-06-01", "engaging"),
        ("AAA", "2020-06-01", "2020-06-02", "supportive"),
    ]
    assert list(zip(bands["since"], bands["until"], strict=True)) == [
        ("2020-01-01", "2020-06-01"),
        ("2020-01-01", "2020-01-10"),
        ("2020-01-10", "2020-03"),
        ("2020-03", "2020-06-01"),
        ("2020-06-01", "2020-06-01"),
    ]


def test_rows_of_bands_go_up_to_the_day(small: Record) -> None:
    rows = standing_rows(small, ["BBB", "AAA"], dt.date(2020, 3, 1))
    assert rows[["id", "date_text", "act", "stance", "level"]].to_numpy().tolist() == [
        ["BBB-2020-02-01", "2020-02-01", "review", "none", "none"],
        ["AAA-2020-01-10", "2020-01-10", "statement", "opposed", "none"],
        ["AAA-2020-03", "2020-03", "talks", "engaging", "contact"],
    ]


# Many days


def test_months_end_with_the_day(small: Record) -> None:
    assert month_ends(small, END) == [moment.date() for moment in pd.date_range("2020-01-31", END, freq="ME")]
    assert month_ends(small, dt.date(2020, 2, 10)) == [dt.date(2020, 1, 31), dt.date(2020, 2, 10)]
    assert month_ends(small, dt.date(2020, 1, 1)) == [dt.date(2020, 1, 1)]


def test_classes_on_many_days_are_those_of_each(any_record: Record) -> None:
    days_asked = month_ends(any_record, any_record.tracker.data_until)
    codes = stances_at(any_record, days_asked)
    assert list(codes.columns) == days_asked
    for day in days_asked[::4]:
        assert codes[day].to_dict() == map_frame(any_record, day)["stance"].to_dict()


def test_the_last_month_may_be_cut_short(folder: Path) -> None:
    path = folder / "tracker.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-12-31", "2020-11-10"), encoding="utf-8")
    record = read(folder)
    assert month_ends(record, record.tracker.data_until)[-2:] == [dt.date(2020, 10, 31), dt.date(2020, 11, 10)]


def test_nothing_is_counted_twice_where_nothing_is_recorded(folder: Path) -> None:
    path = folder / "stances.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    record = read(folder)
    assert count_steps(record, END)["not_coded"].tolist() == [3, 3]
    assert standing_bands(record, ["CCC"], END)["stance"].tolist() == ["not_coded"]
    assert standing_bands(record, [], END).empty
    assert standing_rows(record, ["AAA"], END).empty
