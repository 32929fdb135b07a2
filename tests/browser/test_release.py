"""Whole releases by the command itself: the same bytes each time, and every file is read by a program for it."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from choreographer.browsers.chromium import Chromium
from pypdf import PdfReader

from components.publish.release import main
from components.record.model import Record
from components.record.reading import read
from tests.conftest import ROOT, SMALL
from tests.folders import edit

FIRST, SECOND = "small-tracker-2020-12-31", "small-tracker-2021-01-31"
SHIPPED = "taliban-recognition-tracker-2026-06-30"


def release(data: Path, out: Path) -> str:
    """Make a release by the command; what it said."""
    command = [sys.executable, "-m", "components.export", "release", "--data", str(data), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def out(shipped: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record released, then again a month on with a row mended; and the shipped one beside them."""
    place = tmp_path_factory.mktemp("releases")
    assert "100%" in release(SMALL, place / "out")
    changed = Path(shutil.copytree(SMALL, place / "data"))
    edit(changed / "stances.csv", "The minister refused.", "The minister *refused* <b>again</b>.")
    edit(changed / "tracker.toml", "2020-12-31", "2021-01-31")
    edit(changed / "levers.csv", "AAA-aid-2020-06-01,AAA,aid,incentive,Aid was given.,2020-06-01,",
         "AAA-aid-2020-06-01,AAA,aid,incentive,Aid was given.,2020-06-01,2021-01-15")  # fmt: skip
    release(changed, place / "out")
    release(ROOT / "data", place / "out")
    return place / "out"


@pytest.fixture(params=[FIRST, SHIPPED])
def folder(request: pytest.FixtureRequest, out: Path) -> Path:
    path: Path = out / request.param
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_record_is_the_same_bytes(out: Path, tmp_path: Path) -> None:
    release(SMALL, tmp_path)
    assert contents(tmp_path / FIRST) == contents(out / FIRST)
    assert (tmp_path / f"{FIRST}.zip").read_bytes() == (out / f"{FIRST}.zip").read_bytes()


def test_a_record_that_is_released_is_not_released_again(out: Path) -> None:
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted([each + end for each in (FIRST, SECOND, SHIPPED) for end in ("", ".zip")])
    before = contents(out)
    assert "Nothing to do: this record is released already in" in release(SMALL, out)
    assert contents(out) == before


def test_the_zip_is_the_folder(folder: Path) -> None:
    with zipfile.ZipFile(folder.with_name(f"{folder.name}.zip")) as archive:
        found = {name.removeprefix(f"{folder.name}/"): archive.read(name) for name in archive.namelist()}
    assert found == contents(folder)


def test_the_sums_are_those_of_every_other_file(folder: Path) -> None:
    lines = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    told = {name: digest for digest, name in lines}
    found = contents(folder)
    del found["SHA256SUMS"]
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def test_its_data_load_and_every_table_is_valid(folder: Path, shipped: Record, small: Record) -> None:
    original = shipped if folder.name == SHIPPED else small
    loaded = read(folder / "data")
    for table in original.tables:
        pd.testing.assert_frame_equal(loaded.table(table.name), original.table(table.name))
    report = frictionless.validate(folder / "datapackage.json")
    assert list(report.flatten(["type", "fieldName", "note"])) == []
    assert [task.name for task in report.tasks][-1] == "panel"
    assert report.stats["tasks"] == len(list(folder.glob("data/*.csv"))) + 1


def test_excel_reads_every_letter(folder: Path) -> None:
    for path in (folder / "excel").iterdir():
        plain = folder / ("panel.csv" if path.name == "panel.csv" else f"data/{path.name}")
        assert path.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    assert len(list((folder / "excel").iterdir())) == len(list(folder.glob("data/*.csv"))) + 1


def test_pandas_reads_all_of_it(folder: Path) -> None:
    loaded = read(folder / "data")
    for table in loaded.tables:
        rows = len(loaded.table(table.name))
        assert len(pd.read_parquet(folder / "parquet" / f"{table.name}.parquet")) == rows
        assert len(pd.read_csv(folder / "excel" / table.file)) == rows
    book = pd.read_excel(folder / f"{folder.name}.xlsx", sheet_name=None)
    assert list(book) == ["README", *(table.name for table in loaded.tables)]
    assert book["stances"]["coded_on"].dtype.kind == "M"


def test_the_lines_in_its_readme_read_the_panel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (folder / "README.md").read_text("utf-8")
    code, of_r = re.findall(r"^    (\S.*\n)    (\S.*\n)", text, re.M)
    assert of_r == ("library(arrow)\n", 'panel <- read_parquet("panel.parquet")\n')
    monkeypatch.chdir(folder)
    names: dict[str, pd.DataFrame] = {}
    exec("".join(code), names)  # noqa: S102 - it is what a reader would do
    exec("import pandas as pd\nagain = " + re.findall(r"`(pd\.read_csv.*?)`", text)[0], names)  # noqa: S102
    assert list(names["panel"]) == ["actor_id", "name", "month", "stance", "level", "row_id"]
    assert names["panel"].fillna("").astype(object).equals(names["again"].astype(object))


def test_every_file_that_its_readme_names_is_there(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    for names in re.findall(r"^\| `(.+?)` \|", text, re.M):
        assert all((folder / name).exists() for name in names.split(", ")), names


def test_the_codebook_is_a_pdf_of_its_own_subject(folder: Path) -> None:
    reader = PdfReader(folder / "codebook.pdf")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.metadata and reader.metadata.title == f"{read(folder / 'data').tracker.title}: codebook"
    assert "recognition_level" in text and "<!--" not in text
    own = "Log of recodings" if folder.name == SHIPPED else "Members of the club"
    assert own in text
    assert ("Taliban" in text) == (folder.name == SHIPPED)


def test_the_log_tells_what_changed_since_the_one_before(out: Path) -> None:
    first, second = ((out / name / "CHANGELOG.md").read_text("utf-8") for name in (FIRST, SECOND))
    assert "This is the first release in its folder" in first
    assert "since version 2020-12-31." in second
    assert r"is “The minister \*refused\* \<b>again\</b>.” [AAA-2020-01-10]" in second
    assert "### After 31 December 2020\n\n- **Alphaland**: 15 January 2021. Ended: □ Aid, incentive." in second


def test_the_readme_lists_those_before(out: Path) -> None:
    text = (out / SECOND / "README.md").read_text("utf-8")
    listed = re.findall(r"^- (\S+): in the folder `(\S+)` beside this one$", text, re.M)
    assert listed == [("2020-12-31", FIRST)]
    assert (out / FIRST).is_dir()


def test_without_chromium_it_says_so_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    assert main(["--data", str(SMALL), "--out", str(tmp_path / "out")]) == 2
    assert "install it (Debian and Ubuntu: apt-get install chromium)" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_released_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--data", str(SMALL), "--out", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err.endswith("file is a file: choose a folder with --out\n")
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
