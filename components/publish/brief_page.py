"""A brief as one HTML page: its parts, rows of the record, references, and look.

Belongs here: markup and style. Does not belong here: what is said in which order (brief).
Every text becomes part of a page through `tag` or `joined`, which escape all that is not Markup already.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from components.figures.theme import PALETTES, Style
from components.record.vocabulary import ACTS, CONDITIONS, CONFIDENCES, DIRECTIONS, LEVELS, LEVERS, STANCES, STATUSES
from components.record.wording import long_date, quoted_address

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
LINKS = {"light": "#0B5394", "dark": "#8AB8E6"}
WASH = {"light": "#F5F4F1", "dark": "#1D2126"}
WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
COLUMN, PHONE = 760, 358  # px: the width of the text on a wide screen, and on a phone


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def joined(*parts: str) -> Markup:
    """Parts one after another, escaped unless they are Markup."""
    return Markup("".join(part if isinstance(part, Markup) else html.escape(part) for part in parts))


def tag(name: str, *parts: str, **attributes: str) -> Markup:
    """An element; `class_` stands for `class`, `aria_label` for `aria-label`. Blank attributes are left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items() if value
    )
    return Markup(f"<{name}{given}>{joined(*parts)}</{name}>")


def quiet(*parts: str) -> Markup:
    """Small print inside a line."""
    return tag("span", *parts, class_="quiet")


@dataclass(slots=True)
class References:
    """The sources that a page cites, numbered in the order in which it first does. `sources` is indexed by their id."""

    sources: pd.DataFrame
    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, keys: Iterable[str]) -> Markup:
        """The numbers of sources as links to the list of them."""
        links = []
        for key in keys:
            number = str(self.numbers.setdefault(key, len(self.numbers) + 1))
            links.append(tag("a", number, href=f"#source-{number}"))
        return tag("span", "\N{NO-BREAK SPACE}[", Markup(", ".join(links)), "]", class_="cited")

    def listed(self) -> Markup:
        """All that were cited, in order, each with a link to where it was read and to its archived copy."""
        rows = self.sources.loc[list(self.numbers)].itertuples(index=False)
        items = [tag("li", *_source(row), id=f"source-{number}") for number, row in enumerate(rows, 1)]
        return tag("ol", *items, class_="sources")


def _source(row: Any) -> list[str]:
    origin = ", ".join(part for part in (row.publisher, long_date(row.date_text)) if part)
    copy = [", ", outward("archived copy", row.archive_url)] if row.archive_url else []
    return [outward(row.title, row.url), f". {origin}", *copy, "."]


def outward(words: str, url: str) -> str:
    """Words as a link to the web; as plain text where the address is none of the web."""
    if not WEB_ADDRESS.match(url):
        return words
    return tag("a", words, href=quoted_address(url), rel="noopener noreferrer")


def section(name: str, kicker: str, heading: str, *parts: str, class_: str = "") -> Markup:
    """A section with a small label, the finding as its heading, and an id to link to."""
    label = tag("p", kicker, class_="kicker")
    return tag("section", label, tag("h2", heading, id=f"{name}-heading"), *parts, id=name, class_=class_,
               aria_labelledby=f"{name}-heading")  # fmt: skip


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], caption: str, *, class_: str = "") -> Markup:
    """A table whose rows begin with what they are about; a row of one cell heads those below it.

    With the class `rows` each row is a block of lines on a phone.
    """
    head = tag("tr", *(tag("th", heading, scope="col") for heading in headings))
    body = [_row(row, len(headings)) for row in rows]
    title = tag("caption", caption) if caption else Markup()
    return tag("table", title, tag("thead", head), tag("tbody", *body), class_=class_)


def _row(cells: Sequence[str], width: int) -> Markup:
    if len(cells) == 1:
        return tag("tr", tag("th", cells[0], colspan=str(width), scope="rowgroup"), class_="group")
    return tag("tr", tag("th", cells[0], scope="row"), *(tag("td", cell) for cell in cells[1:]))


def numbers(entries: Iterable[tuple[str, str, str, str]]) -> Markup:
    """Figures with their words: (number, words, the id that they link to, colour of the rule above or "")."""
    tiles = []
    for number, words, target, colour in entries:
        big = tag("b", number, class_="" if number.isdecimal() else "words")
        style = f"border-color:{colour}" if colour else ""
        tiles.append(tag("li", tag("a", big, tag("span", words), href=f"#{target}"), style=style))
    return tag("ul", *tiles, class_="numbers")


def findings(entries: Iterable[tuple[str, str, str]]) -> Markup:
    """The contents as findings: (id of the section, its label, its finding)."""
    items = [tag("li", tag("a", tag("span", label, class_="kicker"), " ", words, href=f"#{target}"))
             for target, label, words in entries]  # fmt: skip
    return tag("nav", tag("ol", *items), class_="findings", aria_label="Contents")


def picture(wide: str, narrow: str, alt: str, on_paper: Markup | None = None) -> Markup:
    """A drawn chart twice, for wide screens and for phones; both are SVG of our own making.

    On paper the wide one stands, or in its place `on_paper`.
    """
    drawn = [tag("div", Markup(svg), class_=width) for svg, width in ((wide, "wide"), (narrow, "narrow"))]
    shown = tag("figure", tag("div", *drawn, role="img", aria_label=alt), class_="screen" if on_paper else "")
    return joined(shown, tag("div", on_paper, class_="paper")) if on_paper else shown


def frame_table(frame: pd.DataFrame, caption: str) -> Markup:
    """A frame as a table of numbers and words; what is not known is blank."""
    cells = frame.astype(object).where(frame.notna(), "")
    rows = [[f"{cell:,}" if isinstance(cell, float) else str(cell) for cell in row] for row in cells.to_numpy()]
    return table([str(column) for column in frame.columns], rows, caption, class_="figures")


def told(cited: References, row: Any, row_id: str) -> Markup:
    """What happened, the sources that say so, and the row of the record."""
    return joined(row.summary, cited.cite(row.source_ids), tag("span", f" Row {row_id}", class_="row"))


def names(listed: Iterable[str]) -> Markup:
    """Names one after another."""
    parts = list(listed)
    return tag("p", *(joined(part, "; " if place < len(parts) else "") for place, part in enumerate(parts, 1)),
               class_="names")  # fmt: skip


def change_table(cited: References, rows: pd.DataFrame, caption: str) -> Markup:
    """Rows of `summaries.changes` as a table."""
    cells = [
        (row.name, long_date(row.date_text), joined(tag("b", row.what), ". ", told(cited, row, row.row_id)))
        for row in rows.itertuples(index=False)
    ]
    return table(("Who", "When", "What"), cells, caption, class_="rows")


def fund_table(cited: References, rows: pd.DataFrame, caption: str) -> Markup:
    """Rows of money, as `summaries.funds` has them, as a table: whose, how much, and what it is."""
    cells = []
    for row in rows.itertuples(index=False):
        small = [row.channel, row.terms, f"{CONFIDENCES[row.confidence].label} confidence", f"Row {row.id}"]
        details = tag("span", f" {' · '.join(text for text in small if text)}", class_="row")
        figure = joined(tag("b", row.figure), f" {STATUSES[row.status].label.lower()}, {row.since}")
        cells.append((row.holder, figure, joined(row.summary, cited.cite(row.source_ids), details)))
    return table(("Who", "How much", "What"), cells, caption, class_="rows")


def stance_card(cited: References, row: Any) -> Markup:
    """One row of `as_of.stance_history`: date, act, what happened, stance and level after it, sources, and its id."""
    stance, level = STANCES[row.stance], LEVELS[row.recognition_level]
    asks = ", ".join(CONDITIONS[code].label.lower() for code in row.condition)
    told_so = joined(row.summary, cited.cite(row.source_ids), f" Asks for: {asks}." if asks else "")
    small = [f"{stance.symbol} {stance.label}", level.label, *_checked(row)]
    return _card(f"{long_date(row.date_text)} · {ACTS[row.act].label}", told_so, small)


def lever_card(cited: References, row: Any) -> Markup:
    """One row of `as_of.levers_until`: which lever, which way, since when, what it is, and its sources."""
    way = DIRECTIONS[row.direction]
    until = "" if row.held else f" until {long_date(row.until_text)}"
    title = f"{way.symbol} {LEVERS[row.lever].label} · {way.label.lower()} · since {long_date(row.from_text)}{until}"
    return _card(title, joined(row.summary, cited.cite(row.source_ids)), _checked(row))


def _checked(row: Any) -> list[str]:
    return [
        f"{CONFIDENCES[row.confidence].label} confidence",
        f"row {row.id}",
        f"checked {long_date(row.checked_on_text)}",
    ]


def _card(title: str, words: Markup, small: Iterable[str]) -> Markup:
    parts = [tag("p", title, class_="when"), tag("p", words), tag("p", quiet(" · ".join(small)))]
    return tag("article", *parts, class_="card")


def document(title: str, description: str, body: Iterable[str], style: Style, faces: str) -> str:
    """The whole page: no script, nothing to fetch, and a policy that would forbid both."""
    head = joined(
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta name="description" content="{html.escape(description)}">'),
        Markup(f'<meta name="color-scheme" content="{style.theme}">'),
        tag("title", title),
        tag("style", Markup(faces + _look(style))),
    )
    return f'<!DOCTYPE html>\n<html lang="en">{tag("head", head)}{tag("body", *body)}</html>\n'


def _look(style: Style) -> str:
    palette = style.palette
    colours = {
        "paper": palette.paper, "ink": palette.ink, "quiet": palette.quiet, "rule": palette.rule,
        "accent": palette.accent, "link": LINKS[style.theme], "wash": WASH[style.theme], "column": f"{COLUMN}px",
    }  # fmt: skip
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in colours.items())}}}{LOOK}{_paper(style)}"


def _paper(style: Style) -> str:
    """A4 with the running foot in the margin; CSS variables do not reach it."""
    palette = PALETTES[style.theme]
    foot = f'font:9pt "Source Sans",sans-serif;color:{palette.quiet}'
    return (
        f"@page{{size:A4;margin:17mm 16mm 19mm;background:{palette.paper};"
        f'@bottom-right{{content:counter(page) " / " counter(pages);{foot}}}}}'
    )


LOOK = """
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:400 17px/1.5 "Source Sans",sans-serif;
  -webkit-text-size-adjust:100%;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{max-width:calc(var(--column) + 48px);margin:0 auto;padding:56px 24px 72px;overflow-wrap:break-word}
h1,h2,.numbers b{font-family:"Source Serif",Georgia,serif;font-weight:600;text-wrap:balance}
h1{font-size:38px;line-height:1.18;margin:10px 0 18px;letter-spacing:-.008em}
h2{font-size:26px;line-height:1.25;margin:4px 0 14px}
h3{font-size:17px;font-weight:650;margin:30px 0 6px}
p{margin:0 0 14px;max-width:66ch}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
section{margin-top:64px;padding-top:18px;border-top:1px solid var(--ink)}
.kicker{font-size:13px;font-weight:650;letter-spacing:.06em;text-transform:uppercase;color:var(--accent);margin:0}
.standfirst{font-size:19px;line-height:1.45;color:var(--quiet)}
.quiet{color:var(--quiet);font-size:14px}
.row{color:var(--quiet);font-size:13px}
.cited{font-size:13px;font-variant-numeric:tabular-nums;color:var(--quiet)}
.cited a{text-decoration:none}
.numbers{list-style:none;margin:34px 0 0;padding:0;display:grid;gap:22px;
  grid-template-columns:repeat(auto-fit,minmax(104px,1fr))}
.numbers li{border-top:4px solid var(--rule);padding-top:8px}
.numbers a{color:inherit;text-decoration:none;display:block}
.numbers b{display:block;font-size:34px;line-height:1.15;font-variant-numeric:lining-nums tabular-nums}
.numbers b.words{font-size:21px;line-height:1.3}
.numbers span{font-size:15px;line-height:1.3;display:block;margin-top:4px}
.findings{margin-top:38px}
.findings ol{list-style:none;margin:0;padding:0}
.findings li{border-top:1px solid var(--rule)}
.findings a{display:grid;grid-template-columns:150px 1fr;padding:9px 0;color:inherit;text-decoration:none}
.findings .kicker{line-height:25px}
.findings a:hover,.numbers a:hover{text-decoration:underline}
figure{margin:24px 0 10px}
figure svg{display:block;width:100%;height:auto}
.narrow,.paper{display:none}
table{border-collapse:collapse;width:100%;margin:22px 0 8px;font-size:15px;line-height:1.4;
  font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:650;font-size:17px;padding-bottom:6px}
th,td{text-align:left;vertical-align:top;padding:7px 18px 7px 0;border-bottom:1px solid var(--rule);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:13px;color:var(--quiet);border-bottom-color:var(--ink);padding-top:2px;padding-bottom:4px}
tbody th{font-weight:600}
.rows{table-layout:fixed}
.rows thead th:first-child{width:21%}
.rows thead th:nth-child(2){width:20%}
.rows.even thead th:nth-child(2){width:39%}
.group th{font-weight:650;padding-top:22px;border-bottom-color:var(--ink)}
.figures td,.figures thead th{text-align:right;padding-left:8px;padding-right:0}
.figures thead th:first-child{text-align:left}
.card{border-top:1px solid var(--rule);padding:12px 0 14px;margin:0}
.card p{margin:0}
.card .when{font-weight:650}
.card p:last-child{max-width:none}
p.names{max-width:none}
dl{display:grid;grid-template-columns:150px 1fr;gap:8px 18px;margin:10px 0 0}
dt{font-weight:650}
dd{margin:0}
.sources{font-size:14px;line-height:1.4;columns:2;column-gap:36px;padding-left:34px;margin:18px 0 0}
.sources li{break-inside:avoid;margin-bottom:7px;overflow-wrap:anywhere}
.sources a{text-decoration:none}
.sources a:hover{text-decoration:underline}
.sources li::marker{font-variant-numeric:tabular-nums;color:var(--quiet)}
:target{background:var(--wash)}
section:target{background:none}
@media screen and (max-width:640px){
  html{font-size:16px}
  body{padding:28px 16px 48px}
  h1{font-size:27px}
  h2{font-size:22px}
  .standfirst{font-size:17px}
  section{margin-top:48px}
  .numbers{grid-template-columns:1fr 1fr}
  .findings a,dl{grid-template-columns:1fr}
  dd{margin-bottom:8px}
  .wide{display:none}
  .narrow{display:block}
  .rows,.rows tbody,.rows tr,.rows th,.rows td,.rows caption{display:block;width:auto}
  .rows thead{display:none}
  .rows th,.rows td{border:0;padding:0}
  .rows tr{border-bottom:1px solid var(--rule);padding:9px 0}
  .scroll{overflow-x:auto}
  .sources{columns:1}
}
@media print{
  html{font-size:10.5pt}
  body{max-width:none;padding:0}
  h1{font-size:25pt}
  h2{font-size:17pt}
  section{margin-top:8mm;padding-top:3mm}
  .new-page{break-before:page;margin-top:0;border-top:0;padding-top:0}
  .numbers{grid-template-columns:repeat(auto-fit,minmax(26mm,1fr));gap:5mm;margin-top:6mm}
  .numbers b{font-size:22pt}
  .numbers b.words{font-size:14pt}
  .numbers span,.findings a{font-size:10pt}
  .findings{margin-top:7mm}
  .findings a{grid-template-columns:36mm 1fr;padding:1.6mm 0}
  .standfirst{font-size:12pt}
  .screen{display:none}
  .paper{display:block}
  figure{margin:3mm 0 2mm}
  table{margin:4mm 0 2mm}
  dl{gap:1mm 5mm}
  h3{margin:5mm 0 1mm}
  h2,h3,h3+p,caption,thead,.kicker,.group{break-after:avoid}
  .findings .kicker{break-after:auto}
  figure,.card,tr,li{break-inside:avoid}
  thead{display:table-header-group}
  p{orphans:3;widows:3;max-width:84ch}
  table{font-size:9.5pt}
  .row,.cited,thead th{font-size:9pt}
  .sources{font-size:9pt;column-gap:8mm}
}
"""
