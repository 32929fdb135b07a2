"""The colours of the theme as CSS variables, for the pages that leave: --paper, --ink, --quiet, --rule and so on."""

from collections.abc import Mapping

from components.figures.theme import ACCENT, INK, PAPER, QUIET, RULE, Look, Paint, Theme

GROUND = Paint("#F5F4F1", "#1D2126")
LINK = Paint("#0B5394", "#8AB8E6")
NAMES: Mapping[str, Paint] = {
    "paper": PAPER,
    "ink": INK,
    "quiet": QUIET,
    "rule": RULE,
    "accent": ACCENT,
    "ground": GROUND,
    "link": LINK,
}


def colours(theme: Theme) -> str:
    """The rule that gives a page its colours in a theme."""
    look = Look(theme)
    return f":root {{{'; '.join(f'--{name}: {look.of(paint)}' for name, paint in NAMES.items())}}}\n"
