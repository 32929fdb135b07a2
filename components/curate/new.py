"""The command `python -m components.curate new FOLDER …`: a folder for another question of recognition, without a row.

Does not belong here: its options (new_options), and what is in the files (subject_files). Exit codes: 0 made, 1 the
folder cannot be made or is not empty, 2 a wrong option.
"""

import datetime as dt
import sys
import tempfile
from pathlib import Path

from components.curate.edits import Refused
from components.curate.new_options import asked
from components.curate.next_step import next_step
from components.curate.subject_files import Subject, codebook, tables, tracker
from components.record.codebook import README_FILE, with_codebook
from components.record.model import InvalidData, Record
from components.record.reading import read
from components.record.wording import counted


def main(arguments: list[str] | None = None) -> int:
    """Make the folder and say what to do next."""
    folder, subject = asked(arguments, dt.date.today())
    try:
        record = make(folder, subject)
    except InvalidData as invalid:
        sys.stderr.writelines(f"{problem}\n" for problem in invalid.problems)
        return 2
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{folder} cannot be written ({error.strerror}).\n")
        return 1
    sys.stdout.write(
        f"{folder}: {record.tracker.title}, with {counted(len(record.actors), 'actor')} and no other row\n"
        f"next: read {folder / 'tracker.toml'} and {folder / README_FILE}, and make their words yours\n"
        f"{next_step(record, folder)}\n"
    )
    return 0


def make(folder: Path, subject: Subject) -> Record:
    """Make the folder, which is whole or not there at all, and return what it holds.

    Raises Refused where something is there, InvalidData where it would have problems, OSError where the disk refuses.
    """
    place = folder.resolve()
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Refused(f"{folder} is there already and not empty: choose another folder, or empty it.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as beside:
        fresh = Path(beside) / place.name
        fresh.mkdir()
        for name, text in {**tables(subject), **tracker(subject), README_FILE: codebook(subject)}.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        record = read(fresh)
        (fresh / README_FILE).write_text(with_codebook(codebook(subject), record.words), encoding="utf-8", newline="\n")
        if place.exists():
            place.rmdir()
        fresh.rename(place)
    return record
