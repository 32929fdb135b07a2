"""Counts over time: a step line for each class up to the day, with who came and who left."""

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd
import plotly.graph_objects as go

from components.figures.classes import paint_of
from components.figures.figure import Click, Figure, Options
from components.figures.theme import (
    HOVER_CHARACTERS,
    INK,
    PAPER,
    RULE,
    SMALL_LINE,
    SMALL_SIZE,
    Look,
    Trace,
    drawing,
    trace,
    wrapped,
)
from components.figures.timeline import AXIS, from_to, plain_axis, time_axis
from components.record.model import Record
from components.record.on_day import positions_taken
from components.record.used import used
from components.record.vocabulary import NOT_CODED, WITHDREW
from components.record.wording import day_in_words, enumerated, long_date, lowered
from components.summaries.colouring import STANCE_SHADES, Shade, shades_for
from components.summaries.empty import empty_state
from components.summaries.sources import source_ids
from components.summaries.stances import jointly, map_frame
from components.summaries.time import BY_LEVEL, BY_POSITION, count_steps, moved

Names = Mapping[tuple[str, int], Sequence[str]]  # by class and day, as `_numbers` writes it

PLOT, TOP = 250, 8  # px of the lines, and above them
LABELS, LABEL_CHARACTERS = 108, 15  # px right of the lines, and signs of a line there
LEADER = 14  # px from the end of a line to its label
ABOVE = 2 * SMALL_LINE + 6  # px above the highest line, for the words of the largest move
TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]  # steps that an axis of numbers may have
LARGE = 5  # countries that move on one day, from which on the picture says so
NAMED, FEW = 5, 3  # countries named in a hover text, and in an alt text
WHOLE = len("2020-01-01")  # characters of a date whose day is known


@dataclass(frozen=True)
class Counts(Figure):
    """The counts. `steps` as from `summaries.time.count_steps`, `changes` as from `moved`.

    `shades` are the classes that anybody has ever been in: of levels where it is `by_level`, else of stances. `joint`
    says of a stance how many take it only by a joint text, `empty` what is said where nothing is to be counted.
    """

    name: ClassVar[str] = "counts"
    label: ClassVar[str] = "Over time"
    place: ClassVar[tuple[str, dict[str, str]]] = ("map", {})
    click: ClassVar[Click] = ""

    steps: pd.DataFrame
    changes: pd.DataFrame
    shades: tuple[Shade, ...]
    by_level: bool
    joint: tuple[str, ...]
    empty: str

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """Whether a country has a row."""
        return bool((record.actors.loc[list(used(record, "stances", "actor_id")), "kind"] == "country").any())

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """Counts and moves by level where the map is coloured by it, else by stance."""
        column = BY_LEVEL if options.colour == "level" else BY_POSITION
        shades = shades_for(record, "level") if column == BY_LEVEL else STANCE_SHADES
        taken = used(record, "stances", BY_LEVEL) if column == BY_LEVEL else positions_taken(record)
        shades = tuple(shade for shade in shades if shade.code in taken)
        changes = moved(record, day, options.passing, column)
        steps = count_steps(record, day, options.passing, column)
        known = record.stances[record.stances["date"] <= pd.Timestamp(day)]
        countries = record.actors.index[record.actors["kind"] == "country"]
        shown = countries if options.passing is None else countries.intersection(list(options.passing))
        listed, uncoded = (int(steps.iloc[-1].drop("date").sum()), int(steps[NOT_CODED.code].iloc[-1]))
        empty = empty_state(listed, listed - uncoded, filtered=options.passing is not None)
        classes = map_frame(record, day)["stance_class"]
        said = [
            f"{shade.label} {int(steps[shade.code].iloc[-1])}{joint}."
            for shade in shades
            if column == BY_POSITION and (joint := jointly(classes[classes.index.isin(shown)], shade.code))
        ]
        cited = tuple(source_ids(known[known["actor_id"].isin(shown)]))
        return cls(cited, steps, changes, shades, options.colour == "level", tuple(said), empty)

    def about(self) -> str:
        """What is counted."""
        return "Levels over time" if self.by_level else "Stances over time"

    def subtitle(self) -> str:
        """The measure and what it covers."""
        return f"Countries by {'level of contact' if self.by_level else 'stance on recognition'}, on each day"

    def finding(self) -> str:
        """How the numbers of those at the two ends moved from the first day up to the day."""
        if self.empty:
            return self.empty
        first, held = self.steps.iloc[0], self.steps.iloc[-1]
        wanted = ("ambassador", "recognition") if self.by_level else ("supportive", "opposed")
        ends = [shade for shade in self.shades if shade.code in wanted] or list(self.shades)
        if first["date"] == held["date"]:
            return f"The record begins with {' and '.join(f'{held[end.code]} {lowered(end.label)}' for end in ends)}"
        parts = [from_to(end.label, first[end.code], held[end.code]) for end in ends]
        if not first[ends[0].code] and held[ends[0].code] and ends[0].code == "supportive":
            names = self._members(ends[0].code)
            became = f"{enumerated(names, 3 if len(names) == 3 else 2)} became {lowered(ends[0].label)}"
            return "; ".join([became, *parts[1:], *self._withdrew()])
        return "; ".join([f"Since {first['date']:%B %Y}: {', '.join(parts)}", *self._withdrew()])

    def _withdrew(self) -> list[str]:
        """Who has taken recognition back, by name where they are few."""
        names = self._members(WITHDREW.code)
        return [f"{enumerated(names, FEW) if len(names) <= FEW else len(names)} withdrew"] if names else []

    def alt(self) -> str:
        """Where each line begins and ends, and who is in a class of few."""
        first, last = (day_in_words(self.steps["date"].iloc[end].date()) for end in (0, -1))
        parts = []
        for shade in self.shades:
            numbers, names = self.steps[shade.code], self._members(shade.code)
            who = f" ({', '.join(names)})" if 0 < len(names) <= FEW else ""
            before = f"{numbers.iloc[0]} at first, " if first != last else ""
            parts.append(f"{shade.label}: {before}{numbers.iloc[-1]}{' at last' if before else ''}{who}")
        when = f"from {first} to {last}" if first != last else f"on {last}"
        return f"Step lines of countries {when}. {'; '.join(parts) or 'It is empty'}."

    def table(self) -> pd.DataFrame:
        """How many countries were in each class from each day on which one moved."""
        labels = {shade.code: shade.label for shade in self.shades} | {NOT_CODED.code: NOT_CODED.label}
        table = self.steps.assign(date=self.steps["date"].dt.strftime("%Y-%m-%d"))
        return table[["date", *labels]].rename(columns={"date": "From", **labels})

    def notes(self) -> list[str]:
        """Who takes a stance only by a joint text, and who has no line."""
        held = self.steps.iloc[-1]
        others = {shade.code: shade.label for shade in self.shades if shade not in self._lines()}
        others[NOT_CODED.code] = NOT_CODED.label
        parts = [f"{label.lower()} ({held[code]})" for code, label in others.items() if held[code]]
        return [*self.joint, *([f"Not drawn: {', '.join(parts)}."] if parts else [])]

    def draw(self, look: Look) -> go.Figure:
        """The lines, each with its name and number at its end, and the day on which most moved at once."""
        height = look.height or TOP + PLOT + AXIS
        plot = max(height - TOP - AXIS, 2 * ABOVE)
        largest = float(max(1, *self.steps[[shade.code for shade in self._lines()]].max())) if self.shades else 1.0
        top = largest * plot / (plot - ABOVE)
        start, day = self.steps["date"].iloc[0], self.steps["date"].iloc[-1]
        end = day + pd.Timedelta(days=1)  # so that a line has a length on the first day too
        who = _names(self.changes, "after"), _names(self.changes, "before")
        layout = {
            "xaxis": time_axis(start, end, look),
            "yaxis": {
                **plain_axis(),
                "range": [0, top],
                "showgrid": True,
                "gridcolor": look.of(RULE),
                "dtick": next(step for step in TICKS if step / top * plot >= 2 * SMALL_LINE),
                "automargin": True,
            },
            "margin": {"l": 24, "r": LABELS, "t": TOP, "b": AXIS},
        }
        traces = [self._line(shade, end, who, look) for shade in reversed(self._lines())]
        labels = [*self._end_labels(end, top, plot, look), *self._largest_move(look)]
        return drawing(traces, layout, look, labels=labels, height=height)

    def _members(self, code: str) -> list[str]:
        """Who is in a class at the end, by name."""
        last = self.changes.drop_duplicates("actor_id", keep="last")
        return sorted(last.loc[last["after"] == code, "name"])

    def _lines(self) -> list[Shade]:
        """The classes that say something, where there are any: those without would make all other lines flat."""
        return [shade for shade in self.shades if shade.code != "none"] or list(self.shades)

    def _line(self, shade: Shade, end: pd.Timestamp, moves: tuple[Names, Names], look: Look) -> Trace:
        counts = self.steps[shade.code].tolist()
        # The day and the number are written by the browser; here is only what it cannot know.
        texts = []
        for day, number in zip(_numbers(self.steps["date"]), counts, strict=True):
            came, went = (tuple(names.get((shade.code, day), ())) for names in moves)
            texts.append(f"{'country' if number == 1 else 'countries'}{_moved_words(came, went)}")
        return trace(
            "scatter",
            x=[*self.steps["date"].dt.strftime("%Y-%m-%d"), f"{end:%Y-%m-%d}"],
            y=[*counts, counts[-1]],
            mode="lines",
            line={"shape": "hv", "width": 2.4, "color": look.of(paint_of(shade))},
            hovertext=[*texts, ""],
            hovertemplate=f"<b>%{{x|%-d %B %Y}}</b><br>{shade.label}: %{{y}} %{{hovertext}}<extra></extra>",
        )

    def _end_labels(self, end: pd.Timestamp, top: float, plot: int, look: Look) -> list[dict[str, Any]]:
        """The name and number of each line right of its end, moved apart where lines end close to each other."""
        held = self.steps.iloc[-1]
        upwards = sorted(self._lines(), key=lambda shade: held[shade.code])
        texts = [wrapped(f"{shade.label} {held[shade.code]}", LABEL_CHARACTERS) for shade in upwards]
        ends = [float(held[shade.code]) / top * plot for shade in upwards]
        # Letters one px larger than small ones take two px more a line.
        middles = apart(ends, [len(lines) * (SMALL_LINE + 2) for lines in texts], plot)
        return [
            {
                "text": "<br>".join(lines),
                "x": end,
                "y": held[shade.code],
                "ax": LEADER,
                "ay": at - middle,
                "xanchor": "left",
                "align": "left",
                "borderpad": 0,
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1.2,
                "arrowcolor": look.of(paint_of(shade)),
                "font": {"size": SMALL_SIZE + 1, "color": look.of(INK)},
            }
            for shade, lines, at, middle in zip(upwards, texts, ends, middles, strict=True)
        ]

    def _largest_move(self, look: Look) -> list[dict[str, Any]]:
        """How many more or fewer a class had after the day on which most moved at once, where many did."""
        labels = {shade.code: shade.label.lower() for shade in self._lines()}
        net = _net_moves(self.changes)
        net = net[net.index.get_level_values("code").isin(labels)]
        if net.empty or net.abs().max() < LARGE:
            return []
        day, code = net.abs().idxmax()
        number = int(net[day, code])
        days = self.steps["date"]
        side = "right" if day - days.iloc[0] > (days.iloc[-1] - days.iloc[0]) / 2 else "left"
        written = self.changes.loc[self.changes["date"] == day, "date_text"].mode().iloc[0]
        return [
            {
                "text": f"{abs(number)} {'more' if number > 0 else 'fewer'} {labels[code]}<br>{long_date(written)}",
                "x": day,
                "y": float(self.steps[days <= day].iloc[-1][list(labels)].max()),
                "xanchor": side,
                "yanchor": "bottom",
                "align": side,
                "showarrow": False,
                "borderpad": 3,
                "bgcolor": look.of(PAPER),
                "font": {"size": SMALL_SIZE, "color": look.of(INK)},
            }
        ]


def _net_moves(changes: pd.DataFrame) -> pd.Series:
    """By date and code, how many came to a class less those who left it; to be coded first is no move."""
    known = changes[changes["before"] != NOT_CODED.code]
    came = known.groupby(["date", "after"]).size().rename_axis(["date", "code"])
    left = known.groupby(["date", "before"]).size().rename_axis(["date", "code"])
    return came.sub(left, fill_value=0)


def apart(wanted: list[float], sizes: list[int], room: float) -> list[float]:
    """Middles close to those wanted, given from below, so that things of these sizes neither meet nor stick out."""
    middles: list[float] = []
    floor, ceiling = 0.0, room
    for want, size in zip(wanted, sizes, strict=True):
        middles.append(max(want, floor + size / 2))
        floor = middles[-1] + size / 2
    for place in reversed(range(len(sizes))):
        middles[place] = min(middles[place], ceiling - sizes[place] / 2)
        ceiling = middles[place] - sizes[place] / 2
    return middles


def _names(moves: pd.DataFrame, end: str) -> Names:
    """Who moved to a class (`after`) or from it (`before`), by class and day; with the date where it is coarse."""
    names: dict[tuple[str, int], list[str]] = {}
    columns = (moves[end].tolist(), _numbers(moves["date"]), moves["name"].tolist(), moves["date_text"].tolist())
    for code, day, name, date in zip(*columns, strict=True):
        names.setdefault((code, day), []).append(name if len(date) == WHOLE else f"{name} ({long_date(date)})")
    return names


def _numbers(days: pd.Series) -> list[int]:
    """Days as numbers, which are looked up many times faster than moments."""
    numbers: list[int] = days.to_numpy("datetime64[ns]").astype(int).tolist()
    return numbers


@functools.lru_cache(maxsize=10_000)  # the lines are the same on every day
def _moved_words(came: tuple[str, ...], went: tuple[str, ...]) -> str:
    """Who came and who left, each on lines of its own after a break; nothing of nobody."""
    lines = []
    for sign, names in (("Came", came), ("Left", went)):
        lines += wrapped(f"{sign}: {enumerated(names, NAMED)}", HOVER_CHARACTERS) if names else []
    return "".join(f"<br>{line}" for line in lines)
