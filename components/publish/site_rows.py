"""The pages of rows: one address for each row of the record, so that whatever cites it leads to it and its sources."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from components.publish import rows
from components.publish.cards import Cards
from components.publish.site_page import Files, Page, Site
from components.publish.templates import filled
from components.record.model import Record
from components.record.schema import LIST_SEPARATOR, TABLES, Table
from components.record.vocabulary import DIRECTIONS, STATUSES
from components.record.wording import long_date
from components.summaries.tables import as_written


def _quoted(cards: Cards, row: Any) -> Markup:
    return filled("site_parts.html", "quoted", cards, row)


def _stance_title(record: Record, row: Any) -> str:
    name, act = record.actors.at[row.actor_id, "name"], record.words.acts[row.act].lowered
    return f"{name}: {act}, {long_date(row.date_text)}"


def _lever_title(record: Record, row: Any) -> str:
    lever, way = record.words.levers[row.lever].lowered, DIRECTIONS[row.direction].label.lower()
    return f"{record.actors.at[row.actor_id, 'name']}: {lever}, {way}, since {long_date(row.from_text)}"


def _sum_title(record: Record, row: Any) -> str:
    status = STATUSES[row.status].label.lower()
    return f"{record.actors.at[row.actor_id, 'name']}: {row.figure} {status}, {long_date(row.date_text)}"


def _quoted_title(_record: Record, row: Any) -> str:
    return f"“{row.figure}”, as it is quoted"


@dataclass(frozen=True, slots=True)
class Kind:
    """How rows of a table are found, headed and drawn."""

    rows: Callable[[Record, dt.date], pd.DataFrame]
    title: Callable[[Record, Any], str]
    card: Callable[[Cards, Any], Markup]


KINDS: Mapping[str, Kind] = {
    "stances": Kind(rows.stances, _stance_title, Cards.stance),
    "levers": Kind(rows.levers, _lever_title, Cards.lever),
    "funds": Kind(rows.money, _sum_title, Cards.sum),
    "reconciliation": Kind(lambda record, _day: record.reconciliation, _quoted_title, _quoted),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its table, and its cells as they are written."""

    table: Table
    row: Any
    written: Mapping[str, str]


def row_ids(record: Record, day: dt.date) -> frozenset[str]:
    """The ids of all rows that have a page: those up to the day."""
    return frozenset(row_id for kind in KINDS.values() for row_id in kind.rows(record, day)["id"])


def row_pages(site: Site) -> list[Callable[[], Files]]:
    """What makes the page of each id; rows of two tables that share one stand on one page."""
    found: dict[str, list[Row]] = {}
    for name, kind in KINDS.items():
        written = as_written(site.record, TABLES[name]).set_index("id", drop=False).to_dict("index")
        for row in rows.of(kind.rows(site.record, site.day)):
            found.setdefault(row.id, []).append(Row(TABLES[name], row, written[row.id]))
    near, pointing = _neighbours(site), _referring(found)
    return [partial(_row_page, site, found[key], near.get(key, {}), pointing.get(key, [])) for key in sorted(found)]


def _row_page(site: Site, found: list[Row], near: Mapping[str, str], pointing: list[str]) -> Files:
    first = found[0].row
    title = KINDS[found[0].table.name].title(site.record, first)
    about = first.what if found[0].table.name == "reconciliation" else first.summary
    page = Page(site, site.row_path(first.id), title, about=about)
    cards = page.cards
    keys = dict.fromkeys(key for row in found for key in row.row.source_ids)
    links = {meaning: ids for row in found for meaning, ids in _links(row).items()}
    return page.written(
        "site_row.html",
        cards=[KINDS[row.table.name].card(cards, row.row) for row in found],
        found=found,
        sources=[cards.sources[key] for key in keys],
        links={**links, **({"Rows that refer to this one": pointing} if pointing else {})},
        near=near,
        judged=bool(cards.recoded(first.id)),
    )


def _links(row: Row) -> dict[str, list[str]]:
    """The rows of money that a row refers to, by the meaning of the column that does."""
    columns = [column for column in row.table.columns_of("reference", "references") if column.refers_to == "funds"]
    cells = {column.meaning: row.written[column.name] for column in columns}
    return {meaning: cell.split(LIST_SEPARATOR) for meaning, cell in cells.items() if cell}


def _referring(found: Mapping[str, list[Row]]) -> dict[str, list[str]]:
    """The ids of the rows that refer to each id."""
    pointing: dict[str, list[str]] = {}
    for key, those in found.items():
        for target in dict.fromkeys(target for row in those for ids in _links(row).values() for target in ids):
            pointing.setdefault(target, []).append(key)
    return pointing


def _neighbours(site: Site) -> dict[str, dict[str, str]]:
    """Of each row of stances the ids of its actor's rows before and after it."""
    near: dict[str, dict[str, str]] = {}
    for _, own in rows.stances(site.record, site.day).groupby("actor_id", sort=False):
        ids = own["id"].tolist()
        for later, earlier in pairwise(ids):
            near.setdefault(later, {})["Earlier"] = earlier
            near.setdefault(earlier, {})["Later"] = later
    return near
