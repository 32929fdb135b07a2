"""Which data folder is shown or used where nothing on the command line names one: the only door to that setting.

Does not belong here: what is in a folder (reading).
"""

import argparse
import os
from pathlib import Path
from typing import Any

from components.record.reading import DEFAULT_FOLDER

REPOSITORY = DEFAULT_FOLDER.parent
# A secret of this name does as well: Streamlit puts the secrets at the root of its file into the environment.
VARIABLE = "TRACKER_DATA"
DEFAULT = f"the data folder (default: {VARIABLE} of the environment, or data/)"
UNSAID = ""


def chosen_folder() -> Path:
    """The folder that the environment names, relative to the repository, or data/.

    Raises ValueError for what is no folder: another record in its place would be taken for the one asked for.
    """
    named = os.environ.get(VARIABLE, UNSAID).strip()
    folder = REPOSITORY / named if named else DEFAULT_FOLDER
    if folder.is_dir():
        return folder
    found = "is a file" if folder.is_file() else "does not exist"
    # Its name alone: where it lies on the server is nothing for readers.
    raise ValueError(
        f"The setting {VARIABLE}, of the environment or of the app’s secrets, names “{folder.name}”, which {found}; "
        "allowed: a data folder, relative to the repository, such as data; name one there, or take the setting away."
    )


def ask_folder(parser: argparse.ArgumentParser, name: str, **more: Any) -> None:
    """Let a command be told its data folder, by an option or an argument; what it says goes before all else."""
    parser.add_argument(name, type=_folder, default=UNSAID, metavar="FOLDER", help=DEFAULT, **more)


def _folder(text: str) -> Path:
    """A folder as it was named; argparse asks for one that was not too, unless one was, and says what is wrong."""
    if text != UNSAID:
        return Path(text)
    try:
        return chosen_folder()
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
