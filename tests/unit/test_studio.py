"""Readers who ask for pictures at once: so many wait, and one more is told so at once and holds nobody up."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from components.pages.parts.studio import MOST_WAITING, Busy, Studio


def test_one_reader_more_than_may_wait_is_refused_at_once_and_the_next_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, all_wait = threading.Event(), threading.Barrier(MOST_WAITING + 1)

    def slow(_: Studio, order: Any) -> bytes:
        all_wait.wait()
        drawn.wait()
        return bytes(order)

    studio = Studio()
    monkeypatch.setattr(Studio, "_drawn", slow)
    order: Any = b"picture"
    with ThreadPoolExecutor(MOST_WAITING) as readers:
        waiting = [readers.submit(studio.draw, order) for _ in range(MOST_WAITING)]
        all_wait.wait()
        with pytest.raises(Busy):
            studio.draw(order)
        drawn.set()
        assert [each.result() for each in waiting] == [b"picture"] * MOST_WAITING
    monkeypatch.setattr(Studio, "_drawn", lambda _, order: bytes(order))
    assert studio.draw(order) == b"picture"
