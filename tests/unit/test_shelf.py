"""The shelf of records: read anew where a file changes, the last good one kept, the others freed."""

import gc
import threading
import weakref
from pathlib import Path

import pytest

from components.record.model import InvalidData
from components.record.reading import read
from components.record.shelf import Shelf
from components.summaries.stances import headline
from tests.folders import locked, mend


def test_the_last_good_record_is_that_of_the_same_folder(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    good = shelf.reading(folder).record
    (folder / "funds.csv").unlink()
    reading = shelf.reading(folder / ".." / folder.name)
    assert reading.record is good
    assert reading.broken is not None
    assert shelf.reading(tmp_path / "another").record is None


def test_a_record_that_is_replaced_is_freed_with_its_answers(folder: Path) -> None:
    shelf = Shelf()
    first = shelf.reading(folder).record
    assert first is not None
    headline(first, first.tracker.data_until)
    old = weakref.ref(first)
    del first
    assert old() is not None
    mend(folder / "stances.csv", (folder / "stances.csv").read_bytes().replace(b"refused", b"declined"))
    assert shelf.reading(folder).record is not old()
    gc.collect()
    assert old() is None


def test_threads_that_load_while_the_file_changes_see_a_whole_record_or_problems(folder: Path) -> None:
    path = folder / "stances.csv"
    whole = path.read_bytes()
    wrong: list[BaseException] = []
    done = threading.Event()
    shelf = Shelf()

    def look() -> None:
        while not done.is_set():
            try:
                reading = shelf.reading(folder)
                assert reading.broken is None or reading.broken.problems
                assert reading.record is None or len(reading.record.stances) == 5
            except BaseException as error:
                wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(40):
        path.write_bytes(whole[:-400] + b'"')
        path.write_bytes(whole)
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong


def test_what_could_not_be_read_is_tried_again(folder: Path) -> None:
    locked(folder / "funds.csv")
    with pytest.raises(InvalidData) as caught:
        read(folder)
    assert caught.value.may_pass
    mend(folder / "funds.csv", b"")
    with pytest.raises(InvalidData) as caught:
        read(folder)
    assert not caught.value.may_pass
