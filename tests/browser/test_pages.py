"""Each page without a browser: it runs, it says the day and the finding, and it survives bad input."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.pages.funds_page import LEDGER
from components.pages.parts.address import FILTER_NAMES
from components.pages.parts.text import source_links
from components.record.model import Record
from tests.conftest import SMALL, Change
from tests.pages import PAGES, Open, figure, headline, markup, told_in, words
from tests.waiting import PATIENCE

pytestmark = pytest.mark.shipped


def test_the_map_says_the_day_and_counts(open_page: Open) -> None:
    app = open_page("map", date="2021-09-27")
    assert re.match(r"As of 27 September 2021 No country recognises the Taliban; \w+ support it", headline(app))
    assert len(figure(app)["data"]) == 3


@pytest.mark.parametrize(
    ("colour", "says", "defines"),
    [
        ("stance", "Colour is the stance", "● Supportive"),
        ("level", "Colour is the level of contact, not the stance", "Own mission or resident staff in the capital"),
        ("gap", "Colour compares what each says with what it does", "Does more than it says"),
        ("lever:aid", "Colour is how each uses this lever", "Held this lever once, and no longer."),
    ],
)
def test_each_colour_is_explained_in_its_own_words(open_page: Open, colour: str, says: str, defines: str) -> None:
    (how,) = re.findall('<div class="how">.*?</div>', markup(open_page("map", colour=colour)), re.DOTALL)
    assert says in how and defines in how
    assert how.count("Colour ") == 1


def test_a_country_of_the_address_shows_its_card_with_links(open_page: Open) -> None:
    app = open_page("map", date="2021-09-27", actor="PAK")
    assert app.subheader[0].value == "Pakistan"
    assert re.search(r'<a href="https?://[^"<>]+" rel="noopener noreferrer">[^<]+, \d+ \w+ 2021</a>', markup(app))
    assert "<b>● Presence since 15 August 2021; supportive since 20 September 2021</b>" in markup(app)


def test_a_country_that_is_not_coded_says_so(open_page: Open) -> None:
    assert "**Not coded** on 1 June 2020" in words(open_page("map", SMALL, date="2020-06-01", actor="CCC"))


def test_the_subject_says_that_it_takes_no_stance(open_page: Open) -> None:
    assert "Not applicable" in words(open_page("map", actor="AFG"))


def test_funds_keep_stocks_and_flows_apart_and_list_other_readings(open_page: Open) -> None:
    app = open_page("funds", date="2021-09-27")
    assert len(app.get("plotly_chart")) == 2 * 4  # each of them arranged for a wide page and for a narrow one
    assert [expander.label for expander in app.expander if "sources" in expander.label] == [
        "Rows and sources behind these numbers"
    ]


def test_funds_without_a_match_say_so_once_and_show_nothing_else(open_page: Open) -> None:
    app = open_page("funds", region="Africa")
    assert not app.get("plotly_chart") and not any("sources" in expander.label for expander in app.expander)
    assert [info.value for info in app.info] == [
        "No money is recorded of those shown by this day. Choose a later one or clear filters."
    ]
    assert "Ledger" not in words(app)


def test_the_ledger_says_who_can_release_what_on_which_condition_as_text(open_page: Open) -> None:
    said = markup(open_page("funds"))
    for column in LEDGER:
        assert f'<th scope="col">{column}</th>' in said
    for cell in (
        "The US president by ending the order, or a Treasury licence",
        "Clarity on recognition of a government",
    ):
        assert f">{cell}</td>" in said
    assert '<td data-column="Confidence">Low</td>' in said


def test_pledges_can_be_those_of_one_conference(open_page: Open) -> None:
    app = open_page("funds", SMALL)
    labels = app.selectbox(key="conference").options
    assert labels == ["All days and conferences", "1 July 2020, $500"]
    app.selectbox(key="conference").set_value("ALL-pledged-2020-07-01").run()
    texts = [note["text"] for note in figure(app, -1)["layout"]["annotations"]]
    assert any("Alphaland" in text for text in texts)
    assert not any("Betaland" in text for text in texts)


def test_sums_can_be_shown_in_other_units_and_wrong_ones_are_named(open_page: Open) -> None:
    app = open_page("funds", date="2022-12-31")
    app.selectbox(key="unit").set_value("head").run()
    texts = [note["text"] for note in figure(app, -1)["layout"]["annotations"]]
    assert any("a head" in text for text in texts)
    assert "42.6 million inhabitants" in markup(app)
    app = open_page("funds", date="2022-12-31", unit="head")
    assert any("a head" in note["text"] for note in figure(app, -1)["layout"]["annotations"])
    app = open_page("funds", unit="Guineas", conference="nowhere")
    assert not app.exception
    for value in ("Guineas", "nowhere"):
        assert value in words(app)


def test_headline_numbers_say_what_must_not_be_added(open_page: Open) -> None:
    app = open_page("funds")
    (folded,) = [expander for expander in app.expander if expander.label.startswith("Headline numbers")]
    assert folded.label.startswith("Headline numbers, reconciled: what 43 quoted figures mean")
    assert not any(expander.label.startswith("Headline") for expander in open_page("funds", SMALL).expander)


def test_headline_numbers_can_be_searched(shipped: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def page() -> None:
        from pathlib import Path  # noqa: PLC0415

        from components.pages.parts.reconciliation import show_numbers  # noqa: PLC0415
        from components.record.reading import read  # noqa: PLC0415

        show_numbers(read(Path("data")))

    monkeypatch.chdir(shipped.folder.parent)
    app = AppTest.from_function(page, default_timeout=PATIENCE).run()
    every = markup(app)
    assert every.count("<tr>") == 1 + len(shipped.reconciliation) and "$7.0 billion" in every
    app.text_input(key="number_wanted").set_value("York TWICE").run()
    found = markup(app)
    assert 1 < found.count("<tr>") < every.count("<tr>") and "counts it twice" in found
    app.text_input(key="number_wanted").set_value("<script>").run()
    assert "No number contains" in words(app) and "<table>" not in markup(app)


def test_the_matrix_can_show_everyone_by_bloc(open_page: Open) -> None:
    app = open_page("matrix")
    few = len(figure(app)["layout"]["yaxis"]["ticktext"])
    app.toggle(key="all").set_value(True).run()
    assert len(figure(app)["layout"]["yaxis"]["ticktext"]) > few
    app.selectbox(key="group").set_value("SCO").run()
    assert any("SCO members" in note["text"] for note in figure(app)["layout"]["annotations"])


def test_tables_can_be_searched_and_say_when_nothing_is_found(open_page: Open) -> None:
    app = open_page("data")
    app.text_input(key="rows").set_value("Turkey").run()
    assert set(app.dataframe[0].value["actor_id"]) >= {"TUR"}
    app.text_input(key="rows").set_value("<b>[x](y)").run()
    assert "<b>[x](y)" not in words(app)
    app.text_input(key="rows").set_value("no such thing").run()
    assert "No row of stances.csv that contains “no such thing” is left" in words(app)
    assert not app.exception


def test_previous_and_next_change_move_the_date(open_page: Open) -> None:
    app = open_page("map", SMALL, date="2020-04-01")
    app.button(key="next").click().run()
    assert str(app.date_input(key="date").value) == "2020-05-01"
    app.button(key="previous").click().run()
    app.button(key="previous").click().run()
    assert str(app.date_input(key="date").value) == "2020-02-01"


@pytest.mark.parametrize(
    "date", ["2021-02-30", "yesterday", "1999-01-01", "2050-01-01", "2022-W01-1", "<b>2021</b>", ""]
)
def test_a_wrong_date_is_named_and_ignored(open_page: Open, date: str) -> None:
    app = open_page("map", date=date)
    assert not app.exception
    assert "which is not a day of the record" in words(app)
    assert "As of 30 June 2026" in headline(app)


def test_an_unknown_actor_is_named_and_ignored(open_page: Open) -> None:
    app = open_page("map", actor="<script>alert(1)</script>")
    assert not app.exception
    assert "is not an actor&#95;id of the record" in words(app)
    assert "<script>" not in words(app)


def test_a_broken_folder_shows_its_problems(open_page: Open, change: Change) -> None:
    app = open_page("map", change("stances", "AAA-2020-03", "act", "war"))
    assert not app.exception
    assert "The data cannot be shown until it is mended" in words(app)
    assert told_in(app, "file") == ["stances.csv"]


def test_an_unknown_option_is_named(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("map", SMALL)
    monkeypatch.setattr("sys.argv", ["dashboard.py", "--dta", "x"])
    app.run()
    assert not app.exception
    assert "which it does not know" in app.error[0].value


def test_a_folder_that_is_not_there_shows_its_problems(open_page: Open, tmp_path: Path) -> None:
    assert "6 problems" in words(open_page("map", tmp_path / "nowhere"))


def test_a_folder_that_cannot_be_looked_into_shows_its_problems(open_page: Open, tmp_path: Path) -> None:
    app = open_page("map", tmp_path / ("x" * 300))
    assert not app.exception
    assert "file cannot be read" in told_in(app, "found")[0]


def test_a_mended_folder_is_shown_without_a_restart(open_page: Open, change: Change) -> None:
    app = open_page("map", change("stances", "AAA-2020-03", "act", "war"))
    change("stances", "AAA-2020-03", "act", "talks")
    assert "As of 31 December 2020" in headline(app.run())


def test_hostile_cells_are_shown_as_text(open_page: Open, change: Change) -> None:
    hostile = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) **bold** :red[red] $x$"
    change("stances", "AAA-2020-06-01b", "summary", hostile)
    app = open_page("map", change("actors", "AAA", "name", hostile), actor="AAA")
    assert not app.exception
    sentence, shown = words(app).split("\n", 1)
    assert "&lt;img src=x" in sentence and "<img" not in sentence  # HTML, in which nothing else is active
    for active in ("<img", "](javascript", "**bold**", ":red["):
        assert active not in shown
    assert "&#60;img src&#61;x" in shown
    cards = markup(app)
    assert "<p>&lt;img src=x onerror=alert(1)&gt; [click](javascript:alert(1)) **bold** :red[red] $x$</p>" in cards
    assert "<img" not in cards


def test_a_filter_of_the_address_reaches_headline_picture_and_notice(open_page: Open) -> None:
    app = open_page("map", date="2024-01-01", region="Oceania")
    assert "As of 1 January 2024 Among those shown, no country recognises" in headline(app)
    assert app.button(key="chip_region").label == "Region&#58; Oceania"
    assert markup(app).count("<p>Only: Region Oceania</p>") == len(app.get("plotly_chart")) == 2
    app.button(key="clear").click().run()
    assert "among those shown" not in headline(app)


def test_the_lists_of_the_filters_are_sent_where_one_is_chosen(open_page: Open) -> None:
    assert not open_page("map").multiselect
    app = open_page("map", region="Oceania")
    assert [field.key for field in app.multiselect if field.key not in FILTER_NAMES] == [
        f"{name}_chosen" for name in FILTER_NAMES
    ]
    app.multiselect(key="stance_chosen").select("opposed").run()
    assert app.button(key="clear").label == "Clear 2 filters"
    app.button(key="clear").click().run()
    assert "among those shown" not in headline(app)
    assert not app.query_params.get("region")
    assert not app.run().multiselect


def test_an_address_is_not_taken_for_an_emoji(shipped: Record) -> None:
    sources = shipped.sources.head(1).assign(url="https://example.org/did:plc:a:b/at:10:20")
    link = source_links(sources, sources.index)
    assert not re.search(r":[\w+-]+:", link)
    assert html.unescape(link).endswith("(<https://example.org/did:plc:a:b/at:10:20>)")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "data"])
def test_filters_that_nobody_passes_explain_themselves(open_page: Open, page: str) -> None:
    app = open_page(page, region="Oceania", stance="supportive")
    assert not app.exception
    assert "matches the filters" in headline(app) or page == "changes"
    assert app.button(key="clear").label == "Clear 2 filters"
    for drawing in app.get("plotly_chart"):
        assert "NaN" not in drawing.proto.spec
