"""Bars of money: stocks by holder with their ranges, and flows by giver with each stage inside the one before."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.theme import SMALL_SIZE, TEXT_SIZE, Frame, Key, Style, framed, plain
from components.phrasing import counted, dollars
from components.summaries.funds import FLOW_STAGES
from components.vocabulary import STATUSES

ROW = 54
BILLION = 1e9
STOCK_STATUSES = [code for code, term in STATUSES.items() if term.group == "stock"]
STAGE_WIDTHS = {"pledged": 0.44, "committed": 0.28, "disbursed": 0.12}


def draw_stocks(frame: pd.DataFrame, words: Frame, style: Style) -> go.Figure:
    """One bar for each stock of a stock frame, a thin line over it from the lowest to the highest figure."""
    figure = go.Figure()
    shown = frame.reset_index(drop=True)
    shades = dict(zip(STOCK_STATUSES, _shades(style), strict=True))
    for status, shade in shades.items():
        rows = shown[shown["status"] == status]
        figure.add_trace(
            go.Bar(
                x=rows["usd"] / BILLION,
                y=rows.index,
                orientation="h",
                width=0.34,
                marker={"color": shade, "line": {"width": 0}},
                customdata=rows["actor_id"],
                hovertext=[_stock_hover(row) for row in rows.itertuples(index=False)],
                hoverinfo="text",
            )
        )
    figure.add_trace(_ranges(shown, style))
    texts = [bar_label(f"{row.holder} · {row.figure}", row.channel, style) for row in shown.itertuples(index=False)]
    _draw_axes(figure, len(shown), shown["high"].max(), style)
    legend = [Key(STATUSES[status].label, shade) for status, shade in shades.items()]
    height = max(len(shown), 1) * ROW + 34
    return framed(figure, words, style, legend=legend, labels=_labels(texts, style), height=height)


def stocks_alt(frame: pd.DataFrame, words: Frame) -> str:
    """What the bars of stocks say, in words."""
    parts = [
        f"{row.holder}, {STATUSES[row.status].label.lower()}: {row.figure}" for row in frame.itertuples(index=False)
    ]
    return f"Bar chart of {counted(len(frame), 'stock')}. {words.title}. {'; '.join(parts)}."


def draw_flows(frame: pd.DataFrame, words: Frame, style: Style) -> go.Figure:
    """Three bars inside each other for each giver of a flow frame: pledged, committed, disbursed."""
    figure = go.Figure()
    shown = frame.reset_index(drop=True)
    shades = dict(zip(FLOW_STAGES, _shades(style)[::-1], strict=True))
    for stage, shade in shades.items():
        rows = shown[shown[stage].notna()]
        figure.add_trace(
            go.Bar(
                x=rows[stage] / BILLION,
                y=rows.index,
                orientation="h",
                width=STAGE_WIDTHS[stage],
                marker={"color": shade, "line": {"width": 0}},
                customdata=rows["actor_id"],
                hovertext=[
                    f"<b>{plain(str(row['holder']))}</b><br>{STATUSES[stage].label} {dollars(row[stage])}"
                    for _, row in rows.iterrows()
                ],
                hoverinfo="text",
            )
        )
    texts = [bar_label(str(row["holder"]), _stages(row), style) for _, row in shown.iterrows()]
    _draw_axes(figure, len(shown), shown[FLOW_STAGES].max().max(), style)
    legend = [Key(STATUSES[stage].label, shade) for stage, shade in shades.items()]
    height = max(len(shown), 1) * ROW + 34
    return framed(figure, words, style, legend=legend, labels=_labels(texts, style), height=height)


def flows_alt(frame: pd.DataFrame, words: Frame) -> str:
    """What the bars of flows say, in words."""
    parts = [f"{row['holder']}: {_stages(row)}" for _, row in frame.iterrows()]
    return f"Bar chart of {counted(len(frame), 'giver')}. {words.title}. {'; '.join(parts)}."


def _shades(style: Style) -> tuple[str, str, str]:
    light, middle, dark = style.palette.greys
    return dark, middle, light


def _stages(row: pd.Series) -> str:
    stated = [f"{STATUSES[stage].label.lower()} {dollars(row[stage])}" for stage in FLOW_STAGES if pd.notna(row[stage])]
    if row["unconverted"]:
        stated.append(row["unconverted"])
    return ", ".join(stated)


def _stock_hover(row: Any) -> str:
    status = STATUSES[row.status].label
    return f"<b>{plain(row.holder)}</b><br>{status} {row.figure}, since {row.since}<br>owner: {plain(row.owner_name)}"


def _ranges(shown: pd.DataFrame, style: Style) -> go.Scatter:
    """A line from the lowest to the highest figure of each stock that has a range."""
    rows = shown[shown["high"] > shown["low"]]
    return go.Scatter(
        x=[x for row in rows.itertuples() for x in (row.low / BILLION, row.high / BILLION, None)],
        y=[y for row in rows.itertuples() for y in (row.Index, row.Index, None)],
        mode="lines+markers",
        line={"color": style.palette.accent, "width": 2},
        marker={"symbol": "line-ns", "size": 12, "line": {"color": style.palette.accent, "width": 2}},
        hoverinfo="skip",
    )


def bar_label(name: str, note: str, style: Style) -> str:
    """A bold name and as much of a note as one line holds."""
    room = round(style.characters * SMALL_SIZE / TEXT_SIZE) - len(name) - 2
    cut = note if len(note) <= room else note[: max(room - 1, 0)].rstrip() + "…" if room > 8 else ""
    return f"<b>{plain(name)}</b>" + (f"  {plain(cut)}" if cut else "")


def _labels(texts: list[str], style: Style) -> list[dict[str, Any]]:
    """Each above its bar, so that long names need no margin."""
    above = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "showarrow": False, "align": "left"}
    font = {"size": TEXT_SIZE, "color": style.palette.ink}
    return [{**above, "text": text, "y": y - 0.24, "font": font} for y, text in enumerate(texts)]


def _draw_axes(figure: go.Figure, rows: int, largest: float, style: Style) -> None:
    """One axis in billions of dollars, from zero."""
    palette = style.palette
    top = largest / BILLION if pd.notna(largest) and largest > 0 else 1.0
    figure.update_layout(
        xaxis={
            "range": [0, top * 1.04],
            "tickprefix": "$",
            "ticksuffix": "bn",
            "gridcolor": palette.rule,
            "zeroline": True,
            "zerolinecolor": palette.quiet,
            "fixedrange": True,
            "nticks": 6,
        },
        yaxis={"range": [max(rows, 1) - 0.4, -0.95], "visible": False, "fixedrange": True},
        barmode="overlay",
        bargap=0,
        margin={"l": 4, "r": 24, "t": 0, "b": 34},
    )
