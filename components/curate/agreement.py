"""The command `python -m components.curate agreement [FOLDER]`: how far two coders agree, as Markdown for the codebook.

Does not belong here: how it is worked out (summaries.agreement). Exit codes: 0 written, 1 the folder has problems or no
second coding, 2 a wrong option.
"""

from collections.abc import Iterable, Sequence

from components.curate.printed import print_report
from components.record.model import Record
from components.record.reading import SECOND_CODING_FILE
from components.record.schema import STANCES
from components.summaries.agreement import Agreement, Alike, agreements, second_codings


def main(arguments: list[str] | None = None) -> int:
    """Print the tables and return the exit code."""
    words = "Write how far two coders agree as Markdown."
    missing = f"/{SECOND_CODING_FILE} has no row that was coded twice"
    return print_report("agreement", words, report, arguments, missing)


def report(record: Record) -> list[str]:
    """Each table as Markdown: by column, class and stratum, who had what, and the rows in which not all is the same."""
    found = agreements(record)
    if not found:
        return []
    whole = [[f"`{one.column}`", *_alike(one.all, "ordinal" if one.is_ladder else "nominal")] for one in found]
    tables = [_table(["", "agreement", "Krippendorff's alpha", "95% interval"], whole)]
    tables += [_classes(one) for one in found]
    tables += [_strata(one) for one in found if one.strata]
    tables += [_who_had_what(one) for one in found]
    return [*tables, *_differing(record, found)]


def _alike(one: Alike, measure: str) -> list[str]:
    told = f"{one.alike} of {one.rows} ({one.alike / one.rows:.1%})"
    if one.alpha is None:
        return [told, "all rows have one code", ""]
    interval = "{:.3f} to {:.3f}".format(*one.interval) if one.interval else "all alike"
    return [told, f"{one.alpha:.3f}{f' ({measure})' if measure else ''}", interval]


def _classes(found: Agreement) -> str:
    rows = [[f"`{code}`", f"{alike} of {rows}"] for code, (alike, rows) in found.classes.items()]
    return _table([f"{found.column} of the first coder", "coded so again"], rows)


def _strata(found: Agreement) -> str:
    rows = [[name, *_alike(one, "")] for name, one in found.strata.items()]
    return _table([f"stratum: {found.column}", "agreement", "Krippendorff's alpha", "95% interval"], rows)


def _who_had_what(found: Agreement) -> str:
    rows = [[f"`{code}`", *map(str, counts)] for code, counts in zip(found.codes, found.met, strict=True)]
    return _table([found.column, *found.codes], rows)


def _differing(record: Record, found: Iterable[Agreement]) -> list[str]:
    """The rows that the two coded otherwise, or that were settled otherwise, and why."""
    columns = [one.column for one in found]
    rows = []
    for row in second_codings(record):
        settled = [row.get(f"settled_{name}", row[name]) for name in columns]
        others = [[row[f"{which}{name}"] for name in columns] for which in ("", "second_")]
        if any(coded != settled for coded in others):
            told = (", ".join(codes) for codes in (*others, settled))
            rows.append([f"`{row[STANCES.key]}`", *told, row.get("reason", "")])
    return [_table(["row", "first", "second", "settled as", "why"], rows)] if rows else []


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in (header, *rows)]
    return "\n".join([lines[0].replace("|  |", "| |"), f"|{'---|' * len(header)}", *lines[1:]])
