"""Readers without a browser: they speak the framework's own messages over its WebSocket and remember as a browser does.

A run is over when the server says that the script has finished; any exception that it sends is an error.
"""

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 120.0  # seconds that a run may take
REMEMBERED = 2  # runs for which a browser keeps a message that it was sent


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the script for one reader: how long it took, how much was sent, and what went wrong."""

    seconds: float
    sent: int
    errors: list[str]


@dataclass
class Reader:
    """One reader of a server, for as long as the block runs."""

    address: str
    known: dict[str, int] = field(default_factory=dict)
    runs: int = 0

    async def __aenter__(self) -> "Reader":
        """Connect."""
        self.socket = await websockets.connect(
            f"{self.address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.address),
            max_size=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave."""
        await self.socket.close()

    async def ask(self, page: str = "", query: str = "") -> Run:
        """Run the script once, at a page and with parameters of the address."""
        self.runs += 1
        self.known = {key: run for key, run in self.known.items() if self.runs - run <= REMEMBERED}
        wanted = BackMsg()
        wanted.rerun_script.query_string = query
        wanted.rerun_script.page_name = page
        wanted.rerun_script.cached_message_hashes.extend(self.known)
        begun, sent, errors = time.perf_counter(), 0, []
        await self.socket.send(wanted.SerializeToString())
        while True:
            content = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            sent += len(content)
            message = ForwardMsg()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
            if message.metadata.cacheable or message.ref_hash:
                self.known[message.ref_hash or message.hash] = self.runs
            if message.delta.new_element.HasField("exception"):
                errors.append(message.delta.new_element.exception.message[:200])
            if message.WhichOneof("type") == "script_finished":
                return Run(time.perf_counter() - begun, sent, errors)
