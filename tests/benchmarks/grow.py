"""`python -m tests.benchmarks.grow FOLDER --times 100`: a valid data folder with many times the rows of another one.

Every row of stances, levers, funds, sources and reconciliation is repeated with days, ids, words and sources of its
own, so that nothing is quick because it is the same; actors stay, because there are only so many countries. The same
command makes the same folder.
"""

import argparse
import csv
import datetime as dt
import shutil
import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

Row = dict[str, str]
ROOT = Path(__file__).parent.parent.parent
LETTERS = ["", *"bcdefghijklmnopqrstuvwxyz"]  # what may stand after an id whose day has several rows
FUNDS_APART, LEVERS_APART, STANCES_APART = 5, 3, 11  # days from one repetition to the next


def grow(source: Path, target: Path, times: int) -> Path:
    """Write the grown copy of a valid folder into `target`, which is made anew; gives it back."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    if times > 1:
        tracker = tomllib.loads((source / "tracker.toml").read_text(encoding="utf-8"))
        tables = {name: _read(source / f"{name}.csv") for name in GROWING}
        grown = {name: list(rows) for name, rows in tables.items()}
        names = _Names(row["id"] for rows in tables.values() for row in rows)
        for number in range(1, times):
            _repeat(tables, grown, number, names, tracker)
        for name, rows in grown.items():
            _write(target / f"{name}.csv", rows)
    return target


GROWING = ("stances", "levers", "funds", "reconciliation", "sources")


class _Names:
    """Ids that are made of a stem and, where that is taken, of a letter."""

    def __init__(self, taken: Iterator[str]) -> None:
        self.taken = set(taken)

    def of(self, stem: str) -> str:
        """An id that nothing has yet; "" where all letters are taken."""
        found = next((stem + letter for letter in LETTERS if stem + letter not in self.taken), "")
        self.taken.add(found)
        return found


def _repeat(
    tables: dict[str, list[Row]], grown: dict[str, list[Row]], number: int, names: _Names, tracker: dict[str, dt.date]
) -> None:
    cited: set[str] = set()

    def own(keys: str) -> str:
        parts = keys.split(";") if keys else []
        cited.update(parts)
        return ";".join(f"{part}-r{number}" for part in parts)

    for row in tables["stances"]:
        days = (tracker["data_until"] - tracker["start"]).days + 1
        for extra in count():
            moved = (_day(row["date"]) - tracker["start"]).days + STANCES_APART * number + extra
            date = tracker["start"] + dt.timedelta(days=moved % days)
            if row_id := names.of(f"{row['actor_id']}-{date}"):
                break
        coded = max(row["coded_on"], tracker["data_until"].isoformat())
        changed = {
            "id": row_id,
            "date": date.isoformat(),
            "coded_on": coded,
            "checked_on": max(row["checked_on"], coded),
        }
        grown["stances"].append({**_reworded(row, number), **changed, "source_ids": own(row["source_ids"])})
    for lever in tables["levers"]:
        row = _moved(lever, "from", "until", -LEVERS_APART * number)
        row_id = names.of(f"{row['actor_id']}-{row['lever']}-{row['from']}")
        grown["levers"].append({**_reworded(row, number), "id": row_id, "source_ids": own(row["source_ids"])})
    funds = [_moved(row, "date", "until", -FUNDS_APART * number) for row in tables["funds"]]
    ids = {row["id"]: names.of(f"{row['actor_id']}-{row['status']}-{row['date']}") for row in funds}
    for row in funds:
        inside = {column: ids.get(row[column], "") for column in ("part_of", "supersedes")}
        grown["funds"].append(
            {**_reworded(row, number), "id": ids[row["id"]], **inside, "source_ids": own(row["source_ids"])}
        )
    for row in tables["reconciliation"]:
        kept = ";".join(ids[key] for key in row["fund_ids"].split(";") if key)
        changed = {"id": f"{row['id']}-r{number}", "fund_ids": kept, "source_ids": own(row["source_ids"])}
        grown["reconciliation"].append({**row, **changed})
    for row in tables["sources"]:
        if row["id"] in cited:
            changed = {"id": f"{row['id']}-r{number}", "title": f"{row['title']} ({number})"}
            grown["sources"].append({**row, **changed, "url": f"{row['url']}#r{number}"})


def _reworded(row: Row, number: int) -> Row:
    return {**row, "summary": f"{row['summary']} ({number})"}


def _moved(row: Row, begin: str, end: str, days: int) -> Row:
    """A row with both ends as many days later; a coarse date becomes a day, so that the order of the two stays."""
    return {
        **row,
        **{name: (_day(row[name]) + dt.timedelta(days=days)).isoformat() for name in (begin, end) if row[name]},
    }


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


def _read(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row]) -> None:
    if not rows:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Grow a folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.grow", description="Make a larger data folder.")
    parser.add_argument("target", type=Path, help="the folder to write; what stands there is removed")
    parser.add_argument("--times", type=int, default=10, help="how many times the rows (default: 10)")
    parser.add_argument("--source", type=Path, default=ROOT / "data", help="a valid folder (default: data/)")
    options = parser.parse_args()
    grow(options.source, options.target, options.times)


if __name__ == "__main__":
    main()
