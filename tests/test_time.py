"""Time: counts, quarters, spans and the film, by equality where the record is small, by size and speed where not."""

import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.counts import LABEL_LINE, LABEL_ROOM, PLOT, counts_alt, draw_counts
from components.figures.film import SECONDS, draw_stance_film, stance_film_alt
from components.figures.history import draw_history, history_alt
from components.figures.standing import draw_standing, standing_alt
from components.figures.theme import CHARACTER, SMALL_SIZE, Frame, Style
from components.record.model import Record
from components.record.on_day import stances_on
from components.record.reading import read
from components.record.shapes import load_points
from components.record.vocabulary import LEVELS
from components.summaries.colouring import shades_of
from components.summaries.levers import matrix
from components.summaries.stances import CLASSES, class_counts, map_frame
from components.summaries.time import (
    BY_LEVEL,
    COUNTED,
    count_steps,
    history,
    month_ends,
    moved,
    stances_at,
    standing_bands,
    standing_rows,
)
from tests.conftest import Change

Made = TypeVar("Made")

WORDS = Frame("A title, 1 June 2020", "Who?", ("Sources: The Paper",))
JUNE, END = dt.date(2020, 6, 1), dt.date(2020, 12, 31)
NARROW = Style(characters=58)


def days(column: pd.Series) -> list[str]:
    return [moment.date().isoformat() for moment in column]


def quickly(make: Callable[[], Made], seconds: float) -> Made:
    """The best of three in seconds of the processor's, because a busy machine says nothing about the code."""
    took = []
    for _ in range(3):
        start = time.thread_time()
        made = make()
        took.append(time.thread_time() - start)
    assert min(took) < seconds, took
    return made


def traces(figure: go.Figure, kind: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode == kind]


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


# Counts


def test_counts_step_on_every_day_on_which_somebody_moved(small: Record) -> None:
    frame = count_steps(small, END)
    assert list(frame.columns) == ["date", "supportive", "engaging", "opposed", "none", "not_coded"]
    assert days(frame["date"]) == [
        "2020-01-01", "2020-01-10", "2020-02-01", "2020-03-01", "2020-06-01", "2020-12-31",
    ]  # fmt: skip
    assert frame[COUNTED].to_numpy().tolist() == [
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
    assert frame[COUNTED].iloc[-1].tolist() == whole[whole["date"] <= day][COUNTED].iloc[-1].tolist()
    assert days(moved(small, on)["date"]) == [moment for moment in known if moment in {"2020-01-10", "2020-02-01"}]


def test_counts_of_some_countries_alone(small: Record) -> None:
    frame = count_steps(small, END, {"BBB", "BNK", "SUB"})
    assert days(frame["date"]) == ["2020-01-01", "2020-02-01", "2020-12-31"]
    assert frame[COUNTED].to_numpy().tolist() == [[0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0]]
    assert count_steps(small, END, set())[COUNTED].to_numpy().tolist() == [[0] * 5, [0] * 5]


def test_levels_are_counted_as_stances_are(small: Record) -> None:
    frame = count_steps(small, JUNE, column=BY_LEVEL).set_index("date")
    held = frame.loc[pd.Timestamp("2020-06-01")]
    assert (held["recognition"], held["contact"], held["none"], held["not_coded"]) == (1, 0, 1, 1)
    shades = shades_of("level")[: len(LEVELS)]
    figure = draw_counts(frame.reset_index(), moved(small, JUNE, column=BY_LEVEL), WORDS, NARROW, shades)
    assert any("Recognition 1" in annotation.text for annotation in figure.layout.annotations)


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
    assert held[COUNTED].tolist() == counts[COUNTED].tolist()


def test_the_step_lines_say_who_moved_and_end_at_the_day(small: Record) -> None:
    frame = count_steps(small, dt.date(2020, 8, 5))
    figure = draw_counts(frame, moved(small, dt.date(2020, 8, 5)), WORDS, NARROW)
    lines = dict(zip(("none", "opposed", "engaging", "supportive"), figure.data, strict=True))
    assert list(lines["engaging"].y) == [0, 0, 0, 1, 0, 0]
    assert lines["engaging"].hovertemplate.startswith("<b>%{x|%-d %B %Y}</b><br>Engaging: %{y} %{hovertext}")
    assert lines["engaging"].x[3:] == ("2020-03-01", "2020-06-01", "2020-08-05")
    assert lines["engaging"].hovertext[3:5] == (
        "country<br>Came: Alphaland (March 2020)",
        "countries<br>Left: Alphaland",
    )
    assert {(trace.mode, trace.line.shape) for trace in figure.data} == {("lines", "hv")}
    assert [moment.isoformat() for moment in figure.layout.xaxis.range] == [
        "2020-01-01T00:00:00",
        "2020-08-05T00:00:00",
    ]
    assert texts(figure)[-4:] == ["Supportive 1", "Engaging 0", "Opposed 0", "No public position found 1"]
    assert counts_alt(frame, WORDS).startswith(
        "Step lines of countries from 1 January 2020 to 5 August 2020. A title, 1 June 2020. "
        "Supportive: 0 at first, 1 on 5 August 2020, never more than 1; Engaging: 0 at first"
    )


def test_on_the_first_day_the_lines_are_points(small: Record) -> None:
    first = small.tracker.start
    figure = draw_counts(count_steps(small, first), moved(small, first), WORDS, NARROW)
    assert {trace.mode for trace in figure.data} == {"markers"}
    start, end = figure.layout.xaxis.range
    assert end - start == dt.timedelta(days=1)


def test_a_hover_names_five_at_the_most_and_escapes_them(small: Record) -> None:
    moves = pd.concat([moved(small, END).iloc[[0]]] * 8).assign(name=[f"<b>{number}</b>" for number in range(8)])
    figure = draw_counts(count_steps(small, END), moves, WORDS, NARROW)
    text = figure.data[1].hovertext[1].replace("<br>", " ")
    assert text.endswith(f"Came: {', '.join(f'&lt;b&gt;{number}&lt;/b&gt;' for number in range(5))} and 3 more")


@pytest.mark.parametrize("style", [NARROW, Style("dark", 150, 24)])
def test_labels_of_lines_do_not_meet_nor_stick_out(small: Record, shipped: Record, style: Style) -> None:
    for record in (small, shipped):
        end = record.tracker.data_until
        figure = draw_counts(count_steps(record, end), moved(record, end), WORDS, style)
        labels = [label for label in figure.layout.annotations if label.yref == "y"]
        assert len(labels) == 4
        top, floor = figure.layout.yaxis.range[1], 0.0
        for label in sorted(labels, key=lambda label: label.y):
            lines = label.text.split("<br>")
            half = len(lines) * LABEL_LINE / 2
            middle = label.y / top * PLOT
            assert floor <= middle - half + 1e-6
            floor = middle + half
            assert max(len(line) for line in lines) * CHARACTER * label.font.size / SMALL_SIZE < LABEL_ROOM
        assert floor <= PLOT + 1e-6


# Quarters


def test_quarters_end_with_the_stance_of_their_last_day(small: Record) -> None:
    frame = history(small, dt.date(2020, 8, 5), ["BBB", "AAA", "CCC", "BNK", "SUB"])
    assert [str(quarter) for quarter in frame.columns] == ["2020Q1", "2020Q2", "2020Q3"]
    assert frame.T.to_dict("list") == {
        "BBB": ["none"] * 3,
        "AAA": ["engaging", "supportive", "supportive"],
        "CCC": ["not_coded"] * 3,
        "BNK": ["not_coded"] * 3,
        "SUB": ["not_applicable"] * 3,
    }
    assert history(small, dt.date(2020, 1, 20), ["AAA"]).loc["AAA"].tolist() == ["opposed"]


def test_quarters_are_those_of_as_of(shipped: Record) -> None:
    day = dt.date(2024, 11, 3)
    ids = list(shipped.actors.index.drop(shipped.tracker.subject))
    frame = history(shipped, day, ids)
    assert str(frame.columns[-1]) == "2024Q4"
    for quarter in frame.columns:
        held = stances_on(shipped, min(quarter.end_time.date(), day))["stance"]
        assert frame[quarter].tolist() == held.reindex(ids).fillna("not_coded").tolist()


def test_squares_stand_in_the_row_of_their_actor(small: Record) -> None:
    frame = history(small, JUNE, ["AAA", "BBB", "CCC"])
    groups = {"AAA": "Europe", "BBB": "Africa", "CCC": "Africa"}
    figure = draw_history(frame, small.actors["name"], groups, JUNE, WORDS, NARROW)
    squares = dict(zip([term.code for term in CLASSES], traces(figure, "markers"), strict=True))
    assert list(figure.layout.yaxis.ticktext) == ["Alphaland", "Betaland", "Gammaland"]
    assert list(figure.layout.yaxis.tickvals) == [2, 4, 5]
    assert list(figure.layout.xaxis.ticktext) == ["31 March 2020", "1 June 2020"]
    assert [list(squares["none"][axis]) for axis in ("x", "y", "customdata")] == [[0, 1], [4, 4], ["BBB", "BBB"]]
    assert [list(squares[code].x) for code in ("engaging", "supportive", "opposed")] == [[0], [1], []]
    assert {"<b>Europe</b>  1", "<b>Africa</b>  2", "2020"} <= set(texts(figure))
    assert ["●" in text or "–" in text for text in figure.layout.yaxis2.ticktext] == [True, True, False]
    assert history_alt(frame, WORDS) == (
        "Grid of 3 actors by 2 quarters, each in the stance that held at its end. A title, 1 June 2020. "
        "Supportive: 1 actor; No public position found: 1 actor; Not coded: 1 actor. "
        "1 actor had more than one stance."
    )


def test_two_hundred_rows_are_quick_and_light(shipped: Record) -> None:
    end = shipped.tracker.data_until
    rows = matrix(shipped, end, everyone=True).rows
    assert len(rows) > 200
    frame = quickly(lambda: history(shipped, end, list(rows.index)), 0.3)
    figure = quickly(lambda: draw_history(frame, rows["name"], rows["group"], end, WORDS, NARROW), 0.3)
    assert len(traces(figure, "markers")) == len(CLASSES)
    assert sum(len(trace.x) for trace in traces(figure, "markers")) == frame.size
    assert len(figure.to_json()) < 150_000
    assert texts(figure).count("2024") >= len(rows) // 24
    assert "more than one stance" in history_alt(frame, WORDS)


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


def test_a_band_says_its_rows_and_its_end(small: Record) -> None:
    ids = ["AAA", "CCC"]
    bands, rows = standing_bands(small, ids, JUNE), standing_rows(small, ids, JUNE)
    figure = draw_standing(bands, rows, small.actors["name"], JUNE, WORDS, NARROW)
    (dots,) = traces(figure, "markers")
    assert list(dots.customdata) == ["AAA"] * 4
    assert dots.hovertext[1] == "<b>March 2020</b> · Talks<br>Engaging · Contact<br>Envoys met."
    assert dots.y[0] - dots.y[1] == 15
    assert "<b>Alphaland</b>  ● Supportive · Recognition" in texts(figure)
    assert "<b>Gammaland</b>  · Not coded" in texts(figure)
    assert standing_alt(bands, rows, small.actors["name"], WORDS) == (
        "Timeline of 2 actors. A title, 1 June 2020. Alphaland: not coded from 1 January 2020, opposed from "
        "10 January 2020, engaging from March 2020, supportive from 1 June 2020; 4 dated rows; level no contact, "
        "then contact, then recognition. Gammaland: not coded from 1 January 2020; 0 dated rows."
    )


def test_the_fullest_five_are_quick_and_light(shipped: Record) -> None:
    end = shipped.tracker.data_until
    ids = list(shipped.stances["actor_id"].value_counts().index[:5])
    bands, rows = standing_bands(shipped, ids, end), standing_rows(shipped, ids, end)
    assert len(rows) == int(shipped.stances["actor_id"].isin(ids).sum())
    figure = quickly(lambda: draw_standing(bands, rows, shipped.actors["name"], end, WORDS, NARROW), 0.3)
    assert len(figure.to_json()) < 80_000
    assert max(len(line) for text in traces(figure, "markers")[0].hovertext for line in text.split("<br>")) < 60


def test_a_level_that_we_took_back_is_in_no_line_nor_words(change: Change) -> None:
    change("stances", "AAA-2020-06-01b", "recognition_level", "contact")
    change("stances", "AAA-2020-06-01b", "stance", "engaging")
    record = read(change("stances", "AAA-2020-06-01b", "change", "correction"))
    bands, rows = standing_bands(record, ["AAA"], JUNE), standing_rows(record, ["AAA"], JUNE)
    assert list(rows["undone"]) == ["", "", "correction", ""]
    figure = draw_standing(bands, rows, record.actors["name"], JUNE, WORDS, NARROW)
    (steps,) = traces(figure, "lines")
    assert len(set(steps.y) - {None}) == 2
    assert standing_alt(bands, rows, record.actors["name"], WORDS).endswith(
        "engaging from March 2020; 4 dated rows; level no contact, then contact."
    )


# The film


def test_months_end_with_the_day(small: Record) -> None:
    assert month_ends(small, END) == [moment.date() for moment in pd.date_range("2020-01-31", END, freq="ME")]
    assert month_ends(small, dt.date(2020, 2, 10)) == [dt.date(2020, 1, 31), dt.date(2020, 2, 10)]
    assert month_ends(small, dt.date(2020, 1, 1)) == [dt.date(2020, 1, 1)]


def test_classes_on_many_days_are_those_of_each(small: Record, shipped: Record) -> None:
    for record in (small, shipped):
        days_asked = month_ends(record, record.tracker.data_until)
        codes = stances_at(record, days_asked)
        assert list(codes.columns) == days_asked
        for day in days_asked:
            assert codes[day].to_dict() == map_frame(record, day)["stance"].to_dict()


def test_the_film_leaves_what_readers_days_have_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(folder)
    first = map_frame(record, JUNE)
    stances_at(record, list(pd.date_range("2020-01-01", END).date))
    monkeypatch.setattr("components.summaries.stances.standings_on", None)
    pd.testing.assert_frame_equal(map_frame(record, JUNE), first)


def test_the_last_month_may_be_cut_short(folder: Path) -> None:
    path = folder / "tracker.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-12-31", "2020-11-10"), encoding="utf-8")
    record = read(folder)
    assert month_ends(record, record.tracker.data_until)[-2:] == [dt.date(2020, 10, 31), dt.date(2020, 11, 10)]


def test_frames_change_colours_and_caption_alone(shipped: Record) -> None:
    last, codes = of_film(shipped)
    figure = quickly(lambda: draw_stance_film(last, codes, load_points(), WORDS, NARROW), 1.5)
    places = [term.code for term in CLASSES]
    assert [frame.name for frame in figure.frames] == [day.isoformat() for day in codes]
    for day, frame in zip(codes, figure.frames, strict=True):
        assert [list(data.to_plotly_json()) for data in frame.data] == [["z", "type"], ["marker", "type"]]
        assert list(frame.data[0].z) == [places.index(code) for code in codes[day][list(figure.data[1].locations)]]
        small_states = codes[day][list(figure.data[2].customdata)]
        assert list(frame.data[1].marker.color) == [places.index(code) for code in small_states]
        assert len(frame.layout.annotations) == 1
    last = figure.frames[-1]
    assert list(figure.data[1].z) == list(last.data[0].z)
    assert list(figure.data[2].marker.color) == list(last.data[1].marker.color)
    assert figure.layout.annotations[0].text == last.layout.annotations[0].text
    assert len(figure.to_json()) < 100_000


def test_the_film_lasts_twelve_seconds_and_has_a_step_for_each_month(small: Record) -> None:
    last, codes = of_film(small)
    figure = draw_stance_film(last, codes, load_points(), WORDS, NARROW)
    play, pause = figure.layout.updatemenus[0].buttons
    assert play.args[1]["frame"]["duration"] * len(codes.columns) == pytest.approx(SECONDS * 1000, rel=0.01)
    assert pause.args[0] == (None,)
    steps = figure.layout.sliders[0].steps
    assert [step.args[0][0] for step in steps] == [day.isoformat() for day in codes]
    assert steps[-1].label == "December 2020"
    assert figure.layout.annotations[0].text.startswith("<b>December 2020</b>")
    assert "1\N{FIGURE SPACE}" in figure.layout.annotations[0].text
    assert figure.layout.height is None


def test_the_film_says_where_it_begins_and_ends(small: Record) -> None:
    alt = stance_film_alt(of_film(small)[1], WORDS)
    assert "plays through 12 months" in alt
    assert "On 31 January 2020: Supportive: 0 countries; Engaging: 0 countries; Opposed: 1 country;" in alt
    assert "On 31 December 2020: Supportive: 1 country;" in alt


# All of them


def of_film(record: Record) -> tuple[pd.DataFrame, pd.DataFrame]:
    end = record.tracker.data_until
    return map_frame(record, end), stances_at(record, month_ends(record, end))


def drawn(record: Record, style: Style) -> list[go.Figure]:
    day, ids, names = record.tracker.data_until, ["AAA", "CCC"], record.actors["name"]
    bands, rows = standing_bands(record, ids, day), standing_rows(record, ids, day)
    return [
        draw_counts(count_steps(record, day), moved(record, day), WORDS, style),
        draw_history(history(record, day, ids), names, record.actors["region"], day, WORDS, style),
        draw_standing(bands, rows, names, day, WORDS, style),
        draw_stance_film(*of_film(record), load_points(), WORDS, style),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_carry_their_frame_and_no_small_type(small: Record, theme: str) -> None:
    for figure in drawn(small, Style(theme=theme)):  # type: ignore[arg-type]
        assert {"<b>A title, 1 June 2020</b>", "Who?", "Sources: The Paper"} <= set(texts(figure))
        sizes = [label.font.size for label in figure.layout.annotations if label.font.size]
        assert min(sizes) >= SMALL_SIZE


def test_markup_of_the_record_is_drawn_as_text(change: Change) -> None:
    change("actors", "AAA", "name", "<b>Al</b><a href='https://evil.example'>pha")
    record = read(change("stances", "AAA-2020-03", "summary", "<script>alert(1)</script> met."))
    for figure in drawn(record, NARROW):
        words = json.dumps(figure.to_plotly_json(), default=str)
        assert "<a href" not in words
        assert "<script" not in words


def test_an_empty_record_still_draws(folder: Path) -> None:
    for name in ("stances", "levers", "funds", "sources"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    record = read(folder)
    assert len(drawn(record, NARROW)) == 4
    assert count_steps(record, END)["not_coded"].tolist() == [3, 3]
    nobody: list[str] = []
    empty = history(record, END, nobody)
    assert draw_history(empty, {}, {}, END, WORDS, NARROW).layout.height
    assert history_alt(empty, WORDS)
    bands, rows = standing_bands(record, nobody, END), standing_rows(record, nobody, END)
    assert draw_standing(bands, rows, {}, END, WORDS, NARROW).layout.height
    assert standing_alt(bands, rows, {}, WORDS) == "Timeline of 0 actors. A title, 1 June 2020."
