"""The tables of a release for programs: each as Parquet with its types, and the panel of countries and months.

Does not belong here: CSV (summaries.tables), the workbook (workbook), and what holds on a day (record.on_day).
"""

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pandas as pd

from components.publish.datapackage import Fields
from components.record import vocabulary as words
from components.record.check.cells import parse_date
from components.record.model import Record
from components.record.on_day import positions, stances_on
from components.record.schema import TABLES, Column, Table
from components.summaries.tables import as_written

if TYPE_CHECKING:
    import pyarrow as pa

WITHDREW = words.WITHDREW.code
PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of a date as it is written
NAMES = {"stance": "stance", "recognition_level": "level", "withdrew_since": WITHDREW, "id": "row_id"}
PANEL = {
    "actor_id": "Which country.",
    "name": "Its common English name.",
    "month": "Which month, as YYYY-MM; those that had ended by the record's last day.",
    "stance": "The stance that held as the month ended; blank where nothing was coded yet.",
    "level": "The recognition level that held as the month ended; blank where nothing was coded yet.",
    WITHDREW: "Since when a withdrawal of recognition stood as the month ended, as written; blank for none.",
    "row_id": "The row of stances.csv that says so.",
}


def as_parquet(record: Record, table: Table) -> bytes:
    """A table with types: numbers whole, lists as lists, blanks as nulls, each date beside its precision.

    A date is the first day of what is known of it, and `<name>_precision` says whether that is a day, month or year.
    """
    import pyarrow as pa  # noqa: PLC0415

    frame = as_written(record, table)
    arrays: dict[str, Any] = {}
    for column in table.columns:
        if column.name in frame:
            cells = list(frame[column.name])
            arrays[column.name] = _array(column, record.table(table.name)[column.name], cells)
            if column.kind == "date":
                arrays[f"{column.name}_precision"] = pa.array(
                    [PRECISIONS.get(len(cell)) for cell in cells], pa.string()
                )
    return _written(pa.table(arrays))


def _array(column: Column, typed: pd.Series, cells: list[str]) -> "pa.Array[Any]":
    import pyarrow as pa  # noqa: PLC0415

    if column.kind == "date":
        return pa.array([parse_date(cell) for cell in cells], pa.date32())
    if column.kind == "number":
        return pa.array([int(cell) if cell else None for cell in cells], pa.int64())
    if column.kind == "decimal":
        return pa.array([float(cell) if cell else None for cell in cells], pa.float64())
    if column.kind in {"codes", "references"} or column.name == "aliases":
        return pa.array([list(parts) for parts in typed], pa.list_(pa.string()))
    return pa.array([cell or None for cell in cells], pa.string())


def panel_columns(record: Record) -> dict[str, str]:
    """The columns of the panel and what they mean: of withdrawals only where anybody ever withdrew."""
    return {name: what for name, what in PANEL.items() if name != WITHDREW or WITHDREW in positions(record)}


def panel(record: Record) -> pd.DataFrame:
    """Where each country stood as each month ended, by country and month; "" where nothing was coded yet."""
    columns = list(panel_columns(record))
    countries = record.actors[(record.actors["kind"] == "country") & (record.actors.index != record.tracker.subject)]
    parts = []
    for end in _ends_of_months(record):
        held = stances_on(record, end).rename(columns=NAMES)[[*NAMES.values()]].reindex(countries.index, fill_value="")
        parts.append(held.assign(actor_id=countries.index, name=countries["name"], month=f"{end:%Y-%m}"))
    if not parts:
        return pd.DataFrame(columns=columns, dtype=str)
    return pd.concat(parts, ignore_index=True)[columns].sort_values(["actor_id", "month"], ignore_index=True)


def panel_as_parquet(frame: pd.DataFrame) -> bytes:
    """The panel with nulls for what was not coded."""
    import pyarrow as pa  # noqa: PLC0415

    return _written(pa.table({name: pa.array([c or None for c in frame[name]], pa.string()) for name in frame}))


def panel_fields(record: Record) -> Fields:
    """The panel's columns as a schema of a data package."""
    terms = {"stance": words.STANCES, "level": words.LEVELS}
    fields: list[Fields] = [
        {"name": name, "type": "string", "description": what} for name, what in panel_columns(record).items()
    ]
    for field in fields:
        if field["name"] in terms:
            field["constraints"] = {"enum": list(terms[field["name"]])}
    keys = [
        {"fields": [name], "reference": {"resource": target, "fields": [TABLES[target].key]}}
        for name, target in (("actor_id", "actors"), ("row_id", "stances"))
    ]
    return {"fields": fields, "primaryKey": ["actor_id", "month"], "foreignKeys": keys}


def _ends_of_months(record: Record) -> list[dt.date]:
    """The last days of the months that begin in or after the record's first and had ended by its last day."""
    tracker = record.tracker
    periods = pd.period_range(tracker.start, tracker.data_until, freq="M")
    return [day for period in periods if (day := period.end_time.date()) <= tracker.data_until]


def _written(table: "pa.Table") -> bytes:
    import pyarrow.parquet as pq  # noqa: PLC0415

    content = io.BytesIO()
    pq.write_table(table, content)
    return content.getvalue()
