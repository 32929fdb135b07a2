"""Strange records in every picture, brief and page of the site: what is said is whole, nothing is said of nothing."""

import re
from functools import cache
from pathlib import Path

import pytest

from components.figures.catalogue import FIGURES, figures_in
from components.figures.figure import Options
from components.figures.film import Film
from components.publish.brief_page import page
from components.publish.picture import picture_of
from components.record.filters import choices
from components.record.model import Record
from components.record.reading import read
from components.record.wording import isolated
from components.summaries.changes import changes_between
from components.summaries.colouring import modes, shades_for
from components.summaries.levers import matrix_headline
from components.summaries.moves import headline
from components.summaries.stances import headline as stance_headline
from tests.briefs import a_brief, parsed, words_of
from tests.sites import check_links, html_files, written
from tests.strange import SCRIPTS, STRANGE

# Values of the program, and sentences of which a part is missing.
BROKEN = re.compile(r"\b(nan|NaN|NaT|undefined)\b|0 of 0|\(\)|[,:;] ?[.;,]|\. \.|: *$|^ *$")


@cache
def record_of(name: str) -> Record:
    return read(FOLDERS[name])


FOLDERS: dict[str, Path] = {}


@pytest.fixture(scope="module", autouse=True)
def folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each strange record as a folder, written once."""
    root = tmp_path_factory.mktemp("strange")
    FOLDERS.update({name: build(root / name.replace(" ", "-")) for name, build in STRANGE.items()})


@pytest.mark.parametrize("name", STRANGE)
def test_what_every_picture_says_is_whole(name: str) -> None:
    record = record_of(name)
    everyone = tuple(actor_id for actor_id in record.actors.index if actor_id != record.tracker.subject)[:3]
    wanted = [(figure, "stance") for figure in figures_in(record)] + [("map", mode) for mode in modes(record)]
    for figure, colour in wanted:
        picture = picture_of(record, figure, record.tracker.data_until, Options(colour=colour, actor_ids=everyone))
        legend = [key.text for key in picture.figure.legend()]
        for words in (picture.title, picture.alt, picture.figure.about(), picture.figure.subtitle(), *legend):
            assert not BROKEN.search(words), (figure, colour, words)


@pytest.mark.parametrize("name", STRANGE)
def test_no_picture_of_a_record_is_empty(name: str) -> None:
    record = record_of(name)
    for figure in set(figures_in(record)) - {"map", "tiles", "standing"}:
        shown = FIGURES[figure].build(record, record.tracker.data_until, Options())
        assert len(shown.table()), figure


@pytest.mark.parametrize("name", STRANGE)
def test_what_a_brief_says_is_whole(name: str) -> None:
    record = record_of(name)
    actor_id = next(actor_id for actor_id in record.actors.index if actor_id != record.tracker.subject)
    for brief in (a_brief(record, annex=True), a_brief(record, actor_id, annex=True)):
        tree = parsed(page(brief))
        for element in tree.iter():
            if element.tag in {"h1", "h2", "p", "li", "caption"}:
                assert not BROKEN.search(words_of(element).replace("\n", " ")), words_of(element)


@pytest.mark.parametrize("name", STRANGE)
def test_what_the_site_says_is_whole(name: str, tmp_path: Path) -> None:
    folder = written(record_of(name), tmp_path)
    for path, read_page in html_files(folder).items():
        (title,) = re.findall(r"<h1[^>]*>(.*?)</h1>", path.read_text("utf-8"), re.DOTALL)
        assert not BROKEN.search(title), path
        assert not re.search(r"\b(nan|NaN|undefined)\b|0 of 0", read_page.text), path
    check_links(folder)


def test_what_no_row_has_can_be_chosen_nowhere() -> None:
    record = record_of("nothing")
    assert set(choices(record)) == {"region", "bloc"}
    assert list(modes(record)) == ["stance"]
    assert set(figures_in(record)) == {"map", "tiles", "film"}
    fields = choices(record_of("none found"))
    assert {name: list(codes) for name, (_, codes) in fields.items() if name in {"stance", "level"}} == {
        "stance": ["none", "not_coded"],
        "level": ["none"],
    }


def test_a_class_that_nobody_ever_was_in_is_in_no_legend() -> None:
    found = {name: [shade.label for shade in shades_for(record_of(name), "stance")][:-2] for name in STRANGE}
    assert found["none found"] == ["No public position found"]
    assert found["joint texts"] == ["Opposed only in a joint text"]
    assert found["recognised at once"] == ["Recognises"]
    # Nobody is engaging on the last day; somebody was before.
    assert found["usual"][:3] == ["Recognises", "Supportive short of that", "Engaging"]
    assert found["coarse dates"] == ["Engaging"]
    assert Film.build(record_of("none found"), record_of("none found").tracker.data_until, Options()).finding() == (
        "Month by month since January 2020: no public position found from 0 to 5"
    )


def test_one_actor_is_named_and_not_counted() -> None:
    record = record_of("one actor")
    day = record.tracker.data_until
    assert stance_headline(record, day) == "Only Alphaland recognises the council"
    history = picture_of(record, "history", day)
    assert history.figure.alt().startswith("A bar over time for 1 actor, ")
    assert FIGURES["history"].build(record, record.tracker.start, Options(everyone=True)).finding()
    one_day = record_of("one day")
    assert matrix_headline(one_day, one_day.tracker.data_until) == (
        "Alphaland can influence the council, only by incentives"
    )


def test_a_record_of_bodies_says_that_it_has_no_country() -> None:
    record = record_of("bodies only")
    assert stance_headline(record, record.tracker.data_until) == "The record has no country"
    assert "counts" not in figures_in(record)


def test_recognition_as_first_row_is_a_move_and_comes_first() -> None:
    record = record_of("recognised at once")
    since, until = record.tracker.start.replace(year=2019), record.tracker.data_until
    rows = changes_between(record, since, until)
    assert set(rows["kind"]) == {"Recognition"}
    assert len(rows) == 54
    assert "54 countries recognised the council" in headline(record, since, until)


def test_a_name_from_right_to_left_stands_apart_in_a_sentence() -> None:
    name = SCRIPTS["BEN"][0]
    assert isolated(f"{name}, {name} and Alphaland: 5") == f"\u2068{name}\u2069, \u2068{name}\u2069 and Alphaland: 5"
    assert isolated("(المجلس) 5") == "(\u2068المجلس\u2069) 5"
    for left_to_right in ("Alphaland", SCRIPTS["ALB"][0], SCRIPTS["GMB"][0], "हिन्दी"):
        assert isolated(left_to_right) == left_to_right


def test_names_of_any_script_stand_apart_on_pages_and_in_pictures(tmp_path: Path) -> None:
    record = record_of("scripts")
    name, day = SCRIPTS["BEN"][0], record.tracker.data_until
    apart = f"\u2068{name}\u2069"
    counts = picture_of(record, "counts", day)
    assert apart in counts.words("heading", "light")
    assert apart in page(a_brief(record))
    folder = written(record, tmp_path)
    assert apart in (folder / "index.html").read_text("utf-8")
    assert name in (folder / "search.json").read_text("utf-8")
    assert "\u2068" not in (folder / "search.json").read_text("utf-8"), "what machines read is as it was written"
    assert all(b"\xe2\x81\xa8" not in path.read_bytes() for path in (folder / "data").rglob("*.csv"))
