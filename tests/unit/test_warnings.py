"""What the check tells without refusing a folder: each breaks one thing in a record without warnings."""

import re
from pathlib import Path

import pytest

from components.record.currency import counted_in
from components.record.reading import read
from components.summaries.currency import currency_of
from tests.conftest import ROOT
from tests.folders import edit, rewrite


@pytest.mark.parametrize(
    ("code", "name", "remedy"),
    [
        ("ROM", "Romania", "write ROU, if that is it"),
        ("RKS", "Kosovo", "write XKX, if that is it"),
        ("RUM", "Rumania", "write ROU, if that is it"),
        ("TRQ", "Türkiye", "write TUR, if that is it"),
        ("SML", "Somaliland", "mend it, or leave it where there is none"),
        ("YUG", "Yugoslavia", "mend it, or leave it where there is none"),
    ],
)
def test_a_country_without_a_shape_is_a_warning(drawn: Path, code: str, name: str, remedy: str) -> None:
    edit(drawn / "actors.csv", "GMB,Gambia", f"{code},{name}")
    (warning,) = read(drawn).warnings
    assert (warning.file, warning.line, warning.column) == ("actors.csv", 5, "actor_id")
    assert warning.found == f"“{code}” has no shape, so “{name}” is counted but drawn on no map"
    assert warning.remedy == remedy


def test_a_code_that_another_actor_has_is_not_advised(drawn: Path) -> None:
    edit(drawn / "actors.csv", "GMB,Gambia", "ROM,Romania")
    with (drawn / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("ROU,Dacia,country,Europe,,\n")
    (warning,) = read(drawn).warnings
    assert warning.remedy == "mend it, or leave it where there is none"


def test_a_body_needs_no_shape(drawn: Path) -> None:
    edit(drawn / "actors.csv", "GMB,Gambia,country,Africa", "GMX,Gambia,body,International")
    assert read(drawn).warnings == ()


def test_a_source_that_no_row_uses_yet_is_a_warning(drawn: Path) -> None:
    with (drawn / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("press-9,A page,The Paper,,https://paper.example/9,,press,en\n")
    assert [str(warning) for warning in read(drawn).warnings] == [
        "sources.csv:5:id: “press-9” is used by no row; allowed: sources in use; cite it, or leave it for later"
    ]
    edit(drawn / "tracker.toml", "joint", 'population = {people = 1, year = 2020, source_id = "press-9"}\njoint')
    assert read(drawn).warnings == ()


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("tracker.toml", "[blocs]", '[blocs]\nGANG = "Nobody"', "tracker.toml:1:blocs: no actor bears “GANG”; allowed"),
        ("tracker.toml", '["ALL"]', '["ALL", "GMB"]', "tracker.toml:1:joint: no sum of funds.csv is that of “GMB”"),
        ("tracker.toml", 'neighbours = "CLUB"\n', "", "tracker.toml:1:neighbours: no bloc says who shares a border"),
        (
            "tracker.toml",
            "joint",
            'still_open = ["What?", " "]\njoint',
            "tracker.toml:1:still_open: a sentence is blank",
        ),
        (
            "tracker.toml",
            "joint",
            'still_open = ["Whether `ALB-2020-06-02` holds."]\njoint',
            "tracker.toml:12:-: “ALB-2020-06-02” looks like an id and is in no table",
        ),
        (
            "funds.csv",
            "suspended,50,EUR,56,",
            "suspended,50,EUR,,",
            "funds.csv:5:currency: “EUR” has no rate to USD in 2020, so this sum stands apart and in no bar or total; "
            ".*; add EUR-2020 to rates.csv with the source",
        ),
        (
            "funds.csv",
            "2020-01-15,,,,region",
            "2020-01-15,,,,country",
            "funds.csv:12:year: a plan without a year is in no chart",
        ),
        (
            "tracker.toml",
            "data_until = 2020-12-31",
            "data_until = 2020-07-31",
            "funds.csv:11:date: “2020-08” is after `data_until`, so this sum is shown on no day; "
            "allowed: 2020-07-31 or earlier",
        ),
        (
            "stances.csv",
            "ALB-2020-06-01b,ALB,2020-06-01,statement",
            "ALB-2020-06-01b,ALB,2020-06-01,recognition",
            "stances.csv:5:act: recognises again, as “ALB-2020-06-01” does already",
        ),
        (
            "stances.csv",
            "ALB-2020-06-01b,ALB,2020-06-01,statement,supportive,recognition",
            "ALB-2020-06-01b,ALB,2020-06-01,statement,supportive,ambassador",
            "stances.csv:5:recognition_level: “ambassador” without a withdrawal, after recognition in “ALB-",
        ),
        (
            "stances.csv",
            "BEN-2020-02-01,BEN,2020-02-01,review",
            "BEN-2020-02-01,BEN,2020-02-01,withdrawal",
            "stances.csv:6:act: a withdrawal where no row before it recognises; .*; add that row",
        ),
    ],
)
def test_what_may_be_meant_so_is_a_warning(drawn: Path, file: str, before: str, after: str, told: str) -> None:
    assert read(drawn).warnings == ()
    edit(drawn / file, before, after)
    assert any(re.match(told, str(warning)) for warning in read(drawn).warnings)


def test_a_recognition_that_is_withdrawn_or_corrected_is_no_warning(drawn: Path) -> None:
    before = "ALB-2020-06-01b,ALB,2020-06-01,statement,supportive,recognition"
    edit(drawn / "stances.csv", before, "ALB-2020-06-01b,ALB,2020-06-01,withdrawal,supportive,ambassador")
    assert read(drawn).warnings == ()
    text = (
        (drawn / "stances.csv")
        .read_text("utf-8")
        .replace("withdrawal,supportive,ambassador", "review,engaging,contact")
    )
    lines = [re.sub("world$", "correction", line) if "-01b," in line else line for line in text.splitlines()]
    (drawn / "stances.csv").write_text("\n".join(lines), "utf-8")
    assert read(drawn).warnings == ()


def test_a_body_that_recognises_is_a_warning(drawn: Path) -> None:
    edit(drawn / "actors.csv", "ALB,Alphaland,country,Europe", "ALB,Alphaland,body,International")
    (warning,) = read(drawn).warnings
    assert str(warning).startswith("stances.csv:4:actor_id: “ALB” is a body, and only countries are counted")


def with_row(folder: Path, **cells: str) -> None:
    """A row of funds.csv more, of what the first one has and these cells."""

    def added(rows: list[list[str]]) -> None:
        row = {**dict.fromkeys(rows[0], ""), "owner": "AFG", "actor_id": "BNK", "amount": "5", "currency": "USD"}
        row |= {
            "amount_usd": "5",
            "covers": "country",
            "summary": "A sum.",
            "source_ids": "gov-1",
            "confidence": "high",
        }
        rows.append([{**row, **cells}[name] for name in rows[0]])

    rewrite(folder, "funds", added)


def test_stocks_that_no_day_shows_are_named(drawn: Path) -> None:
    with_row(drawn, id="BNK-frozen-2019-01-01", status="frozen", date="2019-01-01", until="2020-01-01")
    inside = {"status": "in_trust", "date": "2020-06-01", "part_of": "BNK-in_trust-2020-05-01"}
    with_row(drawn, id="BNK-in_trust-2020-06-01", **inside)
    assert [str(warning).split("; allowed")[0] for warning in read(drawn).warnings] == [
        "funds.csv:13:until: “2020-01-01” does not come after `start`, so this stock is shown on no day",
        "funds.csv:14:part_of: the row lies inside “BNK-in_trust-2020-05-01”, which lies inside "
        "“BNK-frozen-2020-01-01”: it is in no list",
    ]


def _with_years(rows: list[list[str]]) -> None:
    for row in rows:
        row.append("year" if row is rows[0] else "")


def test_what_was_received_for_a_year_without_a_plan_is_named(drawn: Path) -> None:
    rewrite(drawn, "funds", _with_years)
    with_row(drawn, id="BNK-received-2020-06-01", owner="BNK", status="received", date="2020-06-01", year="2020")
    (warning,) = read(drawn).warnings
    assert warning.found == "no plan of “2020” asks for money, so no chart shows what it received"
    with_row(drawn, id="BNK-required-2020-06-01", owner="BNK", status="required", date="2020-06-01", year="2020")
    assert read(drawn).warnings == ()


def test_rates_lead_from_one_currency_to_another_through_dollars(drawn: Path) -> None:
    edit(drawn / "tracker.toml", "joint", 'currency = "EUR"\njoint')
    header = "currency,date,usd,source_id\n"
    (drawn / "rates.csv").write_text(f"{header}EUR,2020,1.1,gov-1\n", "utf-8")
    assert read(drawn).warnings == ()
    (drawn / "rates.csv").write_text(f"{header}EUR,2020-07,1.1,gov-1\n", "utf-8")
    (first, *more) = read(drawn).warnings
    assert first.found.startswith("“USD” has no rate to EUR in 2020, ") and first.found.endswith(
        "2, 3, 4, 9, 11, … (6 in all)"
    )
    assert more == []


def test_a_currency_that_no_sum_leads_to_is_told_once(drawn: Path) -> None:
    edit(drawn / "tracker.toml", "joint", 'currency = "SEK"\njoint')
    (warning,) = read(drawn).warnings
    assert str(warning).startswith("tracker.toml:1:currency: no sum is in SEK or has a rate to it")


@pytest.mark.parametrize(
    ("named", "codes"), [("", ["EUR", "EUR", "GBP"]), ("", []), ("GBP", ["EUR"]), ("", ["GBP", "EUR"])]
)
def test_the_check_and_the_pages_count_in_one_currency(drawn: Path, named: str, codes: list[str]) -> None:
    rewrite(drawn, "funds", lambda rows: rows.__delitem__(slice(1, None)))
    for place, code in enumerate(codes, 1):
        day = f"2020-06-0{place}"
        with_row(drawn, id=f"BNK-frozen-{day}", status="frozen", date=day, currency=code, amount_usd="")
    if named:
        edit(drawn / "tracker.toml", "joint", f'currency = "{named}"\njoint')
    assert counted_in(named, codes, has_dollars=False) == currency_of(read(drawn))


def test_ids_that_a_readme_makes_up_are_named(drawn: Path) -> None:
    (drawn / "README.md").write_text(
        "# Codebook of `ALB-1999-01-01`\n"
        "See `ALB-2020-06-01`, `gov-1`, `2020-06`, `report-2020-01.pdf`, `USD`, `ALB` and [all](https://a.example/#a-2020).\n"
        "See `ALB-2020-05-05` and `press-2020-06-note`.\n"
        "[A row](?row=BNK-frozen-2019-01-01), and `FRA`.\n"
        "<!-- codebook: begin -->\n`XKX` and `ALB-1999-01-02`\n<!-- codebook: end -->\n",
        "utf-8",
    )
    told = [(warning.line, warning.found) for warning in read(drawn).warnings if warning.found.startswith("“")]
    assert told == [
        (3, "“ALB-2020-05-05” looks like an id and is in no table"),
        (3, "“press-2020-06-note” looks like an id and is in no table"),
        (4, "“BNK-frozen-2019-01-01” looks like an id and is in no table"),
        (4, "“FRA” is the code of a country that is no actor"),
    ]


def test_a_second_coding_of_other_rows_and_words_is_told(drawn: Path) -> None:
    head = "id,stance,second_stance,recognition_level,second_recognition_level\n"
    path = drawn / "double_coding.csv"
    path.write_text(f"{head}ALB-2020-03,engaging,engaging,contact,contact\n", "utf-8")
    assert read(drawn).warnings == ()
    path.write_text(f"{head}ALB-2020-03,engaging,Engaging,contact,contact\nALB-2020-04,none,none,none,none\n", "utf-8")
    assert [str(warning).split("; allowed")[0] for warning in read(drawn).warnings] == [
        "double_coding.csv:2:second_stance: “Engaging” is no code, so nothing tells how far coders agree in stance",
        "double_coding.csv:3:id: “ALB-2020-04” is no row",
    ]
    logged = "id,row_id,date,change,column,old,new,why\nx,ALB-2020-04,2020-12-01,correction,,A row.,,It said nothing.\n"
    (drawn / "recodings.csv").write_text(logged, "utf-8")
    assert len(read(drawn).warnings) == 1


def test_many_of_one_kind_are_one_warning(drawn: Path) -> None:
    with (drawn / "sources.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"press-{n},Page {n},The Paper,,https://paper.example/{n},,press,en\n" for n in range(10, 40))
    (warning,) = read(drawn).warnings
    assert warning.found == (
        "“press-10” is used by no row, and likewise 29 more cells of this column, in lines 5, 6, 7, 8, 9, … (30 in all)"
    )


def test_a_record_without_a_codebook_of_its_own_is_told(drawn: Path) -> None:
    (drawn / "README.md").write_bytes((ROOT / "data" / "README.md").read_bytes())
    told = {warning.found for warning in read(drawn).warnings if warning.file == "README.md"}
    assert told == {"it is the codebook of another record"}
    (drawn / "README.md").unlink()
    (warning,) = read(drawn).warnings
    assert str(warning).startswith("README.md:1:-: the folder has no codebook; allowed: how this record is coded")
