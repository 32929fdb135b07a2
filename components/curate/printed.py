"""What the commands share that read a folder and print a report of it."""

import argparse
import sys
from collections.abc import Callable, Sequence

from components.record.chosen import ask_folder
from components.record.model import InvalidData, Record
from components.record.reading import read


def print_report(
    command: str,
    words: str,
    report: Callable[[Record], Sequence[str]],
    arguments: Sequence[str] | None,
    missing: str = "",
) -> int:
    """Print the parts of a report and return the exit code: 1 where the folder has problems or there are no parts.

    `words` say what the command does, and `missing` what is said after the folder's name where there are no parts.
    """
    parser = argparse.ArgumentParser(prog=f"python -m components.curate {command}", description=words)
    ask_folder(parser, "folder", nargs="?")
    folder = parser.parse_args(arguments).folder
    try:
        parts = report(read(folder))
    except InvalidData as invalid:
        sys.stdout.writelines(f"{problem}\n" for problem in invalid.problems)
        sys.stderr.write(f"{invalid}\n")
        return 1
    if not parts:
        sys.stderr.write(f"{folder}{missing}\n")
        return 1
    sys.stdout.write("\n\n".join(parts) + "\n")
    return 0
