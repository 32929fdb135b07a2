"""What the check tells without refusing a folder: countries that no map can draw, and sources in no use yet."""

import re
from pathlib import Path

import pytest

from components.curate.coverage import report
from components.record.model import Record
from components.record.reading import read
from tests.test_validation import edit, run_check

COUNTS = "in 6 actors, 5 stances, 3 levers, 11 funds, 3 sources; record until 2020-12-31\n"


@pytest.fixture
def drawn(folder: Path) -> Path:
    """The small record with codes that have shapes, so that it has no warnings."""
    for path in folder.glob("*.*"):
        text = path.read_text(encoding="utf-8")
        for code, other in {"SUB": "AFG", "AAA": "ALB", "BBB": "BEN", "CCC": "GMB"}.items():
            text = re.sub(rf"\b{code}\b", other, text)
        path.write_text(text.replace("Gammaland", "Gambia"), encoding="utf-8")
    return folder


def test_the_command_sums_up_a_clean_folder_and_exits_with_0(drawn: Path) -> None:
    done = run_check(drawn)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{drawn}: no problems {COUNTS}"


def test_the_command_prints_warnings_and_exits_with_0(drawn: Path) -> None:
    edit(drawn / "actors.csv", "GMB,", "GAM,")
    done = run_check(drawn)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "warning: actors.csv:5:actor_id: “GAM” has no shape, so “Gambia” is counted but drawn on no map; "
        "allowed: the code of a shape (ISO 3166-1 alpha-3) for what maps shall show; write GMB, if that is it\n"
        f"{drawn}: no problems, 1 warning {COUNTS}"
    )


def test_the_report_ends_with_the_warnings(small: Record, drawn: Path) -> None:
    *_, blank, first, second, third, fourth = report(small)
    assert blank == "" and first.startswith("warning: actors.csv:2:actor_id: “SUB” has no shape")
    assert [line.split(": ")[1] for line in (second, third, fourth)] == [f"actors.csv:{n}:actor_id" for n in (3, 4, 5)]
    assert not [line for line in report(read(drawn)) if "warning" in line]


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
