"""A server that answers as servers of sources do: well, with redirects, refusals, silence or rubbish.

It stands for any number of hosts: names of hosts lead to it (`lead_here`), or addresses such as 127.0.0.7 do.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.waiting import PATIENCE


@dataclass(frozen=True)
class Visit:
    """One request: to which host, for what, when it came, and when it was about to be answered."""

    method: str
    host: str
    path: str
    agent: str
    begun: float
    ended: float


@dataclass
class Answering:
    """What the server does, and what it saw."""

    port: int = 0
    slowness: float = 0.0
    visits: list[Visit] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    sent: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def asked(self, path: str) -> list[str]:
        """The methods by which a path was asked for, in order."""
        return [visit.method for visit in self.visits if visit.path == path]


class Handler(BaseHTTPRequestHandler):
    """Answers by path; `/redirect/…` paths lead on, and what is not listed is there."""

    protocol_version = "HTTP/1.1"
    state: Answering

    def do_HEAD(self) -> None:
        begun = time.monotonic()
        time.sleep(self.state.slowness)
        host, agent = self.headers["Host"].split(":")[0], self.headers["User-Agent"]
        self.state.visits.append(Visit(self.command, host, self.path, agent, begun, time.monotonic()))
        SPECIAL.get(self.path.split("?")[0], Handler.by_name)(self)

    do_GET = do_HEAD  # noqa: N815 - the name that http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def by_name(self) -> None:
        name = self.path.strip("/")
        if self.path.split("?")[0] in self.state.bodies:
            self.answer(200, body=self.state.bodies[self.path.split("?")[0]])
        elif name.isdecimal() and len(name) == 3:
            self.answer(int(name))
        elif name.startswith("endless"):
            self.answer(302, Location=f"{self.path}x")
        else:
            self.answer(200, body=b"Here it is.")

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
        self.close_connection = True

    def to(self, url: str, status: int = 301) -> None:
        self.answer(status, Location=url.replace("PORT", str(self.state.port)))

    def only_get(self) -> None:
        self.answer(405 if self.command == "HEAD" else 200)

    def busy_once(self) -> None:
        self.answer(429 if len(self.state.asked(self.path)) == 1 else 200, Retry_After="1")

    def busy_until(self) -> None:
        """Ask to wait until a day by a clock that is years behind."""
        self.send_response_only(503 if len(self.state.asked(self.path)) == 1 else 200)
        self.send_header("Date", formatdate(1_000_000_000, usegmt=True))
        self.send_header("Retry-After", formatdate(1_000_000_001, usegmt=True))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def hang(self) -> None:
        self.state.over.wait(PATIENCE)

    def drip(self) -> None:
        """A header that never ends, a letter at a time."""
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not self.state.over.wait(0.05):
                self.wfile.write(b"x")

    def huge(self) -> None:
        self.send_response(404 if self.command == "HEAD" else 200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        with suppress(OSError):
            while self.command == "GET" and self.state.sent < 10**9:
                self.state.sent += self.wfile.write(b"x" * 65_536)
        self.close_connection = True

    def rubbish(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
        self.close_connection = True

    def silent(self) -> None:
        self.close_connection = True


SPECIAL: dict[str, Callable[[Handler], None]] = {
    "/same-host": lambda h: h.to("/page", 302),
    "/relative": lambda h: h.to("page?x=1", 308),
    "/elsewhere": lambda h: h.to("http://other.example:PORT/page"),
    "/to-front": lambda h: h.to("/"),
    "/to-gone": lambda h: h.to("/410"),
    "/loop": lambda h: h.to("/pool", 302),
    "/pool": lambda h: h.to("/loop", 302),
    "/script": lambda h: h.to("javascript:alert(1)"),
    "/ftp": lambda h: h.to("ftp://other.example/page"),
    "/escape": lambda h: h.to("/\x1b[2J"),
    "/torn": lambda h: h.to("http://[broken"),
    "/long": lambda h: h.to(f"/{'x' * 3000}"),
    "/inside": lambda h: h.to("http://inside.example:PORT/page"),
    "/only-get": Handler.only_get,
    "/busy-once": Handler.busy_once,
    "/busy-until": Handler.busy_until,
    "/busy-for-long": lambda h: h.answer(429, Retry_After="3600"),
    "/hang": Handler.hang,
    "/drip": Handler.drip,
    "/huge": Handler.huge,
    "/rubbish": Handler.rubbish,
    "/silent": Handler.silent,
}


@contextmanager
def answering() -> Iterator[Answering]:
    """The server, on all addresses of this machine, for as long as the block lasts."""
    state = Answering()
    server = ThreadingHTTPServer(("", 0), type("Here", (Handler,), {"state": state}))
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def lead_here(monkeypatch: pytest.MonkeyPatch, elsewhere: dict[str, str]) -> None:
    """Names that end in `.example` lead to this machine, some `elsewhere`, and no other name is known."""

    def look_up(host: str | bytes, port: int, *_: object, **__: object) -> list[object]:
        name = host.decode() if isinstance(host, bytes) else host
        address = elsewhere.get(name, "127.0.0.1" if name.endswith(".example") or name.startswith("127.") else "")
        if not address:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
