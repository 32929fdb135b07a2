"""What changed between two days: in the world as the record tells it, and apart from that by our own corrections.

The first day is not in the span, the last is. A row whose day or month is not known counts from its period's first day.
"""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import RECOGNITION, WITHDRAWAL, WORLD, replaced_on, stance_history
from components.record.vocabulary import CHANGES, DIRECTIONS, NOT_CODED, STANCES, STATUSES, WITHDREW
from components.record.wording import long_date
from components.summaries.fund_rows import all_figures

KINDS = {
    "Recognition": "Formal recognition was declared or withdrawn.",
    "Rank": "Envoys became accepted at another rank: the level became, or had been, envoy accepted or ambassador.",
    "Stance": "The stance, or a level without such envoys, changed or was coded for the first time.",
    "Money": "A sum was frozen, suspended, entrusted, pledged, committed or paid, or was read anew.",
    "Act": "Something was said or done, and neither stance nor level changed.",
    "Lever": "A lever began or ended.",
}
COLUMNS = [
    "date_text", "date", "actor_id", "name", "kind", "act", "what", "summary", "row_id", "source_ids", "confidence",
    "change",
]  # fmt: skip
ENVOYS = {"charge", "ambassador"}  # levels that are a rank of envoys
SUMS = [code for code, term in STATUSES.items() if term.group in {"stock", "flow"}]
UNDONE = {"correction": "since corrected", "recode": "since recoded"}


@remembered(most=32)
def changes_between(
    record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """What happened after `since` up to and including `until`, newest first and of one day by kind, with COLUMNS.

    `kind` is one of KINDS, the first of which weighs most; `what` says it in a line of words; a lever that began and
    ended has two rows of one `row_id`. Only of the actors in `actor_ids`, where it is given. Empty where `since` is not
    before `until`.
    """
    stances = within(stance_changes(record), since, until, actor_ids)
    stances = stances[stances["change"] == WORLD]
    acts = stances["moved"].map({True: "Stance", False: "Act"}).mask(stances["ranked"], "Rank")
    acts = acts.mask(stances["recognised"] | stances["withdrew"], "Recognition")
    levers = within(lever_ends(record), since, until, actor_ids)
    funds = within(all_figures(record), since, until, actor_ids)
    funds = funds[funds["status"].isin(SUMS)]
    funds = funds.assign(change=WORLD, replaced=replaced_on(record)[funds.index] <= pd.Timestamp(until))
    parts = [
        _listed(record, stances, acts, _stance_words),
        _listed(record, levers, "Lever", _lever_words),
        _listed(record, funds, "Money", _money_words),
    ]
    return _newest_first(pd.concat(parts))


@remembered(most=32)
def corrections_between(
    record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """What we coded anew after `since` up to and including `until`, newest first, with COLUMNS.

    `date` is the day of coding, `kind` Correction or Recode, and `what` names the day that it is about.
    """
    rows = stance_changes(record)
    rows = rows[rows["change"] != WORLD].assign(about=rows["date_text"])
    rows = rows.assign(date=rows["coded_on"], date_text=rows["coded_on_text"])
    rows = within(rows, since, until, actor_ids)
    kinds = rows["change"].map({code: term.label for code, term in CHANGES.items()})
    return _newest_first(_listed(record, rows, kinds, _correction_words))


@remembered(most=4)
def stance_changes(record: Record) -> pd.DataFrame:
    """Every stance row with stance and level `before_` and `after_` it, and what it did: `moved` stance or level,
    `ranked` envoys otherwise, `recognised`, did so `again` after it withdrew, `withdrew` recognition.

    A correction takes the place of the row of the same day that stands before it: what that row changed is what the
    correction says, so that no mistake of ours counts as a change of the world.
    """
    rows = stance_history(record)
    world = rows["change"] == WORLD
    begins = world | (rows["actor_id"] != rows["actor_id"].shift()) | (rows["date"] != rows["date"].shift())
    last = rows.groupby(begins.cumsum())[["stance", "recognition_level", "act"]].transform("last")
    before = rows.groupby("actor_id")[["stance", "recognition_level", "position"]].shift().fillna(NOT_CODED.code)
    after = {column: last[column].where(world, rows[column]) for column in last}
    recognised_before = before["recognition_level"] == RECOGNITION
    recognised_after = after["recognition_level"] == RECOGNITION
    # A lower level alone says of nobody that it took its recognition back: the act does.
    # To be coded first at the level of recognition is no act of it: that may be older than the record.
    coded = before["recognition_level"] != NOT_CODED.code
    began = ~recognised_before & coded
    level_moved = before["recognition_level"] != after["recognition_level"]
    recognised = recognised_after & (began | (after["act"] == RECOGNITION))
    of_envoys = before["recognition_level"].isin(ENVOYS) | after["recognition_level"].isin(ENVOYS)
    return rows.assign(
        before_stance=before["stance"],
        before_level=before["recognition_level"],
        after_stance=after["stance"],
        after_level=after["recognition_level"],
        moved=(before["stance"] != after["stance"]) | level_moved,
        ranked=level_moved & coded & of_envoys,
        recognised=recognised,
        again=recognised & (before["position"] == WITHDREW.code),
        withdrew=~recognised_after & (after["act"] == WITHDRAWAL),
    )


@remembered(most=4)
def lever_ends(record: Record) -> pd.DataFrame:
    """Each lever once for its first day and, where it has ended, once for the first day without it."""
    levers = record.levers.assign(change=WORLD)
    began = levers.assign(date=levers["from"], date_text=levers["from_text"], began=True)
    ended = levers.assign(date=levers["until"], date_text=levers["until_text"], began=False)
    return pd.concat([began, ended[ended["date"].notna()]])


def within(
    rows: pd.DataFrame, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """The rows after `since` up to and including `until`, of all actors or of those given."""
    rows = rows[(rows["date"] > pd.Timestamp(since)) & (rows["date"] <= pd.Timestamp(until))]
    return rows if actor_ids is None else rows[rows["actor_id"].isin(actor_ids)]


def _listed(record: Record, rows: pd.DataFrame, kind: Any, words: Callable[[Record, Any], str]) -> pd.DataFrame:
    names = record.actors["name"].reindex(rows["actor_id"]).to_numpy()
    what = [words(record, row) for row in rows.itertuples(index=False)]
    act = rows.get("act", "")
    return rows.assign(name=names, kind=kind, act=act, what=what, row_id=rows["id"])[COLUMNS]


def _newest_first(frame: pd.DataFrame) -> pd.DataFrame:
    weights = {kind: weight for weight, kind in enumerate(KINDS)}
    frame = frame.assign(weight=frame["kind"].map(weights))
    order = ["date", "weight", "row_id"]
    return frame.sort_values(order, ascending=[False, True, False], kind="stable", ignore_index=True)[COLUMNS]


def _stance_words(record: Record, row: Any) -> str:
    """“Talks: ○ Opposed → ◐ Engaging, level no contact → contact”; “Visit: still ◐ Engaging, level contact”."""
    return f"{record.words.acts[row.act].label}: {_step(record, row)}{f', {UNDONE[row.undone]}' if row.undone else ''}"


def _correction_words(record: Record, row: Any) -> str:
    return f"{_step(record, row)}, from {long_date(row.about)} on"


def _step(record: Record, row: Any) -> str:
    levels = record.words.levels
    after, level = _stance(row.after_stance), levels[row.after_level].lowered
    if not row.moved:
        return f"still {after}, level {level}"
    if row.before_stance != row.after_stance:
        after = f"{_stance(row.before_stance)} → {after}"
    if row.before_level not in {row.after_level, NOT_CODED.code}:
        level = f"{levels[row.before_level].lowered} → {level}"
    return f"{after}, level {level}"


def _stance(code: str) -> str:
    term = STANCES.get(code, NOT_CODED)
    return f"{term.symbol} {term.label}"


def _lever_words(record: Record, row: Any) -> str:
    direction, lever = DIRECTIONS[row.direction], record.words.levers[row.lever].label
    return f"{'Began' if row.began else 'Ended'}: {direction.symbol} {lever}, {direction.label.lower()}"


def _money_words(_: Record, row: Any) -> str:
    """“$420 in trust, part of a larger sum, new reading”; each row is named, none is added to another."""
    notes = {
        "part of a larger sum": bool(row.part_of),
        "new reading": bool(row.supersedes),
        "since replaced by another reading": row.replaced,
    }
    parts = [f"{row.figure} {STATUSES[row.status].label.lower()}", *(note for note, holds in notes.items() if holds)]
    return ", ".join(parts)
