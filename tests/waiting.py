"""Waiting for what must come, however busy the machine is: a condition, never a while."""

import time
from collections.abc import Callable

PATIENCE = 300
PAUSE = 0.05  # seconds between two looks


def until(holds: Callable[[], bool], goes_on: Callable[[], bool] = lambda: True, say: Callable[[], str] = str) -> None:
    """Look until it holds; where what should bring it about has ended, or hangs, fail with what `say` says."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert goes_on() and time.monotonic() < end, say()
        time.sleep(PAUSE)
