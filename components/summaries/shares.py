"""What part of one sum of money another is, said in words where it cannot be worked out.

Sums that state the same currency are compared in it, so that a rate that moved between them is no part of the answer.
"""

from dataclasses import dataclass

from components.record.wording import percent
from components.summaries.money import Total, merged


@dataclass(frozen=True, slots=True)
class Share:
    """What part of one sum another is: `value` (1 is all of it), None where it cannot be said, and `why` not.

    `at_least`: the part also has sums in currencies other than that of the whole.
    """

    value: float | None
    why: str = ""
    at_least: bool = False

    def in_words(self) -> str:
        """“43%”, “at least 43%” or “share not known: required in EUR, received in USD”."""
        if self.value is None:
            return f"share not known: {self.why}"
        return f"at least {percent(self.value)}" if self.at_least else percent(self.value)


def share(part: Total, whole: Total, part_is: str, whole_is: str) -> Share:
    """What part of `whole` the other is; `part_is` and `whole_is` name them: “received”, “required”."""
    for found, name in ((whole, whole_is), (part, part_is)):
        if not found.rows:
            return Share(None, f"nothing reported as {name}")
    of, told = _in_one_currency(whole), _in_one_currency(part)
    if of is None or told is None or told.currency != of.currency:
        of, told = whole, part
    if of.others or of.value is None or told.value is None:
        return Share(None, f"{whole_is} in {_currencies(whole)}, {part_is} in {_currencies(part)}")
    if not of.value:
        return Share(None, f"{of.amounts()} {whole_is}")
    return Share(told.value / of.value, at_least=bool(told.others))


def _in_one_currency(found: Total) -> Total | None:
    """The total in the one currency that all of its rows state, at no rate; None where they state more."""
    stated = (*found.others, *found.converted)
    if not stated:
        return found
    whole = merged(stated, stated[0].currency)
    is_one = len({part.currency for part in stated}) == 1 and whole.rows == found.rows
    return whole if is_one else None


def _currencies(whole: Total) -> str:
    own = [] if whole.value is None else [whole.currency]
    return " and ".join([*own, *(other.currency for other in whole.others)])
