"""What the charts with an upright axis of money share: that axis, the room left of it, and their table.

Does not belong here: horizontal bars of money (money_bars), and what is drawn.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from components.figures.money_bars import MOST_STEPS, money_axis
from components.figures.theme import LINE, Look
from components.record.wording import money, sign

EDGE = 10  # px right of the drawing, and left of the sums of its axis


def sums_room(largest: float, currency: str, look: Look) -> int:
    """The px left of a drawing for the sums of its axis, of which the largest may not be known."""
    return (look.px(money(largest, currency=currency)) if largest >= 0 else 0) + EDGE


def sums_axis(largest: float, top: float, high: float, currency: str, look: Look) -> dict[str, Any]:
    """The axis up to `top`, so many px high, with as many sums as have room up to the largest."""
    most = int(high * (largest if largest > 0 else 1.0) / top / (2 * LINE))
    spelt = partial(money, currency=currency)
    return {**money_axis(largest, look, spelt, most=min(most, MOST_STEPS)), "range": [0, top]}


def until_unknown(steps: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """Rows of `pools.held_over_time` as a step line needs them: a sum ends where none is known any more, or at the end.

    Else its line would go on with a sum that is over.
    """
    ends = steps.assign(date=[*steps["date"].iloc[1:], end])[steps["value"].shift(-1).isna()]
    return pd.concat([ends, steps]).sort_values("date", kind="stable")


def in_millions(rows: Sequence[tuple[str, str, float, str]], currency: str) -> pd.DataFrame:
    """The table of rows of what, when, a sum in the currency, and the same in words; the sum in millions."""
    table = pd.DataFrame(rows, columns=["What", "When", f"{sign(currency)}m", "In words"])
    return table.assign(**{table.columns[2]: (table.iloc[:, 2].astype(float) / 1e6).round(1)})
