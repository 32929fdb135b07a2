"""`python -m components.validation [FOLDER]`: every problem on a line and exit code 1, or a summary and 0."""

import argparse
import sys
from pathlib import Path

from components.load import DEFAULT_FOLDER, InvalidData, load_dataset
from components.schema import TABLES


def main(arguments: list[str] | None = None) -> int:
    """Check one folder; the exit code is 0 where it is clean and 1 where it is not."""
    parser = argparse.ArgumentParser(prog="python -m components.validation", description="Check a data folder.")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER, help="the folder (default: data/)")
    folder = parser.parse_args(arguments).folder
    try:
        dataset = load_dataset(folder)
    except InvalidData as invalid:
        sys.stdout.writelines(f"{problem}\n" for problem in invalid.problems)
        sys.stderr.write(f"{invalid}\n")
        return 1
    counts = ", ".join(f"{len(dataset.table(name))} {name}" for name in TABLES)
    sys.stdout.write(f"{folder}: no problems in {counts}; record until {dataset.tracker.data_until}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
