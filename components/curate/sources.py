"""The command `python -m components.curate sources [FOLDER]`: which links of sources.csv a person has to see to.

With `--archive` it looks for archived copies instead, and with `--write` it puts them into archive_url. Exit codes:
0 all is well, 1 something needs a person, 2 no internet, something is missing or a wrong option.
"""

import argparse
import asyncio
import csv
import functools
import io
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from components.curate.edits import Refused
from components.curate.links import copies
from components.curate.links.copies import FOUND, NONE
from components.curate.links.findings import findings, in_numbers
from components.curate.links.journal import Journal
from components.curate.links.rounds import Offline, Round
from components.curate.links.visits import PAUSE, Answer, Visitor
from components.record.chosen import ask_folder
from components.record.model import InvalidData, Tracker
from components.record.reading import checked, read_text
from components.record.wording import counted

LONGEST_PAUSE = 3600


def main(arguments: list[str] | None = None) -> int:
    """Ask, print what needs a person and how many of each kind, and return the exit code."""
    options = _options(arguments)
    try:
        written = read_text(options.folder)
        tracker = checked(written).tracker
        return (_copies if options.archive else _links)(options, tracker, written.frames["sources"])
    except InvalidData as invalid:
        sys.stdout.writelines(f"{problem}\n" for problem in invalid.problems)
        return _end(str(invalid), 1)
    except ImportError as missing:
        return _end(f"This needs the package {missing.name}: pip install -r requirements.txt", 2)
    except Refused as refused:
        return _end(str(refused), 1)
    except BrokenPipeError:  # no file of ours: whoever reads what is printed has gone
        raise
    except OSError as error:
        return _end(f"{error.filename or options.folder} cannot be read or written ({error.strerror}).", 1)
    except KeyboardInterrupt:
        kept = f"{options.state} keeps what was found, and the same command goes on from there"
        return _end(f"Stopped: {kept if options.state.exists() else 'nothing was found yet'}.", 130)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m components.curate sources", description="Ask which links of sources.csv still answer."
    )
    ask_folder(parser, "folder", nargs="?")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write what was found of every source as CSV too")
    found = "ask the Wayback Machine for copies of sources that have none, nearest to their dates, instead"
    parser.add_argument("--archive", action="store_true", help=found)
    parser.add_argument("--write", action="store_true", help="with --archive: put the copies into archive_url")
    kept = "where a run that is stopped keeps what it has found (default: a file in exports/)"
    parser.add_argument("--state", type=Path, metavar="FILE", help=kept)
    pause = f"between two requests to one host (default: {PAUSE:g})"
    parser.add_argument("--pause", type=_seconds, default=PAUSE, metavar="SECONDS", help=pause)
    parser.add_argument("--private", action="store_true", help="ask hosts of private networks and of this machine too")
    options = parser.parse_args(arguments)
    if options.write and not options.archive:
        parser.error("--write goes with --archive")
    folder = options.folder.resolve()
    asked = "copies" if options.archive else "links"
    options.state = options.state or Path("exports", f"{folder.name}-{asked}.jsonl")
    for option in ("csv", "state"):
        path = getattr(options, option)
        if path and path.resolve().parent == folder:
            parser.error(f"--{option} {path} lies in the folder of the record: name a file elsewhere")
    return options


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= LONGEST_PAUSE:
        raise argparse.ArgumentTypeError(f"“{text}” is not a pause: write seconds, from 0 to {LONGEST_PAUSE}")
    return seconds


def _links(options: argparse.Namespace, tracker: Tracker, sources: pd.DataFrame) -> int:
    journal = Journal(options.state)
    urls = sources["url"].tolist()
    later, online = _ask(urls, Visitor.ask, journal, options, tracker)
    found = findings(sources, journal.answers | later)
    needy = [str(one) for one in found if one.notes]
    _report(options, [*needy, *in_numbers(found)], [one.row() for one in found])
    if online and not later:
        journal.discard()
    return int(bool(needy)) if online else _offline(urls, journal)


def _copies(options: argparse.Namespace, tracker: Tracker, sources: pd.DataFrame) -> int:
    journal = Journal(options.state)
    journal.answers = {asked: answer for asked, answer in journal.answers.items() if answer.code in {FOUND, NONE}}
    questions = [one.question for one in copies.searches(sources, {})]
    later, online = _ask(questions, copies.find_copy, journal, options, tracker)
    found = copies.searches(sources, journal.answers | later)
    told = [str(one) for one in found if one.question in journal.answers]
    _report(options, [*told, copies.in_numbers(sources, found)], [one.row() for one in found])
    if online and options.write:
        written = copies.write_copies(options.folder, found)
        sys.stdout.write(f"{counted(written, 'copy', 'copies')} written into sources.csv.\n")
        journal.discard()
    return int(not all(one.copy for one in found)) if online else _offline(questions, journal)


def _ask(
    wanted: Sequence[str],
    ask: Callable[[Visitor, str], Awaitable[Answer]],
    journal: Journal,
    options: argparse.Namespace,
    tracker: Tracker,
) -> tuple[dict[str, Answer], bool]:
    """Ask what the journal does not know; what must be asked later, and whether there is an internet."""
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without it

    left = [one for one in wanted if one not in journal.answers]
    if len(left) < len(wanted):
        sys.stderr.write(f"Going on from {journal.path}; without that file, all are asked anew.\n")
    agent = f"{tracker.title} link check{f' (+{tracker.repository})' if tracker.repository else ''}"

    async def go(tick: Callable[[], object]) -> dict[str, Answer]:
        visitor = Visitor(agent, pause=options.pause, private=options.private)
        known = functools.partial(visitor.ask, copies.SERVICE)
        return await Round(journal, functools.partial(ask, visitor), known, tick).run(left)

    try:
        with tqdm(total=len(wanted), initial=len(wanted) - len(left), unit="link", file=sys.stderr) as progress:
            return asyncio.run(go(progress.update)), True
    except Offline:
        return {}, False


def _report(options: argparse.Namespace, lines: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Print the lines and, where that is asked for, write the rows: as spreadsheets read them, marked as UTF-8."""
    if options.csv:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]) if rows else ["id"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        options.csv.parent.mkdir(parents=True, exist_ok=True)
        options.csv.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _offline(wanted: Sequence[str], journal: Journal) -> int:
    left = sum(one not in journal.answers for one in wanted)
    told = f"This machine has no internet: {counted(left, 'link was', 'links were')} not asked"
    return _end(f"{told}; run this again where there is some.", 2)


def _end(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
