"""How days, sums and lists are written in words, the same on every page and in every picture."""

import datetime as dt
from collections.abc import Collection, Sequence
from urllib.parse import quote

ADDRESS_SIGNS = ":/?#[]@!$&()*+,;=%~-._"
UNITS = ((1e9, "bn"), (1e6, "m"))


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


def as_of(day: dt.date, actor_ids: Collection[str] | None = None) -> str:
    """How every headline begins; it says where filters leave only some actors."""
    return f"As of {day_in_words(day)}{'' if actor_ids is None else ', among those shown'}"


def dollars(low: float, high: float | None = None) -> str:
    """US dollars, or a range of them, as “$7.0bn”, “$64m” or “$7.0–9.5bn”."""
    top = low if high is None else high
    scale, unit = next(((scale, unit) for scale, unit in UNITS if top >= scale), (1.0, ""))
    digits = 1 if unit == "bn" or (unit and top < 10 * scale) else 0
    ends = [f"{value / scale:.{digits}f}" for value in (low, top)]
    return f"${ends[0]}{unit}" if ends[0] == ends[1] else f"${ends[0]}–{ends[1]}{unit}"


def original_amount(amount: float, currency: str) -> str:
    """An amount in its own currency, as “EUR 100m”."""
    scale, unit = next(((scale, unit) for scale, unit in UNITS if amount >= scale), (1.0, ""))
    return f"{currency} {amount / scale:,.4g}{unit}"


def quoted_address(url: str) -> str:
    """A web address with every sign that Markdown or HTML could take for its own written as a code."""
    return quote(url, safe=ADDRESS_SIGNS)


def counted(number: int, one: str, many: str = "") -> str:
    """“1 row”, “2 rows”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def enumerated(names: Sequence[str], most: int) -> str:
    """“A, B, C and 12 more”."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
