"""Valid data folders that are strange: of one day or one actor, without levers or money, in scripts of any direction.

`STRANGE` names them; each of its builders writes one. All that they say is made up.
"""

import csv
import datetime as dt
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from components.record.schema import TABLES
from tests.conftest import SMALL
from tests.random_records import Row, lever_row, stance_row

Builder = Callable[[Path], Path]

SUBJECT, BODY = "AFG", "BNK"
NAMES = {"ALB": "Alphaland", "BEN": "Betaland", "GMB": "Gammaland", "CHE": "Deltaland", "PER": "Epsilonland"}
REGIONS = ("Europe", "Africa", "Africa", "Europe", "Latin America and Caribbean")
RECOGNISED, ARGUED = ("recognition", "supportive", "recognition"), ("statement", "supportive", "presence")
MET, REFUSED = ("talks", "engaging", "contact"), ("statement", "opposed", "none")
SIGNED, FOUND_NONE = ("joint_statement", "opposed", "none"), ("review", "none", "none")
LONG_WORD = "Bundesrepublikstaatenbundeslandverwaltungsgemeinschaftsrepublik"
LONG_NAME = "Most Serene United Federal Republic of the Upper and Lower Epsilon Islands and Sea"
SCRIPTS = {
    "ALB": ("中华人民共和国", "中国;支那"),
    "BEN": ("المملكة الجديدة (الجنوبية)", "الجديدة;New Kingdom"),
    "GMB": ("Ελληνική Δημοκρατία", "Ελλάς"),
    "CHE": (LONG_WORD, "हिन्दीभूमि"),
    "PER": (LONG_NAME, ""),
}


def write(
    folder: Path, tables: Mapping[str, Iterable[Row]], actors: Iterable[Row] | None = None, **tracker: object
) -> Path:
    """Write a folder of these rows and the usual actors; its tracker is the small one, with what is given in place."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {"levers": (), "funds": (), "sources": _sources(), "actors": actors or countries(NAMES), **tables}
    for name, own in rows.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, TABLES[name].column_names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(own)
    small = tomllib.loads((SMALL / "tracker.toml").read_text("utf-8"))
    stated = {**small, "subject": SUBJECT, "joint": [], **tracker}
    order = sorted(stated, key=lambda key: isinstance(stated[key], dict))
    (folder / "tracker.toml").write_text("\n".join(_toml(key, stated[key]) for key in order), "utf-8")
    return folder


def countries(names: Mapping[str, str], aliases: Mapping[str, str] | None = None, bloc: str = "CLUB") -> list[Row]:
    """The subject, countries of these names, and a body."""
    of_place = dict(zip(NAMES, REGIONS, strict=True))
    called = {SUBJECT: "Subland", **names}
    rows = [
        {
            "actor_id": actor_id, "name": name, "kind": "country", "region": of_place.get(actor_id, "South Asia"),
            "blocs": bloc, "aliases": (aliases or {}).get(actor_id, ""),
        }
        for actor_id, name in called.items()
    ]  # fmt: skip
    return [*rows, _body(BODY, "The Bank")]


def usual_stances(actor_ids: Sequence[str] = tuple(NAMES)) -> list[Row]:
    """A row of each kind, one for each of these actors, and a move of the first to recognition."""
    outcomes = (MET, ARGUED, REFUSED, SIGNED, FOUND_NONE)
    dates = ("2020-01-05", "2020-02", "2020-03-09", "2020-05-01", "2020-06-30")
    rows = [stance_row(*row) for row in zip(actor_ids, dates, outcomes, strict=False)]
    return [*rows, stance_row(actor_ids[0], "2020-09-01", RECOGNISED)]


def usual_levers() -> list[Row]:
    """A lever that presses, one that pulls, and one that has ended."""
    return [
        lever_row("ALB", "aid", "incentive", "2020-01-05"),
        lever_row("GMB", "sanctions", "pressure", "2020-03"),
        lever_row("GMB", "aid", "pressure", "2020-03", "2020-06-01"),
    ]


def usual_funds() -> list[Row]:
    """A pool held back, a pledge and what was paid of it."""
    return [
        _sum(BODY, "frozen", "2020-01-01", 900, terms="State: blocked; release: the court; condition: peace"),
        _sum("ALB", "pledged", "2020-07-01", 300),
        _sum("ALB", "disbursed", "2020-09-01", 120, part_of="ALB-pledged-2020-07-01"),
    ]


def _usual() -> dict[str, list[Row]]:
    return {"stances": usual_stances(), "levers": usual_levers(), "funds": usual_funds()}


def _without(*tables: str) -> Builder:
    """The usual rows without those of some tables; nobody cites sources any more where all are left out."""
    return lambda folder: write(folder, {**_usual(), **{name: [] for name in tables}})


def _first_year(year: int) -> Builder:
    """A record that begins in that year, with rows in several of its decades."""

    def build(folder: Path) -> Path:
        dates = (f"{year}", f"{year + 1}-05", f"{year + 22}-10-25", f"{year + 43}", "2019-06-01")
        outcomes = (RECOGNISED, RECOGNISED, ("withdrawal", "engaging", "contact"), REFUSED, MET)
        ids = ("ALB", "BEN", "ALB", "GMB", "CHE")
        rows = [stance_row(*row) for row in zip(ids, dates, outcomes, strict=True)]
        levers = [lever_row("ALB", "aid", "incentive", f"{year}"), lever_row("GMB", "sanctions", "pressure", "1990")]
        return write(folder, {"stances": rows, "levers": levers}, start=dt.date(year, 1, 1))

    return build


def _of(*names: str) -> Builder:
    """A record of these countries alone."""

    def build(folder: Path) -> Path:
        ids = list(NAMES)[: len(names)]
        actors = [row for row in countries(dict(zip(ids, names, strict=True))) if row["kind"] == "country"]
        return write(folder, {"stances": usual_stances(ids)}, actors)

    return build


def _scripts(folder: Path) -> Path:
    names = {actor_id: name for actor_id, (name, _) in SCRIPTS.items()}
    aliases = {actor_id: others for actor_id, (_, others) in SCRIPTS.items()}
    return write(
        folder, _usual(), countries(names, aliases, bloc="الجامعة"), title="متتبع الاعتراف 承认",
        object="المجلس (الثاني)", question="من يعترف بالمجلس؟", blocs={"الجامعة": "Ένωση"},
    )  # fmt: skip


def _bodies_only(folder: Path) -> Path:
    actors = [_body(SUBJECT, "Subland"), *(_body(actor_id, name) for actor_id, name in NAMES.items()), _body(BODY, "B")]
    return write(folder, _usual(), actors, blocs={})


def _without_shapes(folder: Path) -> Path:
    ids = dict(zip(NAMES, ("XAA", "XBB", "XCC", "XDD", "XEE"), strict=True))
    actors = [row | {"actor_id": ids.get(row["actor_id"], row["actor_id"])} for row in countries(NAMES)]
    return write(folder, {"stances": usual_stances(list(ids.values()))}, actors)


def _all_recognise_at_once(folder: Path) -> Path:
    """Fifty-four acts of recognition on the first day, each the first row of its country."""
    ids = [f"{first}{second}{third}" for first in "QX" for second in "ABC" for third in "ABCDEFGHI"]
    names = {actor_id: f"Land {actor_id}" for actor_id in ids}
    rows = [stance_row(actor_id, "2020-01-01", RECOGNISED) for actor_id in ids]
    return write(folder, {"stances": rows}, countries(names))


def _of_one_day(folder: Path) -> Path:
    outcomes = (RECOGNISED, ARGUED, REFUSED, MET, FOUND_NONE)
    rows = [stance_row(actor_id, "2020-12-31", outcome) for actor_id, outcome in zip(NAMES, outcomes, strict=True)]
    levers = [lever_row("ALB", "aid", "incentive", "2020-12-31")]
    return write(folder, {"stances": rows, "levers": levers}, start=dt.date(2020, 12, 31))


def _all(outcome: tuple[str, str, str], date: str = "2020-04-01") -> Builder:
    """Every country has one row, of the same outcome."""
    return lambda folder: write(folder, {"stances": [stance_row(actor_id, date, outcome) for actor_id in NAMES]})


def _body(actor_id: str, name: str) -> Row:
    return {"actor_id": actor_id, "name": name, "kind": "body", "region": "International"}


def _sum(actor_id: str, status: str, date: str, amount: int, **cells: str) -> Row:
    return {
        "id": f"{actor_id}-{status}-{date}", "actor_id": actor_id, "status": status,
        "owner": SUBJECT if status == "frozen" else actor_id,
        "amount": str(amount * 10**6), "currency": "USD", "amount_usd": str(amount * 10**6), "date": date,
        "covers": "country", "summary": "A sum.", "source_ids": "press-1", "confidence": "medium", **cells,
    }  # fmt: skip


def _sources() -> list[Row]:
    return [
        {
            "id": "press-1", "title": "A report", "publisher": "The Paper", "date": "2020-01-11",
            "url": "https://paper.example/1", "kind": "press", "language": "en",
        }
    ]  # fmt: skip


def _toml(key: str, value: object) -> str:
    """A key of the tracker with its value, or a table of texts; texts are written alike in TOML and JSON."""
    if isinstance(value, dict):
        rows = [
            f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(text, ensure_ascii=False)}"
            for name, text in value.items()
        ]
        return "\n".join([f"\n[{key}]", *rows])
    return f"{key} = {value.isoformat() if isinstance(value, dt.date) else json.dumps(value, ensure_ascii=False)}"


STRANGE: Mapping[str, Builder] = {
    "usual": _without(),
    "no levers": _without("levers"),
    "no money": _without("funds"),
    "no stances": _without("stances"),
    "nothing": _without("stances", "levers", "funds", "sources"),
    "stances alone": _without("levers", "funds"),
    "one actor": _of("Alphaland"),
    "three actors": _of("Alphaland", "Betaland", "Gammaland"),
    "1949": _first_year(1949),
    "scripts": _scripts,
    "bodies only": _bodies_only,
    "no shapes": _without_shapes,
    "none found": _all(FOUND_NONE),
    "recognised at once": _all_recognise_at_once,
    "one day": _of_one_day,
    "joint texts": _all(SIGNED),
    "coarse dates": _all(MET, "2020"),
}
