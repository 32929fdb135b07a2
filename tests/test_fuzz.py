"""A few hundred of the cases of tests/fuzzing.py, the defects that they found, and hostile addresses on every page."""

import random
from pathlib import Path

import pytest
from hypothesis import given, seed
from streamlit.testing.v1 import AppTest

from components.pages.parts.address import FILTER_NAMES, KNOWN
from components.record.model import InvalidData
from components.record.reading import read
from tests.conftest import SMALL, Change
from tests.fuzzing import DATES, SMALL_FILES, TEXTS, Files, check, harmed, quiet, structured, write
from tests.test_pages import PAGES, words
from tests.test_validation import edit, problems

CASES = 300
NUL, LONG, SCRIPT = "\0", "x" * 5_000, "<script>alert(1)</script>[x](javascript:alert(1)) :red[x] $x$"
VALUES = [SCRIPT, "", "9" * 400, LONG + "\u202e", "2020-02-30", "AAA" + NUL]
# What each page asks for by a list or a day: a value that is neither is named above the page.
NAMED = {
    "map": ["shape", "colour", "zoom"],
    "matrix": ["view", "group", "sort"],
    "funds": ["pools", "unit"],
    "changes": ["since", "until", "kind"],
    "data": ["table"],
}


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "record"


def test_almost_valid_records_load_or_name_their_problems(place: Path) -> None:
    outcomes = []

    @seed(7)
    @quiet(CASES)
    @given(structured())
    def each(files: Files) -> None:
        outcomes.append(check(files, place))

    each()
    assert min(outcomes.count("loaded"), outcomes.count("refused")) > CASES // 20


def test_harmed_files_load_or_name_their_problems(place: Path) -> None:
    outcomes = [check(harmed(number), place) for number in range(CASES)]
    outcomes += [check(harmed(number, shipped=True), place) for number in range(3)]
    assert min(outcomes.count("loaded"), outcomes.count("refused")) > CASES // 50


def test_the_same_number_gives_the_same_harm() -> None:
    assert harmed(3) == harmed(3)
    assert any(harmed(number) != SMALL_FILES for number in range(3))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x = " + "9" * 5_000, "cannot be read as TOML"),
        ("x = " + "[" * 5_000, "cannot be read as TOML"),
        ('repository = "javascript:alert(1)"', "allowed: http:// or https:// and a host"),
        ('repository = "https://a.example/> [x](javascript:alert(1))"', "allowed: http:// or https:// and a host"),
        ('title = "a\\u202eb"', r"hidden character U+202E in “a\u202eb”"),
        ('title = "' + "x" * 2_001 + '"', "2,001 characters; allowed: at most 2,000"),
        ("start = 0001-01-01", "start: “0001-01-01”"),
        ("data_until = 9999-12-31", "data_until: “9999-12-31”"),
        ('joint = ["ALL", "\\u200b"]', "hidden character U+200B"),
        ("joint = -1", "joint: “-1”; allowed: a list of texts"),
    ],
)
def test_a_value_of_the_tracker_that_would_break_a_page_is_named(folder: Path, line: str, message: str) -> None:
    name = line.split(" = ", maxsplit=1)[0]
    path = folder / "tracker.toml"
    kept = [text for text in path.read_text("utf-8").splitlines() if not text.startswith(f"{name} =")]
    path.write_text("\n".join([line, *kept]), "utf-8")
    assert message in problems(folder)


@pytest.mark.parametrize("bloc", ["", " CLUB", "A;B", "=A", "A\\u202e"])
def test_a_bloc_that_no_cell_could_hold_is_named(folder: Path, bloc: str) -> None:
    edit(folder / "tracker.toml", "[blocs]", f'[blocs]\n"{bloc}" = "Members"')
    assert "tracker.toml:1:" in problems(folder)


@pytest.mark.parametrize("population", ['{people = 1, year = 2020, source_id = ["gov-1"]}', "{people = 1}", "[1]"])
def test_a_population_of_another_form_is_named(folder: Path, population: str) -> None:
    edit(folder / "tracker.toml", "joint", f"population = {population}\njoint")
    assert "tracker.toml:1:population" in problems(folder)


@pytest.mark.parametrize("number", ["9" * 16, "9" * 400, "0." + "0" * 10])
def test_a_number_beyond_counting_is_named(change: Change, number: str) -> None:
    assert "at most 15 and 9 more" in problems(change("funds", "BNK-frozen-2020-01-01", "high_usd", number))


@pytest.mark.parametrize("date", ["0001-01-01", "1677", "9999-12-31", "9999"])
def test_a_date_beyond_the_calendar_of_a_page_is_named(change: Change, date: str) -> None:
    assert "from 1800 to 2199" in problems(change("levers", "BNK-reserves-2019", "from", date))


def test_signs_that_break_a_line_are_hidden_ones(change: Change) -> None:
    found = problems(change("stances", "AAA-2020-03", "summary", "two\u2028lines"))
    assert r"hidden character U+2028 in “two\u2028lines”" in found


def test_a_message_shows_no_hidden_sign_and_has_an_end(change: Change) -> None:
    change("actors", "AAA", "actor_id", "x" * 1_500 + "\u202e")
    found = problems(change("stances", "AAA-2020-03", "actor_id", "y" * 1_500 + "\u202e"))
    assert "\u202e" not in found
    assert max(map(len, found.splitlines())) < 400


def test_a_list_of_many_parts_is_refused_at_once(change: Change) -> None:
    found = problems(change("stances", "AAA-2020-03", "source_ids", "press-1" + ";press-1" * 10_000))
    assert found == "stances.csv:3:source_ids: 80,007 characters; allowed: at most 2,000; shorten it"


def test_a_file_of_other_rows_has_an_end(folder: Path) -> None:
    (folder / "levers.csv").write_text("id,actor_id\n" + "x\n" * 100_000, "utf-8")
    found = problems(folder).splitlines()
    assert "levers.csv:1002:-: too many rows of another length" in "\n".join(found)
    assert len(found) < 1_100


def test_parts_that_follow_each_other_are_not_added(change: Change) -> None:
    """One ends on the day on which the next begins, written as a month."""
    change("funds", "BNK-in_trust-2020-03-01", "until", "2020-05-01")
    change("funds", "BNK-in_trust-2020-05-01", "supersedes", "")
    change("funds", "BNK-in_trust-2020-05-01", "date", "2020-05")
    change("funds", "BNK-in_trust-2020-05-01", "amount", "999")
    change("funds", "BNK-in_trust-2020-05-01", "amount_usd", "999")
    assert len(read(change("funds", "BNK-in_trust-2020-05-01", "id", "BNK-in_trust-2020-05")).funds) == 11


def test_blocs_that_are_not_there_are_said_to_be_none(folder: Path) -> None:
    path = folder / "tracker.toml"
    path.write_text(path.read_text("utf-8").replace('CLUB = "Members of the club"', ""), "utf-8")
    assert "actors.csv:3:blocs: “CLUB”; allowed: none;" in problems(folder)


def test_a_first_line_that_is_blank_is_named(folder: Path) -> None:
    path = folder / "levers.csv"
    path.write_bytes(b"\n" + path.read_bytes())
    assert "levers.csv:1:-: first line is blank" in problems(folder)


def test_a_folder_in_the_place_of_each_file_is_named(place: Path) -> None:
    write(dict.fromkeys(SMALL_FILES), place)
    with pytest.raises(InvalidData) as caught:
        read(place)
    assert len(caught.value.problems) == len(SMALL_FILES)


def open_page(page: str, parameters: dict[str, str | list[str]], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("sys.argv", ["dashboard.py", "--data", str(SMALL)])
    app = AppTest.from_string(f"from dashboard import main\nmain({page!r})\n", default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("page", PAGES)
def test_one_hostile_value_for_every_parameter(page: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page(page, dict.fromkeys(sorted(KNOWN), value), monkeypatch)
    assert not app.exception
    shown = words(app)
    assert len(app.title) == 1
    assert "<script>" not in shown and "](javascript" not in shown and ":red[" not in shown
    if value == SCRIPT:
        notices = " ".join(notice.value for notice in app.warning)
        for name in [*FILTER_NAMES, *NAMED.get(page, [])]:
            assert f"asks for {name} “" in notices, name
        assert "which is not a day of the record" in notices
        assert "is not an actor&#95;id" in notices


@pytest.mark.parametrize("page", PAGES)
def test_random_addresses(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(page)  # noqa: S311 - to be repeated, not to be secret
    codes = ["AAA", "BBB", "Europe", "opposed", "history", "tiles", "film", "region", "name", "true", "CLUB", "funds"]
    labels = ["Opposed", "Time", "Tiles", "Play", "Region", "Name", "Stance and lever", "Alphaland", "World", "Flow"]
    pool = [*codes * 4, *labels * 2, *TEXTS, *DATES, "opposed,engaging", "AAA,BBB,CCC,DDD,EEE,BNK"]
    for _ in range(4):
        names = dice.sample([*sorted(KNOWN), "x", "", "a b", "<b>", "__proto__"], dice.randint(1, 8))
        parameters: dict[str, str | list[str]] = {
            name: dice.choice(pool) if dice.random() < 0.8 else dice.choices(pool, k=3) for name in names
        }
        app = open_page(page, parameters, monkeypatch)
        assert not app.exception, parameters


def test_an_unknown_parameter_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("map", {SCRIPT: "1"}, monkeypatch)
    assert "which no page knows" in app.warning[0].value
    assert "<script>" not in app.warning[0].value
