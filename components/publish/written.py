"""What an export has written already, kept in a small file beside the images, so that a broken run can go on."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

MANIFEST = "manifest.jsonl"
CODE = Path(__file__).parents[1]


class Written:
    """The images in a folder and what each was made from: the record, what was asked for, and this program.

    The manifest gains a line when a file is complete, so that one without a line is drawn again. Raises OSError where
    it cannot be read.
    """

    def __init__(self, folder: Path, made_from: str) -> None:
        """Read what is known of a folder; `made_from` tells the record and the options of this run from others."""
        self.folder = folder
        self._mark = hashlib.sha256(f"{made_from} {_program()}".encode()).hexdigest()[:16]
        self._known = _read(folder / MANIFEST)
        self._begun = False

    def has(self, name: str) -> bool:
        """Whether an image and its further parts are there, whole, and made from the same."""
        more = self._known.get(name, {}).get("more")
        return all(self._is_whole(str(each)) for each in [name, *(more if isinstance(more, list) else [])])

    def write(self, name: str, image: bytes, more: list[str] | None = None) -> None:
        """Write an image whole, then its line; `more` are the names of its further parts, which are there already."""
        from components.publish.images import write_whole  # noqa: PLC0415 - commands start without the image libraries

        write_whole(self.folder / name, image)
        entry: dict[str, object] = {
            "file": name,
            "from": self._mark,
            "sha256": hashlib.sha256(image).hexdigest(),
            "more": more or [],
        }
        self._known[name] = entry
        self._note(entry)

    def _note(self, entry: dict[str, object]) -> None:
        """Add a line; the first time write all anew, without what was overtaken or cut off."""
        from components.publish.images import write_whole  # noqa: PLC0415

        manifest = self.folder / MANIFEST
        if not self._begun:
            write_whole(manifest, "".join(json.dumps(known) + "\n" for known in self._known.values()).encode())
            self._begun = True
            return
        try:
            with manifest.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
        except OSError as error:
            raise OSError(f"{manifest} could not be written: {error.strerror}") from error

    def _is_whole(self, name: str) -> bool:
        known = self._known.get(name, {})
        path = self.folder / name
        if known.get("from") != self._mark or not path.is_file():
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == known.get("sha256")


def _read(path: Path) -> dict[str, dict[str, object]]:
    """The last entry of each file; a line that was cut off says nothing."""
    known: dict[str, dict[str, object]] = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and isinstance(entry.get("file"), str):
                known[entry["file"]] = entry
    return known


@cache
def _program() -> str:
    """What stands for this program: its code and the libraries that draw."""
    digest = hashlib.sha256(f"{version('plotly')} {version('kaleido')}".encode())
    for path in sorted(CODE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
