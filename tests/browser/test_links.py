"""Asking links, of a server that answers as servers of sources do: what became of each, how politely, how far."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.curate.links import fetch
from components.curate.links.journal import Journal
from components.curate.links.rounds import MOST_SILENT, SIDE_BY_SIDE, Offline, Round
from components.curate.links.visits import Answer, Visitor
from tests.answering import Answering, answering, lead_here

AGENT = "A tracker link check (+https://code.example/tracker)"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    lead_here(monkeypatch, {"inside.example": "10.0.0.1", "metadata.example": "169.254.169.254"})
    monkeypatch.setattr(fetch, "DEADLINE", 1.5)
    with answering() as state:
        yield state


def ask(url: str, *, private: bool = True) -> Answer:
    async def go() -> Answer:
        return await Visitor(AGENT, pause=0.01, private=private).ask(url)

    return asyncio.run(go())


def at(here: Answering, path: str, host: str = "paper.example") -> str:
    return f"http://{host}:{here.port}{path}"


@pytest.mark.parametrize(
    ("path", "code", "status"),
    [
        ("/page", "ok", 200),
        ("/204", "ok", 204),
        ("/401", "refused", 401),
        ("/403", "refused", 403),
        ("/404", "gone", 404),
        ("/410", "gone", 410),
        ("/418", "refused", 418),
        ("/500", "failing", 500),
        ("/503", "failing", 503),
        ("/only-get", "ok", 200),
        ("/loop", "loop", 302),
        ("/endless", "loop", 302),
        ("/script", "astray", 301),
        ("/ftp", "astray", 301),
        ("/torn", "astray", 301),
        ("/long", "astray", 301),
        ("/hang", "timeout", 0),
        ("/drip", "timeout", 0),
        ("/rubbish", "rubbish", 0),
        ("/silent", "connection", 0),
    ],
)
def test_what_became_of_a_link(here: Answering, path: str, code: str, status: int) -> None:
    answer = ask(at(here, path))
    assert (answer.code, answer.status) == (code, status)


@pytest.mark.parametrize(
    ("path", "code", "status", "end"),
    [
        ("/same-host", "ok", 200, "/page"),
        ("/relative", "ok", 200, "/page?x=1"),
        ("/to-front", "front", 200, "/"),
        ("/to-gone", "gone", 410, "/410"),
    ],
)
def test_a_redirect_is_followed_and_told(here: Answering, path: str, code: str, status: int, end: str) -> None:
    assert ask(at(here, path)) == Answer(code, status, at(here, end))


def test_a_redirect_to_another_host_is_told_apart(here: Answering) -> None:
    assert ask(at(here, "/elsewhere")) == Answer("moved", 200, at(here, "/page", "other.example"))
    assert ask(at(here, "/page", "www.paper.example")).code == "ok"


def test_hosts_that_cannot_be_reached_are_told_apart(here: Answering) -> None:
    assert ask("http://nowhere.invalid/").code == "dns"
    assert ask(f"http://{'x' * 80}.example/").code == "dns"
    assert ask("http://paper.example:1/") == Answer("connection", told="Connection refused")
    assert ask("http://paper.example:99999/") == Answer("connection", told="no such port")
    assert ask(f"https://paper.example:{here.port}/").code == "tls"


def test_letters_of_other_scripts_are_written_as_the_net_writes_them(here: Answering) -> None:
    assert ask(at(here, "/ünïcode päge?q=ä", "bücher.example")).code == "ok"
    visit = here.visits[-1]
    assert (visit.host, visit.path) == ("xn--bcher-kva.example", "/%C3%BCn%C3%AFcode%20p%C3%A4ge?q=%C3%A4")


def test_no_more_than_the_head_of_a_page_is_read(here: Answering) -> None:
    assert ask(at(here, "/huge")).code == "ok"
    assert 0 < here.sent < 50_000_000  # what the system took on its way, of a thousand gigabytes


def test_hosts_of_private_networks_are_not_asked(here: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(at(here, "/page"), private=False).code == "private"
    for host in ("127.0.0.1", "inside.example", "metadata.example"):
        assert ask(f"http://{host}/", private=False).code == "private"
    assert here.visits == []
    monkeypatch.setattr(fetch, "_is_public", lambda address: address == "127.0.0.1")
    assert ask(at(here, "/inside"), private=False) == Answer("private", url=at(here, "/page", "inside.example"))
    assert {visit.host for visit in here.visits} == {"paper.example"}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        *[(address, False) for address in ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254")],
        *[(address, False) for address in ("0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1")],  # noqa: S104
        ("::ffff:127.0.0.1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert fetch._is_public(address) == public


def test_a_host_that_asks_for_patience_gets_it(here: Answering) -> None:
    for path in ("/busy-once", "/busy-until"):
        assert ask(at(here, path)).code == "ok"
        first, second = [visit for visit in here.visits if visit.path == path]
        assert second.begun - first.ended >= 1


def test_a_host_that_asks_for_much_patience_is_left_alone(here: Answering) -> None:
    async def go() -> list[Answer]:
        visitor = Visitor(AGENT, pause=0.01, private=True)
        first = await visitor.ask(at(here, "/busy-for-long"))
        return [first, await visitor.ask(at(here, "/page")), await visitor.ask(at(here, "/page", "other.example"))]

    assert [answer.code for answer in asyncio.run(go())] == ["later", "later", "ok"]
    assert [visit.path for visit in here.visits] == ["/busy-for-long", "/page"]


async def _known() -> Answer:
    return Answer("ok")


def run(journal: Journal, urls: list[str], pause: float = 0.0) -> dict[str, Answer]:
    async def go() -> dict[str, Answer]:
        return await Round(journal, Visitor(AGENT, pause=pause, private=True).ask, _known, lambda: None).run(urls)

    return asyncio.run(go())


def test_never_two_at_once_to_a_host_and_a_pause_between(here: Answering, tmp_path: Path) -> None:
    here.slowness, pause = 0.03, 0.1
    names = ["other.example", *(f"paper{number}.example" for number in range(11))]
    paths = (
        "/1",
        "/elsewhere",
        "/only-get",
        "/404",
    )  # a page each host has, one that leads to the first host, two by GET
    journal = Journal(tmp_path / "state")
    assert run(journal, [at(here, path, name) for path in paths for name in names], pause) == {}
    assert len(journal.answers) == len(names) * len(paths)
    by_host = defaultdict(list)
    for visit in sorted(here.visits, key=lambda visit: visit.begun):
        by_host[visit.host].append(visit)
    assert set(by_host) == set(names)
    for visited in by_host.values():
        for one, next_one in itertools.pairwise(visited):
            assert next_one.begun - one.ended >= pause
    at_once = [sum(other.begun <= one.begun < other.ended for other in here.visits) for one in here.visits]
    assert 1 < max(at_once) <= SIDE_BY_SIDE


def test_who_asks_is_said(here: Answering) -> None:
    ask(at(here, "/404"))
    assert {visit.agent for visit in here.visits} == {AGENT}
    assert here.asked("/404") == ["HEAD", "GET"]


def test_a_later_run_goes_on(here: Answering, tmp_path: Path) -> None:
    urls = [at(here, f"/page{number}") for number in range(6)]
    run(Journal(tmp_path / "state"), urls[:4])
    with (tmp_path / "state").open("a") as file:
        file.write('\n{"asked": "http://pap')  # as a machine that was switched off leaves it
    again = Journal(tmp_path / "state")
    assert list(again.answers) == urls[:4]
    run(again, [url for url in urls if url not in again.answers])
    assert list(Journal(tmp_path / "state").answers) == urls
    assert len(here.visits) == len(urls)


def round_of(journal: Journal, answers: dict[str, list[str]], known: str) -> None:
    """A round in which each link has its answers, one a time it is asked, and the host that is known has one."""

    async def ask(url: str) -> Answer:
        return Answer(answers[url].pop(0))

    async def ask_known() -> Answer:
        return Answer(known)

    async def go() -> None:
        await Round(journal, ask, ask_known, lambda: None).run(list(answers))

    asyncio.run(go())


GONE = [f"https://gone{number}.example/" for number in range(3 * MOST_SILENT)]
THERE = "https://there.example/"


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ({url: ["dns"] for url in GONE}, "refused"),
        ({THERE: ["ok", "gone", "gone", "gone"], **{url: ["dns"] for url in GONE}}, "timeout"),
        ({**{url: ["timeout"] for url in GONE[:3]}, THERE: ["ok"]}, "timeout"),
    ],
)
def test_hosts_are_gone_while_anybody_else_answers(tmp_path: Path, answers: dict[str, list[str]], known: str) -> None:
    journal = Journal(tmp_path / "state")
    round_of(journal, answers, known)
    assert {answer.code for url, answer in journal.answers.items() if url != THERE} <= {"dns", "timeout"}
    assert len(journal.answers) == len(answers)


def test_a_machine_without_the_internet_takes_no_host_for_gone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state")
    with pytest.raises(Offline):
        round_of(journal, {url: ["dns"] for url in GONE}, "timeout")
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("then", ["dns", "later"])
def test_a_machine_that_loses_the_internet_keeps_what_it_heard(tmp_path: Path, then: str) -> None:
    journal = Journal(tmp_path / "state")
    with pytest.raises(Offline):
        round_of(journal, {THERE: ["ok", then], **{url: ["dns"] for url in GONE}}, "dns")
    assert list(Journal(tmp_path / "state").answers) == [THERE]
