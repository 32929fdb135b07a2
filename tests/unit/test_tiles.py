"""The tile map: a square for each country, whose names can be read or are left out."""

import datetime as dt

import pandas as pd
import pytest

from components.figures import tile_map
from components.figures.figure import Options
from components.figures.theme import SMALL_SIZE, Look, Theme
from components.figures.tile_map import TileMap
from components.record.model import Record
from components.record.reading import read
from components.record.shapes import load_points
from components.summaries.colouring import modes
from tests.conftest import Change

JUNE = dt.date(2020, 6, 1)


def test_every_country_has_a_square_of_its_own(shipped: Record) -> None:
    figure = TileMap.build(shipped, shipped.tracker.data_until, Options()).draw(Look())
    squares = figure.data[1]
    assert set(squares.customdata) == set(shipped.actors.index[shipped.actors["kind"] == "country"])
    cells = set(zip(squares.x, squares.base, strict=True))
    assert len(cells) == len(squares.customdata) == 197
    assert set(squares.y) == {squares.width} and squares.width < 1
    assert figure.layout.yaxis.scaleanchor == "x" and figure.layout.yaxis.scaleratio == 1
    assert max(squares.x) + 1 <= 390 / 9 * squares.width  # nine pixels wide at least on a phone
    assert figure.layout.uniformtext.minsize == figure.data[2].insidetextfont.size == SMALL_SIZE
    assert figure.data[2].hoverinfo == "skip"


def test_the_muted_are_squares_without_a_word(shipped: Record) -> None:
    found = TileMap.build(shipped, shipped.tracker.data_until, Options(passing=frozenset({"FRA", "MCO"})))
    rest, squares, names = found.draw(Look()).data
    assert set(squares.customdata) == set(names.text) == {"FRA", "MCO", shipped.tracker.subject}
    assert rest.hoverinfo == "skip" and len(rest.x) == len(found.coloured.frame) - 3
    assert found.alt().startswith(
        "Tile map, one square for each country. Recognises: 0 countries; Supportive short of that: 0 countries;"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_mode_is_light_and_counts_all(shipped: Record, theme: Theme) -> None:
    for mode in modes(shipped):
        found = TileMap.build(shipped, shipped.tracker.data_until, Options(colour=mode))
        assert sum(key.count or 0 for key in found.legend()) == len(found.coloured.frame)
        assert len(found.draw(Look(theme)).to_json()) < 75_000


def test_a_record_without_places_still_has_its_words(small: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    found = TileMap.build(small, JUNE, Options())
    assert [key.count for key in found.legend()][:2] == [1, 1]
    assert not len(found.draw(Look()).data[1].customdata or ())
    assert found.notes() == ["Counted and not drawn, for want of a shape: Alphaland, Betaland, Gammaland, Subland."]
    nowhere = load_points().iloc[:0]
    monkeypatch.setattr(tile_map, "load_points", lambda: nowhere)
    assert found.draw(Look()).layout.xaxis.range == (-0.5, 0.5)


def test_names_are_drawn_as_text(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(change("actors", "AAA", "name", "<b>Al</b><a href='https://evil.example'>pha"))
    here = pd.DataFrame({"column": [0], "row": [0]}, index=["AAA"])
    monkeypatch.setattr(tile_map, "load_points", lambda: here)
    drawn = TileMap.build(record, JUNE, Options()).draw(Look()).to_json().replace("\\u003c", "<")
    assert "&lt;a href" in drawn and "<a href" not in drawn
