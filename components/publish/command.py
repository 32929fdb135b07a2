"""The command line: `python -m components.export [COMMAND] …`; without a command it writes charts as images."""

import importlib
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

COMMANDS = {
    "charts": "charts of the catalogue as images (the default)",
    "film": "the map through time, as an MP4 or a GIF",
    "site": "a folder of plain pages for any web server",
    "release": "a versioned package of the record to keep and to cite",
    "brief": "one file to read and print: the findings, about all or one actor",
}


SIGNALS = (signal.SIGINT, signal.SIGTERM)


def main(arguments: list[str]) -> int:
    """Hand the arguments to their command and return its exit code; each command knows its own options."""
    if arguments[:1] in (["-h"], ["--help"]):
        listed = "\n".join(f"  {name:9} {what}" for name, what in COMMANDS.items())
        sys.stdout.write(
            f"usage: python -m components.export [COMMAND] [OPTION …]\n\n{listed}\n\nOptions: COMMAND --help\n"
        )
        return 0
    name, rest = (arguments[0], arguments[1:]) if arguments[:1] and arguments[0] in COMMANDS else ("charts", arguments)
    asked: list[int] = []
    try:
        with _stopped_by_signals(asked):
            code: int = importlib.import_module(f"components.publish.{name}").main(rest)
            return code
    except BaseException:  # whatever a module that was being read, or a library, has made of it
        if not asked:
            raise
        sys.stderr.write("Stopped.\n")
        return 128 + asked[0]


@contextmanager
def _stopped_by_signals(asked: list[int]) -> Iterator[None]:
    """Interrupt what runs where a signal asks for its end, and note which; what is then tidied up goes undisturbed."""

    def stop(number: int, _frame: Any) -> None:
        asked.append(number)
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    former = {each: signal.getsignal(each) for each in SIGNALS}
    for each, handler in former.items():
        if handler is not signal.SIG_IGN:
            signal.signal(each, stop)
    try:
        yield
    finally:
        for each, handler in former.items():
            if signal.getsignal(each) is stop:
                signal.signal(each, handler)
