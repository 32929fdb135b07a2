"""What the colour of a country can say on a day: stance, level, say-do gap, freshness, or one lever.

Belongs here: which class every country falls into, and the words and colours of the classes of each mode.
Does not belong here: the stances' own words and colours (vocabulary), and drawing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from components.record.filters import FRESHNESS, freshness
from components.record.model import Record
from components.record.on_day import ARGUED, RECOGNITION, levers_until, stances_on
from components.record.used import in_use, used
from components.record.vocabulary import (
    JOINT_TEXT,
    LEVELS,
    NOT_APPLICABLE,
    NOT_CODED,
    ONLY_JOINTLY,
    STANCES,
    Term,
    Terms,
)
from components.summaries.stances import CLASSES, map_frame
from components.summaries.standing import JOINTLY, classes_taken, taken_jointly

LEVER = "lever:"
TITLES = {
    "stance": "Stance on recognition",
    "level": "Level of contact",
    "gap": "What is said against what is done",
    "freshness": "Age of the latest row",
}
MODES = {"stance": "Stance", "level": "Level", "gap": "Said against done", "freshness": "Freshness"}

# The lowest and the highest level that go with each stance.
EXPECTED = {
    "supportive": ("charge", "recognition"),
    "engaging": ("contact", "charge"),
    "opposed": ("none", "contact"),
    "none": ("none", "none"),
}


@dataclass(frozen=True, slots=True)
class Shade:
    """A class of a map: a term with its colour in the light and in the dark theme ("" where the theme has its own)."""

    code: str
    label: str
    definition: str
    colour: str
    dark: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Colouring:
    """The countries of a day by class.

    `classes`: as from `shades_for`, in order, also where nobody is in one on the day.
    `frame`: a map frame (see `summaries.stances`) with `class`, a code of `classes`, and `near`: whether it is the
    subject or a neighbour of it. `title` says what the colours mean.
    """

    mode: str
    title: str
    classes: tuple[Shade, ...]
    frame: pd.DataFrame


def modes(record: Record) -> dict[str, str]:
    """What a map can be coloured by: code to label, with each lever that the record has; first of all the stance."""
    of_stances = MODES if len(record.stances) else {"stance": MODES["stance"]}
    held = in_use(record, record.words.levers, "levers", "lever")
    return {**of_stances, **{f"{LEVER}{code}": f"Lever: {term.label}" for code, term in held.items()}}


def mode_title(record: Record, mode: str) -> str:
    """What the colours of a mode mean, as the title of a picture. Raises KeyError for a mode that is not listed."""
    return TITLES.get(mode) or modes(record)[mode]


def rows_behind(record: Record, day: dt.date, mode: str) -> pd.DataFrame:
    """The rows that the colours of a mode rest on: of stances, or of one lever."""
    if not mode.startswith(LEVER):
        return stances_on(record, day)
    rows = levers_until(record, day)
    return rows[rows["lever"] == mode.removeprefix(LEVER)]


def colouring(record: Record, day: dt.date, mode: str = "stance") -> Colouring:
    """The countries of a day in the classes of a mode. Raises KeyError for a mode that `modes` does not list."""
    title = mode_title(record, mode)
    frame = map_frame(record, day)
    held = stances_on(record, day)[["stance", "recognition_level", "date"]].reindex(frame.index)
    if mode.startswith(LEVER):
        codes = _lever_codes(levers_until(record, day), mode.removeprefix(LEVER), held["stance"])
    elif mode == "gap":
        pairs = zip(held["stance"], held["recognition_level"], strict=True)
        codes = pd.Series([say_do(*pair) if pair[0] in EXPECTED else None for pair in pairs], frame.index, dtype=object)
    elif mode == "freshness":
        codes = freshness(held["date"], day)
    elif mode == "level":
        codes = held["recognition_level"]
    else:
        codes = frame["stance_class"]
    codes = codes.fillna(NOT_CODED.code)
    codes[codes.index == record.tracker.subject] = NOT_APPLICABLE.code
    frame = frame.assign(**{"class": codes, "near": _near(record, frame.index)})
    return Colouring(mode, title, shades_for(record, mode), frame)


def say_do(stance: str, level: str) -> str:
    """Whether acts go with words, as a code: `says_more`, `in_line` or `does_more`.

    Supportive goes with a chargé or more, engaging with anything from contact to a chargé, opposed with contact or
    none, and no position found with none. A level above what goes with the stance is doing more than one says, a level
    below it less.
    """
    order = list(LEVELS)
    low, high = (order.index(code) for code in EXPECTED[stance])
    at = order.index(level)
    return "says_more" if at < low else "does_more" if at > high else "in_line"


def unmuted(coloured: Colouring, muted: Collection[str]) -> pd.DataFrame:
    """The frame without the actor_ids that are muted; the subject stays, because no filter asks about it."""
    frame = coloured.frame
    if not muted:
        return frame
    return frame[~frame.index.isin(muted) | (frame["class"] == NOT_APPLICABLE.code)]


def class_counts(coloured: Colouring, muted: Collection[str] = ()) -> dict[str, int]:
    """Countries in each class, in order, also where it is empty, without those that are muted."""
    counts = Counter(unmuted(coloured, muted)["class"].tolist())
    return {shade.code: counts[shade.code] for shade in coloured.classes}


def _near(record: Record, countries: pd.Index) -> list[bool]:
    blocs = record.actors.loc[countries, "blocs"]
    subject, near = record.tracker.subject, record.tracker.neighbours
    return [actor_id == subject or near in names for actor_id, names in blocs.items()]


def _lever_codes(rows: pd.DataFrame, lever: str, stances: pd.Series) -> pd.Series:
    """For each country the direction in which it pushes now, or that it no longer does; NaN where nothing is coded.

    "None" is said only of those that the record speaks of: they have a stance or another lever.
    """
    known = stances.notna() | stances.index.isin(rows["actor_id"])
    codes = pd.Series("none", index=stances.index, dtype=object).where(known)
    mine = rows[(rows["lever"] == lever) & rows["actor_id"].isin(codes.index)]
    for actor_id, own in mine.groupby("actor_id"):
        ways = set(own.loc[own["held"], "direction"])
        codes[actor_id] = "both" if len(ways) > 1 else next(iter(ways), "ended")
    return codes


def shades_of(mode: str, joint: Collection[str] = ARGUED, levels: Terms = LEVELS) -> tuple[Shade, ...]:
    """The classes of a mode, in order, with not coded and not applicable at the end.

    Of the stances in `joint` those who take one only in a joint text have a class of their own; `levels` are those of
    the subject.
    """
    if mode == "level":
        pairs = zip(levels.values(), _LEVEL_COLOURS, strict=True)
        return (*(_of_term(term, *colours) for term, colours in pairs), *REST)
    if mode == "stance":
        return (RECOGNISES, *(shade for term in CLASSES for shade in _of_stance(term, apart=term.code in joint)))
    return (*(LEVER_SHADES if mode.startswith(LEVER) else _SHADES[mode]), *REST)


def shades_for(record: Record, mode: str) -> tuple[Shade, ...]:
    """The classes of a mode as the record calls them: of stances and levels those that somebody has ever had."""
    shades = shades_of(mode, taken_jointly(record), record.words.levels)
    if mode not in {"stance", "level"}:
        return shades
    taken = classes_taken(record) if mode == "stance" else used(record, "stances", "recognition_level")
    alone = RECOGNITION not in taken  # then no support is short of it
    return tuple(
        replace(shade, label=_of_term(STANCES[shade.code]).label) if alone and shade.code in SHORT else shade
        for shade in shades
        if shade.code in taken or shade.code in {NOT_CODED.code, NOT_APPLICABLE.code}
    )


def _of_stance(term: Term, *, apart: bool) -> tuple[Shade, ...]:
    shade = _of_term(term, label=(SHORT_APART if apart else SHORT).get(term.code, ""))
    return (shade, JOINT_SHADES[term.code]) if apart else (shade,)


def _of_term(term: Term, colour: str = "", dark: str = "", label: str = "") -> Shade:
    return Shade(term.code, label or term.label, term.definition, colour or term.colour, dark, term.symbol)


REST = (_of_term(NOT_CODED), _of_term(NOT_APPLICABLE))
STANCE_SHADES = tuple(_of_term(term) for term in CLASSES)
RECOGNISES = Shade(RECOGNITION, "Recognises", "Formally recognises.", "#001B3A", "#9CC7FA", "★")
SHORT = {"supportive": "Supportive short of that"}  # the label beside those that recognise
SHORT_APART = {**SHORT, "opposed": "Opposed in its own words"}  # and beside those that only signed with others
# A lighter tint of the same colour, and in the dark theme one nearer to the ground.
JOINT_SHADES = {
    "supportive": Shade(JOINTLY["supportive"], f"Supportive {ONLY_JOINTLY}", JOINT_TEXT, "#7A9DC6", "#4A7AA6"),
    "opposed": Shade(JOINTLY["opposed"], f"Opposed {ONLY_JOINTLY}", JOINT_TEXT, "#E9BFC6", "#8A5560"),
}


# No hue of a stance, and no lightness twice within a mode, so that the classes differ in grey too (a test measures it,
# with the greys of not coded and not applicable). In the dark theme more of something is lighter, not darker.
_LEVEL_COLOURS = (
    ("#E3FAF0", "#45605A"),
    ("#A9D3C4", "#51786D"),
    ("#78B7A4", "#5F9283"),
    ("#3E7A69", "#74AD9C"),
    ("#1F5748", "#93C9B8"),
    ("#06291F", "#EAFBF4"),
)
_FRESHNESS_COLOURS = (("#FFF4D8", "#6B5B46"), ("#D8A361", "#C08C4A"), ("#6E3905", "#FFF1DC"))
_SHADES: Mapping[str, tuple[Shade, ...]] = {
    "gap": (
        Shade(
            "says_more",
            "Says more than it does",
            "The level lies below what goes with the stance.",
            "#2B3036",
            "#F4F1EC",
        ),
        Shade("in_line", "In line", "The level goes with the stance.", "#FFF6DA", "#66615A"),
        Shade(
            "does_more",
            "Does more than it says",
            "The level lies above what goes with the stance.",
            "#9A5B14",
            "#E0A458",
        ),
    ),
    "freshness": tuple(_of_term(t, *pair) for t, pair in zip(FRESHNESS.values(), _FRESHNESS_COLOURS, strict=True)),
}
LEVER_SHADES = (
    Shade("pressure", "Presses", "Holds this lever and pushes against.", "#24292F", "#F6F3EE"),
    Shade("both", "Both", "Holds this lever in both directions.", "#8A4B08", "#F0BE7C"),
    Shade("incentive", "Pulls", "Holds this lever and pulls towards.", "#D49A56", "#B5813F"),
    Shade("ended", "Ended", "Held this lever once, and no longer.", "#BFC4C9", "#737A81"),
    Shade("none", "None recorded", "The record speaks of it, and not of this lever.", "#FFF8E0", "#5C574E"),
)
