"""The form of one row: a widget for each column, which offers what closed lists and other tables allow.

Does not belong here: where the row comes from, and what becomes of it (edit_page).
"""

from collections.abc import Mapping

import streamlit as st

from components.record.check.cells import Row, split_list
from components.record.schema import LIST_SEPARATOR, Column

LONG_TEXTS = ("summary", "terms", "text", "question", "citation", "names_and_borders", "still_open")
DATE_FORMS = "YYYY-MM-DD, YYYY-MM or YYYY"
Lists = Mapping[str, Mapping[str, str]]


def ask_all(columns: list[Column], row: Row, lists: Lists, fixed: set[str], sheet: int) -> None:
    """Short widgets two in a row, long ones over the whole width."""
    short = [column for column in columns if not _is_long(column)]
    for place in range(0, len(short), 3):
        for side, column in zip(st.columns(3), short[place : place + 3], strict=False):
            with side:
                _ask(column, row.get(column.name, ""), lists, f"edit_{sheet}_{column.name}", column.name in fixed)
    for column in filter(_is_long, columns):
        _ask(column, row.get(column.name, ""), lists, f"edit_{sheet}_{column.name}", column.name in fixed)


def _is_long(column: Column) -> bool:
    return column.name in LONG_TEXTS or column.kind in {"references", "codes", "url"} or column.name == "title"


def _ask(column: Column, cell: str, lists: Lists, key: str, fixed: bool) -> None:
    """The widget that fits a column: it offers what the closed lists and the other tables allow."""
    label = f"{column.name}{'' if column.required else ' (may be blank)'}"
    offered = lists.get(column.refers_to or column.name, {})
    known = {code: f"{term.label} ({code})" for code, term in column.terms.items()} or offered
    if column.kind in {"code", "reference"}:
        # A cell that no list knows stays a choice, so that opening a row never changes it.
        options = [*known, *([cell] if cell and cell not in known else [])]
        st.selectbox(
            label,
            options,
            index=options.index(cell) if cell else None,
            format_func=lambda code: known.get(code, code),
            key=key,
            help=column.meaning,
            disabled=fixed,
            placeholder="Choose" if column.required else "Blank",
            filter_mode="contains",
        )
    elif column.kind in {"codes", "references"}:
        parts = list(dict.fromkeys(part for part in split_list(cell) if part))
        options = list(dict.fromkeys([*known, *parts]))
        st.multiselect(
            label,
            options,
            parts,
            format_func=lambda code: known.get(code, code),
            key=key,
            help=column.meaning,
            disabled=fixed,
            placeholder="Choose",
            filter_mode="contains",
        )
    elif column.name in LONG_TEXTS:
        st.text_area(label, cell, key=key, help=column.meaning, height=100)
    else:
        form = DATE_FORMS if column.kind == "date" else None
        st.text_input(label, cell, key=key, help=column.meaning, disabled=fixed, placeholder=form)


def cell_of(value: object) -> str:
    """What a widget holds, as a cell."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return str(value).strip(" \t\r\n") if value is not None else ""
