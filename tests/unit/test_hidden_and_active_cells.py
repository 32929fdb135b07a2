"""Cells that hide something or would become a formula: the check names them in every table."""

from pathlib import Path

import pytest

from tests.conftest import Change
from tests.folders import edit, problems


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=HYPERLINK(1)", "begins like a formula"),
        ("+1", "begins like a formula"),
        ("-1", "begins like a formula"),
        ("@SUM(1)", "begins like a formula"),
        ("＝1", "begins like a formula"),
        ("Alpha;=1", "has a part that begins like a formula"),
        ("Alpha; @SUM(1);B", "has a part that begins like a formula"),
        ("\t=1", "hidden character U+0009"),
        ("abc \u202e cba", "hidden character U+202E"),
        ("abc \u2066 cba", "hidden character U+2066"),
        ("a\u200bb", "hidden character U+200B"),
        ("a\x1b[31mb", "hidden character U+001B"),
        ("two\nlines", "hidden character U+000A"),
        ("two\u2028lines", "hidden character U+2028"),
        ("x" * 100_000, "100,000 characters; allowed: at most 2,000"),
    ],
)
@pytest.mark.parametrize(
    ("table", "key", "column", "line"),
    [
        ("stances", "AAA-2020-03", "summary", 3),
        ("levers", "AAA-aid-2020-06-01", "summary", 3),
        ("funds", "BNK-in_trust-2020-05-01", "channel", 4),
        ("funds", "BNK-in_trust-2020-05-01", "terms", 4),
        ("sources", "press-2", "title", 3),
        ("sources", "press-2", "publisher", 3),
        ("actors", "AAA", "name", 3),
        ("actors", "AAA", "aliases", 3),
    ],
)
def test_what_the_check_refuses_is_named_with_its_place(
    change: Change, table: str, key: str, column: str, line: int, cell: str, message: str
) -> None:
    assert any(
        problem.startswith(f"{table}.csv:{line}:{column}: ") and message in problem
        for problem in problems(change(table, key, column, cell)).splitlines()
    )


def test_a_cell_of_more_than_a_field_can_hold_or_with_a_nul_is_named(change: Change) -> None:
    # A library may have raised the csv module's own limit in this process; then the check's limit says so.
    found = problems(change("stances", "AAA-2020-03", "summary", "x" * 10**6))
    assert "stances.csv:3:-: cannot be read as CSV" in found or "stances.csv:3:summary: 1,000,000 characters" in found


@pytest.mark.parametrize("key", ["title", "question", "object", "licence", "citation", "names_and_borders"])
def test_the_tracker_hides_nothing_either(folder: Path, key: str) -> None:
    edit(folder / "tracker.toml", f'{key} = "', f'{key} = "\\u202e')
    assert "hidden character U+202E" in problems(folder)
    edit(folder / "tracker.toml", f'{key} = "\\u202e', f'{key} = "Ours; =1+1; ')
    assert f"tracker.toml:1:“{key}”: “Ours; =1+1; " in problems(folder)
