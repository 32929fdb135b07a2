"""The table behind each picture: what is drawn, in words and numbers, for those who would rather read it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from components.phrasing import long_date
from components.summaries.colouring import Colouring, Shade, unmuted
from components.summaries.funds import FLOW_STAGES
from components.summaries.levers import Matrix
from components.summaries.stances import CLASSES, class_counts
from components.vocabulary import DIRECTIONS, LEVELS, LEVERS, NOT_CODED, STATUSES

LABELS = {term.code: term.label for term in CLASSES}


def of_map(coloured: Colouring, muted: frozenset[str]) -> pd.DataFrame:
    """One row for each country shown: its class, level, since when and what happened."""
    frame = unmuted(coloured, muted)
    labels = {shade.code: shade.label for shade in coloured.classes}
    columns = {"name": "Country", "level": "Level", "since": "Since", "summary": "What happened"}
    table = frame[list(columns)].rename(columns=columns)
    table.insert(1, coloured.title, frame["class"].map(labels))
    return table.sort_values("Country")


def of_film(frames: list[tuple[dt.date, pd.DataFrame]]) -> pd.DataFrame:
    """How many countries were in each class at the end of each month."""
    rows = {day.isoformat(): class_counts(frame).set_index("label")["count"] for day, frame in frames}
    return pd.DataFrame(rows).T.rename_axis("Day").reset_index()


def of_counts(steps: pd.DataFrame, shades: Sequence[Shade]) -> pd.DataFrame:
    """How many countries were in each class from each day on which one moved."""
    labels = {**{shade.code: shade.label for shade in shades}, NOT_CODED.code: NOT_CODED.label}
    return steps.assign(date=steps["date"].dt.strftime("%Y-%m-%d")).rename(columns={"date": "From", **labels})


def of_history(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The class of each actor at the end of each quarter."""
    words = frame.map(lambda code: LABELS.get(code, ""))
    words.columns = [str(quarter) for quarter in frame.columns]
    words.insert(0, "Actor", [names[str(actor_id)] for actor_id in frame.index])
    return words


def of_standing(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The dated rows of a few actors."""
    return pd.DataFrame(
        {
            "Actor": [names[actor_id] for actor_id in rows["actor_id"]],
            "Date": [long_date(text) for text in rows["date_text"]],
            "Level": [LEVELS[code].label for code in rows["level"]],
            "What happened": rows["summary"],
            "Row": rows["id"],
        }
    )


def of_matrix(matrix: Matrix) -> pd.DataFrame:
    """One row for each actor with its stance, one column for each lever: which way it pushes, and whether it ended."""
    cells = matrix.cells[matrix.cells["actor_id"].isin(matrix.rows.index)]
    words = [
        f"{DIRECTIONS[way].label}{'' if held else ' (ended)'}"
        for way, held in zip(cells["direction"], cells["held"], strict=True)
    ]
    joined = cells.assign(words=words).groupby(["actor_id", "lever"])["words"].agg(", ".join).unstack(fill_value="")
    table = joined.reindex(index=matrix.rows.index, columns=matrix.levers, fill_value="")
    table.columns = [LEVERS[code].label for code in matrix.levers]
    table.insert(0, "Actor", matrix.rows["name"])
    table.insert(1, "Stance", matrix.rows["stance"].map(LABELS))
    return table


def of_crosstab(cells: pd.DataFrame) -> pd.DataFrame:
    """Who holds each lever, by stance; `cells` as from `crosstab`."""
    names = cells.map(", ".join)
    names.index = [LEVERS[str(code)].label for code in cells.index]
    return names.rename(columns=LABELS).rename_axis("Lever").reset_index()


def of_stocks(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each stock: who holds whose money, in which state, how much, since when, where and on what terms."""
    columns = {"holder": "Holder", "owner_name": "Owner", "figure": "Figure", "since": "Since", "channel": "Where"}
    table = frame[list(columns)].rename(columns=columns)
    table.insert(2, "State", frame["status"].map(lambda code: STATUSES[code].label))
    return table.assign(Terms=frame["terms"])


def of_flows(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each giver with its stages in millions of US dollars."""
    table: dict[str, Any] = {"Giver": frame["holder"]}
    for stage in FLOW_STAGES:
        table[f"{STATUSES[stage].label}, $m"] = (frame[stage] / 1e6).round(1)
    return pd.DataFrame({**table, "Not converted": frame["unconverted"]})
