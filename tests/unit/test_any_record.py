"""What holds for any record, on each that is here: counts by hand, and all that is published is whole."""

import datetime as dt
import math
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from components.publish import bundle
from components.publish.brief_page import page
from components.publish.film_captions import captions
from components.publish.release import _makers
from components.publish.release_past import Version
from components.record.model import Record
from components.record.on_day import stances_on
from components.record.reading import read
from components.record.vocabulary import NOT_APPLICABLE, NOT_CODED, STATUSES
from components.summaries import money
from components.summaries.film_days import MOST, film_days
from components.summaries.fund_rows import all_figures
from components.summaries.stances import map_frame
from tests.briefs import a_brief, parsed
from tests.conftest import first_coded
from tests.sites import check_links, written


def days_of(record: Record) -> tuple[dt.date, dt.date, dt.date]:
    """The first, one in the middle, and the last."""
    first, last = record.tracker.start, record.tracker.data_until
    return first, first + (last - first) / 2, last


def test_who_stands_where_is_what_the_rows_say(any_record: Record) -> None:
    rows = sorted(any_record.stances.to_dict("records"), key=lambda row: (row["date"], row["id"]))
    countries = any_record.actors[any_record.actors["kind"] == "country"].index
    for day in days_of(any_record):
        held = {row["actor_id"]: row["stance"] for row in rows if row["date"] <= pd.Timestamp(day)}
        assert stances_on(any_record, day)["stance"].to_dict() == held
        own = {any_record.tracker.subject: NOT_APPLICABLE.code}
        expected = Counter(own.get(actor_id) or held.get(actor_id, NOT_CODED.code) for actor_id in countries)
        assert Counter(map_frame(any_record, day)["stance"]) == expected


def test_a_total_is_the_sum_of_the_rows_that_lie_in_no_other(any_record: Record) -> None:
    rows = all_figures(any_record).set_index("id", drop=False)
    inside = dict(zip(any_record.funds["id"], any_record.funds["part_of"], strict=True))
    for status in STATUSES:
        own = rows[rows["status"] == status]
        outer = [row_id for row_id in own["id"] if not set(above(row_id, inside)) & {*own["id"]}]
        found = money.total(any_record, own)
        assert (found.rows, found.unstated) == (len(outer), rows.loc[outer, "value"].isna().sum())
        assert (found.value or 0.0) == pytest.approx(math.fsum(rows.loc[outer, "value"].dropna()), rel=1e-12)


def above(row_id: str, inside: Mapping[str, str]) -> list[str]:
    """The rows in which a row lies, nearest first."""
    return [inside[row_id], *above(inside[row_id], inside)] if inside.get(row_id) else []


def test_its_package_is_a_folder_of_the_same_rows(any_record: Record, tmp_path: Path) -> None:
    (tmp_path / "package.zip").write_bytes(bundle.data_package(any_record))
    with zipfile.ZipFile(tmp_path / "package.zip") as packed:
        packed.extractall(tmp_path / "folder")
    loaded = read(tmp_path / "folder")
    assert loaded.tracker == any_record.tracker
    for table in any_record.tables:
        pd.testing.assert_frame_equal(loaded.table(table.name), any_record.table(table.name))


def test_its_film_has_no_more_days_than_can_be_seen_and_says_what_happened(any_record: Record) -> None:
    first, _, last = days_of(any_record)
    days = film_days(any_record, first, last)
    told = captions(any_record, days)
    assert len(days) == len(told) <= MOST
    assert told[0] and told[-1]


def test_its_briefs_are_whole(any_record: Record) -> None:
    for actor_id in ("", *first_coded(any_record, 2)):
        tree = parsed(page(a_brief(any_record, actor_id, annex=True)))
        ids = {element.get("id") for element in tree.iter()}
        links = {a.get("href", "") for a in tree.iter("a")}
        assert {link.removeprefix("#") for link in links if link.startswith("#")} <= ids


def test_every_link_of_its_site_leads_somewhere(any_record: Record, tmp_path: Path) -> None:
    check_links(written(any_record, tmp_path / "site"))


def test_each_file_of_its_release_has_something_in_it(any_record: Record) -> None:
    """All but the print of the codebook, which needs a browser."""
    version = Version(any_record.tracker.data_until)
    makers = _makers(any_record, version, bundle.files_of(any_record), {}, None)  # type: ignore[arg-type]
    assert [name for name, make in makers.items() if name != "codebook.pdf" and not make()] == []
