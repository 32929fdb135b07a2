"""The second coding: what the codebook says of it is recomputed, and the record follows what was settled."""

from typing import Literal

import krippendorff
import pandas as pd
import pytest

from components.curate.agreement import report
from components.record.model import Record
from components.record.vocabulary import LEVELS, STANCES
from tests.conftest import SHIPPED

pytestmark = pytest.mark.shipped
VARIABLES = [("stance", list(STANCES), "nominal"), ("recognition_level", list(LEVELS), "ordinal")]


@pytest.fixture(scope="module")
def codings() -> pd.DataFrame:
    return pd.read_csv(SHIPPED / "double_coding.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def codebook() -> str:
    return (SHIPPED / "README.md").read_text("utf-8")


@pytest.mark.parametrize(("variable", "order", "metric"), VARIABLES)
def test_agreement_and_alpha_are_what_the_codebook_says(
    codings: pd.DataFrame, codebook: str, variable: str, order: list[str], metric: Literal["nominal", "ordinal"]
) -> None:
    first, second = (codings[name].map(order.index) for name in (variable, f"second_{variable}"))
    assert len(codings) >= 60
    alpha = krippendorff.alpha(reliability_data=[first, second], level_of_measurement=metric)
    agreed = (first == second).sum()
    row = f"| `{variable}` | {agreed} of {len(first)} ({agreed / len(first):.1%}) | {alpha:.3f} ({metric}) |"
    assert row in codebook


@pytest.mark.parametrize(("variable", "order", "_metric"), VARIABLES)
def test_the_confusion_table_is_what_the_codebook_shows(
    codings: pd.DataFrame, codebook: str, variable: str, order: list[str], _metric: Literal["nominal", "ordinal"]
) -> None:
    table = pd.crosstab(codings[variable], codings[f"second_{variable}"]).reindex(
        index=order, columns=order, fill_value=0
    )
    assert table.to_numpy().sum() == len(codings)
    for code, counts in table.iterrows():
        assert f"| `{code}` | {' | '.join(str(count) for count in counts)} |" in codebook


def test_the_record_follows_what_was_settled(codings: pd.DataFrame, shipped: Record) -> None:
    rows = shipped.stances.set_index("id").loc[codings["id"]]
    assert list(rows["stance"]) == list(codings["settled_stance"])
    assert list(rows["recognition_level"]) == list(codings["settled_recognition_level"])


def test_every_difference_was_settled_for_a_reason(codings: pd.DataFrame, codebook: str) -> None:
    differ = (codings["stance"] != codings["second_stance"]) | (
        codings["recognition_level"] != codings["second_recognition_level"]
    )
    assert (codings.loc[differ, "reason"] != "").all()
    assert codings.loc[differ, "id"].map(lambda row_id: f"`{row_id}`" in codebook).all()


def test_the_codebook_has_the_tables_that_the_command_writes(codebook: str, shipped: Record) -> None:
    """`python -m components.curate agreement` writes them."""
    assert [table for table in report(shipped) if table not in codebook] == []
