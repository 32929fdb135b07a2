"""Add or change a row, for curators on their own machine: a draft, what it would break and move, then one save.

Nothing is written before Save. The draft lives in this session; the files stay those that it was made from, or nothing
is written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from components.curate import editing
from components.curate.differences import changed_picture, changed_rows, changed_words
from components.curate.editing import Trial
from components.curate.edits import Edit, Refused
from components.curate.form import fix_codebook
from components.curate.tracker_rows import MAIN, parsed
from components.curate.tracker_rows import parts as tracker_parts
from components.pages.parts.faults import list_faults
from components.pages.parts.frame import show_headline
from components.pages.parts.row_form import ask_all, cell_of
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.record.check.cells import Row
from components.record.model import Record
from components.record.schema import TABLES, TRACKER_FILE, Column, Table, tables_of
from components.record.wording import counted, enumerated
from components.record.words import words_of

EDITABLE = ("stances", "levers", "funds", "sources", "actors", "rates", "reconciliation")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NEW = ""
HOW_TO = "Fill in a row and check it: it joins the draft. Nothing is written before you save."
HELP = {
    "How rows are saved": "The files are written whole or not at all, and only where nobody else has written since you "
    "began. A row's id is made from what it is about and never changes. A new source needs a row that cites it: put "
    "both into one draft.",
    "What tracker.toml says": "Its words and its lists of codes; every comment stays. A list of acts, conditions or "
    "levers that stands there is the subject's own: shipped codes that it does not name are shown no more, but where "
    "rows have them. The codebook's tables in README.md follow.",
}


@dataclass(slots=True)
class Desk:
    """What one session works on: the files as they were read, the edits, and the last save, to be undone."""

    base: dict[str, bytes]
    edits: list[Edit] = field(default_factory=list)
    saved: tuple[dict[str, bytes], dict[str, bytes]] | None = None
    sheet: int = 0  # a new number for each new form, so that no widget keeps what another row had
    notice: tuple[str, str] = ("", "")


def refusal(address: str | None) -> str:
    """Why a server on this address must not offer the page; "" where it may."""
    if address in LOOPBACK:
        return ""
    heard = f"listens on {address}" if address else "listens on every address of this machine"
    return (
        f"The option --edit lets whoever reaches this server change the record, and the server {heard}. Start it with "
        f"--server.address {LOOPBACK[0]}, which only this machine reaches, or without --edit."
    )


def show_edit_page(record: Record, view: View) -> None:
    """The page: table and row, the form, then what the draft does, and Save, Discard, Undo."""
    folder = record.folder
    try:
        desk = _desk(folder)
        draft = editing.with_edits(desk.base, desk.edits)
        before, after = _tried(desk.base), _tried(draft)
    except Refused as refused:
        show_headline("", "No row can be edited until the record is mended", HOW_TO, HELP)
        _tell_broken(refused)
        return
    show_headline("", _headline(desk, after), HOW_TO, HELP)
    whole = _tell(desk, folder)
    _show_form(folder, desk, draft)
    if record.warnings and not desk.edits and not after.problems:
        with st.expander(f"{counted(len(record.warnings), 'warning')}: what may be meant so, or be mended"):
            list_faults(record.warnings, "Warnings of the record")
    _show_draft(folder, desk, before, after, draft, whole)


@st.cache_resource(max_entries=8, show_spinner="Checking the record as it would be")
def _tried(contents: dict[str, bytes]) -> Trial:
    return editing.tried_contents(contents)


def _read(folder: Path, tried: Callable[[dict[str, bytes]], Trial] = _tried) -> dict[str, bytes]:
    """The files as they are now. Raises Refused where no row can be put into them."""
    now = editing.read_contents(folder)
    editing.require_tables(tried(now))
    return now


def _desk(folder: Path) -> Desk:
    """The desk of this session, laid anew for another folder."""
    key = f"desk of {folder.resolve()}"
    if key not in st.session_state:
        st.session_state[key] = Desk(_read(folder))
    desk: Desk = st.session_state[key]
    return desk


def _headline(desk: Desk, after: Trial) -> str:
    if not desk.edits and after.problems:
        found = counted(len(after.problems), "problem")
        return f"The record has {found}, which must be mended here or in its files before anything can be saved"
    if not desk.edits:
        return "The draft is empty: add a row, or choose one to change"
    rows = f"The draft has {counted(len(desk.edits), 'row')}"
    if after.problems:
        return f"{rows} and {counted(len(after.problems), 'problem')}, which must be mended before it can be saved"
    return f"{rows} and no problems: it can be saved"


def _tell(desk: Desk, folder: Path) -> bool:
    """What became of the last button, and whether somebody else has written; False where that cannot be edited."""
    kind, sentence = desk.notice
    if kind:
        (st.success if kind == "done" else st.error)(literal(sentence))
    desk.notice = ("", "")
    try:
        now = _read(folder)
    except Refused as refused:
        _tell_broken(refused, " Your draft is kept." if desk.edits else "")
        return False
    if now != desk.base:
        st.warning(
            "Somebody else has written to these files since you began. Your draft is kept and cannot be saved over "
            "theirs: take up the files as they are now, and it is put on top of them, or you are told what clashes."
        )
        st.button("Take up the files as they are now", key="edit_take_up", on_click=_take_up, args=(folder, desk))
    return True


def _tell_broken(refused: Refused, kept: str = "") -> None:
    st.error(f"{literal(str(refused))} Nothing is written until that is mended.{kept}")
    st.button("Look again", key="edit_look_again")


def _show_form(folder: Path, desk: Desk, draft: dict[str, bytes]) -> None:
    try:
        table = _chosen_table(draft)
        rows = {**_taken_out(desk, table), **editing.rows_of(table, draft)}
    except Refused as refused:
        st.error(literal(str(refused)))
        return
    key = MAIN if table.name == MAIN else _chosen_row(desk, table, rows)
    row = rows.get(key, {})
    own = next((edit for edit in desk.edits if (edit.table, edit.key) == (table.name, key)), None)
    fixed = {*editing.STEMS.get(table.name, ()), table.key} if row and not (own and own.before is None) else set()
    columns = [column for column in editing.columns_of(table, draft) if not _is_made(table, column)]
    with st.form(f"edit_form_{desk.sheet}_{table.name}_{key}"):
        ask_all(columns, row, _lists(draft), fixed, desk.sheet)
        if fixed and table.name != MAIN:
            st.caption(f"What the id is made of stays: {', '.join(editing.STEMS.get(table.name, (table.key,)))}.")
        st.form_submit_button(
            "Check this row", key="edit_check", on_click=_check, args=(folder, desk, table, columns, key)
        )
    if own:
        st.button("Take this row out of the draft", key="edit_drop", on_click=_drop, args=(desk, own))
    elif row and table.name.startswith("["):
        label = f"Remove it from {TRACKER_FILE}"
        st.button(label, key="edit_remove", on_click=_remove, args=(desk, table, key, row))


def _chosen_table(draft: dict[str, bytes]) -> Table:
    """A table, or a part of tracker.toml; with the lists of the subject. Raises Refused where that cannot be read."""
    kept = [name for name in EDITABLE if TABLES[name].key in editing.header_of(TABLES[name], draft)]
    name = st.segmented_control("Table to edit", [*kept, MAIN], default=kept[0], key="edit_table", required=True)
    if (name or kept[0]) != MAIN:
        return tables_of(words_of(_tracker(draft)))[name or kept[0]]
    parts = tracker_parts(parsed(draft.get(TRACKER_FILE, b"")))
    part = st.selectbox(
        f"Part of {TRACKER_FILE}",
        list(parts),
        format_func=lambda name: "Title, question, dates and what else stands alone" if name == MAIN else name,
        key="edit_part",
    )
    return parts[part]


def _tracker(draft: dict[str, bytes]) -> dict[str, Any]:
    """tracker.toml of the draft, as if it were blank where it cannot be read: rows can be edited all the same."""
    try:
        return parsed(draft.get(TRACKER_FILE, b""))
    except Refused:
        return {}


def _taken_out(desk: Desk, table: Table) -> dict[str, Row]:
    """Rows that the draft takes out, so that they can be chosen to put them back."""
    return {edit.key: edit.before for edit in desk.edits if edit.table == table.name and edit.before and not edit.after}


def _chosen_row(desk: Desk, table: Table, rows: dict[str, Row]) -> str:
    key = st.selectbox(
        "Row",
        [NEW, *rows],
        format_func=lambda key: _row_label(table, rows[key]) if key else "A new row",
        key=f"edit_row_{table.name}",
        filter_mode="contains",
        on_change=_next_sheet,
        args=(desk,),
    )
    return key or NEW


def _is_made(table: Table, column: Column) -> bool:
    return column.name == table.key and (table.name in editing.STEMS or table.name == MAIN)


def _row_label(table: Table, row: Row) -> str:
    text = next((row[name] for name in ("summary", "title", "name", "figure", "text") if row.get(name)), "")
    return f"{row[table.key]} · {text[:70]}{'…' if len(text) > 70 else ''}"


def _lists(draft: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """For each table that a column may refer to: its ids, each with words to know it by; and the blocs."""
    words = {"actors": ("name",), "sources": ("publisher", "title"), "funds": ("summary",)}
    tables = {
        name: {
            key: " · ".join([*(row[column][:60] for column in columns), key])
            for key, row in editing.rows_of_file(TABLES[name], draft).items()
        }
        for name, columns in words.items()
    }
    blocs = _tracker(draft).get("blocs", {})
    return {**tables, "blocs": {name: f"{name} · {str(text)[:60]}" for name, text in dict(blocs).items()}}


def _check(folder: Path, desk: Desk, table: Table, columns: list[Column], key: str) -> None:
    """Put the row of the form into the draft."""
    cells = {column.name: cell_of(st.session_state.get(f"edit_{desk.sheet}_{column.name}")) for column in columns}
    try:
        edit = _edit(folder, desk, table, cells, key)
        kept = [other for other in desk.edits if (other.table, other.key) != (table.name, key)]
        edits = kept if edit.after == edit.before else [*kept, edit]
        editing.with_edits(desk.base, edits)
    except Refused as refused:
        desk.notice = ("refused", str(refused))
        return
    desk.edits = edits
    _show_row(desk, table.name, edit.key)


def _edit(folder: Path, desk: Desk, table: Table, cells: Row, key: str) -> Edit:
    """The edit that the form asks for; a new row, also one that is so far only drafted, gets its id here."""
    on_disk = editing.rows_of(table, desk.base)
    if key in on_disk:
        return Edit(table.name, key, on_disk[key], {**on_disk[key], **cells})
    if table.name not in editing.STEMS:
        return Edit(table.name, cells[table.key], None, cells)
    missing = [name for name in editing.STEMS[table.name] if not cells[name]]
    if missing:
        raise Refused(f"The id is made of {enumerated(editing.STEMS[table.name], 9)}: fill in {', '.join(missing)}.")
    others = [edit.key for edit in desk.edits if edit.key != key]
    made = editing.next_id(table, cells, [*editing.texts_of(folder, desk.base), *others])
    return Edit(table.name, made, None, {table.key: made, **cells})


def _remove(desk: Desk, table: Table, key: str, row: Row) -> None:
    desk.edits.append(Edit(table.name, key, row, {}))
    _next_sheet(desk)


def _show_row(desk: Desk, table: str, key: str) -> None:
    st.session_state[f"edit_row_{table}"] = key
    _next_sheet(desk)


def _next_sheet(desk: Desk) -> None:
    desk.sheet += 1


def _show_draft(  # noqa: PLR0913, PLR0917
    folder: Path, desk: Desk, before: Trial, after: Trial, draft: dict[str, bytes], whole: bool
) -> None:
    if desk.edits:
        st.subheader("What the draft changes", anchor=False)
        _list(changed_rows(before.tables, after.tables) + changed_words(before.tracker, after.tracker))
    if after.problems:
        st.subheader("Problems of the record as it would be", anchor=False)
        list_faults(after.problems, "Problems of the draft")
    elif desk.edits and before.record and after.record:
        st.subheader("What that moves on the map and in the record", anchor=False)
        _list(changed_picture(before.record, after.record))
        _warn(before.record, after.record)
    with st.container(horizontal=True):
        st.button(
            "Save",
            key="edit_save",
            disabled=not whole or not desk.edits or bool(after.problems),
            on_click=_save,
            args=(folder, desk, draft),
        )
        st.button(
            "Discard the draft", key="edit_discard", disabled=not desk.edits, on_click=_discard, args=(folder, desk)
        )
        undoable = whole and bool(desk.saved) and not desk.edits
        st.button(
            "Undo the last save",
            key="edit_undo",
            disabled=not undoable,
            on_click=_undo,
            args=(folder, desk, desk.saved),
        )


def _warn(before: Record, after: Record) -> None:
    """What the draft brings that may be meant so."""
    known = {warning.found for warning in before.warnings}
    for warning in (warning for warning in after.warnings if warning.found not in known):
        st.warning(literal(f"{warning.file}, line {warning.line}: {warning.found}; {warning.remedy}."))


def _list(sentences: list[str]) -> None:
    st.markdown("\n".join(f"- {literal(sentence)}" for sentence in sentences))


def _save(folder: Path, desk: Desk, draft: dict[str, bytes]) -> None:
    def write() -> str:
        names = editing.save(folder, desk.base, draft)
        desk.saved, desk.base, desk.edits = (desk.base, draft), draft, []
        return f"Saved: {', '.join(names)}.{_followed(folder)}"

    _attempt(desk, write)


def _followed(folder: Path) -> str:
    """What became of the codebook's tables, which follow what was saved."""
    try:
        return "".join(f" {line}." for line in fix_codebook(folder))
    except (Refused, OSError) as error:  # the record is saved all the same
        why = error.strerror if isinstance(error, OSError) else error
        return f" The codebook’s tables in README.md are out of date ({why})."


def _undo(folder: Path, desk: Desk, saved: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    def write() -> str:
        before, after = saved
        names = editing.save(folder, after, before)
        desk.saved, desk.base = None, before
        return f"Undone: {', '.join(names)} as before the last save.{_followed(folder)}"

    _attempt(desk, write)


def _take_up(folder: Path, desk: Desk) -> None:
    def read() -> str:
        now = _read(folder, editing.tried_contents)
        edits = editing.rebased(desk.edits, now, editing.texts_of(folder, now))
        desk.base, desk.edits = now, edits
        return "These are the files as they are now."

    _attempt(desk, read)


def _discard(folder: Path, desk: Desk) -> None:
    def forget() -> str:
        desk.base, desk.edits = _read(folder, editing.tried_contents), []
        return "The draft is gone; the files are as they were."

    _attempt(desk, forget)


def _drop(desk: Desk, own: Edit) -> None:
    desk.edits = [edit for edit in desk.edits if edit != own]
    _show_row(desk, own.table, NEW if own.before is None else own.key)


def _attempt(desk: Desk, act: Callable[[], str]) -> None:
    """Do it and lay new forms, or say why not and leave everything as it was."""
    try:
        desk.notice = ("done", act())
    except Refused as refused:
        desk.notice = ("refused", str(refused))
    except OSError as error:
        desk.notice = ("refused", f"The files stay as they are: {error.strerror or error}.")
    else:
        for key in [key for key in st.session_state if str(key).startswith("edit_row_")]:
            st.session_state[key] = NEW
        _next_sheet(desk)
