"""What changed between two days: in the world as the record tells it, and apart from that by our own corrections.

The first day is not in the span, the last is. A row whose day or month is not known counts from its period's first day.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import replaced_on, stance_history
from components.record.schema import LIST_SEPARATOR
from components.record.vocabulary import ACTS, CHANGES, DIRECTIONS, LEVELS, LEVERS, NOT_CODED, STANCES, STATUSES
from components.record.wording import counted, day_in_words, long_date, quoted_address
from components.summaries.fund_rows import all_figures

KINDS = {
    "Stance": "The stance or the level changed, or was coded for the first time.",
    "Act": "Something was said or done, and neither stance nor level changed.",
    "Lever": "A lever began or ended.",
    "Money": "A sum was frozen, suspended, entrusted, pledged, committed or paid, or was read anew.",
}
COLUMNS = [
    "date_text", "date", "actor_id", "name", "kind", "what", "summary", "row_id", "source_ids", "change",
]  # fmt: skip
WORLD = "world"
SUMS = [code for code, term in STATUSES.items() if term.group in {"stock", "flow"}]
UNDONE = {"correction": "since corrected", "recode": "since recoded"}
# Only for saying “towards” and “away”: where no position was found, nobody has come nearer or gone away.
NEARNESS = {"opposed": 0, "none": 1, "engaging": 2, "supportive": 3}


@remembered(most=32)
def changes_between(
    record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """What happened after `since` up to and including `until`, newest first, with COLUMNS.

    `kind` is one of KINDS; `what` says it in a line of words; a lever that began and ended has two rows of one
    `row_id`. Only of the actors in `actor_ids`, where it is given. Empty where `since` is not before `until`.
    """
    stances = _within(_stances(record), since, until, actor_ids)
    stances = stances[stances["change"] == WORLD]
    acts = stances["moved"].map({True: "Stance", False: "Act"})
    levers = _within(_lever_ends(record), since, until, actor_ids)
    funds = _within(all_figures(record), since, until, actor_ids)
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
    rows = _stances(record)
    rows = rows[rows["change"] != WORLD].assign(about=rows["date_text"])
    rows = rows.assign(date=rows["coded_on"], date_text=rows["coded_on_text"])
    rows = _within(rows, since, until, actor_ids)
    kinds = rows["change"].map({code: term.label for code, term in CHANGES.items()})
    return _newest_first(_listed(record, rows, kinds, _correction_words))


def headline(record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """How many countries changed their stance and which way, and how many levers began and ended, in one sentence.

    A country counts once, by the sum of its moves (NEARNESS). To be coded for the first time is not a move.
    """
    rows = _within(_stances(record), since, until, actor_ids)
    rows = rows[rows["change"] == WORLD]
    rows = rows[(record.actors["kind"].reindex(rows["actor_id"]) == "country").to_numpy()]
    first = int((rows["before_stance"] == NOT_CODED.code).sum())
    levers = _within(_lever_ends(record), since, until, actor_ids)
    began, ended = int(levers["began"].sum()), int((~levers["began"].astype(bool)).sum())
    parts = [
        _moves_words(rows),
        f"{first} {'was' if first == 1 else 'were'} coded for the first time" if first else "",
        f"{counted(began, 'lever')} began, {ended} ended" if began or ended else "",
    ]
    among = "" if actor_ids is None else ", among those shown"
    span = f"Between {day_in_words(since)} and {day_in_words(until)}{among}"
    return f"{span}: {'; '.join(part for part in parts if part)}"


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame of changes with text in every cell, ready for `tables.as_csv`."""
    rows = frame.drop(columns="date").rename(columns={"date_text": "date"})
    return rows.assign(source_ids=rows["source_ids"].map(LIST_SEPARATOR.join))


def as_markdown(frame: pd.DataFrame, record: Record) -> str:
    """A frame of changes as a Markdown list with links to its sources; no cell of the record becomes markup."""
    return "\n".join(
        f"- {long_date(row.date_text)}, **{_escaped(row.name)}**, {row.kind.lower()}: {_escaped(row.what)}. "
        f"{_escaped(row.summary)} ({_links(record, row.source_ids)}; row {_escaped(row.row_id)})"
        for row in frame.itertuples(index=False)
    )


@remembered(most=4)
def _stances(record: Record) -> pd.DataFrame:
    """Every stance row with stance and level `before_` and `after_` it, and `undone`, in words.

    A correction takes the place of the row of the same day that stands before it: what that row changed is what the
    correction says, so that no mistake of ours counts as a change of the world.
    """
    rows = stance_history(record)
    world = rows["change"] == WORLD
    begins = world | (rows["actor_id"] != rows["actor_id"].shift()) | (rows["date"] != rows["date"].shift())
    last = rows.groupby(begins.cumsum())[["stance", "recognition_level", "change"]].transform("last")
    before = rows.groupby("actor_id")[["stance", "recognition_level"]].shift()
    rows = rows.assign(
        before_stance=before["stance"].fillna(NOT_CODED.code),
        before_level=before["recognition_level"].fillna(NOT_CODED.code),
        after_stance=last["stance"].where(world, rows["stance"]),
        after_level=last["recognition_level"].where(world, rows["recognition_level"]),
        undone=last["change"].where(world).map(UNDONE).fillna(""),
    )
    moved = (rows["before_stance"] != rows["after_stance"]) | (rows["before_level"] != rows["after_level"])
    return rows.assign(moved=moved)


@remembered(most=4)
def _lever_ends(record: Record) -> pd.DataFrame:
    """Each lever once for its first day and, where it has ended, once for the first day without it."""
    levers = record.levers.assign(change=WORLD)
    began = levers.assign(date=levers["from"], date_text=levers["from_text"], began=True)
    ended = levers.assign(date=levers["until"], date_text=levers["until_text"], began=False)
    return pd.concat([began, ended[ended["date"].notna()]])


def _within(
    rows: pd.DataFrame, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    rows = rows[(rows["date"] > pd.Timestamp(since)) & (rows["date"] <= pd.Timestamp(until))]
    return rows if actor_ids is None else rows[rows["actor_id"].isin(actor_ids)]


def _listed(record: Record, rows: pd.DataFrame, kind: Any, words: Callable[[Any], str]) -> pd.DataFrame:
    names = record.actors["name"].reindex(rows["actor_id"]).to_numpy()
    what = [words(row) for row in rows.itertuples(index=False)]
    return rows.assign(name=names, kind=kind, what=what, row_id=rows["id"])[COLUMNS]


def _newest_first(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["date", "row_id"], ascending=False, kind="stable", ignore_index=True)


def _moves_words(rows: pd.DataFrame) -> str:
    """“14 countries changed their stance, 3 towards recognition, 10 away, 1 there and back”."""
    moves = rows[(rows["before_stance"] != NOT_CODED.code) & (rows["before_stance"] != rows["after_stance"])]
    if moves.empty:
        return "no country changed its stance"
    steps = moves["after_stance"].map(NEARNESS) - moves["before_stance"].map(NEARNESS)
    sums = steps.groupby(moves["actor_id"]).sum()
    towards, away, back = (int(which.sum()) for which in (sums > 0, sums < 0, sums == 0))
    who = f"{counted(len(sums), 'country', 'countries')} changed {'its' if len(sums) == 1 else 'their'} stance"
    return f"{who}, {towards} towards recognition, {away} away{f', {back} there and back' if back else ''}"


def _stance_words(row: Any) -> str:
    """“Talks: ○ Opposed → ◐ Engaging, level no contact → contact”; “Visit: still ◐ Engaging, level contact”."""
    return f"{ACTS[row.act].label}: {_step(row)}{f', {row.undone}' if row.undone else ''}"


def _correction_words(row: Any) -> str:
    return f"{_step(row)}, from {long_date(row.about)} on"


def _step(row: Any) -> str:
    after, level = _stance(row.after_stance), LEVELS[row.after_level].label.lower()
    if not row.moved:
        return f"still {after}, level {level}"
    if row.before_stance != row.after_stance:
        after = f"{_stance(row.before_stance)} → {after}"
    if row.before_level not in {row.after_level, NOT_CODED.code}:
        level = f"{LEVELS[row.before_level].label.lower()} → {level}"
    return f"{after}, level {level}"


def _stance(code: str) -> str:
    term = STANCES.get(code, NOT_CODED)
    return f"{term.symbol} {term.label}"


def _lever_words(row: Any) -> str:
    direction = DIRECTIONS[row.direction]
    return (
        f"{'Began' if row.began else 'Ended'}: {direction.symbol} {LEVERS[row.lever].label}, {direction.label.lower()}"
    )


def _money_words(row: Any) -> str:
    """“$420 in trust, part of a larger sum, new reading”; each row is named, none is added to another."""
    notes = {
        "part of a larger sum": bool(row.part_of),
        "new reading": bool(row.supersedes),
        "since replaced by another reading": row.replaced,
    }
    parts = [f"{row.figure} {STATUSES[row.status].label.lower()}", *(note for note, holds in notes.items() if holds)]
    return ", ".join(parts)


# Inside a line these start markup, a link or a mention; "www." does by itself in many readers of Markdown.
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$@#!^]|:(?=\S)|(?<=\bwww)\.", re.IGNORECASE)


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda sign: f"\\{sign.group()}", text)


def _links(record: Record, keys: Iterable[str]) -> str:
    sources = record.sources.loc[list(keys)]
    return "; ".join(
        f"[{_escaped(', '.join(filter(None, [row.publisher, long_date(row.date_text)])))}](<{quoted_address(row.url)}>)"
        for row in sources.itertuples(index=False)
    )
