"""tracker.toml as rows: each value changed alone, with its comments and order kept, or refused whole."""

import tomllib

import pytest

from components.curate import editing
from components.curate.edits import Edit, Overtaken, Refused
from components.curate.subject_files import TEMPLATES
from components.curate.tracker_rows import MAIN, parsed, parts, rows_of_part, with_row
from components.record.schema import TRACKER_OPTIONAL
from tests.conftest import SAMPLE

TEMPLATE, OWN = ((folder / "tracker.toml").read_bytes() for folder in (TEMPLATES, SAMPLE))
each_file = pytest.mark.parametrize("content", [TEMPLATE, OWN], ids=["template", "sample"])


def put(content: bytes, part: str, key: str, **cells: str) -> bytes:
    before = rows_of_part(part, content).get(key)
    return with_row(content, Edit(part, key, before, {**(before or {"code": key}), **cells}))


@each_file
def test_every_value_is_changed_alone_and_back(content: bytes) -> None:
    for part in parts(parsed(content)):
        for key, row in rows_of_part(part, content).items():
            for name in row.keys() - {"part", "code", *TRACKER_OPTIONAL}:
                value = "2020-02-02" if name in {"start", "data_until"} else "Other"
                after = put(content, part, key, **{name: value})
                old, now = content.decode().splitlines(), after.decode().splitlines()
                assert sum(a != b for a, b in zip(old, now, strict=True)) == 1
                assert put(after, part, key, **{name: row[name]}) == content


def test_what_is_added_and_taken_out_again_leaves_no_trace() -> None:
    made = put(TEMPLATE, MAIN, MAIN, currency="EUR", neighbours="UN")
    made = put(made, "[blocs]", "Two words", text="A bloc.")
    assert parsed(made)["currency"] == "EUR"
    assert parsed(made)["blocs"]["Two words"] == "A bloc."
    made = with_row(made, Edit("[blocs]", "Two words", {"code": "Two words", "text": "A bloc."}, {}))
    assert put(made, MAIN, MAIN, currency="", neighbours="") == TEMPLATE


def test_a_new_entry_stands_behind_the_last_one_and_before_the_comments_that_follow() -> None:
    content = b'a = "1"\n\n[acts] # ours\nvisit = "" # as shipped\n\n# Conditions\n# [conditions]\n\n[blocs]\n'
    made = put(content, "[acts]", "deal", text="Deal: A treaty.")
    assert made == content.replace(b"as shipped\n", b'as shipped\ndeal = "Deal: A treaty."\n')
    assert put(content, "[acts]", "visit", text="Call") == content.replace(b'visit = ""', b'visit = "Call"')


def test_tables_are_made_where_there_are_none() -> None:
    made = put(put(TEMPLATE, "[levers.law]", "ban", text="Ban"), "[levers.flow]", "gas", text="Gas")
    assert parsed(made)["levers"] == {"law": {"ban": "Ban"}, "flow": {"gas": "Gas"}}
    assert made.startswith(TEMPLATE)
    assert "[levers.own]" in parts(parsed(put(made, "[lever_families]", "own", text="Own")))


def test_lists_of_sentences_are_lines() -> None:
    made = put(TEMPLATE, MAIN, MAIN, still_open="One; with a sign.\n\n Two. ", joint="DONORS")
    assert parsed(made)["still_open"] == ["One; with a sign.", "Two."]
    assert parsed(made)["joint"] == ["DONORS"]


def test_marks_and_line_ends_are_kept() -> None:
    content = b"\xef\xbb\xbf" + TEMPLATE.replace(b"\n", b"\r\n")
    made = put(put(content, MAIN, MAIN, title="New", currency="EUR"), "[blocs]", "ABC", text="x")
    assert made.startswith(b"\xef\xbb\xbf#")
    assert made.count(b"\n") == made.count(b"\r\n") == content.count(b"\n") + 2
    assert tomllib.loads(made.decode("utf-8-sig"))["title"] == "New"


def test_a_day_that_is_none_is_left_to_the_check() -> None:
    assert parsed(put(TEMPLATE, MAIN, MAIN, start="soon"))["start"] == "soon"


def test_it_is_told_what_somebody_else_has_changed() -> None:
    old = rows_of_part("[blocs]", TEMPLATE)["UN"]
    theirs = put(TEMPLATE, "[blocs]", "UN", text="All states")
    with pytest.raises(Overtaken, match="is no longer what this change was made from"):
        with_row(theirs, Edit("[blocs]", "UN", old, {**old, "text": "Mine"}))
    with pytest.raises(Overtaken):
        with_row(theirs, Edit("[blocs]", "UN", None, {"code": "UN", "text": "Mine"}))


def test_drafts_of_two_meet_entry_by_entry() -> None:
    contents = editing.read_contents(SAMPLE)
    old = rows_of_part("[blocs]", OWN)
    mine = [Edit("[blocs]", code, old[code], {**old[code], "text": "Mine"}) for code in ("UN", "EU")]
    theirs = {**contents, "tracker.toml": put(OWN, "[blocs]", "P5", text="Theirs")}
    made = editing.with_edits(theirs, editing.rebased(mine, theirs, []))
    blocs = parsed(made["tracker.toml"])["blocs"]
    assert (blocs["UN"], blocs["EU"], blocs["P5"]) == ("Mine", "Mine", "Theirs")
    with pytest.raises(Overtaken):
        editing.rebased(mine, {**contents, "tracker.toml": put(OWN, "[blocs]", "EU", text="Theirs")}, [])


@pytest.mark.parametrize(
    "content",
    [b'acts.visit = "x"\nblocs.UN = "x"\n', b'acts = { visit = "x" }\n', b"acts = 1\n", b"[acts]\nvisit = 1\n"],
)
def test_another_form_is_kept_whole_or_refused(content: bytes) -> None:
    try:
        made = put(content, "[acts]", "deal", text="Deal")
    except Refused as refused:
        assert "text editor" in str(refused)
    else:
        assert parsed(made) == {**parsed(content), "acts": {**parsed(content)["acts"], "deal": "Deal"}}


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(Refused, match="mend it in a text editor"):
        rows_of_part(MAIN, b"title = ")
