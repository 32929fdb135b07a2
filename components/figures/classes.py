"""What the map and the tiles share: countries in the classes of a colouring, their colours, hovers and words."""

import datetime as dt
import functools
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Self

import pandas as pd

from components.figures.figure import Figure, Key, Options
from components.figures.theme import CLICK, LAND, STANCE_PAINTS, Look, Paint, plain, wrapped
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.vocabulary import NOT_APPLICABLE, NOT_CODED, WITHDREW
from components.record.wording import agreeing, counted, lowered
from components.record.words import Words
from components.summaries.colouring import LEVER, Colouring, Shade, class_counts, colouring, rows_behind, unmuted
from components.summaries.empty import empty_state
from components.summaries.sources import source_ids
from components.summaries.stances import recognition_in_words, stance_labels

TOLD = 80  # characters of what happened in a hover text
SHORT = {"supportive": "Supportive"}  # where the names of its countries stand beside it
FEW = 70  # characters of the names of a class that a legend says
WITH_POSITION = {"supportive", "engaging", "opposed", WITHDREW.code}
NO_STANCE = {RECOGNITION, WITHDREW.code}  # the classes of which a stance is told beside them
# What is the same in every hover text stands here once: there are two hundred of them in each picture that is sent.
HOVER = f"<b>%{{text}}</b><br>%{{hovertext}}{CLICK}"
ONE, MANY = "country", "countries"
HIGHEST, PRESENCE = 3, "presence"  # levels that a finding names, from the top, and the one below them
VERBS = {
    "pressure": ("presses", "press"),
    "both": ("does both", "do both"),
    "incentive": ("pulls", "pull"),
    "ended": ("did once", "did once"),
}


@dataclass(frozen=True)
class Classes(Figure):
    """Every country of a day in a class of its colouring.

    `words` are those of the subject. `muted` are the actor_ids that do not pass the filters, `picked` those that a
    drawing outlines.
    """

    coloured: Colouring
    words: Words
    muted: frozenset[str]
    recognised: str
    zoom: str
    picked: tuple[str, ...]

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """It is in every record: without a row it says that nobody is coded."""
        return True

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The colouring of the day. Raises KeyError for a mode or a zoom that is not listed."""
        coloured = colouring(record, day, options.colour)
        muted = frozenset() if options.passing is None else frozenset(coloured.frame.index) - options.passing
        rows = rows_behind(record, day, options.colour)
        shown = rows if options.passing is None else rows[rows["actor_id"].isin(options.passing)]
        return cls(
            tuple(source_ids(shown)),
            coloured,
            record.words,
            muted,
            record.tracker.object,
            options.zoom,
            options.actor_ids,
        )

    def about(self) -> str:
        """What the colours mean."""
        return self.coloured.title

    def subtitle(self) -> str:
        """The measure and how many countries it covers."""
        counts = class_counts(self.coloured, self.muted)
        shown = sum(counts.values()) - counts[NOT_APPLICABLE.code]
        return f"{self.coloured.title}, {counted(shown, ONE, MANY)}" if shown or self.muted else self.coloured.title

    def finding(self) -> str:
        """How the countries of the colouring divide."""
        counts = class_counts(self.coloured, self.muted)
        shown = sum(counts.values()) - counts[NOT_APPLICABLE.code]
        if empty := empty_state(shown, shown - counts[NOT_CODED.code], filtered=bool(self.muted)):
            return empty
        mode = self.coloured.mode
        if mode == "stance":
            return recognition_in_words(unmuted(self.coloured, self.muted), self.recognised)
        if mode == "level":
            highest = list(self.words.levels.values())[: -HIGHEST - 1 : -1]
            parts = [f"{counts[term.code]} at {term.lowered}" for term in highest if counts.get(term.code)]
            return f"Level of contact: {', '.join(parts) or f'no {ONE} above {self.words.levels[PRESENCE].lowered}'}"
        if mode.startswith(LEVER):
            parts = [f"{counts[code]} {agreeing(counts[code], *verb)}" for code, verb in VERBS.items() if counts[code]]
            name = self.words.levers[mode.removeprefix(LEVER)].label
            return f"{name}: {', '.join(parts) or f'no {ONE} holds this lever'}"
        shades = [shade for shade in self.coloured.classes if shade.code not in STANCE_PAINTS]
        parts = [f"{lowered(shade.label)} {counts[shade.code]}" for shade in shades]
        return f"{self.coloured.title}: {', '.join(parts)}"

    def counts_in_words(self) -> str:
        """“Supportive: 1 country; …”: every class with its count."""
        counts = class_counts(self.coloured, self.muted)
        return "; ".join(f"{shade.label}: {counted(counts[shade.code], ONE, MANY)}" for shade in self.coloured.classes)

    def table(self) -> pd.DataFrame:
        """One row for each country shown: its class, stance and level, each since when, and what happened."""
        frame = unmuted(self.coloured, self.muted)
        labels = {shade.code: shade.label for shade in self.coloured.classes}
        stances = stance_labels()
        columns = {
            "Country": frame["name"],
            self.coloured.title: frame["class"].map(labels),
            "Stance": frame["stance_class"].mask(frame["stance_class"].isin(NO_STANCE), frame["stance"]).map(stances),
            "Stance since": frame["stance_since"],
            "Level": [self.words.levels[code].label if code else "" for code in frame["level"]],
            "Level since": frame["level_since"],
            **({"Withdrew": frame["withdrew"]} if frame["withdrew"].any() else {}),
            "What happened": frame["summary"],
        }
        if self.coloured.mode == "stance":  # of which those that recognise, or withdrew, have one like others
            columns[self.coloured.title] = columns.pop("Stance")
        return pd.DataFrame(columns).sort_values("Country", kind="stable")

    def legend(self) -> list[Key]:
        """A key for each class that somebody is in, with its count, and one for those that the filters leave out."""
        left_out = [Key("Left out by the filters", LAND, count=len(self.muted))] if self.muted else []
        return [*(key for key in self.all_keys() if key.count), *left_out]

    def all_keys(self) -> list[Key]:
        """A key for each class, also for one that nobody is in on this day."""
        counts = class_counts(self.coloured, self.muted)
        names = {shade: ", ".join(name for _, name in members) for shade, members in self.members()}
        return [
            Key(
                shade.label,
                paint_of(shade),
                count=counts[shade.code],
                short=SHORT.get(shade.code, ""),
                names=listed if len(listed := names.get(shade, "")) <= FEW else "",
            )
            for shade in self.coloured.classes
        ]

    def names_by_class(self) -> dict[str, list[tuple[str, str]]]:
        """By the code of each class, also of an empty one, the actor_id and name of its countries, by name."""
        frame = unmuted(self.coloured, self.muted).sort_values("name", kind="stable")
        return {
            shade.code: list(frame.loc[frame["class"] == shade.code, "name"].items()) for shade in self.coloured.classes
        }

    def members(self) -> list[tuple[Shade, list[tuple[str, str]]]]:
        """The classes that somebody is in, each with the actor_id and name of its countries, by name."""
        named = self.names_by_class()
        return [(shade, named[shade.code]) for shade in self.coloured.classes if named[shade.code]]

    def not_drawn(self, places: pd.Index) -> list[str]:
        """A note that names the countries shown that are not among `places`; none where all of them are."""
        frame = unmuted(self.coloured, self.muted)
        names = sorted(frame.loc[~frame.index.isin(places), "name"])
        return [f"Counted and not drawn, for want of a shape: {', '.join(names)}."] if names else []

    def fills(self, look: Look) -> dict[str, str]:
        """The colour of each class in the theme."""
        return {shade.code: look.of(paint_of(shade)) for shade in self.coloured.classes}

    def hovers(self, members: pd.DataFrame) -> dict[str, Any]:
        """What a trace tells of each country: its name, class, stance and level each since when, what happened.

        What happened is told of countries with a position only: a hundred others would double what is sent.
        """
        labels = {shade.code: shade.label for shade in self.coloured.classes}
        by_stance = self.coloured.mode == "stance"
        columns = ["class", "stance", "standing", "summary", "source"]
        held = [
            f"{_held('' if by_stance and standing else labels[code], standing)}"
            f"{_told(summary, source) if stance in WITH_POSITION else ''}"
            for code, stance, standing, summary, source in zip(
                *(members[column].tolist() for column in columns), strict=True
            )
        ]
        return {"text": [plain(name) for name in members["name"]], "hovertext": held, "hovertemplate": HOVER}


def paint_of(shade: Shade) -> Paint:
    """The colours of a class."""
    if shade.dark:
        return Paint(shade.colour, shade.dark)
    return STANCE_PAINTS[shade.code]


@functools.lru_cache(maxsize=10_000)  # the same row is told on every day on which it holds
def _told(summary: str, source: str) -> str:
    lines = "<br>".join(wrapped(shorten(summary, TOLD, placeholder=" …"), 56))
    return f"<br>{lines}<br>{plain(source)}"


def _held(label: str, standing: str) -> str:
    """The class, where it says more than the standing, and each fact of that on a line of its own."""
    return "<br>".join(part for part in (label, *standing.split("; ")) if part)
