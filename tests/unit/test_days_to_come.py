"""Counts, bands and pictures up to a day: they add up, are those of their rows, and say nothing of days to come."""

import datetime as dt
import itertools
import re
from collections import Counter

import pandas as pd
from hypothesis import given

from components.figures.catalogue import FIGURES
from components.figures.figure import Options
from components.figures.history import History
from components.figures.standing import Standings
from components.figures.theme import Look
from components.record.filters import Filters, passing
from components.record.model import Record
from components.record.wording import day_in_words, long_date, spelled
from components.summaries import stances
from components.summaries.time import (
    BY_LEVEL,
    BY_POSITION,
    BY_STANCE,
    count_steps,
    month_ends,
    moved,
    stances_at,
    standing_bands,
)
from tests.by_hand import DATE, dates_in, ends_of_days, first_of_run, listed, rows_of, withdrew_on
from tests.random_records import (
    BODIES,
    COUNTRIES,
    START,
    SUBJECT,
    days,
    filters,
    records,
)

OF_STANCES = ("map", "tiles", "counts", "history", "matrix")


def jointly(record: Record, day: dt.date, actor_ids: list[str]) -> str:
    """What follows the number of these who take one stance: how many of them in texts signed with others alone."""
    joint = 0
    for actor_id in actor_ids:
        rows = [row for row in rows_of(record)[actor_id] if row["date"] <= pd.Timestamp(day)]
        run = list(itertools.takewhile(lambda row: row["stance"] == rows[-1]["stance"], reversed(rows)))  # noqa: B023
        joint += run[-1]["act"] == "joint_statement" and not any(row["act"] == "statement" for row in run)
    who = f"{joint} of them " if joint < len(actor_ids) else "all " if joint > 1 else ""
    return f", {who}only by a joint text" if joint else ""


@given(records(), days(), filters())
def test_counts_add_up_to_the_countries_shown(record: Record, day: dt.date, chosen: Filters) -> None:
    shown = passing(record, day, chosen)
    ids = [actor_id for actor_id in COUNTRIES if shown is None or actor_id in shown]
    held = {actor_id: ends_of_days(record, actor_id, day)[-1:] for actor_id in ids}
    stance = Counter(rows[0]["stance"] if rows else "not_coded" for rows in held.values())
    level = Counter(rows[0]["recognition_level"] if rows else "not_coded" for rows in held.values())
    withdrew = sorted(actor_id for actor_id in ids if withdrew_on(record, actor_id, day))
    position = Counter(
        "withdrew" if actor_id in withdrew else rows[0]["stance"] if rows else "not_coded"
        for actor_id, rows in held.items()
    )
    for column, counts in ((BY_STANCE, stance), (BY_POSITION, position), (BY_LEVEL, level)):
        steps = count_steps(record, day, shown, column).set_index("date")
        assert (steps.to_numpy() >= 0).all()
        assert (steps.sum(axis=1) == len(ids)).all()
        assert steps.index[0] == pd.Timestamp(START) and steps.index[-1] == pd.Timestamp(day)
        assert steps.index.is_monotonic_increasing and steps.index.is_unique
        assert {code: number for code, number in steps.iloc[-1].items() if number} == counts
        assert set(moved(record, day, shown, column)["actor_id"]) <= set(ids)
    headline = stances.headline(record, day, shown)
    if not ids or set(stance) <= {"not_coded"}:
        empty = "No country matches the filters" if shown is not None and not ids else "Nothing is recorded by this day"
        assert headline == empty
        return
    recognise = sorted(record.actors.at[actor_id, "name"] for actor_id, rows in held.items()
                       if rows and rows[0]["recognition_level"] == "recognition")  # fmt: skip
    short = position["supportive"] - len(recognise)
    only = "Only " if len(recognise) == 1 else ""
    who = listed(recognise) if 0 < len(recognise) <= 3 else f"{len(recognise)} countries" if recognise else "No country"
    backers = [
        actor_id
        for actor_id, rows in held.items()
        if rows
        and rows[0]["stance"] == "supportive"
        and rows[0]["recognition_level"] != "recognition"
        and actor_id not in withdrew
    ]
    parts = [f"{spelled(short)} support{'s' if short == 1 else ''} it short of that{jointly(record, day, backers)}"]
    parts = parts if short else []
    for code, one, many in (("engaging", "deals with it", "deal with it"), ("opposed", "refuses", "refuse")):
        if position[code]:
            those = [
                actor_id
                for actor_id, rows in held.items()
                if rows and rows[0]["stance"] == code and actor_id not in withdrew
            ]
            joint = jointly(record, day, those) if code == "opposed" else ""
            name = record.actors.at[those[0], "name"]
            parts.append((f"{len(those)} {many}" if len(those) > 1 else f"{name} {one}") + joint)
    said = f"{only}{who} recognise{'' if len(recognise) > 1 else 's'} the council"
    if shown is not None:
        said = f"Among those shown, {said.replace('Only', 'only').replace('No country', 'no country')}"
    named = sorted(record.actors.at[actor_id, "name"] for actor_id in withdrew)
    back = [f"{listed(named) if len(named) <= 3 else spelled(len(named))} withdrew"] if named else []
    assert headline == "; ".join([said, *back, *([", ".join(parts)] if parts else [])])


@given(records(), days())
def test_what_is_drawn_over_time_is_what_held_and_ends_at_the_day(record: Record, day: dt.date) -> None:
    ids = [*COUNTRIES, *BODIES]
    asked = month_ends(record, day)
    assert asked[-1] == day
    months = stances_at(record, asked)
    for moment in asked:
        assert moment <= day
        for actor_id, code in months[moment].drop(SUBJECT, errors="ignore").items():
            rows = ends_of_days(record, str(actor_id), moment)
            assert code == (rows[-1]["stance"] if rows else "not_coded")
    bands = standing_bands(record, ids, day)
    for actor_id, own in bands.groupby("actor_id"):
        assert own["end"].iloc[-1] == pd.Timestamp(day) + pd.Timedelta(days=1)
        for band in own.itertuples():
            rows = ends_of_days(record, str(actor_id), band.start.date())
            assert band.stance == (rows[-1]["stance"] if rows else "not_coded")
            assert band.since == (first_of_run(rows, "stance") if rows else START.isoformat())
            later = ends_of_days(record, str(actor_id), band.end.date())
            ended = band.end <= pd.Timestamp(day)
            assert band.until == (first_of_run(later, "stance") if ended else day.isoformat())


@given(records(), days(), filters())
def test_no_picture_speaks_of_days_to_come(record: Record, day: dt.date, chosen: Filters) -> None:
    shown = passing(record, day, chosen)
    later = record.stances[record.stances["date"] > pd.Timestamp(day)]
    for name, own in {
        **dict.fromkeys(OF_STANCES, Options(passing=shown)), "standing": Options(actor_ids=COUNTRIES),
    }.items():  # fmt: skip
        figure = FIGURES[name].build(record, day, own)
        table = figure.table()
        texts = [figure.finding(), figure.alt(), *figure.notes(), *(key.text for key in figure.legend())]
        texts += [str(cell) for cell in (*table.columns, *table.to_numpy().ravel())]
        for text in texts:
            assert all(date <= day for date in dates_in(text)), (name, text)
            assert not any(summary in text for summary in later["summary"])
        numbers = [int(number) for number in re.findall(r"-?\d+(?= (?:countr|actor))", " ".join(texts))]
        assert all(number >= 0 for number in numbers)


@given(records(), days())
def test_bands_and_dots_say_the_dates_of_their_rows(record: Record, day: dt.date) -> None:
    standings = Standings.build(record, day, Options(actor_ids=COUNTRIES))
    history = History.build(record, day, Options(everyone=True))
    written: dict[str, set[str]] = {actor_id: set() for actor_id in (*COUNTRIES, *BODIES)}
    for actor_id, known in rows_of(record).items():
        written[actor_id] |= {long_date(row["date_text"]) for row in known if row["date"] <= pd.Timestamp(day)}
    ends = {day_in_words(START), day_in_words(day)}
    for trace in (*standings.draw(Look()).data, *history.draw(Look()).data):
        for actor_id, text in zip(trace.customdata or (), trace.hovertext or (), strict=False):
            dates = re.findall(DATE, text.partition("<br>What")[0])
            assert dates and set(dates) <= written[str(actor_id)] | ends
