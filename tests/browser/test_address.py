"""What stands in the address: codes that restore a view, labels of earlier addresses, and the steps back."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from components.pages.parts.parameter import understood
from components.record.filters import choices
from components.record.model import Record
from tests.browsing import WIDE, address_of, choose, running, settled
from tests.conftest import Change
from tests.folders import edit
from tests.pages import figure, words
from tests.waiting import until

# Each view of a page: what is chosen in its lists, its address in codes, and as it was written with labels.
VIEWS = {
    "map": (
        {"Show as": "Tiles", "Colour by": "Lever: Sanctions", "Zoom": "Europe"},
        "?shape=tiles&colour=lever:sanctions&zoom=europe",
        "?shape=Tiles&colour=Lever:+Sanctions&zoom=Europe",
    ),
    "film": ({"Show as": "Map"}, "?date=2024-01-01", "map?shape=Play&date=2024-01-01"),
    "filters": (
        {"Stance": "Opposed, Engaging", "Level": "No contact", "Lever held": "UN seat", "Confidence": "High"},
        "?stance=opposed&stance=engaging&level=none&lever=un_seat&confidence=high",
        "?stance=Opposed&stance=Engaging&level=No%20contact&lever=UN+seat&confidence=high",
    ),
    "more filters": (
        {"Region": "Central Asia", "Bloc": "SCO, OIC", "Direction": "Incentive", "Freshness": "Over 18 months"},
        "?region=Central+Asia&bloc=SCO&bloc=OIC&direction=incentive&freshness=stale",
        "?region=central%20asia&bloc=SCO&bloc=OIC&direction=Incentive&freshness=Over+18+months",
    ),
    "matrix": (
        {"Show": "Time", "Group by": "OIC members", "Sort by": "Latest move"},
        "matrix?view=history&group=OIC&sort=moved&all=true",
        "matrix?view=Time&group=OIC+members&sort=Latest+move&all=true",
    ),
    "crosstab": (
        {"Show": "Stance and lever"}, "matrix?view=crosstab&actor=PAK", "matrix?view=Stance%20and%20lever&actor=PAK",
    ),
    "funds": (
        {"Sums in": "Per head", "Pledges of": "All days and conferences"}, "funds?unit=head", "funds?unit=Per+head",
    ),
    "changes": (
        {"Kind": "Stance or rank, Lever"},
        "changes?kind=Stance&kind=Lever&since=2025-01-01",
        "changes?kind=stance&kind=LEVER&since=2025-01-01",
    ),
    "countries": (
        {"Compare with": "India, China"},
        "countries?actor=PAK&with=IND&with=CHN&region=South+Asia",
        "countries?actor=PAK&with=India&with=China&region=South%20Asia",
    ),
    "data": ({"Table": "funds"}, "data?table=funds&rows=trust", "data?table=Funds&rows=trust"),
}  # fmt: skip
# What can be chosen in lists of one, with what then stands in the address.
CHOICES = {
    "": [
        ("Show as", "Tiles", ("shape", "tiles")),
        ("Colour by", "Lever: Reserves", ("colour", "lever:reserves")),
        ("Zoom", "Middle East", ("zoom", "middle_east")),
    ],
    "matrix": [
        ("Show", "Time", ("view", "history")),
        ("Group by", "Region", ("group", "region")),
        ("Sort by", "Most levers held", ("sort", "levers")),
    ],
    "funds": [
        ("Sums in", "As stated", ("unit", "stated")),
    ],
    "data": [("Table", "sources", ("table", "sources"))],
}
FILTERS = {"Stance", "Level", "Lever held", "Direction", "Region", "Bloc", "Confidence", "Freshness"}
CHOSEN = """label => {
  const named = [...document.querySelectorAll('[aria-label]')].filter(e => e.getAttribute('aria-label') === label);
  const list = named.find(e => ['radiogroup', 'toolbar'].includes(e.role));
  const words = parts => [...parts].map(e => e.textContent.trim()).join(', ');
  if (list) return words(list.querySelectorAll('[data-selected=true]'));
  const field = named.find(e => e.tagName === 'INPUT');
  const several = field.closest('[data-testid=stMultiSelect]');
  return several ? words(several.querySelectorAll('.react-aria-ComboBox [data-tag]')) : field.value;
}"""


def chosen(page: Page, label: str) -> str:
    """The words of what is chosen in a list of the page."""
    page.locator(f'[aria-label="{label}"]').first.wait_for(state="attached")
    return str(page.evaluate(CHOSEN, label))


def shows(page: Page, lists: dict[str, str]) -> None:
    """Wait until every list has these words; a step back redraws the page a moment after its address."""
    if FILTERS & lists.keys():
        unfold_filters(page)

    def now() -> dict[str, str]:
        return {label: chosen(page, label) for label in lists}

    until(lambda: now() == lists, say=lambda: f"{now()}, not {lists}")
    if FILTERS & lists.keys():
        fold_filters(page)


def parameters(address: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def says(page: Page, expected: list[tuple[str, str]]) -> None:
    """Wait until the address has these parameters, in their order; the browser writes it when a run has ended."""
    until(lambda: parameters(address_of(page)) == expected, say=lambda: f"{address_of(page)}, not {expected}")


def opened(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    expect(page.locator('[data-testid="stAlert"]')).to_have_count(0)


def press(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
    settled(page)


def unfold_filters(page: Page) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    settled(page)


def fold_filters(page: Page) -> None:
    page.keyboard.press("Escape")
    settled(page)


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_restores_its_view_and_one_of_labels_becomes_codes(page: Page, server: str, view: str) -> None:
    lists, codes, labels = VIEWS[view]
    opened(page, f"{server}/{labels}")
    shows(page, lists)
    assert urlsplit(address_of(page)).path == urlsplit(f"{server}/{labels}").path
    says(page, parameters(codes))
    press(page, "button", "Previous")
    asked = dict(parameters(codes)).get("date")
    until(lambda: dict(parameters(address_of(page))).get("date", asked) != asked, say=lambda: address_of(page))
    day = [("date", dict(parameters(address_of(page)))["date"])]
    others = [pair for pair in parameters(codes) if pair[0] != "date"]
    says(page, sorted([*others, *day]))
    opened(page, f"{server}/{codes}")
    shows(page, lists)
    says(page, parameters(codes))


@pytest.mark.parametrize("path", CHOICES)
def test_a_choice_of_one_stands_in_the_address_until_it_is_the_usual_one(page: Page, server: str, path: str) -> None:
    opened(page, f"{server}/{path}")
    for label, option, pair in CHOICES[path]:
        usual = chosen(page, label)
        for choice, expected in ((option, [pair]), (usual, [])):
            if page.get_by_role("radiogroup", name=label, exact=True).count():
                press(page, "radio", choice)
            else:
                choose(page, label, choice)
            assert chosen(page, label) == choice
            says(page, expected)


def test_a_conference_stands_in_the_address_by_the_id_of_its_row(page: Page, server: str, shipped: Record) -> None:
    opened(page, f"{server}/funds")
    choose(page, "Pledges of", "202")
    label = chosen(page, "Pledges of")
    ((name, code),) = parameters(address_of(page))
    assert name == "conference"
    assert code in set(shipped.funds["id"])
    opened(page, f"{server}/funds?conference={label}")
    assert chosen(page, "Pledges of") == label
    says(page, [("conference", code)])


def test_choices_of_several_stand_in_the_address_as_often_as_there_are_codes(page: Page, server: str) -> None:
    opened(page, f"{server}/changes")
    press(page, "button", "Lever")
    says(page, [("kind", "Lever")])
    press(page, "button", "Money")
    says(page, [("kind", "Lever"), ("kind", "Money")])
    press(page, "button", "Lever")
    says(page, [("kind", "Money")])
    press(page, "button", "Money")
    says(page, [])
    opened(page, f"{server}/countries?actor=PAK")
    choose(page, "Compare with", "India")
    says(page, [("actor", "PAK"), ("with", "IND")])
    choose(page, "Compare with", "Qatar")
    says(page, [("actor", "PAK"), ("with", "IND"), ("with", "QAT")])
    page.get_by_label("Remove India").first.click()
    settled(page)
    says(page, [("actor", "PAK"), ("with", "QAT")])


def test_filters_go_along_and_one_click_clears_them(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1300})
    opened(page, f"{server}/?date=2024-01-01&actor=IND")
    unfold_filters(page)
    choose(page, "Stance", "Engaging")
    choose(page, "Region", "South Asia")
    choose(page, "Region", "Europe")
    fold_filters(page)
    kept = parameters("?actor=IND&date=2024-01-01&region=South+Asia&region=Europe&stance=engaging")
    says(page, kept)
    for name in ("Matrix", "Funds", "Changes", "Data", "Map"):
        press(page, "link", name)
        says(page, kept)
        for chip in ("Stance: Engaging", "Region: South Asia or Europe"):
            expect(page.get_by_role("button", name=chip)).to_be_visible()
    press(page, "link", "All of its history, and comparisons")
    says(page, kept)
    press(page, "button", "Clear 2 filters")
    says(page, parameters("?actor=IND&date=2024-01-01"))
    expect(page.locator(".st-key-kicker")).to_contain_text("Researched until")


def test_what_one_page_offers_stays_on_it(page: Page, server: str) -> None:
    opened(page, f"{server}/?shape=tiles&colour=level&date=2024-01-01")
    press(page, "link", "Matrix")
    says(page, [("date", "2024-01-01")])
    press(page, "link", "Map")
    shows(page, {"Show as": "Map"})


def test_a_step_back_is_the_view_before(page: Page, server: str) -> None:
    opened(page, server)
    press(page, "radio", "Tiles")
    choose(page, "Colour by", "Freshness")
    unfold_filters(page)
    choose(page, "Region", "Europe")
    fold_filters(page)
    press(page, "link", "Funds")
    choose(page, "Sums in", "Per head")
    seen = [
        ("/funds", "?region=Europe", {"Sums in": "US dollars"}),
        ("/", "?region=Europe&shape=tiles&colour=freshness", {"Show as": "Tiles", "Colour by": "Freshness"}),
        ("/", "?shape=tiles&colour=freshness", {"Show as": "Tiles", "Colour by": "Freshness"}),
        ("/", "?shape=tiles", {"Show as": "Tiles", "Colour by": "Stance"}),
        ("/", "", {"Show as": "Map", "Colour by": "Stance"}),
    ]
    for path, address, lists in seen:
        page.go_back()
        settled(page)
        assert urlsplit(address_of(page)).path == path
        says(page, parameters(address))
        shows(page, lists)
    for _ in seen:
        page.go_forward()
        settled(page)
    says(page, parameters("?region=Europe&unit=head"))
    shows(page, {"Sums in": "Per head"})


def test_a_step_back_to_labels_is_the_view_that_they_meant(page: Page, server: str) -> None:
    opened(page, f"{server}/?stance=Opposed&stance=Engaging&shape=Tiles")
    choose(page, "Colour by", "Level")
    for _ in range(3):
        page.go_back()
        settled(page)
        shows(page, {"Stance": "Opposed, Engaging", "Show as": "Tiles", "Colour by": "Stance"})


@pytest.mark.parametrize("path", ["?shape=tiles&colour=gap&stance=opposed", "matrix?view=history&sort=moved&bloc=OIC"])
def test_the_address_in_another_tab_shows_the_same(browser: Browser, page: Page, server: str, path: str) -> None:
    opened(page, f"{server}/{path}")
    press(page, "button", "Previous")
    choose(page, "Country or body", "Turkey")
    other = browser.new_context(viewport=WIDE).new_page()  # type: ignore[arg-type]
    opened(other, address_of(page))
    assert address_of(other) == address_of(page)
    for place in ("h1", "h3", ".st-key-address ~ *", ".js-plotly-plot .gtitle"):
        assert other.locator(place).all_inner_texts() == page.locator(place).all_inner_texts()
    other.context.close()


def test_an_embedded_page_stays_embedded(page: Page, server: str) -> None:
    opened(page, f"{server}/?embed=true&stance=Opposed")
    press(page, "radio", "Tiles")
    says(page, [("embed", "true"), ("shape", "tiles"), ("stance", "opposed")])


def test_the_box_of_the_actor_can_be_emptied(page: Page, server: str) -> None:
    opened(page, f"{server}/?actor=PAK")
    page.locator(".st-key-masthead_actor").get_by_label("Clear value").click()
    settled(page)
    says(page, [])
    expect(page.locator(".st-key-card")).to_have_count(0)


def test_citations_and_links_say_codes_and_nothing_that_no_page_knows(page: Page, server: str) -> None:
    page.goto(f"{server}/?shape=Tiles&stance=Opposed&fbclid=x&utm_source=y&foo=bar")
    settled(page)
    expect(page.locator('[data-testid="stAlert"]')).to_have_text(
        "The address has “foo”, which no page knows and which was ignored."
    )
    page.get_by_role("button", name="Cite, link, embed").first.click()
    settled(page)
    shared = [code for code in page.locator("code").all_inner_texts() if server in code]
    assert len(shared) == 4
    for text in shared:
        found = re.search(r"http[^\s\"]+", text)
        assert found
        names = dict(parameters(found.group().replace("&amp;", "&")))
        assert {name: names[name] for name in ("shape", "stance")} == {"shape": "tiles", "stance": "opposed"}
        assert not {"fbclid", "utm_source", "foo"} & names.keys()


@pytest.mark.parametrize("path", ["", "matrix", "funds", "changes", "countries?actor=PAK", "data"])
def test_long_and_many_values_do_no_harm(page: Page, server: str, path: str) -> None:
    """A server refuses an address of more than 64 kB before any page sees it."""
    names = ["stance", "bloc", "shape", "view", "pools", "with", "kind", "table"]
    for values in (
        ["<img src=x onerror=alert(1)>" + "x" * 7_000],
        ["\u202ex,y,z" + str(number) for number in range(80)],
    ):
        page.goto(f"{server}/{path}")
        asked = "&".join(f"{name}={value}" for name in names for value in values)
        page.goto(f"{server}/{path}{'&' if '?' in path else '?'}{asked}&region=Europe")
        settled(page)
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)
        (notice,) = page.locator('[data-testid="stAlert"]').all_inner_texts()
        assert "stance “" in notice
        assert len(notice) < 900
        assert "\u202e" not in notice
        expect(page.get_by_role("button", name="Region: Europe")).to_be_visible()
        assert dict(parameters(address_of(page)))["region"] == "Europe"
        assert not {"stance", "bloc"} & dict(parameters(address_of(page))).keys()


def test_a_bloc_may_have_any_name(page: Page, change: Change, tmp_path: Path) -> None:
    name = "A, B & C = 100% (x+y)/2 #1?"
    folder = change("actors", "AAA", "blocs", name)
    edit(folder / "tracker.toml", "CLUB =", f'"{name}" =')
    with running(tmp_path / "log", "--", "--data", str(folder)) as address:
        opened(page, address)
        unfold_filters(page)
        choose(page, "Bloc", "A, B")
        fold_filters(page)
        says(page, [("bloc", name)])
        expect(page.get_by_role("button", name=f"Bloc: {name}")).to_be_visible()
        press(page, "link", "Matrix")
        says(page, [("bloc", name)])
        choose(page, "Group by", "A, B")
        says(page, [("bloc", name), ("group", name)])
        page.reload()
        settled(page)
        shows(page, {"Bloc": name, "Group by": f"{name} members"})


def test_what_is_understood() -> None:
    labels = {"opposed": "Opposed", "none": "No contact", "A,B": "A,B", "a": "Small", "A": "Large"}
    assert understood(["opposed", "No Contact", "OPPOSED"], labels) == (["opposed", "none"], [])
    assert understood(["A,B"], labels) == (["A,B"], [])
    assert understood(["none,Opposed,x"], labels) == (["none", "opposed"], ["x"])
    assert understood(["a", "A"], labels) == (["a", "A"], [])
    assert understood(["large", ""], labels) == (["A"], [""])
    assert understood([], labels) == ([], [])


def test_no_two_codes_of_a_list_are_told_apart_by_their_case_or_by_a_label_of_another(shipped: Record) -> None:
    for _, labels in choices(shipped).values():
        for code, label in labels.items():
            assert understood([label], labels) == ([code], [])
            assert understood([code.upper()], labels) == ([code], [])


@pytest.mark.shipped
def test_a_unit_that_a_day_does_not_have_is_named_and_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["dashboard.py"])
    app = AppTest.from_string("from dashboard import main\nmain('funds')\n", default_timeout=60)
    app.query_params.update({"date": "2021-08-20", "unit": "plan"})
    app.run()
    assert not app.exception
    assert "asks for unit “plan”, which was ignored; allowed&#58; plain" in words(app)
    assert figure(app)
