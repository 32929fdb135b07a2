"""What changed between two days: in the world as the record tells it, and apart from that by our own corrections.

The first day is not in the span, the last is. A row whose day or month is not known counts from its period's first day.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.on_day import WORLD, replaced_on, stance_history
from components.record.schema import LIST_SEPARATOR
from components.record.vocabulary import ACTS, CHANGES, DIRECTIONS, LEVELS, LEVERS, NOT_CODED, STANCES, STATUSES
from components.record.wording import counted, day_in_words, enumerated, long_date, quoted_address, sentence
from components.summaries.empty import empty_state
from components.summaries.fund_rows import all_figures
from components.summaries.standing import RECOGNITION

KINDS = {
    "Recognition": "Formal recognition was declared or withdrawn.",
    "Stance": "The stance or the level changed, or was coded for the first time.",
    "Act": "Something was said or done, and neither stance nor level changed.",
    "Lever": "A lever began or ended.",
    "Money": "A sum was frozen, suspended, entrusted, pledged, committed or paid, or was read anew.",
}
COLUMNS = [
    "date_text", "date", "actor_id", "name", "kind", "what", "summary", "row_id", "source_ids", "change",
]  # fmt: skip
SUMS = [code for code, term in STATUSES.items() if term.group in {"stock", "flow"}]
UNDONE = {"correction": "since corrected", "recode": "since recoded"}
WITHDRAWAL = "withdrawal"
NAMED = 3  # at the most, of those that recognised or withdrew their recognition
# From the far end of the ladder to the near one; where no position was found, nobody stands on it.
NEARNESS = ("opposed", "engaging", "supportive")
TOWARDS, AWAY, BACK, LOST = "towards recognition", "away", "there and back", "to no position"
FOUND = {code: f"from no position to {STANCES[code].label.lower()}" for code in NEARNESS}


@remembered(most=32)
def changes_between(
    record: Record, since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """What happened after `since` up to and including `until`, newest first and of one day by kind, with COLUMNS.

    `kind` is one of KINDS, the first of which weighs most; `what` says it in a line of words; a lever that began and
    ended has two rows of one `row_id`. Only of the actors in `actor_ids`, where it is given. Empty where `since` is not
    before `until`.
    """
    stances = _within(_stances(record), since, until, actor_ids)
    stances = stances[stances["change"] == WORLD]
    acts = stances["moved"].map({True: "Stance", False: "Act"})
    acts = acts.mask(stances["recognised"] | stances["withdrew"], "Recognition")
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
    """Who recognised, how many countries changed their stance and which way, and what began and ended, in one sentence.

    A country counts once, by where its moves led. To be coded for the first time is not a move, unless by an act of
    recognition or its withdrawal.
    """
    countries = record.actors[record.actors["kind"] == "country"].drop(index=record.tracker.subject, errors="ignore")
    if actor_ids is not None:
        countries = countries[countries.index.isin(actor_ids)]
    known = _stances(record)
    known = known[known["actor_id"].isin(countries.index)]
    coded = int((known["date"] <= pd.Timestamp(until)).sum())
    rows = _within(known[known["change"] == WORLD], since, until)
    levers = _within(_lever_ends(record), since, until, actor_ids)
    recognition = _recognition_words(record, rows)
    parts = [
        recognition,
        _moves_words(rows) or ("" if recognition or not coded else "no country changed its stance"),
        _first_words(rows),
        _levers_words(levers),
    ]
    told = "; ".join(part for part in parts if part)
    return sentence(told or empty_state(len(countries), coded, filtered=actor_ids is not None))


def span_in_words(since: dt.date, until: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """What stands above the headline: the days that it is about, and where filters leave only some actors."""
    among = "" if actor_ids is None else ", among those shown"
    return f"After {day_in_words(since)}, up to {day_in_words(until)}{among}"


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
    """Every stance row with stance and level `before_` and `after_` it, and what it did: `moved` stance or level,
    `recognised`, `withdrew` recognition.

    A correction takes the place of the row of the same day that stands before it: what that row changed is what the
    correction says, so that no mistake of ours counts as a change of the world.
    """
    rows = stance_history(record)
    world = rows["change"] == WORLD
    begins = world | (rows["actor_id"] != rows["actor_id"].shift()) | (rows["date"] != rows["date"].shift())
    last = rows.groupby(begins.cumsum())[["stance", "recognition_level", "act"]].transform("last")
    before = rows.groupby("actor_id")[["stance", "recognition_level"]].shift().fillna(NOT_CODED.code)
    after = {column: last[column].where(world, rows[column]) for column in last}
    recognised_before = before["recognition_level"] == RECOGNITION
    recognised_after = after["recognition_level"] == RECOGNITION
    # To be coded first at the level of recognition is no act of it: that may be older than the record.
    began = ~recognised_before & (before["recognition_level"] != NOT_CODED.code)
    return rows.assign(
        before_stance=before["stance"],
        before_level=before["recognition_level"],
        after_stance=after["stance"],
        after_level=after["recognition_level"],
        moved=(before["stance"] != after["stance"]) | (before["recognition_level"] != after["recognition_level"]),
        recognised=recognised_after & (began | (after["act"] == RECOGNITION)),
        withdrew=~recognised_after & (recognised_before | (after["act"] == WITHDRAWAL)),
    )


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
    weights = {kind: weight for weight, kind in enumerate(KINDS)}
    frame = frame.assign(weight=frame["kind"].map(weights))
    order = ["date", "weight", "row_id"]
    return frame.sort_values(order, ascending=[False, True, False], kind="stable", ignore_index=True)[COLUMNS]


def _recognition_words(record: Record, rows: pd.DataFrame) -> str:
    """“Alphaland recognised the council; 5 countries withdrew their recognition (A, B, C and 2 more)”."""
    parts = []
    for act, one, many in (
        ("recognised", f"recognised {record.tracker.object}", f"recognised {record.tracker.object}"),
        ("withdrew", "withdrew its recognition", "withdrew their recognition"),
    ):
        names = sorted(record.actors.loc[rows.loc[rows[act], "actor_id"].unique(), "name"])
        told, did = enumerated(names, NAMED), one if len(names) == 1 else many
        if names:
            parts.append(f"{told} {did}" if len(names) <= NAMED else f"{len(names)} countries {did} ({told})")
    return "; ".join(parts)


def _moves_words(rows: pd.DataFrame) -> str:
    """“14 countries changed their stance, 3 towards recognition, 10 away, 1 there and back”; "" of none."""
    moves = rows[(rows["before_stance"] != NOT_CODED.code) & (rows["before_stance"] != rows["after_stance"])]
    if moves.empty:
        return ""
    ways = Counter(_way(own) for _, own in moves.groupby("actor_id")[["before_stance", "after_stance"]])
    changed = ways.total()
    who = f"{counted(changed, 'country', 'countries')} changed {'its' if changed == 1 else 'their'} stance"
    others = [way for way in (BACK, *FOUND.values(), LOST) if ways[way]]
    return ", ".join([who, *(f"{ways[way]} {way}" for way in (TOWARDS, AWAY, *others))])


def _way(moves: pd.DataFrame) -> str:
    """Which way the moves of one country, in their order, led from its first position to where it stands."""
    first, end = moves["before_stance"].iloc[0], moves["after_stance"].iloc[-1]
    taken = [code for code in (first, *moves["after_stance"]) if code in NEARNESS]
    if end not in NEARNESS:
        return BACK if first == end else LOST
    if first not in NEARNESS and set(taken) == {end}:
        return FOUND[end]
    steps = NEARNESS.index(end) - NEARNESS.index(taken[0])
    return TOWARDS if steps > 0 else AWAY if steps < 0 else BACK


def _first_words(rows: pd.DataFrame) -> str:
    """“3 were coded for the first time”, without those whose first row is an act of recognition or withdrawal."""
    first = int(((rows["before_stance"] == NOT_CODED.code) & ~rows["recognised"] & ~rows["withdrew"]).sum())
    return f"{first} {'was' if first == 1 else 'were'} coded for the first time" if first else ""


def _levers_words(levers: pd.DataFrame) -> str:
    """“2 levers began, 1 ended”."""
    began = int(levers["began"].sum())
    return f"{counted(began, 'lever')} began, {len(levers) - began} ended" if len(levers) else ""


def _stance_words(row: Any) -> str:
    """“Talks: ○ Opposed → ◐ Engaging, level no contact → contact”; “Visit: still ◐ Engaging, level contact”."""
    return f"{ACTS[row.act].label}: {_step(row)}{f', {UNDONE[row.undone]}' if row.undone else ''}"


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
