"""The film as a file, before it is drawn: its days, what happened on them, and for how long each is seen."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from components.publish.encoding import TICKS
from components.publish.film import LONGEST, SHORTEST
from components.publish.film_captions import captions
from components.publish.film_frames import SHAPES, a_film
from components.record.model import Record
from components.record.reading import read
from components.summaries import film_days as days_module
from components.summaries.film_days import MOST, film_days
from components.summaries.turns import RANK, RECOGNITION, STANCE, turns
from tests.conftest import Change


def whole(record: Record) -> list[dt.date]:
    return film_days(record, record.tracker.start, record.tracker.data_until)


def test_turning_points_say_who_did_what_when(shipped: Record) -> None:
    told = {turn.dated(): turn.weight for turn in turns(shipped)}
    assert told["Russia recognised the Taliban, 3 July 2025"] == RECOGNITION
    assert told["China moved up to ambassador rank, 13 September 2023"] == RANK
    assert told["Kyrgyzstan turned from engaging to supportive, 16 February 2024"] == STANCE
    assert told["Kuwait and Oman began to engage, 14 February 2022"] == STANCE
    assert any(words.endswith(", March 2022") for words in told)  # as coarse as it is known
    assert any(
        words.startswith("Albania, Andorra, Bulgaria and 13 more came out against recognition;") for words in told
    )
    assert list(turns(shipped)) == sorted(turns(shipped), key=lambda turn: turn.day)


def test_who_is_coded_for_the_first_time_has_not_turned(small: Record) -> None:
    assert [turn.dated() for turn in turns(small)] == [
        "Alphaland turned from opposed to engaging, March 2020",
        "Alphaland recognised the council, 1 June 2020",
    ]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("act", "withdrawal", "Alphaland withdrew recognition"),
        ("stance", "none", "Alphaland fell back to no position"),
        ("recognition_level", "ambassador", "Alphaland moved up to ambassador rank"),
        ("recognition_level", "charge", "Alphaland accepted envoys below ambassador rank"),
    ],
)
def test_each_kind_of_turning_point_has_its_words(small: Record, column: str, value: str, words: str) -> None:
    later = {"stance": "engaging", "recognition_level": "contact", "act": "talks", column: value}
    rows = small.stances.set_index("id", drop=False)
    rows.loc["AAA-2020-06-01b", [*later, "date"]] = [*later.values(), pd.Timestamp("2020-08-01")]
    if column != "act":
        rows.loc["AAA-2020-06-01", ["stance", "recognition_level", "act"]] = ["engaging", "contact", "talks"]
    record = replace(small, stances=rows.reset_index(drop=True))
    assert [turn.words for turn in turns(record)][-1] == words


def test_a_rank_that_was_lost_is_said(change: Change) -> None:
    change("stances", "AAA-2020-03", "recognition_level", "charge")
    change("stances", "AAA-2020-06-01", "recognition_level", "contact")
    change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    folder = change("stances", "AAA-2020-06-01", "act", "talks")
    assert turns(read(folder))[-1].words == "Alphaland moved down to the level contact"


def test_a_film_has_turning_points_and_ends_of_months(small: Record, shipped: Record) -> None:
    days = whole(small)
    assert days[0] == small.tracker.start and days[-1] == small.tracker.data_until
    assert {turn.day for turn in turns(small)} <= set(days)
    assert len(days) == 15  # two turning points, twelve months and the first day
    longer = whole(shipped)
    assert {turn.day for turn in turns(shipped)} <= set(longer)
    assert len(longer) <= MOST
    assert dt.date(2021, 12, 31) in longer and dt.date(2025, 11, 30) not in longer  # quarters in place of months


def test_where_there_are_too_many_days_the_weightier_stay(shipped: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_module, "MOST", 20)
    days = whole(shipped)
    assert len(days) == 20
    assert dt.date(2025, 7, 3) in days
    ranks = {turn.day for turn in turns(shipped) if turn.weight == RANK}
    assert len(ranks & set(days)) == 17  # all there is room for, from one end to the other
    told = captions(shipped, days)
    assert "Russia recognised the Taliban" in told[days.index(dt.date(2025, 7, 3))]
    assert any("more turning points" in caption for caption in told)


def test_captions_say_the_date_that_the_frame_does_not(small: Record) -> None:
    told = dict(zip(whole(small), captions(small, whole(small)), strict=True))
    assert told[dt.date(2020, 1, 1)] == "Nothing is recorded by this day"
    assert told[dt.date(2020, 3, 1)] == "Alphaland turned from opposed to engaging, March 2020"
    assert told[dt.date(2020, 6, 1)] == "Alphaland recognised the council"
    assert told[dt.date(2020, 4, 30)] == ""
    assert told[dt.date(2020, 12, 31)] == "Only Alphaland recognises the council"
    later = captions(small, [dt.date(2020, 5, 1), dt.date(2020, 7, 1), dt.date(2020, 8, 1)])
    assert later[1] == "Alphaland recognised the council, 1 June 2020"


def test_the_first_frame_has_the_first_day_and_where_all_stood(shipped: Record) -> None:
    film = a_film(shipped, whole(shipped), "wide", "light")
    assert film.days[0] == dt.date(2021, 8, 15)
    assert film.captions[0] == "No country recognises the Taliban; Pakistan deals with it, 3 refuse"
    assert film.captions[-1].startswith("Only Russia recognises the Taliban; five support it short of that")


def test_names_of_films_tell_them_apart(small: Record) -> None:
    films = [a_film(small, whole(small), shape, theme) for shape in SHAPES for theme in ("light", "dark")]
    stems = {film.stem for film in films} | {a_film(small, whole(small)[:3], "wide", "light").stem}
    assert len(stems) == 5
    assert "small-tracker-film-2020-01-01-2020-12-31-wide-light" in stems
    long = replace(small, tracker=replace(small.tracker, title="A long title " * 25))
    assert len(a_film(long, whole(small), "portrait", "light").stem.encode()) < 200


def test_a_caption_is_seen_longer_and_the_last_frame_longest(shipped: Record) -> None:
    film = a_film(shipped, whole(shipped), "wide", "light")
    ticks = film.ticks()
    plain = ticks[film.captions.index("")]
    turned = [tick for tick, caption in zip(ticks, film.captions, strict=True) if caption]
    assert min(turned) > 4 * plain / 2 and max(ticks) == ticks[-1] > 40


@pytest.mark.parametrize("seconds", [SHORTEST, 60, LONGEST])
def test_a_film_takes_the_seconds_asked_for(shipped: Record, small: Record, seconds: int) -> None:
    for record in (shipped, small):
        ticks = a_film(record, whole(record), "wide", "light").ticks(seconds)
        assert sum(ticks) == seconds * TICKS
        assert min(ticks) >= 1
        assert ticks[-1] > 3 * min(ticks)


def test_a_film_of_one_day_is_a_picture(small: Record) -> None:
    day = dt.date(2020, 3, 31)
    assert film_days(small, day, day) == [day]
    film = a_film(small, [day], "portrait", "dark")
    assert film.captions == ["No country recognises the council; Alphaland deals with it"]
    assert film.ticks(12) == [12 * TICKS]
    assert film.place(day) == 1


def test_years_stand_below_the_bar_as_far_as_there_is_room(shipped: Record, small: Record) -> None:
    film = a_film(shipped, whole(shipped), "portrait", "light")
    assert [year for year, _ in film.years] == ["2022", "2023", "2024", "2025", "2026"]
    assert a_film(small, whole(small), "wide", "light").years == [("2020", 0.0)]
    long = replace(film, days=[dt.date(1900, 1, 1), dt.date(2026, 1, 1)], captions=["", ""])
    places = [place for _, place in long.years]
    assert 5 < len(places) < 16 and places[0] == 0
