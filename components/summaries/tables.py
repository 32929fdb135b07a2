"""The tables of a record as they are written in its files, for reading and for download."""

import codecs
import csv
from collections.abc import Collection

import numpy as np
import pandas as pd

from components.record.folding import folded
from components.record.model import Record
from components.record.schema import LIST_SEPARATOR, Table

BYTE_ORDER_MARK = codecs.BOM_UTF8


def as_written(record: Record, table: Table) -> pd.DataFrame:
    """A table with the columns and the text of its CSV file; extra columns without any cell are left out."""
    typed = record.table(table.name)
    written = {}
    for column in table.columns:
        cells = typed[column.name]
        if column.kind == "date":
            cells = typed[f"{column.name}_text"]
        elif column.kind in {"number", "decimal"}:
            cells = cells.map(_plain_number)
        elif column.kind in {"codes", "references"} or column.name == "aliases":
            cells = cells.map(LIST_SEPARATOR.join)
        if not column.extra or (cells != "").any():
            written[column.name] = cells
    return pd.DataFrame(written).reset_index(drop=True)


def _plain_number(number: float) -> str:
    """A number without an exponent, which the check would refuse; "" for none."""
    return "" if pd.isna(number) else np.format_float_positional(number, trim="-")


def matching(
    record: Record, frame: pd.DataFrame, wanted: str, actor_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """The rows with the text in any cell, or whose actor has it in its name or aliases, however it is spelled.

    In tables of actors' rows only those of `actor_ids`, where it is given.
    """
    if actor_ids is not None and "actor_id" in frame:
        frame = frame[frame["actor_id"].isin(actor_ids)]
    if not wanted.strip():
        return frame
    found = containing(frame, wanted)
    if "actor_id" in frame:
        actors = record.actors
        names = actors["name"] + LIST_SEPARATOR + actors["aliases"].map(LIST_SEPARATOR.join)
        found |= frame["actor_id"].isin(names.index[containing(names.to_frame(), wanted)])
    return frame[found]


def containing(frame: pd.DataFrame, wanted: str) -> pd.Series:
    """Of each row of text whether a cell has what is wanted, whatever its case, accents and apostrophes."""
    text = folded(wanted.strip())
    return pd.Series([any(text in folded(cell) for cell in row) for row in frame.to_numpy()], frame.index, dtype=bool)


def as_csv(frame: pd.DataFrame) -> bytes:
    """A frame of text as UTF-8 CSV. The check lets no cell begin like a formula, so none needs to be changed here."""
    text: str = frame.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return text.encode()


def for_spreadsheets(frame: pd.DataFrame) -> bytes:
    """A frame of text as CSV with a byte order mark, without which Excel reads its letters in another encoding."""
    return BYTE_ORDER_MARK + as_csv(frame)
