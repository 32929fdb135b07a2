"""The newest reading of each data folder and, while that cannot be used, the last good one; all others are let go."""

import threading
from dataclasses import dataclass
from pathlib import Path

from components.record.model import InvalidData, Record
from components.record.reading import fingerprint, read


@dataclass(frozen=True, slots=True)
class Reading:
    """The record to show, None where none was ever good, and what is wrong with the folder now, None where nothing."""

    record: Record | None
    broken: InvalidData | None


class Shelf:
    """One place for all readers of a process: a folder is read by the first that asks, the others wait for it."""

    def __init__(self) -> None:
        """Begin empty."""
        self._lock = threading.Lock()
        self._readings: dict[Path, tuple[str, Reading]] = {}

    def is_current(self, folder: Path) -> bool:
        """Whether the folder has been read since it last changed."""
        return self._readings.get(folder.resolve(), ("",))[0] == fingerprint(folder)

    def reading(self, folder: Path) -> Reading:
        """The folder as it is now, read anew where a file has changed."""
        place = folder.resolve()
        with self._lock:
            mark = fingerprint(folder)
            known, reading = self._readings.get(place, ("", Reading(None, None)))
            if known != mark:
                reading = _read_anew(folder, reading.record)
                # A file that could not be read at all may be readable at the next try, though none has changed.
                again = reading.broken is not None and reading.broken.may_pass
                self._readings[place] = ("" if again else mark), reading
            return reading


def _read_anew(folder: Path, last_good: Record | None) -> Reading:
    try:
        return Reading(read(folder), None)
    except InvalidData as invalid:
        return Reading(last_good, invalid.with_traceback(None))  # which would keep alive all that was read
