"""The standing of a few actors: bands, levels, dots; and in a low shape all of them without lanes."""

import datetime as dt

import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.standing import STEP, Standings
from components.figures.theme import Look
from components.figures.timeline import AXIS
from components.record.model import Record
from components.record.reading import read
from tests.conftest import Change

JUNE = dt.date(2020, 6, 1)
ONE = Options(actor_ids=("AAA",))


def traces(figure: go.Figure, mode: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode == mode]


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_a_band_says_its_rows_and_its_end(small: Record) -> None:
    standings = Standings.build(small, JUNE, Options(actor_ids=("AAA", "CCC")))
    figure = standings.draw(Look())
    (dots,) = traces(figure, "markers")
    assert list(dots.customdata) == ["AAA"] * 4
    assert dots.hovertext[1] == "<b>March 2020</b> · Talks<br>Engaging · Contact<br>Envoys met."
    assert dots.y[0] - dots.y[1] == STEP
    first, second = texts(figure)
    assert first.startswith("<b>Alphaland</b>  <span") and first.endswith("●</span> Supportive · Recognition")
    assert second.startswith("<b>Gammaland</b>  <span") and second.endswith("·</span> Not coded")
    assert standings.finding() == "Alphaland recognises the council; Gammaland: not coded"
    assert standings.alt() == (
        "Timeline of 2 actors. Alphaland: not coded from 1 January 2020, opposed from 10 January 2020, "
        "engaging from March 2020, supportive from 1 June 2020; 4 dated rows; level no contact, then contact, "
        "then recognition. Gammaland: not coded from 1 January 2020."
    )


def test_strips_cover_the_time_up_to_the_day(small: Record) -> None:
    figure = Standings.build(small, JUNE, ONE).draw(Look())
    strips = [trace for trace in figure.data if trace.type == "bar" and trace.hoverinfo == "text"]
    spans = sorted((trace.base[0], trace.x[0]) for trace in strips)
    ends = [start + dt.timedelta(milliseconds=length) for start, length in spans]
    assert [start for start, _ in spans[1:]] == ends[:-1]
    assert ends[-1] == dt.datetime(2020, 6, 2) == figure.layout.xaxis.range[1]


def test_a_level_that_we_took_back_is_in_no_line_nor_words(change: Change) -> None:
    change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    record = read(change("stances", "AAA-2020-06-01b", "change", "correction"))
    standings = Standings.build(record, JUNE, ONE)
    figure = standings.draw(Look())
    (steps,) = traces(figure, "lines")
    (dots,) = traces(figure, "markers")
    assert len(set(steps.y) - {None}) == 2
    assert len(dots.y) == 4
    assert "since corrected" in dots.hovertext[2]
    assert standings.alt().endswith("engaging from March 2020; 4 dated rows; level no contact, then contact.")
    assert standings.finding() == "Alphaland: engaging"


@pytest.mark.parametrize(
    ("height", "number", "lanes"), [(0, 14, True), (230, 1, True), (230, 5, False), (400, 2, True)]
)
def test_lanes_are_dropped_where_they_have_no_room(shipped: Record, height: int, number: int, lanes: bool) -> None:
    ids = tuple(shipped.stances["actor_id"].value_counts().index[:number])
    figure = Standings.build(shipped, shipped.tracker.data_until, Options(actor_ids=ids)).draw(Look(height=height))
    (dots,) = traces(figure, "markers")
    assert set(dots.customdata) == set(ids)
    assert bool(traces(figure, "lines")) == lanes
    assert (len(texts(figure)) == number) == lanes
    assert (len(figure.layout.yaxis.ticktext) == number) == (not lanes)
    assert figure.layout.height == height or not height


def test_a_shape_too_low_for_all_says_how_many_are_left_out(shipped: Record) -> None:
    ids = tuple(shipped.stances["actor_id"].value_counts().index[:40])
    figure = Standings.build(shipped, shipped.tracker.data_until, Options(actor_ids=ids)).draw(Look(height=230))
    shown = len(figure.layout.yaxis.ticktext)
    assert shown >= (230 - AXIS) // 16 - 3
    assert texts(figure) == [f"and {40 - shown} more"]
    assert max(figure.layout.yaxis.tickvals) < 230 - AXIS


def test_the_sources_are_those_of_the_actors_up_to_the_day(small: Record) -> None:
    early = Standings.build(small, dt.date(2020, 1, 10), ONE)
    assert set(early.source_ids) == set(small.stances.set_index("id").at["AAA-2020-01-10", "source_ids"])
    assert Standings.build(small, JUNE, Options()).source_ids == ()


def test_an_actor_of_the_record_is_asked_for(small: Record) -> None:
    with pytest.raises(KeyError):
        Standings.build(small, JUNE, Options(actor_ids=("ZZZ",)))


def test_the_fullest_five_are_light(shipped: Record) -> None:
    ids = tuple(shipped.stances["actor_id"].value_counts().index[:5])
    standings = Standings.build(shipped, shipped.tracker.data_until, Options(actor_ids=ids))
    figure = standings.draw(Look())
    assert len(standings.table()) == int(shipped.stances["actor_id"].isin(ids).sum())
    assert len(figure.to_json()) < 80_000
    assert max(len(line) for text in traces(figure, "markers")[0].hovertext for line in text.split("<br>")) < 60
