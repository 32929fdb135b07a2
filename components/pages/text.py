"""Text of the record as Markdown that shows exactly that text, and links to its sources."""

import re
from collections.abc import Iterable

import pandas as pd

from components.phrasing import long_date, quoted_address

# ASCII punctuation may be escaped in Markdown; a reference to each sign is also safe from Streamlit's own directives.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~$:&=\"'^]")


def literal(text: str) -> str:
    """Text that Markdown, HTML and Streamlit's directives leave as it is."""
    return _MARKUP.sub(lambda sign: f"&#{ord(sign.group())};", text)


def source_links(sources: pd.DataFrame, keys: Iterable[str]) -> str:
    """Links to sources, each as publisher and date, in Markdown. `sources` is indexed by source id."""
    links = []
    for key in keys:  # cell by cell, which is many times faster than a frame of two rows
        publisher, date, url = (str(sources.at[key, column]) for column in ("publisher", "date_text", "url"))
        words = f"{publisher}, {long_date(date)}" if date else publisher
        links.append(f"[{literal(words)}](<{quoted_address(url)}>)")
    return " · ".join(links)
