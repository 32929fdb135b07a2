"""The front page of the site: a map that answers in the reader's browser, without a server and without Plotly.

Belongs here: its files, and what the still page shows. Does not belong here: the record as its script reads it
(explorer_data), where shapes lie (explorer_map), markup and script (templates/explorer*).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, get_args

from components.figures.classes import paint_of
from components.figures.figure import Options
from components.figures.stance_map import StanceMap
from components.figures.theme import LAND, OUTLINE, SEA, Look, Theme, ink_on
from components.publish import explorer_map, rows
from components.publish.envoys import envoys_line
from components.publish.explorer_data import evidence, record_for_script
from components.publish.fonts import LATIN_FILE
from components.publish.site_charts import Drawing
from components.publish.site_page import Files, Page, Site
from components.publish.templates import styles, text
from components.record.filters import choices
from components.record.model import Record
from components.record.vocabulary import NOT_CODED
from components.record.wording import day_in_words
from components.summaries.colouring import shades_for
from components.summaries.stances import NAMED, headline
from components.summaries.standing import standings_on

LATEST = 8
APART, APART_ON_PHONE = 5, 11  # percent of the slider from one labelled year to the next, at the least
OPEN = 12  # names of a class that are shown without a click, at the most
SCRIPTS = ("explorer_record.js", "explorer_search.js", "explorer_panel.js", "explorer_view.js", "explorer.js")


def front_page(site: Site, drawings: Mapping[str, Drawing]) -> Files:
    """The page at `/`, its style sheet and script, and the evidence of each actor."""
    record, day = site.record, site.day
    page = Page(site, "", headline(record, day), site.live_at())
    files = {"explorer.css": _style(record), "explorer.js": "\n".join(map(text, SCRIPTS))}
    made = page.written(
        "explorer_page.html",
        **_still(record, day, page.live),
        envoys=envoys_line(record, day, "actors/#envoys", when=day_in_words(day)),
        of_what=record.words.of_what,
        font=LATIN_FILE.name,
        versions={name: hashlib.sha256(content.encode()).hexdigest()[:8] for name, content in files.items()},
        newest=[page.cards.stance(row) for row in rows.of(rows.stances(record, day).head(LATEST))],
        drawings=drawings,
    )
    proofs = {
        f"explorer/{actor_id}.json": json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        for actor_id, found in evidence(page.cards)
    }
    return {**made, **{f"shared/{name}": content for name, content in files.items()}, **proofs}


def _still(record: Record, day: dt.date, live: str) -> dict[str, Any]:
    """The map and the lists as they are before the script acts, and what it works with."""
    shown, data = StanceMap.build(record, day, Options()), record_for_script(record, day)
    return {
        "shown": shown,
        "codes": shown.coloured.frame["class"].to_dict(),
        "drawn": explorer_map,
        "names": _names(data),
        "bodies": _bodies(record, day),
        "fields": choices(record),
        "years": _years(data["steps"]),
        "most": OPEN,
        "record": {**data, "live": live},
    }


def _names(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the map names those that recognise on the last day or recognised earlier, and since when they do now."""
    found = []
    for shape in explorer_map.shapes():
        actor = data["actors"].get(shape.actor_id, {"rows": []})
        if any("since" in row for row in actor["rows"]):
            now = actor["rows"][-1].get("since", "")
            found.append({"actor_id": shape.actor_id, "name": actor["name"], "x": shape.x, "y": shape.y, "since": now})
    named = [name for name in found if name["since"]]
    return found if len(named) <= NAMED else [{**name, "since": ""} for name in found]


def _years(steps: list[str]) -> list[tuple[str, float, bool]]:
    """The years that are labelled, where each begins in percent of all steps, and whether a phone labels it too."""
    begun: dict[str, float] = {}
    for at, step in enumerate(steps):
        begun.setdefault(step[:4], round(100 * at / max(len(steps) - 1, 1), 1))
    wide = _apart(begun, APART)
    phone = _apart(wide, APART_ON_PHONE)
    return [(year, place, year in phone) for year, place in wide.items()]


def _apart(places: Mapping[str, float], least: float) -> dict[str, float]:
    """Of places in order those that are so far behind the one before."""
    kept: dict[str, float] = {}
    for name, place in places.items():
        if place - max(kept.values(), default=-least) >= least:
            kept[name] = place
    return kept


def _bodies(record: Record, day: dt.date) -> list[tuple[str, str, str]]:
    """The id, name and class of each actor that is no country, by name."""
    bodies = record.actors[record.actors["kind"] != "country"].drop(index=record.tracker.subject, errors="ignore")
    bodies = bodies.sort_values("name", kind="stable")
    standings = standings_on(record, day)
    classes = [standings[body].class_code if body in standings else NOT_CODED.code for body in bodies.index]
    return list(zip(bodies.index, bodies["name"], classes, strict=True))


def _style(record: Record) -> str:
    """The style sheet, with the colours of map and classes in the reader's own theme."""
    light, dark = (_colours(record, Look(theme)) for theme in get_args(Theme))
    dark = f"@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    return light + dark + styles("explorer.css")


def _colours(record: Record, look: Look) -> str:
    """The rules that give the map and the classes of stances their colours in a theme."""
    paints = {"sea": SEA, "land": LAND, "outline": OUTLINE}
    rules = [f":root {{{'; '.join(f'--{name}: {look.of(paint)}' for name, paint in paints.items())}}}"]
    for shade in shades_for(record, "stance"):
        colour = look.of(paint_of(shade))
        rules.append(f'[data-class="{shade.code}"] {{--shade: {colour}; --on-shade: {ink_on(colour)}}}')
    return "".join(f"{rule}\n" for rule in rules)
