"""The film in the page: what it says of the whole record, and what its player is given."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd

from components.figures.classes import paint_of
from components.figures.figure import Options
from components.figures.film import Film
from components.figures.stance_map import StanceMap
from components.figures.theme import Look
from components.record.model import Record
from components.record.reading import read
from components.summaries.colouring import colouring, shades_for


def film_of(record: Record) -> Film:
    return Film.build(record, record.tracker.start, Options(passing=frozenset(), colour="level", zoom="africa"))


def test_the_player_is_given_the_classes_of_each_month(small: Record, shipped: Record) -> None:
    for record in (small, shipped):
        data = film_of(record).player()
        assert data["days"][-1] == record.tracker.data_until.isoformat()
        shades = shades_for(record, "stance")
        codes = [shade.code for shade in shades]
        for at, day in enumerate(data["days"]):
            held = colouring(record, dt.date.fromisoformat(day)).frame["class"]
            assert {actor_id: codes[int(places[at])] for actor_id, places in data["places"].items()} == held.to_dict()
            counts = dict(zip(data["labels"], data["counts"][at], strict=True))
            assert counts == {shade.label: int((held == shade.code).sum()) for shade in shades[:-1]}
        assert data["classes"] == [paint_of(shade)._asdict() for shade in shades]


def test_months_are_named_and_a_day_that_ends_none_is_a_day(small: Record, folder: Path) -> None:
    assert film_of(small).player()["words"][:2] == ["January 2020", "February 2020"]
    assert film_of(small).player()["words"][-1] == "December 2020"
    path = folder / "tracker.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-12-31", "2020-11-10"), encoding="utf-8")
    assert film_of(read(folder)).player()["words"][-2:] == ["October 2020", "10 November 2020"]


def test_it_is_the_same_on_every_day_for_every_reader(small: Record) -> None:
    end = small.tracker.data_until
    plain = Film.build(small, end, Options())
    assert json.dumps(film_of(small).player()) == json.dumps(plain.player())
    assert film_of(small).draw(Look()).to_json() == plain.draw(Look()).to_json()


def test_its_player_counts_and_places_those_that_pass_the_filters(shipped: Record) -> None:
    some = frozenset({"RUS", "CHN", "USA"})
    data = film_of(shipped).player(some)
    assert data["places"].keys() == some
    assert {sum(of_day) for of_day in data["counts"]} == {len(some)}
    assert data["headlines"][-1].startswith("Among those shown, only Russia recognises")


def test_it_is_drawn_as_the_map_of_the_last_day_without_what_would_not_stay_true(shipped: Record) -> None:
    film = film_of(shipped).draw(Look())
    still = StanceMap.build(shipped, shipped.tracker.data_until, Options()).draw(Look())
    for moving, fixed in zip(film.data[1:], still.data[1:3], strict=True):
        assert moving.hovertext is None and "hovertext" not in moving.hovertemplate
        assert set(moving.text) == set(fixed.text)
    assert dict(zip(film.data[1].locations, film.data[1].z, strict=True)) == dict(
        zip(still.data[1].locations, still.data[1].z, strict=True)
    )
    assert not film.frames and not film.layout.updatemenus and not film.layout.sliders
    assert len(film.to_json()) < 12_000
    assert len(json.dumps(film_of(shipped).player())) < 26_000


def test_it_says_where_it_begins_and_ends(small: Record) -> None:
    film = film_of(small)
    assert film.finding() == (
        "Month by month since January 2020: recognises from 0 to 1, engaging still 0, opposed from 1 to 0"
    )
    assert film.alt() == (
        "World map that can be played through 12 months, each as it ended. "
        "On 31 January 2020: Recognises: 0 countries; "
        "Engaging: 0 countries; Opposed: 1 country; No public position found: 0 countries; Not coded: 2 countries. "
        "On 31 December 2020: Recognises: 1 country; "
        "Engaging: 0 countries; Opposed: 0 countries; "
        "No public position found: 1 country; Not coded: 1 country."
    )
    assert [key.count for key in film.legend()] == [None] * len(shades_for(small, "stance"))
    table = film.table()
    assert table["Day"].tolist()[:2] == ["2020-01-31", "2020-02-29"]
    pd.testing.assert_series_equal(table["Opposed"], pd.Series([1, 1, *[0] * 10], name="Opposed"))
