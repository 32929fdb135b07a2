"""Texts and pictures of any sums: no number that is none, no currency that nobody stated."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from components.figures.figure import Options
from components.figures.theme import Look
from components.publish.picture import picture_of
from components.record.model import Record
from components.record.wording import percent
from components.summaries import flows, funds, plans, pools
from components.summaries.changes import changes_between
from components.summaries.crosstab import MEASURES, money_of_actors
from components.summaries.currency import currency_of
from components.summaries.ledger import ledger
from components.summaries.units import units
from tests.fund_records import CURRENCIES, END, MOVE, START, figures_in, random_records

LOOKS = Look(), Look(width=600, height=120), Look("dark", 540, 400)
CHARTS_OF_MONEY = ("stocks", "pool_flow", "suspended", "reserves", "plans", "pledges")
NO_NUMBER = re.compile(r"\b(nan|NaN|inf|NaT|None)\b|\de\+|(?<![\w–])[-−]\d")
NOTHING = re.compile(r"(?:\$|\b(?:USD|EUR|GBP) )0(?:\.0+)?(?![\d.,])")


def texts(record: Record, day: dt.date) -> Iterable[str]:
    """Everything that the summaries say of money on a day."""
    yield funds.funds_headline(record, day)
    stocks, givers = funds.stock_frame(record, day), flows.flow_frame(record, day)
    for frame in (stocks, flows.flow_rows(record, day), funds.superseded_stocks(record, day)):
        yield from [*frame["figure"], *frame["stated"]]
    yield from [
        *givers["unconverted"],
        *givers["reach"],
        *(text for name in givers.filter(like="_stated") for text in givers[name]),
    ]
    for unit in units(record, day).values():
        yield unit.note
        shown = ledger(record, day, unit=unit.code)
        yield from [*shown.headings.values(), *shown.apart.values()]
        yield flows.pledges_on(record, day).in_words(unit.text)
        yield from (unit.text(row.low, row.high) for row in stocks.itertuples() if pd.notna(row.value))
    for row in plans.plan_years(record, day).itertuples():
        yield from (row.words, row.share.in_words(), row.asked.in_words(), row.given.in_words())
    yield from (text for *_, text in pools.events(pools.pools_through(record, day)))
    yield from (found.in_words("pool") for found in pools.pool_flow(record, day).totals)
    yield from (found.in_words("pool") for found in pools.held_over_time(pools.pools_through(record, day))["total"])
    yield from (found.in_words() for measure in MEASURES for found in money_of_actors(record, day, measure).values())
    yield from changes_between(record, START - dt.timedelta(days=1), day)["what"]


@given(random_records(may_convert=True))
def test_no_text_says_what_is_not_a_number(record: Record) -> None:
    states_nothing = any(0 in figures_in(record.funds, code) for code in CURRENCIES)
    for day in (MOVE, END + dt.timedelta(days=365)):
        for text in texts(record, day):
            assert not NO_NUMBER.search(text), text
            assert states_nothing or not NOTHING.search(text), text


@given(random_records())
def test_no_currency_becomes_another(record: Record) -> None:
    """A text has a sign of a currency only where rows state sums in it; euros never become dollars."""
    stated = {code for code in CURRENCIES if figures_in(record.funds, code)}
    signs = {"USD": r"\$\d", "EUR": r"€\d", "GBP": r"£\d"}
    for text in texts(record, END):
        assert not [code for code in signs if code not in stated and re.search(signs[code], text)], text
    assert record.tracker.currency or currency_of(record) in (stated or {"USD"})


@given(random_records(may_convert=True), st.sampled_from(LOOKS))
def test_every_chart_of_money_is_drawn_of_any_record(record: Record, look: Look) -> None:
    options = [Options(unit=unit) for unit in units(record, END)]
    for name, option in itertools.product(CHARTS_OF_MONEY, options):
        picture = picture_of(record, name, END, option)
        for text in (picture.title, picture.alt, *picture.figure.notes()):
            assert not NO_NUMBER.search(text), text
        assert not re.search("Infinity|NaN|nan", picture.figure.draw(look).to_json())
        picture.figure.table()


def test_a_small_share_is_not_nothing() -> None:
    assert [percent(share) for share in (0, 0.0004, 0.004, 0.374, 1.02)] == ["0%", "under 0.1%", "0.4%", "37%", "102%"]
