"""Files that a reader sees whole or not at all, and whether a folder takes them.

Does not belong here: what is in them, and the names that say so (names).
"""

import secrets
from contextlib import suppress
from pathlib import Path

PROBE = bytes(1 << 20)  # as large as many a picture, so that a full disk is found


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing, also where another process writes it at the same time.

    Raises OSError, which says what was not written.
    """
    part = _part(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(f"{path} could not be written: {error.strerror}") from error


def check_takes_files(folder: Path) -> None:
    """Raise OSError where files cannot be written into a folder, or where it would be made; nothing is left there."""
    try:
        place = folder
        while not place.exists():
            place = place.parent
        if not place.is_dir():
            raise OSError(f"{place} is a file: choose a folder with --out")
        part = _part(place)
        try:
            part.write_bytes(PROBE)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if error.strerror is None:
            raise
        raise OSError(f"{folder} takes no files: {error.strerror}; choose another folder with --out") from error


def _part(folder: Path) -> Path:
    """What a file is called while it is written, by this process alone."""
    return folder / f".{secrets.token_hex(8)}.part"
