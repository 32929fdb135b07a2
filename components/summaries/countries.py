"""One actor's page: its headline, what it says against what it does, and how its peers stand."""

import datetime as dt

import pandas as pd

from components.record.model import Record
from components.record.on_day import stance_history, stances_on
from components.record.vocabulary import LEVELS, NOT_CODED, STANCES
from components.record.wording import agreeing, counted, day_in_words, long_date, number
from components.summaries.colouring import say_do


def history_until(record: Record, actor_id: str, day: dt.date) -> pd.DataFrame:
    """An actor's stance rows by the day, oldest first, with `stance_since`."""
    rows = stance_history(record)
    return rows[(rows["actor_id"] == actor_id) & (rows["date"] <= pd.Timestamp(day))]


def country_headline(record: Record, actor_id: str, day: dt.date) -> str:
    """Who stands where, since when, in one sentence."""
    name = record.actors.at[actor_id, "name"]
    rows = history_until(record, actor_id, day)
    if rows.empty:
        return f"{name}: not coded on {day_in_words(day)}"
    now = rows.iloc[-1]
    stance, level = STANCES[now["stance"]], LEVELS[now["recognition_level"]]
    return (
        f"{name}: {stance.label.lower()} since {long_date(now['stance_since'])}, "
        f"level {level.label.lower()} – as of {day_in_words(day)}"
    )


def say_do_gap(stance: str, level: str) -> str:
    """Whether the acts go further than the words, in one sentence; see `colouring.say_do`."""
    words, acts = STANCES[stance].label.lower(), LEVELS[level].label.lower()
    return {
        "does_more": f"Does more than it says: “{words}” rarely goes with the level {acts}.",
        "says_more": f"Says more than it does: “{words}” goes with more than the level {acts}.",
        "in_line": f"In line: “{words}” goes with the level {acts}.",
    }[say_do(stance, level)]


def peers(record: Record, actor_id: str, day: dt.date) -> pd.DataFrame:
    """How the countries of an actor's region and blocs stand: one row a group, one column a stance class."""
    actor = record.actors.loc[actor_id]
    countries = record.actors[record.actors["kind"] == "country"].drop(index=record.tracker.subject)
    stance = stances_on(record, day)["stance"].reindex(countries.index).fillna(NOT_CODED.code)
    groups = {actor["region"]: countries["region"] == actor["region"]}
    groups |= {bloc: countries["blocs"].map(lambda blocs, bloc=bloc: bloc in blocs) for bloc in actor["blocs"]}
    terms = [*STANCES.values(), NOT_CODED]
    rows = {
        group: {term.label: int((stance[members] == term.code).sum()) for term in terms}
        for group, members in groups.items()
        if members.any()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=[term.label for term in terms])


def overview(record: Record, day: dt.date, actor_ids: frozenset[str] | None) -> pd.DataFrame:
    """One row for each actor that passes, by name, indexed by actor_id: Name, Stance, Since, Level, Region, Rows."""
    actors = record.actors.drop(index=record.tracker.subject)
    if actor_ids is not None:
        actors = actors[actors.index.isin(actor_ids)]
    held = stances_on(record, day).reindex(actors.index)
    known = stance_history(record)
    counts = known[known["date"] <= pd.Timestamp(day)].groupby("actor_id").size()
    terms = {**STANCES, NOT_CODED.code: NOT_CODED}
    stances = [terms[code] for code in held["stance"].fillna(NOT_CODED.code)]
    frame = pd.DataFrame(
        {
            "Name": actors["name"],
            "Stance": [f"{term.symbol} {term.label}" for term in stances],
            "Since": [text if isinstance(text, str) else "" for text in held["stance_since"]],
            "Level": [LEVELS[code].label if code in LEVELS else "" for code in held["recognition_level"]],
            "Region": actors["region"],
            "Rows": counts.reindex(actors.index).fillna(0).astype(int),
        }
    )
    return frame.sort_values("Name")


def overview_headline(record: Record, day: dt.date, frame: pd.DataFrame) -> str:
    """How many actors are listed and how many are coded, in one sentence."""
    coded = int((frame["Rows"] > 0).sum())
    return (
        f"As of {day_in_words(day)}: {counted(coded, 'actor')} of {number(len(frame))} listed "
        f"{agreeing(coded, 'is', 'are')} coded, each with its history"
    )
