"""One request over the internet, bounded in time and size; it goes to public addresses only.

Belongs here: names of hosts, connections, and the head of an answer. Does not belong here: how often one may ask whom
(visits), and what an answer means for a source.
"""

import asyncio
import functools
import http.client
import io
import ipaddress
import os
import re
import socket
import ssl
from dataclasses import dataclass
from email.message import Message
from typing import Any, cast
from urllib.parse import SplitResult, quote, urlsplit

DEADLINE = 15  # seconds for all of one request
MOST_BYTES = 65_536  # read of one answer
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
SAFE = "/%:@!$&'()*+,;=~-._[]"


class NoReply(Exception):  # noqa: N818 - the name says what there is
    """There is no answer: a code of why, and what the system said of it."""

    def __init__(self, code: str, told: str = "") -> None:
        """Keep the code of `findings.ANSWERS`."""
        super().__init__(told)
        self.code, self.told = code, told


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came: its status, its headers and, where it was asked for, its body."""

    status: int
    headers: Message
    body: bytes


async def fetch(method: str, url: str, agent: str, *, private: bool = False, whole: bool = False) -> Reply:
    """Ask once. `whole` reads the body too, `private` allows addresses of private networks. Raises NoReply."""
    try:
        async with asyncio.timeout(DEADLINE):
            return await _exchange(method, url, agent, private, whole)
    except TimeoutError as late:
        raise NoReply("timeout") from late
    except ssl.SSLError as refused:
        reason = getattr(refused, "verify_message", "") or (refused.reason or "").replace("_", " ").lower()
        raise NoReply("tls", reason) from refused
    except (socket.gaierror, UnicodeError) as unknown:
        raise NoReply("dns") from unknown
    except OSError as error:
        raise NoReply("connection", os.strerror(error.errno) if error.errno else "") from error
    except (http.client.HTTPException, ValueError) as strange:
        raise NoReply("rubbish") from strange


async def _exchange(method: str, url: str, agent: str, private: bool, whole: bool) -> Reply:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host = _ascii(parts.hostname or "")
    port = _port(parts) or (443 if secure else 80)
    reader, writer = await _connect(host, port, _trusted() if secure else None, private)
    try:
        asked = f"{quote(parts.path, SAFE) or '/'}{'?' if parts.query else ''}{quote(parts.query, SAFE + '?')}"
        named = host if _port(parts) is None else f"{host}:{port}"
        lines = (f"{method} {asked} HTTP/1.1", f"Host: {named}", f"User-Agent: {agent}", "Accept: */*")
        more = ("Accept-Encoding: identity", "Connection: close", "", "")
        writer.write("\r\n".join((*lines, *more)).encode("latin-1", "replace"))
        await writer.drain()
        return _understood(method, await _received(reader, whole), whole)
    finally:
        writer.transport.abort()


def _port(parts: SplitResult) -> int | None:
    """The port that an address names. Raises NoReply where there can be none of that number."""
    try:
        return parts.port
    except ValueError as none:
        raise NoReply("connection", "no such port") from none


def _ascii(host: str) -> str:
    """A name of host as it goes over the wire: `bücher.example` is `xn--bcher-kva.example`."""
    return f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")


async def _connect(
    host: str, port: int, trusted: ssl.SSLContext | None, private: bool
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the first address of a host that takes one.

    Addresses are looked up here and connected to as such, so that no second look-up can lead elsewhere.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = sorted(dict.fromkeys(str(entry[4][0]) for entry in found), key=lambda address: ":" in address)
    allowed = [address for address in addresses if private or _is_public(address)]
    if not allowed:
        raise NoReply("private")
    options: dict[str, Any] = {"ssl": trusted, "server_hostname": host.strip("[]").rstrip(".")} if trusted else {}
    for address in allowed[:-1]:
        try:
            return await asyncio.open_connection(address, port, **options)
        except OSError:
            continue
    return await asyncio.open_connection(allowed[-1], port, **options)


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address)
    return number.is_global and not number.is_multicast


@functools.cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


async def _received(reader: asyncio.StreamReader, whole: bool) -> bytes:
    """The bytes of an answer: as far as its head goes, or to its end; never more than are allowed and a piece."""
    content = b""
    while len(content) < MOST_BYTES and (whole or not END_OF_HEAD.search(content)):
        piece = await reader.read(MOST_BYTES)
        if not piece:
            break
        content += piece
    return content


class _Bytes:
    """What http.client reads an answer from, in place of a socket."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self.content)


def _understood(method: str, content: bytes, whole: bool) -> Reply:
    answer = http.client.HTTPResponse(cast(socket.socket, _Bytes(content)), method=method)
    answer.begin()
    return Reply(answer.status, answer.headers, answer.read() if whole else b"")
