"""What the commands share: options, the day, and how they refuse.

Exit codes: 0 all written. 1: something is wrong with the data, the day or a file. 2: something is missing on this
machine, or a wrong option.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

from components.publish.files import check_takes_files
from components.record.chosen import ask_folder
from components.record.model import InvalidData, Record
from components.record.reading import read
from components.record.wording import agreeing, enumerated

SIGNS_NAMED = 8


def parser(
    command: str, description: str, *, out: str, several_days: bool = False, of_a_day: bool = True
) -> argparse.ArgumentParser:
    """A parser with the options that every command has: the folder, the day (or days) and where to write."""
    made = argparse.ArgumentParser(prog=f"python -m components.export {command}", description=description)
    made.set_defaults(as_of=None)
    if of_a_day:
        made.add_argument(
            "--as-of",
            type=a_day,
            nargs="+" if several_days else None,
            metavar="DATE",
            help="YYYY-MM-DD (default: the record's last day)",
        )
    made.add_argument("--out", type=Path, default=Path(out), metavar="PATH", help=f"default: {out}")
    ask_folder(made, "--data")
    return made


def run(options: argparse.Namespace, write: Callable[[Record, dt.date, argparse.Namespace], int]) -> int:
    """Load the record, hand it over with the day and the options, and turn what goes wrong into a sentence."""
    try:
        check_takes_files(options.out)  # before the work, and not after it
        record = read(options.data)
        return write(record, day_in_record(record, options.as_of), options)
    except InvalidData as invalid:
        sys.stderr.writelines(f"{problem}\n" for problem in invalid.problems)
        return refuse(str(invalid), 1)
    except ImportError as error:
        return refuse(f"This needs the package {error.name}: pip install -r requirements.txt", 2)
    except (OSError, ValueError) as error:
        return refuse(str(error), 1)


def day_in_record(record: Record, day: dt.date | None) -> dt.date:
    """The day asked for, or the record's last. Raises ValueError for one outside the record."""
    start, end = record.tracker.start, record.tracker.data_until
    if day is not None and not start <= day <= end:
        raise ValueError(f"--as-of {day} is outside the record: choose a day from {start} to {end}")
    return day or end


def known_actors(record: Record, actor_ids: list[str], option: str = "--actors") -> tuple[str, ...]:
    """The actor_ids as asked for. Raises ValueError for one that takes no stance in this record."""
    for actor_id in actor_ids:
        if actor_id not in record.actors.index or actor_id == record.tracker.subject:
            raise ValueError(f"{option} {actor_id} is not an actor_id of the record: see actors.csv")
    return tuple(actor_ids)


def refuse(sentence: str, code: int) -> int:
    """Say on the error stream what is wrong, and give back the exit code."""
    sys.stderr.write(f"{sentence}\n")
    return code


def warn_of_boxes(signs: set[str]) -> None:
    """Say on the error stream which signs of what was drawn are boxes, for want of a font; nothing where none is."""
    if signs:
        listed = enumerated(sorted(signs), SIGNS_NAMED)
        sys.stderr.write(
            f"warning: no font on this machine has the {agreeing(len(signs), 'sign', 'signs')} {listed}, "
            "drawn as boxes: install one that has, such as Noto "
            "(Debian and Ubuntu: apt-get install fonts-noto-core fonts-noto-cjk), and run the same again\n"
        )


def a_day(text: str) -> dt.date:
    """A day as an option gives it. Raises ArgumentTypeError for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day: write it as YYYY-MM-DD") from None


def whole_number(what: str, least: int, most: int) -> Callable[[str], int]:
    """How an option reads a whole number from `least` to `most`; it raises ArgumentTypeError for anything else."""

    def read_number(text: str) -> int:
        if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is no {what}: choose from {least} to {most}")
        return int(text)

    return read_number
