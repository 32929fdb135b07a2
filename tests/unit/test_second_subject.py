"""Another subject through all that is published: no word of the shipped one in it, and its own name on every file."""

from pathlib import Path

import pytest

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.theme import Look
from components.publish import bundle, film_frames
from components.publish.brief_page import page
from components.publish.names import file_stem, slug
from components.publish.picture import picture_of
from components.publish.release import _makers
from components.publish.release_citation import work_of
from components.publish.release_codebook import codebook_page
from components.publish.release_past import Version
from components.record.codebook import codebook
from components.record.model import Record
from components.summaries.film_days import film_days
from tests import sites
from tests.briefs import a_brief
from tests.conftest import first_coded
from tests.second_subject import foreign_words

FILM = ("wide", "light")


def test_the_words_are_found_where_they_are(shipped: Record) -> None:
    assert foreign_words([("a package", bundle.data_package(shipped)), ("a workbook", bundle.workbook(shipped))])


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_picture_says_its_own(sample: Record, name: str) -> None:
    tracker, options = sample.tracker, Options(actor_ids=first_coded(sample, 3))
    for day in (tracker.start, tracker.data_until):
        picture = picture_of(sample, name, day, options)
        said = "".join(picture.words(part, "light") for part in ("heading", "legend", "below"))
        drawn = picture.figure.draw(Look()).to_json()
        assert foreign_words([("words", said), ("alt", picture.alt), ("drawing", drawn)]) == []
        assert foreign_words([("table", picture.figure.table().to_csv()), ("name", picture.stem)]) == []
        assert picture.stem.startswith(slug(tracker.title))


def test_the_bundles_say_their_own(sample: Record) -> None:
    made = {
        f"{bundle.stem(sample)}.zip": bundle.data_package(sample),
        f"{bundle.stem(sample)}.xlsx": bundle.workbook(sample),
    }
    assert foreign_words(made.items()) == []
    assert foreign_words([("codebook", codebook(sample.words))]) == []


@pytest.mark.parametrize("number", [0, 1], ids=["all", "one actor"])
def test_the_brief_says_its_own(sample: Record, number: int) -> None:
    actor_id = "".join(first_coded(sample, number))
    brief = a_brief(sample, actor_id, annex=True)
    assert foreign_words([("brief", page(brief))]) == []


def test_the_film_says_its_own(sample: Record) -> None:
    tracker = sample.tracker
    film = film_frames.a_film(sample, film_days(sample, tracker.start, tracker.data_until), *FILM)
    (_, first), *_ = film.orders()
    said = [
        *film.captions,
        film.about,
        film.stem,
        *(str(first.picture.words(part, "light")) for part in ("headed", "row", "foot")),
    ]
    assert foreign_words(("film", text) for text in said) == []
    assert film.stem.startswith(slug(tracker.title))


def test_the_site_says_its_own(sample: Record, tmp_path: Path) -> None:
    folder = sites.written(sample, tmp_path / "site", address=sites.HOME)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert foreign_words((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files) == []


def test_the_release_says_its_own(sample: Record) -> None:
    """All of it but the print of the codebook, whose page is read in its place."""
    version = Version(sample.tracker.data_until)
    makers = _makers(sample, version, bundle.files_of(sample), {}, None)  # type: ignore[arg-type]
    files = {name: make() for name, make in makers.items() if name != "codebook.pdf"}
    work = work_of(sample, str(version))
    assert foreign_words([*files.items(), ("codebook.pdf", codebook_page(sample, work))]) == []
    assert work.key == f"{slug(sample.tracker.title)}-{version}"
    assert work.author == sample.tracker.author


def test_no_file_of_one_record_takes_the_name_of_another_ones(small: Record, sample: Record, shipped: Record) -> None:
    named = [
        {picture_of(record, name, record.tracker.data_until).stem for name in FIGURES}
        | {bundle.stem(record), file_stem(record, "film"), file_stem(record, "brief"), work_of(record, "1").key}
        for record in (small, sample, shipped)
    ]
    assert len(set.union(*named)) == sum(map(len, named))


TITLES = [
    "中文", "中华民国", "عربى", "عربي", "Ελληνικά", "Ελληνικα", "Кто признаёт Косово", "Kosovo – Κόσοβο", "Kosovo",
    "🇽🇰", "…", "Who recognises it, who refuses, who took it back, and why",
    "Who recognises it, who refuses, who took it back, and how",
]  # fmt: skip


def test_a_title_in_any_script_makes_a_name_that_is_its_own_and_that_every_system_takes() -> None:
    names = [slug(title) for title in TITLES]
    assert len(set(names)) == len(names)
    for name in names:
        assert name.isascii() and name.replace("-", "").isalnum() and name == name.lower()
        assert 3 <= len(name) <= 60
