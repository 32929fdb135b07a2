"""A hundred of the cases of tests/fuzzing.py: each folder loads, or its problems name their places."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from components.record.model import Record
from tests.fuzzing import SMALL_FILES, Files, check, harmed, run, slips

CASES = 100


def test_folders_that_came_to_harm_load_or_name_their_problems(tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()

    def tell(_kind: str, files: Files) -> None:
        outcomes[check(files, tmp_path / "record")] += 1

    run(CASES, 1, tell)
    assert outcomes.total() == CASES
    assert min(outcomes["loaded"], outcomes["refused"]) > CASES // 50


def test_the_same_number_gives_the_same_harm() -> None:
    assert harmed(3) == harmed(3)
    assert any(harmed(number) != SMALL_FILES for number in range(3))


def test_a_slip_is_found_unless_the_record_has_its_word(small: Record, shipped: Record) -> None:
    for record in (small, shipped):
        assert slips(record, ["nan given", "None of 3 gave", "Infinite"]) == ["nan given"]
    actors = small.actors.assign(name=[f"{name} nan" for name in small.actors["name"]])
    assert slips(replace(small, actors=actors), ["Alphaland nan"]) == []
