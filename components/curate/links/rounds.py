"""A round of questions: all that are open, side by side, each answer kept; and whether the internet is there at all.

A host that does not answer and a machine without the internet look alike. So silence is doubted: it is believed once
anybody has answered since, or the last who answered does so again, or a host that is known to be there.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator

from components.curate.links.addresses import host_of
from components.curate.links.journal import Journal
from components.curate.links.visits import Answer

SIDE_BY_SIDE = 8  # hosts
SILENCE = {"dns", "connection", "timeout"}
MOST_SILENT = 8  # in a row, before the internet is doubted

Ask = Callable[[str], Awaitable[Answer]]


class Offline(Exception):  # noqa: N818 - the name says what is the matter
    """The machine has no internet, or has lost it."""


class Round:
    """Asks what a journal has no answer to yet."""

    def __init__(
        self, journal: Journal, ask: Ask, known: Callable[[], Awaitable[Answer]], tick: Callable[[], object]
    ) -> None:
        """`ask` finds one answer, `known` asks the host that is known to be there, `tick` is called at each answer."""
        self._journal, self._ask, self._known, self._tick = journal, ask, known, tick
        self._doubted: dict[str, Answer] = {}
        self._doubting = asyncio.Lock()
        self._last = ""
        self._later: dict[str, Answer] = {}

    async def run(self, asked: Iterable[str]) -> dict[str, Answer]:
        """Ask them all; those that must be asked later. Raises Offline; what was heard until then is kept."""
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for one in asked:
            by_host[host_of(one)].append(one)
        longest_first = iter(sorted(by_host.values(), key=len, reverse=True))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(SIDE_BY_SIDE):
                    group.create_task(self._work(longest_first))
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None
        await self._settle()
        return self._later

    async def _work(self, hosts: Iterator[list[str]]) -> None:
        """Take the next host, and ask what is asked of it one after the other, until no host is left."""
        for questions in hosts:
            for asked in questions:
                await self._one(asked)

    async def _one(self, asked: str) -> None:
        answer = await self._ask(asked)
        self._tick()
        if answer.code == "later":
            self._later[asked] = answer
        elif answer.code in SILENCE:
            self._doubted[asked] = answer
            if len(self._doubted) >= MOST_SILENT:
                await self._settle()
        else:
            self._last = asked
            self._believe()
            self._journal.keep(asked, answer)

    async def _settle(self) -> None:
        """Find out whether it is the hosts that are silent, or the machine that hears nobody."""
        async with self._doubting:
            if self._doubted and not await self._anybody_answers():
                raise Offline
            self._believe()

    async def _anybody_answers(self) -> bool:
        if self._last and (await self._ask(self._last)).code not in {*SILENCE, "later"}:
            return True
        return (await self._known()).code not in SILENCE

    def _believe(self) -> None:
        for asked, answer in self._doubted.items():
            self._journal.keep(asked, answer)
        self._doubted.clear()
