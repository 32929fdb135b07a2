"""The history of every actor: bars that begin and end with the rows, who has one, and which a shape has room for."""

import datetime as dt

import plotly.graph_objects as go
import pytest

from components.figures.figure import Options
from components.figures.history import FULL, History
from components.figures.rows import HEADERS_APART, MOST, ROW
from components.figures.theme import Look
from components.record.model import Record
from components.record.on_day import positions, stances_on
from components.record.reading import read
from tests.conftest import Change

JUNE = dt.date(2020, 6, 1)


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def bars(figure: go.Figure) -> list[tuple[str, str, str, float]]:
    """Each bar: whose, its class, its first day and its middle."""
    return [
        (whose, trace.hovertext[0].split("<br>")[1], str(start)[:10], y)
        for trace in figure.data
        for whose, start, y in zip(trace.customdata, trace.base, trace.y, strict=True)
    ]


def test_bars_stand_in_the_row_of_their_actor_from_day_to_day(small: Record) -> None:
    history = History.build(small, JUNE, Options(everyone=True))
    figure = history.draw(Look())
    rows = dict(
        zip((name.split(" <")[0] for name in figure.layout.yaxis.ticktext), figure.layout.yaxis.tickvals, strict=True)
    )
    assert list(rows) == ["Alphaland", "Betaland", "All givers", "Gammaland", "The Bank"]
    assert list(rows.values()) == sorted(rows.values())
    assert [bar for bar in bars(figure) if bar[0] == "AAA"] == [
        ("AAA", "Supportive", "2020-06-01", rows["Alphaland"]),
        ("AAA", "Engaging", "2020-03-01", rows["Alphaland"]),
        ("AAA", "Opposed", "2020-01-10", rows["Alphaland"]),
        ("AAA", "Not coded", "2020-01-01", rows["Alphaland"]),
        ("AAA", "Recognises", "2020-06-01", rows["Alphaland"]),
    ]
    assert figure.data[1].hovertext == ("<b>Alphaland</b><br>Engaging<br>March 2020 – 1 June 2020",)
    assert [f"{moment:%Y-%m-%d}" for moment in figure.layout.xaxis.range] == ["2020-01-01", "2020-06-02"]
    assert any(text.startswith("<b>Supportive</b>  1") for text in texts(figure))
    assert history.finding() == "Alphaland has changed its stance, 4 others have not"
    assert history.alt() == (
        "A bar over time for each of 5 actors, in the colours of its stances. At the end Supportive: Alphaland; "
        "No public position found: Betaland; Not coded: All givers, Gammaland and The Bank. "
        "More than one stance: Alphaland."
    )


def test_the_table_has_the_dates_as_they_are_written(small: Record) -> None:
    table = History.build(small, JUNE, Options()).table()
    assert table[table["Actor"] == "Alphaland"].to_numpy().tolist() == [
        ["Alphaland", "Not coded", "2020-01-01", "2020-01-10"],
        ["Alphaland", "Opposed", "2020-01-10", "2020-03"],
        ["Alphaland", "Engaging", "2020-03", "2020-06-01"],
        ["Alphaland", "Supportive", "2020-06-01", "2020-06-01"],
    ]


def test_a_group_counts_those_without_a_position(small: Record, shipped: Record) -> None:
    figure = History.build(small, JUNE, Options()).draw(Look())
    (name,) = figure.layout.yaxis.ticktext
    assert name.startswith("Alphaland")
    assert [text for text in texts(figure) if text.startswith("<b>No public position found</b>  1 <span")]
    whole = History.build(shipped, shipped.tracker.data_until, Options(group_by="region"))
    drawn = whole.draw(Look())
    moved = whole.bands[whole.bands["stance"] != "not_coded"].groupby("actor_id")["stance"].size() > 1
    assert len(drawn.layout.yaxis.ticktext) == moved.sum() > FULL
    assert [text for text in texts(drawn) if text.endswith("more never moved")]


@pytest.mark.parametrize("height", [155, 230, 400])
def test_a_shape_shows_the_latest_movers_and_counts_the_rest(shipped: Record, height: int) -> None:
    history = History.build(shipped, shipped.tracker.data_until, Options())
    figure = history.draw(Look(width=600, height=height))
    shown = len(figure.layout.yaxis.ticktext)
    assert figure.layout.yaxis.range == (height, 0)
    assert max(figure.layout.yaxis.tickvals) + ROW / 2 + ROW <= height
    assert shown >= min((height - 2 * ROW) // ROW - 1, MOST)
    starts = [
        max(start for whose, _, start, _ in bars(figure) if whose == actor_id) for actor_id in history.ranked[:shown]
    ]
    assert starts == sorted(starts, reverse=True)
    movers = int(history.finding().split()[0])
    assert f"and {movers - shown} more that moved, {len(history.rows) - movers} that never did" in texts(figure)


def test_a_shape_that_has_room_for_all_says_nothing_of_others(small: Record) -> None:
    figure = History.build(small, JUNE, Options(everyone=True)).draw(Look(width=600, height=300))
    assert len(figure.layout.yaxis.ticktext) == 5
    assert not [text for text in texts(figure) if "more" in text]


def test_the_last_bars_are_the_stances_of_the_day(any_record: Record) -> None:
    day = any_record.tracker.data_until
    history = History.build(any_record, day, Options(everyone=True))
    last = history.bands.groupby("actor_id", sort=False)["stance"].last()
    held = stances_on(any_record, day)["position"].reindex(history.rows.index).fillna("not_coded")
    assert last.to_dict() == held.to_dict()


def test_a_row_may_take_two_lines_and_a_body_its_acronym(change: Change) -> None:
    change("actors", "AAA", "name", "The Long and Winding Land of Alpha")
    record = read(change("actors", "BNK", "name", "A Bank with a Very Long Name"))
    figure = History.build(record, JUNE, Options(everyone=True)).draw(Look())
    names = [name.split(" <span")[0] for name in figure.layout.yaxis.ticktext]
    assert {"The Long and Winding<br>Land of Alpha", "BNK"} <= set(names)
    place = figure.layout.yaxis.tickvals[names.index("The Long and Winding<br>Land of Alpha")]
    assert min(abs(place - other) for other in figure.layout.yaxis.tickvals if other != place) > ROW


def test_two_hundred_rows_are_light(shipped: Record) -> None:
    history = History.build(shipped, shipped.tracker.data_until, Options(everyone=True))
    figure = history.draw(Look())
    assert len(history.rows) > 200
    assert len(figure.data) == len(positions(shipped)) + 2  # not coded, and recognition
    assert len(figure.to_json()) < 120_000
    assert texts(figure).count("2024") >= len(history.rows) * History.row_height // (HEADERS_APART + History.row_height)
