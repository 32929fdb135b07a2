"""What stands around every page: its headline, its sidebar, its footer, and the page for a broken folder."""

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import astuple

import pandas as pd
import streamlit as st

from components.as_of import change_days
from components.load import Dataset, InvalidData
from components.pages.text import literal
from components.pages.view import pick_actor
from components.phrasing import counted, day_in_words, long_date

STYLE = """<style>
.st-key-address {display: none;}
.stMainBlockContainer {padding: 4.2rem 2.5rem 3rem; max-width: 84rem;}
h1 {text-wrap: balance; letter-spacing: 0;}
.st-key-picture_map {height: 540px;}
@media (max-width: 640px) {
  .stMainBlockContainer {padding: 4.2rem 1rem 2rem;}
  .stMainBlockContainer h1 {font-size: 1.45rem;}
  .st-key-picture_map {height: 440px;}
  .st-key-picture_matrix_frame {overflow-x: auto;}
  .st-key-picture_matrix {min-width: 700px;}
}
</style>"""


def show_headline(sentence: str, how_to_read: str, definitions: str) -> None:
    """A finding in one sentence, one line of how to read the page, and definitions one hover away."""
    st.title(literal(sentence), anchor=False)
    st.markdown(how_to_read, help=definitions)


def ask_day(dataset: Dataset) -> dt.date:
    """The as-of date, from the sidebar or the address; with it the previous and the next change."""
    tracker = dataset.tracker
    day = st.date_input(
        "As of",
        value=tracker.data_until,
        min_value=tracker.start,
        max_value=tracker.data_until,
        key="date",
        bind="query-params",
        format="YYYY-MM-DD",
    )
    shown = day if isinstance(day, dt.date) else tracker.data_until
    days = change_days(dataset)
    before, after = bisect_left(days, shown), bisect_right(days, shown)
    previous, following = st.columns(2)
    _step(previous, "previous", "← Previous", days[before - 1] if before else None)
    _step(following, "next", "Next →", days[after] if after < len(days) else None)
    return shown


def ask_actor(dataset: Dataset) -> str:
    """The picked actor, found by any of its names; "" where none is picked."""
    names = {
        actor_id: " · ".join([name, *aliases])
        for actor_id, name, aliases in zip(
            dataset.actors.index, dataset.actors["name"], dataset.actors["aliases"], strict=True
        )
    }
    # A select box would write its label into the address; this hidden twin writes the id, which never changes.
    with st.container(key="address"):
        asked = st.text_input("actor_id", key="actor", bind="query-params", label_visibility="collapsed")
    actor_id = asked if asked in names else ""
    st.session_state["actor_found"] = actor_id or None
    st.selectbox(
        "Country or body",
        list(names),
        format_func=names.__getitem__,
        placeholder="Find by any name",
        key="actor_found",
        on_change=lambda: pick_actor(st.session_state["actor_found"] or ""),
    )
    return actor_id


def wrong_parameters(dataset: Dataset) -> list[str]:
    """A sentence for each parameter of the address that cannot be used."""
    tracker = dataset.tracker
    told = []
    day, actor_id = st.query_params.get("date"), st.query_params.get("actor")
    if day is not None and not _in_record(day, tracker.start, tracker.data_until):
        allowed = f"{tracker.start} to {tracker.data_until}, written YYYY-MM-DD"
        told.append(
            f"The address asks for the date “{day[:40]}”, which is not a day of the record: {allowed}. It was ignored."
        )
    if actor_id is not None and actor_id not in dataset.actors.index:
        told.append(
            f"The address asks for “{actor_id[:40]}”, which is not an actor_id of the record. It was ignored; "
            "find actors by name in the sidebar."
        )
    return told


def show_footer(dataset: Dataset) -> None:
    """Until when the record goes, its licence, and where to report an error."""
    tracker = dataset.tracker
    st.divider()
    parts = [
        f"Record from {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}",
        f"data {literal(tracker.licence)}",
    ]
    if tracker.repository:
        parts += [f"[code and data](<{tracker.repository}>)", f"[report an error](<{tracker.repository}/issues>)"]
    st.caption(" · ".join(parts))


def show_problems(invalid: InvalidData) -> None:
    """The page for a folder that cannot be used: every problem, where it is and what to do."""
    st.title("The data cannot be shown until it is mended", anchor=False)
    files = counted(len({problem.file for problem in invalid.problems}), "file")
    st.markdown(
        f"The check found {counted(len(invalid.problems), 'problem')} in {files} of the folder "
        f"{literal(str(invalid.folder))}. Mend them and reload this page."
    )
    columns = ["file", "line", "column", "found", "allowed", "what to do"]
    rows = pd.DataFrame([astuple(problem) for problem in invalid.problems], columns=columns)
    st.dataframe(rows, hide_index=True, row_height=44, alt="Problems of the data folder")
    st.caption("The same list in a terminal: python -m components.validation FOLDER")


def _in_record(text: str, start: dt.date, end: dt.date) -> bool:
    try:
        return len(text) == 10 and start <= dt.date.fromisoformat(text) <= end
    except ValueError:
        return False


def _step(place: st.delta_generator.DeltaGenerator, key: str, label: str, day: dt.date | None) -> None:
    words = f"To the change of {long_date(day.isoformat())}" if day else "The record has no change there"
    place.button(label, key=key, disabled=day is None, help=words, on_click=_go_to, args=(day,), width="stretch")


def _go_to(day: dt.date) -> None:
    st.session_state["date"] = day
