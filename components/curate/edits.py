"""What a change to a row is, and why one is not made.

Belongs here: what both kinds of files share, the tables (editing) and tracker.toml (tracker_rows).
"""

from dataclasses import dataclass

from components.record.check.cells import Row


class Refused(Exception):  # noqa: N818 - the name says what became of the change
    """A change that was not made; the text says why and what to do."""


class Overtaken(Refused):
    """The files are no longer those that the change was made from."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One row of a table as it shall be; `before` is the row as it stands on disk, None where it is new.

    `after` has no cell where the row is taken out, which tracker.toml alone allows: no id of a table is given up.
    """

    table: str
    key: str
    before: Row | None
    after: Row
