"""The part of a record that some actors make up, with whatever its rows need, so that it is a record itself.

Does not belong here: which actors pass which filters (record.filters), and what is made of the part (bundle).
"""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from components.record.model import Record
from components.record.schema import TABLES


def part_of(record: Record, actor_ids: Collection[str] | None) -> Record:
    """The record with only the rows of these actors, and with the sums, actors and sources that they refer to.

    The actors that tracker.toml names stay too, because the check wants them.
    """
    if actor_ids is None:
        return record
    tables = {name: _of(record.table(name), actor_ids) for name in ("stances", "levers")}
    tables["funds"] = _with_kin(record.funds, actor_ids)
    kept = set(tables["funds"]["id"])
    whole = record.reconciliation["fund_ids"].map(lambda ids: bool(ids) and kept.issuperset(ids)).astype(bool)
    tables["reconciliation"] = record.reconciliation[whole]
    judged = {row_id for frame in tables.values() for row_id in frame["id"]}
    tables["recodings"] = record.recodings[record.recodings["row_id"].isin(judged)]
    tables["rates"] = record.rates
    needed = {"actors": {*actor_ids, record.tracker.subject, *record.tracker.joint}, "sources": set[str]()}
    needed["sources"].update(text for text in [record.tracker.population.get("source_id")] if text)
    for name, frame in tables.items():
        for column in TABLES[name].columns_of("reference", "references"):
            if column.refers_to in needed:
                needed[column.refers_to].update(frame[column.name].explode())
    tables |= {
        name: record.table(name).loc[lambda frame, ids=ids: frame.index.isin(ids)] for name, ids in needed.items()
    }
    return replace(record, **tables)


def _of(frame: pd.DataFrame, actor_ids: Collection[str]) -> pd.DataFrame:
    return frame[frame["actor_id"].isin(actor_ids)]


def _with_kin(funds: pd.DataFrame, actor_ids: Collection[str]) -> pd.DataFrame:
    """The sums of these actors, those that they lie inside, and every reading of any of them.

    Without a later reading by somebody else, a sum that no longer counts would count again.
    """
    kept = set(_of(funds, actor_ids)["id"])
    while True:
        own = funds["id"].isin(kept)
        kin = {*funds.loc[own, "part_of"], *funds.loc[own, "supersedes"]}
        kin |= set(funds.loc[funds["supersedes"].isin(kept), "id"])
        if kin <= kept | {""}:
            return funds[own]
        kept |= kin - {""}


def scope(actor_ids: Collection[str] | None, filtered: str) -> str:
    """The filters in words with what else is kept; blank for the whole record."""
    if actor_ids is None:
        return ""
    return f"{filtered or 'Only some actors'}. With the sums, actors and sources that these rows refer to."
