"""Frames and sentences, by equality where the record is small."""

import datetime as dt

from components.record.model import Record
from components.summaries import countries, funds, levers, stances

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
        "recognition",
        "Recognises since 1 June 2020",
        "1 June 2020",
        "1 June 2020",
        "",
        "The minister explained it.",
        "Government of Alphaland",
    ]
    assert frame.loc["CCC"].tolist() == ["Gammaland", "not_coded", "not_coded", *[""] * 7]
    assert frame.loc["SUB"].tolist() == ["Subland", "not_applicable", "not_applicable", *[""] * 7]


def test_counts_keep_a_class_that_is_empty(small: Record) -> None:
    counts = stances.class_counts(stances.map_frame(small, dt.date(2020, 1, 1))).set_index("code")["count"]
    assert counts.to_dict() == {
        "supportive": 0, "engaging": 0, "opposed": 0, "none": 0, "not_coded": 3, "not_applicable": 1,
    }  # fmt: skip


def test_headlines_say_the_finding(small: Record) -> None:
    assert stances.headline(small, JUNE) == ("Only Alphaland recognises the council")
    assert stances.headline(small, dt.date(2020, 1, 10)) == ("No country recognises the council; Alphaland refuses")
    assert levers.matrix_headline(small, JUNE) == (
        "2 states and bodies can influence the council: 1 only by pressure, 1 only by incentives"
    )
    assert levers.matrix_headline(small, dt.date(2020, 1, 1)) == (
        "The Bank can influence the council, only by pressure"
    )
    assert countries.overview_headline(countries.overview(small, END, frozenset({"AAA"}))) == (
        "Positions of 1 state or organisation, with evidence"
    )
    assert funds.funds_headline(small, END) == (
        "$800–1,000 frozen or in trust; payments are on record for 1 of 2 givers"
    )
    assert funds.funds_headline(small, dt.date(2020, 1, 1)).endswith("$800–1,000 frozen or in trust")
