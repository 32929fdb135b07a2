"""A brief: one self-contained HTML file, and a PDF of it, about all or about one actor, to read without a network.

Belongs here: what a brief says and in which order. Does not belong here: its markup and look (brief_page).
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from components.figures.catalogue import Options, draw_picture
from components.figures.theme import Style
from components.publish import brief_page as html
from components.publish.brief_page import Markup, References, joined, quiet, tag
from components.publish.options import a_day, known_actors, parser, refuse, run
from components.record.model import Record
from components.record.on_day import levers_until, stances_on
from components.record.shapes import load_shapes
from components.record.vocabulary import (
    CONDITIONS,
    CONFIDENCES,
    DIRECTIONS,
    LEVELS,
    LEVERS,
    NOT_CODED,
    STANCES,
    STATUSES,
)
from components.record.wording import as_of, counted, day_in_words, long_date
from components.summaries import changes, conditions, countries
from components.summaries.actors import actor_money
from components.summaries.flows import flow_rows
from components.summaries.funds import funds_headline, stock_frame
from components.summaries.levers import matrix, matrix_headline
from components.summaries.sources import citation
from components.summaries.stances import class_counts, headline, map_frame, recognising
from components.summaries.time import moved

if TYPE_CHECKING:
    from components.publish.images import Renderer

DAYS = 90  # before the day, where no other first day of the changes is asked for
PICTURES, OF_ACTOR = ("map", "counts", "stocks", "pledges"), ("standing",)
WIDTHS = {"wide": (html.COLUMN, 124, 484), "narrow": (html.PHONE, 57, 400)}  # px, characters of a line, px high
EDGE = 2
TALLEST = 1000  # px, of a picture that a sheet of paper holds; of a taller one it has the table
NOTHING_HELD = "No row of the record holds yet. That is neither a stance nor a search without result."


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief is about, what it has cited so far, and its pictures as elements by their name in the catalogue."""

    record: Record
    day: dt.date
    since: dt.date
    actor_id: str
    style: Style
    cited: References
    pictures: dict[str, Markup]


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its id, its small label, its finding in a sentence, and what proves it."""

    name: str
    label: str
    finding: str
    content: Markup
    class_: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Write the brief and return the exit code."""
    return run(_parser().parse_args(arguments), _write_brief)


def page(brief: Brief, faces: str = "") -> str:
    """The brief as an HTML page; `faces` are the @font-face rules of its fonts."""
    record, day = brief.record, brief.day
    if brief.actor_id:
        title, tiles, parts = countries.country_headline(record, brief.actor_id, day), _standing_tiles(brief), _one
    else:
        title, tiles, parts = headline(record, day), _class_tiles(brief), _all
    sections = [part for part in parts(brief) if part.content]
    sections += [_sources(brief), _licence(brief, title)]
    header = tag(
        "header",
        tag("p", record.tracker.title, class_="kicker"),
        tag("h1", title),
        tag("p", record.tracker.question, class_="standfirst"),
        quiet(f"As the record, researched until {day_in_words(record.tracker.data_until)}, tells it. "
              "Numbers in brackets lead to the sources, which are listed at the end."),
        tiles,
        html.findings((part.name, part.label, part.finding) for part in sections),
    )  # fmt: skip
    written = [html.section(part.name, part.label, part.finding, part.content, class_=part.class_) for part in sections]
    return html.document(title, record.tracker.question, [header, tag("main", *written)], brief.style, faces)


def _all(brief: Brief) -> list[Part]:
    return [_map(brief), _counts(brief), _matrix(brief), _stocks(brief), _pledges(brief), _changes(brief),
            _conditions(brief), _coding(brief), _stances(brief), _flows(brief)]  # fmt: skip


def _one(brief: Brief) -> list[Part]:
    return [_standing(brief), _said_and_done(brief), _levers(brief), _money(brief), _changes(brief),
            _conditions(brief), _peers(brief), _coding(brief)]  # fmt: skip


# What both say


def _changes(brief: Brief) -> Part:
    record, since, day = brief.record, brief.since, brief.day
    only = [brief.actor_id] if brief.actor_id else None
    rows = changes.changes_between(record, since, day, only)
    finding = (
        f"{counted(len(rows), 'change')} between {day_in_words(since)} and {day_in_words(day)}"
        if only
        else changes.headline(record, since, day)
    )
    # The record is coded after its last day, so that one leaves the days of coding open.
    coded = changes.corrections_between(record, since, dt.date.max if day == record.tracker.data_until else day, only)
    tables = [
        html.change_table(brief.cited, rows, "In the world, newest first")
        if len(rows)
        else tag("p", f"The record has nothing after {day_in_words(since)} up to {day_in_words(day)}."),
        html.change_table(brief.cited, coded, "Our corrections, by the day of coding") if len(coded) else "",
    ]
    return Part("changes", "Changes", finding, joined(*tables))


def _conditions(brief: Brief) -> Part:
    only = [brief.actor_id] if brief.actor_id else None
    said = conditions.conditions_on(brief.record, brief.day, only)
    if said.empty:
        return Part("conditions", "Conditions", "", Markup())
    items: list[Markup] = []
    for code, term in CONDITIONS.items():
        rows = said[said["conditions"].map(lambda codes, code=code: code in codes).astype(bool)]
        names = [joined(row.name, brief.cited.cite(row.source_ids)) for row in rows.itertuples(index=False)]
        if names:
            number = "" if only else f" – {counted(len(names), 'country', 'countries')}"
            items += [tag("h3", term.label, number), tag("p", quiet(term.definition)), html.names(names)]
    codes = [term.label.lower() for code, term in CONDITIONS.items() if code in said["conditions"].iloc[0]]
    if only:
        return Part("conditions", "Conditions", f"Asks for: {', '.join(codes)}", joined(*items))
    rule = tag("p", "The latest row that states a condition counts. Who names two counts for both.")
    finding = f"{counted(len(said), 'country has', 'countries have')} said what recognition would take"
    return Part("conditions", "Conditions", finding, joined(rule, *items))


def _coding(brief: Brief) -> Part:
    record, tracker = brief.record, brief.record.tracker
    sizes = (
        f"The record goes from {day_in_words(tracker.start)} until {day_in_words(tracker.data_until)}: "
        f"{counted(len(record.stances), 'judgement')} of stance, {counted(len(record.levers), 'lever')}, "
        f"{counted(len(record.funds), 'row')} of money, {counted(len(record.sources), 'source')}. "
    )
    rule = (
        "A row holds from its date until the actor’s next one; before the first, an actor is not coded, which is "
        "neither a stance nor a search without result. A date without its day or month counts from the period’s "
        "first day. Where coders could fairly differ, the weaker claim stands."
    )
    lists = {
        "Stance": [(f"{term.symbol} {term.label}", tracker.stances[code]) for code, term in STANCES.items()],
        "Level, a ladder of acts": [(term.label, term.definition) for term in LEVELS.values()],
        "Levers": [(f"{term.symbol} {term.label}", term.definition) for term in DIRECTIONS.values()],
        "Money": [(term.label, term.definition) for term in STATUSES.values()],
        "Confidence": [(term.label, term.definition) for term in CONFIDENCES.values()],
    }
    terms = [
        joined(tag("h3", name), tag("dl", *(part for word, meaning in entries
                                            for part in (tag("dt", word), tag("dd", meaning)))))
        for name, entries in lists.items()
    ]  # fmt: skip
    borders = [tag("h3", "Names and borders"), tag("p", tracker.names_and_borders)]
    content = joined(tag("p", sizes, rule), *terms, *borders)
    return Part("coding", "Method", "How it was coded", content)


def _sources(brief: Brief) -> Part:
    number = counted(len(brief.cited.numbers), "source")
    return Part("sources", "Sources", f"{number} cited, in order of first mention", brief.cited.listed(), "new-page")


def _licence(brief: Brief, title: str) -> Part:
    tracker = brief.record.tracker
    address = [tag("p", "Code and data: ", html.outward(tracker.repository, tracker.repository))]
    content = joined(
        tag("p", f"“{title}”. {citation(brief.record)}."),
        tag("p", f"The record is under {tracker.licence}."),
        *(address if tracker.repository else []),
    )
    return Part("licence", "Licence", "How to cite this brief", content)


def _after(sentence: str, brief: Brief) -> str:
    """A headline without the day that it begins with, which the page has said already."""
    finding = sentence.removeprefix(f"{as_of(brief.day)}: ")
    return finding[:1].upper() + finding[1:]


# About all


def _class_tiles(brief: Brief) -> Markup:
    counts = class_counts(map_frame(brief.record, brief.day)).set_index("code")["count"]
    recognise = len(recognising(brief.record, brief.day))
    verb = "recognises" if recognise == 1 else "recognise"
    tiles = [(str(recognise), f"formally {verb} {brief.record.tracker.object}", "stance-supportive",
              _colour(brief, "supportive"))]  # fmt: skip
    for code, term in {**STANCES, NOT_CODED.code: NOT_CODED}.items():
        number = counts[code] - (recognise if code == "supportive" else 0)
        words = f"{term.symbol} {term.label.lower()}{' short of that' if code == 'supportive' else ''}"
        if number or code in STANCES:
            tiles.append((str(number), words, f"stance-{code}", _colour(brief, code)))
    return html.numbers(tiles)


def _colour(brief: Brief, code: str) -> str:
    """The colour of a stance for a rule on paper; where nothing was found it is the rule's own."""
    term = {**STANCES, NOT_CODED.code: NOT_CODED}[code]
    return "" if code == "none" else brief.style.stance_colour(code, term.colour)


def _map(brief: Brief) -> Part:
    counts = class_counts(map_frame(brief.record, brief.day)).set_index("code")["count"]
    positions = int(sum(counts[code] for code in STANCES if code != "none"))
    found = f"{positions} countries" if positions != 1 else "1 country"
    finding = f"A public position was found for {found}, and none for {counts['none']}"
    return Part("map", "The map", finding, brief.pictures["map"], "new-page")


def _counts(brief: Brief) -> Part:
    moves = moved(brief.record)
    moves = moves[(moves["date"] <= pd.Timestamp(brief.day)) & (moves["before"] != NOT_CODED.code)]
    since = day_in_words(brief.record.tracker.start)
    where = counted(moves["actor_id"].nunique(), "country", "countries")
    finding = f"Since {since} stances changed {counted(len(moves), 'time')}, in {where}"
    return Part("counts", "Over time", finding, brief.pictures["counts"])


def _matrix(brief: Brief) -> Part:
    shown = matrix(brief.record, brief.day)
    held = shown.cells[shown.cells["held"].astype(bool)]
    rows: list[tuple[str, ...]] = []
    actors = shown.rows[shown.rows.index.isin(held["actor_id"])]
    for group, members in actors.groupby("group", sort=False):
        rows.append((f"{group}: {counted(len(members), 'actor')}",))
        for actor in members.itertuples():
            own = held[held["actor_id"] == actor.Index]
            cells = [_levers_of(brief, own[own["direction"] == way]) for way in DIRECTIONS]
            rows.append((_who(actor.name, actor.stance), *cells))
    headings = ("Actor", *(f"{way.symbol} {way.label}" for way in DIRECTIONS.values()))
    ways, stances = (
        ", ".join(f"{term.symbol}\N{NO-BREAK SPACE}{term.label.lower()}" for term in terms)
        for terms in (DIRECTIONS.values(), (*STANCES.values(), NOT_CODED))
    )
    note = f"Levers held on {day_in_words(brief.day)}: {ways}. Before a name its stance: {stances}."
    content = joined(tag("p", quiet(note)), html.table(headings, rows, "Who holds which lever", class_="rows even"))
    finding = _after(matrix_headline(brief.record, brief.day), brief)
    return Part("levers", "Levers", finding, content if rows else Markup(), "new-page")


def _levers_of(brief: Brief, cells: pd.DataFrame) -> Markup:
    parts = [
        joined(
            f"{DIRECTIONS[row.direction].symbol}\N{NO-BREAK SPACE}{LEVERS[row.lever].label}",
            brief.cited.cite(row.source_ids),
        )
        for row in sorted(cells.itertuples(index=False), key=lambda row: list(LEVERS).index(row.lever))
    ]
    return joined(*(joined("; " if place else "", part) for place, part in enumerate(parts)))


def _who(name: str, stance: str) -> str:
    return f"{({**STANCES, NOT_CODED.code: NOT_CODED})[stance].symbol} {name}"


def _stocks(brief: Brief) -> Part:
    rows = stock_frame(brief.record, brief.day)
    finding = _after(funds_headline(brief.record, brief.day), brief)
    note = "Money held back is a stock: it lies somewhere on this day. Money promised is a flow. They are never added."
    shown = [brief.pictures["stocks"], html.fund_table(brief.cited, rows, "Money held back")] if len(rows) else []
    return Part("money", "Money", finding, joined(tag("p", quiet(note)), *shown), "new-page")


def _pledges(brief: Brief) -> Part:
    rows = flow_rows(brief.record, brief.day)
    where = tag("p", "Its rows stand in ", tag("a", "the list of pledges and payments", href="#flows"), ".")
    finding = f"{counted(rows['actor_id'].nunique(), 'giver')} promised or paid, in {counted(len(rows), 'row')}"
    return Part("pledges", "Pledged and paid", finding, joined(brief.pictures["pledges"], where) if len(rows)
                else Markup())  # fmt: skip


def _flows(brief: Brief) -> Part:
    rows = flow_rows(brief.record, brief.day)
    content = html.fund_table(brief.cited, rows, "Newest first") if len(rows) else Markup()
    return Part("flows", "Rows", "Every pledge and payment", content, "new-page")


def _stances(brief: Brief) -> Part:
    """Every actor by stance: those with a position as rows, the others by name, each with its sources."""
    record = brief.record
    held = stances_on(record, brief.day)
    held = held.assign(name=record.actors["name"].reindex(held.index), kind=record.actors["kind"].reindex(held.index))
    held = held.sort_values("name")
    parts = []
    for code, term in STANCES.items():
        rows = held[(held["stance"] == code) & (held["kind"] == "country")]
        title = f"{term.symbol} {term.label}: {counted(len(rows), 'country', 'countries')}"
        listed = _found_nothing(brief, rows) if code == "none" else _stance_table(brief, rows)
        parts += [tag("h3", title, id=f"stance-{code}"), tag("p", quiet(record.tracker.stances[code])), listed]
    coded = record.actors[(record.actors["kind"] == "country") & ~record.actors.index.isin(held.index)]
    blank = coded["name"].drop(index=record.tracker.subject, errors="ignore").sort_values()
    if len(blank):
        title = f"{NOT_CODED.symbol} {NOT_CODED.label}: {counted(len(blank), 'country', 'countries')}"
        parts += [tag("h3", title, id=f"stance-{NOT_CODED.code}"), html.names(blank)]
    bodies = held[held["kind"] != "country"]
    if len(bodies):
        parts += [tag("h3", f"{counted(len(bodies), 'body', 'bodies')}, not counted above"),
                  _stance_table(brief, bodies, stances=True)]  # fmt: skip
    return Part("stances", "Rows", "Where each stands, and on what evidence", joined(*parts), "new-page")


def _found_nothing(brief: Brief, rows: pd.DataFrame) -> Markup:
    return html.names(joined(row.name, brief.cited.cite(row.source_ids)) for row in rows.itertuples(index=False))


def _stance_table(brief: Brief, rows: pd.DataFrame, *, stances: bool = False) -> Markup:
    if rows.empty:
        return tag("p", "Nobody.")
    cells = []
    for row in rows.itertuples(index=False):
        level = LEVELS[row.recognition_level].label
        words = f"{STANCES[row.stance].label}, level {level.lower()}" if stances else level
        since = joined(words, tag("span", f" since {long_date(row.stance_since)}", class_="row"))
        told = joined(f"{long_date(row.date_text)}: ", html.told(brief.cited, row, row.id))
        cells.append((row.name, since, told))
    return html.table(("Who", "Level, and stance since", "Latest row"), cells, "", class_="rows")


# About one


def _standing_tiles(brief: Brief) -> Markup:
    record, day, actor_id = brief.record, brief.day, brief.actor_id
    history = countries.history_until(record, actor_id, day)
    levers = levers_until(record, day)
    held = int(levers.loc[levers["actor_id"] == actor_id, "held"].sum())
    words: list[tuple[str, str, str, str]] = []
    if len(history):
        now = history.iloc[-1]
        stance = STANCES[now["stance"]]
        colour = _colour(brief, now["stance"])
        words = [(f"{stance.symbol} {stance.label}", f"since {long_date(now['stance_since'])}", "standing", colour),
                 (LEVELS[now["recognition_level"]].label, "level of contact", "standing", "")]  # fmt: skip
    tiles = [*words, (str(len(history)), "dated rows", "standing", ""), (str(held), "levers held", "levers", "")]
    return html.numbers(tiles)


def _standing(brief: Brief) -> Part:
    rows = countries.history_until(brief.record, brief.actor_id, brief.day)
    cards = [html.stance_card(brief.cited, row) for row in rows.iloc[::-1].itertuples(index=False)]
    content = joined(brief.pictures["standing"], *cards, "" if cards else tag("p", NOTHING_HELD))
    finding = f"{counted(len(rows), 'dated row')}, newest first" if len(rows) else NOTHING_HELD.partition(".")[0]
    return Part("standing", "History", finding, content)


def _said_and_done(brief: Brief) -> Part:
    rows = countries.history_until(brief.record, brief.actor_id, brief.day)
    if rows.empty:
        return Part("gap", "Said against done", "", Markup())
    now = rows.iloc[-1]
    finding = countries.say_do_gap(now["stance"], now["recognition_level"]).removesuffix(".")
    said = tag("p", f"By the latest row, of {long_date(now['date_text'])}.", brief.cited.cite(now["source_ids"]))
    return Part("gap", "Said against done", finding, said)


def _levers(brief: Brief) -> Part:
    rows = levers_until(brief.record, brief.day)
    rows = rows[rows["actor_id"] == brief.actor_id].sort_values(["held", "from"], ascending=False, kind="stable")
    held = int(rows["held"].sum())
    cards = [html.lever_card(brief.cited, row) for row in rows.itertuples(index=False)]
    finding = f"{counted(held, 'lever')} held, {len(rows) - held} ended"
    return Part("levers", "Levers", finding, joined(*cards) or tag("p", "The record has no lever of it by this day."))


def _money(brief: Brief) -> Part:
    rows = actor_money(brief.record, brief.day, brief.actor_id)
    content = html.fund_table(brief.cited, rows, "What it holds, gave or promised") if len(rows) else Markup()
    return Part("money", "Money", f"{counted(len(rows), 'row')} of money", content)


def _peers(brief: Brief) -> Part:
    frame = countries.peers(brief.record, brief.actor_id, brief.day)
    rows = [
        (str(group), *(str(number) for number in row)) for group, row in zip(frame.index, frame.values, strict=True)
    ]
    content = tag("div", html.table(("Group", *frame.columns), rows, "Countries of its region and blocs",
                                    class_="figures"), class_="scroll")  # fmt: skip
    return Part("peers", "Peers", "How its region and blocs stand", content if rows else Markup())


# The command


def _write_brief(record: Record, day: dt.date, options: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.images import SANS, SERIF, NoChromium, font_face, renderer, write_whole  # noqa: PLC0415

    actor_id = options.actor
    known_actors(record, [actor_id] if actor_id else [], "--actor")
    since = _first_day(record, day, options.since)
    names = OF_ACTOR if actor_id else PICTURES
    stem = "-".join(part for part in ("brief", actor_id, day.isoformat()) if part)
    brief = Brief(record, day, since, actor_id, Style(options.theme), References(record.sources), {})
    steps = len(names) * len(WIDTHS) + len(options.format)
    try:
        with renderer() as browser, tqdm(total=steps, unit="step", file=sys.stderr) as progress:
            for name in names:
                brief.pictures[name] = _picture(brief, name, browser, progress.update)
            text = page(brief, "".join(font_face(family) for family in (SANS, SERIF)))
            for kind in options.format:
                path = options.out / f"{stem}.{kind}"
                progress.set_postfix_str(path.name)
                write_whole(path, text.encode() if kind == "html" else browser.print_page(text))
                progress.update()
    except NoChromium as missing:
        return refuse(str(missing), 2)
    sys.stdout.write(f"{counted(len(options.format), 'file')} in {options.out}\n")
    return 0


def _picture(brief: Brief, name: str, browser: "Renderer", done: Callable[[], object]) -> Markup:
    shown, drawn = {}, {}
    for width, (pixels, characters, height) in WIDTHS.items():
        style = Style(brief.style.theme, characters, EDGE, load_shapes())
        shown[width] = draw_picture(name, brief.record, brief.day, style, Options(actor_ids=_ids(brief)))
        drawn[width] = browser.draw_inline(shown[width].figure, f"{name}-{width}", pixels, height)
        done()
    wide = shown["wide"]
    too_tall = (wide.figure.layout.height or 0) > TALLEST
    return html.picture(drawn["wide"], drawn["narrow"], wide.alt, html.frame_table(wide.table(), wide.title)
                        if too_tall else None)  # fmt: skip


def _ids(brief: Brief) -> tuple[str, ...]:
    return (brief.actor_id,) if brief.actor_id else ()


def _first_day(record: Record, day: dt.date, asked: dt.date | None) -> dt.date:
    """The day after which changes count. Raises ValueError for one outside the record or not before the day."""
    first = record.tracker.start - dt.timedelta(days=1)
    if asked is not None and not first <= asked < day:
        last = day - dt.timedelta(days=1)
        raise ValueError(f"--since {asked} is not before the day of the brief: choose a day from {first} to {last}")
    return asked or max(first, day - dt.timedelta(days=DAYS))


def _parser() -> argparse.ArgumentParser:
    made = parser("brief", "Write a brief as one self-contained HTML file, and as PDF.", out="exports")
    made.add_argument("--since", type=a_day, metavar="DATE", help=f"of the changes (default: {DAYS} days before)")
    made.add_argument("--actor", default="", metavar="ID", help="an actor_id (default: about all)")
    made.add_argument("--format", nargs="+", choices=("html", "pdf"), default=["html"], help="default: html")
    made.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    return made
