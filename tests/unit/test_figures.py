"""Every figure of the catalogue: its words, its clicks, its type, and that cells of the record do no harm in it."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.theme import SMALL_SIZE, Look
from components.publish.picture import picture_of
from components.record.model import Record
from components.record.reading import read
from tests.conftest import Change, first_coded

SEPTEMBER = dt.date(2021, 9, 27)
TWO = Options(actor_ids=("PAK", "IND"))
ARTICLE, SQUARE, PHONE = Look(width=600, height=230), Look(width=540, height=400), Look(width=358)


def labels(figure: go.Figure) -> list[str]:
    """What stands in a drawing: its annotations, the ticks of its axes, the texts on its marks."""
    axes = [figure.layout[name] for name in ("xaxis", "yaxis") if figure.layout[name]]
    ticks = [str(text) for axis in axes for text in axis.ticktext or ()]
    marks = [str(text) for trace in figure.data if trace.type == "bar" for text in trace.text or ()]
    return [*(annotation.text for annotation in figure.layout.annotations), *ticks, *marks]


def picked(figure: go.Figure) -> Iterator[tuple[Any, list[Any]]]:
    """The traces that a click can reach, with what it gives."""
    for trace in figure.data:
        given = trace.customdata if trace.customdata is not None else getattr(trace, "locations", None)
        if trace.hoverinfo != "skip" and given is not None:
            yield trace, list(given)


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_picture_has_its_words_around_it_and_not_in_it(shipped: Record, name: str) -> None:
    for day in (shipped.tracker.start, SEPTEMBER, shipped.tracker.data_until):
        picture = picture_of(shipped, name, day, TWO)
        words = "".join(picture.words(part) for part in ("heading", "legend", "below"))
        shown = shipped.tracker.data_until if picture.figure.plays else day
        assert f"{shown.day} {shown:%B %Y}" in words
        assert (picture.figure.subtitle() or shipped.tracker.question) in words
        assert shipped.tracker.licence in words
        assert ("Sources: " in words) == bool(picture.figure.source_ids)
        assert picture.figure.source_ids or day != SEPTEMBER
        assert picture.alt.startswith(f"{picture.figure.about()}. {picture.title}. ")


@pytest.mark.parametrize("passing", [None, frozenset()], ids=["everybody", "nobody"])
@pytest.mark.parametrize("name", list(FIGURES))
def test_words_are_whole_on_any_day_of_any_record(
    any_record: Record, name: str, passing: frozenset[str] | None
) -> None:
    tracker = any_record.tracker
    ids = first_coded(any_record, 3)
    for day in (tracker.start, tracker.start + (tracker.data_until - tracker.start) / 2, tracker.data_until):
        picture = picture_of(any_record, name, day, Options(actor_ids=ids, passing=passing))
        figure = picture.figure
        assert not re.search(r":\s*[;,.]|[;,]\s*[;,.]|\(\)|  |\.\.", picture.alt), picture.alt
        assert picture.alt.endswith(".")
        assert figure.finding() and not figure.finding().endswith(".")
        assert all(re.search(r"\S\.$", note) for note in figure.notes()), figure.notes()
        keys = [key.text for key in figure.legend()]
        assert all(keys) and len(keys) == len(set(keys)), keys
        assert set(figure.source_ids) <= set(any_record.sources.index)
        assert len(figure.source_ids) == len(set(figure.source_ids))
        assert figure.table().columns.is_unique


@pytest.mark.parametrize("passing", [None, frozenset()], ids=["everybody", "nobody"])
@pytest.mark.parametrize("name", list(FIGURES))
def test_a_drawing_holds_its_labels_and_no_words_of_the_picture(
    any_record: Record, name: str, passing: frozenset[str] | None
) -> None:
    tracker, options = any_record.tracker, Options(actor_ids=first_coded(any_record, 2), passing=passing)
    for day in (tracker.start, tracker.data_until):
        picture = picture_of(any_record, name, day, options)
        drawn = picture.figure.draw(Look())
        assert drawn.layout.title.text is None and not drawn.layout.showlegend
        text = json.dumps(json.loads(drawn.to_json()), ensure_ascii=False)
        for words in (tracker.title, tracker.question, tracker.licence, "Sources: ", picture.finding):
            assert words not in text, words


@pytest.mark.parametrize(
    "look",
    [Look(), ARTICLE, replace(SQUARE, theme="dark"), replace(PHONE, theme="dark")],
    ids=["natural", "article", "square", "phone"],
)
def test_type_can_be_read_and_nothing_is_cut(shipped: Record, look: Look) -> None:
    for name in FIGURES:
        figure = picture_of(shipped, name, shipped.tracker.data_until, TWO).figure
        drawn = figure.draw(look)
        axes = [drawn.layout[axis].tickfont.size for axis in ("xaxis", "yaxis")]
        sizes = [*(annotation.font.size for annotation in drawn.layout.annotations), *axes, drawn.layout.font.size]
        assert min(size for size in sizes if size) >= SMALL_SIZE, name
        assert not any("…" in text for text in labels(drawn)), name
        assert drawn.layout.height == (look.height or drawn.layout.height), name


@pytest.mark.parametrize("height", [10, 40, 90])
def test_a_room_too_low_for_anything_still_has_a_drawing(shipped: Record, height: int) -> None:
    for name in ("tiles", "counts", "history", "standing", "matrix"):
        figure = FIGURES[name].build(shipped, shipped.tracker.data_until, TWO).draw(Look(width=300, height=height))
        top, bottom = sorted(figure.layout.yaxis.range)
        assert bottom > top, name


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.click == "actor"])
def test_a_click_gives_an_actor_and_bleaches_nobody(shipped: Record, name: str) -> None:
    figure = FIGURES[name].build(shipped, shipped.tracker.data_until, TWO)
    found = list(picked(figure.draw(Look())))
    assert found
    for trace, ids in found:
        assert set(ids) <= set(shipped.actors.index)
        assert trace.unselected.marker.opacity == 1


@pytest.mark.parametrize("name", list(FIGURES))
def test_the_same_record_gives_the_same_drawing(small: Record, name: str) -> None:
    options = Options(actor_ids=("BBB", "AAA"), passing=frozenset({"AAA", "BBB", "BNK"}))
    for look in (Look(), ARTICLE):
        once, again = (
            FIGURES[name].build(record, record.tracker.data_until, options).draw(look).to_json()
            for record in (small, read(small.folder))
        )
        assert once == again


def test_cells_of_the_record_are_drawn_as_text(change: Change) -> None:
    change("actors", "AAA", "name", "<b>Al</b><a href='https://evil.example'>pha")
    change("stances", "AAA-2020-03", "summary", "<script>alert(1)</script> met.")
    folder: Path = change("funds", "BNK-frozen-2020-01-01", "channel", "<script>alert(1)</script>")
    record = read(folder)
    for name, figure in FIGURES.items():
        for look in (Look(), ARTICLE):
            built = figure.build(record, record.tracker.data_until, Options(actor_ids=("AAA", "BBB")))
            drawn = json.dumps(json.loads(built.draw(look).to_json()))
            assert "<a href" not in drawn, name
            assert "<script" not in drawn, name


def test_an_empty_record_still_draws(folder: Path) -> None:
    for name in ("stances", "levers", "funds", "sources"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    record = read(folder)
    for name in FIGURES:
        for options in (Options(), Options(actor_ids=("AAA",)), Options(passing=frozenset())):
            picture = picture_of(record, name, record.tracker.start, options)
            assert picture.finding and picture.figure.table() is not None
            for look in (Look(), ARTICLE, PHONE):
                picture.figure.draw(look)


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if not (figure.whole or figure.of_actors)])
def test_filters_that_leave_nobody_are_said(shipped: Record, name: str) -> None:
    picture = picture_of(shipped, name, SEPTEMBER, Options(passing=frozenset()), "Nobody passes.")
    who = "country" if name in {"map", "tiles", "counts"} else "actor"
    assert picture.finding == f"No {who} matches the filters"
    assert "Nobody passes." in picture.notes
