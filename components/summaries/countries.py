"""One actor's page: its headline, what it says against what it does, and how its peers stand."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from components.record.model import Record
from components.record.on_day import RECOGNITION, positions_taken, stance_history, stances_on
from components.record.vocabulary import ENVOYS, NOT_CODED, ONLY_JOINTLY, STANCES, WITHDREW
from components.record.wording import counted, sentence
from components.summaries.colouring import say_do
from components.summaries.empty import after_colon, empty_state
from components.summaries.envoys import SIDES, tells_envoys
from components.summaries.standing import Standing, standings_on


def history_until(record: Record, actor_id: str, day: dt.date) -> pd.DataFrame:
    """An actor's stance rows by the day, oldest first, as from `on_day.stance_history`."""
    rows = stance_history(record)
    return rows[(rows["actor_id"] == actor_id) & (rows["date"] <= pd.Timestamp(day))]


def country_headline(record: Record, actor_id: str, day: dt.date) -> str:
    """Who stands where, each fact with its own date, in one sentence."""
    standing = standings_on(record, day).get(actor_id)
    if standing is None:
        return f"{record.actors.at[actor_id, 'name']}: not coded on this day"
    return f"{standing.name}: {after_colon(standing.in_words())}"


def say_do_gap(record: Record, stance: str, level: str) -> str:
    """Whether the acts go further than the words, in one sentence; see `colouring.say_do`."""
    said, done = STANCES[stance].label.lower(), record.words.levels[level].lowered
    both = f"“{said}” in what it says, “{done}” in what it does"
    return {
        "does_more": f"Its actions go further than its words: {both}.",
        "says_more": f"Its words go further than its actions: {both}.",
        "in_line": "Its actions match its words.",
    }[say_do(stance, level)]


def peers(record: Record, actor_id: str, day: dt.date) -> pd.DataFrame:
    """How the countries of an actor's region and blocs stand: one row a group, one column a position that any has."""
    actor = record.actors.loc[actor_id]
    countries = record.actors[record.actors["kind"] == "country"].drop(index=record.tracker.subject, errors="ignore")
    stance = stances_on(record, day)["position"].reindex(countries.index).fillna(NOT_CODED.code)
    groups = {actor["region"]: countries["region"] == actor["region"]}
    groups |= {bloc: countries["blocs"].map(lambda blocs, bloc=bloc: bloc in blocs) for bloc in actor["blocs"]}
    terms = [*positions_taken(record).values(), NOT_CODED]
    rows = {
        group: {term.label: int((stance[members] == term.code).sum()) for term in terms}
        for group, members in groups.items()
        if members.any()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[term.label for term in terms])
    return table.loc[:, table.any()]


def overview(record: Record, day: dt.date, actor_ids: frozenset[str] | None) -> pd.DataFrame:
    """One row for each actor that passes, by name, indexed by actor_id.

    Name, Stance, Stance since, Level, Level since, Region, Rows, and before the region when it Withdrew, where anybody
    did, and which envoys it Accepts and Keeps, where the record tells them; dates are as the record writes them.
    """
    actors = record.actors.drop(index=record.tracker.subject)
    if actor_ids is not None:
        actors = actors[actors.index.isin(actor_ids)]
    standings = standings_on(record, day)
    held = [standings.get(actor_id) for actor_id in actors.index]
    known = stance_history(record)
    counts = known[known["date"] <= pd.Timestamp(day)].groupby("actor_id").size()
    stances = [STANCES[now.stance.code] if now else NOT_CODED for now in held]
    labels = [
        f"{term.label}, {ONLY_JOINTLY}" if now and now.joint else term.label
        for now, term in zip(held, stances, strict=True)
    ]
    withdrew = [now.withdrew if now else "" for now in held]
    frame = pd.DataFrame(
        {
            "Name": actors["name"],
            "Stance": [f"{term.symbol} {label}" for term, label in zip(stances, labels, strict=True)],
            "Stance since": [now.stance.since if now else "" for now in held],
            "Level": [now.level_label if now else "" for now in held],
            "Level since": [now.level.since if now else "" for now in held],
            **({WITHDREW.label: withdrew} if any(withdrew) else {}),
            **(_envoys(held) if tells_envoys(record) else {}),
            "Region": actors["region"],
            "Rows": counts.reindex(actors.index).fillna(0).astype(int),
        }
    )
    return frame.sort_values("Name", kind="stable")


def _envoys(held: Sequence[Standing | None]) -> dict[str, list[str]]:
    """Which envoys actors accept and keep; blank where that was not researched."""
    labels = {"": "", **{code: term.label for code, term in ENVOYS.items()}}
    return {sentence(side.one): [labels[side.held(now).code] if now else "" for now in held] for side in SIDES}


def by_weight(record: Record, frame: pd.DataFrame) -> pd.DataFrame:
    """An overview with those first that readers come for: who recognises, then by stance, and who moved last."""
    stances = [f"{term.symbol} {term.label}" for term in (*STANCES.values(), NOT_CODED)]
    places = pd.DataFrame(
        {
            "recognises": frame["Level"] != record.words.levels[RECOGNITION].label,
            "stance": [stances.index(said.partition(", ")[0]) for said in frame["Stance"]],
            "moved": -frame[["Stance since", "Level since"]].max(axis=1).rank(method="dense"),
        }
    )
    return frame.loc[places.sort_values(list(places), kind="stable").index]


def overview_headline(frame: pd.DataFrame, *, filtered: bool = False) -> str:
    """Of how many of an overview there is a position, in one sentence; `filtered` where filters leave some out."""
    coded = int((frame["Rows"] > 0).sum())
    if empty := empty_state(len(frame), coded, filtered=filtered, who="actor"):
        return empty
    return f"Positions of {counted(coded, 'state or organisation', 'states and organisations')}, with evidence"
