"""Many readers at once: no page fails for any of them, and the server's memory stays within bounds. Nothing is timed.

`python -m tests.benchmarks sessions` does the same with a hundred readers for two minutes, and measures.
"""

import asyncio

from tests.benchmarks.servers import Server
from tests.benchmarks.serving import PAGES, Visit, visit

READERS, SECONDS = 10, 20.0
MOST_GROWTH = 60.0  # megabytes from the middle to the end: pictures and answers of other days, which are kept in part
MOST = 600.0  # megabytes in all; Community Cloud promises 690


def test_ten_readers_go_through_all_pages_without_an_error() -> None:
    with Server("dashboard") as server:
        found: Visit = asyncio.run(visit(server, READERS, SECONDS))
    assert not found.errors
    assert found.pages == set(PAGES)
    assert len(found.seconds) >= READERS
    middle = next(size for when, size in found.megabytes if when >= SECONDS / 2)
    assert found.megabytes[-1][1] - middle < MOST_GROWTH
    assert max(size for _, size in found.megabytes) < MOST
