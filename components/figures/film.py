"""The map through time: the class of every country on the days of a film, for a player to colour the map with."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import pandas as pd

from components.figures.classes import WITH_POSITION, paint_of
from components.figures.figure import Key, Options
from components.figures.stance_map import StanceMap
from components.figures.theme import CLICK, SEA, Look, Trace, plain
from components.figures.timeline import from_to
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.vocabulary import NOT_APPLICABLE, NOT_CODED
from components.record.wording import counted, day_in_words, isolated
from components.summaries.colouring import Shade
from components.summaries.empty import empty_state
from components.summaries.film_days import played_days
from components.summaries.sources import source_ids
from components.summaries.stances import headline_of
from components.summaries.standing import JOINTLY
from components.summaries.time import BY_CLASS, month_ends, stances_at


@dataclass(frozen=True)
class Film(StanceMap):
    """The film. `codes` are the stance classes of all countries, a row for each and a column for each day, in order.

    The days are the ends of all months where it is `monthly`. It is drawn as the map of the last day of the record,
    whatever day is asked for.
    """

    name: ClassVar[str] = "film"
    label: ClassVar[str] = "Play"
    place: ClassVar[tuple[str, dict[str, str]]] = ("map", {})
    plays: ClassVar[bool] = True
    leaves: ClassVar[bool] = False
    whole: ClassVar[bool] = True

    codes: pd.DataFrame
    monthly: bool

    @classmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """The whole record, month by month or, of a long one, turning point by turning point."""
        end = record.tracker.data_until
        last = StanceMap.build(record, end, Options())
        days = played_days(record)
        codes = stances_at(record, days, column=BY_CLASS)
        cited, monthly = tuple(source_ids(record.stances)), days == month_ends(record, end)
        return cls(cited, last.coloured, last.words, last.muted, last.recognised, last.zoom, (), codes, monthly)

    def about(self) -> str:
        """What it is about."""
        return "Stance month by month" if self.monthly else "Stance through time"

    def subtitle(self) -> str:
        """The measure and what it covers."""
        when = "as each month ended" if self.monthly else f"on {counted(len(self.codes.columns), 'day')}"
        return f"Stance on recognition of all countries, {when}"

    def finding(self) -> str:
        """How the numbers of those with a position moved from the first day to the last."""
        first, last = (self._counts(day) for day in self.codes.columns[[0, -1]])
        shown = sum(last.values())
        if empty := empty_state(shown, shown - last[NOT_CODED.code], filtered=False):
            return empty
        named = {RECOGNITION, *WITH_POSITION, *JOINTLY.values()}
        coded = [shade for shade in self._classes() if shade.code != NOT_CODED.code]
        told = [shade for shade in coded if shade.code in named] or coded
        parts = [from_to(shade.label, first[shade.code], last[shade.code]) for shade in told]
        since = f"{'Month by month since' if self.monthly else 'Since'} {self.codes.columns[0]:%B %Y}"
        return f"{since}: {', '.join(parts)}"

    def alt(self) -> str:
        """Where the film begins and where it ends."""
        number = counted(len(self.codes.columns), "month" if self.monthly else "day")
        ends = [f"On {day_in_words(day)}: {self._counts_in_words(day)}." for day in self.codes.columns[[0, -1]]]
        return f"World map that can be played through {number}, each as it ended. {' '.join(ends)}"

    def table(self) -> pd.DataFrame:
        """How many countries were in each class at the end of each day."""
        rows = {day.isoformat(): self._counts(day) for day in self.codes.columns}
        labels = {shade.code: shade.label for shade in self._classes()}
        return pd.DataFrame.from_dict(rows, orient="index").rename(columns=labels).rename_axis("Day").reset_index()

    def legend(self) -> list[Key]:
        """The classes, without their counts, which the player says of each day."""
        return [Key(shade.label, paint_of(shade)) for shade in self.coloured.classes]

    def hovers(self, members: pd.DataFrame) -> dict[str, Any]:
        """The names alone: all else would go on telling of the last day."""
        return {"text": [plain(name) for name in members["name"]], "hovertemplate": f"<b>%{{text}}</b>{CLICK}"}

    def _names(self, shown: pd.DataFrame, points: pd.DataFrame, look: Look) -> list[Trace]:
        """None: they would name those of the last day on every other one."""
        return []

    def player(self, passing: frozenset[str] | None = None) -> dict[str, Any]:
        """What `publish/templates/player.js` plays.

        `days` in ISO form, `words` for each, what each stands for (`of`), and words for both `ends`; `classes` in order
        with their colours; `counts` of each day by class; `places` by actor_id: for each day one digit, the place of
        the class in `classes`, of which `named` is that of those that a map names; `headlines` say each day in a
        sentence. `paper`, the ground of the map, tells the themes apart. `passing` are the actor_ids that pass the
        filters.
        """
        codes = self.codes if passing is None else self.codes[self.codes.index.isin(passing)]
        place = {shade.code: str(at) for at, shade in enumerate(self.coloured.classes)}
        days = list(self.codes.columns)
        told, counts = self._classes(), map(replace(self, codes=codes)._counts, days)
        return {
            "days": [day.isoformat() for day in days],
            "of": "Month" if self.monthly else "Day",
            "ends": [_month_in_words(day) if self.monthly else f"{day:%Y}" for day in (days[0], days[-1])],
            "words": list(map(_month_in_words if self.monthly else day_in_words, days)),
            "classes": [paint_of(shade)._asdict() for shade in self.coloured.classes],
            "labels": [shade.label for shade in told],
            "counts": [[of_day[shade.code] for shade in told] for of_day in counts],
            "headlines": [isolated(self._headline(codes[day], filtered=passing is not None)) for day in days],
            "places": {ids: "".join(map(place.__getitem__, classes)) for ids, *classes in codes.itertuples()},
            "named": place.get(RECOGNITION, ""),
            "paper": SEA._asdict(),
        }

    def _headline(self, classes: pd.Series, *, filtered: bool) -> str:
        """The sentence of a day, without the frames of all days, which would push out those that readers look at."""
        classes = classes[classes != NOT_APPLICABLE.code]
        names = self.coloured.frame["name"].reindex(classes.index)
        return headline_of(pd.DataFrame({"name": names, "stance_class": classes}), self.recognised, filtered=filtered)

    def _classes(self) -> list[Shade]:
        """The classes that countries move between: all but that of the subject."""
        return [shade for shade in self.coloured.classes if shade.code != NOT_APPLICABLE.code]

    def _counts(self, day: dt.date) -> dict[str, int]:
        found = self.codes[day].value_counts()
        return {shade.code: int(found.get(shade.code, 0)) for shade in self._classes()}

    def _counts_in_words(self, day: dt.date) -> str:
        counts = self._counts(day)
        parts = [f"{shade.label}: {counted(counts[shade.code], 'country', 'countries')}" for shade in self._classes()]
        return "; ".join(parts)


def _month_in_words(day: dt.date) -> str:
    """“August 2021”, or the day where it is not the last of its month."""
    is_last = (day + dt.timedelta(days=1)).day == 1
    return f"{day:%B %Y}" if is_last else day_in_words(day)
