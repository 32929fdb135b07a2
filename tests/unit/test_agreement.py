"""How far two coders agree: alpha as the library of that name has it, and nothing said where nothing can be."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.curate.agreement import main, report
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.summaries.agreement import agreements, alpha

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)
HEADER = "id,stratum,stance,second_stance,settled_stance,recognition_level,second_recognition_level,reason\n"
ROWS = """\
a,joint text,opposed,opposed,opposed,none,none,
b,joint text,opposed,engaging,opposed,none,contact,The text says | so.
c,joint text,engaging,engaging,engaging,contact,contact,
d,joint text,none,none,none,none,none,
e,visits,engaging,engaging,engaging,contact,contact,
f,visits,engaging,engaging,opposed,contact,contact,A later page.
g,,none,none,none,none,none,
"""


@pytest.fixture
def coded(small: Record) -> Record:
    """The small record with a second coding of rows from two strata and one from none."""
    return replace(small, texts={SECOND_CODING_FILE: HEADER + ROWS})


@given(PAIRS, st.booleans())
def test_alpha_is_krippendorffs(pairs: list[tuple[int, int]], is_ladder: bool) -> None:
    found = alpha(pairs, is_ladder=is_ladder)
    if len({code for pair in pairs for code in pair}) < 2:
        assert found is None
        return
    level: Literal["ordinal", "nominal"] = "ordinal" if is_ladder else "nominal"
    expected = krippendorff.alpha(reliability_data=list(zip(*pairs, strict=True)), level_of_measurement=level)
    assert found == pytest.approx(expected)


def test_rows_alike_are_counted_of_all_by_class_and_by_stratum(coded: Record) -> None:
    stance, level = agreements(coded)
    assert (stance.column, stance.all.rows, stance.all.alike, stance.is_ladder) == ("stance", 7, 6, False)
    assert (level.column, level.all.rows, level.all.alike, level.is_ladder) == ("recognition_level", 7, 6, True)
    assert stance.classes == {"engaging": (3, 3), "opposed": (1, 2), "none": (2, 2)}
    assert [(name, one.rows, one.alike) for name, one in stance.strata.items()] == [
        ("joint text", 4, 3),
        ("visits", 2, 2),
    ]
    visits = stance.strata["visits"]
    assert visits.alpha is None and visits.interval is None, "all of it is one code"


def test_the_interval_is_always_the_same_and_around_alpha(coded: Record) -> None:
    again = replace(coded)
    for one, other in zip(agreements(coded), agreements(again), strict=True):
        assert one == other
        assert one.all.alpha is not None and one.all.interval is not None
        low, high = one.all.interval
        assert -1 <= low < one.all.alpha < high <= 1


def test_more_rows_make_the_interval_narrower(small: Record) -> None:
    widths = []
    for times in (1, 20):
        (stance, _) = agreements(replace(small, texts={SECOND_CODING_FILE: HEADER + ROWS * times}))
        assert stance.all.interval is not None
        widths.append(stance.all.interval[1] - stance.all.interval[0])
    assert widths[1] < widths[0] / 2


def test_rows_that_are_all_alike_have_no_interval(small: Record) -> None:
    text = "id,stance,second_stance\na,opposed,opposed\nb,engaging,engaging\n"
    (stance,) = agreements(replace(small, texts={SECOND_CODING_FILE: text}))
    assert (stance.all.alpha, stance.all.interval, stance.strata) == (1, None, {})


@pytest.mark.parametrize(
    "text", ["", "id,second_act\nAAA-2020-03,met\n", "id,stance,second_stance\nx,opposed,elsewhere\n", "\0,,\n\n"]
)
def test_a_file_that_says_no_codes_twice_says_nothing(small: Record, text: str) -> None:
    assert agreements(replace(small, texts={SECOND_CODING_FILE: text})) == ()


def test_the_command_writes_tables_for_the_codebook(coded: Record) -> None:
    by_column, stances, levels, strata, _, met, _, differing = report(coded)
    assert by_column.startswith(
        "| | agreement | Krippendorff's alpha | 95% interval |\n|---|---|---|---|\n| `stance` | 6 of 7 (85.7%) | "
    )
    assert "| `opposed` | 1 of 2 |" in stances and "| `none` | 3 of 4 |" in levels
    assert "| visits | 2 of 2 (100.0%) | all rows have one code | |" in strata.replace("|  |", "| |")
    assert met.splitlines()[4] == "| `opposed` | 0 | 1 | 1 | 0 |"
    assert differing.splitlines()[2:] == [
        "| `b` | opposed, none | engaging, contact | opposed, none | The text says \\| so. |",
        "| `f` | engaging, contact | engaging, contact | opposed, contact | A later page. |",
    ]


def test_the_command_says_where_there_is_nothing_to_write(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 1
    assert "double_coding.csv has no row that was coded twice" in capsys.readouterr().err
    (folder / SECOND_CODING_FILE).write_text("id,stance,second_stance\nAAA-2020-03,engaging,opposed\n", "utf-8")
    assert main([str(folder)]) == 0
    assert "| `stance` | 0 of 1 (0.0%) | 0.000 (nominal) |" in capsys.readouterr().out
