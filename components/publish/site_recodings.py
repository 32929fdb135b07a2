"""The page of what was judged anew, which a record has that logs it.

Does not belong here: the words of an entry (summaries.recodings), and the lines on the cards of rows (cards).
"""

from collections.abc import Callable
from functools import partial

from components.publish.site_page import Files, Page, Site
from components.summaries.recodings import Judged, judged_anew, judged_counts, judged_headline

PATH = "recodings/"


def recoding_pages(site: Site) -> list[Callable[[], Files]]:
    """What makes the page; none where nothing was judged anew."""
    return [partial(_recodings_page, site)] if judged_anew(site.record) else []


def _recodings_page(site: Site) -> Files:
    judged = judged_anew(site.record)
    page = Page(site, PATH, judged_headline(judged), site.live_at("data"))

    def address(row: Judged) -> str:
        return page.row(row.row_id)

    return page.written("site_recodings.html", judged_rows=judged, said=judged_counts(judged), address=address)
