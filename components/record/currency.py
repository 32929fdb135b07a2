"""In which currency a record is counted. Does not belong here: what sums come to in it (summaries.currency)."""

from collections.abc import Iterable

DOLLARS = "USD"


def counted_in(named: str, stated: Iterable[str], *, has_dollars: bool) -> str:
    """What tracker.toml names, else US dollars where any row states them, else the currency that most rows state.

    Of equals the first by its code; US dollars where there are no rows.
    """
    codes = sorted(code for code in stated if code)
    if named or not codes or has_dollars:
        return named or DOLLARS
    return max(dict.fromkeys(codes), key=codes.count)
