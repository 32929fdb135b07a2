"""A Chromium of the exporter's own: how it starts with its tabs, how it ends, and what is said where it does not.

Does not belong here: what is asked of it (browser), and what one tab does (stage).
"""

import asyncio
import logging
import os
import signal
import warnings
from collections.abc import Coroutine, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import choreographer
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.browsers.chromium import ChromeNotFoundError, Chromium
from choreographer.channels import ChannelClosedError, Pipe

from components.publish.stage import Tab, stage_page

START_SECONDS, SECONDS, END_SECONDS = 45, 50, 5  # that a browser may take to start, for one image, and to end

ENDED = (
    "Chromium ended or stopped answering before all was drawn: run the same again, "
    "with fewer --jobs where memory is short."
)
NEVER = (
    "What was found as Chromium does not answer like one: run the same again, "
    "or set BROWSER_PATH to a Chrome or Chromium that starts here."
)


class NoChromium(Exception):  # noqa: N818 - the name says what is missing
    """There is no Chromium or Chrome that could draw images; the message says what to install."""

    def __init__(self) -> None:
        """Say it in one sentence."""
        super().__init__(
            "Images are drawn by Chromium, which was not found: install it "
            "(Debian and Ubuntu: apt-get install chromium) or set BROWSER_PATH to a Chrome or Chromium."
        )


class ChromiumLost(Exception):  # noqa: N818 - the name says what happened
    """Chromium did not start, ended, or did not answer before all was drawn; the message says what to do."""

    def __init__(self, sentence: str = ENDED) -> None:
        """Say it in one sentence."""
        super().__init__(sentence)


class _Chromium(Chromium):
    """A Chromium that keeps whatever it writes in one folder, so that nothing of it is left."""

    def get_env(self) -> MutableMapping[str, str]:
        """The environment, with the folder that holds its profile as the one for what is temporary and for crashes."""
        folder = str(self.tmp_dir.path.parent)
        return {**super().get_env(), "TMPDIR": folder, "BREAKPAD_DUMP_LOCATION": folder}


@contextmanager
def chromium(tabs: int, undrawn: set[str]) -> Iterator[tuple["asyncio.Queue[Tab]", asyncio.Runner]]:
    """The tabs of a started Chromium, and the loop in which they are asked, for as long as the block runs.

    Raises NoChromium where there is none, and ChromiumLost where it does not start.
    """
    with TemporaryDirectory(prefix="stage-", ignore_cleanup_errors=True) as folder, asyncio.Runner() as loop:
        # What the library would say of a browser that ended, ChromiumLost says.
        logging.getLogger("choreographer").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", module="choreographer")
        loop.get_loop().set_exception_handler(lambda _loop, _what: None)
        stage, channel = Path(folder) / "stage.html", Pipe()
        stage.write_text(stage_page(), encoding="utf-8")
        try:
            make_channel: Any = lambda: channel  # noqa: E731 - the library takes a class, whose object it would keep
            browser = choreographer.Browser(browser_cls=_Chromium, channel_cls=make_channel, tmp_dir=folder)
        except ChromeNotFoundError as error:
            raise NoChromium from error
        try:
            yield loop.run(_started(browser, stage.as_uri(), tabs, undrawn)), loop
        finally:
            _end(browser, channel, loop)


async def _started(browser: choreographer.Browser, stage: str, tabs: int, undrawn: set[str]) -> "asyncio.Queue[Tab]":
    """The tabs of a browser. Raises ChromiumLost, whatever a program that is none may do."""
    try:
        return await asyncio.wait_for(_opened(browser, stage, tabs, undrawn), START_SECONDS)
    except (Exception, asyncio.CancelledError) as error:
        raise ChromiumLost(NEVER) from error


async def _opened(browser: choreographer.Browser, stage: str, tabs: int, undrawn: set[str]) -> "asyncio.Queue[Tab]":
    await browser.open()
    queue: asyncio.Queue[Tab] = asyncio.Queue()
    for _ in range(tabs):
        tab = Tab(await browser.create_tab("about:blank", window=True), undrawn)  # hidden tabs draw nothing
        await tab.ask("Network.enable")
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        await tab.ask("Network.emulateNetworkConditions", **offline)
        await tab.open(stage)
        queue.put_nowait(tab)
    return queue


def _end(browser: choreographer.Browser, channel: Pipe, loop: asyncio.Runner) -> None:
    """End the browser with all its processes, whatever they are at, and what the library keeps of it."""
    process = getattr(browser, "subprocess", None)
    if process is not None:
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    channel.close()
    with suppress(Exception, asyncio.CancelledError, KeyboardInterrupt):
        loop.run(asyncio.wait_for(browser.close(), END_SECONDS))


async def answered(asked: Coroutine[Any, Any, Any]) -> Any:
    """What the browser gives back. Raises ChromiumLost where it ended or takes too long."""
    try:
        return await asyncio.wait_for(asked, SECONDS)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task and task.cancelling():  # it is this work that was cancelled, and not the browser that went away
            raise
        raise ChromiumLost from None
    except (TimeoutError, ChannelClosedError, BrowserClosedError, BrowserFailedError) as error:
        raise ChromiumLost from error
