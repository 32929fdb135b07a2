"""Who stood where on each day, for programs: a file for each day on which that changed."""

import datetime as dt
import json
from collections.abc import Iterable

import pandas as pd

from components.publish.site_page import Files
from components.record.model import Record
from components.record.on_day import positions, stances_on
from components.record.vocabulary import LEVELS, STANCES, WITHDREW


def who_stood_where(record: Record) -> Files:
    """Who stood where: a file for each day on which any stance or level became another one, and a list of them.

    The record's first day is the first of them.
    """
    files, before, known = {}, None, positions(record)
    for day in _stance_days(record):
        held = stances_on(record, day)
        now = {
            "stances": _groups(held["stance"], STANCES),
            "levels": _groups(held["recognition_level"], LEVELS),
            **({WITHDREW.code: sorted(held.index[held["withdrew_since"] != ""])} if WITHDREW.code in known else {}),
        }
        if now != before:
            files[day.isoformat()] = {"day": day.isoformat(), **now}
            before = now
    index = {
        "days": list(files),
        "holds_until": "the day before the next one",
        "record_until": record.tracker.data_until.isoformat(),
    }
    return {f"on/{name}.json": compact(told) for name, told in {"index": index, **files}.items()}


def _stance_days(record: Record) -> list[dt.date]:
    """The record's first day, and each later one on which somebody is coded."""
    start, end = record.tracker.start, record.tracker.data_until
    coded = {moment.date() for moment in record.stances["date"].unique()}
    return sorted({start, *(day for day in coded if start < day <= end)})


def _groups(codes: pd.Series, terms: Iterable[str]) -> dict[str, list[str]]:
    """The actor_ids with each code, in the order of the closed list."""
    return {term: sorted(codes.index[codes == term]) for term in terms}


def compact(told: object) -> str:
    """What is told to a program, in few letters."""
    return f"{json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n"
