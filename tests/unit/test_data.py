"""The shipped record: complete in its actors, faithful to the article it began from, right in its headline sums."""

import datetime as dt

import pytest

from components.record.model import Record
from components.record.on_day import levers_until, plans_until, stance_history, stances_on
from components.summaries import flows, funds
from components.summaries.stances import headline, recognising

ARTICLE = "rferl-2021-09-27-standish"
THEN = dt.date(2021, 9, 27)
BN = 1e9


def test_every_state_and_body_is_there(shipped: Record) -> None:
    actors = shipped.actors
    assert sum("UN" in blocs for blocs in actors["blocs"]) == 193
    assert {"VAT", "PSE", "XKX", "TWN"} <= set(actors.index)
    assert {"UN", "EU", "IMF", "WB", "SCO", "CSTO", "OIC", "G7", "G20", "NATO", "GCC"} <= set(actors.index)
    sizes = {"P5": 5, "EU": 27, "G7": 7, "SCO": 10, "CSTO": 6, "OIC": 57, "NATO": 32, "GCC": 6, "BRICS": 10}
    for bloc, size in sizes.items():
        assert sum(bloc in blocs for blocs in actors["blocs"]) == size, bloc


def test_every_bloc_that_is_defined_has_members(shipped: Record) -> None:
    assert {bloc for blocs in shipped.actors["blocs"] for bloc in blocs} == set(shipped.tracker.blocs)


@pytest.mark.parametrize(
    ("actor_id", "stance"),
    [
        ("CHN", "supportive"), ("PAK", "supportive"), ("RUS", "engaging"), ("KGZ", "engaging"), ("KAZ", "engaging"),
        ("TJK", "opposed"), ("IND", "engaging"), ("USA", "opposed"), ("EU", "opposed"), ("GBR", "opposed"),
        ("DEU", "opposed"), ("FRA", "opposed"), ("ITA", "opposed"),
    ],
)  # fmt: skip
def test_the_actors_of_the_article_stand_where_it_says(shipped: Record, actor_id: str, stance: str) -> None:
    assert stances_on(shipped, THEN).at[actor_id, "stance"] == stance


@pytest.mark.parametrize("actor_id", ["UZB", "ARM", "BLR", "SCO", "CSTO", "G20", "IMF", "WB"])
def test_the_others_that_the_article_names_are_coded(shipped: Record, actor_id: str) -> None:
    assert actor_id in stances_on(shipped, THEN).index


def test_the_levers_of_the_article_are_held(shipped: Record) -> None:
    held = levers_until(shipped, THEN)
    pairs = set(zip(held["actor_id"], held["lever"], strict=True))
    assert {
        ("USA", "reserves"), ("USA", "aid"), ("CHN", "investment"), ("CHN", "aid"), ("CHN", "missions"),
        ("TJK", "opposition"), ("TJK", "border"), ("EU", "aid"), ("IMF", "financing"), ("WB", "aid"),
    } <= pairs  # fmt: skip


def test_the_figures_of_the_article_are_there_beside_better_ones(shipped: Record) -> None:
    rows = shipped.funds[[ARTICLE in keys for keys in shipped.funds["source_ids"]]]
    assert {9.5 * BN, 0.44 * BN} <= set(rows["amount_usd"])
    drawn = funds.stock_frame(shipped, THEN)
    assert 9.5 * BN not in set(drawn["value"])
    assert 9.5 * BN in set(funds.superseded_stocks(shipped, THEN)["value"])
    levers = shipped.levers[[ARTICLE in keys for keys in shipped.levers["source_ids"]]]
    assert any("43 percent" in summary for summary in levers["summary"])
    assert any("1,357" in summary for summary in levers["summary"])


@pytest.mark.parametrize(
    ("day", "pools"),
    [
        ("2021-09-27", {"USA": (7.0, 7.1), "OTHERS": (1.3, 1.3), "BIS": (0.7, 0.7)}),
        ("2022-03-01", {"USA": (7.0, 7.1), "OTHERS": (2.0, 2.0)}),
        ("2022-09-13", {"USA": (7.0, 7.1), "OTHERS": (2.0, 2.0)}),
        ("2022-09-14", {"USA": (3.5, 3.5), "OTHERS": (2.0, 2.0), "AFGFUND": (3.5, 3.5)}),
        ("2026-06-30", {"USA": (3.5, 3.5), "OTHERS": (2.0, 2.0), "AFGFUND": (4.0, 4.2)}),
    ],
)
def test_the_reserves_are_counted_once_when_they_move(
    shipped: Record, day: str, pools: dict[str, tuple[float, float]]
) -> None:
    frame = funds.stock_frame(shipped, dt.date.fromisoformat(day))
    reserves = frame[(frame["owner"] == shipped.tracker.subject) & frame["status"].isin(["frozen", "in_trust"])]
    found = reserves.groupby("actor_id")[["low", "high"]].sum() / BN
    assert set(found.index) == set(pools)
    for actor_id, (low, high) in pools.items():
        assert found.loc[actor_id].tolist() == pytest.approx([low, high], abs=0.01)


def test_the_conferences_come_to_what_they_announced(shipped: Record) -> None:
    listed = flows.listed_flows(shipped, shipped.tracker.data_until).set_index("id")["value"]
    assert listed["DONORS-pledged-2021-09-13"] == 1.2 * BN
    assert listed["DONORS-pledged-2022-03-31"] == 2.44 * BN
    plans = plans_until(shipped, shipped.tracker.data_until).set_index("id")["amount_usd"]
    assert plans["OCHA-required-2021-09-07"] == 606e6
    assert plans["OCHA-required-2022-01-11"] == pytest.approx(4.44 * BN, rel=0.01)


def test_nobody_recognised_in_2021_and_one_state_does_in_the_end(shipped: Record) -> None:
    assert recognising(shipped, THEN) == []
    assert headline(shipped, THEN).startswith("No country recognises the Taliban; ")
    assert recognising(shipped, dt.date(2025, 7, 2)) == []
    assert recognising(shipped, shipped.tracker.data_until) == ["RUS"]


def test_who_accepts_an_ambassador_is_told_by_name(shipped: Record) -> None:
    last = stances_on(shipped, shipped.tracker.data_until)
    assert set(last.index[last["envoy_received"] == "ambassador"]) == {"ARE", "CHN", "PAK", "RUS", "UZB"}
    assert set(last.index[last["envoy_sent"] == "ambassador"]) == {"CHN", "NIC", "PAK", "QAT", "RUS", "UZB"}
    with_missions = shipped.stances[~shipped.stances["recognition_level"].isin(["none", "contact"])]
    assert (with_missions[["envoy_received", "envoy_sent"]] != "").all(axis=None)


def test_the_signatories_of_september_2024_are_read_alike(shipped: Record) -> None:
    day = shipped.stances[shipped.stances["date_text"] == "2024-09-25"].set_index("actor_id")
    authors = {"AUS", "CAN", "DEU", "NLD"}
    backers = set(day.index[day["act"] == "joint_statement"])
    assert len(backers) == 22 and authors.isdisjoint(backers)
    assert set(day.loc[[*authors, *backers], "stance"]) == {"opposed"}
    assert not any(day.loc[[*authors, *backers], "condition"])


def test_a_refusal_ended_by_words_or_deeds_alone(shipped: Record) -> None:
    rows = stance_history(shipped)
    before = rows.groupby("actor_id")["stance"].shift()
    ended = rows[(before == "opposed") & (rows["stance"] != "opposed")]
    assert set(ended["act"]) <= {"mission_opened", "charge", "ambassador", "statement"}


def test_sources_are_dated_and_spelled_one_way(shipped: Record) -> None:
    sources = shipped.sources
    assert (sources["date_text"] == "").mean() < 0.05
    spelled = sources.groupby(sources["publisher"].str.casefold())["publisher"].nunique()
    assert not spelled[spelled > 1].index.tolist()
    assert not sources[sources["publisher"].str.contains(r" via |\(mirror|\(after", case=False)].index.tolist()
    assert (sources["via"] != sources["publisher"]).all()


def test_the_log_tells_each_recoding(shipped: Record) -> None:
    told = shipped.recodings
    assert set(told["change"]) == {"recode", "correction"}
    assert {"DEU-2025-07-21", "SWE-2026-01-22", "TJK-2025-09-14"} <= set(told.loc[told["column"] == "stance", "row_id"])
    assert all(why.endswith((".", "”")) for why in told["why"])


def test_every_row_says_where_it_comes_from(shipped: Record) -> None:
    for table in (shipped.stances, shipped.levers, shipped.funds):
        assert all(keys and set(keys) <= set(shipped.sources.index) for keys in table["source_ids"])


def test_no_two_sources_are_the_same_page(shipped: Record) -> None:
    addresses = shipped.sources["url"].str.rstrip("/")
    assert not addresses[addresses.duplicated()].tolist()


def test_summaries_are_one_sentence_each(shipped: Record) -> None:
    for table in (shipped.stances, shipped.levers, shipped.funds):
        for key, summary in zip(table["id"], table["summary"], strict=True):
            assert summary.endswith((".", "”")), key
            assert len(summary) < 400, key


def test_the_record_is_as_full_as_it_claims(shipped: Record) -> None:
    rows = shipped.stances.groupby("actor_id").size()
    states = [actor_id for actor_id, blocs in shipped.actors["blocs"].items() if "UN" in blocs]
    observers = ["PSE", "VAT", "XKX", "TWN"]
    assert set(states) | set(observers) <= set(rows.index) | {shipped.tracker.subject}
    assert rows.sum() >= 600
    assert (rows >= 3).sum() >= 60
    neighbours = [actor_id for actor_id, blocs in shipped.actors["blocs"].items() if "Neighbours" in blocs]
    gulf_and_great = ["USA", "RUS", "FRA", "GBR", "SAU", "ARE", "QAT", "KWT", "BHR", "OMN", "KAZ", "KGZ"]
    for actor_id in [*neighbours, *gulf_and_great, "IND", "TUR", "DEU", "NOR", "JPN"]:
        assert rows[actor_id] >= 6, actor_id
    assert len(shipped.levers) >= 150
    assert shipped.levers["actor_id"].nunique() >= 35
    assert len(shipped.funds) >= 200
    assert len(shipped.sources) >= 300
