"""What holds on a day: the only module that decides it. It is given the day and never asks the clock.

A stance holds from its date until the actor's next row; a lever or stock from its first day until, and without, its
last. Before an actor's first row nothing holds. Two rows of one actor on one day are ordered by id.
"""

import datetime as dt

import pandas as pd

from components.record.cache import remembered
from components.record.model import Record
from components.record.vocabulary import POSITIONS, STATUSES, WITHDREW, Terms

JOINT = "joint_statement"  # the act of a text that was signed with others
RECOGNITION = "recognition"  # the level, and the act, of formal recognition
WITHDRAWAL = "withdrawal"  # the act that takes it back
ARGUED = ("supportive", "opposed")  # stances that words alone can found; what is done needs no text
SINCE = {
    "stance_since": "stance",
    "level_since": "recognition_level",
    "received_since": "envoy_received",
    "sent_since": "envoy_sent",
}
WORLD = "world"  # the change of a row that something happened for, and not of one that takes back our own words


@remembered(most=32)
def stances_on(record: Record, day: dt.date) -> pd.DataFrame:
    """The latest whole row of each actor, indexed by actor_id, with what stance_history adds to it."""
    rows, moment = stance_history(record), pd.Timestamp(day)
    return rows[(rows["date"] <= moment) & ~(_followed_on(record) <= moment)].set_index("actor_id", drop=False)


@remembered(most=4)
def _followed_on(record: Record) -> pd.Series:
    """For each row of the history the date of the actor's next one; NaT for its last."""
    return stance_history(record).groupby("actor_id")["date"].shift(-1)


@remembered(most=4)
def stance_history(record: Record) -> pd.DataFrame:
    """Every stance row by actor, date and id, with columns `…_since`, `joint_only`, `undone` and `position`.

    `stance_since`, `level_since`, `received_since` and `sent_since` are the dates, as written, since when the stance,
    the level and the envoys of the row have held; "" for a row that another of the same actor and day overtakes: it
    held at the end of no day. `joint_only`: whether support or a refusal rests on texts signed with others, so far
    without a statement of its own. `undone` is the change, `correction` or `recode`, of a row of the same day that
    takes back what this one says; "" for none. `withdrew_since` is the date, as written, of the withdrawal of
    recognition that stands on the row, "" for none, and `position` the stance or, where there is such a date, WITHDREW;
    `recognises_again`: whether the actor does, after it had taken that back.
    """
    rows = record.stances.sort_values(["actor_id", "date", "id"], kind="stable")
    following = rows[["actor_id", "date", "change"]].shift(-1)
    overtaken = (rows["actor_id"] == following["actor_id"]) & (rows["date"] == following["date"])
    undone = following["change"].where(overtaken & (following["change"] != WORLD), "")
    held = rows[~overtaken]
    withdrew = _withdrew_since(rows, undone == "")
    return rows.assign(
        **{name: _since(held, column).reindex(rows.index, fill_value="") for name, column in SINCE.items()},
        joint_only=_joint_only(rows),
        undone=undone,
        withdrew_since=withdrew,
        position=rows["stance"].mask(withdrew != "", WITHDREW.code),
        recognises_again=_recognises_again(rows, withdrew),
    )


def _since(held: pd.DataFrame, column: str) -> pd.Series:
    """For each row the date of the first of those of its actor that say the same in a column, one after another."""
    return held["date_text"].where(_begins(held, column)).ffill()


def _begins(rows: pd.DataFrame, column: str) -> pd.Series:
    """Whether each row is the first of those of its actor that say the same in a column, one after another."""
    return (rows["actor_id"] != rows["actor_id"].shift()) | (rows[column] != rows[column].shift())


def _joint_only(rows: pd.DataFrame) -> pd.Series:
    """Whether the stance of each row began with a joint text, and no statement has followed it since."""
    begins = _begins(rows, "stance")
    from_text = (rows["act"] == JOINT).where(begins).ffill().astype(bool)
    own_words = (rows["act"] == "statement").groupby(begins.cumsum()).cummax()
    return from_text & ~own_words & rows["stance"].isin(ARGUED)


def _withdrew_since(rows: pd.DataFrame, stands: pd.Series) -> pd.Series:
    """The date of the act that took recognition back, until the actor recognises again; a lower level alone is none.

    Only what `stands` counts: a withdrawal of ours that we took back was none.
    """
    withdrawn = stands & (rows["act"] == WITHDRAWAL)
    told = rows["date_text"].where(withdrawn).mask(stands & (rows["recognition_level"] == RECOGNITION), "")
    return told.groupby(rows["actor_id"]).ffill().fillna("")


def _recognises_again(rows: pd.DataFrame, withdrew: pd.Series) -> pd.Series:
    """Whether each row is one of recognition after a withdrawal that stood."""
    once = (withdrew != "").groupby(rows["actor_id"]).cummax()
    return once & (rows["recognition_level"] == RECOGNITION)


@remembered(most=1)
def positions(record: Record) -> Terms:
    """The classes in which actors that are coded are counted, in order: who withdrew only where anybody ever did."""
    withdrew = (stance_history(record)["withdrew_since"] != "").any()
    terms = {**POSITIONS, **record.words.stances}
    return {code: term for code, term in terms.items() if term is not WITHDREW or withdrew}


@remembered(most=1)
def positions_taken(record: Record) -> Terms:
    """The positions and stances that some row of the record has; a stance also where its actor withdrew before."""
    rows = stance_history(record)
    taken = {*rows["stance"], *rows["position"]}
    return {code: term for code, term in positions(record).items() if code in taken}


@remembered(most=4)
def newest_first(record: Record) -> pd.DataFrame:
    """The `date` and `actor_id` of every row of the history, newest first, of one day by id; its index is theirs."""
    rows = stance_history(record).sort_values(["date", "id"], ascending=False, kind="stable")
    return rows[["date", "actor_id"]]


@remembered(most=32)
def levers_until(record: Record, day: dt.date) -> pd.DataFrame:
    """Every lever that began by the day, with `held`: whether it is still held on it."""
    moment = pd.Timestamp(day)
    rows = record.levers[record.levers["from"] <= moment]
    return rows.assign(held=rows["until"].isna() | (rows["until"] > moment))


@remembered(most=64)
def stocks_on(record: Record, day: dt.date) -> pd.DataFrame:
    """The stocks that hold on the day, each in its newest reading."""
    rows = _known_funds(record, day, "stock")
    return rows[rows["until"].isna() | (rows["until"] > pd.Timestamp(day))]


def flows_until(record: Record, day: dt.date) -> pd.DataFrame:
    """The flows that happened by the day, each in its newest reading."""
    return _known_funds(record, day, "flow")


def plans_until(record: Record, day: dt.date) -> pd.DataFrame:
    """The plans made, and what they had received, by the day, each in its newest reading."""
    return _known_funds(record, day, "plan")


@remembered(most=4)
def replaced_on(record: Record) -> pd.Series:
    """For each row of funds the first day on which another reading takes its place; NaT for none."""
    anew = record.funds.groupby("supersedes")["date"].min().drop("", errors="ignore")
    return anew.reindex(record.funds["id"]).set_axis(record.funds.index)


@remembered(most=4)
def change_days(record: Record) -> list[dt.date]:
    """The days on which something in the record begins or ends, within the record, in order."""
    columns = (
        record.stances["date"],
        *(record.levers[name] for name in ("from", "until")),
        *(record.funds[name] for name in ("date", "until")),
    )
    days = {moment.date() for column in columns for moment in column.dropna().unique()}
    return sorted(day for day in days if record.tracker.start <= day <= record.tracker.data_until)


@remembered(most=64)
def _known_funds(record: Record, day: dt.date, family: str) -> pd.DataFrame:
    funds, moment = record.funds, pd.Timestamp(day)
    in_family = funds["status"].isin([code for code, term in STATUSES.items() if term.group == family])
    return funds[in_family & (funds["date"] <= moment) & ~(replaced_on(record) <= moment)]
