"""The properties of any record, of which the unit tests try a few cases, on more of them."""

import subprocess
import sys

from tests.conftest import ROOT


def test_properties_hold_of_many_records() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-m", "unit and hypothesis", "--hypothesis-profile", "many"]
    done = subprocess.run([*command, "tests/unit"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
