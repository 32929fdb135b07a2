"""The codebook's tables, made from the schema: `python -m components.record.codebook` writes them to data/README.md."""

import sys
import tomllib
from pathlib import Path

from components.record import vocabulary as words
from components.record.model import Record
from components.record.reading import README_FILE
from components.record.schema import (
    TABLES,
    TRACKER_FILE,
    TRACKER_LISTS,
    TRACKER_OPTIONAL,
    TRACKER_TABLES,
    TRACKER_TEXTS,
    Column,
    Table,
)

TARGET = Path(__file__).parents[2] / "data" / "README.md"
BEGIN, END = "<!-- codebook: begin -->", "<!-- codebook: end -->"

LISTS = {
    "stance": words.STANCES,
    "recognition_level": words.LEVELS,
    "envoy_received, envoy_sent": words.ENVOYS,
    "act": words.ACTS,
    "condition": words.CONDITIONS,
    "confidence": words.CONFIDENCES,
    "change": words.CHANGES,
    "lever": words.LEVERS,
    "direction": words.DIRECTIONS,
    "status": words.STATUSES,
    "covers": words.COVERS,
    "kind (sources)": words.SOURCE_KINDS,
    "kind (actors)": words.ACTOR_KINDS,
    "region": words.REGIONS,
}


def codebook() -> str:
    """How a stance is chosen, and every table, column and closed list, in Markdown."""
    parts = [
        _tree(),
        *(_table(table) for table in TABLES.values()),
        _tracker(),
        *(_list(*entry) for entry in LISTS.items()),
    ]
    return "\n\n".join(parts)


def own_codebook(record: Record) -> str:
    """The codebook in the record's folder; "" where there is none, or where it is that of the record it began as.

    Whoever copies the shipped folder for another subject has its codebook too, until they write their own.
    """
    text = record.texts.get(README_FILE, "")
    try:
        copied = text == TARGET.read_text(encoding="utf-8")
        title = tomllib.loads((TARGET.parent / TRACKER_FILE).read_text(encoding="utf-8"))["title"]
    except (OSError, ValueError, KeyError):  # there is none that it could be a copy of
        return text
    return "" if copied and record.tracker.title != title else text


def with_codebook(text: str) -> str:
    """A README's text with what stands between the two marks replaced by the codebook."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{codebook()}\n\n{END}{tail}"


def _tree() -> str:
    """The steps by which a stance is chosen, then the ladder of levels."""
    steps = [
        f"{place}. **{words.STANCES[code].label}** (`{code}`). {rule}"
        for place, (code, rule) in enumerate(words.STANCE_TREE.items(), 1)
    ]
    ladder = ", ".join(f"`{code}`" for code in words.LEVELS)
    level = f"The level is the highest of these rungs that holds, whatever the stance: {ladder}."
    return "\n".join(["### Which stance: the first that applies", "", *steps, "", level])


def _table(table: Table) -> str:
    rows = [f"| `{column.name}` | {_form(column)} | {column.meaning} |" for column in table.columns]
    return "\n".join(
        [
            f"### {table.file}",
            "",
            f"One row is {table.row_is}.",
            "",
            "| column | form | meaning |",
            "|---|---|---|",
            *rows,
        ]
    )


def _form(column: Column) -> str:
    forms = {
        "number": "whole number",
        "decimal": "number",
        "references": "ids",
        "reference": f"id of {column.refers_to}.csv",
        "url": "web address",
    }
    form = forms.get(column.kind, column.kind)
    return form if column.required else f"{form}, may be blank"


def _tracker() -> str:
    keys = {**TRACKER_TEXTS, **TRACKER_LISTS, **TRACKER_OPTIONAL, **TRACKER_TABLES}
    rows = [f"| `{key}` | {meaning} |" for key, meaning in keys.items()]
    return "\n".join(["### tracker.toml", "", "| key | meaning |", "|---|---|", *rows])


def _list(name: str, terms: words.Terms) -> str:
    rows = [
        f"| `{term.code}` | {term.label} | {f'{term.group}: ' if term.group else ''}{term.definition} |"
        for term in terms.values()
    ]
    return "\n".join([f"### Closed list: {name}", "", "| code | label | definition |", "|---|---|---|", *rows])


def main() -> int:
    """Write the codebook into data/README.md."""
    TARGET.write_text(with_codebook(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
