"""The releases that lie in a folder, the version of the next, and how it is put beside them: whole, and for good.

A release is never changed or removed: whoever cited it finds it as it was. Does not belong here: what is in one.
"""

import datetime as dt
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = "data/"  # the folder in a release that is a data folder itself


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """The record's last day and, where it was released in several states, which of them this is."""

    day: dt.date
    state: int = 1

    def __str__(self) -> str:
        """`2026-06-30`, and from the second state on `2026-06-30.2`."""
        return f"{self.day}.{self.state}" if self.state > 1 else str(self.day)


def past_releases(out: Path, name: str) -> dict[Version, Path]:
    """The releases of this name in a folder, the oldest first."""
    found = {}
    for path in out.glob(f"{name}-*") if out.is_dir() else ():
        numbers = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:\.([2-9]|[1-9]\d+))?", path.name.removeprefix(f"{name}-"))
        if numbers and (path / DATA).is_dir():
            try:
                found[Version(dt.date.fromisoformat(numbers[1]), int(numbers[2] or 1))] = path
            except ValueError:  # no such day: somebody else's folder
                continue
    return dict(sorted(found.items()))


def version_of(day: dt.date, data: Mapping[str, bytes], past: Mapping[Version, Path]) -> Version:
    """The version of a data folder with these files: that of the release that has the same, else the next free one."""
    states = [version for version in past if version.day == day]
    for version in states:
        folder = past[version] / DATA
        if {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == data:
            return version
    return Version(day, max((version.state for version in states), default=0) + 1)


def require_folder(out: Path) -> None:
    """Raise ValueError where a path cannot be the folder of releases, before any work is done."""
    nearest = next(path for path in (out, *out.resolve().parents) if path.exists())
    if not nearest.is_dir():
        raise ValueError(f"{nearest} is a file: choose a folder with --out")
    if not os.access(nearest, os.W_OK):
        raise ValueError(f"{nearest} cannot be written: mend its permissions, or choose another folder with --out")


def put_in_place(out: Path, name: str, files: Mapping[str, bytes], package: bytes) -> bool:
    """Write a release as a folder and as a ZIP, both whole or not at all; whether it was not there yet.

    Raises ValueError where another one of its name is there, OSError where the disk refuses.
    """
    folder, archive = out / name, out / f"{name}.zip"
    new = not (folder.exists() or archive.exists())
    if folder.exists():
        _require_same(folder, files)
    if archive.exists() and archive.read_bytes() != package:
        raise ValueError(f"{archive} is there and differs from what would be written: move it away, or choose --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=out) as place:
            fresh, packed = Path(place) / "folder", Path(place) / "package"
            for path, content in files.items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(content)
            packed.write_bytes(package)
            if not folder.exists():
                fresh.rename(folder)
            if not archive.exists():
                packed.rename(archive)
    except OSError as error:
        raise OSError(f"{folder} could not be written: {error.strerror}") from error
    return new


def _require_same(folder: Path, files: Mapping[str, bytes]) -> None:
    """Raise ValueError where a folder is not a release with these files."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    differing = sorted(
        name for name in {*there, *files} if name not in there or there[name].read_bytes() != files.get(name)
    )
    if differing:
        told = f"{folder} is there with the same record and differs in {', '.join(differing[:3])}"
        raise ValueError(f"{told}: a release is never changed, so move it away or choose another folder with --out")
