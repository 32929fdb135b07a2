"""The command `python -m components.validation [FOLDER]`: every problem on a line and exit code 1, or a summary and 0.

What may be meant so is on lines that begin with `warning:`; a folder with nothing else is in order.
With `--fix-format` it mends the form of the files, with `--diff` it compares, with `--report` it counts coverage.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from components.curate.coverage import report, warning_lines
from components.curate.edits import Refused
from components.curate.form import fix_format
from components.curate.next_step import next_step
from components.curate.revisions import diff
from components.record.chosen import ask_folder
from components.record.model import InvalidData, Record
from components.record.reading import read
from components.record.wording import counted


def main(arguments: list[str] | None = None) -> int:
    """Do one thing to a folder; the exit code is 0 where it is clean, 1 where it is not, 2 for a wrong command."""
    options = _options(arguments)
    try:
        if options.fix_format:
            return _say(*fix_format(options.folder))
        if options.diff:
            return _say(*diff(options.diff[0], Path(*options.diff[1:]) if options.diff[1:] else options.folder))
        record = read(options.folder)
    except InvalidData as invalid:
        sys.stdout.writelines(f"{problem}\n" for problem in invalid.problems)
        sys.stderr.write(f"{invalid}\n")
        return 1
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{options.folder} cannot be written ({error.strerror})\n")
        return 1
    return _say(report(record) if options.report else _checked(options.folder, record), True)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m components.validation", description="Check a data folder.")
    ask_folder(parser, "folder", nargs="?")
    instead = parser.add_mutually_exclusive_group()
    form = "put the CSV files into their form, and write back dates and numbers that a spreadsheet rewrote"
    instead.add_argument("--fix-format", action="store_true", help=form)
    words = "say what a change does: OLD is a folder or a git revision, NEW a folder (default: FOLDER)"
    instead.add_argument("--diff", nargs="+", metavar=("OLD", "NEW"), help=words)
    instead.add_argument("--report", action="store_true", help="count what the record covers")
    options = parser.parse_args(arguments)
    if options.diff and len(options.diff) > 2:
        parser.error("--diff takes OLD and NEW")
    return options


def _checked(folder: Path, record: Record) -> list[str]:
    """The warnings, what was checked, and of a record without a stance what comes next."""
    counts = ", ".join(f"{len(record.table(table.name))} {table.name}" for table in record.tables)
    warnings = f", {counted(len(record.warnings), 'warning')}" if record.warnings else ""
    summary = f"{folder}: no problems{warnings} in {counts}; record until {record.tracker.data_until}"
    return [*warning_lines(record), summary, *filter(None, [next_step(record, folder)])]


def _say(lines: Iterable[str], clean: bool) -> int:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0 if clean else 1
