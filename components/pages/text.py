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
    for source in sources.loc[list(keys)].itertuples(index=False):
        words = f"{source.publisher}, {long_date(source.date_text)}" if source.date_text else source.publisher
        links.append(f"[{literal(words)}](<{quoted_address(source.url)}>)")
    return " · ".join(links)
