"""Text as it is looked for: without case, accents, and the ways in which one sign can be written."""

import unicodedata

# All but the first are also written for it, by keyboards and word processors.
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ′`´", "'"))
# Letters that are more than one with an accent, by what is typed for them.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """Text as it is compared with what a reader types."""
    if text.isascii():  # nearly all cells, and much faster
        return text.lower().replace("`", "'")
    return "".join(sign for sign in _apart(text.casefold()).translate(LETTERS) if not unicodedata.combining(sign))


def findable(text: str) -> str:
    """Text that looks as it did and has its accents apart from their letters, for a list that is searched as it is.

    A list offers what has the typed letters in their order, so that an accent between them does no harm. Where that is
    not enough, the plain spelling stands behind it.
    """
    apart = _apart(text)
    plain = folded(text)
    letters = "".join(sign for sign in apart.casefold() if not unicodedata.combining(sign))
    return apart if letters == plain else f"{apart} · {plain}"


def _apart(text: str) -> str:
    return unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
