"""The page for editing: where it is offered, and a row drafted, tried, saved, undone, by one session or two."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.testing.v1 import AppTest

from components.curate import editing
from components.pages.edit_page import refusal
from components.record.reading import read
from tests.conftest import SMALL, Change
from tests.folders import deleted, far_too_large, half_written, locked, mend, page_of_html, wrong_encoding
from tests.pages import headlines, told_in
from tests.unit.test_editing import NEW_STANCE, rows
from tests.waiting import PATIENCE


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_the_page_is_offered_on_loopback(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize("address", [None, "", "::", "192.168.1.5", "example.org"])
def test_the_page_is_refused_elsewhere(address: str | None) -> None:
    assert "--server.address 127.0.0.1" in refusal(address)


class Desk:
    """The page, run on a folder as one session."""

    def __init__(self, folder: Path) -> None:
        self.app = AppTest.from_string("from dashboard import main\nmain('edit')\n", default_timeout=PATIENCE)
        self.folder = folder
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def of(self, column: str):  # type: ignore[no-untyped-def]
        kinds = (self.app.text_input, self.app.text_area, self.app.selectbox, self.app.multiselect)
        sheet = max(int(w.key.split("_")[1]) for w in self.app.text_input if w.key and w.key.startswith("edit_"))
        return next(w for kind in kinds for w in kind if w.key == f"edit_{sheet}_{column}")

    def fill(self, **cells: object) -> None:
        for column, value in cells.items():
            self.of(column).set_value(value)
        self.press("Check this row")

    def press(self, label: str) -> None:
        button = next(button for button in self.app.button if button.label == label)
        assert not button.disabled
        button.click()
        self.run()

    def choose(self, key: str, table: str = "stances") -> None:
        self.app.selectbox(key=f"edit_row_{table}").set_value(key)
        self.run()

    def table(self, name: str) -> None:
        self.app.segmented_control(key="edit_table").set_value(name)
        self.run()

    def part(self, name: str) -> None:
        self.table("tracker.toml")
        self.app.selectbox(key="edit_part").set_value(name)
        self.run()

    @property
    def words(self) -> str:
        kinds = ("title", "subheader", "markdown", "warning", "success", "error")
        values = [str(getattr(element, "value", "")) for kind in kinds for element in self.app.get(kind)]
        said = "\n".join([*headlines(self.app), *values])
        for sign in ":.-()“”_!":
            said = said.replace(f"&#{ord(sign)};", sign)
        return said

    def may(self, label: str) -> bool:
        return not next(button for button in self.app.button if button.label == label).disabled


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    monkeypatch.setattr("sys.argv", ["dashboard.py", "--data", str(folder), "--edit"])
    monkeypatch.setattr("streamlit.get_option", lambda name: {"server.address": "127.0.0.1"}[name])
    return folder


FORM = {
    "actor_id": "CCC", "date": "2020-05-01", "act": "talks", "stance": "engaging", "recognition_level": "contact",
    "summary": "Envoys met.", "source_ids": ["gov-1"], "confidence": "high", "coded_on": "2020-06-01",
    "checked_on": "2020-06-01", "change": "world",
}  # fmt: skip


@pytest.mark.parametrize("options", [[], ["--edit"]], ids=["without", "with"])
def test_the_page_is_there_with_the_option_alone(monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    offered: list[str] = []

    def noted(draw: Callable[[], None], *, url_path: str, **rest: Any) -> StreamlitPage:
        offered.append(url_path)
        return page(draw, url_path=url_path, **rest)

    page = st.Page
    monkeypatch.setattr("streamlit.Page", noted)
    monkeypatch.setattr("streamlit.get_option", lambda name: {"server.address": "127.0.0.1"}[name])
    monkeypatch.setattr("sys.argv", ["dashboard.py", "--data", str(SMALL), *options])
    app = AppTest.from_string("from dashboard import main\nmain()\n", default_timeout=PATIENCE).run()
    assert not app.exception
    assert "matrix" in offered
    assert ("edit" in offered) is bool(options)


def test_a_server_that_others_reach_does_not_start_with_it(loopback: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda name: None)
    app = AppTest.from_string("from dashboard import main\nmain()\n", default_timeout=PATIENCE).run()
    assert "listens on every address" in app.error[0].value
    assert not headlines(app)


def test_a_row_is_drafted_tried_saved_and_undone(loopback: Path) -> None:
    before = editing.read_contents(loopback)
    desk = Desk(loopback)
    assert not desk.may("Save")
    desk.fill(**FORM)
    assert "stances.csv: CCC-2020-05-01 added" in desk.words
    assert "Gammaland: was not coded, is engaging at level contact on 31 December 2020" in desk.words
    assert editing.read_contents(loopback) == before
    desk.press("Save")
    assert "Saved: stances.csv." in desk.words
    assert rows(loopback)[-1] == {**NEW_STANCE, "summary": "Envoys met."}
    desk.press("Undo the last save")
    assert editing.read_contents(loopback) == before
    assert not desk.may("Undo the last save")


def test_what_the_record_is_warned_of_is_listed_until_a_draft_begins(loopback: Path) -> None:
    (loopback / "README.md").write_text("As `AAA-2020-05-05` says.\n", "utf-8")
    desk = Desk(loopback)
    assert "“AAA-2020-05-05” looks like an id and is in no table" in told_in(desk.app, "found")
    desk.fill(**FORM)
    assert told_in(desk.app, "found") == []


def test_problems_keep_the_draft_from_being_saved_until_it_is_mended(loopback: Path) -> None:
    desk = Desk(loopback)
    desk.fill(**{**FORM, "summary": "=1+1", "date": "2020-05-31"})
    assert not desk.may("Save")
    assert "begins like a formula" in told_in(desk.app, "found")[0]
    desk.fill(summary="Envoys met.", date="2020-05-01")
    assert desk.may("Save")
    assert "CCC-2020-05-01 added" in desk.words
    assert "2020-05-31" not in desk.words


def test_a_source_and_the_row_that_cites_it_are_saved_together(loopback: Path) -> None:
    desk = Desk(loopback)
    desk.table("sources")
    desk.fill(
        id="new-1", title="A page", publisher="The Paper", url="https://paper.example/9", kind="press", language="en"
    )
    assert "sources.csv, line 2: “new-1” is used by no row; cite it, or leave it for later." in desk.words
    assert desk.may("Save")
    desk.table("stances")
    desk.fill(**{**FORM, "source_ids": ["gov-1", "new-1"]})
    assert "is used by no row" not in desk.words
    desk.press("Save")
    assert "Saved: stances.csv, sources.csv." in desk.words
    assert read(loopback).stances.iloc[-1]["source_ids"] == ("gov-1", "new-1")


def test_a_row_is_changed_and_what_its_id_is_made_of_stays(loopback: Path) -> None:
    desk = Desk(loopback)
    desk.choose("AAA-2020-03")
    assert desk.of("date").disabled
    assert desk.of("actor_id").disabled
    desk.fill(stance="opposed", summary="Envoys met, and left.")
    assert "AAA-2020-03, stance: was “engaging”, is “opposed”" in desk.words
    assert "Alphaland, from 1 March 2020 to 31 May 2020: was engaging" in desk.words
    desk.press("Take this row out of the draft")
    assert "The draft is empty" in desk.words
    assert desk.of("stance").value == "engaging"


def test_opening_and_checking_each_row_unchanged_drafts_nothing(loopback: Path) -> None:
    desk = Desk(loopback)
    for table in ("stances", "levers", "funds", "sources", "actors"):
        desk.table(table)
        for row in rows(loopback, table):
            desk.choose(next(iter(row.values())), table)
            desk.fill()
            assert "The draft is empty" in desk.words
    desk.part("tracker.toml")
    desk.fill()
    assert "The draft is empty" in desk.words


def test_an_actor_and_its_bloc_are_added_in_one_draft(loopback: Path) -> None:
    before = on_disk(loopback)
    desk = Desk(loopback)
    desk.part("[blocs]")
    desk.fill(code="NEAR", text="Those next door")
    assert "tracker.toml: blocs NEAR added (“Those next door”)" in desk.words
    desk.table("actors")
    desk.fill(
        actor_id="DDD",
        name="Deltaland",
        kind="country",
        region="Africa",
        blocs=["CLUB", "NEAR"],
        aliases="Delta;D Land",
    )
    assert "actors.csv: DDD added (country, Africa, “Deltaland”)" in desk.words
    assert on_disk(loopback) == before
    desk.press("Save")
    assert "Saved: actors.csv, tracker.toml." in desk.words
    record = read(loopback)
    assert record.actors.at["DDD", "blocs"] == ("CLUB", "NEAR")
    assert record.actors.at["DDD", "aliases"] == ("Delta", "D Land")
    desk.press("Undo the last save")
    assert on_disk(loopback) == before


def test_what_the_tracker_says_is_changed_and_its_comments_stay(loopback: Path) -> None:
    path = loopback / "tracker.toml"
    path.write_text(f"# Ours.\n{path.read_text('utf-8')}# The end.\n", encoding="utf-8")
    (loopback / "README.md").write_text("<!-- codebook: begin --><!-- codebook: end -->", encoding="utf-8")
    desk = Desk(loopback)
    desk.part("tracker.toml")
    desk.fill(title="Another Tracker", data_until="2021-01-31", recognises="state", still_open="Who won.\nWho lost.")
    assert "tracker.toml, title: was “Small Tracker”, is “Another Tracker”" in desk.words
    desk.fill(data_until="2019-01-01")
    assert not desk.may("Save")
    assert "2020-01-01 or later" in told_in(desk.app, "allowed")
    desk.fill(data_until="2021-01-31")
    desk.part("[acts]")
    desk.fill(code="deal", text="Deal: A treaty signed with one state.")
    desk.press("Save")
    told = read(loopback)
    assert (told.tracker.title, told.tracker.still_open) == ("Another Tracker", ["Who won.", "Who lost."])
    assert told.words.acts["deal"].label == "Deal"
    assert "| `deal` | Deal | A treaty signed with one state. |" in told.texts["README.md"]
    assert {"# Ours.", "# The end."} <= set(path.read_text("utf-8").splitlines())
    desk.table("stances")
    assert "Deal (deal)" in desk.of("act").options


def test_an_entry_that_rows_use_cannot_be_removed_and_is_put_back(loopback: Path) -> None:
    desk = Desk(loopback)
    desk.part("[blocs]")
    desk.choose("CLUB", "[blocs]")
    desk.press("Remove it from tracker.toml")
    assert "tracker.toml: blocs CLUB removed (“Members of the club”)" in desk.words
    assert not desk.may("Save")
    assert "“CLUB”" in told_in(desk.app, "found")
    desk.press("Take this row out of the draft")
    assert "The draft is empty" in desk.words


def test_two_sessions_lose_nothing(loopback: Path) -> None:
    one, two = Desk(loopback), Desk(loopback)
    one.fill(**FORM)
    two.fill(**{**FORM, "summary": "Ministers met."})
    one.press("Save")
    theirs = editing.read_contents(loopback)
    two.press("Save")
    assert "stances.csv changed on disk" in two.words
    assert editing.read_contents(loopback) == theirs
    two.press("Take up the files as they are now")
    two.press("Save")
    assert [(row["id"], row["summary"]) for row in rows(loopback)[-2:]] == [
        ("CCC-2020-05-01", "Envoys met."),
        ("CCC-2020-05-01b", "Ministers met."),
    ]
    one.press("Undo the last save")
    assert "changed on disk" in one.words
    assert len(rows(loopback)) == 7


def test_the_form_knows_when_the_row_it_shows_was_changed(loopback: Path, change: Change) -> None:
    desk = Desk(loopback)
    desk.choose("AAA-2020-03")
    change("stances", "AAA-2020-03", "summary", "Their words.")
    desk.fill(summary="My words.")
    assert "Somebody else has written" in desk.words
    desk.press("Save")
    assert rows(loopback)[1]["summary"] == "Their words."
    desk.press("Take up the files as they are now")
    assert "AAA-2020-03 of stances.csv is no longer what this change was made from" in desk.words
    desk.press("Discard the draft")
    desk.choose("AAA-2020-03")
    assert desk.of("summary").value == "Their words."


def test_a_folder_that_cannot_be_written_says_so(loopback: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(loopback)
    desk.fill(**FORM)

    def full(folder: Path, contents: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(editing, "write_files", full)
    desk.press("Save")
    assert "The files stay as they are: No space left on device." in desk.words
    assert "CCC-2020-05-01 added" in desk.words


# A folder that is broken while the page is open


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_quotes(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b'CCC-2020-05-01,CCC,2020-05-01,"tal')


def without_a_column(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"actor_id", b"actor", 1))


def folder_deleted(path: Path) -> None:
    shutil.rmtree(path.parent)


BROKEN = [
    (deleted, "stances.csv, line 1: file is missing; add it to the folder."),
    (locked, "stances.csv cannot be read (Is a directory): mend its permissions or replace it."),
    (empty, "stances.csv, line 1: file is empty; restore the file."),
    (page_of_html, "stances.csv, line 1: no column id in the header row; restore the file."),
    (without_a_column, "stances.csv, line 1, column actor_id: column is missing; add the column to the header row"),
    (cut_in_quotes, "cannot be read as CSV (unexpected end of data); mend the quotes near this line."),
    (wrong_encoding, "byte 0xe9 is not UTF-8; save the file as UTF-8."),
    (far_too_large, "stances.csv is larger than 40,000,000 bytes: restore it, or take rows out of it."),
    (
        folder_deleted,
        "The folder record cannot be read (No such file or directory): put it back or mend its permissions.",
    ),
]
each_fault = pytest.mark.parametrize(("fault", "told"), BROKEN, ids=[fault.__name__ for fault, _ in BROKEN])
Fault = Callable[[Path], None]


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}


def mended(folder: Path, contents: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        mend(folder / name, content)


@each_fault
def test_the_page_opened_on_a_broken_folder_says_what_to_mend(loopback: Path, fault: Fault, told: str) -> None:
    whole = on_disk(loopback)
    watching = Desk(loopback)  # so that there is a last good record
    fault(loopback / "stances.csv")
    broken = on_disk(loopback)
    desk = Desk(loopback)
    assert "No row can be edited until the record is mended" in desk.words
    assert told in desk.words
    assert not any(button.label == "Save" for button in desk.app.button)
    watching.run()
    assert told in watching.words
    assert on_disk(loopback) == broken
    mended(loopback, whole)
    desk.press("Look again")
    desk.fill(**FORM)
    desk.press("Save")
    assert "Saved: stances.csv." in desk.words
    read(loopback)


@each_fault
def test_a_draft_is_kept_and_not_written_over_a_broken_file(loopback: Path, fault: Fault, told: str) -> None:
    whole = on_disk(loopback)
    desk = Desk(loopback)
    desk.fill(**FORM)
    fault(loopback / "stances.csv")
    broken = on_disk(loopback)
    desk.press("Save")  # the button that was there before
    assert told in desk.words
    assert "Your draft is kept." in desk.words
    assert not desk.may("Save")
    desk.fill(summary="Envoys met, again.")
    desk.press("Discard the draft")
    assert "CCC-2020-05-01 added" in desk.words
    assert on_disk(loopback) == broken
    mended(loopback, whole)
    desk.press("Look again")
    desk.press("Save")
    assert "Saved: stances.csv." in desk.words
    assert rows(loopback)[-1]["summary"] == "Envoys met, again."


@each_fault
def test_files_are_not_taken_up_nor_a_save_undone_while_they_are_broken(
    loopback: Path, fault: Fault, told: str
) -> None:
    desk = Desk(loopback)
    desk.fill(**FORM)
    desk.press("Save")
    saved = on_disk(loopback)
    fault(loopback / "stances.csv")
    broken = on_disk(loopback)
    desk.press("Undo the last save")
    assert not desk.may("Undo the last save")
    assert on_disk(loopback) == broken
    theirs = {**saved, "stances.csv": saved["stances.csv"].replace(b"Envoys met.", b"Ministers met.")}
    mended(loopback, theirs)
    desk.press("Look again")
    fault(loopback / "stances.csv")
    desk.press("Take up the files as they are now")
    assert told in desk.words
    mended(loopback, theirs)
    desk.press("Look again")
    desk.press("Take up the files as they are now")
    desk.choose("CCC-2020-05-01")
    assert desk.of("summary").value == "Ministers met."
    assert on_disk(loopback) == theirs


def test_a_half_written_file_is_shown_with_its_problem_and_not_written_over(loopback: Path) -> None:
    desk = Desk(loopback)
    desk.fill(**FORM)
    half_written(loopback / "stances.csv")
    broken = on_disk(loopback)
    late = Desk(loopback)
    assert "which must be mended here or in its files before anything can be saved" in late.words
    assert set(told_in(late.app, "found")) == {"“worl”"}  # above the page, and of the draft
    late.fill(**FORM)
    assert not late.may("Save")
    desk.press("Save")
    assert "stances.csv changed on disk" in desk.words
    desk.press("Take up the files as they are now")
    assert not desk.may("Save")
    assert on_disk(loopback) == broken


def test_a_wrong_cell_can_be_mended_in_the_form(loopback: Path, change: Change) -> None:
    Desk(loopback)
    change("stances", "AAA-2020-03", "stance", "fond")
    desk = Desk(loopback)
    assert "The record has 1 problem" in desk.words
    desk.choose("AAA-2020-03")
    desk.fill(stance="engaging")
    desk.press("Save")
    assert "Saved: stances.csv." in desk.words
    read(loopback)


def test_a_text_beside_the_tables_that_cannot_be_read_is_named(loopback: Path) -> None:
    desk = Desk(loopback)
    (loopback / "README.md").write_bytes(b"x" * 40_000_001)
    desk.fill(**FORM)
    assert "README.md is larger than 40,000,000 bytes" in desk.words


def test_a_draft_for_which_there_is_no_room_is_kept(loopback: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    desk = Desk(loopback)
    desk.fill(**{**FORM, "summary": "A text that no other test tries."})
    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    desk.of("summary").set_value("Another text that no other test tries.")
    desk.press("Check this row")
    assert "cannot be tried out (No space left on device): make room on the disk." in desk.words
    monkeypatch.undo()
