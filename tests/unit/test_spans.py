"""Records of 5, 18 and 77 years: what is labelled, stepped through and counted in parts, and what is said of it."""

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from components.figures.counts import Counts
from components.figures.figure import Options
from components.figures.film import Film
from components.figures.history import YEAR, History
from components.figures.rows import NAMES
from components.figures.theme import Look
from components.figures.timeline import MOST_YEARS, round_years, time_axis, time_ticks
from components.publish.explorer_data import record_for_script
from components.publish.film_frames import SHAPES, a_film
from components.publish.site_bands import years
from components.record.model import Record
from components.record.reading import read
from components.summaries.changes import changes_between
from components.summaries.film_days import MOST, film_days, played_days
from components.summaries.ribbon import LENGTHS, ribbon_of
from tests.conftest import ROOT, SMALL
from tests.spans import stretched

STARTS = {18: dt.date(2008, 2, 17), 77: dt.date(1949, 10, 1)}
DIGIT = 7  # px of a digit in small type, at the most


@pytest.fixture(scope="module", params=["data", "small"])
def source(request: pytest.FixtureRequest) -> Path:
    """A record with many moves, and one with three."""
    return ROOT / "data" if request.param == "data" else SMALL


@pytest.fixture(scope="module", params=list(STARTS))
def long(request: pytest.FixtureRequest, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """It, drawn apart over many years."""
    return read(stretched(source, tmp_path_factory.mktemp("spans") / "record", STARTS[request.param]))


def test_years_are_labelled_by_room_and_are_round() -> None:
    for first in (1800, 1949, 2008, 2021):
        for most in (4, 7, 13, 31):
            shown = round_years(range(first, 2027), most)
            assert len(shown) <= most, (first, most)
            assert len({after - before for before, after in pairwise(shown)}) <= 1
    assert round_years(range(1949, 2027), 8) == [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]
    assert round_years(range(2009, 2027), 7) == [2010, 2015, 2020, 2025]
    assert round_years(range(2021, 2027), 7) == [2021, 2022, 2023, 2024, 2025, 2026]


@pytest.mark.parametrize("px", [224, 466, 1018])
@pytest.mark.parametrize("span", [1, 5, 9, 18, 40, 77, 220])
def test_labels_of_a_header_never_meet(px: int, span: int) -> None:
    end = pd.Timestamp("2026-07-01")
    start = end - pd.DateOffset(years=span)
    moments = list(time_ticks(start, end, px // YEAR))
    places = [(moment - start) / (end - start) * px for moment in moments]
    assert places and all(after - before > 4 * DIGIT for before, after in pairwise(places))


def test_the_browser_labels_the_years_of_a_long_axis_and_no_others() -> None:
    end = pd.Timestamp("2026-07-01")
    short, long = (time_axis(pd.Timestamp(f"{year}-06-01"), end, Look()) for year in (2020, 2008))
    assert "tickvals" in short and len(short["tickvals"]) <= MOST_YEARS
    assert "tickvals" not in long and long["tickformat"] == "%Y"


def test_a_long_record_is_played_in_a_hundred_steps_at_the_most(long: Record) -> None:
    days = played_days(long)
    film = Film.build(long, long.tracker.data_until, Options())
    data = film.player()
    assert 2 < len(days) <= MOST and len(data["days"]) == len(days)
    assert days == film_days(long, long.tracker.start, long.tracker.data_until)
    assert days[0] == long.tracker.start and days[-1] == long.tracker.data_until
    assert data["of"] == "Day" and data["ends"] == [f"{long.tracker.start:%Y}", f"{long.tracker.data_until:%Y}"]
    assert len(json.dumps(data)) < 40_000
    told = " ".join([film.about(), film.subtitle(), film.finding(), film.alt(), *data["words"]])
    assert "month" not in told.lower() and f"on {len(days)} days" in told


def test_the_shipped_record_is_played_month_by_month(shipped: Record) -> None:
    film = Film.build(shipped, shipped.tracker.data_until, Options())
    data = film.player()
    assert len(data["days"]) == 59 and data["of"] == "Month" and data["ends"] == ["August 2021", "June 2026"]


def test_the_front_page_of_the_site_plays_as_few_steps(long: Record) -> None:
    day = long.tracker.data_until
    data = record_for_script(long, day)
    assert len(data["played"]) <= MOST
    assert data["played"][-1] == len(data["steps"]) - 1
    assert data["played"] == sorted(set(data["played"]))


def test_years_below_a_bar_a_band_and_a_slider_have_room(long: Record) -> None:
    day = long.tracker.data_until
    band = years(long, day)
    assert 1 < len(band) <= MOST_YEARS
    assert all(b[1] - a[1] > 9 for a, b in pairwise(band)) and band[-1][1] < 92
    film = a_film(long, [long.tracker.start, day], "portrait", "light")
    shape = SHAPES["portrait"]
    width = (shape.width - 2 * shape.margin) / shape.type["note"][0]
    places = [place * width for _, place in film.years]
    assert len(places) > 1 and all(b - a >= 2.5 for a, b in pairwise(places))


def test_the_history_of_a_long_record_labels_years_that_have_room(long: Record) -> None:
    history = History.build(long, long.tracker.data_until, Options())
    for width in (358, 600, 1152):
        drawn = history.draw(Look(width=width))
        texts = [label.text for label in drawn.layout.annotations if label.text.isdigit()]
        assert len(set(texts)) * YEAR <= width - NAMES
        assert len(drawn.layout.xaxis.tickvals) == len(set(texts)) > 1


def test_changes_of_a_long_record_stand_in_few_columns(long: Record) -> None:
    since, until = long.tracker.start - dt.timedelta(days=1), long.tracker.data_until
    rows = changes_between(long, since, until)
    ribbon = ribbon_of(long, rows, since, until)
    assert ribbon.of == ("decade" if since.year < 1950 else "year" if until.year == 2020 else "five years")
    assert 3 < len(ribbon.columns) <= 13
    assert sum(map(sum, ribbon.counts.values())) == len(rows)


@pytest.mark.parametrize(
    ("first", "of", "labels"),
    [
        (2014, "year", ["2014", "2015", "2026"]),
        (2008, "five years", ["2008–09", "2010–14", "2025–26"]),
        (1949, "decade", ["1940s", "1950s", "2020s"]),
        (1800, "fifty years", ["1800–49", "1850–99", "2000–26"]),
    ],
)
def test_a_column_says_its_years(small: Record, first: int, of: str, labels: list[str]) -> None:
    since, until = dt.date(first - 1, 12, 31), dt.date(2026, 6, 30)
    ribbon = ribbon_of(small, changes_between(small, since, until), since, until)
    columns = list(ribbon.columns)
    assert ribbon.of == of
    assert [column.label for column in (columns[0], columns[1], columns[-1])] == labels
    assert len(columns) <= max(most for _, _, most in LENGTHS)
    assert len({column.short for column in columns}) == len({column.words for column in columns}) == len(columns)


def test_counts_of_a_long_record_say_since_when(long: Record) -> None:
    counts = Counts.build(long, long.tracker.data_until, Options())
    assert f"{long.tracker.start:%Y}" in counts.alt()
