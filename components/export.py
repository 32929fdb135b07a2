"""`python -m components.export [COMMAND]`: what leaves as files; see `components.publish.command`."""

import sys

from components.publish.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
