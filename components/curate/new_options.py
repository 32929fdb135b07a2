"""The options of `python -m components.curate new`: each is one that the check would allow in tracker.toml.

Does not belong here: what is made of them (subject_files), and where it goes (new).
"""

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from components.curate.subject_files import Row, Subject, countries
from components.record.check.actors import comparable
from components.record.check.cells import (
    FIRST_YEAR,
    ID_PATTERN,
    LAST_YEAR,
    LONGEST_CELL,
    parse_date,
    split_list,
    unsafe,
)
from components.record.check.figures import CURRENCY
from components.record.vocabulary import GOVERNMENT, REGIONS, STATE


def asked(arguments: list[str] | None, today: dt.date) -> tuple[Path, Subject]:
    """The folder and the subject that were asked for; ends with 2 and a sentence where an option is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    known = countries()
    if options.subject not in known and not (options.name and options.region):
        parser.error(f"--subject {options.subject} is in no list of countries: add it with --name and --region")
    if options.subject in known and (options.name or options.region):
        name = known[options.subject]["name"]
        parser.error(f"--subject {options.subject} is {name}: leave --name and --region out, or choose another code")
    if strangers := [code for code in options.neighbours if code not in known or code == options.subject]:
        parser.error(f"--neighbours {strangers[0]} is no other country of the list: choose an ISO code such as SRB")
    added = None if options.subject in known else _row(options)
    until = options.until or max(options.start, today)
    if until < options.start:
        parser.error(f"--until {until} lies before --start {options.start}: choose a later day")
    return options.folder, _subject(options, until, known.get(options.subject) or _row(options), added)


def _row(options: argparse.Namespace) -> Row:
    blank = {"blocs": "", "aliases": ""}
    return {"actor_id": options.subject, "name": options.name, "kind": "country", "region": options.region, **blank}


def _subject(options: argparse.Namespace, until: dt.date, row: Row, added: Row | None) -> Subject:
    """What was asked for, and of what was not, words made of it: who recognises a state names the state itself."""
    names = {comparable(name) for name in (row["name"], *split_list(row["aliases"]))}
    title = options.title or f"Recognition of {options.object}"
    question = options.question or f"Who recognises {options.object}, who might, and who will not?"
    return Subject(
        subject=options.subject,
        name=row["name"],
        neighbours=options.neighbours,
        object=options.object,
        start=options.start,
        data_until=until,
        title=title,
        question=question,
        recognises=options.recognises or (STATE if comparable(options.object) in names else GOVERNMENT),
        licence=options.licence,
        citation=options.citation or f"{title} contributors: {question.rstrip('?')}",
        currency=options.currency or "",
        added=added,
    )


def _parser() -> argparse.ArgumentParser:
    words = "Make a folder for another question of recognition: empty tables, countries, tracker.toml, codebook."
    parser = argparse.ArgumentParser(prog="python -m components.curate new", description=words)
    parser.add_argument("folder", type=Path, help="the folder, which must not be there yet, or be empty")
    needed = parser.add_argument_group("what it is about")
    needed.add_argument("--subject", type=_code, required=True, metavar="CODE", help="ISO code, such as XKX")
    needed.add_argument("--object", type=_text, required=True, help="whom actors recognise, as after “recognise”")
    needed.add_argument("--start", type=_day, required=True, metavar="DAY", help="first day of the record")
    more = parser.add_argument_group("what can be said of it, here or later in tracker.toml")
    more.add_argument("--until", type=_day, metavar="DAY", help="last day researched (default: today)")
    more.add_argument("--title", type=_text, help="name of the tracker (default: “Recognition of OBJECT”)")
    more.add_argument("--question", type=_text, help="one line, at the head of every page")
    kinds = "what is recognised (default: a state where OBJECT is the subject's name, else a government)"
    more.add_argument("--recognises", choices=[STATE, GOVERNMENT], help=kinds)
    near = "countries that share a border with it, such as SRB"
    more.add_argument("--neighbours", nargs="+", type=_code, default=[], metavar="CODE", help=near)
    more.add_argument("--currency", type=_currency, metavar="CODE", help="of charts of money, such as EUR")
    more.add_argument("--licence", type=_text, default="CC BY 4.0", help="of the data (default: CC BY 4.0)")
    more.add_argument("--citation", type=_text, help="“Who made it: what it is”")
    more.add_argument("--name", type=_text, help="of a subject that is in no list of countries")
    more.add_argument("--region", choices=list(REGIONS), metavar="REGION", help=f"of such a one: {', '.join(REGIONS)}")
    return parser


def _text(text: str) -> str:
    """A text that the check allows in tracker.toml and in a cell."""
    if not text:
        raise argparse.ArgumentTypeError("it is blank: write a text")
    if len(text) > LONGEST_CELL:
        raise argparse.ArgumentTypeError(f"{len(text):,} characters; allowed: at most {LONGEST_CELL:,}; shorten it")
    for found, allowed, remedy in unsafe(text):
        raise argparse.ArgumentTypeError(f"{found}; allowed: {allowed}; {remedy}")
    return text


def _matching(sound: Callable[[str], object], allowed: str) -> Callable[[str], str]:
    """How an option reads a text that must be sound."""

    def read_text(text: str) -> str:
        if not sound(_text(text)):
            raise argparse.ArgumentTypeError(f"“{text}”; allowed: {allowed}")
        return text

    return read_text


_code = _matching(ID_PATTERN.fullmatch, "letters, digits, `.`, `_` and `-`, such as XKX")
_currency = _matching(CURRENCY.fullmatch, "an ISO 4217 code such as EUR")


def _day(text: str) -> dt.date:
    day = parse_date(text) if len(text) == 10 else None
    if day is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no day: write YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}")
    return day
