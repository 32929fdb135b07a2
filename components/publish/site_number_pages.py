"""The pages of the headline numbers: one for each, so that whatever cites it leads to its proof, and all of them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from components.publish import rows
from components.publish.site_numbers import Number
from components.publish.site_page import Files, Page, Site
from components.record.wording import enumerated

NAMED = 12  # in the description of a page


def number_pages(site: Site, found: Sequence[Number]) -> list[Callable[[], Files]]:
    """What makes the list of all numbers and the page of each."""
    return [partial(_all_numbers, site, found), *(partial(_number_page, site, each) for each in found)]


def told(site: Site, found: Sequence[Number]) -> list[dict[str, Any]]:
    """The numbers for programs: what each says on the day, whom it counts and which rows prove it."""
    return [
        {
            "number": each.code,
            "value": each.value,
            "says": each.says,
            "meaning": each.meaning,
            "day": site.day.isoformat(),
            "actor_ids": list(each.who),
            "rows": list(each.row_ids),
        }
        for each in found
    ]


def _all_numbers(site: Site, found: Sequence[Number]) -> Files:
    page = Page(site, "numbers/", "The numbers, and what is behind each")
    return page.written("site_numbers.html", numbers=found, quoted=rows.of(site.record.reconciliation))


def _number_page(site: Site, found: Number) -> Files:
    about = enumerated(list(found.who.values()), NAMED) if found.who else found.meaning
    image = f"charts/{found.chart}/card.png" if found.chart else ""
    page = Page(site, f"numbers/{found.code}/", found.sentence, about=about, image=image)
    named_apart = {actor_id for those in found.apart.values() for actor_id in those}
    who = [(name, page.actor(actor_id)) for actor_id, name in found.who.items() if actor_id not in named_apart]
    apart = {
        words: [(name, page.actor(actor_id)) for actor_id, name in those.items()]
        for words, those in found.apart.items()
    }
    cards = page.cards
    drawn = [found.draw(cards, row) for row in rows.of(found.behind)]
    return page.written("site_number.html", number=found, who=who, apart=apart, cards=drawn)
