"""Tables as they leave, rows found in them, and the publishers of what they cite."""

import pytest

from components.record.model import Record
from components.record.schema import TABLES
from components.summaries import sources, tables


def test_publishers_stand_by_how_often_they_are_cited(small: Record) -> None:
    keys = sources.source_ids(small.stances, small.levers)
    assert keys == ["press-1", "press-2", "gov-1"]
    assert sources.publishers_line(small, keys) == "Sources: Government of Alphaland, The Other Paper and The Paper"
    assert sources.publishers_line(small, []) == ""


@pytest.mark.parametrize("name", list(TABLES))
def test_tables_leave_as_they_came(shipped: Record, name: str) -> None:
    table = TABLES[name]
    written = tables.as_csv(tables.as_written(shipped, table)).decode()
    assert written == (shipped.folder / table.file).read_text(encoding="utf-8")


def test_rows_are_found_by_any_name_of_their_actor(small: Record) -> None:
    written = tables.as_written(small, TABLES["levers"])
    assert list(tables.matching(small, written, "land of a")["actor_id"]) == ["AAA", "AAA"]
    assert list(tables.matching(small, written, "RESERVES")["id"]) == ["BNK-reserves-2019"]
    assert tables.matching(small, written, "(").empty
    assert len(tables.matching(small, written, " ")) == 3
