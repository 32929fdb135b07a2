"""What the check tells without refusing a folder: countries that no map can draw, and sources in no use yet."""

from pathlib import Path

import pytest

from components.record.reading import read
from tests.folders import edit


@pytest.mark.parametrize(
    ("code", "name", "remedy"),
    [
        ("ROM", "Romania", "write ROU, if that is it"),
        ("RKS", "Kosovo", "write XKX, if that is it"),
        ("RUM", "Rumania", "write ROU, if that is it"),
        ("TRQ", "Türkiye", "write TUR, if that is it"),
        ("SML", "Somaliland", "mend it, or leave it where there is none"),
        ("YUG", "Yugoslavia", "mend it, or leave it where there is none"),
    ],
)
def test_a_country_without_a_shape_is_a_warning(drawn: Path, code: str, name: str, remedy: str) -> None:
    edit(drawn / "actors.csv", "GMB,Gambia", f"{code},{name}")
    (warning,) = read(drawn).warnings
    assert (warning.file, warning.line, warning.column) == ("actors.csv", 5, "actor_id")
    assert warning.found == f"“{code}” has no shape, so “{name}” is counted but drawn on no map"
    assert warning.remedy == remedy


def test_a_code_that_another_actor_has_is_not_advised(drawn: Path) -> None:
    edit(drawn / "actors.csv", "GMB,Gambia", "ROM,Romania")
    with (drawn / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("ROU,Dacia,country,Europe,,\n")
    (warning,) = read(drawn).warnings
    assert warning.remedy == "mend it, or leave it where there is none"


def test_a_body_needs_no_shape(drawn: Path) -> None:
    edit(drawn / "actors.csv", "GMB,Gambia,country,Africa", "GMX,Gambia,body,International")
    assert read(drawn).warnings == ()


def test_a_source_that_no_row_uses_yet_is_a_warning(drawn: Path) -> None:
    with (drawn / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("press-9,A page,The Paper,,https://paper.example/9,,press,en\n")
    assert [str(warning) for warning in read(drawn).warnings] == [
        "sources.csv:5:id: “press-9” is used by no row; allowed: sources in use; cite it, or leave it for later"
    ]
    edit(drawn / "tracker.toml", "joint", 'population = {people = 1, year = 2020, source_id = "press-9"}\njoint')
    assert read(drawn).warnings == ()
