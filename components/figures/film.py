"""The stance map through time: one figure whose frames the reader's browser plays, without asking the server again."""

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.stance_map import map_traces, map_view
from components.figures.theme import SMALL_SIZE, TEXT_SIZE, Frame, Key, Style, Trace, framed, plain, trace
from components.record.vocabulary import NOT_APPLICABLE
from components.record.wording import counted, day_in_words
from components.summaries.colouring import of_stances
from components.summaries.stances import CLASSES, class_counts

SECONDS = 12
HOVER = "<b>%{text}</b><br><i>Click for the evidence</i><extra></extra>"
COLOURED = {"supportive", "engaging", "opposed"}
COUNTRIES, SMALL_STATES = 1, 2  # places of the traces in the stance map
CONTROLS = 112  # pixels below the map
CAPTION, BUTTONS, SLIDER, YEARS = 6, 52, 58, 90  # pixels from the lower edge of the map
GROOVE_LEFT, GROOVE_RIGHT = 128, 12  # pixels left and right of the slider's groove
EM_SPACE, FIGURE_SPACE = "\N{EM SPACE}", "\N{FIGURE SPACE}"


def draw_stance_film(
    last: pd.DataFrame, codes: pd.DataFrame, points: pd.DataFrame, words: Frame, style: Style
) -> go.Figure:
    """The map on each day of `codes`, which stand in order, as frames of one figure; at first it shows the last one.

    `last` is the map frame of the last day, `codes` the classes of the countries as from `summaries.time.stances_at`;
    `points` as for the stance map. Frames change colours, and the caption of month and counts (the first annotation),
    alone. It fills the height that it is given.
    """
    coloured = of_stances(last)
    land, countries, small = map_traces(coloured, points, style)
    countries, small = _timeless(countries, last, countries["locations"]), _timeless(small, last, small["customdata"])
    scale = {"cmin": countries["zmin"], "cmax": countries["zmax"], "colorscale": countries["colorscale"]}
    days = list(codes.columns)
    small["marker"] = {**small["marker"], "color": _steps(codes[days[-1]], small["customdata"]), **scale}
    layout = {
        "geo": map_view("world", coloured, points, style),
        "margin": {"l": 0, "r": 0, "t": 0, "b": CONTROLS},
        "updatemenus": [_buttons(len(days), style)],
        "sliders": [_slider(days, style)],
    }
    moving = [_frame(countries["locations"], small["customdata"], day, codes[day], style) for day in days]
    legend = [Key(f"{term.symbol} {term.label}", style.stance_colour(term.code, term.colour)) for term in CLASSES]
    labels = [_caption(days[-1], codes[days[-1]], style), *_years(days, style)]
    traces = [land, countries, small]
    return framed(traces, layout, words, style, legend=legend, labels=labels, frames=moving)


def stance_film_alt(codes: pd.DataFrame, words: Frame) -> str:
    """What the film shows, in words: where it begins, where it ends."""
    ends = (codes.columns[0], codes.columns[-1])
    parts = [f"On {day_in_words(day)}: {_counts_in_words(codes[day])}." for day in ends]
    return (
        f"World map that plays through {counted(codes.shape[1], 'month')} of stances. {words.title}. "
        f"{' '.join(parts)} "
        "The date of the page steps through the same days without it."
    )


def _counts(stances: pd.Series) -> pd.DataFrame:
    """A tuple has a method `count` already, so that the column needs another name to be read by it."""
    return class_counts(stances.to_frame("stance")).rename(columns={"count": "number"})


def _counts_in_words(stances: pd.Series) -> str:
    return "; ".join(
        f"{row.label}: {counted(row.number, 'country', 'countries')}"
        for row in _counts(stances).itertuples(index=False)
    )


def _timeless(drawn: Trace, frame: pd.DataFrame, actor_ids: list[str]) -> Trace:
    """A trace of the map without what would go on telling of the last day."""
    names = [plain(name) for name in frame["name"].reindex(actor_ids)]
    return {**drawn, "text": names, "hovertext": None, "hovertemplate": HOVER}


def _steps(stances: pd.Series, actor_ids: list[str]) -> list[int]:
    """The place of each one's class in the colour scale of the map."""
    places = {term.code: place for place, term in enumerate(CLASSES)}
    return [places[code] for code in stances.reindex(actor_ids)]


def _frame(countries: list[str], small: list[str], day: dt.date, stances: pd.Series, style: Style) -> dict[str, Any]:
    """What changes on a day: the colour of each country and small state, the caption."""
    return {
        "name": day.isoformat(),
        "data": [
            trace("choropleth", z=_steps(stances, countries)),
            trace("scattergeo", marker={"color": _steps(stances, small)}),
        ],
        "traces": [COUNTRIES, SMALL_STATES],
        "layout": {"annotations": [{"text": _caption_text(day, stances, style)}]},
    }


def _caption_text(day: dt.date, stances: pd.Series, style: Style) -> str:
    """Month and counts; counts have the same width in every month, so that nothing jumps."""
    terms = {term.code: term for term in CLASSES}
    parts = []
    for row in _counts(stances).itertuples(index=False):
        if row.code == NOT_APPLICABLE.code:
            continue
        symbol = row.symbol
        if row.code in COLOURED:
            symbol = f'<span style="color:{style.stance_colour(row.code, terms[row.code].colour)}">{symbol}</span>'
        parts.append(f"{symbol} {str(row.number).ljust(3, FIGURE_SPACE)}")
    return f"<b>{day:%B %Y}</b><br>{EM_SPACE.join(parts)}"


def _below(y: int, style: Style) -> dict[str, Any]:
    """Text y pixels below the lower edge of the map."""
    return {
        "xref": "paper",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -y,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": TEXT_SIZE, "color": style.palette.ink},
    }


def _caption(day: dt.date, stances: pd.Series, style: Style) -> dict[str, Any]:
    text = _caption_text(day, stances, style)
    return {**_below(CAPTION, style), "text": text, "x": 0, "xanchor": "left", "align": "left"}


def _years(days: list[dt.date], style: Style) -> list[dict[str, Any]]:
    """Each January's year below its place on the slider, which has a margin of its own on both sides."""
    labels = []
    for step, day in enumerate(days):
        if day.month != 1:
            continue
        x = step / max(len(days) - 1, 1)
        shift = GROOVE_LEFT * (1 - x) - GROOVE_RIGHT * x
        font = {"size": SMALL_SIZE, "color": style.palette.quiet}
        labels.append(
            {**_below(YEARS, style), "text": str(day.year), "x": x, "xanchor": "center", "xshift": shift, "font": font}
        )
    return labels


def _buttons(number: int, style: Style) -> dict[str, Any]:
    palette = style.palette
    playing = {
        "frame": {"duration": round(SECONDS * 1000 / number), "redraw": True},
        "transition": {"duration": 0},
        "fromcurrent": True,
        "mode": "immediate",
    }
    still = {"frame": {"duration": 0, "redraw": False}, "mode": "immediate"}
    return {
        "type": "buttons",
        "direction": "right",
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": BUTTONS, "l": 0},
        "bgcolor": palette.paper,
        "bordercolor": palette.rule,
        "borderwidth": 1,
        "font": {"size": TEXT_SIZE, "color": palette.ink},
        "buttons": [
            {"label": "Play", "method": "animate", "args": [None, playing]},
            {"label": "Pause", "method": "animate", "args": [[None], still]},
        ],
    }


def _slider(days: list[dt.date], style: Style) -> dict[str, Any]:
    palette = style.palette
    shown = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}}
    return {
        "active": len(days) - 1,
        "x": 0,
        "xanchor": "left",
        "len": 1,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": SLIDER, "l": GROOVE_LEFT, "r": GROOVE_RIGHT, "b": 0},
        "currentvalue": {"visible": False},
        "ticklen": 0,
        "minorticklen": 0,
        "tickwidth": 0,
        "bgcolor": palette.rule,
        "activebgcolor": palette.accent,
        "bordercolor": palette.quiet,
        "borderwidth": 1,
        # The caption says the month, and the years stand below; plotly's own labels would run into each other.
        "font": {"size": SMALL_SIZE, "color": "rgba(0,0,0,0)"},
        "steps": [{"label": f"{day:%B %Y}", "method": "animate", "args": [[day.isoformat()], shown]} for day in days],
    }
