"""What every figure is: the data that it shows and, from them alone, its words, its table and its drawing."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

import pandas as pd
import plotly.graph_objects as go

from components.figures.theme import OUTLINE, Look, Paint
from components.record.model import Record
from components.record.used import used
from components.summaries.empty import empty_state

Click = Literal["", "actor", "cell", "lever"]
WIDTHS = (760, 358)  # px: of a column of text on a wide screen, and on a phone


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may choose beside the day; each figure uses what concerns it.

    `passing` are the actor_ids that pass the filters, None where nothing filters. `sort` is "" for the figure's own.
    """

    group_by: str = "stance"
    sort: str = ""
    everyone: bool = False
    colour: str = "stance"
    zoom: str = "world"
    actor_ids: tuple[str, ...] = ()
    unit: str = "plain"
    conference: str = ""
    passing: frozenset[str] | None = None

    @property
    def unmatched(self) -> str:
        """What is said of actors where the filters let none pass; "" where they do."""
        return "" if self.passing is None else empty_state(len(self.passing), 1, filtered=True, who="actor")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a square or round mark of `size` px with an outline, its words, and how many of it.

    `names` say who they are, where they are few; `short` are its words where all have to stand in one row.
    """

    text: str
    fill: Paint
    line: Paint = OUTLINE
    line_width: float = 1
    size: int = 14
    is_round: bool = False
    count: int | None = None
    names: str = ""
    short: str = ""


@dataclass(frozen=True)
class Figure(ABC):
    """What one chart shows on one day; a subclass is a room of its own and stands in the catalogue.

    `name` is used in addresses and file names, `label` in navigation. `heights` are the px of the drawing on a wide
    screen and on a phone (WIDTHS), 0 where its rows decide; one that `grows` keeps its ratio where it is wider. `click`
    is what a mark stands for. A figure that is `whole` knows no filters; one `of_actors` needs some; one that `plays`
    is a film; one that `leaves` can be read in the shapes of files; `place` is the page that shows it, with the
    parameters that choose it. One that `turns` is arranged anew where it has so many px of width. It `rests_on` a
    table or, where it names any `statuses`, on rows of funds that have one of them.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    place: ClassVar[tuple[str, dict[str, str]]]
    heights: ClassVar[tuple[int, int]] = (0, 0)
    grows: ClassVar[bool] = False
    click: ClassVar[Click] = "actor"
    whole: ClassVar[bool] = False
    of_actors: ClassVar[bool] = False
    plays: ClassVar[bool] = False
    leaves: ClassVar[bool] = True
    turns: ClassVar[int] = 0
    rests_on: ClassVar[str] = "stances"
    statuses: ClassVar[tuple[str, ...]] = ()

    source_ids: tuple[str, ...]

    @classmethod
    def label_in(cls, record: Record) -> str:
        """Its label as the subject has it."""
        return record.words.money.get(cls.name, cls.label)

    @property
    def inset(self) -> bool:
        """Whether there is room for its legend on the drawing, at the left of its lower edge."""
        return False

    @property
    def has_player(self) -> bool:
        """Whether the film's player can colour its drawing."""
        return False

    @classmethod
    def is_in(cls, record: Record) -> bool:
        """Whether a record has rows that the figure shows, on whatever day."""
        if cls.statuses:
            return not used(record, "funds", "status").isdisjoint(cls.statuses)
        return not record.table(cls.rests_on).empty

    @classmethod
    @abstractmethod
    def build(cls, record: Record, day: dt.date, options: Options) -> Self:
        """What the figure shows of a record on a day."""

    @abstractmethod
    def about(self) -> str:
        """What it is about, in a few words: “Stance on recognition”."""

    @abstractmethod
    def finding(self) -> str:
        """What its data say, in one short sentence without a date of its own."""

    @abstractmethod
    def alt(self) -> str:
        """What the drawing shows, in words, for those who cannot see it; without its finding."""

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The data to read, in words and numbers."""

    @abstractmethod
    def subtitle(self) -> str:
        """What is measured, in which unit and of whom."""

    def legend(self) -> list[Key]:
        """What its colours mean."""
        return []

    def short_legend(self) -> list[Key]:
        """The same of what a picture that leaves has room for."""
        return self.legend()

    def notes(self) -> list[str]:
        """What a reader must know to read it rightly, a sentence each."""
        return []

    def note(self) -> str:
        """The same in one line, for a picture that leaves."""
        return " ".join(self.notes())

    @abstractmethod
    def draw(self, look: Look) -> go.Figure:
        """The drawing, at the size that the look gives."""
