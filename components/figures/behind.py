"""The table behind each picture: what is drawn, in words and numbers, for those who would rather read it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from components.figures.crosstab import Crosstab
from components.record.vocabulary import DIRECTIONS, LEVELS, LEVERS, NOT_CODED, STATUSES
from components.record.wording import long_date
from components.summaries.colouring import Colouring, Shade, unmuted
from components.summaries.currency import sign
from components.summaries.flows import FLOW_STAGES
from components.summaries.ledger import Ledger
from components.summaries.levers import Matrix
from components.summaries.pools import Flow
from components.summaries.stances import CLASSES, class_counts

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


def of_crosstab(cells: pd.DataFrame, names_of: Mapping[str, str]) -> pd.DataFrame:
    """Who holds each lever, by stance; `cells` as from `crosstab`, and the name of each actor_id."""
    names = cells.map(lambda ids: ", ".join(names_of[actor_id] for actor_id in ids))
    names.index = [LEVERS[str(code)].label for code in cells.index]
    return names.rename(columns=LABELS).rename_axis("Lever").reset_index()


def of_bubbles(data: Crosstab) -> pd.DataFrame:
    """The money of those who hold each lever, by stance, in millions of its currency, and who they are."""
    cells, amounts, millions = data.cells, data.sizes, f"{sign(data.currency)}m"
    rows = [
        {
            "Lever": LEVERS[str(lever)].label,
            "Stance": LABELS[str(stance)],
            millions: round(amounts.at[lever, stance] / 1e6, 1),
            "Who": ", ".join(data.names[actor_id] for actor_id in cells.at[lever, stance]),
        }
        for lever in cells.index
        for stance in cells.columns
        if amounts.at[lever, stance] > 0
    ]
    return pd.DataFrame(rows, columns=["Lever", "Stance", millions, "Who"])


def of_ledger(ledger: Ledger) -> pd.DataFrame:
    """One row for each pool: who holds whose money, in which state, how much, since when, where and on what terms."""
    frame = ledger.frame
    columns = {"holder": "Holder", "owner_name": "Owner", "figure": "Figure", "since": "Since", "channel": "Where"}
    table = frame[list(columns)].rename(columns=columns)
    table.insert(2, "State", frame["status"].map(lambda code: STATUSES[code].label))
    parts = ledger.parts
    inside = [", ".join(parts.loc[parts["part_of"] == row_id, "figure"]) for row_id in frame["id"]]
    return table.assign(**{"Of it": inside, "Terms": frame["terms"], "As stated": frame["stated"]})


def of_pool_flow(flow: Flow) -> pd.DataFrame:
    """One row for each passage of money from one pool to another."""
    nodes, millions = flow.nodes, f"{sign(flow.currency)}m"
    rows = [
        {
            "From": nodes.at[link.source, "holder"],
            "To": nodes.at[link.target, "holder"],
            "Until": long_date(nodes.at[link.target, "day"].date().isoformat()),
            millions: round(link.value / 1e6, 1),
        }
        for link in flow.links.itertuples()
    ]
    return pd.DataFrame(rows, columns=["From", "To", "Until", millions])


def of_plans(plans: pd.DataFrame, currency: str) -> pd.DataFrame:
    """One row for each year: required, received and unmet in millions of a currency, and by when."""
    table = {"Year": plans["year"]}
    for column in ("required", "received", "unmet"):
        table[f"{column.capitalize()}, {sign(currency)}m"] = (plans[column].astype(float) / 1e6).round(1)
    return pd.DataFrame({**table, "Received by": plans["received_on"].map(long_date)})


def of_flows(frame: pd.DataFrame, currency: str) -> pd.DataFrame:
    """One row for each giver with its stages in millions of a currency."""
    table: dict[str, Any] = {"Giver": frame["holder"]}
    for stage in FLOW_STAGES:
        table[f"{STATUSES[stage].label}, {sign(currency)}m"] = (frame[stage] / 1e6).round(1)
        table[f"{STATUSES[stage].label}, as stated"] = frame[f"{stage}_stated"]
    return pd.DataFrame({**table, "Covers": frame["reach"], "Not converted": frame["unconverted"]})
