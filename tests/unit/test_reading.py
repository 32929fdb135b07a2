"""Files that cannot be read, and the types of those that can."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from components.record.model import InvalidData, Record
from components.record.reading import fingerprint, read


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


def test_mended_permissions_are_seen(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "funds.csv").chmod(0o600)
    assert fingerprint(folder) != before
