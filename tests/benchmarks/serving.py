"""What a server costs: its start, a step of the date, a switch of the page, memory; and a crowd of readers."""

import asyncio
import datetime as dt
import itertools
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.readers import Reader, Run
from tests.benchmarks.servers import Server
from tests.benchmarks.table import Line, ratio

PAGES = ["", "matrix", "funds", "changes", "countries", "data"]
FIRST, LAST = dt.date(2021, 9, 1), dt.date(2026, 6, 30)
BATCH = 10  # runs between two looks at the processor's clock, which ticks a hundred times a second
DAYS_APART = 13
SEEN = 30  # days; their pictures fit among those that a server keeps
SEED = 20210815


def days(apart: int = DAYS_APART) -> Iterator[str]:
    """Days of the record as parameters of the address, backwards; not one comes twice."""
    for number in itertools.count():
        yield f"date={LAST - dt.timedelta(days=number * apart % (LAST - FIRST).days)}"


def starts(rounds: int) -> list[Line]:
    """Start of the process to the first sign of health, one after the other."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        for bare, found in seconds.items():
            with Server("bare page" if bare else "dashboard", bare=bare) as server:
                found.append(server.seconds)
    theirs, ours = (statistics.median(seconds[bare]) for bare in (True, False))
    return [ratio("start to healthy", ours, theirs, "s", goal=1.3)]


def steps(rounds: int) -> list[Line]:
    """A step of the date on the map page against a run of the bare page, in turns, by processor and by clock.

    Once to days that nobody has seen since the server was started, and once to days that somebody has.
    """
    return asyncio.run(_steps(rounds))


async def _steps(rounds: int) -> list[Line]:
    with ExitStack() as stack:
        bare = stack.enter_context(Server("bare page", bare=True))
        ours = stack.enter_context(Server("dashboard"))
        lines: list[Line] = []
        async with Reader(bare.address) as their_reader, Reader(ours.address) as our_reader:
            for reader in (their_reader, our_reader):
                for _ in range(3):
                    await reader.ask(query="date=2026-06-29")
            unseen = list(itertools.islice(days(), rounds * BATCH))
            seen = list(itertools.islice(itertools.cycle(unseen[-SEEN:]), len(unseen)))
            for words, queries in (("not seen yet", unseen), ("seen before", seen)):
                their_cost, our_cost = _Cost(), _Cost()
                for batch in _batched(queries):
                    await their_cost.add(bare, their_reader, batch)
                    await our_cost.add(ours, our_reader, batch)
                name = f"step of the date, to a day {words}"
                theirs, mine = their_cost.processor(), our_cost.processor()
                lines.append(ratio(f"{name}: processor", mine, theirs, "ms", goal=1.0))
                lines.append(ratio(f"{name}: clock", our_cost.clock(), their_cost.clock(), "ms"))
        return lines


def _batched(queries: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(queries), BATCH):
        yield queries[begin : begin + BATCH]


@dataclass
class _Cost:
    """Milliseconds of a run, batch by batch."""

    of_processor: list[float] = field(default_factory=list)
    of_clock: list[float] = field(default_factory=list)

    async def add(self, server: Server, reader: Reader, queries: list[str]) -> None:
        before = server.processor_seconds()
        runs = [_sound(await reader.ask(query=query)) for query in queries]
        self.of_processor.append(1000 * (server.processor_seconds() - before) / len(runs))
        self.of_clock += [1000 * run.seconds for run in runs]

    def processor(self) -> float:
        return statistics.median(self.of_processor)

    def clock(self) -> float:
        return statistics.median(self.of_clock)


def step_of_page(folder: Path, unseen: Sequence[dt.date]) -> float:
    """Seconds of the clock that the map page of another record takes to show a day for the first time, the median."""

    async def step() -> float:
        with Server("dashboard", arguments=("--", "--data", str(folder))) as server:
            async with Reader(server.address) as reader:
                for _ in range(3):
                    _sound(await reader.ask(query="date=2026-06-29"))
                return statistics.median([_sound(await reader.ask(query=f"date={day}")).seconds for day in unseen])

    return asyncio.run(step())


def switches(rounds: int) -> list[Line]:
    """A switch to each page, on a day on which nobody has seen it and on one on which somebody has, by the clock."""
    return asyncio.run(_switches(rounds))


async def _switches(rounds: int) -> list[Line]:
    milliseconds: dict[tuple[str, str], list[float]] = {}
    with Server("dashboard") as server:
        async with Reader(server.address) as reader:
            for page in PAGES * 2:
                _sound(await reader.ask(page, "date=2026-06-29"))
            for query in itertools.islice(days(), rounds):
                for words in ("not seen yet", "seen before"):
                    for page in PAGES:
                        run = _sound(await reader.ask(page, query))
                        milliseconds.setdefault((page or "map", words), []).append(1000 * run.seconds)
    return [
        Line(f"switch to {page}, on a day {words}", statistics.median(found), "ms", goal=150)
        for (page, words), found in milliseconds.items()
    ]


def memory(crowds: list[int]) -> list[Line]:
    """Memory of an idle server, of one that has shown every page, and of each reader that stays."""
    return asyncio.run(_memory(crowds))


async def _memory(crowds: list[int]) -> list[Line]:
    lines: list[Line] = []
    for bare in (True, False):
        with Server("bare page" if bare else "dashboard", bare=bare) as server:
            lines.append(Line(f"{server.name}: memory when idle", server.megabytes(), "MB"))
            async with Reader(server.address) as reader:
                for page in [""] if bare else PAGES * 2:
                    _sound(await reader.ask(page))
            before = server.megabytes()
            lines.append(Line(f"{server.name}: memory after each page was seen", before, "MB"))
            for readers in crowds:
                async with Crowd(server, readers) as crowd:
                    for _ in range(3):
                        await crowd.ask_all()
                    each = (server.megabytes() - before) / readers
                goal = None if bare or readers < 50 else 1.0
                lines.append(Line(f"{server.name}: memory for each of {readers} readers", each, "MB", goal=goal))
                await asyncio.sleep(1)
    return lines


def reruns(number: int) -> list[Line]:
    """Memory of a server through many runs for one reader who goes through the days, at each quarter of them."""
    return asyncio.run(_reruns(number))


async def _reruns(number: int) -> list[Line]:
    lines: list[Line] = []
    with Server("dashboard") as server:
        async with Reader(server.address) as reader:
            for run, query in enumerate(itertools.islice(days(), number + 1)):
                if run % (number // 4) == 0:
                    lines.append(Line(f"memory after {run:,} steps of the date", server.megabytes(), "MB"))
                _sound(await reader.ask(query=query))
    grown = lines[-1].value - lines[-2].value
    return [*lines, Line("growth in the last quarter, for each step", 1000 * grown / (number / 4), "kB")]


class Crowd:
    """Readers that are connected for as long as the block runs."""

    def __init__(self, server: Server, readers: int) -> None:
        """Say how many come."""
        self.readers = [Reader(server.address) for _ in range(readers)]

    async def __aenter__(self) -> "Crowd":
        """Connect them."""
        for reader in self.readers:
            await reader.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """All leave."""
        for reader in self.readers:
            await reader.__aexit__(None, None, None)

    async def ask_all(self, page: str = "", query: str = "") -> list[Run]:
        """One run for each at the same time."""
        return [_sound(run) for run in await asyncio.gather(*(reader.ask(page, query) for reader in self.readers))]


@dataclass
class Visit:
    """What a crowd met with: how long runs took, what went wrong, and the memory at times after the beginning."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    megabytes: list[tuple[float, float]] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)


async def visit(server: Server, readers: int, seconds: float, think: float = 1.0) -> Visit:
    """A crowd goes through all pages for some seconds; each thinks between two runs."""
    found, begun = Visit(), time.monotonic()

    async def one(number: int) -> None:
        choose = random.Random(SEED + number)  # noqa: S311 - the same crowd each time, nothing secret
        try:
            async with Reader(server.address) as reader:
                while time.monotonic() - begun < seconds:
                    for page in PAGES:
                        run = await reader.ask(page, _a_day(choose))
                        found.seconds.append(run.seconds)
                        found.errors += run.errors
                        found.pages.add(page)
                        if time.monotonic() - begun > seconds:
                            break
                        await asyncio.sleep(think * (0.5 + choose.random()))
        except Exception as error:  # each is counted
            found.errors.append(repr(error))

    async def watch() -> None:
        while time.monotonic() - begun < seconds:
            found.megabytes.append((time.monotonic() - begun, server.megabytes()))
            await asyncio.sleep(1)

    await asyncio.gather(watch(), *(one(number) for number in range(readers)))
    found.megabytes.append((time.monotonic() - begun, server.megabytes()))
    return found


def _a_day(choose: random.Random) -> str:
    """The last day of the record, as readers see it who choose none, or as often the first of some month."""
    if choose.random() < 0.5:
        return ""
    return f"date={choose.randrange(FIRST.year + 1, LAST.year)}-{choose.randrange(1, 13):02}-01"


def sessions(readers: int, seconds: float) -> list[Line]:
    """Many readers at once: errors, how long they wait, and what memory does between the middle and the end."""
    with Server("dashboard") as server:
        found = asyncio.run(visit(server, readers, seconds))
    middle = next(size for when, size in found.megabytes if when >= seconds / 2)
    tenths = statistics.quantiles(found.seconds, n=20)
    lines = [
        Line(f"{readers} readers, {seconds:.0f} s: runs", len(found.seconds), ""),
        Line("errors", len(found.errors), "", goal=0),
        Line("run, median", 1000 * statistics.median(found.seconds), "ms"),
        Line("run, of twenty the slowest", 1000 * tenths[-1], "ms"),
        Line("memory in the middle", middle, "MB"),
        Line("memory at the end", found.megabytes[-1][1], "MB"),
        Line("growth for each reader, middle to end", (found.megabytes[-1][1] - middle) / readers, "MB", goal=1.0),
    ]
    for error in sorted(set(found.errors))[:5]:
        lines.append(Line(f"error: {error}", 1, ""))
    return lines


def _sound(run: Run) -> Run:
    if run.errors:
        raise RuntimeError(f"the page failed: {run.errors[0]}")
    return run
