"""Files that cannot be read, and the types of those that can."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from components.record.model import InvalidData, Record
from components.record.reading import fingerprint, read
from components.record.shapes import load_points, load_shapes
from tests.test_validation import problems


def test_a_missing_file_is_named_and_the_others_are_still_checked(folder: Path) -> None:
    (folder / "levers.csv").unlink()
    stances = folder / "stances.csv"
    stances.write_text(stances.read_text(encoding="utf-8").replace("talks", "war"), encoding="utf-8")
    found = problems(folder)
    assert "levers.csv:1:-: file is missing" in found
    assert "stances.csv:3:act: “war”" in found


def test_a_folder_that_is_not_there_lists_its_files(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere").count("file is missing") == 6


def test_a_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    (folder / "levers.csv").unlink()
    (folder / "levers.csv").mkdir()
    assert "levers.csv:1:-: file cannot be read" in problems(folder)


def test_another_encoding_is_named_with_its_line(folder: Path) -> None:
    path = folder / "stances.csv"
    path.write_bytes(path.read_bytes().replace(b"Envoys met", "Envoyés".encode("latin-1")))
    assert "stances.csv:3:-: byte 0xe9 is not UTF-8" in problems(folder)


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    path = folder / "stances.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read(folder).stances) == 5


def test_a_page_of_html_is_not_taken_for_a_table(folder: Path) -> None:
    (folder / "funds.csv").write_text("<!doctype html>\n<html><body>Error 404</body></html>\n", encoding="utf-8")
    found = problems(folder)
    assert "funds.csv:1:“<!doctype html>”: unknown column" in found


def test_an_empty_file_is_named(folder: Path) -> None:
    (folder / "funds.csv").write_text("", encoding="utf-8")
    assert "funds.csv:1:-: file is empty" in problems(folder)


def test_tables_may_have_no_rows(folder: Path) -> None:
    for name in ("stances", "levers", "funds", "sources"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    record = read(folder)
    assert (len(record.stances), len(record.funds), len(record.actors)) == (0, 0, 6)


def test_cells_are_typed_once(small: Record) -> None:
    row = small.stances.set_index("id").loc["AAA-2020-03"]
    assert row["date"] == pd.Timestamp("2020-03-01")
    assert row["date_text"] == "2020-03"
    assert row["source_ids"] == ("press-1", "press-2")
    assert row["condition"] == ()
    assert small.actors.loc["AAA", "aliases"] == ("Alpha", "Land of A")
    assert small.funds["amount"].sum() == pytest.approx(3857)
    assert pd.isna(small.funds.set_index("id").at["AAA-suspended-2020-01-10", "amount_usd"])
    assert small.tracker.start == dt.date(2020, 1, 1)


def test_na_is_a_word(folder: Path) -> None:
    path = folder / "actors.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Betaland", "NA"), encoding="utf-8")
    assert read(folder).actors.at["BBB", "name"] == "NA"


def test_the_fingerprint_follows_the_files(folder: Path) -> None:
    before = fingerprint(folder)
    assert fingerprint(folder) == before
    path = folder / "tracker.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint(folder) != before


def test_invalid_data_says_how_many(folder: Path) -> None:
    (folder / "tracker.toml").write_text("", encoding="utf-8")
    with pytest.raises(InvalidData, match=r"\d+ problems"):
        read(folder)


def test_every_country_has_a_shape_and_every_shape_a_point(shipped: Record) -> None:
    countries = set(shipped.actors.index[shipped.actors["kind"] == "country"])
    ids = {feature["id"] for feature in load_shapes()["features"]}
    assert countries <= ids
    assert all(
        feature["geometry"]["coordinates"] and all(feature["geometry"]["coordinates"])
        for feature in load_shapes()["features"]
    )
    points = load_points()
    assert set(points.index) == ids
    assert points["lon"].between(-180, 180).all()
    assert points["lat"].between(-60, 84).all()
    assert {"SGP", "BHR", "MDV", "TUV", "VAT", "XKX", "PSE"} <= set(points.index[points["small"]])
