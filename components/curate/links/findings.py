"""What is found of each source, in words, in counts and as rows of a CSV file.

Belongs here: which answers and addresses need a person, and what the person can do. Does not belong here: asking.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components.curate.links.addresses import ODDITIES, oddities, same_pages
from components.curate.links.fetch import DEADLINE
from components.curate.links.visits import Answer
from components.record.schema import SOURCES
from components.record.wording import agreeing, counted, number

ELSEWHERE = "find the page elsewhere, or an archived copy of it"
OTHER_PLACE = "see whether that is the page, and give the address that lasts"
BY_HAND = "open it in a browser"
# How an answer is called in counts, what is said of the source, and what a person can do; "" where nothing is needed.
ANSWERS: Mapping[str, tuple[str, str, str]] = {
    "ok": ("answers", "answers", ""),
    "moved": ("leads to another host", "leads to another host", OTHER_PLACE),
    "front": ("leads to a front page", "leads to a front page", ELSEWHERE),
    "gone": ("gone", "is gone", ELSEWHERE),
    "refused": ("refused", "refuses the request", BY_HAND),
    "failing": ("server fails", "meets a server that fails", f"{BY_HAND}, another day too"),
    "loop": ("redirects without end", "is redirected without end", BY_HAND),
    "astray": ("redirects to no web address", "is redirected to no web address", BY_HAND),
    "dns": ("host unknown", "has a host that is not known (DNS)", ELSEWHERE),
    "connection": ("no connection", "has a host that takes no connection", f"{BY_HAND}, another day too"),
    "timeout": ("no answer in time", f"gave no answer in {DEADLINE} seconds", f"{BY_HAND}, another day too"),
    "tls": ("no secure connection", "allows no secure connection", BY_HAND),
    "rubbish": ("no HTTP", "answers what is not HTTP", BY_HAND),
    "private": ("private network", "leads into a private network, where it was not followed", "give a public address"),
    "later": ("to be asked later", "was not asked, because its host wants to be left alone", "run this again later"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One source and what is known of its link; `answer` is None where it was not asked."""

    line: int
    source: Mapping[str, str]
    odd: Sequence[str]
    same_as: str
    answer: Answer | None

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What a person has to see to, and how. A link that has an archived copy may well be dead."""
        noted = [ODDITIES[code][1:] for code in self.odd]
        if self.same_as:
            noted.append((f"is the page of {self.same_as}", "keep one of the two, and cite it in both places"))
        if self.answer:
            _, said, remedy = ANSWERS[self.answer.code]
            if remedy and not (self.source["archive_url"] and self.answer.code != "later"):
                noted.append((f"{said}{_details(self.answer)}", remedy))
        return noted

    def __str__(self) -> str:
        """`file:line:column: what, what to do: address`, on one line."""
        found = " and ".join(found for found, _ in self.notes)
        remedies = "; ".join(dict.fromkeys(remedy for _, remedy in self.notes))
        return f"{SOURCES.file}:{self.line}:url: {self.source['id']} {found}; {remedies}: {self.source['url']}"

    def row(self) -> dict[str, str]:
        """The finding as a row: cells of the record, codes of ours, and addresses that begin with http."""
        answer = self.answer or Answer("")
        return {
            **{name: self.source[name] for name in ("id", "publisher", "date", "url", "archive_url")},
            "answer": answer.code,
            "status": str(answer.status or ""),
            "leads_to": answer.url,
            "address": ";".join(self.odd),
            "same_page_as": self.same_as,
            "needs_a_person": "yes" if self.notes else "no",
        }


def findings(sources: pd.DataFrame, answers: Mapping[str, Answer]) -> list[Finding]:
    """A finding for each row of a text frame of sources.csv, in its order; `answers` are by address."""
    rows = dict(zip(sources.index.tolist(), sources.to_dict("records"), strict=True))
    twice = same_pages({row["id"]: row["url"] for row in rows.values()})
    return [
        Finding(line, row, oddities(row["url"]), twice.get(row["id"], ""), answers.get(row["url"]))
        for line, row in rows.items()
    ]


def in_numbers(found: Sequence[Finding]) -> Iterator[str]:
    """What was found, counted by kind; of kinds that are there."""
    answers = Counter(one.answer.code for one in found if one.answer)
    if answers:
        asked = counted(answers.total() - answers["later"], "link was", "links were")
        yield f"{asked} asked: {_listed((ANSWERS[code][0], answers[code]) for code in ANSWERS)}."
    addresses = Counter(code for one in found for code in one.odd)
    twice = sum(bool(one.same_as) for one in found)
    odd = [*((ODDITIES[code][0], addresses[code]) for code in ODDITIES), ("another spelling of a source's", twice)]
    if any(count for _, count in odd):
        yield f"Addresses that will not last: {_listed(iter(odd))}."
    copies = sum(bool(one.source["archive_url"]) for one in found)
    yield f"Archived copies: {number(copies)} of {counted(len(found), 'source')} {agreeing(copies, 'has', 'have')} one."
    needy = sum(bool(one.notes) for one in found)
    yield f"{counted(needy, 'source needs', 'sources need')} a person."


def _details(answer: Answer) -> str:
    told = [str(answer.status or ""), answer.told, answer.url]
    return f" ({', '.join(filter(None, told))})" if any(told) else ""


def _listed(counts: Iterator[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number(count)}" for name, count in counts if count)
