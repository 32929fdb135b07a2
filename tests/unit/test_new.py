"""A folder for another subject: what `curate new` makes, what it refuses, and what the check says comes next."""

import csv
import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from components.curate import new
from components.curate.command import main as check
from components.curate.subject_files import TEMPLATES, countries
from components.record.model import Record
from components.record.reading import read
from components.record.schema import TABLES
from tests.conftest import ROOT
from tests.folders import rewrite

Printed = pytest.CaptureFixture[str]
KOSOVO = ["--subject", "XKX", "--object", "Kosovo", "--start", "2008-02-17"]


def test_it_makes_a_folder_without_problems_or_warnings(tmp_path: Path, capsys: Printed) -> None:
    folder = tmp_path / "subjects" / "kosovo"
    assert new.main([str(folder), *KOSOVO]) == 0
    assert "Recognition of Kosovo, with 197 actors and no other row" in capsys.readouterr().out
    record = read(folder)
    assert not record.warnings
    assert {path.name for path in folder.iterdir()} == {*(t.file for t in TABLES.values()), "tracker.toml", "README.md"}
    told = record.tracker
    assert (told.title, told.object, told.recognises) == ("Recognition of Kosovo", "Kosovo", "state")
    assert told.question == "Who recognises Kosovo, who might, and who will not?"
    assert (told.start, told.data_until) == (dt.date(2008, 2, 17), dt.date.today())
    assert [path.name for path in folder.parent.iterdir()] == ["kosovo"]


def test_the_check_says_what_comes_next_until_a_stance_is_coded(tmp_path: Path, capsys: Printed) -> None:
    folder = tmp_path / "kosovo"
    new.main([str(folder), *KOSOVO])
    capsys.readouterr()
    source = "unga-2008,Resolution,UN,,2008-10-08,https://un.example/1,,official,en\n"
    row = "SRB-2008,SRB,2008,statement,opposed,none,,,Refuses.,,unga-2008,high,2020-01-01,2020-01-01,world\n"
    for name, text, wanted in (
        ("tracker.toml", "", f"next: add a page that you read to {folder}/sources.csv"),
        ("sources.csv", source, f"next: code a first row in {folder}/stances.csv"),
        ("stances.csv", row, " in 197 actors, 1 stance"),
    ):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
        assert check([str(folder)]) == 0
        said = capsys.readouterr().out
        assert wanted in said
    assert "next:" not in said


def test_actors_come_first(tmp_path: Path, capsys: Printed) -> None:
    folder = tmp_path / "kosovo"
    new.main([str(folder), *KOSOVO])
    rewrite(folder, "actors", lambda rows: rows.__setitem__(slice(1, None), [row for row in rows if row[0] == "XKX"]))
    assert check([str(folder)]) == 0
    assert f"next: add those whom you follow to {folder}/actors.csv" in capsys.readouterr().out


def test_what_was_asked_for_stands_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    words = ["--title", "Who recognises it", "--question", "Who?", "--citation", "We: It", "--licence", "CC0"]
    more = ["--until", "2020-01-01", "--currency", "EUR", "--recognises", "government"]
    assert new.main([str(folder), *KOSOVO, *words, *more]) == 0
    told = read(folder).tracker
    assert (told.title, told.question, told.citation, told.licence) == ("Who recognises it", "Who?", "We: It", "CC0")
    assert (told.data_until, told.currency, told.recognises) == (dt.date(2020, 1, 1), "EUR", "government")


def test_a_subject_that_is_in_no_list_is_added(tmp_path: Path) -> None:
    options = ["--subject", "SOL", "--name", "Somaliland", "--region", "Africa", "--start", "1991-05-18"]
    assert new.main([str(tmp_path / "new"), *options, "--object", "Somaliland"]) == 0
    record = read(tmp_path / "new")
    assert record.actors.at["SOL", "name"] == "Somaliland"
    assert record.tracker.recognises == "state"


def test_words_are_quoted_in_toml(tmp_path: Path) -> None:
    hostile = "the \"\"\" '''council\\ of # [stances] {title} <script>alert(1)</script>"
    assert new.main([str(tmp_path / "new"), "--subject", "AFG", "--object", hostile, "--start", "2021-08-15"]) == 0
    record = read(tmp_path / "new")
    assert record.tracker.object == hostile
    assert record.tracker.recognises == "government"
    assert (tmp_path / "new" / "README.md").read_text("utf-8").startswith(f"# Codebook: Recognition of {hostile}\n")


WRONG = {
    "--subject XXX is in no list of countries: add it with --name and --region": ["--subject", "XXX"],
    "letters, digits": ["--subject", "../x"],
    "--subject XKX is Kosovo: leave --name and --region out": ["--name", "Other", "--region", "Europe"],
    "“2008-02-30” is no day": ["--start", "2008-02-30"],
    "“2008” is no day": ["--start", "2008"],
    "--until 2008-01-01 lies before --start 2008-02-17": ["--until", "2008-01-01"],
    "hidden character U+000A": ["--object", "Kosovo\nlicence = 1"],
    "begins like a formula": ["--title", "=1+1"],
    "has blanks around it": ["--question", " Who?"],
    "it is blank": ["--object", ""],
    "an ISO 4217 code such as EUR": ["--currency", "euro"],
    "invalid choice": ["--recognises", "king"],
    "2,001 characters": ["--citation", "x" * 2001],
}


@pytest.mark.parametrize(("sentence", "options"), WRONG.items(), ids=[" ".join(o)[:30] for o in WRONG.values()])
def test_a_wrong_option_makes_nothing(tmp_path: Path, capsys: Printed, sentence: str, options: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        new.main([str(tmp_path / "new"), *KOSOVO, *options])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err.splitlines()[-1]
    assert not list(tmp_path.iterdir())


def test_a_name_that_another_has_makes_nothing(tmp_path: Path, capsys: Printed) -> None:
    options = ["--subject", "XXX", "--name", "Serbia", "--region", "Europe", "--object", "x", "--start", "2000-01-01"]
    assert new.main([str(tmp_path / "new"), *options]) == 2
    assert "“Serbia” is the name of SRB" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_is_there_already_is_left_as_it_is(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "notes.txt").write_text("Mine.", encoding="utf-8")
    for place in (tmp_path, tmp_path / "notes.txt"):
        assert new.main([str(place), *KOSOVO]) == 1
        assert "is there already and not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_disk_that_refuses_keeps_nothing(tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert new.main([str(tmp_path / "new"), *KOSOVO]) == 1
    assert "cannot be written (No space left on device)" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_countries_are_those_of_the_shipped_record_without_what_is_its_own(shipped: Record) -> None:
    with (ROOT / "data" / "actors.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["actor_id"]: row for row in csv.DictReader(file) if row["kind"] == "country"}
    for row in rows.values():
        row["blocs"] = ";".join(bloc for bloc in row["blocs"].split(";") if bloc != shipped.tracker.neighbours)
    rows[shipped.tracker.subject]["aliases"] = ""
    assert countries() == rows
    blocs = tomllib.loads((TEMPLATES / "tracker.toml").read_text(encoding="utf-8"))["blocs"]
    assert blocs == {name: is_ for name, is_ in shipped.tracker.blocs.items() if name != shipped.tracker.neighbours}


def test_no_word_of_the_first_subject_comes_along(tmp_path: Path) -> None:
    new.main([str(tmp_path / "new"), *KOSOVO])
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()]
    found = {word for text in texts for word in re.findall(r"\w*(?:Taliban|Afghan|Kabul|Emirate\b)\w*", text)}
    assert found == {"Afghanistan"}


def test_each_example_of_its_tracker_is_one_that_the_check_takes(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    new.main([str(folder), *KOSOVO])
    text = (folder / "tracker.toml").read_text(encoding="utf-8")
    examples = re.sub(r"^# (?=\[[\w.]+\]$|\w+ = )", "", text, flags=re.M)
    assert examples.count("\n#") < text.count("\n#") - 12
    (folder / "tracker.toml").write_text(examples, encoding="utf-8")
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("office-2024-people,People,Office,,2024,https://office.example/1,,official,en\n")
    told = read(folder)
    assert told.tracker.population["people"] == 1_000_000
    assert told.words.acts["bilateral_deal"].label == "Deal"
    assert told.words.money["plan"] == "yearly budget"
    assert told.words.levers["un_membership"].group == "diplomacy"
