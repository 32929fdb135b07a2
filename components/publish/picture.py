"""A picture: a figure with the words around it, the same on a page, the site, in a brief and in a file.

The words are HTML from one template (`templates/picture.html`), laid out by the browser that shows them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from components.figures.catalogue import FIGURES
from components.figures.figure import Figure, Options
from components.publish.names import file_stem
from components.publish.templates import module
from components.record.cache import remembered
from components.record.model import Record
from components.record.wording import counted, day_in_words
from components.summaries.empty import UNMATCHED
from components.summaries.sources import publishers_line

KEPT = 128


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below a picture in a designed shape: a note, where it comes from, and how it may be used."""

    note: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure and its words.

    `label` is its name in navigation; `finding` is what it says, on `day` (in words); `subtitle` is what it measures;
    `notes` are the lines below the drawing: how to read it, the filters, sources, origin and licence. `shows` is what
    the drawing shows, in words; `filtered` is who passes the filters; `foot` says the notes in short; `stem` begins the
    name of its file: tracker, chart, choices, filters and day. `author` and `rights` say who made it, and how it may be
    used.
    """

    figure: Figure
    label: str
    finding: str
    day: str
    subtitle: str
    notes: tuple[str, ...]
    shows: str
    filtered: str
    foot: Foot
    stem: str
    author: str
    rights: str

    @property
    def title(self) -> str:
        """The finding and its day."""
        return f"{self.finding}, {self.day}"

    @property
    def alt(self) -> str:
        """What the picture is about, says and shows, for those who cannot see it."""
        return f"{self.figure.about()}. {self.title}. {self.shows}"

    @property
    def inset(self) -> bool:
        """Whether its legend may stand on the drawing."""
        return self.figure.inset

    def words(self, part: str, theme: str = "") -> str:
        """A part of the words as HTML: `heading`, `legend` or `below`; in a theme, where the page does not know it."""
        return str(getattr(module("picture.html"), part)(self, theme))


def picture_of(record: Record, name: str, day: dt.date, options: Options | None = None, filtered: str = "") -> Picture:
    """A figure of the catalogue on a day with its words; `filtered` says in words which actors pass the filters.

    Raises KeyError for a name that is not in the catalogue.
    """
    return _picture_of(record, name, day, options or Options(), filtered)


@remembered(most=KEPT)
def _picture_of(record: Record, name: str, day: dt.date, options: Options, filtered: str) -> Picture:
    day = record.tracker.data_until if FIGURES[name].plays else day  # a film goes to the end, whatever the day
    figure = FIGURES[name].build(record, day, options)
    filtered = "" if figure.whole else filtered
    said = figure.finding()
    said += ", among those shown" if filtered and not said.endswith(UNMATCHED) else ""
    own = [note for note in (*figure.notes(), filtered) if note]
    notes = [*own, publishers_line(record, figure.source_ids), _origin(record)]
    finding = f"{said[:1].upper()}{said[1:]}"
    stem = file_stem(record, name, _chosen(options), filtered, day.isoformat())
    kept = tuple(note for note in notes if note)
    return Picture(
        figure,
        figure.label_in(record),
        finding,
        day_in_words(day),
        figure.subtitle(),
        kept,
        figure.alt(),
        filtered,
        foot_of(record, figure.source_ids, figure.note()),
        stem,
        record.tracker.author,
        record.tracker.licence,
    )


def _chosen(options: Options) -> str:
    """What was chosen beside the usual, in the order of the options; who passes the filters is said in words."""
    usual = {field.name: field.default for field in fields(Options) if field.name != "passing"}
    chosen = {name: getattr(options, name) for name, default in usual.items() if getattr(options, name) != default}
    return " ".join(
        " ".join(value) if isinstance(value, tuple) else f"{name} {value}" for name, value in chosen.items()
    )


def image_name(picture: Picture, shape: str, theme: str, image_format: str, kind: str = "") -> str:
    """The name of a picture's file: its stem, shape, theme and, where it is not as usual, of what kind it is."""
    return f"{picture.stem}-{shape}-{theme}{kind}.{image_format}"


def foot_of(record: Record, source_ids: Sequence[str], note: str) -> Foot:
    """What stands below a picture of rows that cite those sources."""
    tracker = record.tracker
    publishers = len(set(record.sources.loc[list(source_ids), "publisher"]))
    source = ", ".join(["Source: " + tracker.title, *([counted(publishers, "publisher")] if publishers else [])])
    address = tracker.repository.removeprefix("https://")
    until = f"{tracker.licence} · record to {day_in_words(tracker.data_until)}"
    return Foot(note, f"{source} · {address}" if address else source, until)


def _origin(record: Record) -> str:
    tracker = record.tracker
    origin = f"{tracker.title}, record until {day_in_words(tracker.data_until)}. {tracker.licence}"
    address = tracker.repository.removeprefix("https://")
    return f"{origin}. {address}" if address else f"{origin}."
