"""What a run has heard so far, in a file, so that a run that was stopped goes on and nobody is asked twice.

One line of JSON an answer, written as soon as it is known: whatever stops the run, only what was under way is lost.
"""

import json
from dataclasses import asdict
from pathlib import Path

from components.curate.edits import Refused
from components.curate.links.visits import Answer

FIRST_LINE = json.dumps({"made_by": "components.curate sources"})


class Journal:
    """The answers in one file, by what was asked."""

    def __init__(self, path: Path) -> None:
        """Read what an earlier run left. Raises Refused for a file of another kind, OSError where it cannot be read."""
        self.path = path
        first, *lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else [""]
        if first not in {"", FIRST_LINE} or (lines and not first):
            raise Refused(f"{path} is not what such a run leaves: name another file with --state.")
        self._begun = bool(first)
        self.answers = dict(pair for line in lines if (pair := _read(line)))

    def keep(self, asked: str, answer: Answer) -> None:
        """Remember an answer. Its line begins with the line end, so that it joins none that was cut off."""
        self.answers[asked] = answer
        line = json.dumps({"asked": asked, **asdict(answer)})
        if not self._begun:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}" if self._begun else f"{FIRST_LINE}\n{line}")
        self._begun = True

    def discard(self) -> None:
        """Remove the file: the run is over."""
        self.path.unlink(missing_ok=True)
        self._begun = False


def _read(line: str) -> tuple[str, Answer] | None:
    """A line of the file; None of one that was cut off."""
    try:
        cells = json.loads(line)
        return cells.pop("asked"), Answer(**cells)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
