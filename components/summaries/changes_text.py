"""Changes as they leave the page: as CSV and as a Markdown list, in which no cell of the record becomes markup."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from components.record.model import Record
from components.record.schema import LIST_SEPARATOR
from components.record.wording import agreeing, enumerated, long_date, quoted_address
from components.summaries.joint import in_words, outcomes, sources_of, together
from components.summaries.sources import source_words


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame of changes with text in every cell, ready for `tables.as_csv`."""
    rows = frame.drop(columns="date").rename(columns={"date_text": "date"})
    return rows.assign(source_ids=rows["source_ids"].map(LIST_SEPARATOR.join))


def as_markdown(frame: pd.DataFrame, record: Record) -> str:
    """A frame of changes as a Markdown list with links to its sources; no cell of the record becomes markup."""
    return "\n".join(_item(record, rows) for rows in together(record, frame))


def _item(record: Record, rows: Sequence[Any]) -> str:
    """One change, or what several countries did together: who, what came of it, an example, sources and rows."""
    first, *more = rows
    names, what = f"**{_escaped(first.name)}**", f"{_escaped(first.what)}. "
    if more:
        names = f"**{in_words(rows)}**"
        what = "".join(
            f"{_escaped(said)}: {_escaped(enumerated([row.name for row in those], len(rows)))}. "
            for said, those in outcomes(rows).items()
        )
    example = "For example: " if more else ""
    ids = ", ".join(_escaped(row.row_id) for row in rows)
    return (
        f"- {long_date(first.date_text)}, {names}, {first.kind.lower()}: {what}{example}{_escaped(first.summary)} "
        f"({_links(record, sources_of(rows))}; {agreeing(len(rows), 'row', 'rows')} {ids})"
    )


# Inside a line these start markup, a link or a mention; "www." does by itself in many readers of Markdown.
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$@#!^]|:(?=\S)|(?<=\bwww)\.", re.IGNORECASE)


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda sign: f"\\{sign.group()}", text)


def _links(record: Record, keys: Iterable[str]) -> str:
    sources = record.sources.loc[list(keys)]
    return "; ".join(
        f"[{_escaped(source_words(row))}](<{quoted_address(row.url)}>)" for row in sources.itertuples(index=False)
    )
