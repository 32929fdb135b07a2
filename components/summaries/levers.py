"""Who holds what: the frames of the country × lever matrix."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.used import used
from components.record.vocabulary import LISTED, NOT_CODED, REGIONS
from components.summaries.empty import empty_state
from components.summaries.time import all_moves

BY_REGION, BY_STANCE = "region", "stance"
SORTS = {"stance": "Stance", "name": "Name", "levers": "Most levers held", "moved": "Latest move"}
MOST_LEVERS = "levers"  # the order that needs levers
WAYS = {"pressure": "pressure", "incentive": "incentives"}


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of a day.

    `rows`: one for each actor shown, in order, indexed by actor_id: `name`, `kind`, `group`, `stance` (a class code).
    `cells`: one for each actor, lever and direction: `actor_id`, `lever`, `direction`, `held`, `summary`, `source_ids`.
    `levers`: the lever codes that occur, in their order.
    """

    rows: pd.DataFrame
    cells: pd.DataFrame
    levers: list[str]


def groupings(record: Record) -> dict[str, str]:
    """What rows can be grouped by: code to words. A bloc that has members parts them from all others."""
    joined = used(record, "actors", "blocs")
    blocs = {bloc: f"{bloc} members" for bloc in record.tracker.blocs if bloc in joined}
    return {BY_STANCE: "Stance", BY_REGION: "Region", **blocs}


def sorts(record: Record) -> dict[str, str]:
    """The orders in which rows can stand: code to words."""
    return {code: words for code, words in SORTS.items() if code != MOST_LEVERS or len(record.levers)}


def matrix(  # noqa: PLR0913
    record: Record,
    day: dt.date,
    group_by: str = BY_STANCE,
    *,
    sort: str = "stance",
    everyone: bool = False,
    actor_ids: Collection[str] | None = None,
) -> Matrix:
    """The matrix on a day: actors that hold or held a lever or are coded, or `everyone` but the subject.

    Of them only those in `actor_ids`, where it is given. Within a group they stand by `sort`, one of SORTS, and name.
    """
    levers = levers_until(record, day)
    stances = stances_on(record, day)
    actors = record.actors.drop(index=record.tracker.subject)
    if not everyone:
        actors = actors[actors.index.isin(set(levers["actor_id"]) | set(stances.index))]
    if actor_ids is not None:
        actors = actors[actors.index.isin(actor_ids)]
        levers = levers[levers["actor_id"].isin(actor_ids)]
    stance = stances["position"].reindex(actors.index).fillna(NOT_CODED.code)
    rows = pd.DataFrame(
        {
            "name": actors["name"],
            "kind": actors["kind"],
            "group": _groups(record, actors, stance, group_by),
            "stance": stance,
        }
    )
    place = pd.DataFrame(
        {
            "group": rows["group"].map(list(_group_names(record, group_by)).index),
            "sort": _places(rows, levers, _latest_moves(record, day), sort),
            "name": rows["name"],
        }
    )
    rows = rows.loc[place.sort_values(["group", "sort", "name"]).index]
    used = set(levers["lever"].unique())
    return Matrix(rows, _cells(levers), [code for code in record.words.levers if code in used])


def has_levers(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> bool:
    """Whether any lever has begun by the day, of the actors in `actor_ids` where given."""
    holders = levers_until(record, day)["actor_id"]
    return bool(len(holders) if actor_ids is None else holders.isin(list(actor_ids)).any())


def matrix_headline(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """Who can press or reward where it is one, else how many, and how many each only, in one sentence."""
    holders, words = influence(record, day, actor_ids)
    if not holders:
        shown = len(record.actors) if actor_ids is None else len(actor_ids)
        empty = empty_state(shown, shown, filtered=actor_ids is not None, who="actor")
        return empty or "Nobody holds a lever"
    who = record.actors.at[holders[0], "name"] if len(holders) == 1 else f"{len(holders)} states and bodies"
    return f"{who} {words}"


def influence(record: Record, day: dt.date, actor_ids: Collection[str] | None = None) -> tuple[list[str], str]:
    """The actor_ids that hold a lever, and in words that follow them what they can do with it."""
    levers = levers_until(record, day)
    held = levers[levers["held"]]
    if actor_ids is not None:
        held = held[held["actor_id"].isin(actor_ids)]
    ways = held.groupby("actor_id")["direction"].agg(frozenset)
    counts = {f"only by {word}": int((ways == {way}).sum()) for way, word in WAYS.items()}
    counts["by both"] = int((ways.map(len) == len(WAYS)).sum())
    told = [how if len(ways) == 1 else f"{number} {how}" for how, number in counts.items() if number]
    joint = "," if len(ways) == 1 else ":"
    return list(ways.index), f"can influence {record.tracker.object}{joint} {', '.join(told)}"


def _places(rows: pd.DataFrame, levers: pd.DataFrame, moved: pd.Series, sort: str) -> pd.Series:
    """A number for each row by which it is sorted, lowest first; rows with the same number stand by name."""
    if sort == "levers":
        return -levers[levers["held"]].groupby("actor_id").size().reindex(rows.index, fill_value=0)
    if sort == "moved":
        return -moved.reindex(rows.index).rank(method="dense").fillna(0)
    return rows["stance"].map(list(LISTED).index) if sort == "stance" else pd.Series(0, index=rows.index)


def _latest_moves(record: Record, day: dt.date) -> pd.Series:
    """For each actor whose stance became another by the day the date of the last time; to be coded first is no move."""
    moves = all_moves(record)
    moves = moves[(moves["before"] != NOT_CODED.code) & (moves["date"] <= pd.Timestamp(day))]
    return moves.groupby("actor_id")["date"].last()


def _groups(record: Record, actors: pd.DataFrame, stance: pd.Series, group_by: str) -> pd.Series:
    if group_by == BY_REGION:
        return actors["region"]
    if group_by == BY_STANCE:
        return stance.map(lambda code: LISTED[code].label)
    inside, outside = _group_names(record, group_by)
    return actors["blocs"].map(lambda blocs: inside if group_by in blocs else outside)


def _group_names(record: Record, group_by: str) -> list[str]:
    if group_by == BY_STANCE:
        return [term.label for term in LISTED.values()]
    return list(REGIONS) if group_by == BY_REGION else [groupings(record)[group_by], "All others"]


def _cells(levers: pd.DataFrame) -> pd.DataFrame:
    """Levers of one actor, kind and direction in one cell, which is held while any of them is."""
    columns = ["actor_id", "lever", "direction", "held", "summary", "source_ids"]
    newest_last = levers[[*columns, "from"]].sort_values(["held", "from"], kind="stable")
    cells: dict[tuple[str, ...], tuple[bool, str, dict[str, None]]] = {}
    for *key, held, summary, keys in zip(*(newest_last[name].tolist() for name in columns), strict=True):
        *_, known = cells.get(tuple(key), (False, "", {}))
        cells[tuple(key)] = (held, summary, known | dict.fromkeys(keys))  # held ones are last
    rows = [(*key, held, summary, tuple(keys)) for key, (held, summary, keys) in sorted(cells.items())]
    return pd.DataFrame(rows, columns=columns)
