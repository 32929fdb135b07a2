"""Where does everyone stand? The map or the tiles, how the counts moved, and the card of whoever was picked."""

import streamlit as st

from components.figures.figure import Options
from components.figures.stance_map import ZOOMS
from components.pages.parts.evidence import show_actor_card, show_latest
from components.pages.parts.frame import show_headline
from components.pages.parts.parameter import one_of, read_address
from components.pages.parts.picture import show_picture
from components.pages.parts.text import literal
from components.pages.parts.view import View
from components.record.model import Record
from components.record.vocabulary import NOT_CODED, STANCES
from components.summaries.colouring import modes
from components.summaries.stances import headline

SHAPES = {"map": "Map", "tiles": "Tiles", "film": "Play"}
HOW_TO_READ = {
    "map": "Countries by what the picture's title says; small states are circles. Click one for its evidence.",
    "tiles": "One square for each country, all of the same weight. Click one for its evidence.",
    "film": "Play, or move the slider under the map: month by month from the first day of the record.",
}


def show_map_page(record: Record, view: View) -> None:
    """The map page."""
    show_headline(
        headline(record, view.day, view.passing),
        "Colour is the stance, not the level of contact.",
        definitions(record),
    )
    shape, options = _ask_options(record)
    # Tiles need the width for their letters.
    picture, card = st.columns([3, 1] if shape == "tiles" else [13, 7], gap="medium")
    with picture:
        st.caption(HOW_TO_READ[shape])
        show_picture(shape, record, view, options)
        if shape == "map":
            st.caption(f"**Names and borders.** {literal(record.tracker.names_and_borders)}")
        show_picture("counts", record, view, options)
    with card:
        if view.actor_id:
            show_actor_card(record, view)
        else:
            show_latest(record, view)


def definitions(record: Record) -> str:
    """The definition of each class, in Markdown."""
    stated = [
        f"- {term.symbol} **{term.label}** – {literal(record.tracker.stances[code])}" for code, term in STANCES.items()
    ]
    return "\n".join([*stated, f"- {NOT_CODED.symbol} **{NOT_CODED.label}** – {NOT_CODED.definition}"])


def _ask_options(record: Record) -> tuple[str, Options]:
    shapes, colours, zooms = read_address(
        one_of("shape", SHAPES), one_of("colour", modes(record)), one_of("zoom", ZOOMS)
    )
    left, middle, right = st.columns([3, 4, 4], vertical_alignment="bottom")
    shape = shapes.ask_one(left.segmented_control, "Show as", required=True)
    colour = colours.ask_one(middle.selectbox, "Colour by", disabled=shape == "film")
    zoom = zooms.ask_one(right.selectbox, "Zoom", disabled=shape != "map")
    return shape, Options(colour=colour, zoom=zoom)
