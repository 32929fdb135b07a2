"""What was measured, as a table to read: what, how much, beside what, against which goal."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured. `beside` is what the bare page takes for it; `goal` is the most that it may be.

    A goal beside the bare page is a ratio to it, any other is in the unit of the value.
    """

    what: str
    value: float
    unit: str
    beside: float | None = None
    goal: float | None = None

    @property
    def measured(self) -> float:
        """What is held against the goal."""
        return self.value if self.beside is None else self.value / self.beside

    @property
    def verdict(self) -> str:
        """Whether the goal is reached; "" where there is none."""
        return "" if self.goal is None else "reached" if self.measured <= self.goal else "missed"


def ratio(what: str, value: float, beside: float, unit: str, *, goal: float | None = None) -> Line:
    """Something measured beside the bare page; seconds of the clock or milliseconds alike."""
    return Line(what, value, unit, beside, goal)


def as_markdown(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table."""
    rows = ["| what | measured | bare page | ratio | goal | |", "|---|---|---|---|---|---|"]
    for line in lines:
        beside = "" if line.beside is None else _with_unit(line.beside, line.unit)
        times = "" if line.beside is None else f"{line.measured:.2f}×"
        sign = "×" if line.beside is not None else f" {line.unit}".rstrip()
        goal = "" if line.goal is None else f"≤ {line.goal:g}{sign}"
        cells = [line.what, _with_unit(line.value, line.unit), beside, times, goal, line.verdict]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _with_unit(value: float, unit: str) -> str:
    digits = 0 if value == int(value) or value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()
