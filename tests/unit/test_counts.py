"""The counts over time: lines up to the day, who moved in their hovers, and labels that do not meet."""

import datetime as dt

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.counts import TOP, Counts, apart
from components.figures.figure import Options
from components.figures.theme import SMALL_LINE, Look
from components.record.model import Record
from components.record.reading import read
from tests.conftest import Change

JUNE, AUGUST = dt.date(2020, 6, 1), dt.date(2020, 8, 5)


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_lines_say_who_moved_and_end_at_the_day(small: Record) -> None:
    counts = Counts.build(small, AUGUST, Options())
    figure = counts.draw(Look())
    opposed, engaging, supportive = figure.data
    assert list(engaging.y) == [0, 0, 0, 1, 0, 0, 0]
    assert list(supportive.y) == [0, 0, 0, 0, 1, 1, 1]
    assert engaging.hovertemplate.startswith("<b>%{x|%-d %B %Y}</b><br>Engaging: %{y} %{hovertext}")
    assert engaging.x[3:] == ("2020-03-01", "2020-06-01", "2020-08-05", "2020-08-06")
    assert engaging.hovertext[3:5] == ("country<br>Came: Alphaland (March 2020)", "countries<br>Left: Alphaland")
    assert {(trace.mode, trace.line.shape) for trace in figure.data} == {("lines", "hv")}
    assert [f"{moment:%Y-%m-%d}" for moment in figure.layout.xaxis.range] == ["2020-01-01", "2020-08-06"]
    assert sorted(texts(figure)) == ["Engaging 0", "Opposed 0", "Supportive 1"]
    assert max(opposed.y) == 1
    assert counts.notes() == ["Not drawn: no public position found (1), not coded (1)."]
    assert counts.alt() == (
        "Step lines of countries from 1 January 2020 to 5 August 2020. Supportive: 0 at first, 1 at last (Alphaland); "
        "Engaging: 0 at first, 0 at last; Opposed: 0 at first, 0 at last; "
        "No public position found: 0 at first, 1 at last (Betaland)."
    )


def test_a_finding_says_how_the_ends_moved(small: Record, shipped: Record) -> None:
    findings = {
        small.tracker.start: "Nothing is recorded by this day",
        dt.date(2020, 2, 1): "Since January 2020: supportive still 0, opposed from 0 to 1",
        AUGUST: "Alphaland became supportive; opposed still 0",
    }
    for day, finding in findings.items():
        assert Counts.build(small, day, Options()).finding() == finding
    first = Counts.build(shipped, shipped.tracker.start, Options())
    assert first.finding() == "The record begins with 0 supportive and 3 opposed"


def test_on_the_first_day_the_lines_last_a_day(small: Record) -> None:
    first = Counts.build(small, small.tracker.start, Options())
    figure = first.draw(Look())
    assert {tuple(trace.x) for trace in figure.data} == {("2020-01-01", "2020-01-02")}
    assert list(figure.layout.xaxis.ticktext) == ["1 Jan<br>2020"]
    assert first.alt().startswith("Step lines of countries on 1 January 2020. Supportive: 0; Engaging: 0;")


def test_levels_are_counted_where_the_map_is_coloured_by_them(small: Record) -> None:
    counts = Counts.build(small, JUNE, Options(colour="level"))
    assert counts.about() == "Levels over time"
    assert len(counts.draw(Look()).data) == 2
    assert "Recognition 1" in texts(counts.draw(Look()))
    assert "Recognition: 0 at first, 1 at last (Alphaland)" in counts.alt()
    assert counts.table().columns[-3:].tolist() == ["Contact", "Recognition", "Not coded"]


def test_counts_and_sources_are_those_of_who_passes(small: Record) -> None:
    counts = Counts.build(small, AUGUST, Options(passing=frozenset({"BBB", "BNK"})))
    assert counts.steps["none"].tolist() == [0, 1, 1]
    assert set(counts.source_ids) == set(small.stances.set_index("id").at["BBB-2020-02-01", "source_ids"])


def test_a_hover_names_five_at_the_most_and_escapes_them(change: Change) -> None:
    record = read(change("actors", "AAA", "name", "<b>Al</b>"))
    counts = Counts.build(record, AUGUST, Options())
    assert counts.draw(Look()).data[1].hovertext[4] == "countries<br>Left: &lt;b&gt;Al&lt;/b&gt;"


def test_the_day_on_which_most_moved_is_said(shipped: Record) -> None:
    figure = Counts.build(shipped, shipped.tracker.data_until, Options()).draw(Look())
    words = [label for label in figure.layout.annotations if "<br>" in label.text]
    assert [label.text for label in words] == ["18 more opposed<br>25 September 2024"]
    # Above every line at that moment, and below the upper edge.
    held = [trace.y[list(trace.x).index("2024-09-25")] for trace in figure.data]
    assert words[0].y >= max(held)
    px_a_country = (figure.layout.height - TOP - figure.layout.margin.b) / figure.layout.yaxis.range[1]
    assert (figure.layout.yaxis.range[1] - words[0].y) * px_a_country >= 2 * SMALL_LINE
    early = Counts.build(shipped, dt.date(2021, 8, 20), Options()).draw(Look())
    assert not [label for label in early.layout.annotations if "more" in label.text]


@pytest.mark.parametrize("height", [0, 190, 400])
@pytest.mark.parametrize("colour", ["stance", "level"])
def test_labels_of_lines_do_not_meet_nor_stick_out(small: Record, shipped: Record, height: int, colour: str) -> None:
    for record in (small, shipped):
        counts = Counts.build(record, record.tracker.data_until, Options(colour=colour))
        figure = counts.draw(Look(height=height))
        plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
        ends = [label for label in figure.layout.annotations if label.showarrow]
        assert len(ends) == len(figure.data)
        middles = sorted(label.y / figure.layout.yaxis.range[1] * plot - label.ay for label in ends)
        assert np.diff(middles).min(initial=np.inf) >= SMALL_LINE - 1e-6
        assert middles[0] >= SMALL_LINE / 2 - 1e-6 and middles[-1] <= plot - SMALL_LINE / 2 + 1e-6


def test_things_are_moved_apart_no_further_than_they_must() -> None:
    assert apart([0, 50, 52], [10, 10, 10], 100) == [5, 50, 60]
    assert apart([97, 98], [10, 20], 100) == [75, 90]
    assert apart([], [], 100) == []


def test_numbers_on_the_axis_are_whole(small: Record, shipped: Record) -> None:
    for record, step in ((small, 1), (shipped, 10)):
        figure = Counts.build(record, record.tracker.data_until, Options()).draw(Look())
        assert figure.layout.yaxis.dtick == step


def test_the_drawing_is_light(shipped: Record) -> None:
    counts = Counts.build(shipped, shipped.tracker.data_until, Options())
    assert len(counts.draw(Look()).to_json()) < 20_000
    assert isinstance(counts.table(), pd.DataFrame)
