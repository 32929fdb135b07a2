"""What is said where there is nobody to speak of, or nothing is recorded of those who are shown."""

UNMATCHED = "matches the filters"


def empty_state(shown: int, recorded: int, *, filtered: bool, who: str = "country") -> str:
    """The sentence of an empty view; "" where something is recorded.

    `shown` is how many of `who` there are to speak of and `recorded` of how many of them anything is; `filtered` is
    whether filters leave some out.
    """
    if not shown:
        return f"No {who} {UNMATCHED}" if filtered else f"The record has no {who}"
    return "" if recorded else "Nothing is recorded by this day"


def after_colon(sentence: str) -> str:
    """A sentence as it reads in a headline, after the day."""
    return sentence[:1].lower() + sentence[1:]
