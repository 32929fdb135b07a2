"""Where does everyone stand? The map or the tiles, how the counts moved, and the card of whoever was picked."""

import streamlit as st

from components.figures.classes import Classes, paint_of
from components.figures.counts import Counts
from components.figures.figure import Options
from components.figures.stance_map import zooms
from components.pages.parts.address import links
from components.pages.parts.evidence import beside_card, show_latest
from components.pages.parts.frame import definitions, show_headline
from components.pages.parts.parameter import one_of, read_address
from components.pages.parts.picture import show_picture
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.publish.envoys import envoys_line, envoys_section
from components.publish.picture import picture_of
from components.publish.templates import filled
from components.record.model import Record
from components.record.vocabulary import NOT_APPLICABLE
from components.record.wording import as_of
from components.summaries.colouring import modes, shades_for
from components.summaries.stances import headline

SHAPES = {"map": "Map", "tiles": "Tiles"}
FORMERLY = {"film", "Play"}  # shapes in addresses of before the player stood below the map
HOW_TO_READ = {
    "stance": "Colour is the stance, not the level of contact.",
    "level": "Colour is the level of contact, not the stance: who deals with somebody need not recognise them.",
    "gap": "Colour compares what each says with what it does: its stance with its level of contact.",
    "freshness": "Colour is how long ago the latest row of each is dated.",
}
LEVER = "Colour is how each uses this lever: pressure withholds or punishes, an incentive gives or permits."
SHOWN = 12  # names of each class before the others are folded


def show_map_page(record: Record, view: View) -> None:
    """The map page."""
    colour = one_of("colour", modes(record)).code
    meanings = {shade.label: shade.definition for shade in shades_for(record, colour)}
    how = HOW_TO_READ.get(colour, LEVER)
    how = f"{record.words.of_what} {how}" if colour == "stance" else how
    show_headline(
        as_of(view.day),
        _finding(record, view, colour),
        how,
        definitions(record) if colour == "stance" else meanings,
        envoys_line(record, view.day, "#envoys", view.passing),
    )
    shape, options = _ask_options(record, view)
    with beside_card(record, view):
        shown = show_picture(shape, record, view, options, hero=True).figure
    with st.container(key="rest"):
        if isinstance(shown, Classes):
            _show_who(shown, view)
        _show_envoys(record, view)
        if Counts.is_in(record):
            show_picture("counts", record, view, options)
        with st.expander("Latest changes", key="latest", on_change="rerun") as latest:
            if latest.open:
                show_latest(record, view)
        with st.expander("Names and borders"):
            st.markdown(literal(record.tracker.names_and_borders))


def _finding(record: Record, view: View, colour: str) -> str:
    """What the colours say: of stances in the words of the tracker, of all else in those of the picture."""
    if colour == "stance":
        return headline(record, view.day, view.passing)
    return picture_of(record, "map", view.day, Options(colour=colour, passing=view.passing)).finding


def _ask_options(record: Record, view: View) -> tuple[str, Options]:
    if st.query_params.get("shape") in FORMERLY:
        del st.query_params["shape"]
    shapes, colours, parts = read_address(
        one_of("shape", SHAPES), one_of("colour", modes(record)), one_of("zoom", zooms(record))
    )
    with st.container(horizontal=True, vertical_alignment="center", key="controls_map"):
        shape = shapes.ask_one(st.segmented_control, "Show as", required=True, width="content")
        colour = colours.ask_one(st.selectbox, "Colour by", width=290)
        zoom = parts.ask_one(st.selectbox, "Zoom", disabled=shape != "map", width=240)
    return shape, Options(colour=colour, zoom=zoom, actor_ids=(view.actor_id,) if view.actor_id else ())


def _show_envoys(record: Record, view: View) -> None:
    """Who accepts an envoy and who keeps one, by name, where the record tells it."""
    addresses = links("countries", "actor", record.actors.index)
    if section := envoys_section(record, view.day, addresses.__getitem__, view.passing):
        st.html(section)


def _show_who(shown: Classes, view: View) -> None:
    """Each class with its countries by name: where few, all of them; else the first, and the others to unfold."""
    members = shown.members()
    addresses = links("countries", "actor", [actor_id for _, found in members for actor_id, _ in found])
    groups = [
        (shade.label, paint_of(shade), [(name, addresses[actor_id]) for actor_id, name in found])
        for shade, found in members
        if shade.code != NOT_APPLICABLE.code
    ]
    st.html(filled("standings.html", "standings", groups, SHOWN, view.theme))
