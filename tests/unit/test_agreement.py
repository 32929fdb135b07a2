"""How far two coders agree: alpha as the library of that name has it, and nothing said where nothing can be."""

from dataclasses import replace
from typing import Literal

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.summaries.agreement import agreements, alpha

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)


@given(PAIRS, st.booleans())
def test_alpha_is_krippendorffs(pairs: list[tuple[int, int]], is_ladder: bool) -> None:
    found = alpha(pairs, is_ladder=is_ladder)
    if len({code for pair in pairs for code in pair}) < 2:
        assert found is None
        return
    level: Literal["ordinal", "nominal"] = "ordinal" if is_ladder else "nominal"
    expected = krippendorff.alpha(reliability_data=list(zip(*pairs, strict=True)), level_of_measurement=level)
    assert found == pytest.approx(expected)


def test_the_shipped_codings_agree_as_the_codebook_says(shipped: Record) -> None:
    stance, level = agreements(shipped)
    assert (stance.column, stance.alike, stance.rows, f"{stance.alpha:.3f}") == ("stance", 69, 72, "0.939")
    assert (level.column, level.alike, level.rows, f"{level.alpha:.3f}") == ("recognition_level", 71, 72, "0.996")


@pytest.mark.parametrize(
    "text", ["", "id,second_act\nAAA-2020-03,met\n", "id,stance,second_stance\nx,opposed,elsewhere\n", "\0,,\n\n"]
)
def test_a_file_that_says_no_codes_twice_says_nothing(small: Record, text: str) -> None:
    assert agreements(replace(small, texts={SECOND_CODING_FILE: text})) == ()
