"""What addresses say of themselves: which will not last, and which two are one page."""

import pytest

from components.curate.links.addresses import ODDITIES, oddities, same_pages
from components.record.model import Record

ODD = {
    "https://localhost/a": "local",
    "https://intranet/a": "local",
    "https://news.internal/a": "local",
    "http://99.80.44.72/en/1": "number",
    "http://[2001:db8::1]/en/1": "number",
    "http://1666985032/": "number",
    "http://0x63502c48/": "number",
    "https://editor:secret@paper.example/": "login",
    "https://paper.example@other.example/": "login",
    "https://paper.example:443/a": "port",
    "https://paper.example./a": "dot",
    "https://web.archive.org/web/20210916000000/https://paper.example/a": "archive",
    "https://archive.ph/abcde": "archive",
    "https://webarchive.library.example/2023/https://paper.example/a": "archive",
    "https://webcache.googleusercontent.com/search?q=cache:x": "cache",
    "https://paper-example.translate.goog/a": "cache",
    "https://bit.ly/3xyz": "short",
    "https://staging.ministry.example/a": "staging",
    "https://stg.paper.example/a": "staging",
    "https://core-prod.paper.example/a": "staging",
    "https://v1.paper.example/a": "staging",
    "https://test2.paper.example/a": "staging",
    "https://d2vk7pgsmc4fj6.cloudfront.net/a": "network",
    "https://amp.paper.example/a": "amp",
    "https://paper.example/a/amp": "amp",
    "https://paper.example/amp/a.html": "amp",
    "https://paper.example/a?amp": "amp",
    "https://paper.example/a?utm_source=rss": "tracking",
    "https://paper.example/a?id=1&fbclid=x": "tracking",
}
EVEN = [
    "https://paper.example/a",
    "http://www.paper.example/",
    "https://m.paper.example/a",
    "https://news.mail.ru/a",
    "https://test.com/a",
    "https://development.paper.example/a",
    "https://vox.paper.example/a",
    "https://paper.example/champions/camp?stamp=1",
    "https://paper.example/a?id=1:80",
    "https://notbit.ly/a",
    "https://24.kg/a",
    "https://bücher.example/ü",
]


@pytest.mark.parametrize(("url", "code"), ODD.items())
def test_an_address_that_will_not_last_is_named(url: str, code: str) -> None:
    assert oddities(url) == [code]


def test_every_kind_is_tried() -> None:
    assert set(ODD.values()) == set(ODDITIES)


@pytest.mark.parametrize("url", EVEN)
def test_an_ordinary_address_is_left_alone(url: str) -> None:
    assert oddities(url) == []


def test_an_address_may_be_odd_in_two_ways() -> None:
    assert oddities("http://old.parliament.example:80/a?utm_medium=x") == ["port", "staging", "tracking"]


def test_spellings_of_one_page_are_found_and_other_pages_are_not() -> None:
    assert same_pages({
        "first": "https://www.paper.example/a?id=1",
        "second": "http://paper.example./a/?id=1&utm_source=rss#top",
        "third": "https://paper.example:443/a/amp?id=1",
        "other": "https://paper.example/a?id=2",
        "another": "https://paper.example/A?id=1",
    }) == {"second": "first", "third": "first"}  # fmt: skip


def test_every_address_of_a_record_can_be_looked_at(any_record: Record) -> None:
    assert all(set(oddities(url)) <= set(ODDITIES) for url in any_record.sources["url"])
