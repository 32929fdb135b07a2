"""The data of a chart for a folder of data: its table, and what must be known of it."""

import json
from typing import Any

import pandas as pd

from components.publish import rows
from components.publish.site_charts import Drawing
from components.publish.site_page import Files, Site
from components.record.model import Record
from components.summaries.sources import citation
from components.summaries.tables import for_spreadsheets


def chart_data(site: Site, drawing: Drawing) -> Files:
    """The table behind a chart as CSV, and what must be known of it as JSON, for a folder of data."""
    table = drawing.picture.figure.table()
    told = json.dumps(_told(site, drawing, table), ensure_ascii=False, indent=1)
    return {f"{drawing.data}.csv": for_spreadsheets(table), f"{drawing.data}.json": f"{told}\n"}


def _told(site: Site, drawing: Drawing, table: pd.DataFrame) -> dict[str, Any]:
    picture, record = drawing.picture, site.record
    address = site.at(drawing.path)
    return {
        "chart": drawing.name,
        "tracker": record.tracker.title,
        "title": picture.finding,
        "measure": picture.subtitle,
        "day": site.day.isoformat(),
        "record_until": record.tracker.data_until.isoformat(),
        "alt": picture.alt,
        "notes": list(picture.figure.notes()),
        "columns": [{"name": str(name), "type": _kind(table[name])} for name in table],
        "rows": len(table),
        "sources": _sources(record, picture.figure.source_ids),
        "licence": record.tracker.licence,
        "citation": f"“{picture.title}”. {citation(record)}" + (f". {address}" if address else ""),
    }


def _kind(column: pd.Series) -> str:
    return "number" if pd.api.types.is_numeric_dtype(column) else "text"


def _sources(record: Record, keys: tuple[str, ...]) -> list[dict[str, str]]:
    listed = record.sources.loc[list(keys)]
    return [
        {
            "id": row.id,
            "title": row.title,
            "publisher": row.publisher,
            **({"via": row.via} if row.via else {}),
            "date": row.date_text,
            "url": row.url,
        }
        for row in rows.of(listed)
    ]
