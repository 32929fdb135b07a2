"""How the record was coded and how good it is: the rules of a stance, how far coders agree, and the known gaps."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components.curate.coverage import Unchecked, by_kind, by_region, by_year, unchecked
from components.pages.parts.text import literal
from components.publish.templates import filled
from components.record.model import Record
from components.record.vocabulary import STANCES
from components.record.wording import agreeing, counted, day_in_words, enumerated, long_date, number, sentence
from components.summaries.agreement import Agreement, Alike, agreements


def show_rules(record: Record) -> None:
    """By which rule a stance is chosen, and the ladder of levels."""
    st.subheader("How a stance is chosen", anchor=False)
    st.markdown("The first of these that applies:")
    rules = [(STANCES[code], rule) for code, rule in record.words.stance_tree.items()]
    steps = [f"1. {term.symbol} **{term.label}.** {rule}" for term, rule in rules]
    st.markdown("\n".join(steps))
    st.markdown("The level is apart from it: the highest rung that holds, so that words and deeds can be compared.")
    levels = record.words.levels.values()
    st.markdown("\n".join(f"1. **{literal(term.label)}.** {literal(term.definition)}" for term in levels))


def show_agreement(record: Record) -> None:
    """How far two coders agree, as the second coding says."""
    st.subheader("How far two coders agree", anchor=False)
    found = agreements(record)
    if not found:
        st.markdown("No second coding lies beside this record.")
        return
    of, stance = counted(found[0].all.rows, "row"), next((one for one in found if one.column == "stance"), None)
    st.markdown(
        f"Of {number(len(record.stances))} rows of stances, {of} were coded again by a second coder, who did not see "
        f"the first coding.{_coded_so_again(stance.classes) if stance else ''}"
    )
    _show_frame(_agreement_table(found), "")
    st.caption(
        "Alpha is Krippendorff’s: 1 where all agree, 0 where they agree no more than by chance; of the levels, a near "
        "miss weighs less. Between the two figures after it lies alpha in 95 of 100 draws of the same rows. "
        "It shows that the rules can be followed, not that the record is right."
    )


def _coded_so_again(classes: Mapping[str, tuple[int, int]]) -> str:
    told = [f"{STANCES[code].label.lower()} {alike} of {rows}" for code, (alike, rows) in classes.items()]
    return f" Of the stances of the first, the second coder had the same: {enumerated(told, len(told))}."


def _agreement_table(found: Sequence[Agreement]) -> pd.DataFrame:
    """How far the two agree in each column, of all rows and by stratum."""
    table = {"All": [_alike(one.all) for one in found]}
    for name in found[0].strata:
        table[sentence(name)] = [_alike(one.strata[name]) for one in found]
    names = [f"{sentence(one.column.replace('_', ' '))}: alike, alpha" for one in found]
    return pd.DataFrame.from_dict(table, orient="index", columns=names).rename_axis("Rows").reset_index()


def _alike(one: Alike) -> str:
    told = f"{number(one.alike)} of {number(one.rows)}"
    if one.alpha is None:
        return f"{told}, all of one code"
    if one.interval is None:
        return f"{told}, all alike"
    low, high = one.interval
    return f"{told}, {one.alpha:.3f} ({low:.3f} to {high:.3f})"


def show_gaps(record: Record) -> None:
    """What the record does not know, in words, and the counts behind that to unfold."""
    st.subheader("Known gaps", anchor=False)
    regions, old = by_region(record), unchecked(record)
    coded, none, unknown, everyone = regions.loc["All"]
    languages = record.sources["language"].value_counts()
    parts = {
        f"{number(coded)} {agreeing(coded, 'has', 'have')} a position with evidence": coded,
        f"for {number(none)} a search found none": none,
        f"{number(unknown)} {agreeing(unknown, 'is', 'are')} not coded": unknown,
    }
    told = "; ".join(words for words, some in parts.items() if some)
    said = [
        *([f"Of {counted(everyone, 'actor')}, {told}."] if told else []),
        *([_unchecked_words(old)] if len(record.stances) or len(record.levers) else []),
        "Parties announce what suits them; talks behind closed doors leave no row.",
        "What has no end holds because no end was found, not because somebody confirmed it on the last day.",
    ]
    if len(languages):
        code, most = str(languages.index[0]), int(languages.iloc[0])
        spoken = f"{number(most)} of {counted(len(record.sources), 'source')} are in one language ({literal(code)})"
        said.insert(-2, f"{spoken}; what was said only in others is under-represented.")
    st.markdown("\n".join(f"- {words}" for words in said))
    still_open = [f"- {literal(words)}" for words in record.tracker.still_open]
    looked = f"We looked until {day_in_words(record.tracker.data_until)}.{' Open on that day:' if still_open else ''}"
    st.markdown("\n".join([looked, "", *still_open]))
    with st.expander("Counts by region, year and kind of source", key="gaps", on_change="rerun") as counts:
        if counts.open:
            _show_counts(record, regions, old)


def _unchecked_words(old: Unchecked) -> str:
    day = day_in_words(old.until)
    if not old.rows:
        return f"Every stance and lever that holds was checked in the year before {day}."
    parts = [
        f"{number(row['rows'])} of {number(row['of those that hold'])} {name}" for name, row in old.counts.iterrows()
    ]
    return f"Not checked in the year before {day}: {' and '.join(parts)} that hold."


def _show_counts(record: Record, regions: pd.DataFrame, old: Unchecked) -> None:
    named = regions.rename(columns={"coded": "position", "none": "none found"})
    _show_frame(named.rename_axis("Region").reset_index(), f"Actors on {day_in_words(record.tracker.data_until)}")
    _show_frame(by_year(record).rename_axis("Year").reset_index(), "Rows by the year in which they begin")
    _show_frame(by_kind(record).rename_axis("Kind").reset_index(), "Sources by kind of publisher")
    if old.rows:
        rows = [(key, long_date(day)) for key, day in old.rows.items()]
        _show_frame(pd.DataFrame(rows, columns=["Row", "Last checked"]), "Not checked for a year")


def _show_frame(frame: pd.DataFrame, caption: str) -> None:
    numbers = frame.select_dtypes("number").astype(float)  # which a table groups by thousands
    st.html(filled("table.html", "frame_table", frame.assign(**numbers), caption))
