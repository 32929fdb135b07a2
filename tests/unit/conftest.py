"""What tests of several rules of the check begin with."""

import re
from pathlib import Path

import pytest

from tests.folders import edit


@pytest.fixture
def drawn(folder: Path) -> Path:
    """The small record with codes that have shapes and sums that charts can show, so that it has no warnings."""
    for path in folder.glob("*.*"):
        text = path.read_text(encoding="utf-8")
        for code, other in {"SUB": "AFG", "AAA": "ALB", "BBB": "BEN", "CCC": "GMB"}.items():
            text = re.sub(rf"\b{code}\b", other, text)
        path.write_text(text.replace("Gammaland", "Gambia"), encoding="utf-8")
    edit(folder / "funds.csv", "suspended,50,EUR,,", "suspended,50,EUR,56,")
    edit(folder / "funds.csv", "pledged,7,EUR,,", "pledged,7,EUR,8,")
    edit(folder / "funds.csv", "2020-01-15,,,,country", "2020-01-15,,,,region")
    (folder / "README.md").write_text("How it is coded.\n", "utf-8")
    edit(folder / "tracker.toml", "joint", 'neighbours = "CLUB"\njoint')
    return folder
