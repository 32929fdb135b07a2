"""A few actors over time: their stances as bands, their levels as steps, their rows as dots."""

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar, Self

import pandas as pd
import plotly.graph_objects as go

from components.figures.figure import Figure, Key, Options
from components.figures.rows import TERMS, label_of, stance_keys, symbol
from components.figures.theme import (
    HOVER_CHARACTERS,
    INK,
    OUTLINE,
    PAPER,
    QUIET,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    STANCE_PAINTS,
    TEXT_SIZE,
    Look,
    Trace,
    drawing,
    plain,
    trace,
    wrapped,
)
from components.figures.timeline import AXIS, plain_axis, spans, time_axis
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.vocabulary import LEVELS, NOT_CODED, Term
from components.record.wording import counted, enumerated, long_date
from components.record.words import Words
from components.summaries.changes import UNDONE
from components.summaries.sources import source_ids
from components.summaries.time import position_bands, standing_rows

LEVEL_NAMES = 88  # px of the names of levels left of the bands
STEP, LEAST_STEP = 15, 8  # px of a level, and at the least, with the name of every other one
NAME, STRIP, GAP = 24, 9, 14  # px of the name above a lane, of the strip of stances, and below a band
DOT = 8  # px
TINT = "33"  # the opacity of a colour behind levels, as its last two digits: a fifth
NAMED, TITLED = 3, 5  # actors in a finding, and in the words about the picture


@dataclass(frozen=True)
class Standings(Figure):
    """Each actor's stances and rows up to a day.

    `bands` as from `summaries.time.position_bands`, `rows` as from `standing_rows`; by actor_id `names` and, as Plotly
    may draw them beside a strip, `labels`. `recognised` is whom those recognise that do.
    """

    name: ClassVar[str] = "standing"
    label: ClassVar[str] = "History"
    place: ClassVar[tuple[str, dict[str, str]]] = ("countries", {})
    of_actors: ClassVar[bool] = True

    bands: pd.DataFrame
    rows: pd.DataFrame
    names: dict[str, str]
    labels: dict[str, str]
    recognised: str
    words: Words

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The actors that the options name, in their order. Raises KeyError for one that is not in the record."""
        actors = record.actors.loc[list(dict.fromkeys(options.actor_ids))]
        ids = list(actors.index)
        known = record.stances[record.stances["date"] <= pd.Timestamp(day)]
        cited = tuple(source_ids(known[known["actor_id"].isin(ids)]))
        bands, rows = position_bands(record, ids, day), standing_rows(record, ids, day)
        labels = {row[0]: label_of(*row) for row in actors[["name", "kind"]].itertuples()}
        return cls(cited, bands, rows, actors["name"].to_dict(), labels, record.tracker.object, record.words)

    def about(self) -> str:
        """Whom it is about."""
        return enumerated(list(self.names.values()), TITLED) or "Nobody"

    def subtitle(self) -> str:
        """The measure and what it covers."""
        return "Stance on recognition and level of contact, from the first day of the record"

    def finding(self) -> str:
        """Where each stands at the end; of many the first few."""
        parts = [f"{name}{self._stands(actor_id)}" for actor_id, name in self.names.items()]
        more = f"; and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
        return f"{'; '.join(parts[:NAMED])}{more}" or "Nobody is shown"

    def alt(self) -> str:
        """The stances of each from when, and its levels one after another."""
        parts = []
        for actor_id, own in self.bands.groupby("actor_id", sort=False):
            steps = [f"{TERMS[span.stance].label.lower()} from {long_date(span.since)}" for span in own.itertuples()]
            levels = [self.words.levels[code].lowered for code in self._levels(str(actor_id))]
            turns = [level for place, level in enumerate(levels) if place == 0 or levels[place - 1] != level]
            number = counted(int((self.rows["actor_id"] == actor_id).sum()), "dated row")
            level = f"; {number}; level {', then '.join(turns)}" if turns else ""
            parts.append(f"{self.names[str(actor_id)]}: {', '.join(steps)}{level}.")
        return " ".join([f"Timeline of {counted(len(parts), 'actor')}.", *parts])

    def table(self) -> pd.DataFrame:
        """The dated rows, with what was taken back since."""
        rows = self.rows
        return pd.DataFrame(
            {
                "Actor": [self.names[actor_id] for actor_id in rows["actor_id"]],
                "Date": [long_date(text) for text in rows["date_text"]],
                "Stance": [TERMS[code].label for code in rows["stance"]],
                "Level": [self.words.levels[code].label for code in rows["level"]],
                "What happened": [
                    f"{text} ({UNDONE[undone]})" if undone else text
                    for text, undone in zip(rows["summary"], rows["undone"], strict=True)
                ],
                "Row": rows["id"],
            }
        )

    def legend(self) -> list[Key]:
        """The stances that occur, with the symbols beside the names."""
        return stance_keys(set(self.bands["stance"]))

    def draw(self, look: Look) -> go.Figure:
        """A band for each actor, with a lane of levels where there is room for one."""
        plan = _plan(self.labels, look)
        shown = self.bands[self.bands["actor_id"].isin(plan.strips)]
        rows = self.rows[self.rows["actor_id"].isin(plan.strips)]
        end = self.bands["end"].max() if len(self.bands) else pd.Timestamp(0)
        start = self.bands["start"].min() if len(self.bands) else end - pd.Timedelta(days=1)
        layout = {
            # Room for half of a dot on the first day.
            "xaxis": time_axis(start - (end - start) * 0.015, end, look),
            "yaxis": {**plain_axis(), "range": [plan.height, 0], "automargin": True, **self._ticks(plan, look)},
            "barmode": "overlay",
            "bargap": 0,
            "margin": {"l": LEVEL_NAMES, "r": 22, "b": max(look.height - plan.height, AXIS)},
        }
        traces = [
            *(bar for code in TERMS for bar in _strips(TERMS[code], shown[shown["stance"] == code], plan, look)),
            *([_steps(rows, shown, plan, look)] if plan.step else []),
            _dots(rows, plan, self.words, look),
        ]
        return drawing(traces, layout, look, labels=self._labels(plan, look), height=round(plan.height) + AXIS)

    def _levels(self, actor_id: str) -> list[str]:
        return _kept(self.rows).query("actor_id == @actor_id")["level"].tolist()

    def _stance(self, actor_id: str) -> Term:
        return TERMS[self.bands.loc[self.bands["actor_id"] == actor_id, "stance"].iloc[-1]]

    def _stands(self, actor_id: str) -> str:
        """Its stance or, where it recognises, that."""
        levels = self._levels(actor_id)
        if levels and levels[-1] == RECOGNITION:
            return f" recognises {self.recognised}"
        return f": {self._stance(actor_id).label.lower()}"

    def _ticks(self, plan: "Plan", look: Look) -> dict[str, Any]:
        """The names of levels beside a lane, or those of actors beside their strip."""
        if not plan.step:
            names = [f"{self.labels[ids]} {symbol(self._stance(ids).code, look)}" for ids in plan.strips]
            return {"tickvals": list(plan.strips.values()), "ticktext": names, "ticklabelstandoff": 4}
        named = list(self.words.levels.items())[:: 1 if plan.step >= SMALL_SIZE + 2 else 2]
        levels = {plan.level(actor_id, code): plain(term.label) for actor_id in plan.strips for code, term in named}
        return {
            "tickvals": list(levels),
            "ticktext": list(levels.values()),
            "ticklabelstandoff": 4,
            "tickfont": {"size": SMALL_SIZE, "color": look.of(QUIET)},
            "showgrid": True,
            "gridcolor": look.of(RULE),
            "gridwidth": 0.5,
        }

    def _labels(self, plan: "Plan", look: Look) -> list[dict[str, Any]]:
        """The name above each band, with as much of the stance and level at its end as a phone has room for."""
        left_out = len(self.names) - len(plan.strips)
        rest = [_label(f"and {left_out} more", plan.height, SMALL_SIZE, look.of(QUIET))] if left_out else []
        if not plan.step:
            return rest
        labels = []
        for actor_id, strip in plan.strips.items():
            term, levels = self._stance(actor_id), self._levels(actor_id)
            words = term.label + (f" · {self.words.levels[levels[-1]].label}" if levels else "")
            name = self.names[actor_id]
            told = next((say for say in (words, term.label) if len(name) + len(say) <= HOVER_CHARACTERS), "")
            text = f"<b>{plain(name)}</b>  {symbol(term.code, look)} {plain(told)}"
            labels.append(_label(text, strip - STRIP / 2 - plan.step * len(LEVELS) - 2, TEXT_SIZE, look.of(INK)))
        return labels


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the bands of a drawing lie, in px: the middle of each strip, the height of a level, and that of the whole.

    A level has no height where there is no lane of them.
    """

    strips: dict[str, float]
    step: float
    height: float

    def level(self, actor_id: str, code: str) -> float:
        """Where a level is drawn: on the strip where there is no lane."""
        if not self.step:
            return self.strips[actor_id]
        return self.strips[actor_id] - STRIP / 2 - self.step * (list(LEVELS).index(code) + 0.5)


def _plan(labels: dict[str, str], look: Look) -> Plan:
    """Bands of the usual height or, where a height is given, as high as there is room for; without lanes if need be."""
    usual = NAME + STEP * len(LEVELS) + STRIP + GAP
    room = look.height - AXIS
    band = min(2 * usual, room / max(len(labels), 1)) if look.height else usual
    step = (band - NAME - STRIP - GAP) / len(LEVELS)
    if step < LEAST_STEP:
        return _plan_of_strips(labels, room)
    strips = {actor_id: (place + 1) * band - GAP - STRIP / 2 for place, actor_id in enumerate(labels)}
    return Plan(strips, step, max(len(labels), 1) * band)


def _plan_of_strips(labels: dict[str, str], room: float) -> Plan:
    """A row for each, as high as its name and a share of what is left; the last ones go where there is no room."""
    heights = {actor_id: SMALL_LINE * (1 + label.count("<br>")) for actor_id, label in labels.items()}
    shown = list(labels)
    while len(shown) > 1 and sum(heights[ids] for ids in shown) + SMALL_LINE * (len(shown) < len(labels)) > room:
        shown.pop()
    needed = sum(heights[ids] for ids in shown) + SMALL_LINE * (len(shown) < len(labels))
    spare = max(room - needed, 0) / len(shown)
    bottoms = accumulate(heights[actor_id] + spare for actor_id in shown)
    strips = {ids: bottom - (heights[ids] + spare) / 2 for ids, bottom in zip(shown, bottoms, strict=True)}
    return Plan(strips, 0, max(room, needed))


def _strips(term: Term, bands: pd.DataFrame, plan: Plan, look: Look) -> list[Trace]:
    """The times of a stance: a strip in its colour, and the same colour faint behind the levels."""
    if bands.empty:
        return []
    marker = {"color": look.of(STANCE_PAINTS[term.code]), "line": {"width": 0.5, "color": look.of(OUTLINE)}}
    hovers = [
        f"<b>{plain(term.label)}</b><br>{long_date(since)} – {long_date(until)}"
        for since, until in zip(bands["since"], bands["until"], strict=True)
    ]
    middles = bands["actor_id"].map(plan.strips)
    strip = trace("bar", **spans(bands.assign(y=middles), STRIP), marker=marker, hovertext=hovers, hoverinfo="text")
    if not plan.step or term is NOT_CODED:
        return [strip]
    lane = plan.step * len(LEVELS)
    behind = bands.assign(y=middles - STRIP / 2 - lane / 2)
    faint = {"color": f"{look.of(STANCE_PAINTS[term.code])}{TINT}", "line": {"width": 0}}
    return [strip, trace("bar", **spans(behind, lane), marker=faint, hoverinfo="skip")]


def _kept(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that another of the same day does not take back."""
    return rows[rows["undone"] == ""]


def _steps(rows: pd.DataFrame, bands: pd.DataFrame, plan: Plan, look: Look) -> Trace:
    """From the level of each row that stands to the next one's, to the end of the band; all actors in one trace."""
    days: list[pd.Timestamp | None] = []
    heights: list[float | None] = []
    ends = bands.groupby("actor_id")["end"].max()
    for actor_id, own in _kept(rows).groupby("actor_id", sort=False):
        levels = [plan.level(str(actor_id), code) for code in own["level"]]
        days += [*own["date"], ends[actor_id], None]
        heights += [*levels, levels[-1], None]
    line = {"shape": "hv", "width": 1.3, "color": look.of(INK)}
    return trace("scatter", x=days, y=heights, mode="lines", line=line, hoverinfo="skip")


def _dots(rows: pd.DataFrame, plan: Plan, words: Words, look: Look) -> Trace:
    texts = [
        f"<b>{plain(long_date(row.date_text))}</b> · {plain(words.acts[row.act].label)}"
        f"{f', {UNDONE[row.undone]}' if row.undone else ''}<br>"
        f"{TERMS[row.stance].label} · {plain(words.levels[row.level].label)}<br>"
        + "<br>".join(wrapped(row.summary, HOVER_CHARACTERS))
        for row in rows.itertuples(index=False)
    ]
    return trace(
        "scatter",
        x=rows["date"],
        y=[plan.level(row.actor_id, row.level) for row in rows.itertuples(index=False)],
        customdata=rows["actor_id"].tolist(),
        hovertext=texts,
        hoverinfo="text",
        mode="markers",
        cliponaxis=False,
        marker={"size": DOT, "color": look.of(INK), "opacity": 1, "line": {"width": 1, "color": look.of(PAPER)}},
    )


def _label(text: str, y: float, size: int, colour: str) -> dict[str, Any]:
    """Text at the left end of a picture, its lower edge at a height."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -LEVEL_NAMES,
        "y": y,
        "yref": "y",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": size, "color": colour},
    }
