"""Bad input in quantity: folders that are almost a record, and real files that came to harm.

`python -m tests.fuzzing --cases 20000` runs that many and sums up what it found; the tests run a few hundred.
Each case must load, or be refused with problems that name their places; whatever loads must survive the summaries and
the figures.
"""

import argparse
import copy
import csv
import io
import random
import re
import shutil
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tqdm import tqdm

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.model import InvalidData, Record
from components.record.on_day import change_days, stances_on
from components.record.reading import read
from components.record.schema import TABLES, TRACKER_FILE
from components.summaries import changes, levers, moves, stances
from components.summaries.funds import funds_headline
from components.summaries.ledger import ledger
from components.summaries.plans import plan_years
from components.summaries.tables import as_written

ROOT = Path(__file__).parent.parent
SMALL, SHIPPED = ROOT / "tests" / "small", ROOT / "data"
LONGEST_MESSAGE = 3_000
BATCH = 500

Files = Mapping[str, bytes | None]  # by name; None is a folder in the place of the file

TEXTS = [
    "", " ", "NA", "nan", "None", "-", "0", "=1+1", "+1", "@x", "\0", "\x1b[31m", "\u202etxt", "\ufeff", "\u200b",
    "a\nb", "a\rb", '"', '""', ",", ";", ";;", "a;a", " a", "a;", "<script>alert(1)</script>", ":red[x]", "$x$",
    "[x](javascript:alert(1))", "x" * 2_000, "x" * 2_001, "x" * 200_000, "é", "e\u0301", "ß", "İ", "𝟙", "½",
    "\U0010ffff", "../../etc/passwd", "%00", "{0}", "%s", "true", "investment", "javascript:alert(1)", "http://[",
    "https://a.example/\u202e", "https://", ";x" * 30_000, "\u2028", "Betaland",
    "AAA", "SUB", "ZZZ", "AAA-2020-03", "press-1", "press-1;gov-1", "CLUB",
]  # fmt: skip
DATES = [
    "2020", "2020-01", "2020-02-29", "2021-02-29", "0000", "0001", "0001-01-01", "1582-10-10", "1677-09-20", "1677",
    "2262-04-12", "9999", "9999-12-31", "2020-13", "2020-1-1", "2020-01-01T00:00", "20200101", "2020-W01", "-2020",
    "2020-00", "２０２０", "2019-12-31", "2020-12-31", "2021-01-01", "2020-03-01", "2020-06",
]  # fmt: skip
NUMBERS = [
    "0", "00", "0.0", "1", "0.1", "1.", ".5", "1e9", "1e309", "9" * 15, "9" * 16, "9" * 30, "9" * 309, "9" * 2_000,
    "0." + "0" * 400 + "1", "1,000", "-1", "+1", "NaN", "inf", "٣", "1_000", "0x10", "999999999", "1000000000",
]  # fmt: skip
CODES = sorted({code for table in TABLES.values() for column in table.columns for code in column.terms})
TOML_VALUES = [
    '""', '"x"', '"SUB"', '"AAA"', '"ZZZ"', "1", "1.5", "inf", "nan", "true", "[]", '["ALL"]', '["ZZZ"]', "[1]",
    '[["a"]]', "{}", '{a = "b"}', "{a = 1}", "2020-01-01", "2020-12-31", "0001-01-01", "9999-12-31", "2021-02-29",
    "2020-01-01T00:00:00", "07:32:00", '"2020"', '"2020-06-30"', '"9999-12-31"', '"\\u202e"', '"a\\nb"', '"\\u0000"',
    '"javascript:alert(1)"', '"https://a.example"', '"https://a.example/> [x](javascript:alert(1))"', '"<b>x</b>"',
    "9" * 5_000, "[" * 5_000, '["gov-1"]', "-1", "9" * 30, "{a=" * 2_000,
    '"' + "x" * 100_000 + '"', '"""', "", "=", "1e400",
    '"\\ud800"',
]  # fmt: skip
TOML_LINES = [
    "x = 1", "[blocs]", "[stances]", "[blocs.CLUB]", "[[blocs]]", '"" = ""', '"a;b" = "c"', '"<b>" = "c"', "]", "\0",
    '"\\u202e" = "x"', 'region = "x"', 'stance = "x"', '"' + "k" * 3_000 + '" = "x"', "a.b.c = 1", "joint.x = 1",
]  # fmt: skip
PAGE = b"<!doctype html>\n<html><head><title>404</title></head><body><p>Not, found</body></html>\n"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


@dataclass(slots=True)
class Draft:
    """A record while it is being changed: each table as rows of cells, header first, and the lines of the tracker."""

    tables: dict[str, list[list[str]]]
    tracker: list[str]

    def files(self) -> dict[str, bytes | None]:
        """The folder's files."""
        written: dict[str, bytes | None] = {TRACKER_FILE: "\n".join(self.tracker).encode()}
        for name, rows in self.tables.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            written[TABLES[name].file] = text.getvalue().encode()
        return written

    def rename(self) -> None:
        """Give every row the id that its cells ask for, so that it is refused for something else, or not at all."""
        for name, columns in IDS.items():
            rows = self.tables[name]
            if any(column not in rows[0] for column in ["id", *columns, *REFERENCES.get(name, [])]):
                continue
            places = [rows[0].index(column) for column in columns]
            whole = [row for row in rows[1:] if len(row) == len(rows[0])]
            seen: Counter[str] = Counter()
            names: dict[str, str] = {}
            for row in whole:
                stem = "-".join(row[place] for place in places)
                seen[stem] += 1
                new = stem + ("" if seen[stem] == 1 else chr(ord("a") + min(seen[stem] - 1, 25)))
                names.setdefault(row[rows[0].index("id")], new)
                row[rows[0].index("id")] = new
            for column in REFERENCES.get(name, []):
                for row in whole:
                    row[rows[0].index(column)] = names.get(row[rows[0].index(column)], row[rows[0].index(column)])


IDS = {
    "stances": ("actor_id", "date"),
    "levers": ("actor_id", "lever", "from"),
    "funds": ("actor_id", "status", "date"),
}
REFERENCES = {"funds": ["part_of", "supersedes"]}


CURRENCY = 'currency = "EUR"'
PEOPLE = ["", "[population]", "people = 100", "year = 2020", 'source_id = "gov-1"']
QUOTED = ["r", "$900", "800", "1000", "USD", "800", "1000"]
OPTIONAL = {
    "reconciliation": [
        TABLES["reconciliation"].column_names,
        [*QUOTED, "All of it.", "Both.", "BNK-frozen-2020-01-01", "Adding the trust.", "gov-1"],
    ]
}


def read_draft(folder: Path) -> Draft:
    """A folder's record, with what may be left out of it."""
    tables = {
        name: list(csv.reader(io.StringIO((folder / table.file).read_text("utf-8"))))
        for name, table in TABLES.items()
        if (folder / table.file).exists()
    }
    tracker = (folder / TRACKER_FILE).read_text("utf-8").splitlines()
    return Draft(
        {**{name: [list(row) for row in rows] for name, rows in OPTIONAL.items()}, **tables},
        [CURRENCY, *tracker, *PEOPLE],
    )


def read_files(folder: Path) -> dict[str, bytes | None]:
    """A folder's files as they stand."""
    names = [*(table.file for table in TABLES.values()), TRACKER_FILE]
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


SMALL_DRAFT, SMALL_FILES, SHIPPED_FILES = read_draft(SMALL), read_files(SMALL), read_files(SHIPPED)
CELL = st.one_of(
    st.sampled_from(CODES), st.sampled_from(DATES), st.sampled_from(NUMBERS), st.sampled_from(TEXTS),
    st.text(max_size=30), st.dates().map(str), st.integers(0, 10**12).map(str),
    st.floats(0, allow_nan=False).map(str), st.text("AB;-2019", max_size=12),
)  # fmt: skip


@st.composite
def structured(draw: st.DrawFn) -> Files:
    """The small record with a few cells, rows, headers, tables or values of the tracker changed."""
    draft = copy.deepcopy(SMALL_DRAFT)
    for _ in range(draw(st.sampled_from([1, 1, 2, 4]))):
        draw(st.sampled_from(EDITS))(draw, draft)
    if draw(st.integers(0, 9)):
        draft.rename()
    return draft.files()


def _rows_of(draw: st.DrawFn, draft: Draft) -> tuple[str, list[list[str]]]:
    name = draw(st.sampled_from(sorted(draft.tables)))
    return name, draft.tables[name]


def _edit_cell(draw: st.DrawFn, draft: Draft) -> None:
    _, rows = _rows_of(draw, draft)
    row = draw(st.sampled_from(rows))
    if row:
        row[draw(st.integers(0, len(row) - 1))] = draw(CELL)


def _edit_by_kind(draw: st.DrawFn, draft: Draft) -> None:
    """A cell that its column could hold, so that what lies behind the check of single cells is reached."""
    name, rows = _rows_of(draw, draft)
    column = draw(st.sampled_from(TABLES[name].columns))
    if column.name not in rows[0] or len(rows) < 2:
        return
    place = rows[0].index(column.name)
    held = sorted({row[place] for row in rows[1:] if place < len(row)})
    if column.kind == "date":
        cells = st.one_of(st.sampled_from(DATES), st.dates().map(str), st.dates().map(lambda day: str(day)[:7]))
    elif column.kind == "number":
        cells = st.one_of(st.sampled_from(NUMBERS), st.integers(0, 10**15).map(str))
    elif column.terms:
        cells = st.sampled_from([*column.terms, ""])
    elif column.refers_to:
        table = draft.tables.get(column.refers_to, [[]])
        cells = st.sampled_from([*(row[0] for row in table[1:] if row), ""])
    else:
        cells = st.one_of(st.sampled_from([*held, ""]), st.sampled_from(TEXTS), st.text(max_size=20))
    row = draw(st.sampled_from(rows[1:]))
    if place < len(row):
        row[place] = draw(cells)


def _edit_row(draw: st.DrawFn, draft: Draft) -> None:
    _, rows = _rows_of(draw, draft)
    at = draw(st.integers(0, len(rows) - 1))
    match draw(st.sampled_from(["twice", "away", "shorter", "longer", "blank", "moved", "all away"])):
        case "twice":
            rows.insert(at, list(rows[at]))
        case "away" if at:
            del rows[at]
        case "shorter":
            rows[at] = rows[at][:-1]
        case "longer":
            rows[at] = [*rows[at], draw(CELL)]
        case "blank":
            rows.insert(at, [])
        case "moved" if at:
            rows.append(rows.pop(at))
        case "all away":
            del rows[1:]
    if not rows:
        rows.append([])


def _edit_header(draw: st.DrawFn, draft: Draft) -> None:
    _, rows = _rows_of(draw, draft)
    if rows[0]:
        known = st.sampled_from([column for table in TABLES.values() for column in table.column_names])
        rows[0][draw(st.integers(0, len(rows[0]) - 1))] = draw(st.one_of(known, CELL))


def _write_table(draw: st.DrawFn, draft: Draft) -> None:
    name, rows = _rows_of(draw, draft)
    width = len(rows[0])
    row = st.lists(CELL, min_size=max(0, width - 1), max_size=width + 1)
    draft.tables[name] = [rows[0], *draw(st.lists(row, max_size=4))]


def _edit_tracker(draw: st.DrawFn, draft: Draft) -> None:
    at = draw(st.integers(0, len(draft.tracker) - 1))
    value = draw(st.one_of(st.sampled_from(TOML_VALUES), st.text(max_size=20), st.dates().map(str)))
    match draw(st.sampled_from(["value", "value", "value", "away", "twice", "line"])):
        case "value":
            draft.tracker[at] = f"{draft.tracker[at].split(' = ')[0]} = {value}"
        case "away" if len(draft.tracker) > 1:
            del draft.tracker[at]
        case "twice":
            draft.tracker.insert(at, draft.tracker[at])
        case _:
            draft.tracker.insert(at, draw(st.one_of(st.sampled_from(TOML_LINES), st.text(max_size=20))))


EDITS = [
    *([_edit_by_kind] * 16), *([_edit_cell] * 5), *([_edit_row] * 4), *([_edit_tracker] * 5), _edit_header, _write_table
]  # fmt: skip


def _flip(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice([1, 1, 2, 8])):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _lines(change: Callable[[list[bytes], int, random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def changed(content: bytes, dice: random.Random) -> bytes:
        lines = content.splitlines(keepends=True)
        if lines:
            change(lines, dice.randrange(len(lines)), dice)
        return b"".join(lines)

    return changed


def _insert(*parts: bytes) -> Callable[[bytes, random.Random], bytes]:
    def changed(content: bytes, dice: random.Random) -> bytes:
        at = dice.randrange(len(content) + 1)
        return content[:at] + dice.choice(parts) + content[at:]

    return changed


def _encoded(content: bytes, dice: random.Random) -> bytes:
    name = dice.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8-sig", "utf-7"])
    return (content.decode("utf-8", "replace") + "é").encode(name, "replace")


def _cut(content: bytes, dice: random.Random) -> bytes:
    begin, end = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:begin] + content[end:]


def _other_digits(content: bytes, dice: random.Random) -> bytes:
    return re.sub(rb"\d+", lambda _: dice.choice(NUMBERS + DATES).encode(), content, count=dice.choice([1, 3, 0]))


HARMS: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "bits flipped": _flip,
    "truncated": lambda content, dice: content[: dice.randrange(len(content) + 1)],
    "a piece cut out": _cut,
    "another encoding": _encoded,
    "a line twice": _lines(lambda lines, at, _: lines.insert(at, lines[at])),
    "a line away": _lines(lambda lines, at, _: lines.__delitem__(at)),
    "lines shuffled": _lines(lambda lines, _, dice: dice.shuffle(lines)),
    "a line joined": _lines(lambda lines, at, _: lines.__setitem__(at, lines[at].rstrip(b"\r\n"))),
    "a page of HTML": lambda _content, _dice: PAGE,
    "a pointer": lambda _content, _dice: POINTER,
    "JSON": lambda _content, _dice: b'{"error": "not found", "code": 404}',
    "nothing": lambda _content, dice: dice.choice([b"", b"\n", b"\xef\xbb\xbf", b" ", b",,,\n", b"\0" * 4096]),
    "NUL": _insert(b"\0", b"\0\0\0\0"),
    "a huge cell": _insert(b"x" * 2_001, b"x" * 140_000, b'"' + b"y," * 90_000 + b'"'),
    "a mark of byte order": _insert("\ufeff".encode()),
    "CR": lambda content, dice: content.replace(b"\n", dice.choice([b"\r", b"\r\n", b"\n\r", b"\r\r\n"])),
    "quotes": _insert(b'"', b'""', b'"""', b"'", b'",', b',"', b'"\n', b"\\"),
    "signs": _insert(b",", b";", b"\t", b"\n", b"\n\n", b"=", b"\x1b[31m", "\u202e\u200b\u2028\x85".encode()),
    "semicolons": lambda content, dice: content.replace(b",", dice.choice([b";", b"\t", b"|", b", "])),
    "a conflict": _insert(b"\n<<<<<<< HEAD\n", b"\n=======\n", b"\n>>>>>>> other\n"),
    "bytes": lambda content, dice: _insert(dice.randbytes(dice.choice([1, 4, 64])))(content, dice),
    "digits": _other_digits,
}


def harmed(number: int, *, shipped: bool = False) -> Files:
    """Real files with one to three harms done to them, the same for the same number."""
    dice = random.Random(number)  # noqa: S311 - to be repeated, not to be secret
    files = dict(SHIPPED_FILES if shipped else SMALL_FILES)
    for _ in range(dice.choice([1, 1, 2, 3])):
        name = dice.choice(sorted(files))
        match dice.randrange(40):
            case 0:
                del files[name]
            case 1:
                files[name] = None
            case 2:
                files[name] = files[dice.choice(sorted(files))]
            case _:
                files[name] = HARMS[dice.choice(sorted(HARMS))](files[name] or b"", dice)
        if not files:
            break
    return files


def write(files: Files, folder: Path) -> None:
    """Put the files, and nothing else, into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


def check(files: Files, folder: Path, *, draw: bool = False) -> str:
    """Load the files, and draw every figure of them: “loaded” or “refused”. Raises where neither is done well."""
    write(files, folder)
    try:
        record = read(folder)
    except InvalidData as invalid:
        check_problems(invalid, files)
        return "refused"
    survive(record)
    if draw:
        survive_drawing(record)
    return "loaded"


def check_problems(invalid: InvalidData, files: Files) -> None:
    """Every problem names a file of the folder's form, a line that it could have, and says on one line what to do."""
    assert invalid.problems, "refused without a problem"
    known = {*(table.file for table in TABLES.values()), TRACKER_FILE}
    for problem in invalid.problems:
        lines = len(re.split(rb"\r\n|\r|\n", files.get(problem.file) or b""))
        assert problem.file in known, problem
        assert 1 <= problem.line <= lines + 1, problem
        assert all((problem.column, problem.found, problem.allowed, problem.remedy)), problem
        message = str(problem)
        hidden = [sign for sign in message if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
        assert not hidden, (hidden, message[:200])
        assert len(message) <= LONGEST_MESSAGE, (len(message), message[:200])


def slips(record: Record, texts: list[str]) -> list[str]:
    """The texts with a word that only code could have put there: none where the record itself has such a word."""
    slip = re.compile(r"\b(nan|inf|NaT|None(?! of \d))\b")
    cells = [str(cell) for table in record.tables for cell in as_written(record, table).to_numpy().ravel()]
    tracker = record.tracker
    stated = [tracker.title, tracker.object, tracker.licence, tracker.repository]
    return [] if any(map(slip.search, [*cells, *stated])) else [text for text in texts if slip.search(text)]


def survive(record: Record) -> None:
    """What every page does with a record, on its first, a middle and its last day."""
    first, last = record.tracker.start, record.tracker.data_until
    sentences = [
        levers.matrix_headline(record, last),
        moves.headline(record, first, last),
        moves.others(record, first, last),
    ]
    for day in sorted({first, first + (last - first) / 2, last}):
        stances_on(record, day)
        sentences += [stances.headline(record, day), funds_headline(record, day), *plan_years(record, day)["words"]]
        sentences += ledger(record, day).headings.values()
        levers.matrix(record, day, levers.BY_STANCE if day == last else levers.BY_REGION, everyone=True, sort="moved")
        changes.changes_between(record, first, day)
    change_days(record)
    assert not slips(record, sentences), sentences


def survive_drawing(record: Record) -> None:
    """Every figure of the last day, with all actors where it needs some: its words, its table and its drawing."""
    everybody = tuple(actor_id for actor_id in record.actors.index if actor_id != record.tracker.subject)
    for name in FIGURES:
        picture = picture_of(record, name, record.tracker.data_until, Options(actor_ids=everybody))
        picture.figure.table()
        drawn = picture.figure.draw(Look(height=400)).to_json()
        words = [picture.title, picture.alt, *picture.notes]
        assert not slips(record, words), words
        assert "Infinity" not in drawn, name


def quiet(cases: int) -> settings:
    """Settings of hypothesis under which the same cases come in every run, and nothing is kept on disk."""
    return settings(
        max_examples=cases, derandomize=False, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def run(cases: int, first: int, tell: Callable[[str, Files], None]) -> None:
    """Hand so many cases to `tell` with their kind: half structured, half harmed, of those a few the shipped."""
    for batch in range(0, cases, BATCH):
        size = min(BATCH, cases - batch)
        for number in range(first + batch, first + batch + size // 2):
            shipped = number % 50 == 0
            tell("harmed shipped" if shipped else "harmed small", harmed(number, shipped=shipped))

        @seed(first + batch)
        @quiet(size - size // 2)
        @given(structured())
        def each(files: Files) -> None:
            tell("structured", files)

        each()


def main(arguments: list[str] | None = None) -> int:
    """Run the cases with a progress line; keep each kind of failure once; exit code 1 where there is any."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description="Fuzz the loader.")
    parser.add_argument("--cases", type=int, default=20_000, help="how many (default: 20,000)")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; another gives other cases")
    parser.add_argument("--keep", type=Path, help="a folder for the first case of each kind of failure")
    options = parser.parse_args(arguments)
    outcomes: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place, tqdm(total=options.cases, mininterval=5) as progress:

        def tell(kind: str, files: Files) -> None:
            try:
                outcome = check(files, Path(place) / "record", draw=True)
            except Exception as error:  # any other exception is what is looked for
                outcome = "FAILED"
                what = _signature(error)
                failures[what] += 1
                if options.keep and failures[what] == 1:
                    write(files, options.keep / f"{len(failures)}")
                    (options.keep / f"{len(failures)}.txt").write_text(traceback.format_exc(), "utf-8")
            outcomes[f"{kind}: {outcome}"] += 1
            progress.update()

        run(options.cases, options.seed, tell)
    sys.stdout.write(f"{sum(outcomes.values()):,} cases\n")
    sys.stdout.writelines(f"  {count:>7,}  {outcome}\n" for outcome, count in sorted(outcomes.items()))
    sys.stdout.writelines(f"FAILED {count:,} times: {what}\n" for what, count in failures.most_common())
    return 1 if failures else 0


def _signature(error: Exception) -> str:
    """The kind of an exception and the lines of this repository that it passed through."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if str(ROOT) in step.filename]
    steps = [step for step in steps if ".venv" not in step.filename][-3:]
    places = " > ".join(f"{Path(step.filename).stem}:{step.lineno}" for step in steps)
    return f"{type(error).__name__} at {places}"


if __name__ == "__main__":
    sys.exit(main())
