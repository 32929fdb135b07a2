"""The way of somebody who begins: from `curate new` to a site, with the rows of the sample put in by hand."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from components.curate import new
from components.curate.command import main as check
from components.curate.edits import Edit
from components.curate.tracker_rows import parsed, parts, rows_of_part, with_row
from components.record.reading import read
from tests.conftest import SAMPLE
from tests.sites import html_files, written

Printed = pytest.CaptureFixture[str]


def put_rows(folder: Path, name: str) -> None:
    """The rows of the sample behind those that are there; an actor that is there already gets the sample's words."""
    with (folder / name).open(newline="", encoding="utf-8") as file:
        header = next(csv.reader(file))
        rows = {row[0]: dict(zip(header, row, strict=True)) for row in csv.reader(file)}
    with (SAMPLE / name).open(newline="", encoding="utf-8") as file:
        rows |= {row[header[0]]: row for row in csv.DictReader(file)}
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())


def put_words(folder: Path) -> None:
    """The sample's words, one after the other as the page of forms puts them; blocs that are there stay."""
    wanted = (SAMPLE / "tracker.toml").read_bytes()
    content = (folder / "tracker.toml").read_bytes()
    for part in parts(parsed(wanted)):
        for key, row in rows_of_part(part, wanted).items():
            content = with_row(content, Edit(part, key, rows_of_part(part, content).get(key), row))
    (folder / "tracker.toml").write_bytes(content)


def test_the_way_from_nothing_to_a_site(tmp_path: Path, capsys: Printed) -> None:
    folder = tmp_path / "kosovo"
    options = ["--subject", "XKX", "--object", "Kosovo", "--start", "2008-02-17"]
    assert new.main([str(folder), *options]) == 0
    put_words(folder)
    for table in ("sources", "stances", "levers", "funds", "rates", "actors"):
        put_rows(folder, f"{table}.csv")
    assert check([str(folder)]) == 0
    assert "README.md" in capsys.readouterr().out  # whose codebook does not follow by itself
    assert check([str(folder), "--fix-format"]) == 0
    assert check([str(folder)]) == 0
    assert "in 200 actors, 45 stances" in capsys.readouterr().out
    assert "| `denial` | Denial |" in (folder / "README.md").read_text(encoding="utf-8")
    record, sample = read(folder), read(SAMPLE)
    assert record.words == sample.words
    assert record.tracker == replace(sample.tracker, blocs=record.tracker.blocs)
    pages = html_files(written(record, tmp_path / "site"))
    assert len(pages) > 50
    for path, page in pages.items():
        assert not re.search(r"Taliban|Kabul", page.text), path
