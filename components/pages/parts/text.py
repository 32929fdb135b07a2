"""Text of the record as Markdown that shows exactly that text, and links to its sources."""

import re
from collections.abc import Iterable

import pandas as pd

from components.record.wording import isolated, long_date, quoted_address

# ASCII punctuation may be escaped in Markdown; a reference to each sign is also safe from Streamlit's own directives.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~$:&=\"'^]")
# What is looked for once these references are read: addresses, to be linked; arrows, dashes and signs, to be drawn.
_LOOKED_FOR = re.compile(r"[:@<>~wW-](?:(?<=:)(?=//|[\w+-]+:)|(?<=@)|(?<=[<>~-])(?=[>=-])|(?<=[wW]{3})(?=\.))")
_NOTHING = ":small[]"  # an element without text: what stands on its two sides is not read as one
# The browser would take `:plc:` inside an address for the name of an emoji, and fetch the whole library of them.
_LIKE_EMOJI = re.compile(r":(?=[\w+-]+:)")


def literal(text: str) -> str:
    """Text that Markdown, HTML and Streamlit's directives leave as it is; an address in it is no link."""
    parts = _LOOKED_FOR.sub(r"\g<0>\0", isolated(text)).split("\0")
    return _NOTHING.join(_MARKUP.sub(lambda sign: f"&#{ord(sign.group())};", part) for part in parts)


def source_links(sources: pd.DataFrame, keys: Iterable[str]) -> str:
    """Links to sources, each as publisher and date, in Markdown. `sources` is indexed by source id."""
    links = []
    for key in keys:  # cell by cell, which is many times faster than a frame of two rows
        publisher, date, url = (str(sources.at[key, column]) for column in ("publisher", "date_text", "url"))
        words = f"{publisher}, {long_date(date)}" if date else publisher
        address = _LIKE_EMOJI.sub("&#58;", quoted_address(url))
        links.append(f"[{literal(words)}](<{address}>)")
    return " · ".join(links)
