"""Where everyone stands on a day: the map's frame, its counts and its headline."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import RECOGNITION
from components.record.vocabulary import LISTED, NOT_APPLICABLE, NOT_CODED, ONLY_JOINTLY, WITHDREW, Term
from components.record.wording import agreeing, counted, enumerated, long_date, spelled
from components.summaries.empty import empty_state
from components.summaries.sources import publishers_of
from components.summaries.standing import JOINTLY, Standing, standings_on

NAMED = 3  # at the most, of those that recognise
VERBS = {"engaging": ("deals with it", "deal with it"), "opposed": ("refuses", "refuse")}
CLASSES: tuple[Term, ...] = (*LISTED.values(), NOT_APPLICABLE)
_COLUMNS = (
    "name", "stance", "stance_class", "level", "standing", "stance_since", "level_since", "withdrew", "summary",
    "source",
)  # fmt: skip
_BLANK = ("",) * len(_COLUMNS[3:])


@remembered(most=32)
def map_frame(record: Record, day: dt.date) -> pd.DataFrame:
    """One row for each country, by actor_id: `name`, `stance` (a code of CLASSES), `stance_class` (the same, or as in
    `standing.class_codes`) and `level` (a code), and then in words `standing` (see Standing), `stance_since`,
    `level_since`, `withdrew` (when), `summary` and `source`; all but stance and class are blank where nothing is coded.
    """
    names, subject = _countries(record), record.tracker.subject
    standings, publishers = standings_on(record, day), publishers_of(record)
    held = [(name, *_told(standings.get(actor_id), publishers)) for actor_id, name in names.items()]
    if subject in names:
        held[list(names).index(subject)] = (names[subject], NOT_APPLICABLE.code, NOT_APPLICABLE.code, *_BLANK)
    return pd.DataFrame(held, pd.Index(names, name="actor_id"), _COLUMNS, dtype=object)


@remembered(most=4)
def _countries(record: Record) -> dict[str, str]:
    """The name of each country, the subject among them, by actor_id."""
    names: dict[str, str] = record.actors.loc[record.actors["kind"] == "country", "name"].to_dict()
    return names


def _told(standing: Standing | None, publishers: Mapping[str, str]) -> tuple[str, ...]:
    if standing is None:
        return NOT_CODED.code, NOT_CODED.code, *_BLANK
    return (
        standing.stance.code,
        standing.class_code,
        standing.level.code,
        standing.in_words(),
        standing.stance.since_in_words(),
        standing.level.since_in_words(),
        long_date(standing.withdrew),
        standing.summary,
        _first_source(publishers, standing.source_ids),
    )


def _first_source(publishers: Mapping[str, str], keys: tuple[str, ...]) -> str:
    more = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
    return f"{publishers[keys[0]]}{more}"


def class_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Countries of a map frame in each class, in order, also where it is empty: `code`, `label`, `symbol`, `count`.

    Who withdrew is a class where anybody did.
    """
    withdrew = frame["stance_class"] == WITHDREW.code
    counts = frame["stance"].mask(withdrew, WITHDREW.code).value_counts()
    shown = [term for term in CLASSES if term is not WITHDREW or withdrew.any()]
    return pd.DataFrame(
        [(term.code, term.label, term.symbol, int(counts.get(term.code, 0))) for term in shown],
        columns=["code", "label", "symbol", "count"],
    )


def stance_labels() -> dict[str, str]:
    """The label of each of CLASSES, and of those who take a stance only in a joint text."""
    labels = {term.code: term.label for term in CLASSES}
    return labels | {joint: f"{labels[code]}, {ONLY_JOINTLY}" for code, joint in JOINTLY.items()}


def headline(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """The finding of the day in one sentence, about countries only, and of them those in `actor_ids` where given."""
    return _headline(record, day, None if actor_ids is None else frozenset(actor_ids))


@remembered(most=32)
def _headline(record: Record, day: dt.date, actor_ids: frozenset[str] | None) -> str:
    frame = map_frame(record, day).drop(index=record.tracker.subject, errors="ignore")
    if actor_ids is not None:
        frame = frame[frame.index.isin(actor_ids)]
    return headline_of(frame, record.tracker.object, filtered=actor_ids is not None)


def headline_of(frame: pd.DataFrame, object_: str, *, filtered: bool = False) -> str:
    """The headline of the countries of a frame with the columns `name` and `stance_class` of a map frame."""
    classes = frame["stance_class"]
    coded = int((classes != NOT_CODED.code).sum())
    named = {code: list(frame.loc[of_stance(classes, code), "name"]) for code in VERBS}
    others = [
        f"{names[0] if len(names) == 1 else len(names)} {agreeing(len(names), *VERBS[code])}{jointly(classes, code)}"
        for code, names in named.items()
        if names
    ]
    empty = empty_state(len(frame), coded, filtered=filtered)
    said = recognition_in_words(frame, object_, others)
    if filtered:  # nobody is to read a sentence about some as one about all
        said = f"Among those shown, {said[:1].lower() if said.startswith(('Only ', 'No ')) else said[:1]}{said[1:]}"
    return empty or said


def recognition_in_words(frame: pd.DataFrame, object_: str, others: Sequence[str] = ()) -> str:
    """“Only Alphaland recognises the council; two withdrew; five support it short of that”, of those of a map frame.

    Those that recognise, or withdrew, are named where they are few; `others` says what else there is to say.
    """
    classes = frame["stance_class"]
    names, withdrew = (sorted(frame.loc[classes == code, "name"]) for code in (RECOGNITION, WITHDREW.code))
    short = int(of_stance(classes, "supportive").sum())
    who = enumerated(names, NAMED) if len(names) <= NAMED else counted(len(names), "country", "countries")
    verb = agreeing(len(names) or 1, "recognises", "recognise")
    said = f"{'Only ' if len(names) == 1 else ''}{who or 'No country'} {verb} {object_}"
    shorter = f"it short of that{jointly(classes, 'supportive')}"
    more = [f"{spelled(short)} {agreeing(short, 'supports', 'support')} {shorter}"] if short else []
    back = [f"{enumerated(withdrew, NAMED) if len(withdrew) <= NAMED else spelled(len(withdrew))} withdrew"]
    return "; ".join([said, *(back if withdrew else []), *([", ".join([*more, *others])] if more or others else [])])


def of_stance(classes: pd.Series, code: str) -> pd.Series:
    """Which of some stance classes are of those that take a stance short of recognition, jointly or not."""
    return classes.isin([code, JOINTLY.get(code)])


def jointly(classes: pd.Series, code: str) -> str:
    """“, 11 of them only by a joint text”, to follow the number of those that take a stance; "" where none does so."""
    many, joint = int(of_stance(classes, code).sum()), int((classes == JOINTLY.get(code)).sum())
    if not joint:
        return ""
    who = f"{joint} of them " if joint < many else "" if many == 1 else "all "
    return f", {who}only by a joint text"


def recognising(record: Record, day: dt.date) -> list[str]:
    """The actor_ids of the countries that formally recognise on the day, by name."""
    frame = map_frame(record, day)
    return list(frame[frame["level"] == RECOGNITION].sort_values("name", kind="stable").index)
