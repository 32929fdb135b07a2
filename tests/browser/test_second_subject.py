"""Every page on any record, and another subject in pages and files: no word of the shipped one, its own name on all."""

import html
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from components.publish.names import slug
from components.record.chosen import VARIABLE
from components.record.model import Record
from components.record.wording import day_in_words
from tests.conftest import ROOT, SAMPLE, first_coded
from tests.pages import PAGES, Open, headlines, words
from tests.second_subject import foreign_words

VIEWS: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in PAGES),
    ("map", {"shape": "tiles"}),
    ("map", {"shape": "film"}),
    ("map", {"colour": "level"}),
    ("matrix", {"view": "history"}),
    ("matrix", {"view": "crosstab"}),
    *(("data", {"table": table}) for table in ("actors", "levers", "funds", "sources")),
]
COMMANDS = [
    "charts map held_and_promised --format png svg pdf",
    "brief --format html pdf",
    "film --from 2026-02-20 --format mp4 gif",
    "release",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_any_record(open_page: Open, any_folder: Path, any_record: Record, page: str) -> None:
    app = open_page(page, any_folder)
    assert not app.exception
    assert len(headlines(app)) == 1
    assert f"record until {day_in_words(any_record.tracker.data_until)}" in html.unescape(words(app))


@pytest.mark.parametrize(("page", "asked"), VIEWS, ids=str)
def test_a_page_says_no_word_of_the_shipped_subject(
    open_page: Open, sample: Record, page: str, asked: dict[str, str]
) -> None:
    """Each element as it is sent to the browser, with its drawings and tables; with an actor picked and without."""
    (actor_id,) = first_coded(sample, 1)
    for picked in ({}, {"actor": actor_id}):
        app = open_page(page, SAMPLE, **asked, **picked)
        assert not app.exception
        sent = ((type(element).__name__, str(getattr(element, "proto", ""))) for element in app.main)
        assert foreign_words(sent) == []


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands write of the record that the environment names."""
    out = tmp_path_factory.mktemp("files")
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", "components.export", *command.split(), "--out", str(out)],
            cwd=ROOT, env={**os.environ, VARIABLE: str(SAMPLE)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return out


def said_by(path: Path) -> str | bytes:
    content = path.read_bytes()
    if path.suffix != ".pdf":
        return content
    pdf = PdfReader(io.BytesIO(content))
    return "\n".join([str(pdf.metadata), *(page.extract_text() for page in pdf.pages)])


def test_a_file_says_no_word_of_the_shipped_subject(files: Path) -> None:
    written = [path for path in files.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".png", ".svg", ".pdf", ".html", ".mp4", ".gif", ".zip", ".xlsx"}
    assert foreign_words((path.relative_to(files).as_posix(), said_by(path)) for path in written) == []


def test_a_file_is_named_for_its_subject(files: Path, sample: Record) -> None:
    begin = f"{slug(sample.tracker.title)}-"
    assert [path.name for path in files.iterdir() if not path.name.startswith(begin)] == []
