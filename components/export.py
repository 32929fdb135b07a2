"""`python -m components.export [COMMAND]`: what leaves as files; see `components.publish.command`."""

import os
import sys
from contextlib import suppress

from components.publish.command import main

if __name__ == "__main__":
    code = main(sys.argv[1:])
    with suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # without its threads, one of which may read for ever what a browser that was killed would have said
