"""What lies between two folders, or between a folder and a git revision of it."""

import subprocess
import tempfile
from pathlib import Path

from components.curate.differences import changed_picture, changed_rows, changed_words
from components.curate.editing import FILES, tried
from components.curate.edits import Refused
from components.record.wording import counted


def diff(old: str, new: Path) -> tuple[list[str], bool]:
    """What lies between two folders, a finding a line, and whether both are without problems.

    `old` is a folder, or a revision of the git repository in which `new` lies. Raises Refused where it is neither.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(old)
        if not folder.is_dir():
            folder = Path(place)
            _check_out(old, new, folder)
        before = tried(folder)
    after = tried(new)
    lines = changed_rows(before.tables, after.tables) + changed_words(before.tracker, after.tracker)
    if before.record and after.record:
        lines += changed_picture(before.record, after.record) if lines else []
        return lines or ["No difference."], True
    for name, trial in ((old, before), (new, after)):
        if trial.problems:
            lines.append(
                f"{name}: {counted(len(trial.problems), 'problem')}; what moves is not known until it is mended"
            )
    return lines, False


def _check_out(revision: str, new: Path, place: Path) -> None:
    """The files of the folder as they were at a revision; one that was not there yet is missing."""
    for name in FILES:
        command = ["git", "-C", str(new), "show", "--end-of-options", f"{revision}:./{name}"]
        try:
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own command
        except OSError as error:
            raise Refused(f"{revision} is no folder, and git cannot be run ({error.strerror})") from error
        if done.returncode == 0:
            (place / name).write_bytes(done.stdout)
    if not any(place.iterdir()):
        raise Refused(f"{revision} is neither a folder nor a revision in which {new} has files")
