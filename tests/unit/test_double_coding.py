"""The second coding: what the codebook says of it is recomputed, and the record follows what was settled."""

from typing import Literal

import krippendorff
import pandas as pd
import pytest

from components.curate.agreement import report
from components.record.model import Record
from components.record.reading import DEFAULT_FOLDER
from components.record.vocabulary import LEVELS, STANCES

CODINGS = pd.read_csv(DEFAULT_FOLDER / "double_coding.csv", keep_default_na=False)
CODEBOOK = (DEFAULT_FOLDER / "README.md").read_text("utf-8")
VARIABLES = [("stance", list(STANCES), "nominal"), ("recognition_level", list(LEVELS), "ordinal")]


@pytest.mark.parametrize(("variable", "order", "metric"), VARIABLES)
def test_agreement_and_alpha_are_what_the_codebook_says(
    variable: str, order: list[str], metric: Literal["nominal", "ordinal"]
) -> None:
    first, second = (CODINGS[name].map(order.index) for name in (variable, f"second_{variable}"))
    assert len(CODINGS) >= 60
    alpha = krippendorff.alpha(reliability_data=[first, second], level_of_measurement=metric)
    agreed = (first == second).sum()
    row = f"| `{variable}` | {agreed} of {len(first)} ({agreed / len(first):.1%}) | {alpha:.3f} ({metric}) |"
    assert row in CODEBOOK


@pytest.mark.parametrize(("variable", "order", "_metric"), VARIABLES)
def test_the_confusion_table_is_what_the_codebook_shows(
    variable: str, order: list[str], _metric: Literal["nominal", "ordinal"]
) -> None:
    table = pd.crosstab(CODINGS[variable], CODINGS[f"second_{variable}"]).reindex(
        index=order, columns=order, fill_value=0
    )
    assert table.to_numpy().sum() == len(CODINGS)
    for code, counts in table.iterrows():
        assert f"| `{code}` | {' | '.join(str(count) for count in counts)} |" in CODEBOOK


def test_the_record_follows_what_was_settled(shipped: Record) -> None:
    rows = shipped.stances.set_index("id").loc[CODINGS["id"]]
    assert list(rows["stance"]) == list(CODINGS["settled_stance"])
    assert list(rows["recognition_level"]) == list(CODINGS["settled_recognition_level"])


def test_every_difference_was_settled_for_a_reason() -> None:
    differ = (CODINGS["stance"] != CODINGS["second_stance"]) | (
        CODINGS["recognition_level"] != CODINGS["second_recognition_level"]
    )
    assert (CODINGS.loc[differ, "reason"] != "").all()
    assert CODINGS.loc[differ, "id"].map(lambda row_id: f"`{row_id}`" in CODEBOOK).all()


def test_the_codebook_has_the_tables_that_the_command_writes(shipped: Record) -> None:
    """`python -m components.curate agreement` writes them."""
    assert [table for table in report(shipped) if table not in CODEBOOK] == []
