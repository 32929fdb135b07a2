"""Asking as a guest does: one request at a time to a host, pauses between, and leaving when asked to.

Belongs here: order and pace of requests, redirects, and what became of one link. Does not belong here: sources.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from components.curate.links.addresses import host_of
from components.curate.links.fetch import NoReply, Reply, fetch
from components.record.check.cells import LONGEST_CELL, hidden_sign, is_web_address

PAUSE = 1.0  # seconds between two requests to one host
LONGEST_WAIT = 60  # seconds that a host may ask to wait; whoever asks for longer is left alone
USUAL_WAIT = 10  # seconds, where a host asks for patience and does not say how much
MOST_REDIRECTS = 5
BUSY = {429, 503}
REDIRECTS = {301, 302, 303, 307, 308}
FINAL = {"dns", "tls", "private", "later"}  # what another method would not change


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one link: a code of `findings.ANSWERS`, the last status, where it led and what was said."""

    code: str
    status: int = 0
    url: str = ""
    told: str = ""


@dataclass
class Gate:
    """The door of one host: who may go in, when, and whether it was closed for this run."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens: float = 0.0
    closed: bool = False


class Visitor:
    """Asks links, politely; one visitor a run, made inside of its event loop."""

    def __init__(self, agent: str, *, pause: float = PAUSE, private: bool = False) -> None:
        """`agent` says who asks; `private` allows hosts of private networks."""
        self._agent, self._pause, self._private = agent, pause, private
        self._gates: defaultdict[str, Gate] = defaultdict(Gate)

    async def ask(self, url: str) -> Answer:
        """What becomes of a link, its redirects followed."""
        here, been = url, [url]
        try:
            while (reply := await self._head(here)).status in REDIRECTS and reply.headers["Location"]:
                here = _led_to(here, reply.headers["Location"])
                if not here:
                    return Answer("astray", reply.status)
                if here in been or len(been) > MOST_REDIRECTS:
                    return Answer("loop", reply.status)
                been.append(here)
        except NoReply as none:
            return Answer(none.code, url="" if here == url else here, told=none.told)
        return Answer(_meaning(reply.status, url, here), reply.status, "" if here == url else here)

    async def read(self, url: str) -> tuple[Answer, bytes]:
        """The body of a page that must answer by itself; empty where it does not."""
        try:
            reply = await self._politely("GET", url, whole=True)
        except NoReply as none:
            return Answer(none.code, told=none.told), b""
        answer = Answer(_meaning(reply.status, url, url), reply.status)
        return answer, reply.body if answer.code == "ok" else b""

    async def _head(self, url: str) -> Reply:
        """The head of a page: by HEAD and, where that brings no good one, by GET, which nobody refuses to readers."""
        try:
            reply = await self._politely("HEAD", url)
            if reply.status < 400:
                return reply
        except NoReply as none:
            if none.code in FINAL:
                raise
        return await self._politely("GET", url)

    async def _politely(self, method: str, url: str, whole: bool = False) -> Reply:
        """One request behind the gate of its host. Raises NoReply, with “later” where the host wants to be left."""
        clock = asyncio.get_running_loop().time
        gate = self._gates[host_of(url)]
        async with gate.lock:
            for _ in range(2):
                if gate.closed:
                    break
                await asyncio.sleep(max(0.0, gate.opens - clock()))
                try:
                    reply = await fetch(method, url, self._agent, private=self._private, whole=whole)
                finally:
                    gate.opens = clock() + self._pause
                wait = _wait(reply)
                if wait is None:
                    return reply
                gate.opens = clock() + max(wait, self._pause)
                gate.closed = wait > LONGEST_WAIT
            gate.closed = True
            raise NoReply("later")


def _wait(reply: Reply) -> float | None:
    """How many seconds a host asks to wait; None where it does not.

    A date is counted from the host's own, so that no clock needs to be right.
    """
    said = reply.headers["Retry-After"]
    if reply.status not in BUSY or (reply.status == 503 and said is None):
        return None
    if said is None:
        return USUAL_WAIT
    if said.strip().isdecimal():
        return float(said[:9])
    try:
        until, now = (parsedate_to_datetime(text) for text in (said, reply.headers["Date"] or ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return USUAL_WAIT


def _led_to(here: str, location: str) -> str:
    """Where a redirect leads; "" where that is no address that a line may show and a cell may hold."""
    try:
        there = urljoin(here, location.strip().encode("latin-1").decode("utf-8", "replace"))
    except ValueError:
        return ""
    sound = is_web_address(there) and len(there) <= LONGEST_CELL and not hidden_sign(there)
    return there if sound else ""


def _meaning(status: int, asked: str, ended: str) -> str:
    if status in {404, 410}:
        return "gone"
    if status >= 500 or status < 200:
        return "failing"
    if status >= 300:
        return "refused"
    if urlsplit(ended).path in {"", "/"} and urlsplit(asked).path not in {"", "/"} and not urlsplit(ended).query:
        return "front"
    return "ok" if host_of(asked) == host_of(ended) else "moved"
