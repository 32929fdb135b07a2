"""Several processes that write into one folder at once, and one that dies while it does."""

import multiprocessing
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from components.curate import editing
from tests.unit.test_editing import assert_nothing_is_lost, new, put

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(autouse=True)
def _plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new process runs what counts as the main module, which a page that was tried here has put there."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def test_nothing_is_lost_when_several_write_at_once(folder: Path) -> None:
    assert_nothing_is_lost(folder, SPAWN.Process)


def hold_and_die(folder: Path) -> None:
    with editing.locked(folder):
        os._exit(1)


def test_the_lock_of_a_process_that_died_is_free(folder: Path) -> None:
    dying = SPAWN.Process(target=hold_and_die, args=(folder,))
    dying.start()
    dying.join()
    assert dying.exitcode == 1
    put(folder, new())
