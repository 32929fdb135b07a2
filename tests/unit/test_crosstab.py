"""Levers against stances: who holds what, and the drawing of it."""

import datetime as dt

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figures.crosstab import MOST_NAMES, crosstab_alt, draw_crosstab
from components.figures.theme import Frame, Style
from components.record.model import Record
from components.record.vocabulary import LEVERS, STANCES
from components.summaries.crosstab import COLUMNS, crosstab

JUNE = dt.date(2020, 6, 1)
WORDS = Frame("A title", "A question?", ("A footer",))


def texts(figure: go.Figure) -> str:
    return "\n".join(annotation.text for annotation in figure.layout.annotations)


def test_the_crosstab_names_holders_by_stance(small: Record) -> None:
    columns = [*STANCES, "not_coded"]
    assert [term.code for term in COLUMNS] == columns
    before = pd.DataFrame(
        [[(), (), (), (), ("The Bank",)], [(), ("Alphaland",), (), (), ()]], index=["reserves", "aid"], columns=columns
    )
    pd.testing.assert_frame_equal(crosstab(small, dt.date(2020, 5, 31)), before, check_index_type=False)
    only = crosstab(small, JUNE, {"AAA"})
    assert list(only.index) == ["reserves", "aid"]
    assert only.loc["aid", "supportive"] == ("Alphaland",)
    assert set(only.loc["reserves"]) == {()}
    assert crosstab_alt(only, WORDS).endswith("A title. Reserves: nobody; Aid: 1 supportive.")


def test_the_crosstab_counts_each_holder_once(shipped: Record) -> None:
    frame = crosstab(shipped, shipped.tracker.data_until)
    assert list(frame.index) == [code for code in LEVERS if code in frame.index]
    held = shipped.levers[shipped.levers["until"].isna()]
    for lever, cells in frame.iterrows():
        names = [name for cell in cells for name in cell]
        assert len(names) == len(set(names)) == held.loc[held["lever"] == lever, "actor_id"].nunique()


def test_the_crosstab_draws_each_number_and_few_names(shipped: Record) -> None:
    frame = crosstab(shipped, shipped.tracker.data_until)
    figure = draw_crosstab(frame, WORDS, Style())
    circles = figure.data[2:]
    drawn = [int(text) for trace in circles for text in trace.text]
    assert sorted(drawn) == sorted(len(cell) for column in frame for cell in frame[column] if cell)
    for trace in circles:
        areas = {int(text): size**2 / int(text) for text, size in zip(trace.text, trace.marker.size, strict=True)}
        assert np.ptp(list(areas.values()) or [0]) < 1e-6
    hovers = " ".join(text for trace in circles for text in trace.hovertext)
    most = max(drawn)
    assert most > MOST_NAMES and f"and {most - MOST_NAMES} more" in hovers.replace("<br>", " ")
    assert all(LEVERS[code].label in figure.layout.yaxis.ticktext for code in frame.index)
    assert all(f"<b>{family}</b>" in texts(figure) for family in ("Money", "Law", "Diplomacy", "Flow", "Security"))


def test_an_empty_crosstab_still_draws(small: Record) -> None:
    frame = crosstab(small, dt.date(2018, 1, 1))
    assert frame.empty
    assert "A question?" in texts(draw_crosstab(frame, WORDS, Style("dark")))
    assert crosstab_alt(frame, WORDS).endswith("No lever is held.")
