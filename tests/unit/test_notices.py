"""What the address says and nobody understands: one short notice, and none for what trackers add."""

import re

import pytest

from components.pages.parts.address import KNOWN, LONGEST, TRACKERS, quoted
from tests.conftest import SMALL
from tests.pages import Open, open_page

__all__ = ["open_page"]

OF_TRACKERS = [
    *("fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "li_fat_id", "wbraid", "utm_source", "utm_id"),
    *("mc_cid", "mc_eid", "igshid", "igsh", "ref", "ref_src", "_ga", "_gl", "_hsenc", "mkt_tok", "srsltid", "FBCLID"),
]


def notices(app: object) -> list[str]:
    """The notices of a page, without the references by which their signs are written."""
    shown = app.warning  # type: ignore[attr-defined]
    return [re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), notice.value) for notice in shown]


def test_no_parameter_of_ours_is_taken_for_one_of_a_tracker() -> None:
    assert not [name for name in KNOWN if TRACKERS.fullmatch(name)]


def test_what_trackers_add_is_ignored_in_silence(open_page: Open) -> None:
    assert not notices(open_page("map", SMALL, **dict.fromkeys(OF_TRACKERS, "x")))


def test_one_that_is_wrong_is_named_with_what_is_allowed(open_page: Open) -> None:
    (notice,) = notices(open_page("map", SMALL, stance="foo"))
    assert notice.startswith("The address asks for stance “foo”, which was ignored; allowed: supportive")


@pytest.mark.parametrize("page", ["map", "changes"])
def test_many_that_are_wrong_make_one_short_notice(open_page: Open, page: str) -> None:
    asked = {f"x{number}": "y" * 60 for number in range(900)}
    (notice,) = notices(open_page(page, SMALL, date="2020-02-30", actor="NONE", stance="z" * 999, **asked))
    assert "“x0”" in notice
    assert len(notice) < 400
    (notice,) = notices(open_page(page, SMALL, date="2020-02-30", stance="foo", bloc="bar"))
    for named in ("date “2020-02-30”", "stance “foo”", "bloc “bar”"):
        assert named in notice


def test_a_value_is_cut_and_its_hidden_signs_are_seen() -> None:
    assert quoted("opposed\u202e") == "“opposed\\u202e”"
    assert len(quoted("x" * 64_000)) <= LONGEST + 3
    assert len(quoted("\u202e" * 64_000)) <= LONGEST + 3
    assert quoted("\u202e" * 64_000).endswith("\\u202e…”")
