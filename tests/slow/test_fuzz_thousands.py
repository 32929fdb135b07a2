"""Thousands of folders that came to harm, by the command itself: each loads, or its problems name their places."""

import re

import pytest

from tests.fuzzing import main


def test_thousands_of_folders_load_or_name_their_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "2000", "--seed", "1000"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2,000 cases\n")
    for outcome in ("harmed small", "structured"):
        for end in ("loaded", "refused"):
            found = re.search(rf"([\d,]+)  {outcome}: {end}", said)
            assert found and int(found[1].replace(",", "")) > 30, said
