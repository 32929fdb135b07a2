"""Every chart of the catalogue at the ends of the record and at its first picture, in both themes."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest

from components.figures.catalogue import CHARTS, Options, draw_picture
from components.figures.theme import Style
from components.record.model import Record
from components.record.reading import read
from components.summaries.stances import CLASSES
from tests.conftest import Change

SEPTEMBER = dt.date(2021, 9, 27)


def texts(figure: go.Figure) -> str:
    words = "\n".join(annotation.text for annotation in figure.layout.annotations)
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_carries_its_words(shipped: Record, name: str, theme: str) -> None:
    for day in (shipped.tracker.start, SEPTEMBER, shipped.tracker.data_until):
        style = Style(theme=theme, characters=200)  # type: ignore[arg-type]
        picture = draw_picture(name, shipped, day, style, Options(actor_ids=("PAK", "IND")))
        words = texts(picture.figure)
        assert f"{day.day} {day:%B %Y}" in words
        assert shipped.tracker.question in words
        assert shipped.tracker.licence in words
        assert ("Sources: " in words) == bool(picture.sources)
        assert picture.sources or day != SEPTEMBER
        assert f"{day:%B %Y}" in picture.alt


def test_the_legend_keeps_empty_classes(small: Record) -> None:
    picture = draw_picture("map", small, small.tracker.start, Style(characters=200))
    for term in CLASSES:
        assert f"{term.label} {1 if term.code == 'not_applicable' else 3 if term.code == 'not_coded' else 0}" in texts(
            picture.figure
        )


def test_no_line_of_a_narrow_frame_is_longer_than_it_may(shipped: Record) -> None:
    for name in CHARTS:
        style = Style(characters=58)
        figure = draw_picture(name, shipped, SEPTEMBER, style, Options(actor_ids=("PAK", "IND"))).figure
        frame_lines = [
            line
            for a in figure.layout.annotations
            if a.xref == "paper" and a.yref == "paper"
            for line in re.sub("<(?!br>)[^>]+>", "", a.text).split("<br>")
        ]
        assert max(map(len, frame_lines)) <= style.characters


def test_every_country_is_on_the_map_once(shipped: Record) -> None:
    figure = draw_picture("map", shipped, SEPTEMBER, Style()).figure
    places = [place for trace in figure.data if trace.type == "choropleth" for place in trace.locations]
    assert len(places) == len(set(places)) == 199


def test_the_map_sends_no_shapes(shipped: Record) -> None:
    assert len(draw_picture("map", shipped, SEPTEMBER, Style()).figure.to_json()) < 46_000


def test_the_matrix_repeats_its_header_and_counts_its_groups(shipped: Record) -> None:
    figure = draw_picture("matrix", shipped, shipped.tracker.data_until, Style(), Options(everyone=True)).figure
    words = texts(figure)
    assert words.count("Terror listing") > 3
    assert "<b>Africa</b>  5" in words
    assert len(figure.layout.yaxis.ticktext) == len(shipped.actors) - 1


def test_the_matrix_says_how_it_is_grouped(shipped: Record) -> None:
    words = texts(draw_picture("matrix", shipped, SEPTEMBER, Style(), Options(group_by="SCO")).figure)
    assert "Grouped by: SCO members" in words
    assert "<b>SCO members</b>  10" in words


@pytest.mark.parametrize(
    ("name", "day", "colour", "title"),
    [
        ("matrix", "2020-01-01", "stance", "1 actor holds levers: 1 presses, 0 pull, 0 do both, 1 January 2020"),
        ("matrix", "2020-12-31", "stance", "2 actors hold levers: 1 presses, 1 pulls, 0 do both, 31 December 2020"),
        ("map", "2020-12-31", "lever:aid", "Aid: 1 pulls, 31 December 2020"),
        ("map", "2020-01-01", "stance", "No country recognises the council, 1 January 2020"),
        ("map", "2020-12-31", "stance", "1 country recognises the council, 31 December 2020"),
    ],
)
def test_the_verb_of_a_title_agrees_with_its_number(
    small: Record, name: str, day: str, colour: str, title: str
) -> None:
    options = Options(colour=colour)
    assert draw_picture(name, small, dt.date.fromisoformat(day), Style(), options).title == title


def test_markup_of_the_record_is_drawn_as_text(change: Change) -> None:
    change("actors", "AAA", "name", "<b>Al</b><a href='https://evil.example'>pha")
    folder: Path = change("funds", "BNK-frozen-2020-01-01", "channel", "<script>alert(1)</script>")
    record = read(folder)
    for name in CHARTS:
        drawn = json.loads(
            draw_picture(
                name, record, record.tracker.data_until, Style(), Options(actor_ids=("AAA", "BBB"))
            ).figure.to_json()
        )
        assert "<a href" not in json.dumps(drawn)
        assert "<script" not in json.dumps(drawn)


@pytest.mark.parametrize("every", [1, 2, 3])
def test_sums_without_a_dollar_figure_are_never_drawn_as_numbers(shipped: Record, every: int) -> None:
    funds = shipped.funds.copy()
    some = funds.index[::every]
    funds.loc[some, "amount"] = funds.loc[some, ["amount", "amount_usd", "low_usd"]].bfill(axis=1)["amount"].fillna(1.0)
    funds.loc[some, ["amount_usd", "low_usd", "high_usd"]] = float("nan")
    funds.loc[some, "currency"] = "EUR"
    record = replace(shipped, funds=funds)
    for name in CHARTS:
        picture = draw_picture(name, record, record.tracker.data_until, Style())
        for words in (picture.title, picture.alt, *texts(picture.figure)):
            assert not re.search(r"\b(nan|inf)\b|\$(nan|inf)", words), (name, words)


def test_an_empty_record_still_draws(folder: Path) -> None:
    for name in ("stances", "levers", "funds", "sources"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    record = read(folder)
    for name in CHARTS:
        assert record.tracker.question in texts(
            draw_picture(name, record, record.tracker.start, Style(characters=99)).figure
        )
