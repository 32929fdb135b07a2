"""Which pages the site has, and what stands on the overview, on each chart's page, on changes and on the data.

Does not belong here: the pages of actors (site_actors), the frame of a page (site_page), rows (site_rows).
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from components.figures.catalogue import CHARTS, Options
from components.publish import bundle
from components.publish import site_rows as rows
from components.publish.site_actors import actor_page, actors_page, actors_with_rows, money_until
from components.publish.site_page import Site, chart_label, folded, picture, placed, still_charts, table, whole_page
from components.record.codebook import LISTS
from components.record.model import Record
from components.record.on_day import levers_until, stance_history, stances_on
from components.record.schema import TABLES
from components.record.vocabulary import CONDITIONS, NOT_CODED, STANCES
from components.record.wording import counted, day_in_words
from components.summaries.changes import changes_between, corrections_between
from components.summaries.changes import headline as changes_headline
from components.summaries.conditions import ALL, condition_counts, conditions_on
from components.summaries.flows import flow_rows
from components.summaries.funds import funds_headline, stock_frame, superseded_stocks
from components.summaries.levers import matrix_headline
from components.summaries.sources import citation
from components.summaries.stances import headline
from components.summaries.time import moved

Files = dict[str, str]
DAYS = 365  # how far back the changes go
LATEST = 8


@dataclass(frozen=True, slots=True)
class About:
    """What a chart's page says beside the picture: the finding, the rows behind it, and where the dashboard has it."""

    headline: Callable[[Record, dt.date], str]
    evidence: Callable[[Site], list[str]]
    page: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


def site_of(record: Record, day: dt.date, live: str, versions: Mapping[str, str]) -> Site:
    """What every page needs, made once; see Site."""
    money = money_until(record, day)
    sources = dict(zip(record.sources.index, rows.of(record.sources), strict=True))
    return Site(record, day, live, actors_with_rows(record, day, money), money, sources, versions)


def pages(site: Site) -> list[Callable[[], Files]]:
    """What makes each page: its file and the files of its figures, by their path from the top of the site."""
    alone = [_overview, _changes, actors_page, _data]
    charts = [functools.partial(_chart, site, name) for name in still_charts()]
    actors = [functools.partial(actor_page, site, actor_id) for actor_id in sorted(site.actor_ids)]
    return [*(functools.partial(make, site) for make in alone), *charts, *actors]


def _overview(site: Site) -> Files:
    """The map, which is the first of the charts, with the newest rows and the way to everything else."""
    first = still_charts()[0]
    made, _ = picture(site, first)  # its figures are written with its own page
    newest = _newest(site)[:LATEST]
    contents = "".join(f'<li><a href="{name}.html">{escape(_contents(site, name))}</a></li>' for name in still_charts())
    body = (
        f"{placed(site, first, made, 'index.html')}\n<h2>Latest changes</h2>\n{rows.listed(newest)}\n"
        f'<p><a href="changes.html">All changes of the last year</a></p>\n<h2>Charts</h2>\n<ul>{contents}</ul>\n'
        f"<h2>What the words mean</h2>\n{_definitions(site.record)}"
    )
    page = whole_page(site, "index.html", headline(site.record, site.day), body, site.live_at())
    return {"index.html": page}


def _contents(site: Site, name: str) -> str:
    return f"{chart_label(name)}: {CHARTS[name].title(site.record, Options())}"


def _chart(site: Site, name: str) -> Files:
    path = f"{name}.html"
    made, figures = picture(site, name)
    about = ABOUT.get(name)
    day = site.day if CHARTS[name].still else site.record.tracker.data_until
    finding = about.headline(site.record, day) if about else made.title
    evidence = about.evidence(site) if about else []
    parts = [
        placed(site, name, made, path),
        f"<h2>Evidence: {counted(len(evidence), 'row')}</h2>\n{rows.listed(evidence)}" if evidence else "",
        folded(f"All {counted(len(made.sources), 'source')} of this picture", rows.source_list(site, made.sources)),
    ]
    live = site.live_at(about.page, **about.parameters) if about else site.live_at()
    return {path: whole_page(site, path, finding, "\n".join(parts), live), **figures}


def _stances_held(site: Site) -> list[str]:
    held = stances_on(site.record, site.day).sort_values(["date", "id"], ascending=False, kind="stable")
    return [rows.stance_row(site, row) for row in rows.of(held)]


def _newest(site: Site) -> list[str]:
    known = stance_history(site.record)
    known = known[known["date"] <= pd.Timestamp(site.day)].sort_values(["date", "id"], ascending=False, kind="stable")
    return [rows.stance_row(site, row) for row in rows.of(known.head(LATEST))]


def _moves(site: Site) -> list[str]:
    """The rows by which a country's stance became another one."""
    known = stance_history(site.record)
    made = known[known["id"].isin(moved(site.record)["id"]) & (known["date"] <= pd.Timestamp(site.day))]
    made = made.sort_values(["date", "id"], ascending=False, kind="stable")
    return [rows.stance_row(site, row) for row in rows.of(made)]


def _levers(site: Site) -> list[str]:
    known = levers_until(site.record, site.day)
    known = known.sort_values(["held", "from", "id"], ascending=False, kind="stable")
    return [rows.lever_row(site, row) for row in rows.of(known)]


def _stocks(site: Site) -> list[str]:
    frames = [stock_frame(site.record, site.day), superseded_stocks(site.record, site.day)]
    return [rows.fund_row(site, row) for frame in frames for row in rows.of(frame)]


def _flows(site: Site) -> list[str]:
    return [rows.fund_row(site, row) for row in rows.of(flow_rows(site.record, site.day))]


ABOUT = {
    "map": About(headline, _stances_held),
    "tiles": About(headline, _stances_held, parameters={"shape": "Tiles"}),
    "film": About(headline, _moves, parameters={"shape": "Play"}),
    "counts": About(headline, _moves),
    "history": About(headline, _stances_held, "matrix", {"view": "Time"}),
    "matrix": About(matrix_headline, _levers, "matrix"),
    "crosstab": About(matrix_headline, _levers, "matrix", {"view": "Stance and lever"}),
    "bubbles": About(matrix_headline, _levers, "matrix"),
    "stocks": About(funds_headline, _stocks, "funds"),
    "pool_flow": About(funds_headline, _stocks, "funds"),
    "money_time": About(funds_headline, _stocks, "funds"),
    "pledges": About(funds_headline, _flows, "funds"),
}


def _changes(site: Site) -> Files:
    record, day = site.record, site.day
    since = max(record.tracker.start - dt.timedelta(days=1), day - dt.timedelta(days=DAYS))
    changes = [rows.change_row(site, row) for row in rows.of(changes_between(record, since, day))]
    # The record is coded after its last day, so that its corrections have no last one.
    end = dt.date.max if day == record.tracker.data_until else day
    corrections = [rows.change_row(site, row) for row in rows.of(corrections_between(record, since, end))]
    body = (
        f"<h2>{counted(len(changes), 'change')} of the world, newest first</h2>\n{rows.listed(changes)}\n"
        f"<h2>Our corrections</h2>\n{rows.listed(corrections) or '<p>None in these days.</p>'}\n{_conditions(site)}"
    )
    live = site.live_at("changes", since=since.isoformat(), until=day.isoformat())
    return {"changes.html": whole_page(site, "changes.html", changes_headline(record, since, day), body, live)}


def _conditions(site: Site) -> str:
    said = conditions_on(site.record, site.day)
    counts = condition_counts(site.record, site.day).T.rename(index={ALL: "All countries"})
    counts = counts.rename(columns={code: term.label for code, term in CONDITIONS.items()})
    counts = counts.rename_axis("Bloc").reset_index()
    items = "\n".join(rows.condition_row(site, row) for row in rows.of(said))
    who = counted(len(said), "country", "countries")
    return (
        f"<h2>What each says it would take</h2>\n<p>As of {day_in_words(site.day)}. A country that names two "
        f"conditions counts for both, and in each of its blocs.</p>\n{table(counts, 'Conditions by bloc')}\n"
        f"{folded(f'Who says so: {who}', f'<ul>{items}</ul>')}"
    )


def _data(site: Site) -> Files:
    record = site.record
    files = {
        table.file: f"{counted(len(record.table(table.name)), 'row')}; one row is {table.row_is}"
        for table in TABLES.values()
    }
    stem = bundle.file_stem(record)
    files[f"{stem}.zip"] = "all tables with datapackage.json; unpacked it is a data folder"
    if bundle.can_write_workbook():
        files[f"{stem}.xlsx"] = "all tables in one workbook, with a sheet that explains them"
    items = "".join(
        f'<li><a href="data/{escape(name)}" download>{escape(name)}</a> – {escape(what)}</li>'
        for name, what in files.items()
    )
    body = (
        f"<p>Every table as it is coded, with all days. Data: {escape(record.tracker.licence)}.</p>\n"
        f"<ul>{items}</ul>\n"
        f"<h2>Cite</h2>\n<p>{escape(citation(record))}. A row is cited by its id.</p>\n"
        f"<h2>What the words mean</h2>\n{_definitions(record)}\n<h2>Codebook</h2>\n{_codebook()}"
    )
    sizes = ", ".join(counted(len(record.table(name)), name.removesuffix("s")) for name in TABLES if name != "funds")
    sentence = (
        f"The whole record: {sizes} and {counted(len(record.funds), 'sum')} of money, "
        f"until {day_in_words(record.tracker.data_until)}"
    )
    return {"data.html": whole_page(site, "data.html", sentence, body, site.live_at("data"))}


def _definitions(record: Record) -> str:
    """Each class of stances as this record defines it."""
    stated = [(term, record.tracker.stances[code]) for code, term in STANCES.items()]
    items = "".join(
        f"<li>{term.symbol} <b>{escape(term.label)}</b> – {escape(meaning)}</li>"
        for term, meaning in [*stated, (NOT_CODED, NOT_CODED.definition)]
    )
    return f"<ul>{items}</ul>"


def _codebook() -> str:
    columns = {
        table.file: pd.DataFrame([(c.name, c.meaning) for c in table.columns], columns=["Column", "Meaning"])
        for table in TABLES.values()
    }
    lists = {
        f"Codes of {name}": pd.DataFrame(
            [(code, f"{term.label}: {term.definition}") for code, term in terms.items()], columns=["Code", "Meaning"]
        )
        for name, terms in LISTS.items()
    }
    return "\n".join(folded(name, table(frame, name)) for name, frame in {**columns, **lists}.items())
