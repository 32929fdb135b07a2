"""How days, numbers, sums of money and lists are written in words, the same on every page and in every picture.

Belongs here: every rule of how a figure is rounded and spelt. Does not belong here: what is unknown, which is said in
words by whoever asks; a figure is never made of it.
"""

import datetime as dt
import math
import re
from collections.abc import Collection, Sequence
from urllib.parse import quote

ADDRESS_SIGNS = ":/?#[]@!$&()*+,;=%~-._"

# How an amount is written: the first step below whose end it stays once it is rounded. Each is a scale, its name, the
# digits after the point, and the end of the step in that scale. No step rounds by as much as 5 %.
MILLION, BILLION, TRILLION = 1e6, 1e9, 1e12
Steps = Sequence[tuple[float, str, int, float]]
MONEY: Steps = (
    (1, "", 2, 1),
    (1, "", 1, 10),
    (1, "", 0, MILLION),
    (MILLION, "m", 1, 10),
    (MILLION, "m", 0, 1000),
    (BILLION, "bn", 1, 1000),
    (TRILLION, "tn", 1, math.inf),
)
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}  # of currencies whose sign is no other's; all others go by their code
PERCENT: Steps = ((1, "", 1, 1), (1, "", 0, math.inf))
# Hebrew, Arabic and the other scripts that run from right to left, and a name in them, brackets and all.
_LEFTWARDS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_INSIDE = rf"[{_LEFTWARDS}\s\d'’-]|\([{_LEFTWARDS}\s\d]*\)"
_NAME_LEFTWARDS = re.compile(rf"[{_LEFTWARDS}](?:(?:{_INSIDE})*(?:[{_LEFTWARDS}]|\([{_LEFTWARDS}\s\d]*\)))?")
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PEOPLE: Steps = ((1, "", 0, MILLION), (MILLION, " million", 1, 1000), (BILLION, " billion", 1, math.inf))


def long_date(text: str) -> str:
    """`2025-07-03` as “3 July 2025”, `2025-07` as “July 2025”; a year, or anything else, as it is."""
    if len(text) == 10:
        day = dt.date.fromisoformat(text)
        return f"{day.day} {day:%B %Y}"
    if len(text) == 7:
        return f"{dt.date.fromisoformat(text + '-01'):%B %Y}"
    return text


def day_in_words(day: dt.date) -> str:
    """A day as “3 July 2025”."""
    return long_date(day.isoformat())


def dated_when(text: str) -> str:
    """`2025-07-03` as “on 3 July 2025”, `2025-07` as “in July 2025”, a year as “in 2025”."""
    return f"{'on' if len(text) == 10 else 'in'} {long_date(text)}"


def as_of(day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """What stands above every headline; it says where filters leave only some actors."""
    return f"As of {day_in_words(day)}{'' if actor_ids is None else ', among those shown'}"


def dated(finding: str, day: dt.date) -> str:
    """A finding with the day that it holds on."""
    return f"{finding} – as of {day_in_words(day)}"


def sign(currency: str) -> str:
    """What stands before an amount: “$”, “€” or “JPY ”."""
    return SIGNS.get(currency, f"{currency} ")


def money(low: float, high: float | None = None, currency: str = "USD") -> str:
    """An amount, or a range of them, as “$7.0bn”, “€950,000”, “$950m–1.2bn” or, without a sign, “JPY 100m”.

    Raises ValueError for what is not a sum of money: NaN, below zero, or a range that ends below its beginning.
    """
    top = low if high is None else high
    if top < low:
        raise ValueError(f"a range from {low} to {top}")
    before = sign(currency)
    if 0 < top < 0.005:
        return f"under {before}0.01"
    (first, unit), (last, top_unit) = _rounded(low, MONEY), _rounded(top, MONEY)
    if low and top_unit and not unit:  # “$5–64m” would read as millions at both ends
        first, last, top_unit = number(low), number(top), ""
    unit = "" if unit == top_unit else unit
    return f"{before}{last}{top_unit}" if first + unit == last else f"{before}{first}{unit}–{last}{top_unit}"


def about(amount: str, *, is_so: bool) -> str:
    """An amount as “about $1.1bn” where it is converted, else as it is."""
    return f"about {amount}" if is_so else amount


def quoted_address(url: str) -> str:
    """A web address with every sign that Markdown or HTML could take for its own written as a code."""
    return quote(url, safe=ADDRESS_SIGNS)


def number(count: float) -> str:
    """A whole number, or the nearest one, as “1,234”. Raises ValueError for NaN and infinity."""
    return f"{_finite(count):,.0f}"


def percent(share: float) -> str:
    """A share of one, as “43%”, “0.4%” or “under 0.1%”. Raises ValueError for NaN and below zero."""
    return "under 0.1%" if 0 < share < 0.0005 else f"{_rounded(100 * share, PERCENT)[0]}%"


def people(count: float) -> str:
    """So many inhabitants, as “42.6 million” or “45,000”. Raises ValueError for NaN and below zero."""
    return "".join(_rounded(count, PEOPLE))


def isolated(text: str) -> str:
    """Text for the eye: each name that runs from right to left set apart, so that what follows it keeps its place."""
    return text if text.isascii() else _NAME_LEFTWARDS.sub(rf"{ISOLATE}\g<0>{END_ISOLATE}", text)


def spelled(count: int) -> str:
    """A count as a sentence begins with it: in letters below ten."""
    return SPELLED[count] if count < len(SPELLED) else number(count)


def sentence(words: str) -> str:
    """Words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]


def lowered(label: str) -> str:
    """A label inside a sentence: initials at its beginning, and names after it, keep their capitals."""
    first = label.partition(" ")[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def in_markdown(text: str) -> str:
    """Text with a backslash before each sign that Markdown or HTML in it would take for its own."""
    return re.sub(r"([\\`*<&|\[\]]|(?<!\w)_|_(?!\w))", r"\\\1", text)


def counted(count: int, one: str, many: str = "") -> str:
    """“1 row”, “2 rows”."""
    return f"{number(count)} {agreeing(count, one, many or one + 's')}"


def agreeing(count: int, one: str, many: str) -> str:
    """The word that goes with so many: “holds” of 1 actor, “hold” of 2 or none."""
    return one if count == 1 else many


def enumerated(names: Sequence[str], most: int) -> str:
    """“A, B and C”; of more than `most` the first of them, as “A, B, C and 12 more”."""
    shown = [*names] if len(names) <= most else [*names[:most], f"{number(len(names) - most)} more"]
    *first, last = shown or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _rounded(amount: float, steps: Steps) -> tuple[str, str]:
    """An amount rounded to its step, and the name of that step's scale."""
    if _finite(amount) < 0:
        raise ValueError(f"{amount} is below zero")
    figures = ((round(float(amount) / scale, digits), name, digits, end) for scale, name, digits, end in steps)
    figure, name, digits = next((figure, name, digits) for figure, name, digits, end in figures if figure < end)
    whole = not name and figure.is_integer()  # “$5”, not “$5.0”
    return f"{abs(figure):,.{0 if whole else digits}f}", name


def _finite(amount: float) -> float:
    if not math.isfinite(amount):
        raise ValueError(f"{amount} is not known: say so in words")
    return amount
