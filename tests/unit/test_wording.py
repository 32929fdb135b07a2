"""How days, numbers, sums of money and lists are written: the edges, and what holds for any of them."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.record.wording import agreeing, counted, enumerated, long_date, money, number, people, percent

SOME = settings(deadline=None, max_examples=300, derandomize=True)
SUMS = st.one_of(
    st.integers(0, 10**16),
    st.floats(0, 1e16, allow_nan=False),
    st.builds(lambda lead, power: lead * 10.0**power, st.sampled_from([9.4, 9.49, 9.5, 9.94, 9.95, 9.995, 9.9995]),
              st.integers(-3, 14)),
)  # fmt: skip
UNITS = {"": 1, "m": 1e6, "bn": 1e9, "tn": 1e12}
SUM = re.compile(r"\$(\d{1,3}(?:,\d{3})*(?:\.\d\d?)?)(m|bn|tn|)")


def test_a_date_is_as_coarse_as_it_is_known() -> None:
    written = {"2025-07-03": "3 July 2025", "2025-07": "July 2025", "2025": "2025", "": ""}
    assert {text: long_date(text) for text in written} == written


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "$0"), (-0.0, "$0"), (5, "$5"), (950_000, "$950,000"), (999_999, "$999,999"), (999_999.5, "$1.0m"),
        (1e6, "$1.0m"), (9.94e6, "$9.9m"), (9.96e6, "$10m"), (64e6, "$64m"), (999.4e6, "$999m"), (999.6e6, "$1.0bn"),
        (7e9, "$7.0bn"), (64.04e9, "$64.0bn"), (999.94e9, "$999.9bn"), (999.96e9, "$1.0tn"), (1.24e12, "$1.2tn"),
        (4.52, "$4.5"), (9.96, "$10"), (0.42, "$0.42"), (0.996, "$1"), (0.004, "under $0.01"),
    ],
)  # fmt: skip
def test_a_sum_is_rounded_into_the_unit_that_it_reads_in(amount: float, words: str) -> None:
    assert money(amount) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (7e9, 9.5e9, "$7.0–9.5bn"), (0.44e9, 0.455e9, "$440–455m"), (950e6, 1.2e9, "$950m–1.2bn"),
        (1.4e6, 64e6, "$1.4–64m"), (800, 1000, "$800–1,000"), (0, 64e6, "$0–64m"), (0, 0, "$0"),
        (950_000, 1_234_567, "$950,000–1,234,567"), (5, 64e6, "$5–64,000,000"),
        (64.1e6, 64.3e6, "$64m"), (999.6e6, 1.04e9, "$1.0bn"), (0.001, 0.004, "under $0.01"),
    ],
)  # fmt: skip
def test_a_range_can_be_read_whatever_the_units_of_its_ends(low: float, high: float, words: str) -> None:
    assert money(low, high) == words


def test_other_currencies_have_their_code() -> None:
    assert [money(amount, currency="EUR") for amount in (500_000, 1e8, 1.2e9, 0)] == [
        "€500,000", "€100m", "€1.2bn", "€0",
    ]  # fmt: skip
    assert money(1e9, 1.2e9, "AFN") == "AFN 1.0–1.2bn"
    assert money(0.004, currency="EUR") == "under €0.01"


@pytest.mark.parametrize("amount", [math.nan, math.inf, -1, -0.01])
def test_what_is_no_sum_is_refused(amount: float) -> None:
    for words in (money, people, percent):
        with pytest.raises(ValueError, match=r"is not known|is below zero"):
            words(amount)
    for ends in ((amount, 1.0), (0.0, amount)):
        with pytest.raises(ValueError, match=r"is not known|is below zero|a range from"):
            money(*ends)


@given(SUMS)
@SOME
def test_a_sum_in_words_is_nearly_the_sum(amount: float) -> None:
    words = money(amount)
    if words == "under $0.01":
        assert 0 < amount < 0.005
        return
    found = SUM.fullmatch(words)
    assert found, words
    figure, unit = float(found[1].replace(",", "")), found[2]
    assert figure < 1000 or unit in {"", "tn"}, words
    assert abs(figure * UNITS[unit] - amount) <= max(0.05 * amount, 0.005 + 1e-9), words


@given(SUMS, SUMS)
@SOME
def test_a_larger_sum_never_reads_smaller_and_a_range_has_both_its_ends(one: float, other: float) -> None:
    low, high = sorted([one, other])
    ends = [money(end) for end in (low, high)]
    values = [_value(end) for end in ends]
    assert values[0] <= values[1], ends
    words = money(low, high)
    assert not re.search(r"e\+|\d{4}|1,?000(m|bn)|nan|inf|None|–$|\$.*\$", words), words
    assert (words == ends[1]) == ("–" not in words), (words, ends)


def _value(words: str) -> float:
    found = SUM.fullmatch(words)
    return float(found[1].replace(",", "")) * UNITS[found[2]] if found else 0.005


def test_counts_and_their_verbs_agree() -> None:
    assert [counted(count, "body", "bodies") for count in (0, 1, 2, 1200)] == [
        "0 bodies", "1 body", "2 bodies", "1,200 bodies",
    ]  # fmt: skip
    assert [f"{counted(count, 'actor')} {agreeing(count, 'holds', 'hold')}" for count in (0, 1, 2)] == [
        "0 actors hold", "1 actor holds", "2 actors hold",
    ]  # fmt: skip
    assert [number(count) for count in (0, 999, 1000, 1234567.0)] == ["0", "999", "1,000", "1,234,567"]
    with pytest.raises(ValueError, match="is not known"):
        number(math.nan)


def test_inhabitants_and_shares_are_as_exact_as_their_size_asks() -> None:
    assert [people(count) for count in (1, 45_000, 999_999, 1e6, 42_647_000, 999.96e6, 1.41e9)] == [
        "1", "45,000", "999,999", "1.0 million", "42.6 million", "1.0 billion", "1.4 billion",
    ]  # fmt: skip
    assert [percent(share) for share in (0, 0.0004, 0.004, 0.0096, 0.43, 1, 1.2)] == [
        "0%", "under 0.1%", "0.4%", "1%", "43%", "100%", "120%",
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["Benin", "Chad", "Fiji", "Mali"]), max_size=6), st.integers(1, 6))
@SOME
def test_a_list_names_as_many_as_it_may_and_counts_the_others(names: list[str], most: int) -> None:
    words = enumerated(names, most)
    assert re.findall("[A-Z][a-z]+", words) == names[:most]
    assert words.endswith(f" and {len(names) - most} more") == (len(names) > most)


def test_a_list_ends_with_and() -> None:
    assert [enumerated(list("ABCD")[:count], 3) for count in range(5)] == [
        "", "A", "A and B", "A, B and C", "A, B, C and 1 more",
    ]  # fmt: skip
