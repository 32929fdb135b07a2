"""The command line: `python -m components.curate COMMAND …`; each command knows its own options.

The check of a folder has a command line of its own: `python -m components.validation`.
"""

import importlib
import io
import os
import sys

COMMANDS = {
    "agreement": "write how far two coders agree, as Markdown for the codebook",
    "doubts": "list the rows on which a stance hangs and which no rule can judge",
    "new": "make a folder for another question of recognition: tables, countries, tracker.toml, codebook",
    "sources": "ask which links of sources.csv still answer, and find archived copies of them",
}


def main(arguments: list[str]) -> int:
    """Hand the arguments to their command and return its exit code; without a command, say which there are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows few letters gets the others as codes
            stream.reconfigure(errors="backslashreplace")
    if not arguments or arguments[0] not in COMMANDS:
        return _usage(asked=arguments in (["-h"], ["--help"]))
    try:
        code: int = importlib.import_module(f"components.curate.{arguments[0]}").main(arguments[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, such as `head`, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:  # before the command itself can say what it keeps
        sys.stderr.write("Stopped.\n")
        return 130
    return code


def _usage(asked: bool) -> int:
    listed = "\n".join(f"  {name:9} {what}" for name, what in COMMANDS.items())
    usage = f"usage: python -m components.curate COMMAND [OPTION …]\n\n{listed}\n\nOptions: COMMAND --help\n"
    (sys.stdout if asked else sys.stderr).write(usage)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
