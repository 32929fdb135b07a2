"""What a brief says, as text: each fact with its date and source, nothing of it invented, markup or fetched."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from components.publish import brief as command
from components.publish.brief import main
from components.publish.brief_page import POLICY, css_string, page
from components.publish.brief_table import known_best, peers_of
from components.record.model import Record
from components.record.wording import dated, long_date, quoted_address
from components.record.wording import money as spelt
from components.summaries.changes import changes_between
from components.summaries.conditions import conditions_on
from components.summaries.countries import country_headline, history_until
from components.summaries.flows import flow_rows, pledges_on
from components.summaries.funds import funds_headline, stock_frame
from components.summaries.levers import matrix_headline
from components.summaries.stances import class_counts, headline, map_frame
from components.summaries.standing import standings_on
from tests.briefs import HOSTILE, a_brief, parsed, words_of
from tests.conftest import SMALL


def written(record: Record, actor_id: str = "", **chosen: object) -> ElementTree.Element:
    return parsed(page(a_brief(record, actor_id, **chosen)))


def section(tree: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(element for element in tree.iter("section") if element.get("id") == name)


def lines_of(tree: ElementTree.Element, name: str) -> list[str]:
    return [words_of(li) for ul in section(tree, name).iter("ul") for li in ul]


@pytest.fixture(
    scope="module",
    params=[
        *("small", "small AAA", "small CCC annex", "small BNK", "sample annex", "sample USA annex"),
        *(pytest.param(of, marks=pytest.mark.shipped) for of in ("shipped annex", "shipped CHN annex", "shipped BIS")),
    ],
)
def told(request: pytest.FixtureRequest) -> tuple[Record, str, ElementTree.Element]:
    name, *chosen = request.param.split()
    record: Record = request.getfixturevalue(name)
    actor_id = next((choice for choice in chosen if choice != "annex"), "")
    return record, actor_id, written(record, actor_id, annex="annex" in chosen)


def test_each_fact_stands_with_its_own_date(shipped: Record) -> None:
    text = words_of(written(shipped))
    assert "Russia recognises since 3 July 2025; supportive since 21 October 2021." in text
    assert "Russia● Supportive, 21 October 2021Recognition, 3 July 2025Agreement, 27 May 2026" in text
    alone = words_of(written(shipped, "RUS"))
    assert "Russia: recognises since 3 July 2025; supportive since 21 October 2021 – as of 30 June 2026" in alone
    assert "Recognition level of contact Since 3 July 2025" in alone


def test_it_begins_with_the_finding(told: tuple[Record, str, ElementTree.Element]) -> None:
    record, actor_id, tree = told
    day = record.tracker.data_until
    finding = country_headline(record, actor_id, day) if actor_id else headline(record, day)
    assert [words_of(h1) for h1 in tree.iter("h1")] == [finding]
    assert words_of(next(tree.iter("title"))) == dated(finding, day)


def test_it_holds_nothing_that_runs_or_is_fetched(told: tuple[Record, str, ElementTree.Element]) -> None:
    record, _, tree = told
    allowed = {quoted_address(url) for name in ("url", "archive_url") for url in record.sources[name]}
    for element in tree.iter():
        assert element.tag not in {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
        assert not {name for name in element.attrib if name.startswith("on") or name in {"src", "srcset", "action"}}
        address = element.get("href", "#")
        assert address.startswith("#") or (element.tag == "a" and address in allowed)
    policies = [meta.get("content") for meta in tree.iter("meta") if meta.get("http-equiv")]
    assert policies == [POLICY]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:" in POLICY


def test_its_own_links_lead_somewhere(told: tuple[Record, str, ElementTree.Element]) -> None:
    _, _, tree = told
    ids = [element.get("id", "") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {a.get("href", "")[1:] for a in tree.iter("a") if a.get("href", "").startswith("#")}
    assert targets <= set(ids)


def test_every_row_and_card_has_its_sources(told: tuple[Record, str, ElementTree.Element]) -> None:
    _, _, tree = told
    tables = [table for table in tree.iter("table") if "rows" in table.get("class", "").split()]
    rows = [row for table in tables for body in table.iter("tbody") for row in body if row.get("class") != "group"]
    lines = [li for ul in tree.iter("ul") if ul.get("class") == "lines" for li in ul]
    for row in [*rows, *lines, *tree.iter("article")]:
        assert [span for span in row.iter("span") if span.get("class") == "cited"], words_of(row)


@pytest.mark.parametrize("annex", [False, True])
def test_every_cited_source_is_listed_once_and_in_order(shipped: Record, annex: bool) -> None:
    tree = written(shipped, annex=annex)
    cited = [a.get("href", "") for span in tree.iter("span") if span.get("class") == "cited" for a in span.iter("a")]
    listed = [f"#{element.get('id')}" for element in tree.iter() if (element.get("id") or "").startswith("source-")]
    assert list(dict.fromkeys(cited)) == listed
    assert len(listed) > (700 if annex else 10)
    first = next(ol for ol in section(tree, "key-sources").iter("ol"))
    assert len(first) == 10
    assert all(next(li.iter("a")).get("href", "").startswith("http") for li in first)


def test_a_number_is_the_records_and_of_whom_it_is_said(shipped: Record) -> None:
    tree = written(shipped)
    counts = class_counts(map_frame(shipped, shipped.tracker.data_until)).set_index("code")["count"]
    tiles = [li for ul in tree.iter("ul") if ul.get("class") == "numbers" for li in ul]
    numbers = [words_of(next(tile.iter("b"))) for tile in tiles]
    assert int(numbers[0]) + int(numbers[1]) == counts["supportive"]
    assert numbers[2:4] == [str(counts["engaging"]), str(counts["opposed"])]
    assert words_of(tiles[1]).endswith("China, Iran, Uzbekistan, United Arab Emirates and Kyrgyzstan")
    assert words_of(tiles[4]) == (
        "$9.5–9.7bn frozen or in trust, in 3 pools Newest figures: October 2022 to 20 January 2026"
    )


def test_recognition_comes_first_among_changes_and_what_is_left_out_is_counted(shipped: Record) -> None:
    day, since = dt.date(2025, 7, 31), dt.date(2025, 5, 1)
    tree = written(shipped, day=day, since=since, room=4)
    assert words_of(next(section(tree, "changed").iter("h2"))).startswith("Russia recognised the Taliban")
    lines = lines_of(tree, "changed")
    assert len(lines) == 4
    assert lines[0].startswith("Russia 3 July 2025Recognition:")
    left_out = int(re.search(r"(\d+) more entries on record", words_of(section(tree, "changed")))[1])  # type: ignore[index]
    assert 4 + left_out <= len(changes_between(shipped, since, day))


def test_who_could_move_is_who_said_what_it_would_take(shipped: Record) -> None:
    day = shipped.tracker.data_until
    tree = written(shipped, room=60)
    said = conditions_on(shipped, day).set_index("name")
    lines = lines_of(tree, "movers")
    never = said[said["conditions"].map(lambda codes: "never" in codes)]
    assert len(lines) == len(said) - len(never)
    assert lines[0].startswith("China 5 December 2023Inclusive government and counter-terrorism")
    for name, row in never.iterrows():
        assert f"{name} ({long_date(row['date_text'])})" in words_of(section(tree, "movers"))
        assert not [line for line in lines if line.startswith(f"{name} ")]


def test_the_table_has_those_that_matter(shipped: Record) -> None:
    day = shipped.tracker.data_until
    standings = standings_on(shipped, day)
    first = known_best(shipped, day)[:15]
    assert first[0] == "RUS"
    assert {ids for ids, now in standings.items() if now.stance.code == "supportive"} <= set(first)
    rows = [words_of(row) for row in next(section(written(shipped), "table").iter("tbody"))]
    assert len(rows) == 15
    assert rows[6].startswith("United States○ Opposed, 16 August 2021Contact, 16 August 2021Listing, 9 March 2026")
    assert rows[6].endswith("■\xa08 □\xa03")


def test_peers_are_those_that_share_most(shipped: Record) -> None:
    day = shipped.tracker.data_until
    assert peers_of(shipped, day, "USA")[:6] == ["USA", "CAN", "GBR", "FRA", "DEU", "ITA"]
    assert set(peers_of(shipped, day, "EU")[1:8]) <= set(shipped.actors.index)
    assert "EU" in shipped.actors.at[next(ids for ids in peers_of(shipped, day, "EU") if ids == "DEU"), "blocs"]


@pytest.mark.parametrize(
    ("whom", "peers"),
    [("EU", "its members and other bodies"), ("BIS", "other bodies"), ("IND", "those that share most of its blocs")],
)
def test_whose_peers_they_are_is_said(shipped: Record, whom: str, peers: str) -> None:
    assert f"{shipped.actors.at[whom, 'name']} beside {peers}" in words_of(section(written(shipped, whom), "table"))


def test_it_says_what_the_summaries_say(shipped: Record) -> None:
    day = shipped.tracker.data_until
    since = day - dt.timedelta(days=400)
    text = words_of(written(shipped, since=since, annex=True))
    assert matrix_headline(shipped, day) in text
    assert funds_headline(shipped, day) in text
    ids = [*stock_frame(shipped, day)["id"], *flow_rows(shipped, day)["id"]]
    ids += list(changes_between(shipped, since, day)["row_id"])
    assert not [row_id for row_id in ids if f"row {row_id}" not in text]


def test_one_actor_has_all_its_dated_rows_in_the_annex(shipped: Record) -> None:
    text = words_of(written(shipped, "CHN", annex=True))
    for row in history_until(shipped, "CHN", shipped.tracker.data_until).itertuples():
        assert row.summary in text
        assert f"row {row.id}, checked " in text


def test_what_is_not_known_is_said(shipped: Record, small: Record) -> None:
    text = words_of(written(shipped, "UNHCR"))
    assert "Not coded stance on recognition" in text
    assert "No row of the record holds yet" in text
    assert "Nothing is on record of UN Refugee Agency after" in text
    assert "No earlier row is on record" in text
    assert "No condition for recognition is on record" in text
    assert "No dated row" in text
    early = words_of(written(small, day=dt.date(2020, 1, 1), since=dt.date(2019, 12, 31), room=5))
    assert "No country has said what recognition would take" in early
    assert "1 entry on record after 31 December 2019" in early


def test_totals_of_different_givers_do_not_stand_side_by_side(shipped: Record) -> None:
    money = words_of(section(written(shipped), "money"))
    found = pledges_on(shipped, shipped.tracker.data_until)
    assert f"{found.givers} givers pledged {spelt(found.total.number)}" in money
    assert f"payments are on record for {found.paying} of them: Germany, " in money
    assert re.search(r"Other currencies at (monthly or )?yearly averages \(", money)
    assert "disbursed" not in money


def test_text_of_the_record_stays_text(small: Record) -> None:
    """Whatever a cell holds, the page has the same elements as before, and the words are there to read."""
    columns = {
        "actors": ["name"], "stances": ["summary"], "levers": ["summary"], "funds": ["summary", "channel", "terms"],
        "sources": ["title", "publisher", "url", "archive_url"],
    }  # fmt: skip
    frames = {name: small.table(name).assign(**dict.fromkeys(given, HOSTILE)) for name, given in columns.items()}
    told = dict.fromkeys(("title", "question", "names_and_borders", "repository", "licence", "citation"), HOSTILE)
    tracker = replace(small.tracker, **told)  # type: ignore[arg-type]
    hostile = replace(small, tracker=tracker, **frames)
    for actor_id in ("", "AAA"):
        text = page(a_brief(hostile, actor_id, annex=True))
        assert "<script" not in text and "<img" not in text
        assert text.count("</style>") == 1
        tree = parsed(text)
        assert all(a.get("href", "").startswith("#") for a in tree.iter("a"))
        assert words_of(tree).count(HOSTILE) > 10


def test_a_string_of_css_ends_where_it_ends() -> None:
    assert css_string('a" 中\n\\') == '"a\\000022\\000020中\\00000a\\00005c"'


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//host.example/x", "file:///etc/passwd"])
def test_only_an_address_of_the_web_becomes_a_link(small: Record, url: str) -> None:
    assert url not in page(a_brief(replace(small, sources=small.sources.assign(url=url, archive_url="")), annex=True))


def test_no_two_different_briefs_share_a_name(small: Record) -> None:
    asked = [
        [], ["--actor", "AAA"], ["--annex"], ["--theme", "dark"], ["--since", "2020-06-01"], ["--as-of", "2020-06-01"],
        ["--actor", "AAA", "--annex"], ["--actor", "BNK"],
    ]  # fmt: skip
    names = set()
    for arguments in asked:
        options = command._parser().parse_args(arguments)
        brief = command._brief(small, options.as_of or small.tracker.data_until, options)
        names.add(command._stem(brief, options))
    assert len(names) == len(asked)
    assert {"small-tracker-brief-2020-12-31", "small-tracker-brief-aaa-2020-12-31-annex"} <= names


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-of", "2019-01-01"], "outside the record: choose a day from 2020-01-01 to 2020-12-31"),
        (["--since", "2019-12-30"], "choose a day from 2019-12-31 to 2020-12-30"),
        (["--as-of", "2020-05-01", "--since", "2020-05-01"], "choose a day from 2019-12-31 to 2020-04-30"),
        (["--actor", "ZZZ"], "--actor ZZZ is not an actor_id of the record"),
        (["--actor", "SUB"], "--actor SUB is not an actor_id of the record"),
    ],
)
def test_what_is_wrong_with_a_day_or_an_actor_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], message: str
) -> None:
    assert main(["--data", str(SMALL), "--out", str(tmp_path), *arguments]) == 1
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--since", "soon"], "“soon” is not a day"), (["--format", "docx"], "invalid choice: 'docx'")],
)
def test_a_wrong_option_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_a_broken_folder_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "actors.csv:1:-: file is missing" in capsys.readouterr().err
