"""What is in a release, without its PDF: citations that programs read, typed tables, the panel, and what changed."""

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
import rispy
import yaml
from pybtex.database import parse_string
from pybtex.richtext import Text
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from components.publish.bundle import files_of, zipped
from components.publish.pdf import described
from components.publish.release_citation import citations, last_day, licences, work_of
from components.publish.release_log import Log, log_of
from components.publish.release_past import Version, past_releases, put_in_place, require_folder, version_of
from components.publish.release_tables import as_parquet, panel, panel_as_parquet, panel_columns
from components.record.model import Record
from components.record.on_day import stances_on
from components.record.reading import read, read_text
from components.record.schema import FUNDS, LEVERS, STANCES, TABLES
from components.summaries.tables import as_written
from tests.conftest import SMALL
from tests.folders import edit, emptied, rewrite

HARD = r"Ž & Co. 100% {of #1_ \ ~"  # a title that has all that forms of citation take for their own signs
FILES = {"README.md": b"A release.", "data/actors.csv": b"actor_id\n"}


@pytest.fixture
def titled(small: Record) -> Record:
    tracker = replace(small.tracker, title=HARD, citation=f"A. {HARD}: What is it?", repository="https://a.example/b_c")
    return replace(small, tracker=tracker)


def test_every_form_of_citation_says_the_same(shipped: Record, titled: Record) -> None:
    for record, author in ((shipped, "Taliban Recognition Tracker contributors"), (titled, f"A. {HARD}")):
        work = work_of(record, "2020-12-31.2")
        made = {name: content.decode() for name, content in citations(work).items()}
        day, title, address = last_day(record), record.tracker.title, record.tracker.repository
        cff = yaml.safe_load(made["CITATION.cff"])
        assert (cff["title"], cff["authors"], cff["version"]) == (title, [{"name": author}], "2020-12-31.2")
        assert (cff["date-released"], cff["license"], cff["type"]) == (day.isoformat(), "CC-BY-4.0", "dataset")
        assert cff["cff-version"] == "1.2.0" and cff["message"] and cff.get("url", "") == address
        (ris,) = rispy.loads(made["citation.ris"])
        assert (ris["title"], ris["authors"], ris["edition"]) == (title, [author], "2020-12-31.2")
        assert (ris["type_of_reference"], ris["date"], ris["publisher"]) == ("DATA", f"{day:%Y/%m/%d}", author)
        assert ris.get("urls", [""]) == [address]
        (csl,) = json.loads(made["citation.json"])
        assert (csl["type"], csl["title"], csl["author"]) == ("dataset", title, [{"literal": author}])
        assert (csl["issued"], csl.get("URL", "")) == ({"date-parts": [[day.year, day.month, day.day]]}, address)
        assert all("repository" not in text and "http" not in text for text in made.values()) == (not address)


def test_bibtex_is_read_by_a_program_for_it(shipped: Record, titled: Record) -> None:
    for record in (shipped, titled):
        work = work_of(record, "2020-12-31")
        entry = parse_string(citations(work)["citation.bib"].decode(), "bibtex").entries[work.key]
        assert entry.type == "dataset"
        assert plain(entry.fields["title"]) == record.tracker.title
        assert [plain(str(person)) for person in entry.persons["author"]] == [work.author]
        assert plain(entry.fields["publisher"]) == work.author
        assert (entry.fields["year"], entry.fields["version"]) == (str(work.day.year), "2020-12-31")
        assert entry.fields.get("url", "") == record.tracker.repository


def test_bibtex_has_the_signs_that_the_library_cannot_read(small: Record) -> None:
    work = work_of(replace(small, tracker=replace(small.tracker, title="$5 ^ 2")), "1")
    assert rb"title = {{\$5 \textasciicircum{} 2}}" in citations(work)["citation.bib"]


def plain(latex: str) -> str:
    """What a reader sees of a field; the library does not know braces by their names."""
    named = latex.replace(r"\textbraceleft{}", "⟨").replace(r"\textbraceright{}", "⟩")
    return str(Text.from_latex(named).render_as("text")).replace("⟨", "{").replace("⟩", "}")


def test_the_pages_of_a_pdf_are_the_same_bytes_whatever_was_drawn_before() -> None:
    """Chromium names the tags of a page by the parts of all pages that it has laid out."""

    def tagged(first: int) -> bytes:
        writer, written = PdfWriter(), io.BytesIO()
        writer.add_blank_page(72, 72)
        names = [TextStringObject(f"node{first + place:08d}") for place in (2, 0, 2, 90)]
        writer.root_object[NameObject("/Named")] = ArrayObject(names)
        writer.write(written)
        return described(written.getvalue(), title="A", author="B", subject="C")

    assert tagged(5) == tagged(9_000)
    named: Any = PdfReader(io.BytesIO(tagged(5))).root_object["/Named"]
    assert named == [f"node{place:08d}" for place in (2, 1, 2, 3)]


def test_its_day_is_the_last_one_of_work(shipped: Record, small: Record) -> None:
    assert last_day(shipped) == dt.date(2026, 11, 30)
    assert last_day(small) == small.tracker.data_until  # researched until then, though every row was checked before


def test_licences_are_those_of_the_record(small: Record) -> None:
    made = licences(work_of(small, "1"))
    assert b"under CC BY 4.0" in made["LICENSE-DATA.txt"]
    assert b"https://creativecommons.org/licenses/by/4.0/" in made["LICENSE-DATA.txt"]
    assert "LICENSE-CODE.txt" not in made
    other = replace(small, tracker=replace(small.tracker, licence="All rights reserved"))
    assert b"creativecommons" not in licences(work_of(other, "1"))["LICENSE-DATA.txt"]
    assert b"license" not in citations(work_of(other, "1"))["CITATION.cff"]


def test_the_licence_of_the_code_goes_with_what_its_own_authors_release(shipped: Record) -> None:
    assert licences(work_of(shipped, "1"))["LICENSE-CODE.txt"].startswith(b"MIT License")


@pytest.mark.parametrize("name", TABLES)
def test_parquet_has_every_row_with_its_types(any_record: Record, name: str) -> None:
    table = TABLES[name]
    written = as_written(any_record, table)
    found = pq.read_table(io.BytesIO(as_parquet(any_record, table)))
    assert found.num_rows == len(written)
    for column in [column for column in table.columns if column.name in written]:
        cells = found.column(column.name).to_pylist()
        told = list(written[column.name])
        if column.kind == "date":
            precisions = found.column(f"{column.name}_precision").to_pylist()
            cut = {"day": 10, "month": 7, "year": 4}
            shown = [day.isoformat()[: cut[p]] if day else "" for day, p in zip(cells, precisions, strict=True)]
        elif column.kind in {"number", "decimal"}:
            shown = ["" if cell is None else str(cell) for cell in cells]
        elif column.kind in {"codes", "references"} or column.name == "aliases":
            shown = [";".join(cell) for cell in cells]
        else:
            shown = [cell or "" for cell in cells]
        assert shown == told, column.name


def test_parquet_of_tables_without_rows(folder: Path) -> None:
    record = read(emptied(folder))
    for table in (STANCES, LEVERS, FUNDS):
        assert pq.read_table(io.BytesIO(as_parquet(record, table))).num_rows == 0
    assert set(panel(record)["stance"]) == {""}


def test_the_panel_says_what_held_as_each_month_ended(shipped: Record) -> None:
    frame = panel(shipped)
    assert list(frame) == list(panel_columns(shipped))
    countries = shipped.actors[shipped.actors["kind"] == "country"].index.drop(shipped.tracker.subject)
    assert set(frame["actor_id"]) == set(countries)
    assert (frame["month"].min(), frame["month"].max(), frame["month"].nunique()) == ("2021-08", "2026-06", 59)
    assert len(frame) == 59 * len(countries)
    russia = frame[frame["actor_id"] == "RUS"].set_index("month")
    assert russia.loc["2025-06", "level"] != "recognition"
    assert tuple(russia.loc["2025-07", ["name", "stance", "level", "row_id"]]) == (
        "Russia", "supportive", "recognition", "RUS-2025-07-03",
    )  # fmt: skip
    held = stances_on(shipped, dt.date(2023, 2, 28)).reindex(countries)["id"].fillna("")
    assert frame[frame["month"] == "2023-02"].set_index("actor_id")["row_id"].to_dict() == held.to_dict()
    typed = pd.read_parquet(io.BytesIO(panel_as_parquet(frame)))
    assert typed["stance"].isna().sum() == (frame["stance"] == "").sum() > 0
    assert typed.fillna("").equals(frame.astype(typed["stance"].dtype))


def test_a_month_that_is_not_over_is_not_in_the_panel(small: Record) -> None:
    cut = replace(small, tracker=replace(small.tracker, data_until=dt.date(2020, 3, 30)))
    assert panel(cut)["month"].unique().tolist() == ["2020-01", "2020-02"]
    begun = replace(small, tracker=replace(small.tracker, data_until=dt.date(2020, 1, 30)))
    assert panel(begun).empty


def lines(log: Log) -> dict[str, list[str]]:
    return {
        section.heading: [f"{entry.name} [{entry.row_id}] {entry.words}" for entry in section.entries]
        for section in (*log.world, *log.ours)
    }


def test_without_a_release_before_only_the_records_own_corrections_are_told(folder: Path, small: Record) -> None:
    assert log_of(small) == Log()
    row = "BBB-2020-02-01b,BBB,2020-02-01,review,opposed,none,It had refused.,,press-2,medium,2020-03-02,2020-03-02"
    rewrite(folder, "stances", lambda rows: rows.append([*row.split(","), "correction"]))
    head = "# Codebook\n\n## Log of recodings\n\nWords.\n\n| date | what | why |\n|---|---|---|\n"
    (folder / "README.md").write_text(
        f"{head}| 2020-03-02 | Talks count. | They had not. |\n| | | none yet |\n", "utf-8"
    )
    told = lines(log_of(read(folder)))
    assert told == {
        "Rows that correct or recode others": [
            "Betaland [BBB-2020-02-01b] Correction, coded 2 March 2020: – No public position found → ○ Opposed, level "
            "no contact, from 1 February 2020 on. It had refused."
        ],
        "Changes of the codebook": ["2 March 2020 [] Talks count. They had not."],
    }


@pytest.fixture
def later(folder: Path) -> Path:
    """The small record, some months on."""
    edit(folder / "tracker.toml", "2020-12-31", "2021-03-15")
    edit(folder / "tracker.toml", '"For."', '"All for."')
    new = [
        "CCC-2021-02-03,CCC,2021-02-03,talks,engaging,contact,Envoys met.,,press-9,medium,2021-02-04,2021-02-04,world",
        "CCC-2020-05-01,CCC,2020-05-01,review,none,none,Nothing found.,,press-2,medium,2021-02-04,2021-02-04,world",
    ]
    rewrite(folder, "stances", lambda rows: rows.extend(row.split(",") for row in new))
    rewrite(
        folder, "stances", lambda rows: (rows[1].__setitem__(6, "It refused."), rows[2].__setitem__(11, "2021-01-01"))
    )
    rewrite(folder, "levers", lambda rows: rows[2].__setitem__(6, "2021-01-15"))
    rewrite(folder, "funds", lambda rows: rows.pop())
    rewrite(folder, "funds", lambda rows: rows[1].__setitem__(10, "2021-01-20"))
    source = "press-9,A new report,The Paper,2021-02-03,https://paper.example/9,,press,en"
    rewrite(folder, "sources", lambda rows: rows.append(source.split(",")))
    return folder


def test_since_a_release_the_world_and_our_work_are_told_apart(later: Path, small: Record) -> None:
    log = log_of(read(later), read_text(SMALL), small.tracker.data_until)
    assert [section.heading for section in log.world] == ["After 31 December 2020", "By 31 December 2020, found since"]
    assert lines(log) == {
        "After 31 December 2020": [
            "Gammaland [CCC-2021-02-03] 3 February 2021. Talks: – No public position found → ◐ Engaging, level "
            "no contact → contact. Envoys met.",
            "Alphaland [AAA-aid-2020-06-01] 15 January 2021. Ended: □ Aid, incentive. Aid was given.",
            "The Bank [BNK-frozen-2020-01-01] 20 January 2021. Ended: The bank froze the reserves.",
        ],
        "By 31 December 2020, found since": [
            "Gammaland [CCC-2020-05-01] 1 May 2020. Review: · Not coded → – No public position found, level no "
            "contact. Nothing found.",
        ],
        "Cells rewritten": ["Alphaland [AAA-2020-01-10] summary was “The minister refused.”, is “It refused.”"],
        "Rows taken out": ["All givers [ALL-required-2020-01-15] The plan asked."],
        "Sources read since": ["The Paper [press-9] A new report"],
        "Checked again": ["1 row [] found to hold still; checked_on says when."],
        "Settings and codebook": [
            "tracker.toml, data_until [] was “2020-12-31”, is “2021-03-15”.",
            "tracker.toml, stances [] supportive was “For.”, is “All for.”.",
        ],
    }  # fmt: skip


def test_nothing_changed_is_an_empty_log(small: Record) -> None:
    assert log_of(small, read_text(SMALL), small.tracker.data_until) == Log()


def test_a_release_before_that_is_broken_is_named(folder: Path, small: Record) -> None:
    (folder / "levers.csv").unlink()
    with pytest.raises(ValueError, match=r"record/levers.csv is needed to say what changed since: file is missing"):
        log_of(small, read_text(folder), small.tracker.data_until)


def test_a_record_that_differs_gets_the_next_version(small: Record, tmp_path: Path) -> None:
    day, data = small.tracker.data_until, files_of(small)
    assert version_of(day, data, {}) == Version(day)
    put_in_place(tmp_path, "small-2020-12-31", {f"data/{name}": content for name, content in data.items()}, b"")
    past = past_releases(tmp_path, "small")
    assert list(past) == [Version(day)]
    assert version_of(day, data, past) == Version(day)
    other = version_of(day, {**data, "actors.csv": b""}, past)
    assert str(other) == "2020-12-31.2"
    assert version_of(day + dt.timedelta(days=1), data, past) == Version(dt.date(2021, 1, 1))


def test_only_releases_of_that_name_count(tmp_path: Path) -> None:
    for name in ("a-2020-01-02.2", "a-2020-01-02.10", "a-2020-01-02", "a-2019-12-31", "b-2020-01-01", "a-2020-13-01",
                 "a-2020-01-01.1", "a-b-2020-01-01"):  # fmt: skip
        (tmp_path / name / "data").mkdir(parents=True)
    (tmp_path / "a-2018-01-01").mkdir()
    (tmp_path / "a-2017-01-01.zip").write_bytes(b"")
    found = past_releases(tmp_path, "a")
    assert [str(version) for version in found] == ["2019-12-31", "2020-01-02", "2020-01-02.2", "2020-01-02.10"]
    assert past_releases(tmp_path / "nowhere", "a") == {}


def put(out: Path, files: Mapping[str, bytes] = FILES) -> bool:
    return put_in_place(out, "a-2020-01-01", files, zipped(files))


def touched(out: Path) -> None:
    (out / "a-2020-01-01" / "note.txt").write_text("Mine.")


def changed(out: Path) -> None:
    (out / "a-2020-01-01" / "README.md").write_text("Other words.")


@pytest.mark.parametrize(("harm", "named"), [(touched, "note.txt"), (changed, "README.md")])
def test_a_release_is_never_changed(tmp_path: Path, harm: Callable[[Path], None], named: str) -> None:
    assert put(tmp_path / "out")
    assert not put(tmp_path / "out")
    harm(tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    with pytest.raises(ValueError, match=rf"differs in {named}: a release is never changed"):
        put(tmp_path / "out")
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_what_is_missing_of_a_release_is_put_beside_it(tmp_path: Path) -> None:
    put(tmp_path)
    archive = tmp_path / "a-2020-01-01.zip"
    whole = archive.read_bytes()
    archive.unlink()
    put(tmp_path)
    assert archive.read_bytes() == whole
    archive.write_bytes(b"another")
    with pytest.raises(ValueError, match=r"zip is there and differs"):
        put(tmp_path)


def test_where_nothing_can_be_written_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match=r"file is a file: choose a folder with --out"):
        require_folder(tmp_path / "file" / "releases")
    require_folder(tmp_path / "new" / "releases")
    assert not (tmp_path / "new").exists()


def test_half_a_release_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=r"a-2020-01-01 could not be written: No space left on device"):
        put(tmp_path)
    assert list(tmp_path.iterdir()) == []
