"""The folder of the site: a fresh one takes the place of the old one whole, and what others put there stays.

Belongs here: which folder may be replaced, what is kept of it, and which ids can be names in it. Does not belong here:
what the site has.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components.publish.files import check_takes_files
from components.publish.site_page import Files, as_bytes

MARK = "site.json"  # the file by which a folder is known as a site that may be written anew
MAKER = "components.publish site"
# Names that are files of the site, or that some systems do not take or give to devices.
UNFIT = re.compile(r"index\.html|feed\.xml|.*\.|(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST_NAME = 120
NAMED = 5


def check_names(table: str, ids: Collection[str]) -> None:
    """Raise ValueError where an id cannot be a part of an address, or two of them would be one."""
    seen: dict[str, str] = {}
    for name in sorted(ids):
        if UNFIT.fullmatch(name) or len(name) > LONGEST_NAME:
            raise ValueError(
                f"{table}: “{name[:LONGEST_NAME]}” cannot be part of an address: rename it, with at most "
                f"{LONGEST_NAME} characters, no dot at its end, and not as a file or a device"
            )
        if (other := seen.setdefault(name.casefold(), name)) != name:
            raise ValueError(
                f"{table}: “{other}” and “{name}” differ in nothing but capital letters, so that their pages would be "
                "one on some systems: rename one of the two"
            )


def write(folder: Path, files: Files) -> None:
    """Write files by their path from the folder, each for the first time. Raises ValueError for a path outside it."""
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{name} lies outside the site")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(as_bytes(content))


def mark(title: str, as_of: str, files: Collection[str]) -> Files:
    """The file by which the folder is known again; `files` are those that the next site may take away."""
    told = {"made_by": MAKER, "title": title, "as_of": as_of, "files": sorted(files)}
    return {MARK: f"{json.dumps(told, ensure_ascii=False, indent=1)}\n"}


def check_subject(out: Path, title: str) -> None:
    """Raise ValueError where a folder has the site of another subject: its data would stay among those of this one."""
    there = _told(out).get("title", title)
    if there != title:
        raise ValueError(f"{out} is the site of “{there}”, not of “{title}”: choose another folder with --out")


@contextmanager
def replaced(out: Path) -> Iterator[tuple[Path, list[str]]]:
    """A fresh folder beside `out` that takes its place at the end of the block, or is removed where that fails.

    It comes with a list that then has the paths of the files of `out` that were not written by a site, and were kept.
    Raises ValueError for a folder that may not be replaced.
    """
    out = out.resolve()
    _former_files(out)
    check_takes_files(out.parent)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as place:
        fresh, former = Path(place) / "fresh", Path(place) / "former"
        fresh.mkdir()
        kept: list[str] = []
        yield fresh, kept
        with _alone(out.parent):
            kept += _keep(out, fresh)
            if out.exists():
                out.rename(former)
            try:
                fresh.rename(out)
            except OSError:
                if former.exists():
                    former.rename(out)
                raise


def _former_files(out: Path) -> frozenset[str]:
    """The files of a site that may be taken away; none where there is nothing. Raises ValueError for all else."""
    if not out.exists():
        return frozenset()
    if not out.is_dir():
        raise ValueError(f"{out} is a file: choose a folder with --out")
    if out.is_mount():
        raise ValueError(f"{out} is a mount point, which cannot be replaced: choose a folder inside it with --out")
    if not any(out.iterdir()):
        return frozenset()
    told = _told(out)
    if not told:
        raise ValueError(f"{out} is not empty and not a site written by this command: choose another folder with --out")
    return frozenset(told["files"]) | {MARK}


def _told(out: Path) -> dict[str, Any]:
    """What the mark of a folder tells; nothing where this command did not write it."""
    try:
        told = json.loads((out / MARK).read_text(encoding="utf-8"))
        return dict(told) if told["made_by"] == MAKER and {*told["files"]} else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _keep(out: Path, fresh: Path) -> list[str]:
    """Copy into the fresh site what others put into the old one, and the data of earlier versions; their paths."""
    former = _former_files(out)
    found = sorted(set(_paths(out)) - former)
    needed = [name for name in found if os.path.lexists(fresh / name) and not name.startswith("data/")]
    if needed:
        raise ValueError(f"{out / needed[0]} was not written by this command, and the site needs its name: move it")
    kept = [name for name in found if not os.path.lexists(fresh / name)]
    for name in kept:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(out / name, fresh / name, follow_symlinks=False)
    return kept


def _paths(folder: Path) -> Iterator[str]:
    """Every file below a folder, also links, by its path from there."""
    for base, folders, files in os.walk(folder):
        for name in [*files, *(name for name in folders if Path(base, name).is_symlink())]:
            yield Path(base, name).relative_to(folder).as_posix()


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Nobody else puts a site into this folder for as long as the block runs, where the system can tell."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - there it is not

    handle = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
