"""The command line: `python -m components.export [COMMAND] …`; without a command it writes charts as images."""

import importlib
import sys

COMMANDS = {
    "charts": "charts of the catalogue as images (the default)",
    "film": "the map through time, as a GIF or an MP4",
    "site": "a folder of plain pages for any web server",
    "release": "a versioned package of the record to keep and to cite",
    "brief": "one file to read and print: the findings, about all or one actor",
}


def main(arguments: list[str]) -> int:
    """Hand the arguments to their command and return its exit code; each command knows its own options."""
    if arguments[:1] in (["-h"], ["--help"]):
        listed = "\n".join(f"  {name:9} {what}" for name, what in COMMANDS.items())
        sys.stdout.write(
            f"usage: python -m components.export [COMMAND] [OPTION …]\n\n{listed}\n\nOptions: COMMAND --help\n"
        )
        return 0
    name, rest = (arguments[0], arguments[1:]) if arguments[:1] and arguments[0] in COMMANDS else ("charts", arguments)
    code: int = importlib.import_module(f"components.publish.{name}").main(rest)
    return code
