"""The record in one file: the data package is valid, loads and equals the record; the workbook holds texts as texts."""

import datetime as dt
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import frictionless
import openpyxl  # type: ignore[import-untyped]
import pandas as pd
import pytest

from components.publish import bundle
from components.record.filters import Filters, in_words, passing
from components.record.model import Record
from components.record.reading import fingerprint, read
from components.record.schema import TABLES
from components.summaries.tables import as_csv, as_written
from tests.conftest import ROOT, SMALL
from tests.folders import FAULTS, edit, problems

FILTERS = [
    None,
    Filters(region=("Central Asia", "Oceania")),
    Filters(stance=("opposed",), confidence=("high",)),
    Filters(lever=("reserves", "aid")),
    Filters(stance=("none",), level=("recognition",)),
]
BESIDE = {"README.md": "Two rows met no rule.\n", "double_coding.csv": "id,second_act\nAAA-2020-03,met\n"}
HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-1", "{=1+1}", "https://example.org", "mailto:a@example.org", "0012", "＝1+1"]


def narrowed(record: Record, filters: Filters | None) -> dict[str, object]:
    if filters is None:
        return {}
    day = record.tracker.data_until
    return {"actor_ids": passing(record, day, filters), "filtered": in_words(record, filters)}


def unpacked(package: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder)
    return folder


def faults(folder: Path) -> list[list[str]]:
    report = frictionless.validate(folder / "datapackage.json")
    return list(report.flatten(["type", "fieldName", "note"]))


def sheets(workbook: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


@pytest.fixture(params=[pytest.param("shipped", marks=pytest.mark.shipped), "small"])
def record(request: pytest.FixtureRequest) -> Record:
    record: Record = request.getfixturevalue(request.param)
    return record


@pytest.mark.parametrize("filters", FILTERS)
def test_the_package_is_valid_and_loads(record: Record, filters: Filters | None, tmp_path: Path) -> None:
    options = narrowed(record, filters)
    folder = unpacked(bundle.data_package(record, **options), tmp_path)  # type: ignore[arg-type]
    assert faults(folder) == []
    loaded = read(folder)
    if filters is None:
        return
    for name in ("stances", "levers"):
        own = record.table(name)
        expected = own[own["actor_id"].isin(options["actor_ids"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(loaded.table(name), expected, check_dtype=not expected.empty)


def test_the_unpacked_package_is_the_record(record: Record, tmp_path: Path) -> None:
    folder = unpacked(bundle.data_package(record), tmp_path)
    loaded = read(folder)
    assert loaded.tracker == record.tracker
    for table in record.tables:
        pd.testing.assert_frame_equal(loaded.table(table.name), record.table(table.name))
        assert (folder / table.file).read_bytes() == as_csv(as_written(record, table))
    for path in record.folder.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes(), path.name
    assert {path.name for path in folder.iterdir()} == {path.name for path in record.folder.iterdir()} | {
        "datapackage.json"
    }


@pytest.fixture
def with_beside(folder: Path) -> Path:
    """The copy of the small record with a codebook and a second coding."""
    for name, text in BESIDE.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("fault", [fault for fault, _ in FAULTS])
@pytest.mark.parametrize("name", ["tracker.toml", *BESIDE])
def test_what_became_of_the_folder_since_is_not_in_the_package(
    with_beside: Path, fault: Callable[[Path], None], name: str
) -> None:
    record = read(with_beside)
    package = bundle.data_package(record)
    fault(with_beside / name)
    assert bundle.data_package(record) == package
    assert record.fingerprint != fingerprint(with_beside)
    shutil.rmtree(with_beside)
    assert bundle.data_package(record) == package


@pytest.mark.parametrize("fault", [fault for fault, _ in FAULTS])
def test_the_record_is_packed_without_what_cannot_be_read_beside_it(
    with_beside: Path, fault: Callable[[Path], None], tmp_path: Path
) -> None:
    for name in BESIDE:
        fault(with_beside / name)
    unpacked(bundle.data_package(read(with_beside)), tmp_path / "package")
    assert faults(tmp_path / "package") == []
    packed = {name for name in BESIDE if (tmp_path / "package" / name).exists()}
    assert packed == {"half_written": {*BESIDE}, "page_of_html": {"README.md"}}.get(fault.__name__, set())


@pytest.mark.parametrize("cell", [*HOSTILE[:4], "a;=1+1", "a; @SUM(A1)", "＝1+1"])
def test_a_second_coding_that_has_a_formula_is_refused(with_beside: Path, cell: str) -> None:
    path = with_beside / "double_coding.csv"
    path.write_text(f"id,second_act,why\nAAA-2020-03,met,\nAAA-2020-06-01,met,{cell}\n", "utf-8")
    assert re.search(r"^double_coding.csv:3:why: .* like a formula; allowed: no = \+ - @ at the", problems(with_beside))
    path.write_text(f"id,{cell}\nAAA-2020-03,met\n", "utf-8")
    assert problems(with_beside).startswith("double_coding.csv:1:")


@pytest.mark.shipped
def test_the_codebook_of_another_subject_stays_behind(tmp_path: Path) -> None:
    """Who copies the shipped folder has its codebook, which is not that of the new subject."""
    shutil.copytree(ROOT / "data", tmp_path / "other")
    edit(tmp_path / "other" / "tracker.toml", 'title = "Taliban', 'title = "Kosovo')
    package = bundle.data_package(read(tmp_path / "other"))
    assert "README.md" not in zipfile.ZipFile(io.BytesIO(package)).namelist()
    (tmp_path / "other" / "README.md").write_text("Ours.", "utf-8")
    package = bundle.data_package(read(tmp_path / "other"))
    assert zipfile.ZipFile(io.BytesIO(package)).read("README.md") == b"Ours."


def test_every_choice_of_actors_loads(small: Record, tmp_path: Path) -> None:
    actors = [actor_id for actor_id in small.actors.index if actor_id != small.tracker.subject]
    for size in range(len(actors) + 1):
        for chosen in combinations(actors, size):
            folder = unpacked(bundle.data_package(small, actor_ids=chosen), tmp_path / f"of-{'-'.join(chosen)}")
            assert set(chosen) <= set(read(folder).actors.index)


def test_a_part_keeps_what_its_sums_lie_in_and_their_later_readings(small: Record, tmp_path: Path) -> None:
    funds = small.funds.copy()
    funds.loc[funds["id"] == "BNK-in_trust-2020-05-01", ["id", "actor_id"]] = ["CCC-in_trust-2020-05-01", "CCC"]
    changed = replace(small, funds=funds)
    for chosen in ({"BNK"}, {"CCC"}):
        loaded = read(unpacked(bundle.data_package(changed, actor_ids=chosen), tmp_path / min(chosen)))
        assert set(loaded.funds["id"]) == {
            "BNK-frozen-2020-01-01", "BNK-in_trust-2020-03-01", "CCC-in_trust-2020-05-01",
        }  # fmt: skip
    assert set(loaded.funds["actor_id"]) <= set(loaded.actors.index)


@pytest.mark.parametrize(
    ("table", "column", "cell", "fault"),
    [
        ("stances", "stance", "fond", "constraint-error"),
        ("stances", "condition", "never;sometimes", "constraint-error"),
        ("actors", "blocs", "CLUB;PUB", "constraint-error"),
        ("stances", "date", "3 July 2025", "constraint-error"),
        ("stances", "summary", "", "constraint-error"),
        ("sources", "url", "paper.example/1", "constraint-error"),
        ("levers", "actor_id", "XXX", "foreign-key"),
        ("funds", "part_of", "XXX", "foreign-key"),
        ("funds", "amount", "much", "type-error"),
        ("funds", "id", "BNK-in_trust-2020-03-01", "primary-key"),
    ],
)
def test_the_package_says_what_a_cell_may_hold(
    small: Record, tmp_path: Path, table: str, column: str, cell: str, fault: str
) -> None:
    folder = unpacked(bundle.data_package(small), tmp_path)
    path = folder / TABLES[table].file
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[0, column] = cell
    path.write_bytes(as_csv(frame))
    found = {(kind, field) for kind, field, _ in faults(folder)}
    assert fault in {kind for kind, _ in found}
    assert {field for kind, field in found if kind in {"constraint-error", "type-error"}} <= {column}


@pytest.mark.parametrize("filters", FILTERS[:2])
def test_the_package_tells_its_filters_licence_and_sources(shipped: Record, filters: Filters | None) -> None:
    package = bundle.data_package(shipped, **narrowed(shipped, filters))  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        told = json.loads(archive.read("datapackage.json"))
        assert archive.namelist()[0] == "datapackage.json"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert ("Only: Region Central Asia or Oceania" in told["description"]) == (filters is not None)
    assert told["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    assert {source["title"] for source in told["sources"]} <= set(shipped.sources["publisher"])
    assert [resource["name"] for resource in told["resources"]] == [*TABLES, "double_coding"]


@pytest.mark.parametrize("make", [bundle.workbook, bundle.data_package])
@pytest.mark.parametrize("actor_ids", [None, ["AAA", "BBB", "ALL"]])
def test_the_bytes_are_the_same_twice(make, actor_ids: Collection[str] | None) -> None:  # type: ignore[no-untyped-def]
    first, second = (make(read(SMALL), actor_ids=actor_ids, filtered="Only: some") for _ in range(2))
    assert first == second


def test_the_workbook_holds_every_table_as_written(record: Record) -> None:
    found = sheets(bundle.workbook(record))
    assert list(found) == ["README", *(table.name for table in record.tables)]
    for table in record.tables:
        name, written = table.name, as_written(record, table)
        kinds = {column.name: column.kind for column in table.columns}
        assert found[name][0] == list(written)
        assert len(found[name]) == len(written) + 1
        for row, cells in zip(found[name][1:], written.to_dict("records"), strict=True):
            for column, shown in zip(written, row, strict=True):
                assert shown == as_shown(kinds[column], cells[column]), (name, cells)
                assert not isinstance(shown, bool)


def as_shown(kind: str, cell: str) -> object:
    """What a spreadsheet has for a cell: a day or a number where it is one."""
    if kind == "date" and len(cell) == 10 and cell >= "1900-03-01":
        return dt.datetime.fromisoformat(cell)
    return float(cell) if kind in {"number", "decimal"} and cell else cell or None


def test_a_date_that_is_no_day_or_too_old_stays_text_and_the_workbook_says_so(small: Record) -> None:
    dates = ["2020-01-10", "2020-03", "2019", "1899-12-31", "1900-03-01"]
    levers = pd.concat([small.levers] * 2, ignore_index=True)[:5].assign(from_text=dates)
    found = sheets(bundle.workbook(replace(small, levers=levers)))
    place = found["levers"][0].index("from")
    assert [row[place] for row in found["levers"][1:]] == [as_shown("date", date) for date in dates]
    assert any(label == "Dates" and "before March 1900" in str(text) for label, text in found["README"])


def test_the_header_stays_in_sight_and_filters(small: Record) -> None:
    book = openpyxl.load_workbook(io.BytesIO(bundle.workbook(small)))
    for table in small.tables:
        sheet = book[table.name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(9 <= column.width <= 61 for column in sheet.column_dimensions.values())


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(small: Record, cell: str) -> None:
    hostile = replace(
        small,
        stances=small.stances.assign(summary=cell),
        actors=small.actors.assign(name=cell, aliases=[(cell,)] * len(small.actors)),
        tracker=replace(small.tracker, title=cell, question=cell, blocs={cell: ""}),
    )
    content = bundle.workbook(hostile, actor_ids=["AAA"], filtered=cell)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["stances"]
    shown = sheet.cell(2, 1 + [cell.value for cell in sheet[1]].index("summary"))
    assert (shown.value, shown.data_type, shown.hyperlink) == (cell, "s", None)
    assert bool(shown.quotePrefix) != cell[0].isalnum()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not any(mark in text for mark in ("<f>", "<f ", "<hyperlink", "externalLink")), name


def test_the_readme_sheet_explains_filters_words_and_columns(shipped: Record) -> None:
    filters = Filters(region=("Oceania",), stance=("opposed", "none"))
    rows = sheets(bundle.workbook(shipped, **narrowed(shipped, filters)))["README"]  # type: ignore[arg-type]
    told = {str(label): str(text) for label, text in rows if label and text}
    assert rows[0][0] == shipped.tracker.title
    assert told["Question"] == shipped.tracker.question
    assert told["Record"] == "From 15 August 2021 until 30 June 2026"
    assert told["Filters"].startswith("Only: Stance Opposed or No public position found; Region Oceania. With the sums")
    assert told["Licence"] == "CC BY 4.0"
    assert told["Cite"].startswith(shipped.tracker.citation)
    assert told["supportive"] == f"Supportive: {shipped.tracker.stances['supportive']}"
    assert told["ambassador"]
    for table in TABLES.values():
        assert f"One row is {table.row_is}." in told[table.name]
        assert all(told[f"{table.name}: {column.name}"].startswith(column.meaning) for column in table.columns)
    some = sheets(bundle.workbook(shipped, actor_ids=["FJI"]))["README"]
    assert any(label == "Filters" and str(text).startswith("Only some actors. With") for label, text in some)
    whole = sheets(bundle.workbook(shipped))["README"]
    assert ["Filters", "None: the whole record"] in whole


def test_a_title_becomes_the_name_of_a_file(small: Record) -> None:
    titled = {title: replace(small, tracker=replace(small.tracker, title=title)) for title in ("Žižek / 2!", "Косово")}
    assert bundle.stem(small) == "small-tracker-2020-12-31"
    assert bundle.stem(small, part=True) == "small-tracker-2020-12-31-selection"
    assert bundle.stem(titled["Žižek / 2!"]) == "zizek-2-2020-12-31"
    assert bundle.stem(titled["Косово"]) == "record-d7163bf8-2020-12-31"  # which no other title has
